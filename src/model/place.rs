//! Names for the fields of a dossier.

use super::SubjectId;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;
use std::iter::once;
use std::sync::Arc;

/// The name of a field or the id of a row, as a place has it.
pub type Step = SmolStr;

/// The address of any field of a dossier, by field names and stable ids: `projects/A/funding/items/r1/amounts/2019`.
///
/// Copies of a place share its steps, and a short step is kept in place, because an import has tens of thousands of
/// places and several copies of each.
///
/// A list row is named by its id, not by its position, so a place survives reordering. How people say a place is the
/// business of [`crate::locale::place`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Place(Arc<[Step]>);

impl Place {
    /// The dossier itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place at the end of these steps from the dossier.
    pub(crate) fn of_steps(steps: &[Step]) -> Self {
        Self(steps.into())
    }

    /// A field or row within this place.
    pub fn child(&self, step: impl Into<Step>) -> Self {
        Self(self.0.iter().cloned().chain(once(step.into())).collect())
    }

    /// The field or row that this place lies in; none for the dossier itself.
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.into()))
    }

    /// Whether this place is the other one or lies beneath it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The programme or the project that the place belongs to; none if it belongs to the dossier as a whole.
    pub fn subject(&self) -> Option<SubjectId> {
        match &*self.0 {
            [first, ..] if first == "programme" => Some(SubjectId::programme()),
            [first, id, ..] if first == "projects" => Some(id.as_str().into()),
            _ => None,
        }
    }

    /// The steps from the dossier to the field.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            // As in a JSON pointer, so that an id may hold a slash.
            f.write_str(&step.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl From<&str> for Place {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            return Self::root();
        }
        let step = |text: &str| {
            if text.contains('~') {
                text.replace("~1", "/").replace("~0", "~").into()
            } else {
                Step::from(text)
            }
        };
        Self(text.split('/').map(step).collect())
    }
}

impl From<String> for Place {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_knows_its_subject() {
        let subject = |place: &str| Place::from(place).subject().map(|id| id.to_string());
        assert_eq!(subject("projects/A/funding").as_deref(), Some("A"));
        assert_eq!(subject("programme/market/M1").as_deref(), Some("program"));
        assert_eq!((subject("projects"), subject("report/title"), subject("")), (None, None, None));
    }

    proptest! {
        #[test]
        fn every_place_reads_back(steps in proptest::collection::vec("\\PC{1,8}", 0..5)) {
            let place = steps.iter().fold(Place::root(), |place, step| place.child(step.as_str()));
            prop_assert_eq!(Place::from(place.to_string()), place);
        }
    }
}
