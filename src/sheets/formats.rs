//! Number formats that change what a reader sees: a percentage, a number shown in thousands, a number with words.
//!
//! Calamine gives 0.75 for a cell that shows 75 %, and 10500 for one that shows 11 under a heading in millions. Here
//! the style of each cell is looked up, and such a number becomes the text that people read.

use super::Address;
use memchr::memmem;
use roxmltree::Document;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// No start tag of a cell is longer than this. Bytes.
const LONGEST_TAG: usize = 512;

/// What a number format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Words before the number (`H` of `"H"0`).
    before: String,
    /// Words behind it (`年度`, `件`, `%`).
    behind: String,
    /// Whether it is shown times a hundred.
    percent: bool,
    /// How often it is shown divided by a thousand.
    thousands: u32,
}

/// The shapes of a workbook by the index of the cell style; none where the number is shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shapes(Vec<Option<Shape>>);

impl Shapes {
    /// Of the text of the part that lists styles; empty if it is not understood.
    pub(super) fn of(styles: &str) -> Self {
        let Ok(document) = Document::parse(styles) else { return Self::default() };
        let nodes = |name: &'static str| document.descendants().filter(move |n| n.tag_name().name() == name);
        let codes: HashMap<&str, &str> = nodes("numFmt")
            .filter_map(|format| Some((format.attribute("numFmtId")?, format.attribute("formatCode")?)))
            .collect();
        let Some(styles) = nodes("cellXfs").next() else { return Self::default() };
        let shape = |style: roxmltree::Node<'_, '_>| match style.attribute("numFmtId")? {
            "9" => Shape::read("0%"),
            "10" => Shape::read("0.00%"),
            id => Shape::read(codes.get(id)?),
        };
        Self(styles.children().filter(roxmltree::Node::is_element).map(shape).collect())
    }

    /// Whether no style changes a number.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The cells of a sheet's part whose style changes a number.
    pub(super) fn cells(&self, part: &[u8]) -> HashMap<Address, Shape> {
        let mut found = HashMap::new();
        for begin in memmem::find_iter(part, b"<c ") {
            let tag = &part[begin..part.len().min(begin + LONGEST_TAG)];
            let Some(tag) = memchr::memchr(b'>', tag).and_then(|end| std::str::from_utf8(&tag[..end]).ok())
            else {
                continue;
            };
            let attribute = |name: &str| tag.split_once(name)?.1.split(['"', '\'']).nth(1);
            let shape = attribute(" s=").and_then(|style| self.0.get(style.parse::<usize>().ok()?)?.as_ref());
            if let (Some(shape), Some(at)) = (shape, attribute(" r=").and_then(|at| at.parse().ok())) {
                found.insert(at, shape.clone());
            }
        }
        found
    }
}

impl Shape {
    /// The shape of a format code; none if it shows the number as it is, or shows a date.
    fn read(code: &str) -> Option<Self> {
        let mut shape = Self { before: String::new(), behind: String::new(), percent: false, thousands: 0 };
        let mut digits = false;
        let mut commas = 0;
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            let words = if digits { &mut shape.behind } else { &mut shape.before };
            match c {
                // Only the form of positive numbers counts; the others differ by sign and colour.
                ';' => break,
                '"' => words.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => words.extend(chars.next()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    // A colour or a condition; elapsed time is a date.
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if matches!(inside.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                        return None;
                    }
                }
                '0' | '#' | '?' => {
                    (digits, commas) = (true, 0);
                }
                ',' if digits => commas += 1,
                '%' => {
                    shape.percent = true;
                    words.push('%');
                }
                'y' | 'm' | 'd' | 'h' | 's' | 'g' | 'e' | 'E' | 'Y' | 'M' | 'D' | 'H' | 'S' | '@' => {
                    return None;
                }
                '.' | '-' | '+' | '(' | ')' | ' ' | '/' | '¥' | '$' | ',' => {}
                other if other.is_alphabetic() => words.push(other),
                _ => {}
            }
        }
        shape.thousands = commas;
        let said = |words: &String| words.chars().any(char::is_alphabetic);
        let changes = shape.percent || commas > 0 || said(&shape.before) || said(&shape.behind);
        (digits && changes).then_some(shape)
    }

    /// The text that a reader sees; none if the number is beyond what a decimal holds.
    pub(super) fn show(&self, number: f64) -> Option<String> {
        let mut value: Decimal = number.to_string().parse().ok()?;
        if self.percent {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.thousands.min(9) {
            value = value.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let value = value.normalize();
        Some(format!("{}{value}{}", self.before.trim(), self.behind.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_reads_as_its_cell_shows_it() {
        for (code, number, text) in [
            ("0%", 0.75, "75%"),
            ("0.0%", 0.955, "95.5%"),
            ("#,##0,", 10_500.0, "10.5"),
            ("#,##0,,", 2_000_000.0, "2"),
            ("0\"件\"", 13.0, "13件"),
            ("#,##0\"百万円\"", 1913.0, "1913百万円"),
            ("0\"年度\"", 2018.0, "2018年度"),
            ("\"H\"0", 30.0, "H30"),
            ("[Red]0%;-0%", -0.05, "-5%"),
        ] {
            assert_eq!(
                Shape::read(code).and_then(|shape| shape.show(number)).as_deref(),
                Some(text),
                "{code}"
            );
        }
    }

    #[test]
    fn a_plain_number_and_a_date_stay_what_they_are() {
        for code in [
            "General",
            "0",
            "#,##0",
            "0.0",
            "#,##0_);[Red](#,##0)",
            "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
            "yyyy\"年度\"",
            "[h]:mm",
            "@",
            "¥#,##0",
            "\"△\"#,##0",
        ] {
            assert_eq!(Shape::read(code), None, "{code}");
        }
    }

    #[test]
    fn cells_are_found_by_their_style() {
        let shapes = Shapes::of(
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>"#,
        );
        let cells =
            shapes.cells(br#"<c r="A1" s="0"><v>1</v></c><c s='1' r='B2'><v>0.5</v></c><c r="C3"/><c r="D"#);
        assert_eq!(cells.keys().map(ToString::to_string).collect::<Vec<_>>(), ["B2"]);
        assert!(!shapes.is_plain() && Shapes::of("<x/>").is_plain() && Shapes::of("no xml").is_plain());
    }

    proptest! {
        #[test]
        fn any_code_and_any_bytes_are_read(code in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Some(shape) = Shape::read(&code) {
                let _ = shape.show(12.5);
            }
            let _ = Shapes(vec![Shape::read("0%")]).cells(&bytes);
        }
    }
}
