//! The texts of a dossier, kept ready to be searched.

use super::walk::{Within, texts};
use super::{Matcher, Query, compared};
use crate::model::{Dossier, Place, Shared, Snapshot, Subject};
use crate::tasks::progress::Progress;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// How many texts are searched before the job is asked whether it should stop.
const BREATH: usize = 512;

/// Every text of a dossier.
#[derive(Debug, Default)]
pub struct Index {
    /// All but the subjects first, then the programme, then the projects in order.
    parts: Vec<Part>,
}

/// The texts of one part of the dossier.
#[derive(Debug, Clone)]
struct Part {
    of: Of,
    texts: Arc<Vec<Text>>,
}

/// What a part is about; while it is kept, the same address means the same content.
#[derive(Debug, Clone)]
enum Of {
    Rest(Arc<Dossier>),
    Subject(Shared<Subject>),
}

impl Of {
    fn address(&self) -> usize {
        match self {
            Self::Rest(rest) => address(rest),
            Self::Subject(subject) => subject.address(),
        }
    }
}

/// What tells a shared part from any other that is kept at the same time.
fn address<T>(part: &Arc<T>) -> usize {
    Arc::as_ptr(part).addr()
}

/// A text with its place.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "the text is what it is about")]
struct Text {
    place: Place,
    within: Vec<Within>,
    text: Arc<str>,
    compared: Box<str>,
    /// The same figure in another form, as a table shows it.
    also: Option<Arc<str>>,
    fixed: bool,
}

/// A place where the query stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The field, or the list that it is in where the list's rows have no ids.
    pub place: Place,
    /// Where in that list.
    pub within: Vec<Within>,
    /// The whole text of the field.
    pub text: Arc<str>,
    /// The same figure in another form, as a table shows it.
    pub also: Option<Arc<str>>,
    /// The bytes of the text that were found.
    pub range: Range<usize>,
    /// Whether the field is no text of the user's, such as a figure, and so is never replaced.
    pub fixed: bool,
}

impl Hit {
    /// Whether two hits are in one field.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.place == other.place && self.within == other.within
    }
}

impl Index {
    /// The index of a state of a dossier. What `self` knows of parts that are the same in it is taken over.
    #[must_use]
    pub fn of(self, snapshot: &Snapshot, progress: &dyn Progress) -> Self {
        let (rest, subjects) = snapshot.shared();
        let mut known: HashMap<usize, Part> =
            self.parts.into_iter().map(|part| (part.of.address(), part)).collect();
        let mut parts = Vec::with_capacity(subjects.len() + 1);
        parts.push(known.remove(&address(rest)).unwrap_or_else(|| Part::of_rest(rest)));
        for (at, subject) in subjects.iter().enumerate() {
            if progress.cancelled() {
                break;
            }
            let part = known.remove(&subject.address());
            parts.push(part.unwrap_or_else(|| Part::of_subject(subject, at == 0)));
        }
        Self { parts }
    }

    /// Every hit of the query, in the order of the dossier; fewer if the job is told to stop.
    pub fn search(&self, query: &Query, progress: &dyn Progress) -> Vec<Hit> {
        let matcher = Matcher::new(query);
        let mut hits = Vec::new();
        for (n, text) in self.parts.iter().flat_map(|part| part.texts.iter()).enumerate() {
            if n % BREATH == 0 && progress.cancelled() {
                break;
            }
            text.search(&matcher, &mut hits);
        }
        hits
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.texts.len()).sum()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Part {
    fn of_rest(rest: &Arc<Dossier>) -> Self {
        let texts = read(&**rest, &Place::root(), &["programme", "projects"]);
        Self { of: Of::Rest(Arc::clone(rest)), texts: Arc::new(texts) }
    }

    fn of_subject(subject: &Shared<Subject>, programme: bool) -> Self {
        let place = if programme {
            Place::root().child("programme")
        } else {
            Place::root().child("projects").child(subject.id.as_str())
        };
        let texts = read(&**subject, &place, &[]);
        Self { of: Of::Subject(subject.clone()), texts: Arc::new(texts) }
    }
}

fn read(part: &impl serde::Serialize, place: &Place, skip: &'static [&'static str]) -> Vec<Text> {
    let mut found = Vec::new();
    texts(part, place, skip, &mut |text| {
        found.push(Text {
            place: text.place,
            within: text.within,
            compared: compared(text.text).into(),
            text: text.text.into(),
            also: text.also.map(Into::into),
            fixed: text.fixed,
        });
    });
    found
}

impl Text {
    fn search(&self, matcher: &Matcher, hits: &mut Vec<Hit>) {
        let hit = |text: &Arc<str>, also: Option<&Arc<str>>, range| Hit {
            place: self.place.clone(),
            within: self.within.clone(),
            text: Arc::clone(text),
            also: also.map(Arc::clone),
            range,
            fixed: self.fixed,
        };
        if matcher.may_match(&self.text, &self.compared) {
            let ranges = matcher.ranges(&self.text);
            hits.extend(ranges.into_iter().map(|range| hit(&self.text, self.also.as_ref(), range)));
        } else if let Some(also) = &self.also
            && let Some(range) = matcher.ranges(also).into_iter().next()
        {
            hits.push(hit(also, Some(&self.text), range));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FiscalYear, FundingCell, FundingItem, Quantity, Unit};
    use crate::tasks::progress::Unwatched;

    fn search(dossier: &Dossier, text: &str) -> Vec<(String, String, bool)> {
        let index = Index::default().of(&Snapshot::of(dossier), &Unwatched);
        let query = Query { text: text.to_owned(), exact: false };
        let hits = index.search(&query, &Unwatched);
        hits.iter()
            .map(|hit| (hit.place.to_string(), hit.text[hit.range.clone()].to_owned(), hit.fixed))
            .collect()
    }

    #[test]
    fn every_kind_of_place_is_named_as_the_model_names_it() {
        let mut dossier = crate::sample::blank();
        dossier.report.issuers = vec!["甲印の者".into()];
        dossier.members.push(crate::model::Member {
            id: "M1".into(),
            name: "甲印".into(),
            ..Default::default()
        });
        dossier.criteria.project.criteria[2].label = "甲印の項目".into();
        dossier.criteria.project.scale.steps =
            vec![crate::model::ScaleStep::default(), crate::model::ScaleStep::default()];
        dossier.criteria.project.scale.steps[1].meaning = "甲印の段階".into();
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        let mut item =
            FundingItem { id: "r1".into(), label: "甲印の費目".into(), ..FundingItem::default() };
        let mut amount = Quantity::number(1234, Unit::MillionYen);
        amount.note = "甲印の注".into();
        item.amounts.insert(FiscalYear::new(2019), FundingCell { amount, ..FundingCell::default() });
        project.funding.items.push(item);
        dossier.projects.push(project.into());
        let places: Vec<String> = search(&dossier, "甲印").into_iter().map(|(place, ..)| place).collect();
        assert_eq!(
            places,
            [
                "report/issuers",
                "criteria/project/criteria/3/label",
                "criteria/project/scale/steps",
                "members/M1/name",
                "projects/A/funding/items/r1/label",
                "projects/A/funding/items/r1/amounts/2019/amount/note",
            ]
        );
        assert_eq!(
            search(&dossier, "1,234"),
            [("projects/A/funding/items/r1/amounts/2019/amount".to_owned(), "1,234".to_owned(), true)]
        );
        // What rows are called by is no text.
        assert_eq!(search(&dossier, "r1"), []);
        let index = Index::default().of(&Snapshot::of(&dossier), &Unwatched);
        let step = index.search(&Query { text: "段階".into(), exact: false }, &Unwatched).pop().unwrap();
        assert_eq!(step.within, [Within::At(1), Within::Field("meaning".into())]);
    }

    #[test]
    fn every_place_of_the_sample_is_one_that_the_dossier_has() {
        let dossier = crate::sample::dossier().unwrap();
        let tree = serde_json::to_value(&dossier).unwrap();
        let index = Index::default().of(&Snapshot::of(&dossier), &Unwatched);
        let mut texts = 0;
        for text in index.parts.iter().flat_map(|part| part.texts.iter()).filter(|text| !text.fixed) {
            let mut node = &tree;
            for step in text.place.steps() {
                node = match node {
                    serde_json::Value::Array(rows) => rows
                        .iter()
                        .find(|row| {
                            let name = row.get("id").or_else(|| row.get("no")).unwrap();
                            name.as_str().map_or_else(|| name.to_string(), str::to_owned) == *step
                        })
                        .unwrap(),
                    node => &node[step.as_str()],
                };
            }
            for step in &text.within {
                node = match step {
                    Within::At(at) => &node[*at],
                    Within::Field(field) => &node[field.as_str()],
                };
            }
            assert_eq!(node.as_str(), Some(&*text.text), "{}", text.place);
            texts += 1;
        }
        assert!(texts > 1_000, "{texts}");
    }

    #[test]
    fn only_what_was_edited_is_read_again() {
        let mut dossier = crate::sample::dossier().unwrap();
        let before = Snapshot::of(&dossier);
        let index = Index::default().of(&before, &Unwatched);
        let known: Vec<_> = index.parts.iter().map(|part| Arc::clone(&part.texts)).collect();
        dossier.projects[1].overview.name = "別の名".into();
        let after = before.next(&dossier);
        let index = index.of(&after, &Unwatched);
        let kept: Vec<bool> =
            index.parts.iter().zip(&known).map(|(part, known)| Arc::ptr_eq(&part.texts, known)).collect();
        assert_eq!(kept.iter().filter(|kept| !**kept).count(), 1);
        assert!(!kept[3], "rest, programme, A, B");
        // A project that comes or goes leaves the others known.
        dossier.projects.remove(0);
        let index = index.of(&after.next(&dossier), &Unwatched);
        assert_eq!(index.parts.len(), 6);
        assert!(Arc::ptr_eq(&index.parts[5].texts, &known[6]));
        assert_eq!(
            search(&dossier, "別の名").len(),
            index.search(&Query { text: "別の名".into(), exact: false }, &Unwatched).len()
        );
    }
}
