//! Merging packages: any order, any number of times, and nothing wrong gets in.

use crate::desk::{PRINTED_A, a, at, bytes, cell, file_of, filled, issued, merge, refilled, score, unscored};
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, MemberId, ScoreCell, apply};
use hyoka::round::{Content, FileForm, Outcome, Package, Received, Standing, Why, plan};
use hyoka::stats::printed_mean;

/// The five ballots for project A, filled in as the ministry's members did.
fn five() -> (hyoka::model::Dossier, Vec<Received>) {
    let (dossier, scores) = unscored();
    let issue = issued(dossier);
    let ballots = (scores.iter().zip(10..))
        .map(|((member, row), second)| {
            let file = file_of(&issue, member.as_str(), FileForm::Package);
            filled(file, second, |answers| {
                answers.scores.clone_from(row);
                answers.positive.insert(CriterionNo(1), format!("{member} の意見\n二段落目"));
            })
        })
        .collect();
    (issue.dossier, ballots)
}

fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(n - 1);
    (0..n)
        .flat_map(|at| {
            shorter.iter().map(move |order| {
                let mut order = order.clone();
                order.insert(at, n - 1);
                order
            })
        })
        .collect()
}

#[test]
fn five_ballots_merge_in_every_order_to_the_same_dossier() {
    let (dossier, ballots) = five();
    let (_, together) = merge(&dossier, &ballots, 100);
    let evaluation = &together.subject(&a()).unwrap().evaluation;
    let means: Vec<_> =
        (1..=7).map(|no| printed_mean(&evaluation.scores_of(CriterionNo(no))).unwrap()).collect();
    assert_eq!(means, PRINTED_A);
    for order in orders(5) {
        let shuffled: Vec<Received> = order.iter().map(|at| ballots[*at].clone()).collect();
        assert_eq!(merge(&dossier, &shuffled, 100).1, together, "{order:?}");
    }
    // One by one, as they come in with the mail.
    for order in orders(5).into_iter().step_by(7) {
        let mut one_by_one = dossier.clone();
        for at in &order {
            one_by_one = merge(&one_by_one, &[ballots[*at].clone()], 100).1;
        }
        assert_eq!(one_by_one, together, "{order:?}");
    }
}

#[test]
fn merging_again_changes_nothing_and_says_so() {
    let (dossier, ballots) = five();
    let (first, merged) = merge(&dossier, &ballots, 100);
    assert_eq!((first.changes(), first.open_conflicts()), (40, 0));
    let (again, same) = merge(&merged, &ballots, 200);
    assert_eq!(again.changes(), 0);
    assert!(again.ballots.iter().all(|b| b.says_nothing_new() && b.standing == Standing::Repeated(at(100))));
    assert_eq!(same, merged);
}

#[test]
fn a_merge_is_undone_as_one_step() {
    let (dossier, ballots) = five();
    let (plan, merged) = merge(&dossier, &ballots, 100);
    let changes = plan.changes_to(&dossier, at(100)).unwrap();
    let mut walked = dossier.clone();
    apply(&mut walked, &changes).unwrap();
    assert_eq!(walked, merged);
    let back: Vec<_> = changes.into_iter().rev().map(hyoka::model::Change::inverted).collect();
    apply(&mut walked, &back).unwrap();
    assert_eq!(walked, dossier);
}

#[test]
fn left_out_is_unchanged_cleared_is_cleared_and_both_changed_is_a_conflict() {
    let (mut dossier, scores) = unscored();
    let member = MemberId::from("M1");
    // What the member has given so far goes out with the ballot.
    for (no, given) in [(1, 3), (2, 2), (3, 1)] {
        let evaluation = &mut dossier.subject_mut(&a()).unwrap().evaluation;
        evaluation.set_cell(&member, CriterionNo(no), ScoreCell::Score(given));
    }
    assert!(scores.contains_key(&member));
    let issue = issued(dossier);
    let back = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 2, ScoreCell::Blank);
        score(answers, 3, ScoreCell::Score(2));
        score(answers, 4, ScoreCell::Score(0));
    });
    // Meanwhile the secretariat mends the third.
    let mut dossier = issue.dossier;
    dossier.subject_mut(&a()).unwrap().evaluation.set_cell(&member, CriterionNo(3), ScoreCell::Absent);
    let (mut plan, merged) = merge(&dossier, std::slice::from_ref(&back), 100);
    assert_eq!(cell(&merged, "M1", 1), ScoreCell::Score(3));
    assert_eq!(cell(&merged, "M1", 2), ScoreCell::Blank);
    assert_eq!(cell(&merged, "M1", 3), ScoreCell::Absent);
    assert_eq!(cell(&merged, "M1", 4), ScoreCell::Score(0));
    let outcomes: Vec<_> = plan.ballots[0].fields.iter().map(|field| field.outcome).collect();
    assert_eq!(outcomes, [Outcome::Cleared, Outcome::Conflict, Outcome::New]);
    // The conflict comes up until it is decided, and then never again.
    let (again, _) = merge(&merged, std::slice::from_ref(&back), 200);
    assert_eq!((again.changes(), again.open_conflicts()), (0, 1));
    plan.decide(0, 1, true);
    let decided = plan.merged(&dossier, at(300));
    assert_eq!(cell(&decided, "M1", 3), ScoreCell::Score(2));
    assert!(decided.rounds[0].merges[0].changes.iter().any(|change| change.decided));
    plan.decide(0, 1, false);
    let kept = plan.merged(&dossier, at(300));
    assert_eq!(cell(&kept, "M1", 3), ScoreCell::Absent);
    for dossier in [decided, kept] {
        let (quiet, same) = merge(&dossier, std::slice::from_ref(&back), 400);
        assert_eq!((quiet.changes(), quiet.open_conflicts()), (0, 0));
        assert_eq!(same, dossier);
    }
}

#[test]
fn a_later_save_takes_the_place_of_an_earlier_one_whichever_comes_first() {
    let (dossier, _) = unscored();
    let issue = issued(dossier);
    let file = file_of(&issue, "M2", FileForm::Package);
    let first = filled(file, 10, |answers| {
        score(answers, 1, ScoreCell::Score(1));
        score(answers, 2, ScoreCell::Score(1));
    });
    let second = refilled(&bytes(&first), "second.ron", 20, |answers| {
        score(answers, 1, ScoreCell::Blank);
        score(answers, 2, ScoreCell::Score(3));
    });
    let one = merge(
        &merge(&issue.dossier, std::slice::from_ref(&first), 100).1,
        std::slice::from_ref(&second),
        100,
    )
    .1;
    let other = merge(
        &merge(&issue.dossier, std::slice::from_ref(&second), 100).1,
        std::slice::from_ref(&first),
        100,
    )
    .1;
    let (plan, both) = merge(&issue.dossier, &[first, second], 100);
    assert_eq!(plan.ballots[0].standing, Standing::Superseded(2));
    for merged in [&one, &other, &both] {
        assert_eq!(cell(merged, "M2", 1), ScoreCell::Blank);
        assert_eq!(cell(merged, "M2", 2), ScoreCell::Score(3));
    }
    assert_eq!(other, both);
}

#[test]
fn what_does_not_belong_is_refused_with_its_reason_and_the_rest_goes_on() {
    let (dossier, scores) = unscored();
    let issue = issued(dossier.clone());
    let sound = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        answers.scores.clone_from(&scores[&MemberId::from("M1")]);
    });
    let edit = |name: &str, change: &dyn Fn(&mut Package)| {
        let mut package = Package::read(&file_of(&issue, "M3", FileForm::Package).bytes).unwrap();
        change(&mut package);
        let text = package.to_text().unwrap();
        Received { file: name.to_owned(), content: Content::Package(text.into_bytes()) }
    };
    let whole = file_of(&issue, "M4", FileForm::Package).bytes.clone();
    let raw = |name: &str, bytes: &[u8]| Received {
        file: name.to_owned(),
        content: Content::Package(bytes.to_vec()),
    };
    let mut reworded = String::from_utf8(whole.clone()).unwrap();
    reworded = reworded.replacen("当省が実施することの必要性", "当省が実施しない必要性", 1);
    let files = [
        sound,
        edit("round.ron", &|package| package.head.round = "r9".into()),
        edit("member.ron", &|package| package.head.member = "M99".into()),
        edit("form.ron", &|package| package.head.form = "0".repeat(64)),
        edit("revision.ron", &|package| package.head.revision = 7),
        raw("cut.ron", &whole[..whole.len() / 2]),
        raw("text.ron", reworded.as_bytes()),
        raw("dossier.ron", hyoka::sample::RON.as_bytes()),
        raw("newer.ron", String::from_utf8(whole).unwrap().replacen("ballot 1 ", "ballot 2 ", 1).as_bytes()),
    ];
    let (plan, merged) = merge(&issue.dossier, &files, 100);
    let why: Vec<_> = plan.refused.iter().map(|refusal| (refusal.file.as_str(), refusal.why)).collect();
    assert_eq!(
        why,
        [
            ("cut.ron", Why::Truncated),
            ("dossier.ron", Why::NotBallot),
            ("form.ron", Why::AlteredForm),
            ("member.ron", Why::WrongMember),
            ("newer.ron", Why::Newer),
            ("revision.ron", Why::NotIssued),
            ("round.ron", Why::WrongRound),
            ("text.ron", Why::Damaged),
        ]
    );
    for refusal in &plan.refused {
        for lang in Lang::ALL {
            let sentence = refusal.message.t(lang);
            assert!(sentence.starts_with(&refusal.file) && sentence.lines().count() == 1, "{sentence}");
        }
    }
    assert_eq!(cell(&merged, "M1", 1), ScoreCell::Score(3));
    // A ballot that was sent again replaces the one before.
    let id = issue.dossier.rounds[0].id.clone();
    let again = hyoka::round::issue(&issue.dossier, &id, &["M4".into()], at(50), Lang::Ja).unwrap();
    let old = raw("old.ron", &file_of(&issue, "M4", FileForm::Package).bytes);
    assert_eq!(hyoka::round::plan(&again.dossier, &[old]).refused[0].why, Why::OlderRevision);
}

#[test]
fn a_score_off_the_scale_and_a_recused_subject_are_flagged_and_left_out() {
    let (mut dossier, _) = unscored();
    let recused = hyoka::model::Recusal {
        id: "x1".into(),
        member: "M2".into(),
        subject: a(),
        reason: "共同研究者".into(),
    };
    let mut round = hyoka::round::begin(&dossier);
    round.subjects = vec![a(), "B".into()];
    round.recusals.push(recused);
    let id = round.id.clone();
    dossier.subject_mut(&"B".into()).unwrap().evaluation.scores.clear();
    dossier.rounds.push(round);
    hyoka::round::freeze(&mut dossier, &id, at(0)).unwrap();
    let issue = hyoka::round::issue(&dossier, &id, &["M1".into(), "M2".into()], at(1), Lang::Ja).unwrap();
    let edit = |member: &str, number: i16| {
        let mut package = Package::read(&file_of(&issue, member, FileForm::Package).bytes).unwrap();
        let answers = package.head.answers.entry(a()).or_default();
        score(answers, 1, ScoreCell::Score(number));
        score(answers, 2, ScoreCell::Score(2));
        package.head.edition = 1;
        let text = package.to_text().unwrap();
        Received { file: format!("{member}.ron"), content: Content::Package(text.into_bytes()) }
    };
    let (plan, merged) = merge(&issue.dossier, &[edit("M1", 5), edit("M2", 3)], 100);
    let remarks: Vec<_> = plan.remarks().map(|remark| remark.message.ja.as_str()).collect();
    assert_eq!(remarks.len(), 3, "{remarks:?}");
    assert!(remarks[0].starts_with("M1.ron: A › 1 › 評点: 5 は評点の尺度 0～3 にありません"), "{remarks:?}");
    assert!(remarks[1].contains("除斥"), "{remarks:?}");
    assert_eq!(cell(&merged, "M1", 1), ScoreCell::Blank);
    assert_eq!(cell(&merged, "M1", 2), ScoreCell::Score(2));
    assert_eq!(cell(&merged, "M2", 1), ScoreCell::Recused);
}

#[test]
fn two_hundred_damaged_ballots_change_nothing() {
    let (dossier, scores) = unscored();
    let issue = issued(dossier);
    let sound = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        answers.scores.clone_from(&scores[&MemberId::from("M1")]);
    });
    let whole = bytes(&sound);
    // splitmix64 from a fixed seed: the same places on every machine.
    let mut state = 20_221_114_u64;
    let mut next = |below: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(below).unwrap()).unwrap()
    };
    // Half of them in the head, where the answers are.
    let head = whole.windows(11).position(|window| window == b"// material").unwrap();
    let damaged: Vec<Received> = (0..200)
        .map(|case| {
            let mut bytes = whole.clone();
            let place = if case % 2 == 0 { next(head) } else { next(whole.len()) };
            bytes[place] ^= 1 << next(8);
            Received { file: format!("{case}.ron"), content: Content::Package(bytes) }
        })
        .collect();
    let (plan, merged) = merge(&issue.dossier, &damaged, 100);
    assert_eq!((plan.refused.len(), plan.ballots.len()), (200, 0));
    assert_eq!(merged, issue.dossier);
    assert_eq!(hyoka::round::plan(&issue.dossier, &[sound]).refused, []);
}

#[test]
fn an_encrypted_ballot_is_read_with_the_key_and_only_with_it() {
    let (dossier, _) = unscored();
    let issue = issued(dossier);
    let key = hyoka::round::Key::generate();
    let sound = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
    });
    let folder = tempfile::tempdir().unwrap();
    let sealed = hyoka::round::encrypt(&bytes(&sound), &key.public()).unwrap();
    std::fs::write(folder.path().join("m1.ron.age"), &sealed).unwrap();
    let form = file_of(&issue, "M2", FileForm::Excel);
    let sealed = hyoka::round::encrypt(&form.bytes, &key.public()).unwrap();
    std::fs::write(folder.path().join("m2.xlsx.age"), sealed).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "no ballot").unwrap();
    let reader = hyoka::sheets::Reader::in_process(hyoka::sheets::Limits::default());
    let paths = [folder.path().to_owned()];
    let receive = |key| hyoka::round::receive(&paths, key, &reader, &hyoka::tasks::progress::Unwatched);
    let closed = plan(&issue.dossier, &receive(None));
    assert_eq!((closed.refused.len(), closed.refused[0].why), (2, Why::Sealed));
    assert!(closed.refused[0].message.ja.contains("鍵"));
    let open = plan(&issue.dossier, &receive(Some(&key)));
    assert_eq!(open.refused, []);
    assert_eq!((open.ballots.len(), open.changes()), (2, 1));
}
