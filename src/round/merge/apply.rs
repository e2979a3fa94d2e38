//! Carrying a plan out: answers enter the evaluation, the round notes what was received and what changed.

use super::{BallotPlan, Plan, Standing};
use crate::locale::Lang;
use crate::model::{
    AnswerField, AnswerValue, Answers, Change, ChangeError, Comment, CommentKind, CriterionNo, Dossier,
    MemberId, MergeEntry, MergedField, Receipt, Round, Scale, SubjectAnswers, SubjectEvaluation, SubjectId,
    diff, fresh_id,
};
use crate::round::value_words;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A value to enter: whose, where, what.
type Entry<'a> = (&'a MemberId, AnswerField, &'a AnswerValue);

impl Plan {
    /// The dossier with everything that the plan takes; `at` is when. Conflicts that nobody has decided stay open.
    pub fn merged(&self, dossier: &Dossier, at: Timestamp) -> Dossier {
        let mut merged = dossier.clone();
        let mut entries: BTreeMap<&SubjectId, Vec<Entry<'_>>> = BTreeMap::new();
        for plan in &self.ballots {
            for field in plan.fields.iter().filter(|field| field.taken == Some(true)) {
                let entry = (&plan.ballot.member, field.field, &field.theirs);
                entries.entry(&field.subject).or_default().push(entry);
            }
        }
        for (id, entries) in entries {
            if let Some(subject) = merged.subject_mut(id) {
                enter_all(&mut subject.evaluation, &entries);
            }
        }
        let scales: HashMap<SubjectId, Scale> =
            dossier.subjects().map(|s| (s.id.clone(), dossier.criteria_for(&s.id).scale.clone())).collect();
        for round in &mut merged.rounds {
            let (mut touched, id) = (false, round.id.clone());
            for plan in self.ballots.iter().filter(|plan| plan.ballot.round == id) {
                touched |= note_receipt(round, plan, at);
                touched |= note_changes(round, plan, &scales, at);
            }
            if touched {
                sort(round);
            }
        }
        merged
    }

    /// The changes that the plan makes, for undo and for a report of what was done.
    ///
    /// # Errors
    /// Only if a dossier cannot be serialised, which its types rule out.
    pub fn changes_to(&self, dossier: &Dossier, at: Timestamp) -> Result<Vec<Change>, ChangeError> {
        diff(dossier, &self.merged(dossier, at))
    }
}

/// Notes what was received. What nobody has decided yet counts as not said, so that it comes up again.
fn note_receipt(round: &mut Round, plan: &BallotPlan, at: Timestamp) -> bool {
    let ballot = &plan.ballot;
    if plan.standing == Standing::Duplicate {
        return false;
    }
    let mut answers: Answers = ballot.answers.clone();
    for field in plan.fields.iter().filter(|field| field.taken.is_none()) {
        answers.entry(field.subject.clone()).or_default().set(field.field, field.base.clone());
    }
    answers.retain(|_, given| *given != SubjectAnswers::default());
    if let Some(known) = round.receipts.iter_mut().find(|receipt| receipt.digest == ballot.digest) {
        let news = plan.standing.counts() && *known.answers != answers;
        if news {
            known.answers = answers.into();
        }
        return news;
    }
    round.receipts.push(Receipt {
        id: format!("{}-{}-{}", ballot.member, ballot.revision, short(&ballot.digest)).into(),
        member: ballot.member.clone(),
        revision: ballot.revision,
        edition: ballot.edition,
        saved: ballot.saved,
        at,
        file: ballot.file.clone(),
        digest: ballot.digest.clone(),
        answers: answers.into(),
    });
    true
}

/// Notes what changed, and what a person kept against a ballot.
fn note_changes(
    round: &mut Round,
    plan: &BallotPlan,
    scales: &HashMap<SubjectId, Scale>,
    at: Timestamp,
) -> bool {
    let ballot = &plan.ballot;
    let no_scale = Scale::default();
    let changes: Vec<MergedField> = (plan.fields.iter())
        .filter(|field| field.taken == Some(true) && field.ours != field.theirs)
        .map(|field| {
            let scale = scales.get(&field.subject).unwrap_or(&no_scale);
            let (criterion, text) = parts(field.field);
            MergedField {
                subject: field.subject.clone(),
                criterion,
                text,
                // The record is the secretariat's, in the language of the dossier.
                before: value_words(&field.ours, scale).t(Lang::Ja).to_owned(),
                after: value_words(&field.theirs, scale).t(Lang::Ja).to_owned(),
                decided: field.outcome == super::Outcome::Conflict,
            }
        })
        .collect();
    if changes.is_empty() {
        return false;
    }
    let name = format!("{}-{}-{}-", ballot.member, ballot.revision, short(&ballot.digest));
    let times = round.merges.iter().filter(|entry| entry.id.as_str().starts_with(&name)).count() + 1;
    let id = format!("{name}{times}").into();
    round.merges.push(MergeEntry {
        id,
        at,
        member: ballot.member.clone(),
        file: ballot.file.clone(),
        changes: changes.into(),
    });
    true
}

/// Lists in an order that does not depend on which file came first.
fn sort(round: &mut Round) {
    round.receipts.sort_by(|a, b| {
        (&a.member, a.revision, a.edition, &a.digest).cmp(&(&b.member, b.revision, b.edition, &b.digest))
    });
    round.merges.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
}

fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

/// A field as a record names it.
pub(super) fn parts(field: AnswerField) -> (Option<CriterionNo>, Option<CommentKind>) {
    match field {
        AnswerField::Score(no) => (Some(no), None),
        AnswerField::Comment(no, kind) => (Some(no), Some(kind)),
        AnswerField::Recommendation => (None, Some(CommentKind::Recommendation)),
    }
}

/// Enters everything that one member says of one subject.
pub(in crate::round) fn enter(
    evaluation: &mut SubjectEvaluation,
    member: &MemberId,
    answers: &SubjectAnswers,
) {
    let scores = answers.scores.iter().map(|(no, cell)| (AnswerField::Score(*no), AnswerValue::Cell(*cell)));
    let texts = [(CommentKind::Positive, &answers.positive), (CommentKind::Issue, &answers.issues)];
    let texts = texts.into_iter().flat_map(|(kind, texts)| {
        texts.iter().map(move |(no, text)| (AnswerField::Comment(*no, kind), AnswerValue::Text(text.clone())))
    });
    let whole = (AnswerField::Recommendation, AnswerValue::Text(answers.recommendation.clone()));
    let values: Vec<_> = scores.chain(texts).chain([whole]).collect();
    let entries: Vec<Entry<'_>> = values.iter().map(|(field, value)| (member, *field, value)).collect();
    enter_all(evaluation, &entries);
}

/// Enters many values. Comments that come from ballots stand in the order of criteria, kinds and members, whichever
/// came first; other comments keep their place.
fn enter_all(evaluation: &mut SubjectEvaluation, entries: &[Entry<'_>]) {
    let comments = &mut evaluation.comments;
    let mut places: HashMap<(MemberId, Option<CriterionNo>, CommentKind), Vec<usize>> = HashMap::new();
    let mut ids: HashSet<String> = HashSet::new();
    for (at, comment) in comments.iter().enumerate() {
        ids.insert(comment.id.to_string());
        if let Some(member) = &comment.member {
            places.entry((member.clone(), comment.criterion, comment.kind)).or_default().push(at);
        }
    }
    let mut gone: HashSet<usize> = HashSet::new();
    let mut cells = Vec::new();
    for (member, field, value) in entries {
        let text = match (field, value) {
            (AnswerField::Score(no), AnswerValue::Cell(cell)) => {
                cells.push((*member, *no, *cell));
                continue;
            }
            (_, AnswerValue::Text(text)) => text,
            (_, AnswerValue::Cell(_)) => continue,
        };
        let (criterion, kind) = parts(*field);
        let kind = kind.unwrap_or_default();
        // The recommendation is about the whole.
        let found = places.get(&((*member).clone(), criterion, kind)).map_or(&[][..], Vec::as_slice);
        for (nth, at) in found.iter().enumerate() {
            let keep = nth == 0 && !text.is_empty();
            comments[*at].text = if keep { text.clone() } else { String::new() };
            // What a document printed stays where it stood.
            if !keep && comments[*at].printed_at.is_empty() {
                gone.insert(*at);
            }
        }
        if found.is_empty() && !text.is_empty() {
            let mut id = row_id(member, criterion, kind);
            if !ids.insert(id.clone()) {
                id = fresh_id(comments, "c").to_string();
            }
            comments.push(Comment {
                id: id.into(),
                criterion,
                kind,
                member: Some((*member).clone()),
                text: text.clone(),
                printed_at: String::new(),
            });
        }
    }
    let mut at = 0;
    comments.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    order(comments);
    for (member, no, cell) in cells {
        evaluation.set_cell(member, no, cell);
    }
}

/// The id of a comment that comes from a ballot: the same from whichever file, so that the order of files does not
/// show.
fn row_id(member: &MemberId, criterion: Option<CriterionNo>, kind: CommentKind) -> String {
    let letter = match kind {
        CommentKind::Positive => 'p',
        CommentKind::Issue => 'i',
        CommentKind::Recommendation => 'r',
    };
    match criterion {
        Some(no) => format!("{member}-{no}{letter}"),
        None => format!("{member}-{letter}"),
    }
}

/// Sorts the comments that come from ballots among the places that they hold.
fn order(comments: &mut [Comment]) {
    let from_ballot = |comment: &Comment| {
        let member = comment.member.as_ref();
        member.is_some_and(|m| comment.id.as_str() == row_id(m, comment.criterion, comment.kind))
    };
    let places: Vec<usize> = (0..comments.len()).filter(|at| from_ballot(&comments[*at])).collect();
    let mut rows: Vec<Comment> = places.iter().map(|at| comments[*at].clone()).collect();
    rows.sort_by_cached_key(|row| {
        let member = row.member.as_ref().map(|m| (m.as_str().len(), m.clone()));
        // What is about the whole comes last.
        (row.criterion.is_none(), row.criterion, row.kind, member)
    });
    for (at, row) in places.into_iter().zip(rows) {
        comments[at] = row;
    }
}
