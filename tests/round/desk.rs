//! A small office: a dossier whose project A nobody has scored yet, its ballots, and what members do with them.

use hyoka::locale::Lang;
use hyoka::model::{
    AnswerField, AnswerValue, CriterionNo, Dossier, MemberId, ScoreCell, SubjectAnswers, SubjectId,
};
use hyoka::round::{
    Content, FileForm, Issue, IssuedFile, Package, Plan, Received, begin, freeze, issue, plan,
};
use hyoka::sheets::{Address, Book, Cell, Limits, Reader, Sheet, Value};
use hyoka::tasks::progress::Unwatched;
use jiff::Timestamp;
use std::io::Write;

/// What the ministry's report prints for project A.
pub const PRINTED_A: [&str; 7] = ["3.0", "2.6", "2.2", "2.0", "2.6", "2.6", "2.6"];

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub fn a() -> SubjectId {
    "A".into()
}

/// The sample, with the scores of project A taken out, and what they were.
pub fn unscored() -> (Dossier, hyoka::model::ScoreSheet) {
    let mut dossier = hyoka::sample::dossier().unwrap();
    let evaluation = &mut dossier.subject_mut(&a()).unwrap().evaluation;
    let scores = std::mem::take(&mut evaluation.scores);
    (dossier, scores)
}

/// The dossier with a frozen round about project A, and its ballots.
pub fn issued(mut dossier: Dossier) -> Issue {
    let mut round = begin(&dossier);
    round.subjects = vec![a()];
    round.members.clone_from(&dossier.subject(&a()).unwrap().evaluation.panel);
    let (id, members) = (round.id.clone(), round.members.clone());
    dossier.rounds.push(round);
    freeze(&mut dossier, &id, at(0)).unwrap();
    issue(&dossier, &id, &members, at(1), Lang::Ja).unwrap()
}

pub fn file_of<'i>(issue: &'i Issue, member: &str, form: FileForm) -> &'i IssuedFile {
    issue.files.iter().find(|file| file.member.as_str() == member && file.form == form).unwrap()
}

/// A package filled in the way the window does it, saved at that second.
pub fn filled(issued: &IssuedFile, second: i64, fill: impl FnOnce(&mut SubjectAnswers)) -> Received {
    refilled(&issued.bytes, &issued.name, second, fill)
}

/// A package that was saved before, filled in further.
pub fn refilled(bytes: &[u8], name: &str, second: i64, fill: impl FnOnce(&mut SubjectAnswers)) -> Received {
    let package = Package::read(bytes).unwrap();
    let member = package.head.member.clone();
    let mut dossier = package.dossier().unwrap();
    let evaluation = &mut dossier.subject_mut(&a()).unwrap().evaluation;
    let mut answers = SubjectAnswers::of(evaluation, &member);
    fill(&mut answers);
    for no in 1..=7 {
        let field = AnswerField::Score(CriterionNo(no));
        let AnswerValue::Cell(cell) = answers.get(field) else { panic!("a score is a cell") };
        evaluation.set_cell(&member, CriterionNo(no), cell);
    }
    evaluation.comments.retain(|comment| comment.member.as_ref() != Some(&member));
    for (kind, texts) in [
        (hyoka::model::CommentKind::Positive, &answers.positive),
        (hyoka::model::CommentKind::Issue, &answers.issues),
    ] {
        for (no, text) in texts {
            evaluation.comments.push(hyoka::model::Comment {
                id: format!("{kind:?}{no}").into(),
                criterion: Some(*no),
                kind,
                member: Some(member.clone()),
                text: text.clone(),
                printed_at: String::new(),
            });
        }
    }
    let text = package.saved(&dossier, at(second), true).to_text().unwrap();
    Received { file: name.to_owned(), content: Content::Package(text.into_bytes()) }
}

pub fn bytes(received: &Received) -> Vec<u8> {
    match &received.content {
        Content::Package(bytes) => bytes.clone(),
        other => panic!("no package: {other:?}"),
    }
}

pub fn score(answers: &mut SubjectAnswers, no: u8, cell: ScoreCell) {
    answers.set(AnswerField::Score(CriterionNo(no)), AnswerValue::Cell(cell));
}

/// The form as a spreadsheet program would hand it over.
pub fn book(file: &IssuedFile) -> Book {
    let mut path = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    path.write_all(&file.bytes).unwrap();
    let mut books = Reader::in_process(Limits::default()).read(path.path(), None, &Unwatched).unwrap();
    let mut book = books.remove(0);
    book.file.clone_from(&file.name);
    book
}

/// Writes a cell of a book; none empties it.
pub fn write(book: &mut Book, sheet: &str, at: &str, value: Option<Value>) {
    let at: Address = at.parse().unwrap();
    let found = book.sheets.iter_mut().find(|found| found.name == sheet).unwrap();
    let mut cells: Vec<Cell> = found.cells().iter().filter(|cell| cell.at != at).cloned().collect();
    cells.extend(value.map(|value| Cell { at, value }));
    let mut changed = Sheet::new(sheet, cells, found.merges().to_vec());
    changed.hidden = found.hidden;
    *found = changed;
}

pub fn as_form(book: Book) -> Received {
    Received { file: book.file.clone(), content: Content::Book(book) }
}

/// The plan for some files, carried out at that second.
pub fn merge(dossier: &Dossier, files: &[Received], second: i64) -> (Plan, Dossier) {
    let plan = plan(dossier, files);
    let merged = plan.merged(dossier, at(second));
    (plan, merged)
}

pub fn cell(dossier: &Dossier, member: &str, no: u8) -> ScoreCell {
    dossier.subject(&a()).unwrap().evaluation.cell(&MemberId::from(member), CriterionNo(no))
}
