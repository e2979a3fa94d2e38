//! How people say a field of a ballot, and what stands in it.

use crate::both;
use crate::locale::{Both, Lang, Term, cell};
use crate::model::{AnswerField, AnswerValue, CommentKind, Scale, ScoreCell, SubjectId};

/// 「A › 3 › 評点」
pub fn field_name(subject: &SubjectId, field: AnswerField) -> Both {
    let subject = if *subject == SubjectId::programme() {
        both!("プログラム", "Programme")
    } else {
        Both::same(subject.as_str())
    };
    let say = |lang: Lang| {
        let subject = subject.t(lang);
        match field {
            AnswerField::Score(no) => format!("{subject} › {no} › {}", lang.t("評点", "Score")),
            AnswerField::Comment(no, kind) => format!("{subject} › {no} › {}", kind.term(lang)),
            AnswerField::Recommendation => {
                format!("{subject} › {}", CommentKind::Recommendation.term(lang))
            }
        }
    };
    Both { ja: say(Lang::Ja), en: say(Lang::En) }
}

/// What stands in a field, for people: a score as its scale labels it, a state by its name.
pub fn value_words(value: &AnswerValue, scale: &Scale) -> Both {
    match value {
        AnswerValue::Cell(ScoreCell::Score(value)) => {
            Both::same(scale.step(*value).map_or_else(|| value.to_string(), |step| step.label.clone()))
        }
        AnswerValue::Cell(other) => {
            Both { ja: cell(*other, Lang::Ja).to_owned(), en: cell(*other, Lang::En).to_owned() }
        }
        AnswerValue::Text(text) if text.is_empty() => both!("（空欄）", "(empty)"),
        AnswerValue::Text(text) => Both::same(text.as_str()),
    }
}
