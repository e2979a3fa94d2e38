//! Text with a separator between fields, split into records: CSV and TSV.

use super::error::Trouble;

/// A record longer than this is no record of a table. Bytes.
const LONGEST: usize = 16 << 20;

/// Splits text that comes in pieces. Lines end with LF, CRLF or CR; a field in quotation marks may hold separators,
/// line breaks (which become LF) and doubled quotation marks. An empty line is a record with one empty field, so that
/// rows keep the numbers that a spreadsheet shows.
#[derive(Debug)]
pub(super) struct Splitter {
    separator: u8,
    state: State,
    /// The last byte was a CR, so that an LF now belongs to it.
    after_cr: bool,
    record: Record,
    line: u64,
    opened: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a field.
    Start,
    /// In a field without quotation marks, or behind the closing one.
    Bare,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark between quotation marks: the closing one, or the first of two.
    Mark,
}

/// The fields of one record.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// Its fields, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }

    fn end_field(&mut self) {
        self.ends.push(self.text.len());
    }
}

impl Splitter {
    /// Splits at an ASCII separator.
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::Start,
            after_cr: false,
            record: Record::default(),
            line: 1,
            opened: 1,
        }
    }

    /// Takes the next piece of text and hands on each record that ends in it.
    pub(super) fn feed(
        &mut self,
        text: &str,
        each: &mut dyn FnMut(&Record) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if std::mem::take(&mut self.after_cr) && bytes[at] == b'\n' {
                at += 1;
                continue;
            }
            let special = |byte: &u8| match self.state {
                State::Quoted => matches!(byte, b'"' | b'\r' | b'\n'),
                _ => *byte == self.separator || matches!(byte, b'\r' | b'\n' | b'"'),
            };
            let plain = bytes[at..].iter().position(special).unwrap_or(bytes.len() - at);
            if plain > 0 {
                // Special bytes are ASCII, so that the cut never falls into a character.
                self.record.text.push_str(&text[at..at + plain]);
                if self.state != State::Quoted {
                    self.state = State::Bare;
                }
                at += plain;
                self.bounded()?;
                continue;
            }
            self.special(bytes[at], each)?;
            at += 1;
        }
        Ok(())
    }

    fn special(
        &mut self,
        byte: u8,
        each: &mut dyn FnMut(&Record) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let breaks = matches!(byte, b'\r' | b'\n');
        self.after_cr = byte == b'\r';
        self.line += u64::from(breaks);
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::Mark,
            (State::Quoted, _) => self.record.text.push('\n'),
            (State::Mark, b'"') => {
                self.record.text.push('"');
                self.state = State::Quoted;
            }
            (State::Start, b'"') => {
                self.opened = self.line;
                self.state = State::Quoted;
            }
            (_, b'"') => {
                self.record.text.push('"');
                self.state = State::Bare;
            }
            (_, _) => {
                self.record.end_field();
                self.state = State::Start;
                if breaks {
                    each(&self.record)?;
                    self.record.text.clear();
                    self.record.ends.clear();
                }
            }
        }
        Ok(())
    }

    fn bounded(&self) -> Result<(), Trouble> {
        match self.record.text.len() {
            0..=LONGEST => Ok(()),
            _ if self.state == State::Quoted => Err(Trouble::Unclosed { line: self.opened }),
            _ => Err(Trouble::NotTables),
        }
    }

    /// Hands on the last record, if the text does not end with a line break.
    pub(super) fn finish(
        &mut self,
        each: &mut dyn FnMut(&Record) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        if self.state == State::Quoted {
            return Err(Trouble::Unclosed { line: self.opened });
        }
        if self.state != State::Start || !self.record.ends.is_empty() {
            self.record.end_field();
            each(&self.record)?;
        }
        Ok(())
    }
}

/// The separator of a text by its first lines: the one that most of them have equally often.
pub(super) fn separator(text: &str) -> u8 {
    let share = |separator: u8| {
        let mut counts = Vec::new();
        let (mut count, mut quoted) = (0_usize, false);
        for byte in text.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => counts.push(std::mem::take(&mut count)),
                _ if byte == separator && !quoted => count += 1,
                _ => {}
            }
        }
        counts.push(count);
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
    };
    // Of equals the first: prose has commas where tables have tabs.
    let mut best = (b',', share(b','));
    let tabs = share(b'\t');
    if tabs > 0 && tabs >= best.1 {
        best = (b'\t', tabs);
    }
    for other in [b';', b'|'] {
        let lines = share(other);
        if lines > best.1 {
            best = (other, lines);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str, size: usize) -> Result<Vec<Vec<String>>, Trouble> {
        let mut rows = Vec::new();
        let mut each = |record: &Record| {
            rows.push(record.fields().map(str::to_owned).collect());
            Ok(())
        };
        let mut splitter = Splitter::new(b',');
        let mut rest = text;
        while !rest.is_empty() {
            let cut = (size..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            let (piece, behind) = rest.split_at(cut);
            splitter.feed(piece, &mut each)?;
            rest = behind;
        }
        splitter.finish(&mut each)?;
        Ok(rows)
    }

    #[test]
    fn records_end_and_quote_as_spreadsheets_write_them() {
        for (text, rows) in [
            ("", vec![]),
            ("a,b", vec![vec!["a", "b"]]),
            ("a,b\r\n", vec![vec!["a", "b"]]),
            ("a\r\rb\n", vec![vec!["a"], vec![""], vec!["b"]]),
            ("a,\n", vec![vec!["a", ""]]),
            ("\"a\r\nb\",\"say \"\"so\"\"\"\n,", vec![vec!["a\nb", "say \"so\""], vec!["", ""]]),
            ("5\" x,\"6\" y", vec![vec!["5\" x", "6 y"]]),
            ("\"\"\n", vec![vec![""]]),
            ("\"\"", vec![vec![""]]),
        ] {
            for size in [1, 2, 100] {
                assert_eq!(split(text, size).unwrap(), rows, "{text:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told_by_its_line() {
        assert_eq!(split("a\n\"b\nc\nd", 3), Err(Trouble::Unclosed { line: 2 }));
    }

    #[test]
    fn the_separator_is_the_one_that_lines_share() {
        for (text, expected) in [
            ("事業名\n", b','),
            ("a,b\n1,2\n", b','),
            ("a\tb\n1,000\t2,000\n", b'\t'),
            ("表題, 注あり\na;b;c\n1;2;3\n", b';'),
            ("\"a;b;c\",d\n\"e\",f\n", b','),
            ("a|b\nc|d\n", b'|'),
        ] {
            assert_eq!(separator(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_give_the_same(text in "[ab,\"\r\nあ]{0,40}", size in 1_usize..9) {
            prop_assert_eq!(split(&text, size), split(&text, text.len().max(1)));
        }
    }
}
