//! What a file is, by its content: a workbook, an archive of such files, or a text.

use super::error::Trouble;
use super::reader::{Keep, Limits};
use super::sink::Sink;
use super::{text, workbook};
use encoding_rs::SHIFT_JIS;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most members of an archive.
const MEMBERS: usize = 10_000;

/// The most characters of a member's name that are shown.
const LONGEST_NAME: usize = 200;

/// How a file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip: most workbooks, and archives.
    Zip,
    /// The container of old workbooks and of encrypted ones.
    Container,
    /// Anything else: a text, if it can be read at all.
    Text,
}

impl Kind {
    /// Bytes that tell.
    pub(super) const LENGTH: u64 = 8;

    pub(super) fn of(beginning: &[u8]) -> Self {
        if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if beginning.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            Self::Container
        } else {
            Self::Text
        }
    }
}

/// Bytes that can be read here and there, and twice at a time.
pub(super) trait Source: Read + Seek + Send + Sized {
    /// The same bytes from their beginning, to be read independently.
    fn again(&self) -> io::Result<Self>;
}

impl Source for Cursor<&[u8]> {
    fn again(&self) -> io::Result<Self> {
        Ok(Cursor::new(*self.get_ref()))
    }
}

/// A file on the disk, opened for reading only.
pub(super) struct OnDisk<'a> {
    path: &'a Path,
    file: BufReader<File>,
}

impl<'a> OnDisk<'a> {
    /// Opens a file, and says how many bytes it has.
    pub(super) fn open(path: &'a Path) -> Result<(Self, u64), Trouble> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            return Err(Trouble::Folder);
        }
        // Opening a pipe waits for someone to write into it.
        if !metadata.is_file() {
            return Err(Trouble::NotTables);
        }
        Ok((Self { path, file: BufReader::new(File::open(path)?) }, metadata.len()))
    }
}

impl Read for OnDisk<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl Seek for OnDisk<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Source for OnDisk<'_> {
    fn again(&self) -> io::Result<Self> {
        Ok(Self { path: self.path, file: BufReader::new(File::open(self.path)?) })
    }
}

/// What is asked of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    /// Rows of a text that are kept; all without it.
    pub(super) keep: Option<&'a Keep>,
    /// Memory that may be used. Bytes.
    memory: u64,
}

impl<'a> Request<'a> {
    pub(super) fn new(keep: Option<&'a Keep>, limits: Limits) -> Self {
        Self { keep, memory: limits.memory }
    }

    /// Bytes that an archive may unpack to. What is unpacked passes by, so that it may be more than the memory.
    fn unpacked(&self) -> u64 {
        self.memory.saturating_mul(4)
    }
}

/// Which part of a file's bytes a text is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    /// Bytes before it.
    before: u64,
    /// All bytes of the file.
    whole: u64,
}

impl Share {
    /// How much of the file is read (0 to 1) once so many bytes of the text are.
    pub(super) fn fraction(self, read: u64) -> f32 {
        // Precise to a thousandth, which is more than a bar shows.
        let thousandths = self.before.saturating_add(read).saturating_mul(1000).checked_div(self.whole);
        f32::from(thousandths.and_then(|it| u16::try_from(it).ok()).unwrap_or(1000).min(1000)) / 1000.0
    }
}

/// What kind of file it is. Reading then begins at its beginning again.
pub(super) fn kind(source: &mut impl Source) -> io::Result<Kind> {
    let mut beginning = Vec::new();
    source.by_ref().take(Kind::LENGTH).read_to_end(&mut beginning)?;
    source.rewind()?;
    Ok(Kind::of(&beginning))
}

/// Reads a file of `size` bytes, whatever it is.
pub(super) fn read(
    mut source: impl Source,
    size: u64,
    request: Request<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Trouble> {
    match kind(&mut source)? {
        Kind::Text => {
            sink.book(None)?;
            text::read(&mut source, Share { before: 0, whole: size }, request.keep, sink)
        }
        Kind::Container => {
            sink.book(None)?;
            workbook::xls(source, sink)
        }
        Kind::Zip => zip(source, request, sink),
    }
}

/// What a zip holds.
enum Packed {
    Xlsx,
    Xlsb,
    Ods,
    /// A document that is no workbook.
    Other,
    /// Files of their own.
    Files,
}

fn zip(source: impl Source, request: Request<'_>, sink: &mut dyn Sink) -> Result<(), Trouble> {
    let (archive, packed) = opened(source, request)?;
    if matches!(packed, Packed::Files) {
        return members(archive, request, sink);
    }
    sink.book(None)?;
    workbook(archive.into_inner(), &packed, sink)
}

/// Opens a zip, unless it states that it unpacks to too much.
fn opened<S: Source>(source: S, request: Request<'_>) -> Result<(ZipArchive<S>, Packed), Trouble> {
    let mut archive = ZipArchive::new(source).map_err(|error| of_zip(&error))?;
    if archive.len() > MEMBERS || sizes(&mut archive).iter().sum::<u128>() > request.unpacked().into() {
        return Err(Trouble::Unfolds);
    }
    let packed = packed(&archive);
    Ok((archive, packed))
}

/// The bytes that each member says it unpacks to.
fn sizes(archive: &mut ZipArchive<impl Source>) -> Vec<u128> {
    (0..archive.len()).map(|index| archive.by_index_raw(index).map_or(0, |it| it.size().into())).collect()
}

fn workbook(source: impl Source, packed: &Packed, sink: &mut dyn Sink) -> Result<(), Trouble> {
    match packed {
        Packed::Xlsx => workbook::xlsx(source, sink),
        Packed::Xlsb => workbook::xlsb(source, sink),
        Packed::Ods => workbook::ods(source, sink),
        Packed::Other | Packed::Files => Err(Trouble::NotTables),
    }
}

fn of_zip(error: &ZipError) -> Trouble {
    tracing::debug!("{error}");
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Trouble::Password
        }
        _ => Trouble::damaged(),
    }
}

fn packed(archive: &ZipArchive<impl Source>) -> Packed {
    // Some programs write the separators of Windows.
    let names: Vec<String> = (archive.file_names_raw())
        .map(|name| String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase())
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let has_end = |end: &str| names.iter().any(|name| name.ends_with(end));
    if has("[content_types].xml") {
        return if has_end("workbook.bin") {
            Packed::Xlsb
        } else if has("word/document.xml") || has("ppt/presentation.xml") {
            Packed::Other
        } else {
            Packed::Xlsx
        };
    }
    if has("mimetype") && has("content.xml") {
        return Packed::Ods;
    }
    // Apple's Numbers.
    if has("index/document.iwa") || has("index.zip") { Packed::Other } else { Packed::Files }
}

/// Reads each member of an archive. Trouble with one is told of it, and the others are read all the same.
fn members(
    mut archive: ZipArchive<impl Source>,
    request: Request<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Trouble> {
    let names: Vec<String> = archive.file_names_raw().map(member_name).collect();
    let whole = u64::try_from(sizes(&mut archive).iter().sum::<u128>()).unwrap_or(u64::MAX);
    let mut left = request.unpacked();
    for (index, name) in names.iter().enumerate() {
        if name.ends_with('/') || is_litter(name) {
            continue;
        }
        sink.book(Some(name))?;
        let outcome = match archive.by_index(index) {
            Ok(member) => {
                let share = Share { before: request.unpacked() - left, whole };
                let mut bounded = Bounded { input: member, left: &mut left };
                read_member(name, &mut bounded, share, request, sink)
            }
            Err(error) => Err(of_zip(&error)),
        };
        if left == 0 {
            return Err(Trouble::Unfolds);
        }
        match outcome {
            Ok(()) => {}
            Err(trouble) if trouble.ends_all() => return Err(trouble),
            Err(trouble) => sink.trouble(trouble)?,
        }
    }
    Ok(())
}

fn read_member(
    name: &str,
    input: &mut dyn Read,
    share: Share,
    request: Request<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Trouble> {
    let lower = name.to_ascii_lowercase();
    if [".json", ".ron", ".zip"].iter().any(|extension| lower.ends_with(extension)) {
        return Err(Trouble::Packed);
    }
    let mut beginning = Vec::new();
    (&mut *input).take(Kind::LENGTH).read_to_end(&mut beginning)?;
    let kind = Kind::of(&beginning);
    let mut whole = Cursor::new(beginning).chain(input);
    if kind == Kind::Text {
        return text::read(&mut whole, share, request.keep, sink);
    }
    // Workbooks are read here and there, so that they must be unpacked first.
    let mut bytes = Vec::new();
    let length = whole.take(request.memory).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length == request.memory) {
        return Err(Trouble::Unfolds);
    }
    if kind == Kind::Container {
        return workbook::xls(Cursor::new(bytes.as_slice()), sink);
    }
    let (inner, packed) = opened(Cursor::new(bytes.as_slice()), request)?;
    match packed {
        Packed::Files => Err(Trouble::Packed),
        packed => workbook(inner.into_inner(), &packed, sink),
    }
}

/// Reads no more than is left of what may be unpacked, and says that nothing is left by leaving nothing.
struct Bounded<'a, R> {
    input: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        *self.left = self.left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        if *self.left == 0 {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        Ok(read)
    }
}

/// The name of a member. Archives from Windows in Japan have it in `Shift_JIS`.
fn member_name(raw: &[u8]) -> String {
    let name = std::str::from_utf8(raw)
        .map_or_else(|_| SHIFT_JIS.decode_without_bom_handling(raw).0.into_owned(), str::to_owned);
    name.replace('\\', "/").chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// What systems leave in archives beside the user's files.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&file)
        || file.starts_with("~$")
}
