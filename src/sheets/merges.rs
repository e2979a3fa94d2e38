//! What calamine does not tell of the sheets of an xlsx, or not cheaply: merged ranges, the shapes of numbers, what is
//! hidden, and formulas that were never calculated.
//!
//! Calamine tells merged ranges too, but parses the whole sheet once more for it, which takes half as long as reading the
//! cells. Here the sheet's bytes are only searched, beside that. What this search does not understand it leaves to
//! calamine.

use super::formats::{Shape, Shapes};
use super::marks::{Mark, Marks};
use super::seek::Seeker;
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
/// Bytes that are searched at a time.
const PIECE: usize = 64 << 10;
/// The most merged ranges of a sheet.
const MOST: usize = 1 << 20;

const MERGE: &[u8] = b"mergeCell";
/// No start tag of a row, column or cell is longer than this. Bytes.
const LONGEST_TAG: usize = 512;

/// What was found of a sheet.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Its merged ranges.
    pub merges: Vec<Area>,
    /// What is hidden, and formulas without a value.
    pub marks: Marks,
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
    let stale = parts.stale;
    tell.send(!shapes.is_plain()).ok()?;
    for sheet in sheets {
        let name = parts.of_sheet(sheet)?;
        let notes = if shapes.is_plain() {
            search(&mut archive.by_name(name).ok()?, stale)?
        } else {
            let mut bytes = Vec::new();
            archive.by_name(name).ok()?.take(LARGEST_SHEET).read_to_end(&mut bytes).ok()?;
            Notes { shapes: shapes.cells(&bytes), ..search(&mut bytes.as_slice(), stale)? }
        };
        send.send(notes).ok()?;
    }
    Some(())
}

/// Which part of the package holds which sheet, and which the styles.
struct Parts {
    sheets: Vec<(String, String)>,
    styles: Option<String>,
    /// Whether the workbook asks to be calculated when it is opened, so that the program that wrote it did not.
    stale: bool,
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
        let calculation = workbook.descendants().find(|node| node.tag_name().name() == "calcPr");
        let stale = calculation.and_then(|node| node.attribute("fullCalcOnLoad"));
        let stale = stale.is_some_and(|value| value == "1" || value == "true");
        Some(Self { stale, sheets: sheets.map(part_of).collect::<Option<_>>()?, styles })
    }

    fn of_sheet(&self, name: &str) -> Option<&str> {
        self.sheets.iter().find(|(sheet, _)| sheet == name).map(|(_, part)| part.as_str())
    }
}

pub(super) struct Relation {
    pub id: String,
    kind: String,
    target: String,
}

impl Relation {
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    /// The part that is meant, from a folder that ends with a slash.
    pub fn target_from(&self, folder: &str) -> String {
        self.target.strip_prefix('/').map_or_else(|| format!("{folder}{}", self.target), str::to_owned)
    }
}

/// The relations that a part of the package lists.
pub(super) fn relations(archive: &mut ZipArchive<impl Source>, name: &str) -> Option<Vec<Relation>> {
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

/// The notes of a sheet's part; `stale` if a formula's zero may only stand for a value that nobody calculated.
fn search(part: &mut dyn Read, stale: bool) -> Option<Notes> {
    let mut notes = Notes::default();
    let mut piece = Vec::with_capacity(PIECE);
    (&mut *part).take(PIECE as u64).read_to_end(&mut piece).ok()?;
    let prefix = prefix(&piece);
    let mut merges = Seeker::new(MERGE, 1);
    let mut hidden = Seeker::new(b" hidden=", LONGEST_TAG);
    let mut formulas = Seeker::new(&[b"<", prefix.as_slice(), b"f"].concat(), LONGEST_TAG);
    let ends = Ends::new(&prefix);
    loop {
        let last = piece.is_empty();
        merges.feed(&piece, last, |before, behind| {
            let Some(end) = memchr::memchr(b'>', behind) else { return Some(false) };
            // Not a word in a text, and not the list, whose name goes on.
            let is_name = matches!(before.last(), Some(b'<' | b':'));
            if is_name && behind[0].is_ascii_whitespace() {
                notes.merges.push(range(&behind[..end])?);
            }
            Some(true)
        })?;
        hidden.feed(&piece, last, |before, behind| {
            let Some(end) = memchr::memchr(b'>', behind) else { return Some(false) };
            if let Some(begin) = memchr::memrchr(b'<', before) {
                hide(&before[begin + 1..], &behind[..end], &mut notes.marks);
            }
            Some(true)
        })?;
        formulas.feed(&piece, last, |before, behind| {
            let outcome = ends.is_uncalculated(before, behind, stale);
            if outcome == Some(true)
                && let Some(at) = memchr::memrchr(b'<', before).and_then(|begin| address(&before[begin..]))
            {
                notes.marks.add(Mark::Uncalculated, Area::new(at, at));
            }
            Some(outcome.is_some())
        })?;
        if notes.merges.len() > MOST {
            return None;
        }
        if last {
            return Some(notes);
        }
        piece.clear();
        (&mut *part).take(PIECE as u64).read_to_end(&mut piece).ok()?;
    }
}

/// The prefix of the names of elements, with its colon; some programs give them one.
fn prefix(beginning: &[u8]) -> Vec<u8> {
    let Some(at) = memmem::find(beginning, b":worksheet") else { return Vec::new() };
    let begin = memchr::memrchr(b'<', &beginning[..at]).map_or(at, |begin| begin + 1);
    beginning[begin..=at].to_vec()
}

/// Notes a row or columns that an element hides, by the element up to the word and from it on.
fn hide(before: &[u8], behind: &[u8], marks: &mut Marks) {
    let (Ok(before), Ok(behind)) = (std::str::from_utf8(before), std::str::from_utf8(behind)) else { return };
    if !matches!(behind.split(['"', '\'']).nth(1), Some("1" | "true")) {
        return;
    }
    let name = before.split_ascii_whitespace().next().unwrap_or_default();
    let number = |attribute: &str| {
        let value = [before, behind].iter().find_map(|part| Some(part.split_once(attribute)?.1))?;
        value.split(['"', '\'']).nth(1)?.parse::<u32>().ok()?.checked_sub(1)
    };
    match name.rsplit(':').next() {
        Some("row") => {
            if let Some(row) = number(" r=") {
                marks.add(Mark::HiddenRows, Area::new(Address::new(row, 0), Address::new(row, 0)));
            }
        }
        Some("col") => {
            if let (Some(first), Some(last)) = (number(" min="), number(" max=")) {
                marks.add(Mark::HiddenColumns, Area::new(Address::new(0, first), Address::new(0, last)));
            }
        }
        _ => {}
    }
}

/// How the elements of a cell end.
struct Ends {
    formula: Vec<u8>,
    value: Vec<u8>,
    cell: Vec<u8>,
}

impl Ends {
    fn new(prefix: &[u8]) -> Self {
        let of = |begin: &[u8], name: &[u8]| [begin, prefix, name].concat();
        Self { formula: of(b"</", b"f>"), value: of(b"<", b"v"), cell: of(b"</", b"c") }
    }

    /// Whether a formula has no value, by what stands before it and behind its name; none if more must be read.
    fn is_uncalculated(&self, before: &[u8], behind: &[u8], stale: bool) -> Option<bool> {
        let first = behind.first()?;
        if !(first.is_ascii_whitespace() || matches!(first, b'>' | b'/')) {
            return Some(false);
        }
        let end = memchr::memchr(b'>', behind)?;
        let rest = if behind[..end].ends_with(b"/") {
            &behind[end + 1..]
        } else {
            let close = memmem::find(behind, &self.formula)?;
            &behind[close + self.formula.len()..]
        };
        let rest = rest.trim_ascii_start();
        if rest.len() < self.cell.len() {
            return None;
        }
        if rest.starts_with(&self.cell) {
            return Some(true);
        }
        let Some(value) = rest.strip_prefix(self.value.as_slice()) else { return Some(false) };
        let end = memchr::memchr(b'>', value)?;
        // An empty text is a value, too.
        let cell = memchr::memrchr(b'<', before).map_or(&[][..], |begin| &before[begin..]);
        let is_text = memmem::find(cell, b" t=\"str\"").is_some();
        if value[..end].ends_with(b"/") {
            return Some(!is_text);
        }
        let text = &value[end + 1..];
        let text = &text[..memchr::memchr(b'<', text)?];
        Some((text.is_empty() && !is_text) || (stale && text == b"0"))
    }
}

/// The address that the start tag of a cell states.
fn address(tag: &[u8]) -> Option<Address> {
    let (_, value) = std::str::from_utf8(tag).ok()?.split_once(" r=")?;
    value.split(['"', '\'']).nth(1)?.parse().ok()
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
        Some(search(&mut xml.as_bytes(), false)?.merges.iter().map(ToString::to_string).collect())
    }

    fn marked(xml: &str, stale: bool) -> Vec<(Mark, String)> {
        let notes = search(&mut xml.as_bytes(), stale).unwrap();
        notes.marks.iter().map(|(mark, area)| (mark, area.to_string())).collect()
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
    fn what_is_hidden_is_found() {
        let xml = r#"<cols><col min="2" max="3" width="0" hidden="1" customWidth="1"/><col min="5" max="5"
            hidden="0"/></cols><sheetData><row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>row r="9" hidden="1"
            </t></is></c></row><row hidden='true' r='4'/><row r="9" hidden="1"/></sheetData>"#;
        let (rows, columns) = (Mark::HiddenRows, Mark::HiddenColumns);
        assert_eq!(
            marked(xml, false),
            [(columns, "B1:C1".to_owned()), (rows, "A3:A4".to_owned()), (rows, "A9".to_owned())]
        );
    }

    #[test]
    fn formulas_that_nobody_calculated_are_found() {
        let xml = r#"<row><c r="A1"><f>SUM(B1:C1)</f><v></v></c><c r="A2" s="1"><f>1+1</f></c><c r="A3"><f>2</f>
            <v>2</v></c><c r="A4" t="str"><f>IF(B1="","",1)</f><v></v></c><c r="A5"><f t="shared" si="0"/><v/></c>
            <c r="A6"><f>0</f><v>0</v></c><c r="A7"><v/></c><c r="A8"><f ca="1">NOW()</f><v>1</v></c></row>"#;
        let at = |cells: &[&str]| {
            cells.iter().map(|at| (Mark::Uncalculated, (*at).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(marked(xml, false), at(&["A1", "A2", "A5"]));
        // Some libraries write a zero, and ask for a calculation when the file is opened.
        assert_eq!(marked(xml, true), at(&["A1", "A2", "A5", "A6"]));
        let prefixed = r#"<x:worksheet xmlns:x="a"><x:c r="B1"><x:f>1</x:f></x:c><x:c r="B2"><x:f>1</x:f>
            <x:v>1</x:v></x:c></x:worksheet>"#;
        assert_eq!(marked(prefixed, false), at(&["B1"]));
    }

    #[test]
    fn an_element_that_never_ends_is_given_up() {
        assert_eq!(found(&format!("<mergeCell ref=\"A1:{}", " ".repeat(10 * PIECE))), None);
    }

    proptest! {
        #[test]
        fn ranges_are_found_across_pieces(before in PIECE - 90..PIECE + 10) {
            let xml = format!(
                r#"{}<row r="7" hidden="1"><c r="A7"><f>1</f><v/></c></row><mergeCell ref="A1:B2"/><mergeCell
                ref="C1:C2"/>"#,
                " ".repeat(before)
            );
            prop_assert_eq!(found(&xml).unwrap(), ["A1:B2", "C1:C2"]);
            prop_assert_eq!(marked(&xml, false).len(), 2);
        }

        #[test]
        fn any_bytes_are_searched(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for begin in ["<mergeCell ", "<row hidden=", "<c r=\"A1\"><f"] {
                let mut xml = begin.as_bytes().to_vec();
                xml.extend(&bytes);
                let _ = search(&mut xml.as_slice(), true);
            }
        }
    }
}
