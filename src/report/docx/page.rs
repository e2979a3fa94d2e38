//! The pages of the Word file: paper, margins, running heads, how they are counted.

use super::run::{Tone, field, run};
use super::story::paragraph;
use super::style::Style;
use super::xml::{El, el, val};

/// A4.
const PAPER: [i32; 2] = [11_906, 16_838];
/// 24 mm, to the left and the right.
const SIDE: i32 = 1_361;
/// 27 mm.
const TOP: i32 = 1_531;
/// 24 mm.
const BOTTOM: i32 = 1_361;

/// What pages hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// The title page.
    Cover,
    /// What comes before the report: i, ii, iii.
    Front,
    /// The report: 1, 2, 3.
    Body,
}

/// How pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As usual.
    Upright,
    /// On their side.
    Sideways,
}

/// The width of the text, in twentieths of a point.
pub(super) const fn width(shape: Shape) -> i32 {
    let [short, long] = PAPER;
    (match shape {
        Shape::Upright => short,
        Shape::Sideways => long,
    }) - 2 * SIDE
}

/// What relates the text to the running head.
pub(super) const HEADER: &str = "rIdHeader";
/// What relates it to the foot.
pub(super) const FOOTER: &str = "rIdFooter";

/// The properties of a section of pages. `first` says whether its counting begins anew.
pub(super) fn section(matter: Matter, shape: Shape, first: bool) -> El {
    let [short, long] = PAPER;
    let (size, turned) = match shape {
        Shape::Upright => (el("w:pgSz").attr("w:w", short).attr("w:h", long), false),
        Shape::Sideways => (el("w:pgSz").attr("w:w", long).attr("w:h", short), true),
    };
    let size = if turned { size.attr("w:orient", "landscape") } else { size };
    let (top, side) = if matter == Matter::Cover { (2 * TOP, 1_587) } else { (TOP, SIDE) };
    let margins = el("w:pgMar")
        .attr("w:top", top)
        .attr("w:right", side)
        .attr("w:bottom", BOTTOM)
        .attr("w:left", side)
        .attr("w:header", 794)
        .attr("w:footer", 680)
        .attr("w:gutter", 0);
    let refer = |name, kind: &str| el(name).attr("w:type", "default").attr("r:id", kind);
    let heads = [refer("w:headerReference", HEADER), refer("w:footerReference", FOOTER)];
    let counting = match matter {
        Matter::Cover => None,
        Matter::Front => Some("lowerRoman"),
        Matter::Body => Some("decimal"),
    };
    let counting = counting.map(|format| {
        let counting = el("w:pgNumType").attr("w:fmt", format);
        if first { counting.attr("w:start", 1) } else { counting }
    });
    el("w:sectPr")
        .all(heads.into_iter().filter(|_| matter != Matter::Cover))
        .with(val("w:type", "nextPage"))
        .with(size)
        .with(margins)
        .all(counting)
}

/// The running head: the report on the left, the chapter of the page on the right, which is a heading of that level.
pub(super) fn header(title: &str, chapter: usize) -> El {
    let tab = el("w:r").with(el("w:tab"));
    let runs = [run(Tone::Plain, title), tab].into_iter().chain(field(&format!("STYLEREF {chapter}"), ""));
    super::package::root("w:hdr").with(paragraph(Style::Header, runs))
}

/// The foot: the number of the page.
pub(super) fn footer() -> El {
    super::package::root("w:ftr").with(paragraph(Style::Footer, field("PAGE", "1")))
}
