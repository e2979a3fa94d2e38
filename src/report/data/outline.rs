//! The resolved sections, as the template reads them.

use serde::Serialize;

use super::material;
use crate::report::outline::{Content, Entry, Look};
use crate::report::text::Text;

/// A section of the report.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks each by its name")]
pub(in crate::report) struct Section<'a> {
    level: usize,
    depth: usize,
    title: Text<'a>,
    look: Look,
    new_page: bool,
    front: bool,
    listed: bool,
    /// The place of the programme or project among `subjects`.
    subject: Option<usize>,
    criterion: Option<usize>,
    /// Whether that criterion is the one on recommendations.
    recommends: bool,
    session: Option<usize>,
    content: Vec<Piece<'a>>,
    nothing: Option<Text<'a>>,
}

/// A piece of a section's content.
#[derive(Debug, Serialize)]
struct Piece<'a> {
    kind: &'static str,
    /// What it is of, where the kind alone does not say.
    of: Of<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Of<'a> {
    Nothing(()),
    Key(&'static str),
    Level(u8),
    Lines(Vec<Text<'a>>),
}

pub(super) fn of<'a>(entries: &[Entry<'a>]) -> Vec<Section<'a>> {
    entries.iter().map(section).collect()
}

fn section<'a>(entry: &Entry<'a>) -> Section<'a> {
    Section {
        level: entry.level,
        depth: entry.depth,
        title: if entry.heading.is_empty() { Text::default() } else { entry.title().into() },
        look: entry.look,
        new_page: entry.new_page,
        front: entry.front,
        listed: entry.listed,
        subject: entry.scope.subject.map(|(at, _)| at),
        criterion: entry.scope.criterion.map(|(at, _)| at),
        recommends: entry.scope.recommends,
        session: entry.scope.session.map(|(at, _)| at),
        content: entry.content.iter().copied().map(piece).collect(),
        nothing: entry.nothing.map(Text::from),
    }
}

fn piece(content: &Content) -> Piece<'_> {
    let of = match content {
        Content::Words(words) => Of::Lines(super::lines(words)),
        Content::Contents(level) => Of::Level(*level),
        Content::Charts(charts) => Of::Key(super::charts::key(charts.home())),
        Content::Text(chapter) => Of::Key(material::key(*chapter)),
        _ => Of::Nothing(()),
    };
    Piece { kind: content.name(), of }
}
