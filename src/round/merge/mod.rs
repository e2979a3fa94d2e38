//! Merging ballots: what each would change, and how.
//!
//! Three-way and field by field. A field is compared with what the form held when it was issued, or with what an
//! earlier save of the same ballot said: what is as it was is left alone, what was emptied is emptied, and what both
//! the member and the dossier changed is a conflict for a person to decide. Files are taken in an order of their own,
//! so that the order in which they are given never matters.

mod apply;

pub(super) use apply::enter;

use super::ballot::{Ballot, Received, Refusal, read};
use super::{Form, Remark};
use crate::model::{
    AnswerField, AnswerValue, Answers, Dossier, MemberId, Receipt, Round, ScoreCell, Shared, SubjectAnswers,
    SubjectId,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;

/// What some files would do to a dossier.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The ballots that can be taken, in the order of the members.
    pub ballots: Vec<BallotPlan>,
    /// The files of which nothing is taken, by name.
    pub refused: Vec<Refusal>,
}

/// What one ballot would do.
#[derive(Debug, Clone, PartialEq)]
pub struct BallotPlan {
    /// The ballot.
    pub ballot: Ballot,
    /// Whether it is news.
    pub standing: Standing,
    /// The fields that it would change, in reading order.
    pub fields: Vec<FieldPlan>,
    base: Shared<Answers>,
}

/// Whether a ballot is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was not received before.
    New,
    /// The same was received before, at that time.
    Repeated(Timestamp),
    /// A later save of it, with that number, is at hand; nothing of this one is taken.
    Superseded(u32),
    /// Another file at hand says the same; nothing is left to take of this one.
    Duplicate,
}

impl Standing {
    /// Whether anything of the ballot may be taken.
    fn counts(self) -> bool {
        matches!(self, Self::New | Self::Repeated(_))
    }
}

/// What a ballot would do to one field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlan {
    /// The subject.
    pub subject: SubjectId,
    /// The field.
    pub field: AnswerField,
    /// What the form held.
    pub base: AnswerValue,
    /// What the dossier holds.
    pub ours: AnswerValue,
    /// Since when, where a merge put it there.
    pub since: Option<Timestamp>,
    /// What the ballot says.
    pub theirs: AnswerValue,
    /// How they compare.
    pub outcome: Outcome,
    /// Whether it is taken; none for a conflict that nobody has decided.
    pub taken: Option<bool>,
}

/// How a field of a ballot compares with the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The dossier has nothing there.
    New,
    /// The member has changed it.
    Changed,
    /// The member has emptied it.
    Cleared,
    /// Both have changed it, or two files of one member differ.
    Conflict,
}

impl Plan {
    /// The conflicts that nobody has decided.
    pub fn open_conflicts(&self) -> usize {
        self.fields().filter(|field| field.taken.is_none()).count()
    }

    /// How many fields would change.
    pub fn changes(&self) -> usize {
        self.fields().filter(|field| field.taken == Some(true)).count()
    }

    /// What was not taken of ballots that otherwise were.
    pub fn remarks(&self) -> impl Iterator<Item = &Remark> {
        self.ballots.iter().flat_map(|ballot| &ballot.ballot.remarks)
    }

    /// Decides a field of a ballot: taken, or left as the dossier has it. Of several files that want something else in
    /// one field of one member, only one can be taken.
    pub fn decide(&mut self, ballot: usize, field: usize, take: bool) {
        let Some(chosen) = self.ballots.get_mut(ballot) else { return };
        let Some(plan) = chosen.fields.get_mut(field) else { return };
        plan.taken = Some(take);
        let (subject, name) = (plan.subject.clone(), plan.field);
        let (round, member) = (chosen.ballot.round.clone(), chosen.ballot.member.clone());
        if !take {
            return;
        }
        for (_, other) in self.ballots.iter_mut().enumerate().filter(|(at, _)| *at != ballot) {
            if (&other.ballot.round, &other.ballot.member) == (&round, &member) {
                let rivals = other.fields.iter_mut();
                for rival in rivals.filter(|f| f.subject == subject && f.field == name) {
                    rival.taken = Some(false);
                }
            }
        }
    }

    fn fields(&self) -> impl Iterator<Item = &FieldPlan> {
        self.ballots.iter().flat_map(|ballot| &ballot.fields)
    }
}

impl BallotPlan {
    /// How many fields have that outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.fields.iter().filter(|field| field.outcome == outcome).count()
    }

    /// Whether the ballot has nothing to say that the dossier does not know.
    pub fn says_nothing_new(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Reads files as ballots of a dossier's rounds. The sound ones come in an order of their own, the others by name.
pub fn read_all(dossier: &Dossier, files: &[Received]) -> (Vec<Ballot>, Vec<Refusal>) {
    let (mut ballots, mut refused) = (Vec::new(), Vec::new());
    for file in files {
        match read(dossier, file) {
            Ok(ballot) => ballots.push(ballot),
            Err(refusal) => refused.push(refusal),
        }
    }
    let ranks: HashMap<&MemberId, usize> =
        dossier.members.iter().enumerate().map(|(rank, member)| (&member.id, rank)).collect();
    ballots.sort_by_cached_key(|ballot| {
        let rank = ranks.get(&ballot.member).copied();
        (
            rank,
            ballot.member.clone(),
            ballot.revision,
            ballot.edition,
            ballot.digest.clone(),
            ballot.file.clone(),
        )
    });
    refused.sort_by(|a, b| a.file.cmp(&b.file));
    (ballots, refused)
}

/// What some files would do to a dossier, which is not changed.
pub fn plan(dossier: &Dossier, files: &[Received]) -> Plan {
    let (ballots, refused) = read_all(dossier, files);
    let mut plans = Vec::with_capacity(ballots.len());
    for group in ballots.chunk_by(|a, b| (&a.round, &a.member) == (&b.round, &b.member)) {
        let Some(round) = dossier.rounds.iter().find(|round| round.id == group[0].round) else { continue };
        plans.extend(of_member(dossier, round, group));
    }
    Plan { ballots: plans, refused }
}

/// The plans of one member's ballots in one round.
fn of_member(dossier: &Dossier, round: &Round, ballots: &[Ballot]) -> Vec<BallotPlan> {
    let member = &ballots[0].member;
    let form = Form::of(dossier, round, member);
    let ours = form.answers(dossier);
    let receipts: Vec<&Receipt> = round.receipts.iter().filter(|receipt| receipt.member == *member).collect();
    let newest = |revision| {
        let here = ballots.iter().filter(|b| b.revision == revision).map(|b| b.edition);
        let there = receipts.iter().filter(|r| r.revision == revision).map(|r| r.edition);
        here.chain(there).max().unwrap_or(0)
    };
    let mut plans: Vec<BallotPlan> = (ballots.iter().enumerate())
        .map(|(at, ballot)| {
            let known = receipts.iter().find(|receipt| receipt.digest == ballot.digest);
            let last = newest(ballot.revision);
            let standing = match known {
                _ if ballots[..at].iter().any(|other| other.digest == ballot.digest) => Standing::Duplicate,
                // An Excel form does not say how often it was saved, and is never older than another file.
                _ if ballot.edition > 0 && ballot.edition < last => Standing::Superseded(last),
                Some(receipt) => Standing::Repeated(receipt.at),
                None => Standing::New,
            };
            BallotPlan {
                base: base(round, &receipts, ballot),
                ballot: ballot.clone(),
                standing,
                fields: Vec::new(),
            }
        })
        .collect();
    for subject in &form.subjects {
        for field in subject.fields() {
            let value = |answers: &Answers| get(answers, &subject.id, field);
            let ours = value(&ours);
            // What the files at hand want to put there.
            let mut wanted: Vec<AnswerValue> = Vec::new();
            for plan in plans.iter().filter(|plan| plan.standing.counts()) {
                let theirs = value(&plan.ballot.answers);
                if theirs != value(&plan.base) && !wanted.contains(&theirs) {
                    wanted.push(theirs);
                }
            }
            for plan in plans.iter_mut().filter(|plan| plan.standing.counts()) {
                let (base, theirs) = (value(&plan.base), value(&plan.ballot.answers));
                if theirs == base || (theirs == ours && wanted.len() < 2) {
                    continue;
                }
                let outcome = if wanted.len() > 1 || ours != base {
                    Outcome::Conflict
                } else if is_blank(&theirs) {
                    Outcome::Cleared
                } else if is_blank(&ours) {
                    Outcome::New
                } else {
                    Outcome::Changed
                };
                plan.fields.push(FieldPlan {
                    subject: subject.id.clone(),
                    field,
                    base,
                    ours: ours.clone(),
                    since: since(round, member, &subject.id, field),
                    theirs,
                    outcome,
                    taken: (outcome != Outcome::Conflict).then_some(true),
                });
            }
        }
    }
    plans
}

/// What a ballot is compared with: what it said itself when it was received, else what the last save before it said,
/// else what was issued.
fn base(round: &Round, receipts: &[&Receipt], ballot: &Ballot) -> Shared<Answers> {
    let same = receipts.iter().find(|receipt| receipt.digest == ballot.digest);
    let before = || {
        receipts
            .iter()
            .filter(|r| r.revision == ballot.revision && r.edition > 0 && r.edition < ballot.edition)
            .max_by_key(|receipt| receipt.edition)
    };
    if let Some(receipt) = same.or_else(before) {
        return receipt.answers.clone();
    }
    let issued = round.issued.iter().find(|i| i.member == ballot.member && i.revision == ballot.revision);
    issued.map(|issued| issued.answers.clone()).unwrap_or_default()
}

/// What answers say in one field.
fn get(answers: &Answers, subject: &SubjectId, field: AnswerField) -> AnswerValue {
    answers.get(subject).map_or_else(|| SubjectAnswers::default().get(field), |given| given.get(field))
}

fn is_blank(value: &AnswerValue) -> bool {
    match value {
        AnswerValue::Cell(cell) => *cell == ScoreCell::Blank,
        AnswerValue::Text(text) => text.is_empty(),
    }
}

/// When a merge last changed a field.
fn since(round: &Round, member: &MemberId, subject: &SubjectId, field: AnswerField) -> Option<Timestamp> {
    let (criterion, text) = apply::parts(field);
    (round.merges.iter())
        .filter(|entry| entry.member == *member)
        .filter(|entry| {
            let mut changes = entry.changes.iter();
            changes.any(|c| c.subject == *subject && c.criterion == criterion && c.text == text)
        })
        .map(|entry| entry.at)
        .max()
}
