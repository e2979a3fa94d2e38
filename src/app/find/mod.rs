//! 検索: a text is found anywhere in the dossier, shown where it stands, and replaced after a preview.

pub(super) mod panel;
mod work;

use super::cx::Action;
use super::files::waker;
use super::kit::{Kind, seek};
use super::rounds::Ask;
use super::route::{EvaluationTab, MaterialTab, Route};
use super::window::Window;
use crate::find::{Edit, Hit, Index, Query, Within, replacements};
use crate::model::{Place, Step, SubjectId, apply};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::Context;
use std::collections::HashSet;
use work::{Answer, Asked, Outcome};

/// How many hits are told at once; more on request.
const PORTION: usize = 200;

/// Tells a hit from any other.
type Key = (Place, Vec<Within>, usize);

/// The search in the window.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub(crate) struct Find {
    query: Query,
    /// Whether something is to be put in the place of what is found, and what.
    replacing: bool,
    with: String,
    /// How many hits are told.
    limit: usize,
    /// Whether the field of the query is to be given the keyboard.
    begin: bool,
    /// In the hands of the job while one runs.
    index: Index,
    job: Option<(Asked, Job<Outcome>)>,
    answer: Option<Answer>,
    broken: bool,
    /// The hit that was gone to last.
    chosen: Option<usize>,
    /// For how many more frames the keyboard may be on its way from the panel to a hit.
    leaving: u8,
    /// Whether the list is to scroll to it.
    reveal: bool,
    /// Which hits are not to be replaced.
    left_out: HashSet<Key>,
    /// The text to be brought into view on the page, and in how many more frames.
    seek: Option<(seek::Sought, u8)>,
}

impl Default for Find {
    fn default() -> Self {
        Self {
            query: Query::default(),
            replacing: false,
            with: String::new(),
            limit: PORTION,
            begin: false,
            index: Index::default(),
            job: None,
            answer: None,
            broken: false,
            chosen: None,
            leaving: 0,
            reveal: false,
            left_out: HashSet::new(),
            seek: None,
        }
    }
}

fn key(hit: &Hit) -> Key {
    (hit.place.clone(), hit.within.clone(), hit.range.start)
}

impl Find {
    /// Opens the search, at the field of the query.
    pub(super) fn open(&mut self, replacing: bool) {
        self.begin = true;
        self.replacing |= replacing;
    }

    /// Forgets what was found in a dossier that is no longer open; the query stays.
    pub(super) fn forget_document(&mut self) {
        let query = std::mem::take(&mut self.query);
        *self = Self {
            query,
            replacing: self.replacing,
            with: std::mem::take(&mut self.with),
            ..Self::default()
        };
    }

    /// Whether what is told is what is asked for now.
    fn is_current(&self) -> bool {
        self.job.is_none() && self.answer.as_ref().is_some_and(|answer| answer.asked.query == self.query)
    }

    /// Puts the text of a place into the page that is drawn next.
    pub(super) fn begin_seeking(&mut self, ctx: &Context) {
        if let Some((sought, _)) = &self.seek {
            seek::begin(ctx, sought.clone());
        }
    }

    /// The page is drawn. What it did not show in time it does not show.
    pub(super) fn end_seeking(&mut self, ctx: &Context) {
        let Some((_, left)) = &mut self.seek else { return };
        let found = seek::end(ctx);
        *left -= 1;
        if *left == 0 {
            self.seek = None;
        } else {
            ctx.request_repaint();
        }
        tracing::debug!(found, "text sought");
    }

    /// Brings the text of a hit into view once its page is drawn.
    fn seek(&mut self, hit: &Hit, nth: usize) {
        let characters = |bytes: usize| hit.text.get(..bytes).map_or(0, |text| text.chars().count());
        let texts =
            [Some(&hit.text), hit.also.as_ref()].into_iter().flatten().map(ToString::to_string).collect();
        let sought =
            seek::Sought { texts, nth, characters: characters(hit.range.start)..characters(hit.range.end) };
        // Twice: rows above it may come to be of another height than was thought.
        self.seek = Some((sought, 2));
    }
}

impl Window {
    /// Looks after the search: the job under way, and the next one where the question or the dossier has changed.
    pub(super) fn find_logic(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        let find = &mut self.find;
        if let Some((asked, job)) = &find.job {
            match job.poll() {
                Poll::Running => {
                    if asked.query != find.query {
                        job.cancel();
                    }
                    return;
                }
                Poll::Done(outcome) => {
                    find.index = outcome.index;
                    if let Some(answer) = outcome.answer {
                        // Other hits than before: none of them has been gone to.
                        if find.answer.as_ref().is_none_or(|old| old.asked.query != answer.asked.query) {
                            find.chosen = None;
                            find.left_out.clear();
                        }
                        find.chosen = find.chosen.filter(|at| *at < answer.hits.len());
                        find.answer = Some(answer);
                    }
                }
                Poll::Broken => find.broken = true,
            }
            find.job = None;
        }
        if self.side != Some(super::window::Side::Find) || find.broken {
            return;
        }
        let asked = Asked {
            query: find.query.clone(),
            state: (document.serial(), document.revision()),
            limit: find.limit,
            own: document.package.as_ref().map(|package| package.head.member.clone()),
        };
        if find.answer.as_ref().is_some_and(|answer| answer.asked == asked) {
            return;
        }
        let (index, snapshot) = (std::mem::take(&mut find.index), document.settled().clone());
        let job = Job::start("find", waker(ctx), {
            let asked = asked.clone();
            move |progress| work::run(index, &snapshot, asked, progress)
        });
        match job {
            Ok(job) => find.job = Some((asked, job)),
            Err(error) => {
                find.broken = true;
                self.job_trouble(&error.to_string());
            }
        }
    }

    /// Goes to a hit.
    pub(super) fn go_to_hit(&mut self, ctx: &Context, at: usize, actions: &mut Vec<Action>) {
        let Some(answer) = &self.find.answer else { return };
        let Some(told) = answer.hits.get(at) else { return };
        let (hit, nth, own) = (told.hit.clone(), told.nth, answer.asked.own.is_some());
        self.find.chosen = Some(at);
        self.find.reveal = true;
        self.find.leaving = 3;
        // A field with the keyboard would keep it from the one that is gone to.
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        match Route::to(&hit.place) {
            Route::Evaluation(id, _) if own => return self.go_to_own_comment(&hit, &id, actions),
            route => actions.push(Action::Go(route)),
        }
        self.find.seek(&hit, nth);
        ctx.request_repaint();
    }

    /// A member's comments are in the form beside the material, which takes the room of the list.
    fn go_to_own_comment(&mut self, hit: &Hit, id: &SubjectId, actions: &mut Vec<Action>) {
        let row = hit.place.steps().iter().rev().nth(1);
        let subject = self.document.as_ref().and_then(|document| document.dossier.subject(id));
        let comments = subject.map(|subject| subject.evaluation.comments.as_slice()).unwrap_or_default();
        let comment = comments.iter().find(|comment| Some(comment.id.as_str()) == row.map(Step::as_str));
        self.side = None;
        if let Some(no) = comment.and_then(|comment| comment.criterion) {
            actions.push(Action::Round(Ask::Jump(id.clone(), no)));
        } else {
            let ballot = self.fresh_ballot();
            self.ballot.get_or_insert(ballot);
            actions.push(Action::Go(Route::Material(id.clone(), MaterialTab::default())));
        }
    }

    /// Goes to the next hit, or the one before; past the last comes the first.
    pub(super) fn step_through_hits(&mut self, ctx: &Context, forward: bool) {
        let count = self.find.answer.as_ref().map_or(0, |answer| answer.hits.len());
        if count == 0 || !self.find.is_current() {
            return;
        }
        let at = match (self.find.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        let mut actions = Vec::new();
        self.go_to_hit(ctx, at, &mut actions);
        self.act(ctx, actions);
    }

    /// The hits that are ticked.
    fn ticked(&self) -> Vec<Hit> {
        let Some(answer) = &self.find.answer else { return Vec::new() };
        let open = answer.hits.iter().filter(|told| told.open).map(|told| &told.hit);
        open.filter(|hit| !self.find.left_out.contains(&key(hit))).cloned().collect()
    }

    /// Replaces what is ticked, as one step.
    pub(super) fn replace_ticked(&mut self, ctx: &Context) {
        let lang = self.lang;
        self.settle();
        let hits = self.ticked();
        let (Some(document), Some(answer)) = (&mut self.document, &self.find.answer) else { return };
        let stale = answer.asked.state != (document.serial(), document.revision()) || !self.find.is_current();
        if hits.is_empty() || stale {
            return;
        }
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        let n = hits.len();
        let (from, with) = (brief(&self.find.query.text), brief(&self.find.with));
        let label =
            tr!(lang, "「{from}」を「{with}」に置換（{n} か所）", "Replace “{from}” with “{with}” ({n})");
        let hits: Vec<&Hit> = hits.iter().collect();
        let edit = Edit { hits: &hits, with: &self.find.with };
        let done = replacements(&document.dossier, &edit)
            .map_err(|error| error.to_string())
            .and_then(|changes| apply(&mut document.dossier, &changes).map_err(|error| error.to_string()))
            .and_then(|()| document.settle_as(label).map_err(|error| error.to_string()));
        match done {
            Ok(()) => {
                self.find.left_out.clear();
                let words = tr!(lang, "{n} か所を置き換えました", "Replaced in {n} places");
                self.messages.push(Kind::Good, words, "");
            }
            Err(detail) => {
                let words = lang.t(
                    "置き換えられませんでした。評価データは変わっていません。",
                    "Nothing could be replaced; the dossier is unchanged.",
                );
                self.messages.push(Kind::Alarm, words, detail);
            }
        }
    }

    /// Whether a page can be gone to in the hands that the dossier is in.
    pub(super) fn has_page(&self, route: &Route) -> bool {
        let Some(document) = &self.document else { return *route == Route::Start };
        let exists = |id: &SubjectId| document.dossier.subject(id).is_some();
        let own = self.in_members_hands();
        match route {
            Route::Material(id, _) => exists(id),
            Route::Evaluation(id, _) => !own && exists(id),
            Route::Start => true,
            Route::OwnBallot => own,
            Route::Merge => false,
            _ => !own,
        }
    }

    /// Every page of the open dossier, in the order of the navigation.
    pub(super) fn pages(&self) -> Vec<Route> {
        let Some(document) = &self.document else { return Vec::new() };
        let subjects = || document.dossier.subjects();
        let material = subjects()
            .flat_map(|subject| MaterialTab::ALL.map(|tab| Route::Material(subject.id.clone(), tab)));
        let evaluation = subjects()
            .filter(|subject| subject.is_evaluated())
            .flat_map(|subject| EvaluationTab::ALL.map(|tab| Route::Evaluation(subject.id.clone(), tab)));
        let others = [
            Route::OwnBallot,
            Route::Round,
            Route::WorkingGroup,
            Route::People,
            Route::Checks(None),
            Route::ReportTexts,
            Route::Import,
            Route::Export,
        ];
        material.chain(evaluation).chain(others).filter(|route| self.has_page(route)).collect()
    }
}

/// A text short enough for a label.
fn brief(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= 20 { line } else { line.chars().take(19).chain(['…']).collect() }
}
