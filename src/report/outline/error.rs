//! Why a file is no structure of a report, in one sentence with the line and the remedy.

use crate::locale::Lang;
use crate::store::{self, Wrong};
use crate::tr;
use std::io;
use std::path::Path;

/// What is wrong with a structure's file.
#[derive(Debug)]
pub enum StructureError {
    /// The file could not be read.
    Reading(io::Error),
    /// It is larger than any template.
    TooLarge,
    /// It is no text.
    NotText,
    /// A mistake in the text.
    Mistake {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        what: Wrong,
    },
    /// It is of a form that this version does not know.
    Form {
        /// The file's form.
        found: u32,
        /// The form that this version reads.
        known: u32,
    },
    /// There is no section in it.
    NoSections,
    /// A section lies deeper than headings go.
    Deep {
        /// Line, from 1.
        line: usize,
        /// The section's heading.
        heading: String,
    },
    /// A section needs the programme or a project to be about, and stands under none.
    NoSubject {
        /// Line, from 1.
        line: usize,
        /// The section's heading.
        heading: String,
    },
}

impl StructureError {
    pub(super) fn at(error: &ron::error::SpannedError) -> Self {
        Self::Mistake {
            line: error.span.start.line,
            column: error.span.start.col,
            what: Wrong::of(error.code.clone()),
        }
    }

    /// The sentence to show about the template that is called `file`.
    pub fn message(&self, lang: Lang, file: &str) -> String {
        match self {
            Self::Reading(error) => store::reading(lang, Path::new(file), error),
            Self::TooLarge => tr!(
                lang,
                "{file} はひな形としては大きすぎます（上限 1 MiB）。別のファイルを指定していないか確かめてください。",
                "{file} is too large for a template (1 MiB at most); check that it is the right file."
            ),
            Self::NotText => tr!(
                lang,
                "{file} はテキストではありません。ひな形（.ron）を指定してください。",
                "{file} is not a text file; name a template (.ron)."
            ),
            Self::Mistake { line, column, what } => {
                let what = what.words(lang);
                tr!(
                    lang,
                    "ひな形 {file} の {line} 行 {column} 文字目を読めません（{what}）。そこを直してください。",
                    "Template {file}, line {line}, column {column}: {what}; mend it there."
                )
            }
            Self::Form { found, known } => tr!(
                lang,
                "ひな形 {file} の 1 行目: 書式 {found} は読めません（この版が読めるのは {known}）。Hyoka を更新するか、ひな形を書き出し直してください。",
                "Template {file}, line 1: form {found} is not known (this version reads {known}); update Hyoka or write the template out anew."
            ),
            Self::NoSections => tr!(
                lang,
                "ひな形 {file} の 1 行目: sections に章が一つもありません。章を書いてください。",
                "Template {file}, line 1: there is no section in it; write one."
            ),
            Self::Deep { line, heading } => tr!(
                lang,
                "ひな形 {file} の {line} 行目: 「{heading}」は深すぎます（見出しは 9 段まで）。浅くしてください。",
                "Template {file}, line {line}: “{heading}” lies deeper than 9 levels; move it up."
            ),
            Self::NoSubject { line, heading } => tr!(
                lang,
                "ひな形 {file} の {line} 行目: 「{heading}」は課題かプログラムについてのものです。each: Project などの章の中に置いてください。",
                "Template {file}, line {line}: “{heading}” is about a project or the programme; put it under a section with each: Project or the like."
            ),
        }
    }
}
