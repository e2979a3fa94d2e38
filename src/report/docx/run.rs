//! Runs and fields: the text of a paragraph.

use super::style::{ASIDE, STRONG};
use super::xml::{El, el, val};

/// How a text stands out from its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tone {
    /// Not at all.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Small and grey.
    Aside,
}

/// A run of text; a line break in it is one.
pub(super) fn run(tone: Tone, text: &str) -> El {
    let style = match tone {
        Tone::Plain => None,
        Tone::Strong => Some(STRONG),
        Tone::Aside => Some(ASIDE),
    };
    filled(el("w:r").all(style.map(|id| el("w:rPr").with(val("w:rStyle", id)))), text)
}

/// A run of text with properties of its own.
pub(super) fn run_with(properties: &[El], text: &str) -> El {
    let own = (!properties.is_empty()).then(|| el("w:rPr").all(properties.iter().cloned()));
    filled(el("w:r").all(own), text)
}

fn filled(mut run: El, text: &str) -> El {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run = run.with(el("w:br"));
        }
        if !line.is_empty() {
            run = run.with(el("w:t").attr("xml:space", "preserve").text(line));
        }
    }
    run
}

/// A field that Word works out, with what it comes to at first.
pub(super) fn field(instruction: &str, result: &str) -> Vec<El> {
    let mut runs = open_field(instruction).to_vec();
    if !result.is_empty() {
        runs.push(run(Tone::Plain, result));
    }
    runs.push(close_field());
    runs
}

/// The beginning of a field, up to its result.
pub(super) fn open_field(instruction: &str) -> [El; 3] {
    let code = el("w:instrText").attr("xml:space", "preserve").text(format!(" {instruction} "));
    [mark("begin"), el("w:r").with(code), mark("separate")]
}

/// The end of a field.
pub(super) fn close_field() -> El {
    mark("end")
}

fn mark(kind: &str) -> El {
    el("w:r").with(el("w:fldChar").attr("w:fldCharType", kind))
}
