//! The two languages of the window and the command line.
//!
//! Every text is written once, where it is used, in both languages: [`Lang::t`] for fixed words, [`tr!`](crate::tr)
//! for words with values in them. Neither language can be forgotten, because neither form compiles without it, and
//! nothing is looked up while a frame is drawn. The dossier's own texts are never translated.

pub mod change;
pub mod place;
mod terms;

pub(crate) use terms::terms;
pub use terms::{Term, cell, moment, period};

use serde::{Deserialize, Serialize};

/// The language of the interface. It never changes a word of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// 日本語, the default.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order in which a switch shows them.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The fixed text of this language.
    pub const fn t(self, ja: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// The language's own name for itself.
    pub const fn name(self) -> &'static str {
        self.t("日本語", "English")
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        self.t("ja", "en")
    }
}

/// A text with values in it, in both languages: `tr!(lang, "{n} 件", "{n} items")`.
///
/// The values are captured from the scope, as `format!` does.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $ja:literal, $en:literal $(,)?) => {
        match $lang {
            $crate::locale::Lang::Ja => format!($ja),
            $crate::locale::Lang::En => format!($en),
        }
    };
}

/// A text in both languages, for what is found out before anyone knows which will be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Both {
    /// 日本語
    pub ja: String,
    /// English
    pub en: String,
}

impl Both {
    /// The text in one language.
    pub fn t(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }

    /// What reads the same in both languages: a name, a figure.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ja: text.clone(), en: text }
    }
}

/// A text with values in it, as a [`Both`]: `both!("{n} 件", "{n} items")`.
#[macro_export]
macro_rules! both {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::locale::Both { ja: format!($ja), en: format!($en) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_gets_its_own_text() {
        let n = 3;
        assert_eq!(tr!(Lang::Ja, "{n} 件", "{n} items"), "3 件");
        assert_eq!(tr!(Lang::En, "{n} 件", "{n} items"), "3 items");
        assert_eq!(Lang::default().t("予算", "Budget"), "予算");
        assert_eq!(Lang::En.name(), "English");
        assert_eq!(crate::both!("{n} 件", "{n} items").t(Lang::En), "3 items");
    }
}
