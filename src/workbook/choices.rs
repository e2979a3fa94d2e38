//! The model's choices as a form offers them: the domain's term in both languages, and the model's own name.

use crate::locale::{Lang, Term};
use crate::model::{
    AmountKind, Certainty, Chapter, CommentKind, EvaluationKind, IndicatorStanding, LogicKind, MemberRole,
    PrintedChapter, RoadmapKind, TargetKind, fold_for_matching,
};
use serde::Serialize;
use std::sync::LazyLock;

/// One variant of a choice.
#[derive(Debug)]
pub(super) struct Choice {
    /// As the model serialises it.
    pub(super) name: String,
    /// As people say it.
    pub(super) words: [&'static str; 2],
}

impl Choice {
    /// The term in a language.
    pub(super) fn word(&self, lang: Lang) -> &'static str {
        lang.t(self.words[0], self.words[1])
    }
}

/// A choice of the model: its variants in the order in which a form shows them.
#[derive(Debug)]
pub(super) struct Choices {
    list: LazyLock<Vec<Choice>>,
    usual: LazyLock<String>,
}

impl Choices {
    /// The variants.
    pub(super) fn list(&self) -> &[Choice] {
        &self.list
    }

    /// The name of the variant that holds where nothing is chosen.
    pub(super) fn usual(&self) -> &str {
        &self.usual
    }

    /// The variant of that name.
    pub(super) fn named(&self, name: &str) -> Option<&Choice> {
        self.list.iter().find(|choice| choice.name == name)
    }

    /// The variant that a cell names, in either language.
    pub(super) fn read(&self, text: &str) -> Option<&Choice> {
        let exact = |choice: &&Choice| choice.words.contains(&text) || choice.name == text;
        self.list.iter().find(exact).or_else(|| {
            let folded = fold_for_matching(text).to_lowercase();
            let same = |word: &str| fold_for_matching(word).to_lowercase() == folded;
            self.list.iter().find(|c| c.words.iter().any(|word| same(word)) || same(&c.name))
        })
    }
}

/// A variant's name as the model serialises it.
fn name<T: Serialize>(variant: T) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        // The choices have plain variants only.
        _ => String::new(),
    }
}

fn list<T: Term + Serialize>(all: &[T]) -> Vec<Choice> {
    all.iter()
        .map(|variant| Choice { name: name(*variant), words: Lang::ALL.map(|lang| variant.term(lang)) })
        .collect()
}

macro_rules! choices {
    ($($name:ident: $kind:ident = $all:expr;)+) => {
        $(pub(super) static $name: Choices = Choices {
            list: LazyLock::new(|| list(&$all)),
            usual: LazyLock::new(|| name($kind::default())),
        };)+
    };
}

choices! {
    AMOUNT_KINDS: AmountKind = AmountKind::ALL;
    CERTAINTIES: Certainty = [
        Certainty::Settled,
        Certainty::About,
        Certainty::AtLeast,
        Certainty::Planned,
        Certainty::Undetermined,
    ];
    CHAPTERS: Chapter = Chapter::ALL;
    COMMENT_KINDS: CommentKind = CommentKind::ALL;
    EVALUATION_KINDS: EvaluationKind = EvaluationKind::ALL;
    LOGIC_KINDS: LogicKind = LogicKind::ALL;
    STANDINGS: IndicatorStanding = IndicatorStanding::ALL;
    MEMBER_ROLES: MemberRole = MemberRole::ALL;
    PRINTED_CHAPTERS: PrintedChapter = PrintedChapter::ALL;
    ROADMAP_KINDS: RoadmapKind = RoadmapKind::ALL;
    TARGET_KINDS: TargetKind = TargetKind::ALL;
}
