//! Puts entries of a lane into as few rows as their marks and labels have room in.

use super::{GAP, RoadmapItem, span};
use crate::chart::ink::Symbol;
use crate::chart::words::{self, mix};
use crate::chart::{layout, measure};
use crate::locale::{Both, Lang};
use crate::model::RoadmapKind;

/// How an entry is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Drawn {
    /// A bar between two places of the axis, torn where it goes on.
    Bar {
        /// From and to.
        x: [f64; 2],
        /// Whether it goes on.
        open: bool,
    },
    /// A symbol at a place of the axis.
    Point(f64),
    /// An arrow at the edge, for what lies beyond.
    Beyond(f64, Symbol),
}

/// Where a label stands beside its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// In the bar.
    Inside,
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// In rows of its own beneath.
    Under,
}

/// An entry measured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Packed {
    /// How it is drawn.
    pub(super) mark: Drawn,
    /// The ends of its mark on the axis.
    pub(super) data: [f64; 2],
    /// The distance of its label from there, in points.
    pub(super) gap: f64,
    /// What its label says.
    pub(super) text: Both,
    /// The ends of its mark, in points.
    ends: [f64; 2],
    /// The width of its label.
    width: f64,
    /// The length of a year.
    scale: f64,
}

impl Packed {
    /// Measures an entry on an axis of which a year is `scale` points long.
    pub(super) fn new(item: &RoadmapItem, text: &Both, [from, to]: [f64; 2], scale: f64) -> Self {
        let [begin, end] = span(item).unwrap_or([from, from]);
        let edge = 5.0 / scale;
        let dated = || {
            let when = words::span(&item.when);
            mix!("{text}（{when}）", "{text} ({when})"; text, when)
        };
        let is_span = item.kind == RoadmapKind::Period || item.when.to.is_some();
        let (mark, data, text) = if begin >= to {
            (Drawn::Beyond(to - edge, Symbol::Right), [to - edge; 2], dated())
        } else if end < from || (end <= from && end > begin) {
            (Drawn::Beyond(from + edge, Symbol::Left), [from + edge; 2], dated())
        } else if is_span {
            let x = [begin.max(from), end.min(to)];
            (Drawn::Bar { x, open: end > to }, x, text.clone())
        } else {
            let x = f64::midpoint(begin, end);
            (Drawn::Point(x), [x; 2], text.clone())
        };
        let bar = matches!(mark, Drawn::Bar { .. });
        let ends = data.map(|x| (x - from) * scale);
        let wide = |lang| measure::width(text.t(lang), layout::TEXT, false);
        let width = wide(Lang::Ja).max(wide(Lang::En));
        Self { mark, data, gap: if bar { GAP - 3.0 } else { GAP }, text, ends, width, scale }
    }

    /// The ways to draw it, best first: where its label stands, and the room that both take.
    fn ways(&self, plot: f64) -> Vec<(Label, [f64; 2])> {
        let [left, right] = self.ends;
        let around = if matches!(self.mark, Drawn::Bar { .. }) { 1.0 } else { 6.0 };
        let mut ways = Vec::new();
        if matches!(self.mark, Drawn::Bar { .. }) && self.width + 8.0 <= right - left {
            ways.push((Label::Inside, [left, right]));
        }
        if right + self.gap + self.width <= plot {
            ways.push((Label::Right, [left - around, right + self.gap + self.width]));
        }
        if left - self.gap - self.width >= 0.0 {
            ways.push((Label::Left, [left - self.gap - self.width, right + around]));
        }
        if ways.is_empty() {
            let start = self.under(plot);
            ways.push((Label::Under, [start.min(left - around), (start + self.width).max(right + around)]));
        }
        ways
    }

    /// Where a label beneath its mark begins, in points: under its middle, but within the plot.
    fn under(&self, plot: f64) -> f64 {
        let middle = f64::midpoint(self.ends[0], self.ends[1]);
        (middle - self.width / 2.0).min(plot - self.width).max(0.0)
    }

    /// The same on the axis, from the begin of its mark.
    pub(super) fn under_from(&self, plot: f64) -> f64 {
        self.data[0] + (self.under(plot) - self.ends[0]) / self.scale
    }

    /// How many rows a label beneath takes: more than one where it is longer than the plot.
    pub(super) fn lines(&self, plot: f64) -> usize {
        let lines = |lang| measure::wrap(self.text.t(lang), layout::TEXT, false, plot).len();
        lines(Lang::Ja).max(lines(Lang::En)).max(1)
    }
}

/// The row of each entry and where its label stands, and how many rows there are.
pub(super) fn rows(entries: &[Packed], plot: f64) -> (Vec<(usize, Label)>, usize) {
    let mut rows: Vec<Vec<[f64; 2]>> = Vec::new();
    let places = entries
        .iter()
        .map(|entry| {
            let ways = entry.ways(plot);
            let fits = |row: &Vec<[f64; 2]>, [from, to]: [f64; 2]| {
                row.iter().all(|taken| to + 8.0 <= taken[0] || from >= taken[1] + 8.0)
            };
            if let [(Label::Under, taken)] = ways[..] {
                let more = 1 + entry.lines(plot);
                rows.extend(std::iter::repeat_n(vec![taken], more));
                return (rows.len() - more, Label::Under);
            }
            for (index, row) in rows.iter_mut().enumerate() {
                if let Some((label, taken)) = ways.iter().find(|(_, taken)| fits(row, *taken)) {
                    row.push(*taken);
                    return (index, *label);
                }
            }
            rows.push(vec![ways[0].1]);
            (rows.len() - 1, ways[0].0)
        })
        .collect();
    (places, rows.len())
}
