//! Names for the fields of a dossier.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The address of any field of a dossier, by field names and stable ids: `projects/A/funding/items/r1/amounts/2019`.
///
/// A list row is named by its id, not by its position, so a place survives reordering. How people say a place is the
/// business of [`crate::locale::place`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Place(Vec<String>);

impl Place {
    /// The dossier itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// A field or row within this place.
    pub fn child(&self, step: impl Into<String>) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.into());
        Self(steps)
    }

    /// The field or row that this place lies in; none for the dossier itself.
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    /// Whether this place is the other one or lies beneath it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The steps from the dossier to the field.
    pub fn steps(&self) -> &[String] {
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
        Self(text.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
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

    proptest! {
        #[test]
        fn every_place_reads_back(steps in proptest::collection::vec("\\PC{1,8}", 0..5)) {
            let place = steps.iter().fold(Place::root(), |place, step| place.child(step.as_str()));
            prop_assert_eq!(Place::from(place.to_string()), place);
        }
    }
}
