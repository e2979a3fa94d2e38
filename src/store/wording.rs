//! What is wrong at one place of a dossier's text, in both languages.

use crate::locale::Lang;
use crate::tr;
use ron::Error;

/// What is wrong at a place.
#[derive(Debug)]
pub struct Wrong(pub(super) Error);

impl Wrong {
    /// What a reader of RON says is wrong, for other files than dossiers.
    pub(crate) fn of(error: Error) -> Self {
        Self(error)
    }

    /// Bytes that are no character.
    pub(super) fn not_text() -> Self {
        Self(Error::Message(String::new()))
    }

    /// In a few words, without a full stop.
    pub fn words(&self, lang: Lang) -> String {
        match &self.0 {
            Error::Message(text) if text.is_empty() => {
                lang.t("文字として読めないバイト", "bytes that are no character in UTF-8").to_owned()
            }
            Error::NoSuchStructField { found, .. } => {
                tr!(lang, "知らない項目名 {found}", "there is no field {found}")
            }
            Error::NoSuchEnumVariant { found, expected, .. } => {
                let known = expected.join(", ");
                tr!(
                    lang,
                    "知らない値 {found}（使えるのは {known}）",
                    "there is no {found}; it may be {known}"
                )
            }
            Error::MissingStructField { field, .. } => tr!(lang, "{field} がない", "{field} is missing"),
            Error::DuplicateStructField { field, .. } => {
                tr!(lang, "{field} が二つある", "{field} stands twice")
            }
            Error::InvalidValueForType { expected, found } => {
                tr!(lang, "{found} は使えない。ここには {expected}", "{found} where {expected} belongs")
            }
            Error::ExpectedComma => lang.t("コンマがない", "a comma is missing").to_owned(),
            Error::ExpectedMapColon => lang.t("コロンがない", "a colon is missing").to_owned(),
            Error::ExpectedString => {
                lang.t("引用符で囲んだ文字列ではない", "not a text in quotation marks").to_owned()
            }
            Error::ExpectedInteger => lang.t("整数ではない", "not a whole number").to_owned(),
            Error::ExpectedBoolean => lang.t("true でも false でもない", "neither true nor false").to_owned(),
            Error::IntegerOutOfBounds => lang.t("数が大きすぎる", "the number is too large").to_owned(),
            Error::ExpectedArray | Error::ExpectedArrayEnd => lang
                .t(
                    "角かっこ [ ] の一覧ではないか、閉じていない",
                    "not a list in [ ], or one that is not closed",
                )
                .to_owned(),
            Error::ExpectedMap | Error::ExpectedMapEnd => lang
                .t(
                    "波かっこ { } の対応表ではないか、閉じていない",
                    "not a map in { }, or one that is not closed",
                )
                .to_owned(),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLikeEnd => {
                lang.t(
                    "丸かっこ ( ) の組ではないか、閉じていない",
                    "not a group in ( ), or one that is not closed",
                )
                .to_owned()
            }
            Error::ExpectedIdentifier => lang.t("項目名がない", "a field name is missing").to_owned(),
            Error::TrailingCharacters => {
                lang.t("終わりのあとに余分な文字", "something stands after the end").to_owned()
            }
            Error::ExceededRecursionLimit => {
                lang.t("かっこの入れ子が深すぎる", "too deeply nested").to_owned()
            }
            other => other.to_string(),
        }
    }
}
