//! Typesets a report to PDF with Typst, in-process and closed off from the machine.
//!
//! A [`Template`] is a set of Typst sources; the report's content reaches it only as the file `data.json`. The world
//! the sources live in has two fonts, no packages, no file system and no clock, so equal input gives equal bytes,
//! and a dossier's text can never be run as markup: it is data that the template sets as strings.

use std::collections::{BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts;

/// The name under which a template finds the report's content.
const DATA_FILE: &str = "data.json";
/// The source a template starts from.
const MAIN_FILE: &str = "main.typ";

/// The Typst sources that give a report its structure and look.
#[derive(Debug, Clone)]
pub struct Template {
    sources: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
}

impl Template {
    /// The template that comes with the program: a METI technology evaluation report (技術評価報告書).
    pub fn bundled() -> Self {
        Self::new([
            ("main.typ", include_str!("../../assets/report/main.typ")),
            ("style.typ", include_str!("../../assets/report/style.typ")),
            ("overview.typ", include_str!("../../assets/report/overview.typ")),
            ("material.typ", include_str!("../../assets/report/material.typ")),
            ("funding.typ", include_str!("../../assets/report/funding.typ")),
            ("indicators.typ", include_str!("../../assets/report/indicators.typ")),
            ("evaluation.typ", include_str!("../../assets/report/evaluation.typ")),
            ("checks.typ", include_str!("../../assets/report/checks.typ")),
            ("annex.typ", include_str!("../../assets/report/annex.typ")),
            ("section.typ", include_str!("../../assets/report/section.typ")),
        ])
    }

    /// The material for a meeting: pages to be projected.
    pub fn slides() -> Self {
        Self::new([
            ("main.typ", include_str!("../../assets/report/slides.typ")),
            ("style.typ", include_str!("../../assets/report/style.typ")),
        ])
    }

    /// A template of the given sources, each a file name and its text. One of them is `main.typ`.
    pub fn new<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let sources = sources.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        Self { sources, files: Vec::new() }
    }

    /// The same template with further files that it may set, such as images, each a file name and its bytes.
    pub fn holding(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { files: files.into_iter().collect(), ..self }
    }
}

/// What to write into the PDF's own description of itself.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// What identifies the document over all its versions; only its hash is written.
    pub identifier: String,
    /// Whether the file is to be fit for archives (PDF/A-2a) as well; it then needs a date.
    pub archival: bool,
}

/// A typeset report.
#[derive(Debug, Clone)]
pub struct Typeset {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// The number of pages.
    pub pages: usize,
    /// Whether the file conforms to PDF/UA-1, and to PDF/A-2a where that was asked for; otherwise it is a plain tagged
    /// PDF, and this says why.
    pub accessible: Result<(), String>,
    /// Characters of the data that neither font has; they print as empty boxes.
    pub missing: BTreeSet<char>,
    /// What the typesetter remarked on without stopping, each as a sentence.
    pub warnings: Vec<String>,
}

/// The template or its data could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", position(.file.as_deref(), *.line))]
pub struct TypesetError {
    /// The template file in which it happened, when known.
    pub file: Option<String>,
    /// The line in that file, counted from 1, when known.
    pub line: Option<usize>,
    /// What Typst says about it, hints included.
    pub message: String,
}

fn position(file: Option<&str>, line: Option<usize>) -> String {
    match (file, line) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) => format!("{file}: "),
        _ => String::new(),
    }
}

/// Typesets `data` (JSON text) with `template`.
///
/// # Errors
/// When the template has a mistake, names a file that is not part of it, or does not fit the data.
pub fn typeset(template: &Template, data: String, metadata: &Metadata) -> Result<Typeset, TypesetError> {
    let world = Desk::new(template, data)?;
    let _run = Run::begin();
    on_a_deep_stack(|| set(&world, metadata))
}

/// Lays `data` out with `template`, to be looked at page by page.
///
/// # Errors
/// As [`typeset`].
pub fn lay_out(template: &Template, data: String) -> Result<Laid, TypesetError> {
    let world = Desk::new(template, data)?;
    let _run = Run::begin();
    on_a_deep_stack(|| {
        let compiled = typst::compile::<PagedDocument>(&world);
        compiled.output.map(Laid).map_err(|errors| first(&world, &errors))
    })
}

/// Runs of the compiler that are under way. Its memory of what it has laid out is one for the whole program: it would
/// grow with every export of a long session, and is emptied when the last run of several ends. Nobody waits for that: of
/// a large report it takes more than a second.
static RUNS: Mutex<usize> = Mutex::new(0);

struct Run;

impl Run {
    fn begin() -> Self {
        *RUNS.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
        *runs -= 1;
        if *runs == 0 {
            // A machine that has no thread left keeps it until the next run ends.
            let _ = std::thread::Builder::new().spawn(|| typst::comemo::evict(0));
        }
    }
}

/// Pages that are laid out.
pub struct Laid(PagedDocument);

impl std::fmt::Debug for Laid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Laid").field("pages", &self.len()).finish()
    }
}

impl Laid {
    /// The number of pages.
    pub fn len(&self) -> usize {
        self.0.pages().len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.0.pages().is_empty()
    }

    /// Width and height of a page in points; none beyond the last.
    pub fn size(&self, page: usize) -> Option<[f32; 2]> {
        let size = self.0.pages().get(page)?.frame.size();
        #[expect(clippy::cast_possible_truncation, reason = "a page is a few hundred points wide")]
        Some([size.x.to_pt() as f32, size.y.to_pt() as f32])
    }

    /// A page as SVG; none beyond the last.
    pub fn svg(&self, page: usize) -> Option<String> {
        self.0.pages().get(page).map(|page| typst_svg::svg(page, &typst_svg::SvgOptions::default()))
    }
}

/// Runs `work` on a thread of its own: layout recurses deeper than some platforms' main threads allow, and a defect in
/// the typesetter must cost the report, not the program.
fn on_a_deep_stack<T: Send>(
    work: impl FnOnce() -> Result<T, TypesetError> + Send,
) -> Result<T, TypesetError> {
    let broken = |what: String| TypesetError { file: None, line: None, message: what };
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("hyoka-typeset".to_owned())
            .stack_size(32 * 1024 * 1024)
            .spawn_scoped(scope, work)
            .map_err(|error| broken(format!("no thread to typeset on: {error}")))?
            .join()
            .unwrap_or_else(|_| Err(broken("the typesetter broke down".to_owned())))
    })
}

fn set(world: &Desk, metadata: &Metadata) -> Result<Typeset, TypesetError> {
    let compiled = typst::compile::<PagedDocument>(world);
    let document = compiled.output.map_err(|errors| first(world, &errors))?;
    let warnings = compiled.warnings.iter().map(|warning| describe(world, warning).to_string()).collect();
    let mut options = PdfOptions {
        ident: if metadata.identifier.is_empty() {
            Smart::Auto
        } else {
            Smart::Custom(metadata.identifier.clone())
        },
        creator: Smart::Custom(Some(format!("Hyoka {}", env!("CARGO_PKG_VERSION")))),
        ..PdfOptions::default()
    };
    let wanted: &[_] =
        if metadata.archival { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[PdfStandard::Ua_1] };
    if let Ok(standards) = PdfStandards::new(wanted) {
        options.standards = standards;
    }
    // PDF/UA forbids, among other things, a character that no font has. Such a text must still print.
    let (pdf, accessible) = match typst_pdf::pdf(&document, &options) {
        Ok(pdf) => (pdf, Ok(())),
        Err(reasons) => {
            options.standards = PdfStandards::default();
            let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| first(world, &errors))?;
            (pdf, Err(first(world, &reasons).message))
        }
    };
    Ok(Typeset { pdf, pages: document.pages().len(), accessible, missing: missing(&world.data.1), warnings })
}

fn first(world: &Desk, errors: &[SourceDiagnostic]) -> TypesetError {
    errors.first().map_or_else(
        || TypesetError {
            file: None,
            line: None,
            message: "the typesetter stopped without a reason".to_owned(),
        },
        |error| describe(world, error),
    )
}

fn describe(world: &Desk, diagnostic: &SourceDiagnostic) -> TypesetError {
    let id = diagnostic.span.id();
    let line = id.and_then(|id| {
        let start = world.range(diagnostic.span)?.start;
        world.source(id).ok()?.lines().byte_to_line(start).map(|line| line + 1)
    });
    let mut message = diagnostic.message.to_string();
    for hint in &diagnostic.hints {
        message.push_str("; ");
        message.push_str(&hint.v);
    }
    TypesetError { file: id.map(|id| id.vpath().get_without_slash().to_owned()), line, message }
}

/// The characters of a text that no font has a glyph for.
fn missing(text: &[u8]) -> BTreeSet<char> {
    let covered = |c: char| SHARED.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    // Invisible characters need no glyph: joiners, variation selectors, spaces of no width.
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}');
    let mut characters: BTreeSet<char> = String::from_utf8_lossy(text).chars().filter(|c| *c > ' ').collect();
    characters.retain(|c| !covered(*c) && !invisible(*c) && !c.is_whitespace());
    characters
}

/// What every run shares: the language's own library and the parsed fonts.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// The family of the faces in which charts are set: the same faces, with each character by itself.
pub const CHART_FAMILY: &str = "Noto Sans JP of charts";

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let faces = [fonts::SANS_REGULAR, fonts::SANS_BOLD];
    let mut book = FontBook::new();
    let mut fonts = Vec::new();
    for font in faces.into_iter().filter_map(|face| Font::new(Bytes::new(face), 0)) {
        book.push(font.info().clone());
        fonts.push(font);
    }
    let bare = |face| Font::new(Bytes::new(fonts::without_shaping(face)), 0);
    for font in faces.into_iter().filter_map(bare) {
        book.push(FontInfo { family: CHART_FAMILY.to_owned(), ..font.info().clone() });
        fonts.push(font);
    }
    Shared { library: LazyHash::new(Library::default()), book: LazyHash::new(book), fonts }
});

/// The closed world in which one report is set.
struct Desk {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    data: (FileId, Bytes),
}

impl Desk {
    fn new(template: &Template, data: String) -> Result<Self, TypesetError> {
        let sources = template
            .sources
            .iter()
            .map(|(name, text)| file_id(name).map(|id| (id, Source::new(id, text.clone()))))
            .collect::<Result<_, _>>()?;
        let files = template
            .files
            .iter()
            .map(|(name, bytes)| file_id(name).map(|id| (id, Bytes::new(bytes.clone()))))
            .collect::<Result<_, _>>()?;
        let data = (file_id(DATA_FILE)?, Bytes::from_string(data));
        Ok(Self { main: file_id(MAIN_FILE)?, sources, files, data })
    }
}

fn file_id(name: &str) -> Result<FileId, TypesetError> {
    match VirtualPath::new(name) {
        Ok(path) => Ok(RootedPath::new(VirtualRoot::Project, path).intern()),
        Err(_) => Err(TypesetError {
            file: Some(name.to_owned()),
            line: None,
            message: "not a file name a template may use".to_owned(),
        }),
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        let source = |id| self.sources.get(id).map(|source| Bytes::from_string(source.text().to_owned()));
        self.files.get(&id).cloned().or_else(|| source(&id)).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // A report that knew the day would differ from one export to the next.
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
