//! Ballots that come back to the dossier as it was before it was told of them, and receipts.

use crate::desk::{a, as_form, at, book, cell, file_of, filled, issued, merge, score, unscored, write};
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, Dossier, ScoreCell};
use hyoka::round::{FileForm, Outcome, Why, begin, freeze, issue, plan, recalled, receipt};
use hyoka::sheets::Value;

/// The dossier before issuing, with all that is judged, and its ballots.
fn office() -> (Dossier, hyoka::round::Issue) {
    let mut before = hyoka::sample::dossier().unwrap();
    for project in &mut before.projects {
        project.evaluation.scores.clear();
        project.evaluation.comments.clear();
    }
    before.programme.evaluation.comments.clear();
    let mut dossier = before.clone();
    let round = begin(&dossier);
    let (id, members) = (round.id.clone(), round.members.clone());
    dossier.rounds.push(round);
    freeze(&mut dossier, &id, at(0)).unwrap();
    let issue = issue(&dossier, &id, &members, at(1), Lang::Ja).unwrap();
    (before, issue)
}

#[test]
fn the_dossier_as_it_was_takes_its_ballots_too() {
    let (before, issue) = office();
    let package = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
    });
    let mut form = book(file_of(&issue, "M2", FileForm::Excel));
    // The programme, which has no scores, comes first.
    write(&mut form, "評点", "D15", Some(Value::Number(3.0)));
    let files = [package, as_form(form)];
    assert_eq!(plan(&before, &files).refused.len(), 2, "it does not know of the round by itself");
    let known = recalled(&before, &files, at(5)).unwrap();
    let (plan, merged) = merge(&known, &files, 100);
    assert!(plan.refused.is_empty(), "{:?}", plan.refused);
    assert_eq!((cell(&merged, "M1", 1), cell(&merged, "M2", 1)), (ScoreCell::Score(0), ScoreCell::Score(3)));
    // A late one goes on from there.
    let late = filled(file_of(&issue, "M3", FileForm::Package), 20, |answers| {
        score(answers, 1, ScoreCell::Score(1));
    });
    let late = [late];
    let known = recalled(&merged, &late, at(6)).unwrap();
    assert_eq!(cell(&merge(&known, &late, 200).1, "M3", 1), ScoreCell::Score(1));
    // The one that was told needs nothing made up for.
    assert_eq!(recalled(&issue.dossier, &files, at(5)), None);
}

#[test]
fn what_changed_here_meanwhile_is_a_conflict() {
    let (mut before, issue) = office();
    let files = [filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
    })];
    before.subject_mut(&a()).unwrap().evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(2));
    let known = recalled(&before, &files, at(5)).unwrap();
    let (plan, merged) = merge(&known, &files, 100);
    assert_eq!(plan.ballots[0].fields[0].outcome, Outcome::Conflict);
    assert_eq!(cell(&merged, "M1", 1), ScoreCell::Score(2));
}

#[test]
fn another_form_is_not_taken_for_its_own() {
    let (mut before, issue) = office();
    let files = [filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
    })];
    before.criteria.project.criteria[0].label.push_str("（改）");
    assert_eq!(recalled(&before, &files, at(5)), None);
    assert_eq!(plan(&before, &files).refused[0].why, Why::WrongRound);
}

#[test]
fn a_member_gets_a_receipt() {
    let issue = issued(unscored().0);
    let files = [filled(file_of(&issue, "M2", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
        answers.positive.insert(CriterionNo(3), "体制がよい".to_owned());
    })];
    let round = |dossier: &Dossier| dossier.rounds[0].clone();
    assert_eq!(receipt(&issue.dossier, &round(&issue.dossier), &"M2".into(), Lang::Ja), None);
    let merged = merge(&issue.dossier, &files, 100).1;
    let text = receipt(&merged, &round(&merged), &"M2".into(), Lang::Ja).unwrap();
    for words in ["委員2", "受領", "ballot_r1_M2_1.ron", "1 0、", "未記入の評点: A 2, 3, 4, 5, 6, 7"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let english = receipt(&merged, &round(&merged), &"M2".into(), Lang::En).unwrap();
    assert!(english.contains("Scores still blank: A 2, 3"), "{english}");
}
