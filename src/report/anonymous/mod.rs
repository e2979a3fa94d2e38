//! The anonymous variant of a report: what may be published without saying who the members are.
//!
//! [`anonymise`] is a pure function from a dossier to one without members: they become 委員1 to 委員n in an order that
//! says nothing of names or seats, and whatever tells them apart goes: affiliations, roles, recusals, ballots, the
//! history of merges, the files that values came from, the authorship and order of comments. Names that people wrote
//! into texts cannot be judged by a program: they are found ([`Anonymised::mentions`]) and settled one by one
//! ([`Anonymised::settle`]).

mod mention;
mod name;

pub use mention::{Decision, Mention, Names};

use crate::model::{CheckNote, Comment, CriterionNo, Dossier, Member, MemberId, RowId, Step, Subject};
use crate::report::bag::hex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// A dossier without members, in whose texts names may still be written.
#[derive(Debug, Clone)]
pub struct Anonymised {
    dossier: Dossier,
    mentions: Vec<Mention>,
}

impl Anonymised {
    /// The dossier, with the names that its texts still hold.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The names found in texts, in the dossier's order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mentions on which `names` does not decide.
    pub fn undecided(&self, names: &Names) -> Vec<Mention> {
        self.mentions.iter().filter(|mention| names.decision(mention).is_none()).cloned().collect()
    }

    /// The dossier with each name in its texts kept or replaced. One that is not decided on is replaced.
    ///
    /// # Errors
    /// Only if a dossier cannot be serialised, which its types rule out.
    pub fn settle(self, names: &Names) -> Result<Dossier, serde_json::Error> {
        let gone: Vec<_> = (self.mentions.iter())
            .filter(|mention| names.decision(mention) != Some(Decision::Keep))
            .collect();
        if gone.is_empty() {
            return Ok(self.dossier);
        }
        let mut tree = serde_json::to_value(&self.dossier)?;
        mention::replace(&mut tree, &gone);
        serde_json::from_value(tree)
    }
}

/// A dossier without its members.
///
/// # Errors
/// Only if a dossier cannot be serialised, which its types rule out.
pub fn anonymise(dossier: &Dossier) -> Result<Anonymised, serde_json::Error> {
    let order = Order::of(dossier);
    let mut plain = dossier.clone();
    plain.members = (1..=dossier.members.len()).map(stand_in).collect();
    for committee in &mut plain.committees {
        committee.chair.clear();
        committee.chair_affiliation.clear();
    }
    plain.rounds.clear();
    plain.origins.clear();
    for note in &mut plain.check_notes {
        note.by.clear();
        note.when.clear();
    }
    // A note on a member's own scores names the member by its places.
    plain.check_notes.retain(|note| !speaks_of_a_member(note, dossier));
    for subject in plain.shared_subjects_mut() {
        order.judged(subject);
    }
    let mut tree = serde_json::to_value(&plain)?;
    forget_sources(&mut tree);
    let chairs = dossier.committees.iter().map(|committee| committee.chair.as_str());
    let names: Vec<_> = dossier.members.iter().map(|member| member.name.as_str()).chain(chairs).collect();
    let mentions = mention::all(&tree, &names);
    Ok(Anonymised { dossier: serde_json::from_value(tree)?, mentions })
}

/// 委員n.
fn stand_in(n: usize) -> Member {
    Member { id: format!("M{n}").into(), name: format!("委員{n}"), ..Member::default() }
}

fn speaks_of_a_member(note: &CheckNote, dossier: &Dossier) -> bool {
    let of_a_member = |step: &Step| dossier.members.iter().any(|member| member.id.as_str() == step.as_str());
    note.places.iter().any(|place| place.steps().iter().any(of_a_member))
}

/// The members' new order, drawn from what the anonymous dossier does not hold.
struct Order {
    seed: [u8; 32],
    /// Old id → new id.
    ids: HashMap<MemberId, MemberId>,
}

impl Order {
    fn of(dossier: &Dossier) -> Self {
        // The same members keep their numbers from one draft of the report to the next, so the seed holds nothing that
        // is edited on the way; who has not the dossier has neither the forms' checksums nor the moments of their issue.
        let mut seed = Sha256::new();
        let mut put = |text: &str| {
            seed.update((text.len() as u64).to_be_bytes());
            seed.update(text.as_bytes());
        };
        for member in &dossier.members {
            for text in [member.id.as_str(), &member.name, &member.affiliation, &member.note] {
                put(text);
            }
        }
        for round in &dossier.rounds {
            put(&round.key);
            if let Some(frozen) = &round.frozen {
                put(&frozen.hash);
                put(&frozen.at.to_string());
            }
            for issued in &round.issued {
                put(&issued.form);
                put(&issued.at.to_string());
            }
        }
        let seed: [u8; 32] = seed.finalize().into();
        let mut drawn: Vec<_> =
            dossier.members.iter().map(|member| (lot(&seed, member.id.as_str()), &member.id)).collect();
        drawn.sort_unstable();
        let mut ids: HashMap<_, _> = HashMap::new();
        for (at, (_, id)) in drawn.iter().enumerate() {
            ids.entry((*id).clone()).or_insert_with(|| format!("M{}", at + 1).into());
        }
        // Who sits on a panel without being listed gets a number as well.
        let mut strangers: Vec<_> = dossier
            .subjects()
            .flat_map(|subject| subject.evaluation.panel.iter().chain(subject.evaluation.scores.keys()))
            .filter(|id| !ids.contains_key(*id))
            .map(|id| (lot(&seed, id.as_str()), id.clone()))
            .collect();
        strangers.sort_unstable();
        strangers.dedup();
        for (at, (_, id)) in strangers.into_iter().enumerate() {
            ids.insert(id, format!("X{}", at + 1).into());
        }
        Self { seed, ids }
    }

    /// Rewrites what the evaluation of a subject tells of its members.
    fn judged(&self, subject: &mut Subject) {
        let evaluation = &mut subject.evaluation;
        let renamed = |id: &MemberId| self.ids.get(id).cloned().unwrap_or_default();
        for id in &mut evaluation.panel {
            *id = renamed(id);
        }
        // Their own order, not that of seats: M2 before M10.
        evaluation.panel.sort_by_key(|id| (id.as_str().len(), id.clone()));
        evaluation.scores =
            std::mem::take(&mut evaluation.scores).into_iter().map(|(id, row)| (renamed(&id), row)).collect();
        self.comments(&mut evaluation.comments, &mut evaluation.used);
    }

    /// Comments lose their authors, and come in an order drawn by lot under each heading.
    fn comments(&self, comments: &mut [Comment], used: &mut [RowId]) {
        comments.sort_by_cached_key(|comment| {
            let place: (Option<CriterionNo>, _) = (comment.criterion, comment.kind);
            (place, lot(&self.seed, &comment.text), comment.text.clone())
        });
        let mut ids = BTreeMap::new();
        for (at, comment) in comments.iter_mut().enumerate() {
            comment.member = None;
            let id: RowId = format!("c{}", at + 1).as_str().into();
            ids.insert(std::mem::replace(&mut comment.id, id.clone()), id);
        }
        for id in used.iter_mut() {
            if let Some(new) = ids.get(id) {
                *id = new.clone();
            }
        }
        used.sort_unstable();
    }
}

/// A lot that cannot be told beforehand by who does not know the seed.
fn lot(seed: &[u8; 32], text: &str) -> String {
    let mut lot = Sha256::new();
    lot.update(seed);
    lot.update(text.as_bytes());
    hex(&lot.finalize())
}

/// Takes out where figures came from: file names tell who sent them.
fn forget_sources(tree: &mut Value) {
    match tree {
        Value::Object(fields) => {
            if fields.get("source").is_some_and(Value::is_object) {
                fields.remove("source");
            }
            fields.values_mut().for_each(forget_sources);
        }
        Value::Array(rows) => rows.iter_mut().for_each(forget_sources),
        _ => {}
    }
}
