//! A laid-out chart as pixels, straight from its pieces.
//!
//! The same pieces that the SVG writes, in the same places. A report has hundreds of charts with thousands of characters,
//! nearly all of them figures that come again: each is turned into pixels once and then laid down, which is several
//! times as fast as reading the SVG back.

mod type_case;

use super::ink::{Ink, Rgb, Theme};
use super::measure;
use super::scene::{Anchor, Piece, Rect, Scene, Stroke};
use resvg::tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect as Area, Stroke as Pen, StrokeDash,
    Transform,
};
use type_case::TypeCase;

/// The longest line that is drawn dash by dash, in points: beyond any picture.
const LONGEST: f64 = 100_000.0;

/// How far a curve's handles stand from its ends to make a quarter of a circle of radius one.
const QUARTER: f32 = 0.552_284_8;

/// Draws charts, and keeps the characters it has drawn.
#[derive(Debug, Default)]
pub struct Painter {
    types: TypeCase,
}

impl Painter {
    /// The pixels of a scene on its theme's paper, `scale` a point; none where its size is nothing that can be drawn, or
    /// where a text has to be shaped before it can be set (see [`type_case`]).
    pub fn draw(&mut self, scene: &Scene, theme: &Theme, scale: f32) -> Option<Pixmap> {
        let simple =
            |piece: &Piece| !matches!(piece, Piece::Text { text, bold, .. } if !type_case::sets(text, *bold));
        if !scene.pieces().all(simple) {
            return None;
        }
        let mut picture = Pixmap::new(pixels(scene.width, scale)?, pixels(scene.height, scale)?)?;
        let Rgb(red, green, blue) = theme.rgb(Ink::Paper);
        picture.fill(resvg::tiny_skia::Color::from_rgba8(red, green, blue, 255));
        let mut sheet = Sheet { picture, theme, scale };
        for piece in scene.pieces() {
            self.piece(&mut sheet, piece);
        }
        Some(sheet.picture)
    }

    fn piece(&mut self, sheet: &mut Sheet<'_>, piece: &Piece) {
        match piece {
            Piece::Rect { rect, radius, fill, stroke } => {
                let broken = stroke.is_some_and(|stroke| !stroke.dash.pattern().is_empty());
                if *radius > 0.0 || broken {
                    sheet.shape(sheet.outline(rect, *radius), *fill, stroke.as_ref());
                } else {
                    if let Some(ink) = fill {
                        sheet.fill_rect(rect, *ink);
                    }
                    if let Some(stroke) = stroke {
                        sheet.frame(rect, stroke);
                    }
                }
            }
            Piece::Path { points, fill: None, stroke: Some(stroke) } if points.len() == 2 => {
                sheet.strokes(&[[points[0], points[1]]], stroke);
            }
            Piece::Path { points, fill, stroke } => {
                sheet.shape(sheet.line(points, fill.is_some()), *fill, stroke.as_ref());
            }
            Piece::Strokes { segments, stroke } => sheet.strokes(segments, stroke),
            Piece::Circle { centre: [x, y], radius, fill, stroke } => {
                let circle = PathBuilder::from_circle(sheet.at(*x), sheet.at(*y), sheet.at(*radius));
                sheet.shape(circle, *fill, stroke.as_ref());
            }
            Piece::Text { at: [x, y], anchor, text, size, bold, ink } => {
                let wide = || measure::width(text, *size, *bold);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - wide() / 2.0,
                    Anchor::End => x - wide(),
                };
                let colour = sheet.theme.rgb(*ink);
                let scale = f64::from(sheet.scale);
                let start = [left * scale, y * scale];
                self.types.set(&mut sheet.picture, start, text, size * scale, *bold, colour);
            }
        }
    }
}

/// From where to where a line of a length is drawn.
fn dashes(stroke: &Stroke, length: f64) -> Vec<[f64; 2]> {
    let pattern = stroke.dash.pattern();
    if pattern.is_empty() {
        return vec![[0.0, length]];
    }
    let length = length.min(LONGEST);
    let mut found = Vec::new();
    let mut at = 0.0;
    for (index, step) in pattern.iter().cycle().enumerate() {
        if at >= length {
            break;
        }
        if index % 2 == 0 {
            found.push([at, length.min(at + step)]);
        }
        at += step;
    }
    found
}

/// The pixels that so many points take: whole points, of the hundredths that an SVG tells, as who reads it counts.
fn pixels(points: f64, scale: f32) -> Option<u32> {
    let points = ((points * 100.0).round() / 100.0).round();
    let wanted = (points * f64::from(scale)).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within what a picture can be"
    )]
    (1.0..=32_000.0).contains(&wanted).then_some(wanted as u32)
}

/// What is drawn on.
struct Sheet<'a> {
    picture: Pixmap,
    theme: &'a Theme,
    scale: f32,
}

impl Sheet<'_> {
    /// A length of the scene in pixels.
    #[expect(clippy::cast_possible_truncation, reason = "coordinates of pictures are small")]
    fn at(&self, points: f64) -> f32 {
        points as f32 * self.scale
    }

    fn paint(&self, ink: Ink) -> Paint<'static> {
        let Rgb(red, green, blue) = self.theme.rgb(ink);
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, 255);
        paint.anti_alias = true;
        paint
    }

    fn fill_rect(&mut self, rect: &Rect, ink: Ink) {
        let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(|length| self.at(length));
        if let Some(area) = Area::from_xywh(x, y, w, h) {
            let paint = self.paint(ink);
            self.picture.fill_rect(area, &paint, Transform::identity(), None);
        }
    }

    /// A shape's inside, then its edge.
    fn shape(&mut self, path: Option<Path>, fill: Option<Ink>, stroke: Option<&Stroke>) {
        let Some(path) = path else { return };
        if let Some(ink) = fill {
            let paint = self.paint(ink);
            self.picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
        }
        if let Some(stroke) = stroke {
            self.trace(Some(path), stroke);
        }
    }

    fn trace(&mut self, path: Option<Path>, stroke: &Stroke) {
        let Some(path) = path else { return };
        let dashes: Vec<f32> = stroke.dash.pattern().iter().map(|length| self.at(*length)).collect();
        let pen = Pen {
            width: self.at(stroke.width),
            miter_limit: 4.0,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Miter,
            dash: StrokeDash::new(dashes, 0.0),
        };
        let paint = self.paint(stroke.ink);
        self.picture.stroke_path(&path, &paint, &pen, Transform::identity(), None);
    }

    /// The unbroken edge of a rectangle with sharp corners, as the areas of its four sides.
    fn frame(&mut self, rect: &Rect, stroke: &Stroke) {
        let outer = rect.grown(stroke.width / 2.0);
        let side = stroke.width.min(outer.w).min(outer.h);
        let inner = (outer.h - 2.0 * side).max(0.0);
        for area in [
            Rect { h: side, ..outer },
            Rect { y: outer.bottom() - side, h: side, ..outer },
            Rect { y: outer.y + side, w: side, h: inner, ..outer },
            Rect { x: outer.right() - side, y: outer.y + side, w: side, h: inner },
        ] {
            self.fill_rect(&area, stroke.ink);
        }
    }

    /// Many short lines. Upright and level ones are areas, or one for each dash, which are drawn faster.
    fn strokes(&mut self, segments: &[[[f64; 2]; 2]], stroke: &Stroke) {
        let mut others = PathBuilder::new();
        for [from, to] in segments {
            #[expect(
                clippy::float_cmp,
                reason = "a line that is level to the last bit, or is drawn as any other"
            )]
            let [upright, level] = [0, 1].map(|axis| from[axis] == to[axis]);
            if upright == level {
                others.move_to(self.at(from[0]), self.at(from[1]));
                others.line_to(self.at(to[0]), self.at(to[1]));
                continue;
            }
            let along = usize::from(upright);
            let forward = if to[along] < from[along] { -1.0 } else { 1.0 };
            for [start, end] in dashes(stroke, (to[along] - from[along]).abs()) {
                let [mut a, mut b] = [*from, *from];
                a[along] += forward * start;
                b[along] += forward * end;
                a[1 - along] -= stroke.width / 2.0;
                b[1 - along] += stroke.width / 2.0;
                self.fill_rect(&Rect::spanning(a, b), stroke.ink);
            }
        }
        self.trace(others.finish(), stroke);
    }

    fn line(&self, points: &[[f64; 2]], closed: bool) -> Option<Path> {
        let mut path = PathBuilder::with_capacity(points.len() + 1, points.len());
        for (index, [x, y]) in points.iter().enumerate() {
            let [x, y] = [*x, *y].map(|length| self.at(length));
            if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if closed {
            path.close();
        }
        path.finish()
    }

    /// The edge of a rectangle, with round corners.
    fn outline(&self, rect: &Rect, radius: f64) -> Option<Path> {
        let [left, top, right, bottom] =
            [rect.x, rect.y, rect.right(), rect.bottom()].map(|length| self.at(length));
        let r = self.at(radius.min(rect.w / 2.0).min(rect.h / 2.0).max(0.0));
        let mut path = PathBuilder::new();
        if r <= 0.0 {
            path.push_rect(Area::from_ltrb(left, top, right, bottom)?);
            return path.finish();
        }
        let k = r * (1.0 - QUARTER);
        path.move_to(left + r, top);
        path.line_to(right - r, top);
        path.cubic_to(right - k, top, right, top + k, right, top + r);
        path.line_to(right, bottom - r);
        path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
        path.line_to(left + r, bottom);
        path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
        path.line_to(left, top + r);
        path.cubic_to(left, top + k, left + k, top, left + r, top);
        path.close();
        path.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ink::Dash;

    #[test]
    fn a_line_is_drawn_dash_by_dash() {
        let stroke = |dash| Stroke { ink: Ink::Text, width: 1.0, dash };
        assert_eq!(dashes(&stroke(Dash::Solid), 9.0), [[0.0, 9.0]]);
        assert_eq!(dashes(&stroke(Dash::Short), 9.0), [[0.0, 4.0], [7.0, 9.0]]);
        assert!(dashes(&stroke(Dash::Short), 0.0).is_empty());
        for endless in [f64::NAN, f64::INFINITY] {
            assert!(dashes(&stroke(Dash::Dots), endless).len() < 40_000);
        }
    }
}
