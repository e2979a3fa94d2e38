//! What holds of undo and redo whatever is edited: any place of the model, rows and projects, and what commands do.

use super::Document;
use crate::check;
use crate::find::{Edit, Hit, Index, Query, replacements};
use crate::import::{self, Answers, Content, Input, Options};
use crate::locale::Lang;
use crate::model::every::{self, Dice, Edits};
use crate::model::{
    CommentKind, CriterionNo, Dossier, MemberId, ScoreCell, Snapshot, Subject, apply, fresh_id,
};
use crate::round::{self, FileForm, Package, Received};
use crate::sheets::{Book, Sheet};
use crate::store;
use crate::tasks::progress::Unwatched;
use jiff::Timestamp;
use proptest::prelude::*;
use std::sync::LazyLock;

static EDITS: LazyLock<Edits> = LazyLock::new(Edits::new);

/// Something that is done to a dossier, as dice decide.
type Deed = fn(&mut Dossier, &mut Dice);

/// What commands and pages do to a dossier, each by its name as a step of undo.
const DEEDS: [(&str, Deed); 11] = [
    ("プロジェクトを追加", add_project),
    ("プロジェクトを削除", remove_project),
    ("プロジェクトを移動", move_project),
    ("委員を追加", add_member),
    ("評点", score),
    ("コメント", comment),
    ("指標を移動", move_indicator),
    ("取り込み", import_table),
    ("評価票の取り込み", merge_ballots),
    ("確認済み", accept_finding),
    ("置換", replace),
];

fn add_project(dossier: &mut Dossier, dice: &mut Dice) {
    let id = format!("N{}", dice.below(1000));
    dossier.projects.push(Subject { id: id.as_str().into(), ..Subject::default() }.into());
}

fn remove_project(dossier: &mut Dossier, dice: &mut Dice) {
    if !dossier.projects.is_empty() {
        dossier.projects.remove(dice.below(dossier.projects.len()));
    }
}

fn move_project(dossier: &mut Dossier, dice: &mut Dice) {
    let n = dossier.projects.len();
    if n > 1 {
        dossier.projects.swap(dice.below(n), dice.below(n));
    }
}

fn add_member(dossier: &mut Dossier, dice: &mut Dice) {
    let id = MemberId::from(format!("m{}", dice.below(1000)));
    dossier.members.push(crate::model::Member { id: id.clone(), ..crate::model::Member::default() });
    dossier.programme.evaluation.panel.push(id);
}

fn score(dossier: &mut Dossier, dice: &mut Dice) {
    let cells = [ScoreCell::Blank, ScoreCell::NotApplicable, ScoreCell::Score(0), ScoreCell::Score(3)];
    let (cell, no) = (cells[dice.below(4)], CriterionNo(u8::try_from(dice.below(5)).unwrap()));
    let member = dossier.members.first().map_or_else(|| "M1".into(), |member| member.id.clone());
    dossier.programme.evaluation.set_cell(&member, no, cell);
}

fn comment(dossier: &mut Dossier, dice: &mut Dice) {
    let comments = &mut dossier.programme.evaluation.comments;
    let id = fresh_id(comments, "c");
    comments.push(crate::model::Comment {
        id,
        criterion: Some(CriterionNo(1)),
        kind: CommentKind::Issue,
        member: Some("M1".into()),
        text: "ゼロも評点。\n".repeat(dice.below(3)),
        printed_at: String::new(),
    });
}

fn move_indicator(dossier: &mut Dossier, dice: &mut Dice) {
    let subjects = dossier.shared_subjects_mut();
    if let Some(rows) = subjects.map(|subject| &mut subject.outputs).find(|rows| rows.len() > 1) {
        let row = rows.remove(dice.below(rows.len()));
        rows.insert(dice.below(rows.len() + 1), row);
    }
}

fn import_table(dossier: &mut Dossier, dice: &mut Dice) {
    let amount = dice.below(500).to_string();
    let rows: [&[&str]; 4] = [
        &["Z 資金配分", "", "（単位：百万円）"],
        &["研究開発項目", "2019年度", "2020年度"],
        &["項目１ チップ", &amount, "409"],
        &["計", &amount, "409"],
    ];
    let sheet = Sheet::of_texts("表", rows.iter().map(|row| row.iter().copied()));
    let book = Book { file: "表.xlsx".into(), sheets: vec![sheet] };
    let input = Input { file: book.file.clone(), path: None, content: Content::Book(book) };
    let proposal = import::propose(&[input], dossier, &Answers::new(), &Options::default()).unwrap();
    // What the dossier has become may leave no room for it.
    if let Ok(after) = import::apply(dossier, &proposal) {
        *dossier = after;
    }
}

fn merge_ballots(dossier: &mut Dossier, dice: &mut Dice) {
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut issuing = dossier.clone();
    let begun = round::begin(&issuing);
    let (id, members) = (begun.id.clone(), begun.members.clone());
    issuing.rounds.push(begun);
    if round::freeze(&mut issuing, &id, at(0)).is_err() {
        return;
    }
    let Ok(sent) = round::issue(&issuing, &id, &members, at(1), Lang::Ja) else { return };
    let said = ScoreCell::Score(i16::try_from(dice.below(4)).unwrap());
    let back = sent.files.iter().filter(|file| file.form == FileForm::Package).map(|file| {
        let package = Package::read(&file.bytes).unwrap();
        let mut own = package.dossier().unwrap();
        if let Some(project) = own.projects.first_mut() {
            project.evaluation.set_cell(&file.member, CriterionNo(1), said);
        }
        let text = package.saved(&own, at(2), true).to_text().unwrap();
        Received { file: file.name.clone(), content: round::Content::Package(text.into_bytes()) }
    });
    let back: Vec<Received> = back.collect();
    let plan = round::plan(&sent.dossier, &back);
    *dossier = plan.merged(&sent.dossier, at(3));
}

fn accept_finding(dossier: &mut Dossier, dice: &mut Dice) {
    let findings = check::run(dossier);
    if let Some(finding) = dice.of(&findings) {
        let id = fresh_id(&dossier.check_notes, "n");
        dossier.check_notes.push(finding.note(id, "調整費を除くため", "事務局", "2026-11-28"));
    }
}

fn replace(dossier: &mut Dossier, dice: &mut Dice) {
    let (from, to) = [("x", "置換後"), ("追", ""), ("項目", "事項")][dice.below(3)];
    let index = Index::default().of(&Snapshot::of(dossier), &Unwatched);
    let found = index.search(&Query { text: from.to_owned(), exact: true }, &Unwatched);
    let hits: Vec<&Hit> = found.iter().filter(|hit| !hit.fixed).collect();
    // Among rows of one name, which random edits make, a place may mean another row.
    if let Ok(changes) = replacements(dossier, &Edit { hits: &hits, with: to }) {
        let _ = apply(dossier, &changes);
    }
}

/// Two states are one; if not, says where.
fn assert_same(now: &Dossier, then: &Dossier, what: &str) {
    if now != then {
        let changes = crate::model::diff(then, now).unwrap();
        let places: Vec<String> = changes.iter().map(|change| change.place.to_string()).collect();
        panic!("{what}: differs at {places:?}");
    }
}

/// A document beside all the states that it has been in.
struct Walked {
    document: Document,
    states: Vec<Dossier>,
    at: usize,
}

impl Walked {
    fn new(dossier: Dossier) -> Self {
        Self { document: Document::new(dossier.clone(), None), states: vec![dossier], at: 0 }
    }

    /// Does something as one step, which is none if nothing comes of it.
    fn take(&mut self, label: Option<&str>, deed: impl FnOnce(&mut Dossier)) {
        deed(&mut self.document.dossier);
        match label {
            Some(label) => self.document.settle_as(label.to_owned()).unwrap(),
            None => self.document.settle().unwrap(),
        }
        if self.document.dossier != self.states[self.at] {
            self.at += 1;
            self.states.truncate(self.at);
            self.states.push(self.document.dossier.clone());
            assert_eq!(self.document.next_redo(Lang::Ja), None);
            assert!(
                self.document.next_undo(Lang::Ja).is_some_and(|said| label.is_none_or(|label| label == said))
            );
        }
    }

    fn undo(&mut self) {
        let undone = self.document.undo(Lang::En).unwrap();
        assert_eq!(undone.is_some(), self.at > 0);
        self.at = self.at.saturating_sub(1);
        assert_same(&self.document.dossier, &self.states[self.at], "undo");
        assert!(self.document.settled().is(&self.document.dossier));
        assert_eq!(self.document.is_dirty(), self.states[self.at] != self.states[0]);
    }

    fn redo(&mut self) {
        let redone = self.document.redo(Lang::En).unwrap();
        assert_eq!(redone.is_some(), self.at + 1 < self.states.len());
        self.at = (self.at + 1).min(self.states.len() - 1);
        assert_same(&self.document.dossier, &self.states[self.at], "redo");
    }
}

#[test]
fn every_field_of_the_model_can_be_changed_undone_and_done_again() {
    let (full, sample) = (every::full(), crate::sample::dossier().unwrap());
    let mut fixed = Vec::new();
    for (seed, kind) in (0..).zip(EDITS.examples.keys().filter(|kind| !kind.is_empty())) {
        // The choices that the full dossier has not made, the sample has.
        let edited = [&full, &sample].into_iter().find_map(|before| {
            let mut after = before.clone();
            EDITS.edit(&mut after, kind, &mut Dice(seed)).then_some((before, after))
        });
        let Some((before, after)) = edited else {
            fixed.push(kind.clone());
            continue;
        };
        let mut walked = Walked::new(before.clone());
        walked.take(None, |dossier| *dossier = after);
        walked.undo();
        walked.redo();
    }
    assert_eq!(fixed, Vec::<String>::new());
}

#[test]
fn every_deed_can_be_undone_and_done_again() {
    // Each does something to the sample with one of a few throws.
    let sample = crate::sample::dossier().unwrap();
    for (label, deed) in DEEDS {
        let mut walked = Walked::new(sample.clone());
        for seed in 0..4 {
            walked.take(Some(label), |dossier| deed(dossier, &mut Dice(seed)));
        }
        assert!(walked.at > 0, "{label} does nothing");
        (0..4).for_each(|_| walked.undo());
        (0..4).for_each(|_| walked.redo());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn undoing_all_gives_the_start_and_redoing_all_the_end(
        steps in proptest::collection::vec((0_u8..10, any::<u64>()), 1..24),
    ) {
        let kinds: Vec<&String> = EDITS.examples.keys().filter(|kind| !kind.is_empty()).collect();
        let mut walked = Walked::new(every::full());
        for (what, seed) in steps {
            let mut dice = Dice(seed);
            match what {
                0 => walked.undo(),
                1 => walked.redo(),
                2..=4 => {
                    let (label, deed) = DEEDS[dice.below(DEEDS.len())];
                    walked.take(Some(label), |dossier| deed(dossier, &mut dice));
                }
                // Several places in one step, as a paste has them.
                5 => walked.take(None, |dossier| {
                    for _ in 0..4 {
                        EDITS.edit(dossier, dice.of(&kinds).unwrap(), &mut dice);
                    }
                }),
                _ => walked.take(None, |dossier| {
                    EDITS.edit(dossier, dice.of(&kinds).unwrap(), &mut dice);
                }),
            }
        }
        let written = |walked: &Walked| store::to_ron(&walked.document.dossier).unwrap();
        (0..=walked.at).for_each(|_| walked.undo());
        prop_assert_eq!(written(&walked), store::to_ron(&every::full()).unwrap());
        prop_assert!(walked.at == 0 && !walked.document.is_dirty());
        (0..=walked.states.len()).for_each(|_| walked.redo());
        prop_assert_eq!(walked.at + 1, walked.states.len());
        prop_assert_eq!(written(&walked), store::to_ron(walked.states.last().unwrap()).unwrap());
    }
}
