//! 確認: the consistency checks in the window. They run on a thread of their own after each settled change, and what
//! they found stands here until the next run.

mod page;
#[cfg(test)]
mod tests;

use super::document::Document;
use super::files::waker;
use super::route::Route;
use super::window::Window;
use crate::check::{Checker, Finding, RULES, Rule, Standing, standings};
use crate::locale::place::Speaker;
use crate::locale::{Both, Lang};
use crate::model::{CheckNote, Place, Snapshot, SubjectId};
use crate::tasks::{Job, Poll};
use egui::Context;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long nothing must have changed before the checks run again.
const PAUSE: Duration = Duration::from_millis(250);

/// How many characters of a row's name stand in a link to it.
const NAME: usize = 40;

/// A state of a document: which one, and how often it has changed.
type State = (u64, u64);

/// What the checks found, and what the page remembers.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// The state that was seen last, and since when.
    seen: Option<(State, Instant)>,
    /// The state that was checked last.
    checked: Option<State>,
    job: Option<(State, Job<Outcome>)>,
    /// Knows what it found before; in the hands of the job while one runs.
    checker: Checker,
    /// None until the first run is done.
    found: Option<Found>,
    /// Whether the last run broke.
    broken: bool,
    /// The notes with which `standings` were worked out.
    notes: Vec<CheckNote>,
    /// Where each finding stands, in the order of `found`.
    standings: Vec<Standing>,
    view: page::View,
}

/// What a run gives back.
struct Outcome {
    checker: Checker,
    found: Found,
}

/// What a run found.
#[derive(Debug)]
struct Found {
    rows: Vec<Row>,
    /// The subjects with findings, in the dossier's order; what belongs to none comes last.
    subjects: Vec<Option<SubjectId>>,
    /// The rules that found something, in their order.
    rules: Vec<&'static Rule>,
}

/// A finding as the page shows it.
#[derive(Debug, Clone)]
struct Row {
    finding: Finding,
    /// Whose it is: that of its first place; none if that belongs to no subject.
    subject: Option<SubjectId>,
    /// Its places in words, without the subject where that is its own.
    places: Vec<Both>,
}

impl Row {
    fn of(finding: Finding, speaker: &Speaker) -> Self {
        let subject = finding.places.first().and_then(Place::subject);
        let said = |place: &Place, lang| {
            let words = speaker.say(place, lang);
            let own = subject.is_some() && place.subject() == subject;
            match words.split_once(" › ").filter(|_| own) {
                Some((_, rest)) => rest.to_owned(),
                None => words,
            }
        };
        let both = |place: &Place| Both { ja: said(place, Lang::Ja), en: said(place, Lang::En) };
        let places = finding.places.iter().map(both).collect();
        Self { finding, subject, places }
    }
}

fn run(mut checker: Checker, dossier: &Snapshot) -> Outcome {
    let dossier = Arc::new(dossier.to_dossier());
    let findings = checker.check(&dossier);
    let speaker = Speaker::new(&dossier).with_names_up_to(NAME);
    let rows: Vec<Row> = findings.into_iter().map(|finding| Row::of(finding, &speaker)).collect();
    let owners: HashSet<_> = rows.iter().map(|row| row.subject.as_ref()).collect();
    let subjects = dossier.subjects().map(|subject| Some(&subject.id)).chain([None]);
    let subjects = subjects.filter(|id| owners.contains(id)).map(Option::<&SubjectId>::cloned).collect();
    let used: HashSet<_> = rows.iter().map(|row| row.finding.rule.id).collect();
    let rules = RULES.iter().copied().filter(|rule| used.contains(rule.id)).collect();
    Outcome { checker, found: Found { rows, subjects, rules } }
}

impl Checks {
    /// How many findings nobody has accepted yet.
    pub(super) fn open(&self) -> usize {
        self.standings.iter().filter(|standing| standing.is_open()).count()
    }

    /// Whether what was found is of the document as it stands.
    fn is_current(&self) -> bool {
        self.job.is_none() && self.checked.is_some() && self.checked == self.seen.map(|(state, _)| state)
    }

    /// Looks after the run under way, and begins another where the document has changed and come to rest.
    fn attend(&mut self, ctx: &Context, document: &Document) -> std::io::Result<()> {
        let state = (document.serial(), document.revision());
        if self.seen.is_none_or(|((serial, _), _)| serial != state.0) {
            *self = Self { seen: Some((state, Instant::now())), ..Self::default() };
        }
        if self.seen.is_some_and(|(seen, _)| seen != state) {
            self.seen = Some((state, Instant::now()));
        }
        self.poll();
        self.stand(&document.dossier.check_notes);
        if self.checked == Some(state) || self.job.is_some() {
            return Ok(());
        }
        let rested = self.seen.map_or(Duration::ZERO, |(_, since)| since.elapsed());
        let wait = if self.found.is_none() { Duration::ZERO } else { PAUSE.saturating_sub(rested) };
        if !wait.is_zero() {
            ctx.request_repaint_after(wait);
            return Ok(());
        }
        let (checker, dossier) = (std::mem::take(&mut self.checker), document.settled().clone());
        self.checked = Some(state);
        self.job = Some((state, Job::start("check", waker(ctx), move |_| run(checker, &dossier))?));
        Ok(())
    }

    fn poll(&mut self) {
        let Some((state, job)) = &self.job else { return };
        match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => {
                self.checker = outcome.checker;
                self.found = Some(outcome.found);
                self.checked = Some(*state);
                self.broken = false;
                self.standings.clear();
            }
            Poll::Broken => self.broken = true,
        }
        self.job = None;
    }

    /// Works out where the findings stand, if they or the notes are new.
    fn stand(&mut self, notes: &[CheckNote]) {
        let Some(Found { rows, .. }) = &self.found else { return };
        if self.standings.len() == rows.len() && self.notes == notes {
            return;
        }
        self.standings = standings(rows.iter().map(|row| &row.finding), notes);
        self.notes = notes.to_vec();
    }

    /// Checks again, whatever was found before.
    fn again(&mut self) {
        self.checked = None;
        self.broken = false;
    }
}

impl Window {
    /// Looks after the checks of the open document.
    pub(super) fn checks_logic(&mut self, ctx: &Context) {
        let Some(document) = &self.document else {
            self.checks = Checks::default();
            return;
        };
        if !matches!(self.route, Route::Checks(_)) {
            self.checks.view.leave();
        }
        if let Err(error) = self.checks.attend(ctx, document) {
            self.job_trouble(&error.to_string());
        }
    }

    /// How many findings of the checks are open; none before the first run is done.
    pub fn open_findings(&self) -> Option<usize> {
        self.checks.found.as_ref().filter(|_| self.checks.is_current()).map(|_| self.checks.open())
    }
}
