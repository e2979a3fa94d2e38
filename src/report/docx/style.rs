//! The styles of the Word file: what a paragraph is, and how that looks.
//!
//! Word knows its own styles by their English names and shows them in its own language (heading 1 as 見出し 1), so
//! those are used where there is one; the others have Japanese names. Sizes follow the typeset report.

use super::xml::{El, el, val};
use crate::report::outline::Look;

/// The typeface: every Japanese Windows and every Word for macOS has it; elsewhere another Japanese sans serif steps in.
const FACE: &str = "游ゴシック";

const INK: &str = "1F2328";
const QUIET: &str = "5B6470";
pub(super) const RULE: &str = "9AA3AD";
const HAIRLINE: &str = "CDD3D9";
const ACCENT: &str = "1F4E79";
pub(super) const SOFT: &str = "E6EEF6";
/// The ground of sums.
pub(super) const PAPER: &str = "F7F6F2";

/// The width of the text, in twentieths of a point: A4 less 24 mm on either side.
pub(super) const TEXT_WIDTH: i32 = 9184;
/// The deepest level of a heading.
pub(super) const DEEPEST: usize = 9;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Running text, indented by one character.
    Body,
    /// An item of a list.
    Bullet,
    /// A further paragraph of an item.
    BulletMore,
    /// A heading too small for the contents.
    Label,
    /// An agreed text, in its box.
    Boxed,
    /// Above a table or a figure.
    Caption,
    /// A picture.
    Figure,
    /// Below a table or a figure.
    Note,
    /// What stands where nothing does.
    Nothing,
    /// A cell of text.
    Cell,
    /// A cell of figures.
    CellNumber,
    /// A short cell.
    CellCentre,
    /// The head of a column or a row.
    CellHead,
    /// A cell of whole sentences.
    CellProse,
    /// An item of a list in a cell.
    CellBullet,
    /// The first line of the title page.
    Title,
    /// The others.
    Subtitle,
    /// The title page's date.
    CoverDate,
    /// Who issues the report.
    CoverIssuer,
    /// A line of the contents.
    Contents(usize),
    /// A heading.
    Heading(usize),
    /// A heading that the contents do not list.
    Unlisted(usize),
    /// The running head.
    Header,
    /// The foot of a page.
    Footer,
    /// Ends a section of pages of another shape.
    Break,
}

impl Style {
    /// The id by which a paragraph names it.
    pub(super) fn id(self) -> String {
        match self {
            Self::Body => "BodyText",
            Self::Bullet => "ListBullet",
            Self::BulletMore => "ListContinue",
            Self::Label => "Label",
            Self::Boxed => "Boxed",
            Self::Caption => "Caption",
            Self::Figure => "Figure",
            Self::Note => "Note",
            Self::Nothing => "Nothing",
            Self::Cell => "Cell",
            Self::CellNumber => "CellNumber",
            Self::CellCentre => "CellCentre",
            Self::CellHead => "CellHead",
            Self::CellProse => "CellProse",
            Self::CellBullet => "CellBullet",
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::CoverDate => "Date",
            Self::CoverIssuer => "Issuer",
            Self::Contents(level) => return format!("TOC{level}"),
            Self::Heading(level) => return format!("Heading{level}"),
            Self::Unlisted(level) => return format!("Unlisted{level}"),
            Self::Header => "Header",
            Self::Footer => "Footer",
            Self::Break => "PageShape",
        }
        .to_owned()
    }
}

/// The id of the tables' style.
pub(super) const TABLE: &str = "ReportTable";
/// The id of the style of what stands beside, such as a note under a figure.
pub(super) const ASIDE: &str = "Aside";
/// The id of the style of what stands out.
pub(super) const STRONG: &str = "Strong";
/// The list of bullets in running text, and in cells.
pub(super) const LISTS: [i32; 2] = [1, 2];

/// A paragraph style in the making.
struct Sketch {
    id: String,
    name: String,
    based_on: String,
    next: Option<&'static str>,
    /// Whether it is offered to who edits the report.
    offered: bool,
    paragraph: El,
    run: El,
}

impl Sketch {
    fn new(style: Style, name: impl Into<String>) -> Self {
        Self {
            id: style.id(),
            name: name.into(),
            based_on: "Normal".to_owned(),
            next: None,
            offered: true,
            paragraph: el("w:pPr"),
            run: el("w:rPr"),
        }
    }

    /// A style of cells.
    fn cell(style: Style, name: &str) -> Self {
        let sketch = Self::new(style, name);
        if style == Style::Cell { sketch } else { sketch.based_on(Style::Cell.id()) }
    }

    fn based_on(mut self, style: String) -> Self {
        self.based_on = style;
        self
    }

    fn next(mut self, style: &'static str) -> Self {
        self.next = Some(style);
        self
    }

    fn hidden(mut self) -> Self {
        self.offered = false;
        self
    }

    fn paragraph(mut self, properties: impl IntoIterator<Item = El>) -> Self {
        self.paragraph = self.paragraph.all(properties);
        self
    }

    fn run(mut self, properties: impl IntoIterator<Item = El>) -> Self {
        self.run = self.run.all(properties);
        self
    }

    fn element(self) -> El {
        let own = !BUILT_IN.contains(&self.name.as_str())
            && !["heading ", "toc "].iter().any(|known| self.name.starts_with(known));
        let style = el("w:style").attr("w:type", "paragraph").attr("w:styleId", &self.id);
        let style = if own { style.attr("w:customStyle", 1) } else { style };
        style
            .with(val("w:name", &self.name))
            .with(val("w:basedOn", &self.based_on))
            .all(self.next.map(|next| val("w:next", next)))
            .all((!self.offered).then(|| el("w:semiHidden")))
            .all(self.offered.then(|| el("w:qFormat")))
            .all([self.paragraph, self.run].into_iter().filter(|properties| !properties.is_empty()))
    }
}

/// Those that Word itself has.
const BUILT_IN: [&str; 10] = [
    "Body Text",
    "List Bullet",
    "List Continue",
    "caption",
    "Title",
    "Subtitle",
    "Date",
    "header",
    "footer",
    "Strong",
];

/// Space above and below, in points, and between lines, in 240ths of a line.
fn spacing(before: f64, after: f64, line: i32) -> El {
    el("w:spacing")
        .attr("w:before", twips(before))
        .attr("w:after", twips(after))
        .attr("w:line", line)
        .attr("w:lineRule", "auto")
}

fn indent(left: i32, hanging: i32) -> El {
    el("w:ind").attr("w:left", left).attr("w:hanging", hanging)
}

/// Points in twentieths.
#[expect(clippy::cast_possible_truncation, reason = "sizes of a page")]
pub(super) fn twips(points: f64) -> i32 {
    (points * 20.0).round() as i32
}

/// The size of text, in points.
fn size(points: f64) -> [El; 2] {
    let half = twips(points) / 10;
    [val("w:sz", half), val("w:szCs", half)]
}

fn colour(colour: &str) -> El {
    val("w:color", colour)
}

fn bold() -> [El; 2] {
    [el("w:b"), el("w:bCs")]
}

fn border(side: &'static str, eighths: i32, space: i32, colour: &str) -> El {
    val(side, "single").attr("w:sz", eighths).attr("w:space", space).attr("w:color", colour)
}

/// How a heading of a look is set: the properties of its paragraph and of its run, in the order that the format
/// prescribes.
struct Dress {
    paragraph: Vec<El>,
    run: Vec<El>,
}

/// The dress of a look. `over` another one, it also says what it does not have.
fn dress(Dressed { look, depth }: Dressed, page: Option<bool>, over: bool) -> Dress {
    // Rule (side, eighths of a point, distance), ground, space, indent, alignment; colour and size of the text.
    let (rule, ground, room, margins, side, ink, points) = match look {
        Look::Part => {
            let rule = Some(("w:bottom", 6, 8));
            (rule, None, spacing(190.0, 24.0, 264), [1700, 1700], "center", ACCENT, 24.0)
        }
        Look::Chapter => {
            let rule = Some(("w:bottom", 12, 5));
            (rule, None, spacing(0.0, 16.0, 264), [0, 0], "left", ACCENT, 17.0)
        }
        Look::Project => {
            let rule = Some(("w:left", 36, 6));
            (rule, Some(SOFT), spacing(16.0, 10.0, 300), [170, 0], "left", INK, 14.0)
        }
        Look::Plain => {
            let (points, above, ink) = match depth {
                0 | 1 => (13.0, 18.0, ACCENT),
                2 => (12.0, 18.0, ACCENT),
                _ => (10.5, 12.0, INK),
            };
            (None, None, spacing(above, 7.0, 264), [0, 0], "left", ink, points)
        }
    };
    let sides = ["w:top", "w:left", "w:bottom", "w:right"].into_iter().filter_map(|name| match rule {
        Some((own, eighths, space)) if own == name => Some(border(name, eighths, space, ACCENT)),
        _ => over.then(|| val(name, "none").attr("w:sz", 0).attr("w:space", 0).attr("w:color", "auto")),
    });
    let borders = el("w:pBdr").all(sides);
    let ground = ground.or(over.then_some("auto")).map(shade);
    let [left, right] = margins;
    let paragraph = [el("w:keepNext"), el("w:keepLines")]
        .into_iter()
        .chain(page.map(|page| if page { el("w:pageBreakBefore") } else { val("w:pageBreakBefore", 0) }))
        .chain((!borders.is_empty()).then_some(borders))
        .chain(ground)
        .chain([
            room,
            el("w:ind").attr("w:left", left).attr("w:right", right).attr("w:firstLine", 0),
            val("w:jc", side),
        ])
        .collect();
    Dress { paragraph, run: bold().into_iter().chain([colour(ink)]).chain(size(points)).collect() }
}

/// A ground.
pub(super) fn shade(fill: &str) -> El {
    val("w:shd", "clear").attr("w:color", "auto").attr("w:fill", fill)
}

/// How a heading is dressed: its look, and how far it lies below its chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dressed {
    pub(super) look: Look,
    pub(super) depth: usize,
}

impl Dressed {
    /// Whether headings like this open a page of their own.
    fn opens_a_page(self) -> bool {
        matches!(self.look, Look::Part | Look::Chapter)
    }

    /// Whether both look the same.
    fn looks_like(self, other: Self) -> bool {
        self.look == other.look
            && (self.look != Look::Plain || self.depth.clamp(1, 3) == other.depth.clamp(1, 3))
    }
}

/// How the styles of headings are dressed, by level from 1; a heading dressed otherwise says so itself.
pub(super) type Dresses = [Dressed; DEEPEST];

/// What a heading needs beside its style: properties of its paragraph and of its run.
pub(super) fn beside(dresses: &Dresses, own: Dressed, level: usize, new_page: bool) -> (Vec<El>, Vec<El>) {
    let usual = dresses[level - 1];
    let page = (new_page != usual.opens_a_page()).then_some(new_page);
    if !own.looks_like(usual) {
        let Dress { paragraph, run } = dress(own, page, true);
        return (paragraph, run);
    }
    (page.map(|page| val("w:pageBreakBefore", i32::from(page))).into_iter().collect(), Vec::new())
}

/// `styles.xml`.
pub(super) fn styles(dresses: &Dresses) -> El {
    let fonts = el("w:rFonts")
        .attr("w:ascii", FACE)
        .attr("w:eastAsia", FACE)
        .attr("w:hAnsi", FACE)
        .attr("w:cs", "Arial");
    let language = val("w:lang", "ja-JP").attr("w:eastAsia", "ja-JP").attr("w:bidi", "ar-SA");
    let defaults = el("w:docDefaults")
        .with(
            el("w:rPrDefault").with(el("w:rPr").with(fonts).with(colour(INK)).all(size(10.5)).with(language)),
        )
        .with(el("w:pPrDefault").with(el("w:pPr").with(spacing(0.0, 0.0, 264))));
    let normal = el("w:style")
        .attr("w:type", "paragraph")
        .attr("w:default", 1)
        .attr("w:styleId", "Normal")
        .with(val("w:name", "Normal"))
        .with(el("w:qFormat"));
    let headings = (1..=DEEPEST).map(|level| {
        let own = dresses[level - 1];
        let Dress { mut paragraph, run } = dress(own, own.opens_a_page().then_some(true), false);
        paragraph.push(val("w:outlineLvl", level - 1));
        Sketch::new(Style::Heading(level), format!("heading {level}"))
            .next("BodyText")
            .paragraph(paragraph)
            .run(run)
            .element()
    });
    // The contents list the headings of Word's own styles; those that they are not to list have others.
    let unlisted = (1..=DEEPEST).map(|level| {
        Sketch::new(Style::Unlisted(level), format!("見出し {level}（目次外）"))
            .based_on(Style::Heading(level).id())
            .next("BodyText")
            .element()
    });
    el("w:styles")
        .attr("xmlns:w", super::package::W)
        .with(defaults)
        .with(normal)
        .all(headings)
        .all(unlisted)
        .all(text_styles())
        .all(cell_styles())
        .all(page_styles())
        .all(character_styles())
        .all(table_styles())
}

fn text_styles() -> Vec<El> {
    let box_side = |side| border(side, 8, 9, ACCENT);
    let first = el("w:ind").attr("w:firstLineChars", 100).attr("w:firstLine", 210);
    [
        Sketch::new(Style::Body, "Body Text").paragraph([
            spacing(0.0, 3.0, 276),
            first.clone(),
            val("w:jc", "both"),
        ]),
        Sketch::new(Style::Bullet, "List Bullet").paragraph([
            el("w:numPr").with(val("w:ilvl", 0)).with(val("w:numId", LISTS[0])),
            spacing(0.0, 5.0, 276),
            val("w:jc", "both"),
        ]),
        Sketch::new(Style::BulletMore, "List Continue").paragraph([
            spacing(0.0, 5.0, 276),
            indent(284, 0),
            val("w:jc", "both"),
        ]),
        Sketch::new(Style::Label, "小見出し")
            .next("BodyText")
            .paragraph([el("w:keepNext"), spacing(12.0, 5.0, 264)])
            .run(bold().into_iter().chain([colour(ACCENT)])),
        Sketch::new(Style::Boxed, "枠").paragraph([
            el("w:pBdr").all(["w:top", "w:left", "w:bottom", "w:right"].map(box_side)),
            spacing(0.0, 0.0, 288),
            el("w:ind")
                .attr("w:left", 227)
                .attr("w:right", 227)
                .attr("w:firstLineChars", 100)
                .attr("w:firstLine", 210),
            val("w:jc", "both"),
        ]),
        Sketch::new(Style::Caption, "caption")
            .next("BodyText")
            .paragraph([
                el("w:keepNext"),
                el("w:tabs").with(val("w:tab", "right").attr("w:pos", TEXT_WIDTH)),
                spacing(14.0, 4.0, 252),
            ])
            .run(bold().into_iter().chain(size(9.5))),
        Sketch::new(Style::Figure, "図").paragraph([spacing(0.0, 4.0, 240), val("w:jc", "center")]),
        Sketch::new(Style::Note, "注記")
            .paragraph([spacing(3.0, 0.0, 240)])
            .run([colour(QUIET)].into_iter().chain(size(8.0))),
        Sketch::new(Style::Nothing, "記載なし").run([colour(QUIET)]),
    ]
    .map(Sketch::element)
    .into()
}

fn cell_styles() -> Vec<El> {
    [
        Sketch::cell(Style::Cell, "表の文字").paragraph([spacing(0.0, 0.0, 240)]).run(size(8.5)),
        Sketch::cell(Style::CellNumber, "表の数値").paragraph([val("w:jc", "right")]),
        Sketch::cell(Style::CellCentre, "表の中央").paragraph([val("w:jc", "center")]),
        Sketch::cell(Style::CellHead, "表の見出し")
            .paragraph([el("w:keepNext"), val("w:jc", "center")])
            .run(bold()),
        Sketch::cell(Style::CellProse, "表の文章").paragraph([spacing(0.0, 2.0, 252)]).run(size(9.0)),
        Sketch::cell(Style::CellBullet, "表の箇条書き")
            .paragraph([el("w:numPr").with(val("w:ilvl", 0)).with(val("w:numId", LISTS[1]))])
            .run(size(9.0)),
    ]
    .map(Sketch::element)
    .into()
}

fn page_styles() -> Vec<El> {
    let rules =
        || el("w:pBdr").with(border("w:top", 12, 30, ACCENT)).with(border("w:bottom", 12, 30, ACCENT));
    let centred = || val("w:jc", "center");
    let mut styles: Vec<El> = [
        Sketch::new(Style::Title, "Title")
            .next("Subtitle")
            .paragraph([rules(), spacing(0.0, 18.0, 300), centred()])
            .run(bold().into_iter().chain([colour(ACCENT)]).chain(size(23.0))),
        Sketch::new(Style::Subtitle, "Subtitle")
            .paragraph([rules(), spacing(0.0, 18.0, 300), centred()])
            .run(bold().into_iter().chain(size(18.0))),
        Sketch::new(Style::CoverDate, "Date")
            .next("Issuer")
            .paragraph([spacing(0.0, 28.0, 264), centred()])
            .run(size(14.0)),
        Sketch::new(Style::CoverIssuer, "発行者")
            .paragraph([spacing(0.0, 6.0, 264), centred()])
            .run(size(12.5)),
        Sketch::new(Style::Header, "header")
            .paragraph([
                el("w:pBdr").with(border("w:bottom", 4, 4, HAIRLINE)),
                el("w:tabs").with(val("w:tab", "right").attr("w:pos", TEXT_WIDTH)),
            ])
            .run([colour(QUIET)].into_iter().chain(size(7.5)))
            .hidden(),
        Sketch::new(Style::Footer, "footer")
            .paragraph([centred()])
            .run([colour(QUIET)].into_iter().chain(size(8.5)))
            .hidden(),
        Sketch::new(Style::Break, "用紙の切替え")
            .paragraph([el("w:spacing")
                .attr("w:before", 0)
                .attr("w:after", 0)
                .attr("w:line", 20)
                .attr("w:lineRule", "exact")])
            .run(size(1.0))
            .hidden(),
    ]
    .map(Sketch::element)
    .into();
    styles.extend((1..=DEEPEST).map(|level| {
        let left = i32::try_from(level - 1).unwrap_or_default() * 227;
        let tabs = el("w:tabs").with(val("w:tab", "right").attr("w:leader", "dot").attr("w:pos", TEXT_WIDTH));
        let before = [9.0, 5.0].get(level - 1).copied().unwrap_or(0.0);
        let paragraph =
            [tabs, spacing(before, 1.0, 252), el("w:ind").attr("w:left", left).attr("w:right", 567)];
        let run = match level {
            1 => bold().into_iter().chain([colour(ACCENT)]).collect(),
            2 => bold().into_iter().collect(),
            _ => Vec::new(),
        };
        Sketch::new(Style::Contents(level), format!("toc {level}"))
            .next("Normal")
            .paragraph(paragraph)
            .run(run.into_iter().chain(size(9.5)))
            .hidden()
            .element()
    }));
    styles
}

fn character_styles() -> [El; 2] {
    let style = |id: &str, name: &str, own: bool, run: El| {
        let style = el("w:style").attr("w:type", "character").attr("w:styleId", id);
        let style = if own { style.attr("w:customStyle", 1) } else { style };
        style.with(val("w:name", name)).with(el("w:qFormat")).with(run)
    };
    [
        style(STRONG, "Strong", false, el("w:rPr").all(bold())),
        style(ASIDE, "添え書き", true, el("w:rPr").with(colour(QUIET)).all(size(7.5))),
    ]
}

/// Tables: thin rules all around, the head on a pale ground; with a first column of heads where a table asks for it.
fn table_styles() -> [El; 2] {
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let margin = |side, width: i32| el(side).attr("w:w", width).attr("w:type", "dxa");
    let head = |of: &str| {
        el("w:tblStylePr")
            .attr("w:type", of)
            .with(el("w:rPr").all(bold()))
            .with(el("w:tcPr").with(shade(SOFT)).with(val("w:vAlign", "center")))
    };
    let plain = el("w:style")
        .attr("w:type", "table")
        .attr("w:default", 1)
        .attr("w:styleId", "TableNormal")
        .with(val("w:name", "Normal Table"))
        .with(el("w:semiHidden"))
        .with(el("w:tblPr").with(el("w:tblInd").attr("w:w", 0).attr("w:type", "dxa")).with(
            el("w:tblCellMar").all([
                margin("w:top", 0),
                margin("w:left", 108),
                margin("w:bottom", 0),
                margin("w:right", 108),
            ]),
        ));
    let report = el("w:style")
        .attr("w:type", "table")
        .attr("w:customStyle", 1)
        .attr("w:styleId", TABLE)
        .with(val("w:name", "報告書の表"))
        .with(val("w:basedOn", "TableNormal"))
        .with(el("w:qFormat"))
        .with(el("w:tblPr").with(el("w:tblBorders").all(sides.map(|side| border(side, 4, 0, RULE)))).with(
            el("w:tblCellMar").all([
                margin("w:top", 57),
                margin("w:left", 85),
                margin("w:bottom", 57),
                margin("w:right", 85),
            ]),
        ))
        .with(el("w:tcPr").with(val("w:vAlign", "center")))
        .with(head("firstRow"))
        .with(head("firstCol"));
    [plain, report]
}

/// `numbering.xml`: the bullets.
pub(super) fn numbering() -> El {
    let bullets = [(LISTS[0], 284, 284), (LISTS[1], 198, 198)];
    let lists = bullets.map(|(id, left, hanging)| {
        let level = el("w:lvl")
            .attr("w:ilvl", 0)
            .with(val("w:start", 1))
            .with(val("w:numFmt", "bullet"))
            .with(val("w:pStyle", if id == LISTS[0] { Style::Bullet.id() } else { Style::CellBullet.id() }))
            .with(val("w:lvlText", "・"))
            .with(val("w:lvlJc", "left"))
            .with(el("w:pPr").with(indent(left, hanging)))
            .with(
                el("w:rPr").with(
                    el("w:rFonts")
                        .attr("w:ascii", FACE)
                        .attr("w:eastAsia", FACE)
                        .attr("w:hAnsi", FACE)
                        .attr("w:hint", "eastAsia"),
                ),
            );
        el("w:abstractNum")
            .attr("w:abstractNumId", id)
            .with(val("w:multiLevelType", "singleLevel"))
            .with(level)
    });
    el("w:numbering")
        .attr("xmlns:w", super::package::W)
        .all(lists)
        .all(LISTS.map(|id| el("w:num").attr("w:numId", id).with(val("w:abstractNumId", id))))
}

/// `fontTable.xml`: what a program without the typeface may know of it.
pub(super) fn fonts() -> El {
    el("w:fonts").attr("xmlns:w", super::package::W).with(
        el("w:font")
            .attr("w:name", FACE)
            .with(val("w:altName", "Yu Gothic"))
            .with(val("w:panose1", "020B0400000000000000"))
            .with(val("w:charset", "80"))
            .with(val("w:family", "swiss"))
            .with(val("w:pitch", "variable")),
    )
}
