//! What calamine does not tell of the sheets of an xlsx, or not cheaply: merged ranges and the shapes of numbers.
//!
//! Calamine tells merged ranges too, but parses the whole sheet once more for it, which takes half as long as reading the
//! cells. Here the sheet's bytes are only searched, beside that. What this search does not understand it leaves to
//! calamine.

use super::formats::{Shape, Shapes};
use super::source::Source;
use super::{Address, Area};
use memchr::memmem;
use roxmltree::Document;
use std::collections::HashMap;
use std::io::Read;
use std::sync::mpsc::Sender;
use zip::ZipArchive;

/// No part that lists sheets is larger than this. Bytes.
const LARGEST_PART: u64 = 16 << 20;
/// No more of a sheet is searched for shapes of numbers. Bytes.
const LARGEST_SHEET: u64 = 256 << 20;
/// No element is longer than this. Bytes.
const LONGEST_ELEMENT: usize = 4096;
/// Bytes that are searched at a time.
const PIECE: usize = 64 << 10;
/// The most merged ranges of a sheet.
const MOST: usize = 1 << 20;

const MERGE: &[u8] = b"mergeCell";

/// What was found of a sheet.
pub(super) struct Notes {
    /// Its merged ranges.
    pub merges: Vec<Area>,
    /// Its numbers that are shown otherwise than they are.
    pub shapes: HashMap<Address, Shape>,
}

/// Sends first whether any style of the book changes what a number shows, then the notes of each of the sheets, in
/// their order. Stops before the first that it does not understand.
pub(super) fn find(
    source: impl Source,
    sheets: &[String],
    tell: &Sender<bool>,
    send: &Sender<Notes>,
) -> Option<()> {
    let mut archive = ZipArchive::new(source).ok()?;
    let parts = Parts::of(&mut archive)?;
    let styles = parts.styles.as_deref().and_then(|styles| part(&mut archive, styles));
    let shapes = styles.map(|styles| Shapes::of(&styles)).unwrap_or_default();
    tell.send(!shapes.is_plain()).ok()?;
    for sheet in sheets {
        let name = parts.of_sheet(sheet)?;
        let notes = if shapes.is_plain() {
            Notes { merges: search(&mut archive.by_name(name).ok()?)?, shapes: HashMap::new() }
        } else {
            let mut bytes = Vec::new();
            archive.by_name(name).ok()?.take(LARGEST_SHEET).read_to_end(&mut bytes).ok()?;
            Notes { merges: search(&mut bytes.as_slice())?, shapes: shapes.cells(&bytes) }
        };
        send.send(notes).ok()?;
    }
    Some(())
}

/// Which part of the package holds which sheet, and which the styles.
struct Parts {
    sheets: Vec<(String, String)>,
    styles: Option<String>,
}

impl Parts {
    fn of(archive: &mut ZipArchive<impl Source>) -> Option<Self> {
        let main =
            relations(archive, "_rels/.rels")?.into_iter().find(|relation| relation.is("officeDocument"))?;
        let main = main.target_from("");
        let (folder, name) =
            main.rsplit_once('/').map_or(("", main.as_str()), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let relations = relations(archive, &format!("{folder}_rels/{name}.rels"))?;
        let workbook = part(archive, &main)?;
        let workbook = Document::parse(&workbook).ok()?;
        let sheets = workbook.descendants().filter(|node| node.tag_name().name() == "sheet");
        let part_of = |sheet: roxmltree::Node<'_, '_>| {
            // A sheet has an id of its own beside that of its relation, which stands in a namespace.
            let id = sheet.attributes().find(|it| it.name() == "id" && it.namespace().is_some())?.value();
            let relation = relations.iter().find(|relation| relation.id == id)?;
            Some((sheet.attribute("name")?.to_owned(), relation.target_from(&folder)))
        };
        let styles = relations.iter().find(|relation| relation.is("styles"));
        let styles = styles.map(|relation| relation.target_from(&folder));
        Some(Self { sheets: sheets.map(part_of).collect::<Option<_>>()?, styles })
    }

    fn of_sheet(&self, name: &str) -> Option<&str> {
        self.sheets.iter().find(|(sheet, _)| sheet == name).map(|(_, part)| part.as_str())
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    /// The part that is meant, from a folder that ends with a slash.
    fn target_from(&self, folder: &str) -> String {
        self.target.strip_prefix('/').map_or_else(|| format!("{folder}{}", self.target), str::to_owned)
    }
}

fn relations(archive: &mut ZipArchive<impl Source>, name: &str) -> Option<Vec<Relation>> {
    let text = part(archive, name)?;
    let document = Document::parse(&text).ok()?;
    let relations = document.descendants().filter(|node| node.tag_name().name() == "Relationship");
    let relation = |node: roxmltree::Node<'_, '_>| {
        let attribute = |name| node.attribute(name).map(str::to_owned);
        Some(Relation { id: attribute("Id")?, kind: attribute("Type")?, target: attribute("Target")? })
    };
    relations.map(relation).collect()
}

fn part(archive: &mut ZipArchive<impl Source>, name: &str) -> Option<String> {
    let part = archive.by_name(name).ok()?;
    let mut text = String::new();
    (part.size() <= LARGEST_PART).then_some(part)?.take(LARGEST_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The merged ranges of a sheet's part.
fn search(part: &mut dyn Read) -> Option<Vec<Area>> {
    let finder = memmem::Finder::new(MERGE);
    let mut areas = Vec::new();
    let mut bytes = Vec::with_capacity(PIECE + LONGEST_ELEMENT);
    loop {
        let read = (&mut *part).take(PIECE as u64).read_to_end(&mut bytes).ok()?;
        // Everything before is done with; there, an element may be open.
        let (mut at, mut open) = (0, false);
        while let Some(found) = finder.find(&bytes[at..]) {
            let begin = at + found;
            let behind = &bytes[begin + MERGE.len()..];
            if let Some(end) = memchr::memchr(b'>', behind) {
                // Not a word in a text, and not the list, whose name goes on.
                let is_name = matches!(bytes[..begin].last(), Some(b'<' | b':'));
                if is_name && behind[0].is_ascii_whitespace() {
                    areas.push(range(&behind[..end])?);
                }
                at = begin + MERGE.len();
            } else if read == 0 || behind.len() > LONGEST_ELEMENT {
                return None;
            } else {
                open = true;
                at = begin;
                break;
            }
        }
        if areas.len() > MOST {
            return None;
        }
        if read == 0 {
            return Some(areas);
        }
        if !open {
            // A name may be cut at the end.
            at = at.max(bytes.len().saturating_sub(MERGE.len()));
        }
        // The byte before a name tells whether it is one.
        bytes.drain(..at.saturating_sub(1));
    }
}

/// The range of an element by its attributes.
fn range(attributes: &[u8]) -> Option<Area> {
    let (_, value) = std::str::from_utf8(attributes).ok()?.split_once("ref=")?;
    value.split(['"', '\'']).nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(xml: &str) -> Option<Vec<String>> {
        Some(search(&mut xml.as_bytes())?.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn ranges_are_found_wherever_they_stand() {
        let xml = r#"<t>mergeCell ref="Z1:Z2"</t><mergeCells count="2"><mergeCell ref="A1:B2"/><x:mergeCell
            ref='C3:C9' /></mergeCells>"#;
        assert_eq!(found(xml).unwrap(), ["A1:B2", "C3:C9"]);
        assert_eq!(found("<sheetData/>").unwrap(), [""; 0]);
        assert_eq!(found(r#"<mergeCell ref="A1:B2""#), None);
        assert_eq!(found(r#"<mergeCell ref = "A1:B2"/>"#), None);
    }

    #[test]
    fn an_element_that_never_ends_is_given_up() {
        assert_eq!(found(&format!("<mergeCell ref=\"A1:{}", " ".repeat(10 * PIECE))), None);
    }

    proptest! {
        #[test]
        fn ranges_are_found_across_pieces(before in PIECE - 60..PIECE + 10) {
            let xml = format!(r#"{}<mergeCell ref="A1:B2"/><mergeCell ref="C1:C2"/>"#, " ".repeat(before));
            prop_assert_eq!(found(&xml).unwrap(), ["A1:B2", "C1:C2"]);
        }

        #[test]
        fn any_bytes_are_searched(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut xml = b"<mergeCell ".to_vec();
            xml.extend(bytes);
            let _ = search(&mut xml.as_slice());
        }
    }
}
