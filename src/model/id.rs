//! Stable names for the parts of a dossier. Short ones, as nearly all are, take no memory of their own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;
use std::fmt;

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// The id as written in the dossier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

string_id!(
    /// Names the programme (`program`) or one of its projects (`A`, `B` …).
    SubjectId
);
string_id!(
    /// Names a committee member within the dossier.
    MemberId
);
string_id!(
    /// Names a row within its list.
    RowId
);

impl SubjectId {
    /// The id of the programme itself.
    pub fn programme() -> Self {
        Self::from("program")
    }
}

/// A row that carries an id, unique within its list.
pub trait HasId {
    /// The row's id.
    fn id(&self) -> &RowId;
    /// Gives the row another id.
    fn set_id(&mut self, id: RowId);
}

macro_rules! has_id {
    ($($name:ty),+ $(,)?) => {
        $(impl $crate::model::HasId for $name {
            fn id(&self) -> &$crate::model::RowId {
                &self.id
            }
            fn set_id(&mut self, id: $crate::model::RowId) {
                self.id = id;
            }
        })+
    };
}
pub(crate) use has_id;

/// An id that no row of the list has: the highest number that ends an id, plus one, behind `prefix`.
pub fn fresh_id<R: HasId>(rows: &[R], prefix: &str) -> RowId {
    let ending = |id: &str| {
        let start = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        id[start..].parse::<u64>().unwrap_or(0)
    };
    let next = rows.iter().map(|row| ending(row.id().as_str())).max().unwrap_or(0).saturating_add(1);
    RowId::from(format!("{prefix}{next}"))
}
