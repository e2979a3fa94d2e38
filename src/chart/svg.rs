//! A laid-out chart as SVG: text as text, in the embedded typeface's name and with its metrics.
//!
//! Equal scenes give equal bytes: coordinates have two decimals, nothing is named by chance.

use super::ink::{Rgb, Theme};
use super::scene::{Anchor, Piece, Scene, Stroke};
use std::borrow::Cow;
use std::fmt::Write as _;

/// The family of the embedded typeface.
pub const FAMILY: &str = "Noto Sans JP";

/// What a reader who cannot see a picture is told.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// What it shows.
    pub title: &'a str,
    /// What is to be seen in it.
    pub summary: &'a str,
    /// The language of both and of the labels.
    pub lang: &'a str,
}

/// The SVG file of a scene, with its texts in a family that has the embedded typeface's metrics.
pub fn write(scene: &Scene, theme: &Theme, words: Words<'_>, family: &str) -> String {
    let Words { title, summary, lang } = words;
    let (w, h) = (number(scene.width), number(scene.height));
    let mut out = String::with_capacity(256 * (scene.frame.len() + scene.inside.len()) + 1024);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         xml:lang=\"{lang}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"{family}\" \
         style=\"font-kerning:none\">"
    );
    let _ = writeln!(out, "<title id=\"title\">{}</title>", escape(title));
    let _ = writeln!(out, "<desc id=\"desc\">{}</desc>", escape(summary));
    let paper = colour(theme.rgb(super::ink::Ink::Paper));
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>");
    for piece in scene.pieces() {
        self::piece(&mut out, theme, piece);
    }
    out.push_str("</svg>\n");
    out
}

fn piece(out: &mut String, theme: &Theme, piece: &Piece) {
    let fill = |ink: &Option<super::ink::Ink>| match ink {
        Some(ink) => format!(" fill=\"{}\"", colour(theme.rgb(*ink))),
        None => " fill=\"none\"".to_owned(),
    };
    let edge =
        |stroke: &Option<Stroke>| stroke.as_ref().map(|stroke| stroked(theme, stroke)).unwrap_or_default();
    let _ = match piece {
        Piece::Rect { rect, radius, fill: ink, stroke } => {
            let round = if *radius > 0.0 { format!(" rx=\"{}\"", number(*radius)) } else { String::new() };
            let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(number);
            writeln!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{round}{}{}/>",
                fill(ink),
                edge(stroke)
            )
        }
        Piece::Path { points, fill: ink, stroke } => {
            let close = if ink.is_some() { "Z" } else { "" };
            writeln!(out, "<path d=\"{}{close}\"{}{}/>", path(points), fill(ink), edge(stroke))
        }
        Piece::Strokes { segments, stroke } => {
            let d: String = segments.iter().map(|segment| path(segment)).collect();
            writeln!(out, "<path d=\"{d}\" fill=\"none\"{}/>", stroked(theme, stroke))
        }
        Piece::Circle { centre: [x, y], radius, fill: ink, stroke } => {
            let [x, y, r] = [*x, *y, *radius].map(number);
            writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{}{}/>", fill(ink), edge(stroke))
        }
        Piece::Text { at: [x, y], anchor, text, size, bold, ink } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let weight = if *bold { " font-weight=\"700\"" } else { "" };
            let [x, y, size] = [*x, *y, *size].map(number);
            let ink = colour(theme.rgb(*ink));
            let text = escape(text);
            writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} fill=\"{ink}\">{text}</text>"
            )
        }
    };
}

fn path(points: &[[f64; 2]]) -> String {
    let mut d = String::new();
    for (index, [x, y]) in points.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if index == 0 { 'M' } else { 'L' }, number(*x), number(*y));
    }
    d
}

fn stroked(theme: &Theme, stroke: &Stroke) -> String {
    let mut out =
        format!(" stroke=\"{}\" stroke-width=\"{}\"", colour(theme.rgb(stroke.ink)), number(stroke.width));
    let dashes = stroke.dash.pattern();
    if !dashes.is_empty() {
        let dashes: Vec<_> = dashes.iter().map(|length| number(*length)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dashes.join(" "));
    }
    out
}

fn colour(Rgb(r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// At most two decimals, none that say nothing.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text that XML can hold and that stays text.
fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| {
        matches!(c, '<' | '>' | '&' | '"') || (c < ' ' && c != '\n') || c > '\u{fffd}' && c < '\u{10000}'
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if special(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ink::Ink;

    #[test]
    fn text_stays_text_and_numbers_are_short() {
        assert_eq!(escape("<b>&\u{1}\u{ffff}\"x\""), "&lt;b&gt;&amp;&quot;x&quot;");
        assert_eq!([1.0, 0.126, -0.001, 12.3456].map(number), ["1", "0.13", "0", "12.35"]);
        let piece = Piece::Text {
            at: [1.0, 2.0],
            anchor: Anchor::End,
            text: "評価 <A>".into(),
            size: 11.5,
            bold: true,
            ink: Ink::Text,
        };
        let scene = Scene { width: 10.0, height: 5.0, frame: vec![piece], ..Scene::default() };
        let svg =
            write(&scene, &Theme::LIGHT, Words { title: "題", summary: "説明 & 要約", lang: "ja" }, FAMILY);
        assert!(svg.contains(
            "<text x=\"1\" y=\"2\" font-size=\"11.5\" font-weight=\"700\" text-anchor=\"end\" fill=\"#1f2328\">評価 &lt;A&gt;</text>"
        ));
        assert!(svg.contains("<desc id=\"desc\">説明 &amp; 要約</desc>"));
    }
}
