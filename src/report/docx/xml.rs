//! XML elements: built as a tree, so that what is written is well-formed whatever a text holds.

use std::fmt::Write as _;

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct El {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inner: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    El(El),
    Text(String),
}

/// An element without attributes.
pub(super) fn el(name: &'static str) -> El {
    El { name, attributes: Vec::new(), inner: Vec::new() }
}

/// An element that says one thing: `<name w:val="value"/>`.
#[allow(clippy::needless_pass_by_value, reason = "numbers and texts are given as they come")]
pub(super) fn val(name: &'static str, value: impl ToString) -> El {
    el(name).attr("w:val", value)
}

impl El {
    /// The same with an attribute.
    #[allow(clippy::needless_pass_by_value, reason = "numbers and texts are given as they come")]
    pub(super) fn attr(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The same with an element inside, behind what it holds.
    pub(super) fn with(mut self, inner: El) -> Self {
        self.inner.push(Node::El(inner));
        self
    }

    /// The same with elements inside; none for what is not there.
    pub(super) fn all(mut self, inner: impl IntoIterator<Item = El>) -> Self {
        self.inner.extend(inner.into_iter().map(Node::El));
        self
    }

    /// The same with text inside.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.inner.push(Node::Text(text.into()));
        self
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// The document whose root it is.
    pub(super) fn document(&self) -> Vec<u8> {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            escape(value, out);
            out.push('"');
        }
        if self.inner.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.inner {
            match node {
                Node::El(inner) => inner.write(out),
                Node::Text(text) => escape(text, out),
            }
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

/// Writes a text so that it reads back as itself; characters that XML does not know are left out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_reads_back_as_itself() {
        for text in ["<w:p>&amp;]]>\"'", "a\tb\nc\rd", "\u{85}\u{7f}\u{2028}", "😀𠮷"] {
            let bytes = el("a").attr("b", text).text(text).document();
            let xml = roxmltree_of(&bytes);
            assert_eq!(xml, (text.to_owned(), text.to_owned()));
        }
        let bytes = el("a").attr("b", "\u{0}x\u{1b}").text("\u{ffff}y\u{8}").document();
        assert_eq!(roxmltree_of(&bytes), ("x".to_owned(), "y".to_owned()));
    }

    fn roxmltree_of(bytes: &[u8]) -> (String, String) {
        let document = roxmltree::Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
        let root = document.root_element();
        (root.attribute("b").unwrap().to_owned(), root.text().unwrap_or_default().to_owned())
    }
}
