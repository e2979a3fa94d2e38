//! The one set of icons, drawn as strokes so that no font has to carry them.

use egui::{Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::page::is_read_only;
use crate::app::theme::{Palette, space};

/// A drawing of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Opens to the right, or is closed.
    ChevronRight,
    /// Goes back.
    ChevronLeft,
    /// Is open.
    ChevronDown,
    /// Closes upwards.
    ChevronUp,
    /// Adds.
    Plus,
    /// Takes away.
    Minus,
    /// Removes for good, until undone.
    Trash,
    /// Moves up.
    ArrowUp,
    /// Moves down.
    ArrowDown,
    /// Done, or chosen.
    Check,
    /// A caution.
    Warning,
    /// A remark.
    Info,
    /// An alarm.
    Alarm,
    /// Not understood.
    Question,
    /// Searches.
    Search,
    /// Closes.
    Close,
    /// Saves.
    Save,
    /// Takes back the last change.
    Undo,
    /// Makes the change again.
    Redo,
    /// A file.
    Document,
    /// A folder, or opening.
    Folder,
    /// Brings something in.
    Import,
    /// Sends something out.
    Export,
    /// Can be dragged.
    Drag,
    /// One person.
    Person,
    /// A committee.
    People,
    /// More to do with this.
    More,
    /// Writes.
    Edit,
    /// Time, or history.
    Clock,
    /// A chart.
    Chart,
    /// A table.
    Table,
    /// Points elsewhere.
    Link,
    /// Language.
    Globe,
    /// Closed to change.
    Lock,
}

/// A stroke of a drawing, on a field of 24 by 24.
enum Part {
    /// An open line through points.
    Line(&'static [(f32, f32)]),
    /// A closed outline through points.
    Loop(&'static [(f32, f32)]),
    /// A circle: centre and radius.
    Circle(f32, f32, f32),
    /// A filled dot: centre and radius.
    Dot(f32, f32, f32),
    /// A part of a circle: centre, radius, from and to in degrees clockwise from the right.
    Arc(f32, f32, f32, f32, f32),
}

impl Icon {
    fn parts(self) -> &'static [Part] {
        use Part::{Arc, Circle, Dot, Line, Loop};
        match self {
            Self::ChevronRight => &[Line(&[(9.0, 6.0), (15.0, 12.0), (9.0, 18.0)])],
            Self::ChevronLeft => &[Line(&[(15.0, 6.0), (9.0, 12.0), (15.0, 18.0)])],
            Self::ChevronDown => &[Line(&[(6.0, 9.0), (12.0, 15.0), (18.0, 9.0)])],
            Self::ChevronUp => &[Line(&[(6.0, 15.0), (12.0, 9.0), (18.0, 15.0)])],
            Self::Plus => &[Line(&[(12.0, 5.0), (12.0, 19.0)]), Line(&[(5.0, 12.0), (19.0, 12.0)])],
            Self::Minus => &[Line(&[(5.0, 12.0), (19.0, 12.0)])],
            Self::Trash => &[
                Line(&[(4.0, 7.0), (20.0, 7.0)]),
                Line(&[(9.0, 7.0), (9.0, 4.0), (15.0, 4.0), (15.0, 7.0)]),
                Line(&[(6.0, 7.0), (7.0, 20.0), (17.0, 20.0), (18.0, 7.0)]),
            ],
            Self::ArrowUp => {
                &[Line(&[(12.0, 19.0), (12.0, 5.0)]), Line(&[(6.0, 11.0), (12.0, 5.0), (18.0, 11.0)])]
            }
            Self::ArrowDown => {
                &[Line(&[(12.0, 5.0), (12.0, 19.0)]), Line(&[(6.0, 13.0), (12.0, 19.0), (18.0, 13.0)])]
            }
            Self::Check => &[Line(&[(5.0, 12.5), (10.0, 17.5), (19.0, 7.0)])],
            Self::Warning => &[
                Loop(&[(12.0, 3.5), (21.5, 20.0), (2.5, 20.0)]),
                Line(&[(12.0, 10.0), (12.0, 14.5)]),
                Dot(12.0, 17.2, 1.2),
            ],
            Self::Info => {
                &[Circle(12.0, 12.0, 9.0), Line(&[(12.0, 11.0), (12.0, 16.5)]), Dot(12.0, 7.8, 1.2)]
            }
            Self::Alarm => {
                &[Circle(12.0, 12.0, 9.0), Line(&[(12.0, 7.5), (12.0, 13.0)]), Dot(12.0, 16.2, 1.2)]
            }
            Self::Question => &[
                Arc(12.0, 9.0, 4.0, 180.0, 405.0),
                Line(&[(14.8, 11.8), (12.0, 14.6)]),
                Dot(12.0, 18.5, 1.6),
            ],
            Self::Search => &[Circle(10.5, 10.5, 6.0), Line(&[(15.0, 15.0), (20.0, 20.0)])],
            Self::Close => &[Line(&[(6.0, 6.0), (18.0, 18.0)]), Line(&[(18.0, 6.0), (6.0, 18.0)])],
            Self::Save => &[
                Loop(&[(4.0, 4.0), (16.5, 4.0), (20.0, 7.5), (20.0, 20.0), (4.0, 20.0)]),
                Line(&[(8.0, 4.0), (8.0, 9.0), (15.0, 9.0), (15.0, 4.0)]),
                Line(&[(7.5, 20.0), (7.5, 13.5), (16.5, 13.5), (16.5, 20.0)]),
            ],
            Self::Undo => &[
                Line(&[(8.0, 4.5), (4.0, 8.5), (8.0, 12.5)]),
                Line(&[(4.0, 8.5), (14.0, 8.5)]),
                Arc(14.0, 13.5, 5.0, -90.0, 90.0),
                Line(&[(14.0, 18.5), (8.0, 18.5)]),
            ],
            Self::Redo => &[
                Line(&[(16.0, 4.5), (20.0, 8.5), (16.0, 12.5)]),
                Line(&[(20.0, 8.5), (10.0, 8.5)]),
                Arc(10.0, 13.5, 5.0, 90.0, 270.0),
                Line(&[(10.0, 18.5), (16.0, 18.5)]),
            ],
            Self::Document => &[
                Loop(&[(6.0, 3.0), (14.0, 3.0), (19.0, 8.0), (19.0, 21.0), (6.0, 21.0)]),
                Line(&[(14.0, 3.0), (14.0, 8.0), (19.0, 8.0)]),
                Line(&[(9.0, 13.0), (16.0, 13.0)]),
                Line(&[(9.0, 17.0), (16.0, 17.0)]),
            ],
            Self::Folder => {
                &[Loop(&[(3.0, 5.5), (9.0, 5.5), (11.5, 8.0), (21.0, 8.0), (21.0, 19.5), (3.0, 19.5)])]
            }
            Self::Import => &[
                Line(&[(12.0, 3.0), (12.0, 14.0)]),
                Line(&[(7.0, 9.0), (12.0, 14.0), (17.0, 9.0)]),
                Line(&[(4.0, 15.0), (4.0, 20.0), (20.0, 20.0), (20.0, 15.0)]),
            ],
            Self::Export => &[
                Line(&[(12.0, 14.0), (12.0, 3.0)]),
                Line(&[(7.0, 8.0), (12.0, 3.0), (17.0, 8.0)]),
                Line(&[(4.0, 15.0), (4.0, 20.0), (20.0, 20.0), (20.0, 15.0)]),
            ],
            Self::Drag => &[
                Dot(9.0, 6.0, 1.5),
                Dot(15.0, 6.0, 1.5),
                Dot(9.0, 12.0, 1.5),
                Dot(15.0, 12.0, 1.5),
                Dot(9.0, 18.0, 1.5),
                Dot(15.0, 18.0, 1.5),
            ],
            Self::Person => &[Circle(12.0, 8.0, 4.0), Arc(12.0, 21.0, 7.5, 180.0, 360.0)],
            Self::People => &[
                Circle(9.0, 8.5, 3.5),
                Arc(9.0, 20.0, 6.0, 180.0, 360.0),
                Arc(15.5, 8.5, 3.5, -100.0, 80.0),
                Arc(15.0, 20.0, 6.0, -60.0, 0.0),
            ],
            Self::More => &[Dot(12.0, 5.5, 1.7), Dot(12.0, 12.0, 1.7), Dot(12.0, 18.5, 1.7)],
            Self::Edit => &[
                Loop(&[(4.0, 20.0), (5.0, 15.5), (16.0, 4.5), (19.5, 8.0), (8.5, 19.0)]),
                Line(&[(13.5, 7.0), (17.0, 10.5)]),
            ],
            Self::Clock => &[Circle(12.0, 12.0, 9.0), Line(&[(12.0, 6.5), (12.0, 12.0), (15.5, 14.0)])],
            Self::Chart => &[
                Line(&[(4.0, 4.0), (4.0, 20.0), (20.0, 20.0)]),
                Line(&[(8.5, 16.5), (8.5, 12.0)]),
                Line(&[(13.0, 16.5), (13.0, 7.0)]),
                Line(&[(17.5, 16.5), (17.5, 10.0)]),
            ],
            Self::Table => &[
                Loop(&[(3.5, 5.0), (20.5, 5.0), (20.5, 19.0), (3.5, 19.0)]),
                Line(&[(3.5, 10.0), (20.5, 10.0)]),
                Line(&[(9.5, 5.0), (9.5, 19.0)]),
            ],
            Self::Link => &[
                Line(&[(10.0, 5.0), (5.0, 5.0), (5.0, 19.0), (19.0, 19.0), (19.0, 14.0)]),
                Line(&[(14.0, 4.0), (20.0, 4.0), (20.0, 10.0)]),
                Line(&[(20.0, 4.0), (11.5, 12.5)]),
            ],
            Self::Globe => &[
                Circle(12.0, 12.0, 9.0),
                Line(&[(3.0, 12.0), (21.0, 12.0)]),
                Arc(5.0, 12.0, 11.4, -52.0, 52.0),
                Arc(19.0, 12.0, 11.4, 128.0, 232.0),
            ],
            Self::Lock => &[
                Loop(&[(5.0, 11.0), (19.0, 11.0), (19.0, 20.5), (5.0, 20.5)]),
                Line(&[(8.0, 11.0), (8.0, 7.5)]),
                Arc(12.0, 7.5, 4.0, 180.0, 360.0),
                Line(&[(16.0, 7.5), (16.0, 11.0)]),
            ],
        }
    }

    /// Whether a button with this icon changes what it stands beside; there is none where that can only be read.
    pub(super) fn edits(self) -> bool {
        matches!(
            self,
            Self::Plus | Self::Trash | Self::Edit | Self::More | Self::ArrowUp | Self::ArrowDown | Self::Drag
        )
    }

    /// The strokes of this icon, filling the largest square centred in `rect`.
    pub fn shapes(self, rect: Rect, colour: Color32) -> Vec<Shape> {
        let side = rect.width().min(rect.height());
        let scale = side / 24.0;
        let origin = rect.center() - Vec2::splat(side / 2.0);
        let stroke = Stroke::new((1.8 * scale).max(1.25), colour);
        let at = |x: f32, y: f32| -> Pos2 { origin + vec2(x, y) * scale };
        let through = |points: &[(f32, f32)]| points.iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>();
        self.parts()
            .iter()
            .map(|part| match *part {
                Part::Line(points) => Shape::line(through(points), stroke),
                Part::Loop(points) => Shape::closed_line(through(points), stroke),
                Part::Circle(x, y, r) => Shape::circle_stroke(at(x, y), r * scale, stroke),
                Part::Dot(x, y, r) => Shape::circle_filled(at(x, y), r * scale, colour),
                Part::Arc(x, y, r, from, to) => {
                    let steps = 16_u8;
                    let point = |step: u8| {
                        let share = f32::from(step) / f32::from(steps);
                        let angle = (from + (to - from) * share).to_radians();
                        at(x + r * angle.cos(), y + r * angle.sin())
                    };
                    Shape::line((0..=steps).map(point).collect(), stroke)
                }
            })
            .collect()
    }

    /// Paints this icon into `rect`.
    pub fn paint(self, ui: &Ui, rect: Rect, colour: Color32) {
        self.paint_on(ui.painter(), rect, colour);
    }

    /// Paints this icon with a painter that is cut to some place.
    pub fn paint_on(self, painter: &Painter, rect: Rect, colour: Color32) {
        painter.extend(self.shapes(rect, colour));
    }

    /// Shows this icon inline as a mark that says nothing the text beside it does not say.
    pub fn show(self, ui: &mut Ui, side: f32, colour: Color32) -> Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        self.paint(ui, rect, colour);
        response
    }
}

/// A button that is only an icon. `label` is its accessible name and its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    icon_button_in(ui, icon, label, Palette::of(ui).ink)
}

/// [`icon_button`] in a colour of the caller's choice.
pub fn icon_button_in(ui: &mut Ui, icon: Icon, label: &str, colour: Color32) -> Response {
    if icon.edits() && is_read_only(ui) {
        return ui.allocate_exact_size(Vec2::ZERO, Sense::hover()).1;
    }
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(space::HIT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            let look = *ui.style().interact(&response);
            let border = if response.has_focus() { look.bg_stroke } else { Stroke::NONE };
            ui.painter().rect(rect, look.corner_radius, look.weak_bg_fill, border, egui::StrokeKind::Inside);
        }
        icon.paint(ui, Rect::from_center_size(rect.center(), Vec2::splat(space::ICON + 2.0)), colour);
    }
    response.on_hover_text(label)
}
