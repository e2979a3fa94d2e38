//! Paints the pieces of a chart.

use crate::app::theme::Type;
use crate::chart::Piece;
use crate::chart::ink::{Ink, Rgb, Theme};
use crate::chart::scene::{Anchor, Stroke};
use egui::epaint::{CircleShape, PathShape};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, StrokeKind, Ui, Vec2, pos2, vec2};

/// From the middle of a line of the typeface down to its baseline, in ems.
const MIDDLE: f32 = 0.436;

/// Where and how large pieces are painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Easel {
    /// The top left corner of the picture.
    pub(super) origin: Pos2,
    /// Points of the window by points of the picture.
    pub(super) scale: f32,
    /// The colours.
    pub(super) theme: &'static Theme,
}

/// A position of a picture, narrowed to the window's.
pub(super) fn narrow(value: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "positions on a screen")]
    let narrow = value as f32;
    narrow
}

impl Easel {
    /// The easel of a window's brightness.
    pub(super) fn new(ui: &Ui, origin: Pos2, scale: f32) -> Self {
        let theme = if ui.visuals().dark_mode { &Theme::DARK } else { &Theme::LIGHT };
        Self { origin, scale, theme }
    }

    /// A point of the picture in the window.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> Pos2 {
        self.origin + vec2(narrow(x), narrow(y)) * self.scale
    }

    /// A rectangle of the picture in the window.
    pub(super) fn rect(&self, rect: &crate::chart::scene::Rect) -> Rect {
        Rect::from_min_size(self.at([rect.x, rect.y]), vec2(narrow(rect.w), narrow(rect.h)) * self.scale)
    }

    fn colour(&self, ink: Ink) -> Color32 {
        let Rgb(r, g, b) = self.theme.rgb(ink);
        Color32::from_rgb(r, g, b)
    }

    fn fill(&self, ink: Option<Ink>) -> Color32 {
        ink.map_or(Color32::TRANSPARENT, |ink| self.colour(ink))
    }

    fn stroke(&self, stroke: Option<&Stroke>) -> egui::Stroke {
        stroke.map_or(egui::Stroke::NONE, |stroke| {
            egui::Stroke::new(narrow(stroke.width) * self.scale, self.colour(stroke.ink))
        })
    }

    /// Paints some pieces, from the bottom.
    pub(super) fn paint<'a>(&self, painter: &Painter, pieces: impl IntoIterator<Item = &'a Piece>) {
        // Of a chart taller than the window, only what is in view costs anything.
        let seen = painter.clip_rect().y_range();
        for piece in pieces {
            let [top, bottom] = piece.reach().map(|y| self.origin.y + narrow(y) * self.scale);
            if bottom >= seen.min && top <= seen.max {
                self.piece(painter, piece);
            }
        }
    }

    fn piece(&self, painter: &Painter, piece: &Piece) {
        match piece {
            Piece::Rect { rect, radius, fill, stroke } => {
                let radius = narrow(*radius) * self.scale;
                let stroke = self.stroke(stroke.as_ref());
                painter.rect(self.rect(rect), radius, self.fill(*fill), stroke, StrokeKind::Middle);
            }
            Piece::Path { points, fill, stroke } => {
                let mut points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
                if let (None, Some(stroke)) = (fill, stroke) {
                    self.line(painter, points, stroke);
                } else {
                    // The shape closes itself; a corner that is there twice would be drawn as a spur.
                    if points.len() > 1 && points.first() == points.last() {
                        points.pop();
                    }
                    let stroke = self.stroke(stroke.as_ref()).into();
                    painter.add(PathShape { points, closed: true, fill: self.fill(*fill), stroke });
                }
            }
            Piece::Strokes { segments, stroke } => {
                let stroke = self.stroke(Some(stroke));
                painter.extend(
                    segments
                        .iter()
                        .map(|[from, to]| Shape::line_segment([self.at(*from), self.at(*to)], stroke)),
                );
            }
            Piece::Circle { centre, radius, fill, stroke } => {
                let (center, radius) = (self.at(*centre), narrow(*radius) * self.scale);
                let stroke = self.stroke(stroke.as_ref());
                painter.add(CircleShape { center, radius, fill: self.fill(*fill), stroke });
            }
            Piece::Text { at, anchor, text, size, bold, ink } => {
                let size = narrow(*size) * self.scale;
                let role = if *bold { Type::Strong } else { Type::Body };
                let font = FontId::new(size, role.font().family);
                let align = match anchor {
                    Anchor::Start => Align2::LEFT_CENTER,
                    Anchor::Middle => Align2::CENTER_CENTER,
                    Anchor::End => Align2::RIGHT_CENTER,
                };
                let at = self.at(*at) - vec2(0.0, MIDDLE * size);
                painter.text(at, align, text, font, self.colour(*ink));
            }
        }
    }

    fn line(&self, painter: &Painter, points: Vec<Pos2>, stroke: &Stroke) {
        let pattern: Vec<f32> =
            stroke.dash.pattern().iter().map(|length| narrow(*length) * self.scale).collect();
        let stroke = self.stroke(Some(stroke));
        if pattern.is_empty() {
            painter.line(points, stroke);
            return;
        }
        let (dashes, gaps): (Vec<_>, Vec<_>) = pattern.chunks(2).map(|pair| (pair[0], pair[1])).unzip();
        painter.extend(Shape::dashed_line_with_offset(&points, stroke, &dashes, &gaps, 0.0));
    }
}

/// A rectangle of the picture's size at the top left corner.
pub(super) fn size(width: f64, height: f64, scale: f32) -> Vec2 {
    pos2(narrow(width), narrow(height)).to_vec2() * scale
}
