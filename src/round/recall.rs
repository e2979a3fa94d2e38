//! Ballots that were issued from a dossier which was not told of it.
//!
//! Issuing notes each ballot in a copy of the dossier. Where ballots come back to the dossier as it was before, the
//! note can be made up for: the round is set up again as issuing did, and only where that gives the very form that the
//! ballots name are they taken for its.

use super::ballot::{Claim, Content, Received};
use super::setup::{begin, freeze};
use super::{Form, Package, digest, excel};
use crate::locale::Lang;
use crate::model::{Answers, Dossier, IssuedBallot, MemberId, Round};
use jiff::Timestamp;

/// What a file says of itself: whose it is, the digest of its material, the checksum of its form.
struct Named {
    claim: Claim,
    material: String,
    form: String,
}

/// The dossier with the note of first ballots that were issued from it as it stands; none if nothing is to be noted.
/// `at` is when the form counts as fixed.
pub fn recalled(dossier: &Dossier, files: &[Received], at: Timestamp) -> Option<Dossier> {
    let is_noted = |round: &Round| round.members.iter().all(|member| round.latest_issue(member).is_some());
    if !dossier.rounds.is_empty() && dossier.rounds.iter().all(is_noted) {
        return None;
    }
    let mut known = dossier.clone();
    let mut noted = false;
    for Named { claim, material, form } in files.iter().filter_map(named).filter(|n| n.claim.revision == 1) {
        let here = dossier.rounds.iter().find(|round| round.id == claim.round);
        let was_noted = here.is_some_and(|round| round.latest_issue(&claim.member).is_some());
        if was_noted || !with_round(&mut known, &claim, at) {
            continue;
        }
        let Some(index) = known.rounds.iter().position(|round| round.id == claim.round) else { continue };
        let round = &known.rounds[index];
        if !round.members.contains(&claim.member) {
            continue;
        }
        let asked = Form::of(&known, round, &claim.member);
        let fits =
            |lang: Lang| excel::Layout::of(&known, round, &asked, (1, &claim.given), lang).checksum == form;
        let form = if form.is_empty() || Lang::ALL.into_iter().any(fits) { form } else { String::new() };
        let held = asked.answers(&known);
        // What changed here since then is not known to the ballot: a difference is for a person to decide.
        let unchanged = digest(&held).is_ok_and(|digest| digest == claim.given);
        let answers = if unchanged { held } else { Answers::new() };
        let issued = &mut known.rounds[index].issued;
        noted = true;
        if let Some(known) = issued.iter_mut().find(|issued| issued.member == claim.member) {
            if known.material.is_empty() {
                known.material = material;
            }
            if known.form.is_empty() {
                known.form = form;
            }
            continue;
        }
        let id = format!("{}-1", claim.member).into();
        issued.push(IssuedBallot {
            id,
            member: claim.member,
            revision: 1,
            material,
            form,
            at,
            answers: answers.into(),
        });
    }
    for round in &mut known.rounds {
        let order = round.members.clone();
        let rank = |member: &MemberId| order.iter().position(|other| other == member);
        round.issued.sort_by_key(|issued| (rank(&issued.member), issued.revision));
    }
    noted.then_some(known)
}

fn named(file: &Received) -> Option<Named> {
    match &file.content {
        Content::Package(bytes) => {
            let head = Package::read(bytes).ok()?.head;
            let claim = Claim {
                round: head.round,
                form: head.form,
                member: head.member,
                revision: head.revision,
                given: head.given,
            };
            Some(Named { claim, material: head.material, form: String::new() })
        }
        Content::Book(book) => {
            let (claim, form) = excel::claim(book)?;
            Some(Named { claim, material: String::new(), form })
        }
        Content::Sealed | Content::Trouble(_) => None,
    }
}

/// Sets up and fixes the round that a ballot names, if that gives the form it names; false if it does not, and nothing
/// is changed then.
fn with_round(dossier: &mut Dossier, claim: &Claim, at: Timestamp) -> bool {
    let hash = |dossier: &Dossier| {
        let round = dossier.rounds.iter().find(|round| round.id == claim.round)?;
        round.frozen.as_ref().map(|frozen| frozen.hash.clone())
    };
    if let Some(hash) = hash(dossier) {
        return hash == claim.form;
    }
    let mut candidate = dossier.clone();
    if !candidate.rounds.iter().any(|round| round.id == claim.round) {
        let round = begin(&candidate);
        candidate.rounds.push(round);
    }
    let fits = freeze(&mut candidate, &claim.round, at).is_ok()
        && hash(&candidate).is_some_and(|hash| hash == claim.form);
    if fits {
        *dossier = candidate;
    }
    fits
}
