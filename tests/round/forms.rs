//! Excel forms: what a spreadsheet program hands back is read by cell, and what was edited is named by cell.

use crate::desk::{a, as_form, book, cell, file_of, filled, issued, merge, score, unscored, write};
use hyoka::model::{AnswerField, AnswerValue, CommentKind, CriterionNo, ScoreCell, SubjectAnswers};
use hyoka::round::{FileForm, Outcome, Standing, Why};
use hyoka::sheets::Value;

#[expect(clippy::unnecessary_wraps, reason = "it stands where a cell may be emptied as well")]
fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

#[test]
fn a_form_is_read_as_people_fill_it_in() {
    let issue = issued(unscored().0);
    let mut form = book(file_of(&issue, "M3", FileForm::Excel));
    // Rows 6 to 12 are the seven criteria of A.
    for (at, value) in [
        ("D6", Some(Value::Number(0.0))),
        ("D7", text("３")),
        ("D8", text("2 ")),
        ("D9", text("該当なし")),
        ("D10", text("n/a")),
        ("E6", text("よく\r\nできている  ")),
        ("F7", text("  ")),
    ] {
        write(&mut form, "評点", at, value);
    }
    write(&mut form, "提言", "B4", text("続けてほしい"));
    let (plan, merged) = merge(&issue.dossier, &[as_form(form)], 100);
    assert_eq!(plan.refused, []);
    let scores: Vec<_> = (1..=5).map(|no| cell(&merged, "M3", no)).collect();
    assert_eq!(
        scores,
        [
            ScoreCell::Score(0),
            ScoreCell::Score(3),
            ScoreCell::Score(2),
            ScoreCell::NotApplicable,
            ScoreCell::Blank
        ]
    );
    let given = SubjectAnswers::of(&merged.subject(&a()).unwrap().evaluation, &"M3".into());
    let comment = AnswerField::Comment(CriterionNo(1), CommentKind::Positive);
    assert_eq!(given.get(comment), AnswerValue::Text("よく\nできている".into()));
    assert_eq!(given.recommendation, "続けてほしい");
    assert!(given.issues.is_empty());
    let remark = plan.remarks().next().unwrap();
    assert_eq!(plan.remarks().count(), 1);
    assert!(
        remark
            .message
            .ja
            .starts_with("ballot_r1_M3_1.xlsx、シート 評点、D10: n/a は評点の尺度 0～3 にありません"),
        "{}",
        remark.message.ja
    );
}

#[test]
fn a_score_off_the_scale_is_named_by_its_cell() {
    let issue = issued(unscored().0);
    let mut form = book(file_of(&issue, "M3", FileForm::Excel));
    form.file = "評価票_M3.xlsx".into();
    write(&mut form, "評点", "D7", Some(Value::Number(5.0)));
    write(&mut form, "評点", "D8", Some(Value::Number(2.5)));
    write(&mut form, "評点", "D9", Some(Value::Error("#REF!".into())));
    write(&mut form, "評点", "H3", text("ここにも書いた"));
    write(&mut form, "評点", "D6", Some(Value::Number(1.0)));
    let (plan, merged) = merge(&issue.dossier, &[as_form(form)], 100);
    let remarks: Vec<_> = plan.remarks().map(|remark| remark.message.ja.as_str()).collect();
    assert!(
        remarks[0].starts_with("評価票_M3.xlsx、シート 評点、D7: 5 は評点の尺度 0～3 にありません"),
        "{remarks:?}"
    );
    assert!(remarks[1].contains("D8: 2.5"), "{remarks:?}");
    assert!(remarks[2].contains("D9: エラー値 #REF!"), "{remarks:?}");
    assert!(remarks[3].contains("H3: 記入欄の外"), "{remarks:?}");
    assert_eq!(cell(&merged, "M3", 1), ScoreCell::Score(1));
    assert_eq!(cell(&merged, "M3", 2), ScoreCell::Blank);
}

#[test]
fn edited_fixed_cells_refuse_the_form_and_name_the_cell() {
    let issue = issued(unscored().0);
    let file = file_of(&issue, "M3", FileForm::Excel);
    let edited = |sheet: &str, at: &str, value| {
        let mut form = book(file);
        write(&mut form, sheet, at, value);
        merge(&issue.dossier, &[as_form(form)], 100).0.refused.remove(0)
    };
    let refusal = edited("評点", "C7", text("別の評価項目"));
    assert_eq!(refusal.why, Why::AlteredForm);
    assert!(refusal.message.ja.contains("シート 評点、C7: 書き換えられない欄"), "{}", refusal.message.ja);
    assert_eq!(edited("評点", "B7", Some(Value::Number(9.0))).why, Why::AlteredForm);
    assert_eq!(edited("hyoka", "B4", text("M1")).why, Why::AlteredForm);
    assert_eq!(edited("hyoka", "B4", text("M77")).why, Why::WrongMember);
    assert_eq!(edited("hyoka", "B1", text("2")).why, Why::Newer);
    assert_eq!(edited("hyoka", "B6", text("0")).why, Why::AlteredForm);
    let mut missing = book(file);
    missing.sheets.retain(|sheet| sheet.name != "提言");
    assert_eq!(merge(&issue.dossier, &[as_form(missing)], 100).0.refused[0].why, Why::AlteredForm);
    let mut other = book(file);
    other.sheets.retain(|sheet| sheet.name != "hyoka");
    assert_eq!(merge(&issue.dossier, &[as_form(other)], 100).0.refused[0].why, Why::NotBallot);
}

#[test]
fn a_form_comes_back_as_it_was_issued_without_changing_anything() {
    let mut dossier = hyoka::sample::dossier().unwrap();
    dossier.rounds.clear();
    let issue = issued(dossier);
    for member in ["M1", "M2", "M3", "M4", "M5"] {
        let form = book(file_of(&issue, member, FileForm::Excel));
        let (plan, merged) = merge(&issue.dossier, &[as_form(form)], 100);
        assert_eq!((plan.refused.len(), plan.changes(), plan.remarks().count()), (0, 0, 0), "{member}");
        assert_eq!(merged.projects, issue.dossier.projects);
    }
}

#[test]
fn two_files_of_one_member_that_differ_are_a_conflict_in_whichever_order() {
    let issue = issued(unscored().0);
    let mut form = book(file_of(&issue, "M4", FileForm::Excel));
    write(&mut form, "評点", "D6", Some(Value::Number(1.0)));
    write(&mut form, "評点", "D7", Some(Value::Number(2.0)));
    let form = as_form(form);
    let package = filled(file_of(&issue, "M4", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(3));
        score(answers, 2, ScoreCell::Score(2));
    });
    let (mut plan, merged) = merge(&issue.dossier, &[form.clone(), package.clone()], 100);
    assert_eq!(plan, hyoka::round::plan(&issue.dossier, &[package, form]));
    assert_eq!(plan.open_conflicts(), 2);
    assert_eq!(cell(&merged, "M4", 1), ScoreCell::Blank);
    assert_eq!(cell(&merged, "M4", 2), ScoreCell::Score(2));
    let (ballot, field) = (plan.ballots.iter().enumerate())
        .find_map(|(at, ballot)| {
            let conflict = ballot.fields.iter().position(|f| f.outcome == Outcome::Conflict)?;
            (ballot.ballot.edition == 0).then_some((at, conflict))
        })
        .unwrap();
    assert_eq!(plan.ballots[ballot].standing, Standing::New);
    plan.decide(ballot, field, true);
    assert_eq!(plan.open_conflicts(), 0);
    assert_eq!(cell(&plan.merged(&issue.dossier, crate::desk::at(100)), "M4", 1), ScoreCell::Score(1));
}
