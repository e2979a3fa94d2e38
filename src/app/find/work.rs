//! The search as a job: the hits, in the order of the pages, with what each place is called.

use crate::app::route::{EvaluationTab, MaterialTab, Route};
use crate::find::{Hit, Index, Query};
use crate::locale::place::Speaker;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, MemberId, Place, Snapshot, SubjectId};
use crate::tasks::progress::Progress;
use std::collections::HashMap;
use std::ops::Range;

/// How many characters of a row's name are said.
const NAME: usize = 28;

/// What is asked of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    pub(super) query: Query,
    /// The document and its state.
    pub(super) state: (u64, u64),
    /// How many hits are to be told.
    pub(super) limit: usize,
    /// The member whose ballot it is, in a member's hands.
    pub(super) own: Option<MemberId>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) asked: Asked,
    /// The hits that are told.
    pub(super) hits: Vec<Told>,
    /// The pages that they are on.
    pub(super) groups: Vec<Group>,
    /// How many there are in all, and in how many fields.
    pub(super) total: usize,
    pub(super) fields: usize,
}

/// A hit as it is told.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) hit: Hit,
    /// Its place, without what the group says.
    pub(super) words: Both,
    /// How many fields of the same page with the same text come before its own.
    pub(super) nth: usize,
    /// Whether it may be replaced.
    pub(super) open: bool,
}

/// The hits of one page.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) route: Route,
    pub(super) hits: Range<usize>,
    /// How many hits the page has, told or not.
    pub(super) total: usize,
}

/// What a job gives back.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) index: Index,
    /// None if it was told to stop.
    pub(super) answer: Option<Answer>,
}

/// Searches a state of the dossier.
pub(super) fn run(index: Index, snapshot: &Snapshot, asked: Asked, progress: &dyn Progress) -> Outcome {
    let index = index.of(snapshot, progress);
    let hits = index.search(&asked.query, progress);
    if progress.cancelled() {
        return Outcome { index, answer: None };
    }
    let answer = tell(snapshot, hits, asked);
    Outcome { index, answer: Some(answer) }
}

fn tell(snapshot: &Snapshot, hits: Vec<Hit>, asked: Asked) -> Answer {
    let (rest, subjects) = snapshot.shared();
    let order: HashMap<&SubjectId, usize> =
        subjects.iter().enumerate().map(|(at, subject)| (&subject.id, at)).collect();
    let mut paged: Vec<(Rank, Route, Hit)> = hits
        .into_iter()
        .filter(|hit| asked.own.as_ref().is_none_or(|own| is_in_members_hands(snapshot, &hit.place, own)))
        .map(|hit| {
            let route = Route::to(&hit.place);
            (rank(&route, &order), route, hit)
        })
        .collect();
    paged.sort_by_key(|(rank, ..)| *rank);
    let total = paged.len();
    let fields = paged.chunk_by(|(.., a), (.., b)| a.is_beside(b)).count();
    let mut answer = Answer { asked, total, fields, ..Answer::default() };
    let mut speaker: Option<(Place, Speaker)> = None;
    for page in paged.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
        let from = answer.hits.len();
        let left = answer.asked.limit.saturating_sub(from);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for field in page.chunk_by(|(.., a), (.., b)| a.is_beside(b)) {
            let [(.., first), ..] = field else { continue };
            if answer.hits.len() - from >= left {
                break;
            }
            let nth = seen.entry(&first.text).or_default();
            let words = said(rest, snapshot, &mut speaker, &first.place);
            let open = !first.fixed && answer.asked.own.is_none()
                || is_own(snapshot, &first.place, answer.asked.own.as_ref());
            answer.hits.extend(field.iter().take(left - (answer.hits.len() - from)).map(|(.., hit)| Told {
                hit: hit.clone(),
                words: words.clone(),
                nth: *nth,
                open: open && !hit.fixed,
            }));
            *nth += 1;
        }
        let hits = from..answer.hits.len();
        if hits.is_empty() {
            break;
        }
        answer.groups.push(Group { route: page[0].1.clone(), hits, total: page.len() });
    }
    answer
}

/// Where a page stands among all.
type Rank = (u8, usize, u8, usize);

fn rank(route: &Route, order: &HashMap<&SubjectId, usize>) -> Rank {
    let at = |id| order.get(id).copied().unwrap_or(usize::MAX);
    match route {
        Route::Material(id, tab) => {
            (0, at(id), 0, MaterialTab::ALL.iter().position(|other| other == tab).unwrap_or_default())
        }
        Route::Evaluation(id, tab) => {
            (0, at(id), 1, EvaluationTab::ALL.iter().position(|other| other == tab).unwrap_or_default())
        }
        Route::Round => (1, 0, 0, 0),
        Route::WorkingGroup => (1, 1, 0, 0),
        Route::People => (1, 2, 0, 0),
        Route::Checks(_) => (1, 3, 0, 0),
        _ => (2, 0, 0, 0),
    }
}

/// A place in words, without its subject, which the page names.
fn said(rest: &Dossier, snapshot: &Snapshot, known: &mut Option<(Place, Speaker)>, place: &Place) -> Both {
    let steps = place.steps();
    let part = if place.subject().is_some() && steps.first().is_some_and(|list| list == "projects") {
        Place::of_steps(&steps[..2])
    } else {
        Place::of_steps(&steps[..steps.len().min(1)])
    };
    let beside = |part: &Place| part.subject().is_none();
    let fits = known.as_ref().is_some_and(|(known, _)| *known == part || (beside(known) && beside(&part)));
    if !fits {
        let id = part.subject();
        let subject = id.and_then(|id| snapshot.shared().1.iter().find(|subject| subject.id == id));
        let speaker = Speaker::of_part(rest, subject.map(AsRef::as_ref), place).with_names_up_to(NAME);
        *known = Some((part, speaker));
    }
    let Some((_, speaker)) = known else { return Both::default() };
    let [ja, en] = Lang::ALL.map(|lang| {
        let words = speaker.words(place, lang);
        let own = usize::from(place.subject().is_some());
        words.get(own..).unwrap_or_default().join(" › ")
    });
    Both { ja, en }
}

/// The comment that a place is in.
fn comment<'s>(snapshot: &'s Snapshot, place: &Place) -> Option<&'s crate::model::Comment> {
    let id = place.subject()?;
    let row = match place.steps() {
        [list, _, evaluation, comments, row, ..] if list == "projects" => {
            (evaluation == "evaluation" && comments == "comments").then_some(row)?
        }
        [_, evaluation, comments, row, ..] => {
            (evaluation == "evaluation" && comments == "comments").then_some(row)?
        }
        _ => return None,
    };
    let subject = snapshot.shared().1.iter().find(|subject| subject.id == id)?;
    subject.evaluation.comments.iter().find(|comment| comment.id.as_str() == row)
}

/// Whether a place is a comment of a member's own ballot.
fn is_own(snapshot: &Snapshot, place: &Place, own: Option<&MemberId>) -> bool {
    own.is_some() && comment(snapshot, place).is_some_and(|comment| comment.member.as_ref() == own)
}

/// Whether a member sees a place: the material, and the own ballot.
fn is_in_members_hands(snapshot: &Snapshot, place: &Place, own: &MemberId) -> bool {
    matches!(Route::to(place), Route::Material(..)) && place.subject().is_some()
        || is_own(snapshot, place, Some(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::progress::Unwatched;

    fn asked(text: &str, limit: usize) -> Asked {
        Asked { query: Query { text: text.to_owned(), exact: false }, limit, ..Asked::default() }
    }

    fn answer(dossier: &Dossier, asked: Asked) -> Answer {
        run(Index::default(), &Snapshot::of(dossier), asked, &Unwatched).answer.unwrap()
    }

    #[test]
    fn hits_stand_page_by_page_in_the_order_of_the_pages() {
        let dossier = crate::sample::dossier().unwrap();
        let all = answer(&dossier, asked("細胞", usize::MAX));
        assert_eq!(all.hits.len(), all.total);
        assert!(all.fields < all.total && all.groups.len() > 20);
        let mut pages: Vec<&Route> = all.groups.iter().map(|group| &group.route).collect();
        for group in &all.groups {
            assert_eq!(group.total, group.hits.len());
            for told in &all.hits[group.hits.clone()] {
                assert_eq!(Route::to(&told.hit.place), group.route);
            }
        }
        assert!(all.groups.windows(2).all(|pair| pair[0].hits.end == pair[1].hits.start));
        assert_eq!(*pages[0], Route::programme());
        pages.sort_by_key(|route| format!("{route:?}"));
        pages.dedup();
        assert_eq!(pages.len(), all.groups.len(), "each page is one group");
        // A limit tells the first of them, and how many there are all the same.
        let some = answer(&dossier, asked("細胞", 30));
        assert_eq!((some.hits.len(), some.total, some.fields), (30, all.total, all.fields));
        assert!(some.hits.iter().zip(&all.hits).all(|(a, b)| a.hit == b.hit && a.words == b.words));
    }

    #[test]
    fn a_place_is_said_without_its_project() {
        let dossier = crate::sample::dossier().unwrap();
        let found = answer(&dossier, asked("遺伝子治療製造技術開発", 99));
        let name =
            found.hits.iter().find(|told| told.hit.place.to_string() == "projects/B/overview/name").unwrap();
        assert_eq!((name.words.ja.as_str(), name.words.en.as_str()), ("概要 › 名称", "Overview › Name"));
    }

    #[test]
    fn in_a_members_hands_only_material_and_the_own_comments_are_found() {
        let mut dossier = crate::sample::dossier().unwrap();
        for (n, member) in [Some("M1"), Some("M2"), None].into_iter().enumerate() {
            dossier.projects[0].evaluation.comments.push(crate::model::Comment {
                id: format!("x{n}").into(),
                member: member.map(Into::into),
                text: "印の細胞".into(),
                ..Default::default()
            });
        }
        let own = Asked { own: Some("M1".into()), ..asked("細胞", usize::MAX) };
        let found = answer(&dossier, own);
        assert!(found.hits.len() > 100);
        for told in &found.hits {
            let place = told.hit.place.to_string();
            let mine = place == "projects/A/evaluation/comments/x0/text";
            assert_eq!(told.open, mine, "{place}");
            assert!(mine || matches!(Route::to(&told.hit.place), Route::Material(..)), "{place}");
        }
        assert_eq!(found.hits.iter().filter(|told| told.open).count(), 1);
    }
}
