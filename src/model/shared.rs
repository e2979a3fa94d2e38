//! Parts of a dossier that its states share.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A part of a dossier that is large and seldom edited. Copies of a dossier share it until one of them edits it: only
/// then is it copied, and only for that one. So a copy costs next to nothing, and two copies are compared only where
/// one of them was reached for to be edited.
///
/// It reads, is written and is compared as what it holds.
#[derive(Clone, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Whether both are one in memory. Parts that are not may still be equal.
    pub fn is_one_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Where it stands in memory, which no other part does while this one is kept.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }
}

impl<T: Clone> Shared<T> {
    /// What it holds, copied only if somebody else shares it.
    pub fn into_inner(self) -> T {
        Arc::unwrap_or_clone(self.0)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Shared<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

/// Reaching for it to edit it makes it one's own.
impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_one_with(other) || self.0 == other.0
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_shared_until_it_is_edited() {
        let first = Shared::from(vec!["一".to_owned()]);
        let mut second = first.clone();
        assert!(first.is_one_with(&second) && first == second);
        second.push("二".to_owned());
        assert_eq!((first.len(), second.len()), (1, 2));
        let mut third = second.clone();
        // To be reached for is enough to be another in memory; what it holds is the same.
        let _: &mut Vec<String> = &mut third;
        assert!(!third.is_one_with(&second) && third == second);
        assert_eq!(serde_json::to_value(&third).unwrap(), serde_json::json!(["一", "二"]));
        assert_eq!(serde_json::from_str::<Shared<Vec<i16>>>("[3]").unwrap(), vec![3].into());
    }
}
