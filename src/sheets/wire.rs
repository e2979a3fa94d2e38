//! The stream in which a child process tells what it reads: frames of a stated length, each of whole records.
//!
//! Cells go out in the order of the file and as they are, without a table of texts: every cell of the other side owns
//! its text, so that the bytes of a text must be copied there anyhow, and looking each up here costs more than copying
//! them through a pipe. The receiver trusts nothing: it never takes memory by a stated length alone, and what makes no
//! sense ends the reading.

use super::error::Trouble;
use super::sink::{Budget, Found, Sink};
use super::{Address, Area, Mark};
use std::io::{Read, Write};

/// A frame is sent once it has this many bytes.
const FULL: usize = 128 << 10;
/// The most bytes of one text.
const LONGEST_TEXT: usize = 16 << 20;
/// The most bytes of a frame: a full one and one record more.
const LONGEST_FRAME: usize = FULL + LONGEST_TEXT + 64;

/// The kinds of records.
mod tag {
    pub(super) const FILE: u8 = 1;
    pub(super) const MEMBER: u8 = 2;
    pub(super) const SHEET: u8 = 3;
    pub(super) const HIDDEN_SHEET: u8 = 4;
    pub(super) const MERGE: u8 = 5;
    pub(super) const TROUBLE: u8 = 6;
    pub(super) const PROGRESS: u8 = 7;
    pub(super) const END: u8 = 8;
    pub(super) const FAILED: u8 = 9;
    pub(super) const HIDDEN_ROWS: u8 = 10;
    pub(super) const HIDDEN_COLUMNS: u8 = 11;
    pub(super) const UNCALCULATED: u8 = 12;
    pub(super) const TEXT: u8 = 16;
    pub(super) const NUMBER: u8 = 17;
    pub(super) const FALSE: u8 = 18;
    pub(super) const TRUE: u8 = 19;
    pub(super) const DATE: u8 = 20;
    pub(super) const ERROR: u8 = 21;
}

/// Writes what a reader finds as a stream.
pub(super) struct Encoder<W> {
    out: W,
    frame: Vec<u8>,
    budget: Budget,
    /// The progress that was sent last.
    fraction: f32,
}

/// Bytes before a frame that state its length.
const LENGTH: usize = 4;

impl<W: Write> Encoder<W> {
    pub(super) fn new(out: W, budget: Budget) -> Self {
        let mut frame = Vec::with_capacity(FULL + 4096);
        frame.extend([0; LENGTH]);
        Self { out, frame, budget, fraction: 0.0 }
    }

    /// Writes how the reading ended, and the rest of the stream.
    pub(super) fn finish(mut self, outcome: &Result<(), Trouble>) -> Result<(), Trouble> {
        match outcome {
            Ok(()) => self.frame.push(tag::END),
            Err(trouble) => self.told(tag::FAILED, trouble)?,
        }
        self.send()
    }

    fn number(&mut self, mut number: u32) {
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            self.frame.push(if number == 0 { low } else { low | 0x80 });
            if number == 0 {
                return;
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Trouble> {
        let length = u32::try_from(text.len()).ok().filter(|_| text.len() <= LONGEST_TEXT);
        self.number(length.ok_or(Trouble::damaged())?);
        self.frame.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn address(&mut self, at: Address) {
        self.number(at.row);
        self.number(at.column);
    }

    fn told(&mut self, tag: u8, trouble: &Trouble) -> Result<(), Trouble> {
        let text = serde_json::to_string(trouble).map_err(|_| Trouble::damaged())?;
        self.frame.push(tag);
        self.text(&text)
    }

    fn record_ends(&mut self) -> Result<(), Trouble> {
        if self.frame.len() < FULL { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> Result<(), Trouble> {
        let length = u32::try_from(self.frame.len() - LENGTH).map_err(|_| Trouble::damaged())?;
        self.frame[..LENGTH].copy_from_slice(&length.to_le_bytes());
        let sent = self.out.write_all(&self.frame).and_then(|()| self.out.flush());
        self.frame.truncate(LENGTH);
        // Nobody listens any more, so that nobody needs the rest.
        sent.map_err(|_| Trouble::Cancelled)
    }
}

impl<W: Write> Sink for Encoder<W> {
    fn book(&mut self, member: Option<&str>) -> Result<(), Trouble> {
        match member {
            None => self.frame.push(tag::FILE),
            Some(member) => {
                self.frame.push(tag::MEMBER);
                self.text(member)?;
            }
        }
        self.budget.named(member.unwrap_or_default())?;
        self.record_ends()
    }

    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), Trouble> {
        self.budget.named(name)?;
        self.frame.push(if hidden { tag::HIDDEN_SHEET } else { tag::SHEET });
        self.text(name)?;
        self.record_ends()
    }

    fn cell(&mut self, at: Address, found: Found<'_>) -> Result<(), Trouble> {
        self.budget.cell(&found)?;
        let (tag, text) = match found {
            Found::Text(text) => (tag::TEXT, Some(text)),
            Found::Date(text) => (tag::DATE, Some(text)),
            Found::Error(text) => (tag::ERROR, Some(text)),
            Found::Number(_) => (tag::NUMBER, None),
            Found::Bool(truth) => (if truth { tag::TRUE } else { tag::FALSE }, None),
        };
        self.frame.push(tag);
        self.address(at);
        if let Some(text) = text {
            self.text(text)?;
        } else if let Found::Number(number) = found {
            self.frame.extend_from_slice(&number.to_le_bytes());
        }
        self.record_ends()
    }

    fn merge(&mut self, area: Area) -> Result<(), Trouble> {
        self.budget.merge()?;
        self.frame.push(tag::MERGE);
        self.address(area.first);
        self.address(area.last);
        self.record_ends()
    }

    fn mark(&mut self, mark: Mark, area: Area) -> Result<(), Trouble> {
        self.budget.merge()?;
        self.frame.push(match mark {
            Mark::HiddenRows => tag::HIDDEN_ROWS,
            Mark::HiddenColumns => tag::HIDDEN_COLUMNS,
            Mark::Uncalculated => tag::UNCALCULATED,
        });
        self.address(area.first);
        self.address(area.last);
        self.record_ends()
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), Trouble> {
        self.told(tag::TROUBLE, &trouble)?;
        self.record_ends()
    }

    fn progress(&mut self, fraction: f32) -> Result<(), Trouble> {
        if fraction - self.fraction < 0.01 {
            return Ok(());
        }
        self.fraction = fraction;
        self.frame.push(tag::PROGRESS);
        self.frame.extend_from_slice(&fraction.to_le_bytes());
        self.send()
    }
}

/// The next frame of a stream; none at its end, or where it breaks off or makes no sense.
pub(super) fn frame(stream: &mut dyn Read) -> Option<Vec<u8>> {
    let mut length = [0; LENGTH];
    stream.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if usize::try_from(length).ok()? > LONGEST_FRAME {
        return None;
    }
    let mut frame = Vec::new();
    stream.take(length.into()).read_to_end(&mut frame).ok()?;
    (frame.len() == usize::try_from(length).ok()?).then_some(frame)
}

/// Hands the records of a frame on. Whether the stream ends with it.
///
/// A frame that makes no sense is [`Trouble::BrokeOff`].
pub(super) fn decode(frame: &[u8], sink: &mut impl Sink) -> Result<bool, Trouble> {
    let mut rest = Rest(frame);
    while let Some(tag) = rest.byte() {
        match tag {
            tag::FILE => sink.book(None)?,
            tag::MEMBER => sink.book(Some(rest.text()?))?,
            tag::SHEET | tag::HIDDEN_SHEET => sink.sheet(rest.text()?, tag == tag::HIDDEN_SHEET)?,
            tag::MERGE => sink.merge(rest.area()?)?,
            tag::HIDDEN_ROWS => sink.mark(Mark::HiddenRows, rest.area()?)?,
            tag::HIDDEN_COLUMNS => sink.mark(Mark::HiddenColumns, rest.area()?)?,
            tag::UNCALCULATED => sink.mark(Mark::Uncalculated, rest.area()?)?,
            tag::TROUBLE => sink.trouble(rest.trouble()?)?,
            tag::PROGRESS => {
                let fraction = f32::from_le_bytes(rest.array()?);
                sink.progress(if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) })?;
            }
            tag::END => return Ok(true),
            tag::FAILED => return Err(rest.trouble()?),
            tag::TEXT => sink.cell(rest.address()?, Found::Text(rest.text()?))?,
            tag::NUMBER => sink.cell(rest.address()?, Found::Number(f64::from_le_bytes(rest.array()?)))?,
            tag::FALSE | tag::TRUE => sink.cell(rest.address()?, Found::Bool(tag == tag::TRUE))?,
            tag::DATE => sink.cell(rest.address()?, Found::Date(rest.text()?))?,
            tag::ERROR => sink.cell(rest.address()?, Found::Error(rest.text()?))?,
            _ => return Err(Trouble::BrokeOff),
        }
    }
    Ok(false)
}

/// What of a frame is not decoded yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Trouble> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Trouble::BrokeOff)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Trouble> {
        self.take(N)?.try_into().map_err(|_| Trouble::BrokeOff)
    }

    fn number(&mut self) -> Result<u32, Trouble> {
        let mut number = 0_u32;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte().ok_or(Trouble::BrokeOff)?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Trouble::BrokeOff)
    }

    fn text(&mut self) -> Result<&'a str, Trouble> {
        let length = usize::try_from(self.number()?).map_err(|_| Trouble::BrokeOff)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Trouble::BrokeOff)
    }

    /// An address that can be counted from one, and a range of which can be measured.
    fn address(&mut self) -> Result<Address, Trouble> {
        let (row, column) = (self.number()?, self.number()?);
        if row.max(column) > u32::MAX >> 1 {
            return Err(Trouble::BrokeOff);
        }
        Ok(Address::new(row, column))
    }

    fn area(&mut self) -> Result<Area, Trouble> {
        Ok(Area::new(self.address()?, self.address()?))
    }

    fn trouble(&mut self) -> Result<Trouble, Trouble> {
        serde_json::from_str(self.text()?).map_err(|_| Trouble::BrokeOff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::sink::{Books, Builder};
    use crate::tasks::progress::Unwatched;
    use proptest::prelude::*;
    use std::io;

    fn decoded(stream: &[u8], memory: u64) -> Result<Books, Trouble> {
        let mut builder = Builder::new("f", Budget::new(memory), (None, 0), &Unwatched);
        let mut stream = io::Cursor::new(stream);
        while let Some(frame) = frame(&mut stream) {
            if decode(&frame, &mut builder)? {
                return Ok(builder.finish());
            }
        }
        Err(Trouble::BrokeOff)
    }

    fn encoded(fill: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), Trouble>) -> Vec<u8> {
        let mut stream = Vec::new();
        let mut encoder = Encoder::new(&mut stream, Budget::new(1 << 30));
        let outcome = fill(&mut encoder);
        encoder.finish(&outcome).unwrap();
        stream
    }

    fn sample() -> Vec<u8> {
        encoded(|sink| {
            sink.book(None)?;
            sink.sheet("一", false)?;
            for row in 0..20_000 {
                sink.cell(Address::new(row, 0), Found::Text("課題"))?;
                sink.cell(Address::new(row, 300), Found::Number(f64::from(row) / 3.0))?;
            }
            sink.merge(Area::new(Address::new(0, 0), Address::new(1_048_575, 2)))?;
            sink.mark(Mark::HiddenRows, Area::new(Address::new(3, 0), Address::new(4, 0)))?;
            sink.mark(Mark::HiddenColumns, Area::new(Address::new(0, 300), Address::new(0, 300)))?;
            sink.mark(Mark::Uncalculated, Area::new(Address::new(9, 0), Address::new(9, 0)))?;
            sink.book(Some("b.csv"))?;
            sink.sheet("", true)?;
            sink.cell(Address::new(0, 0), Found::Bool(true))?;
            sink.cell(Address::new(0, 1), Found::Date("2022-03-31"))?;
            sink.cell(Address::new(0, 2), Found::Error("#N/A"))?;
            sink.book(Some("c.csv"))?;
            sink.sheet("", false)?;
            sink.trouble(Trouble::Garbled { line: 3 })
        })
    }

    #[test]
    fn a_stream_gives_what_was_written() {
        let books = decoded(&sample(), 1 << 30).unwrap();
        assert_eq!(books.len(), 3);
        let first = &books[0].1.as_ref().unwrap().sheets[0];
        assert_eq!((first.name.as_str(), first.hidden, first.cells().len()), ("一", false, 39_999));
        assert_eq!(first.hidden_parts(), ["4:5", "KO"]);
        assert_eq!(
            first.marked(Mark::Uncalculated).map(|area| area.to_string()).collect::<Vec<_>>(),
            ["A10"]
        );
        assert_eq!(first.text(Address::new(3, 300)), "1");
        assert_eq!(first.merges()[0].to_string(), "A1:C1048576");
        let second = books[1].1.as_ref().unwrap();
        assert_eq!((second.file.as_str(), second.sheets[0].hidden), ("f/b.csv", true));
        assert_eq!(second.sheets[0].row(0).len(), 3);
        assert_eq!(books[2], (Some("c.csv".to_owned()), Err(Trouble::Garbled { line: 3 })));
    }

    #[test]
    fn a_stream_that_breaks_off_or_tells_of_trouble_is_no_book() {
        let whole = sample();
        for length in [0, 3, 4, 5, 1000, whole.len() - 1] {
            assert_eq!(decoded(&whole[..length], 1 << 30), Err(Trouble::BrokeOff), "{length} bytes");
        }
        let failed = encoded(|sink| sink.book(None).and(Err(Trouble::Password)));
        assert_eq!(decoded(&failed, 1 << 30), Err(Trouble::Password));
    }

    #[test]
    fn neither_side_keeps_more_than_is_allowed() {
        assert_eq!(decoded(&sample(), 1 << 20), Err(Trouble::TooLarge { mebibytes: 1 }));
        let mut encoder = Encoder::new(io::sink(), Budget::new(1 << 20));
        let mut rows = 0..u32::MAX;
        let full = rows.find_map(|row| encoder.cell(Address::new(row, 0), Found::Number(0.0)).err());
        assert_eq!(full, Some(Trouble::TooLarge { mebibytes: 1 }));
        assert!(rows.start < 1 << 20);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_books_or_trouble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = decoded(&bytes, 1 << 20);
            let mut builder_frame = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
            builder_frame.extend(&bytes);
            let _ = decoded(&builder_frame, 1 << 20);
        }

        #[test]
        fn a_stream_with_one_wrong_byte_ends_in_books_or_trouble(at in 0_usize..2000, byte in any::<u8>()) {
            let mut stream = sample();
            stream[at] = byte;
            let _ = decoded(&stream, 1 << 24);
        }
    }
}
