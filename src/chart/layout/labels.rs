//! Where labels go: beside what they name, never over each other, with a leader line where it is crowded.

use super::{Painter, SMALL, TEXT, Visible, lines};
use crate::chart::axis::count;
use crate::chart::ink::Ink;
use crate::chart::marks::{Shape, Where};
use crate::chart::measure;
use crate::chart::scene::{Anchor, Piece, Rect, Stroke};

/// The side of a cell of the index, in points.
const CELL: f64 = 20.0;
/// How many places are tried for the labels near points of one chart. Where so many did not do, a label that finds none
/// after all would be read by nobody.
const TRIES: usize = 12_000;
/// The widest that a label near a point becomes before it wraps.
const NEAR_WIDTH: f64 = 150.0;

/// Rectangles that are taken within a picture's room, found by place. What lies outside is in nobody's way.
///
/// The rectangles of all cells stand in one list, each with the place of the one that its cell had before it: a long
/// roadmap has tens of thousands of cells, most of them empty.
struct Taken {
    room: Rect,
    columns: usize,
    last: Vec<usize>,
    rects: Vec<(Rect, usize)>,
}

/// No rectangle's place.
const NONE: usize = usize::MAX;

impl Taken {
    fn within(room: Rect) -> Self {
        let columns = Self::cell(room.w) + 1;
        Self { room, columns, last: vec![NONE; columns * (Self::cell(room.h) + 1)], rects: Vec::new() }
    }

    fn cell(length: f64) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "some hundred cells at most"
        )]
        let cell = (length / CELL).clamp(0.0, 10_000.0) as usize;
        cell
    }

    fn cells(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        let at = |from: f64, to: f64, most: usize| Self::cell(from).min(most)..=Self::cell(to).min(most);
        let across = at(rect.x - self.room.x, rect.right() - self.room.x, columns - 1);
        let down = at(rect.y - self.room.y, rect.bottom() - self.room.y, self.last.len() / columns - 1);
        down.flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }

    fn is_free(&self, rect: &Rect) -> bool {
        self.cells(rect).all(|cell| {
            let mut place = self.last[cell];
            while let Some((other, before)) = self.rects.get(place) {
                if other.overlaps(rect) {
                    return false;
                }
                place = *before;
            }
            true
        })
    }

    fn take(&mut self, rect: Rect) {
        if self.room.overlaps(&rect) {
            for cell in self.cells(&rect) {
                let before = std::mem::replace(&mut self.last[cell], self.rects.len());
                self.rects.push((rect, before));
            }
        }
    }
}

/// A label with its lines measured.
struct Text {
    lines: Vec<String>,
    style: (f64, bool, Ink),
    w: f64,
    h: f64,
}

impl Text {
    fn new(text: &str, style: (f64, bool, Ink), room: f64) -> Self {
        let (lines, w) = if let Some(wide) = measure::fitting(text, style.0, style.1, room) {
            (vec![text.to_owned()], wide)
        } else {
            let lines = measure::wrap(text, style.0, style.1, room);
            let widest = measure::widest(&lines, style.0, style.1);
            (lines, widest)
        };
        let h = style.0 * (measure::LINE * count(lines.len()) - measure::LINE + 1.0);
        Self { lines, style, w, h }
    }

    fn pieces(&self, rect: &Rect, anchor: Anchor) -> impl Iterator<Item = Piece> {
        let x = match anchor {
            Anchor::Start => rect.x,
            Anchor::Middle => rect.centre()[0],
            Anchor::End => rect.right(),
        };
        lines(&self.lines, [x, rect.y + self.style.0 * measure::ASCENT], anchor, self.style)
    }
}

/// Puts all labels of a chart within `room`; in a `crowded` one, none near points.
pub(super) fn put(painter: &mut Painter<'_, '_>, room: Rect, visible: &Visible<'_>, crowded: bool) {
    // Only labels that look for a place of their own keep clear of marks.
    let looking = !crowded && !visible.near.is_empty();
    let [mut texts, mut marks, mut strokes, mut symbols] = [room; 4].map(Taken::within);
    let mut tries = TRIES;
    for (_, shape) in &visible.drawn {
        match shape {
            Shape::Point { .. } | Shape::Line { .. } if crowded => {}
            Shape::Point { at, radius, .. } => {
                let rect = Rect::around(painter.map.at(*at), 2.0 * radius, 2.0 * radius);
                symbols.take(rect);
                if looking {
                    marks.take(rect);
                }
            }
            Shape::Bar { x, y, .. } if looking => marks.take(painter.map.rect(*x, *y)),
            Shape::Line { points, .. } => {
                for pair in painter.seen(points).iter().flat_map(|run| run.windows(2)) {
                    along(pair[0], pair[1], &mut strokes);
                    if looking {
                        along(pair[0], pair[1], &mut marks);
                    }
                }
            }
            Shape::Rule { at, .. } => {
                let [from, to] = painter.map.rule(*at);
                along(from, to, &mut strokes);
            }
            _ => {}
        }
    }
    if crowded {
        painter.scene.left_out += visible.near.len();
    }
    let near = if crowded { &[] } else { visible.near.as_slice() };
    for shape in visible.firm.iter().chain(near) {
        let Shape::Label { at, text, place, ink, bold, small } = shape else { continue };
        let said = text.t(painter.lang);
        let point = painter.map.at(*at);
        let style = (if *small { SMALL } else { TEXT }, *bold, *ink);
        let done = match *place {
            Where::Inside { half } => inside(painter, &mut texts, said, *at, half, style),
            Where::Near => {
                let taken = (&mut texts, &marks, &strokes);
                near_by(painter, taken, room, said, point, style, &mut tries)
            }
            _ => beside(painter, (&mut texts, &strokes, &symbols), room, said, point, *place, style),
        };
        if !done {
            painter.scene.left_out += 1;
        }
    }
}

/// Takes the ground under a line, in short pieces.
fn along([x0, y0]: [f64; 2], [x1, y1]: [f64; 2], marks: &mut Taken) {
    let steps = ((x1 - x0).hypot(y1 - y0) / 8.0).clamp(1.0, 4_000.0).ceil();
    for step in (0_u32..=4_000).map(f64::from).take_while(|step| *step <= steps) {
        let share = step / steps;
        marks.take(Rect::around([x0 + (x1 - x0) * share, y0 + (y1 - y0) * share], 4.0, 4.0));
    }
}

fn inside(
    painter: &mut Painter<'_, '_>,
    texts: &mut Taken,
    said: &str,
    [x, y]: [f64; 2],
    [dx, dy]: [f64; 2],
    style: (f64, bool, Ink),
) -> bool {
    let room = painter.map.rect([x - dx, x + dx], [y - dy, y + dy]);
    for size in [style.0, style.0 * 0.9] {
        if !measure::keeps_numbers(said, size, style.1, (room.w - 5.0).max(size)) {
            continue;
        }
        let text = Text::new(said, (size, style.1, style.2), (room.w - 5.0).max(size));
        let rect = Rect::around(room.centre(), text.w, text.h);
        if room.grown(-1.0).contains(&rect) && texts.is_free(&rect) {
            texts.take(rect);
            // On a hatch, a figure needs quiet ground.
            if let Ink::OnSeries(series) = style.2 {
                ground(painter, &rect, Ink::Series(series));
            }
            painter.scene.inside.extend(text.pieces(&rect, Anchor::Middle));
            return true;
        }
    }
    false
}

fn beside(
    painter: &mut Painter<'_, '_>,
    (texts, strokes, symbols): (&mut Taken, &Taken, &Taken),
    room: Rect,
    said: &str,
    [x, y]: [f64; 2],
    place: Where,
    style: (f64, bool, Ink),
) -> bool {
    let text = Text::new(said, style, f64::INFINITY);
    let (w, h) = (text.w, text.h);
    let right = |gap: f64| (Rect { x: x + gap, y: y - h / 2.0, w, h }, Anchor::Start);
    let left = |gap: f64| (Rect { x: x - gap - w, y: y - h / 2.0, w, h }, Anchor::End);
    let above = |gap: f64| (Rect { x: x - w / 2.0, y: y - gap - h, w, h }, Anchor::Middle);
    let below = |gap: f64| (Rect { x: x - w / 2.0, y: y + gap, w, h }, Anchor::Middle);
    let tries = match place {
        Where::Right(gap) => vec![right(gap), left(gap), above(gap), below(gap)],
        Where::Left(gap) => vec![left(gap), right(gap), above(gap), below(gap)],
        Where::Above(gap) => vec![above(gap), right(gap), left(gap), below(gap)],
        Where::Below(gap) => vec![below(gap), right(gap), left(gap), above(gap)],
        // At the top of the plot, over the line or moved aside to stay in the picture.
        _ => {
            let top = painter.map.rect.y + 2.0;
            let middle = (x - w / 2.0).clamp(room.x, (room.right() - w).max(room.x));
            let at = |x: f64| (Rect { x, y: top, w, h }, Anchor::Start);
            vec![at(x + 4.0), at(x - 4.0 - w), at(middle)]
        }
    };
    let free = |rect: &Rect| room.contains(rect) && texts.is_free(rect);
    // Over no other symbol if it can be helped.
    let best = tries.iter().find(|(rect, _)| free(rect) && symbols.is_free(rect));
    let Some((rect, anchor)) = best.or_else(|| tries.iter().find(|(rect, _)| free(rect))).copied() else {
        return false;
    };
    texts.take(rect);
    clear(painter, strokes, &rect);
    painter.scene.inside.extend(text.pieces(&rect, anchor));
    true
}

fn near_by(
    painter: &mut Painter<'_, '_>,
    (texts, marks, strokes): (&mut Taken, &Taken, &Taken),
    room: Rect,
    said: &str,
    [x, y]: [f64; 2],
    style: (f64, bool, Ink),
    left: &mut usize,
) -> bool {
    if *left == 0 {
        return false;
    }
    let text = Text::new(said, style, NEAR_WIDTH);
    let (w, h) = (text.w, text.h);
    for distance in [7.0, 16.0, 26.0, 38.0, 52.0, 70.0, 92.0] {
        // Diagonally, a label keeps clear of the symbol's corner.
        let slant = (distance * 0.8_f64).max(6.2);
        let tries = [
            (x + distance, y - h / 2.0, Anchor::Start),
            (x - distance - w, y - h / 2.0, Anchor::End),
            (x - w / 2.0, y - distance - h, Anchor::Middle),
            (x - w / 2.0, y + distance, Anchor::Middle),
            (x + slant, y - slant - h, Anchor::Start),
            (x - slant - w, y - slant - h, Anchor::End),
            (x + slant, y + slant, Anchor::Start),
            (x - slant - w, y + slant, Anchor::End),
        ];
        for (side, top, anchor) in tries {
            *left = left.saturating_sub(1);
            let rect = Rect { x: side, y: top, w, h };
            let around = rect.grown(1.5);
            if !room.contains(&rect) || !texts.is_free(&around) || !marks.is_free(&around) {
                continue;
            }
            texts.take(rect);
            if distance > 10.0 {
                let end = [x.clamp(rect.x, rect.right()), y.clamp(rect.y, rect.bottom())];
                let stroke = Some(Stroke::new(Ink::Quiet, 0.7));
                painter.add(Piece::Path { points: vec![[x, y], end], fill: None, stroke });
            }
            clear(painter, strokes, &rect);
            painter.scene.inside.extend(text.pieces(&rect, anchor));
            return true;
        }
    }
    false
}

/// Paper behind a text that lies over a line.
fn clear(painter: &mut Painter<'_, '_>, strokes: &Taken, rect: &Rect) {
    if !strokes.is_free(rect) {
        ground(painter, rect, Ink::Paper);
    }
}

/// Quiet ground behind a text.
fn ground(painter: &mut Painter<'_, '_>, rect: &Rect, ink: Ink) {
    painter.add(Piece::Rect { rect: rect.grown(1.0), radius: 0.0, fill: Some(ink), stroke: None });
}
