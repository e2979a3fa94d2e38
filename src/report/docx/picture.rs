//! The charts as pictures in the Word file.

use super::page::{Shape, width};
use super::xml::{El, el};
use crate::report::data::Chart;
use crate::report::figures::{Cut, Picture};
use std::collections::BTreeMap;

/// The pictures of the charts, by the names of the charts' files.
pub(in crate::report) type Pictures<'a> = BTreeMap<&'a str, &'a Picture>;

/// The tallest that a chart is shown, in millimetres, so that it stays on a page with its caption and its notes.
const TALLEST: f64 = 205.0;
/// The English metric units of a millimetre.
const PER_MM: f64 = 36_000.0;

/// The name of a picture in the file, from the name of its chart's.
pub(super) fn media(chart: &str) -> String {
    let stem = chart.rsplit('/').next().unwrap_or(chart);
    format!("media/{}.png", stem.strip_suffix(".svg").unwrap_or(stem))
}

/// What relates the text to its picture number so and so, from 1.
pub(super) fn relation(number: usize) -> String {
    format!("rIdPicture{number}")
}

/// A chart in a line of text, without what the report says around it. `number` counts the report's charts from 1.
pub(super) fn inline(number: usize, chart: &Chart<'_>, cut: Cut) -> El {
    let full = f64::from(width(Shape::Upright)) * 635.0;
    let tallest = TALLEST * PER_MM;
    let (wide, high) = if full * chart.ratio > tallest {
        (tallest / chart.ratio, tallest)
    } else {
        (full, full * chart.ratio)
    };
    #[expect(clippy::cast_possible_truncation, reason = "sizes of a page")]
    let [wide, high] = [wide.round() as i64, high.round() as i64];
    let name = format!("図 {number}");
    let about = chart.alt.printed().replace('\n', " ");
    let extent = |name| el(name).attr("cx", wide).attr("cy", high);
    let locks = |name| el(name).attr("noChangeAspect", 1);
    let picture = el("pic:pic")
        .with(
            el("pic:nvPicPr")
                .with(el("pic:cNvPr").attr("id", number).attr("name", &name).attr("descr", &about))
                .with(el("pic:cNvPicPr").with(locks("a:picLocks"))),
        )
        .with(
            el("pic:blipFill")
                .with(el("a:blip").attr("r:embed", relation(number)))
                .with(shown(cut))
                .with(el("a:stretch").with(el("a:fillRect"))),
        )
        .with(
            el("pic:spPr")
                .with(el("a:xfrm").with(el("a:off").attr("x", 0).attr("y", 0)).with(extent("a:ext")))
                .with(el("a:prstGeom").attr("prst", "rect").with(el("a:avLst"))),
        );
    let inline = el("wp:inline")
        .attr("distT", 0)
        .attr("distB", 0)
        .attr("distL", 0)
        .attr("distR", 0)
        .with(extent("wp:extent"))
        .with(el("wp:docPr").attr("id", number).attr("name", &name).attr("descr", &about))
        .with(el("wp:cNvGraphicFramePr").with(locks("a:graphicFrameLocks")))
        .with(
            el("a:graphic").with(
                el("a:graphicData")
                    .attr("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
                    .with(picture),
            ),
        );
    el("w:drawing").with(inline)
}

/// The part of a picture that is shown.
fn shown(cut: Cut) -> El {
    // Thousandths of a per cent.
    #[expect(clippy::cast_possible_truncation, reason = "shares")]
    let share = |share: f64| (share * 100_000.0).round() as i64;
    el("a:srcRect")
        .attr("l", share(cut.left))
        .attr("t", share(cut.top))
        .attr("r", share(cut.right))
        .attr("b", share(cut.bottom))
}
