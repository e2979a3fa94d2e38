//! What charts of horizontal bars have in common: rows as high as their names, an axis on which every figure has room,
//! and a summary that reads out the table.

use super::axis::{Axis, Scale, count};
use super::marks::{Chart, Shape, Where};
use super::{layout, measure};
use crate::locale::{Both, Lang};

/// A chart of horizontal bars with these names, high enough for their lines.
pub(super) fn ranked(labels: Vec<Both>) -> Chart {
    let (gutter, _) = layout::row_names(labels.iter(), Lang::Ja, layout::WIDTH);
    let lines = |label: &Both, lang| measure::wrap(label.t(lang), layout::TEXT, false, gutter).len();
    let most = labels.iter().flat_map(|label| Lang::ALL.map(|lang| lines(label, lang))).max().unwrap_or(1);
    // A few bars alone would be a thin strip.
    let least = match labels.len() {
        0 | 1 => 58.0,
        2 | 3 => 36.0,
        _ => 26.0,
    };
    let row = (count(most) * layout::TEXT * measure::LINE + 7.0).max(least);
    Chart { height: row * count(labels.len()), y: Axis::rows(labels), ..Chart::default() }
}

/// An axis for such bars, from zero or the least below it, on which the longest has room for the figures beside it.
pub(super) fn ranked_axis(chart: &Chart, most: f64) -> Axis {
    let names = match &chart.y.scale {
        Scale::Rows(rows) => layout::row_names(rows.iter().map(|row| &row.label), Lang::Ja, layout::WIDTH).0,
        _ => 0.0,
    };
    let plot = layout::WIDTH - names - 36.0;
    let wide = |text: &Both| Lang::ALL.map(|lang| measure::width(text.t(lang), layout::TEXT, true));
    let label = chart.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Label { text, place: Where::Right(gap), .. } => Some(wide(text).map(|w| w + gap)),
        _ => None,
    });
    let label = label.flatten().fold(0.0, f64::max).min(plot * 0.6);
    let bars = chart.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Bar { x, .. } => Some(x[0]),
        _ => None,
    });
    let least = bars.fold(0.0, f64::min) * 1.04;
    let most = if most > least { most } else { 1.0 };
    Axis { from: least, to: least + (most - least) * plot / (plot - label - 4.0), ..Axis::default() }
}

/// The table row by row, as the summary.
pub(super) fn summarise(chart: &mut Chart) {
    let columns = &chart.table.columns;
    let row = |row: &Vec<Both>, lang: Lang| {
        let cells = row[1..].iter().zip(&columns[1..]);
        let cells = cells.filter(|(cell, _)| !cell.t(lang).is_empty());
        let cells: Vec<_> = cells.map(|(cell, head)| format!("{} {}", head.t(lang), cell.t(lang))).collect();
        format!("{}: {}", row[0].t(lang), cells.join(", "))
    };
    let said = |lang, separator: &str| {
        chart.table.rows.iter().map(|cells| row(cells, lang)).collect::<Vec<_>>().join(separator)
    };
    chart.summary = Both { ja: said(Lang::Ja, "。"), en: said(Lang::En, ". ") };
}
