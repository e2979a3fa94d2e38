//! What holds of every merge, whatever was issued, edited and sent back.

use hyoka::locale::Lang;
use hyoka::model::{
    AnswerField, AnswerValue, Answers, CommentKind, CriteriaSet, Criterion, CriterionNo, Dossier, Member,
    MemberId, ScoreCell, Subject, SubjectAnswers, SubjectId,
};
use hyoka::round::{
    Content, FileForm, Form, Outcome, Package, Received, ScalePreset, begin, freeze, issue, plan,
};
use jiff::Timestamp;
use proptest::prelude::*;

const MEMBERS: [&str; 3] = ["M1", "M2", "M3"];

fn fields() -> Vec<AnswerField> {
    (1..=2)
        .map(CriterionNo)
        .flat_map(|no| {
            [
                AnswerField::Score(no),
                AnswerField::Comment(no, CommentKind::Positive),
                AnswerField::Comment(no, CommentKind::Issue),
            ]
        })
        .chain([AnswerField::Recommendation])
        .collect()
}

/// A value for a field from a small number, 0 being blank.
fn value(field: AnswerField, n: u8) -> AnswerValue {
    match field {
        AnswerField::Score(_) => AnswerValue::Cell(match n {
            0 => ScoreCell::Blank,
            1 => ScoreCell::NotApplicable,
            n => ScoreCell::Score(i16::from(n) - 2),
        }),
        _ if n == 0 => AnswerValue::Text(String::new()),
        _ => AnswerValue::Text(format!("意見{n}\n段落")),
    }
}

fn answers(numbers: &[u8]) -> SubjectAnswers {
    let mut answers = SubjectAnswers::default();
    for (field, n) in fields().into_iter().zip(numbers) {
        answers.set(field, value(field, *n));
    }
    answers
}

fn enter(dossier: &mut Dossier, member: &MemberId, answers: &SubjectAnswers) {
    // A package puts answers into the places that they have in a dossier.
    let evaluation = &mut dossier.projects[0].evaluation;
    evaluation.scores.remove(member);
    evaluation.comments.retain(|comment| comment.member.as_ref() != Some(member));
    for field in fields() {
        match (field, answers.get(field)) {
            (AnswerField::Score(no), AnswerValue::Cell(cell)) => evaluation.set_cell(member, no, cell),
            (field, AnswerValue::Text(text)) if !text.is_empty() => {
                let (criterion, kind) = match field {
                    AnswerField::Comment(no, kind) => (Some(no), kind),
                    _ => (None, CommentKind::Recommendation),
                };
                let id = hyoka::model::fresh_id(&evaluation.comments, "c");
                evaluation.comments.push(hyoka::model::Comment {
                    id,
                    criterion,
                    kind,
                    member: Some(member.clone()),
                    text,
                    printed_at: String::new(),
                });
            }
            _ => {}
        }
    }
}

fn dossier() -> Dossier {
    let mut dossier = Dossier::default();
    dossier.programme.id = SubjectId::programme();
    let scored = |no| Criterion { no: CriterionNo(no), scored: true, ..Criterion::default() };
    dossier.criteria.project = CriteriaSet {
        criteria: vec![scored(1), scored(2)],
        scale: ScalePreset::ThreeToZero.scale(),
        ..CriteriaSet::default()
    };
    let mut project = Subject { id: "A".into(), ..Subject::default() };
    for id in MEMBERS {
        dossier.members.push(Member { id: id.into(), ..Member::default() });
        project.evaluation.panel.push(id.into());
    }
    dossier.projects.push(project.into());
    dossier
}

fn numbers() -> impl Strategy<Value = Vec<Vec<u8>>> {
    proptest::collection::vec(proptest::collection::vec(0_u8..5, 7), 3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_lost_nothing_is_done_twice_and_order_does_not_matter(
        issued in numbers(), ours in numbers(), theirs in numbers(), turn in 0_usize..3,
    ) {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut dossier = dossier();
        for (member, numbers) in MEMBERS.iter().zip(&issued) {
            enter(&mut dossier, &MemberId::from(*member), &answers(numbers));
        }
        let mut round = begin(&dossier);
        round.subjects = vec!["A".into()];
        let id = round.id.clone();
        dossier.rounds.push(round);
        freeze(&mut dossier, &id, at(0)).unwrap();
        let members: Vec<MemberId> = MEMBERS.iter().map(|id| MemberId::from(*id)).collect();
        let sent = issue(&dossier, &id, &members, at(1), Lang::En).unwrap();
        let mut dossier = sent.dossier;
        for (member, numbers) in members.iter().zip(&ours) {
            enter(&mut dossier, member, &answers(numbers));
        }
        let mut files: Vec<Received> = sent.files.iter()
            .filter(|file| file.form == FileForm::Package)
            .zip(&theirs)
            .map(|(file, numbers)| {
                let package = Package::read(&file.bytes).unwrap();
                let mut own = package.dossier().unwrap();
                enter(&mut own, &file.member, &answers(numbers));
                let text = package.saved(&own, at(2), false).to_text().unwrap();
                Received { file: file.name.clone(), content: Content::Package(text.into_bytes()) }
            })
            .collect();
        let plan_of = plan(&dossier, &files);
        prop_assert!(plan_of.refused.is_empty() && plan_of.remarks().next().is_none());
        let merged = plan_of.merged(&dossier, at(3));
        for (at, member) in members.iter().enumerate() {
            let of = |dossier: &Dossier| -> Answers {
                Form::of(dossier, &dossier.rounds[0], member).answers(dossier)
            };
            let id = SubjectId::from("A");
            let get = |answers: &Answers, field| {
                answers.get(&id).map_or_else(|| SubjectAnswers::default().get(field), |given| given.get(field))
            };
            let now = of(&merged);
            for (index, field) in fields().into_iter().enumerate() {
                let [base, mine, said] = [&issued, &ours, &theirs].map(|all| value(field, all[at][index]));
                let conflict = plan_of.ballots.iter().any(|ballot| {
                    ballot.ballot.member == *member
                        && ballot.fields.iter().any(|f| f.field == field && f.outcome == Outcome::Conflict)
                });
                let expected = if said == base || said == mine { mine.clone() } else if mine == base { said.clone() } else { mine.clone() };
                prop_assert_eq!(get(&now, field), expected);
                prop_assert_eq!(conflict, said != base && mine != base && said != mine);
            }
        }
        files.rotate_left(turn);
        prop_assert_eq!(&plan(&dossier, &files).merged(&dossier, at(3)), &merged);
        let again = plan(&merged, &files);
        prop_assert_eq!(again.changes(), 0);
        prop_assert_eq!(again.open_conflicts(), plan_of.open_conflicts());
        prop_assert_eq!(again.merged(&merged, at(4)), merged);
    }
}
