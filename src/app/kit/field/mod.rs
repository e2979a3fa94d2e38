//! The only ways to edit text in this window.
//!
//! egui's own text field edits the caller's string directly, and so puts half-converted kana into it while an input
//! method composes. The fields here edit a draft and hand text over when nothing is being composed: see `draft`.

mod bullets;
mod composition;
mod count;
mod draft;
pub mod phrases;
#[cfg(test)]
mod tests;
mod words;

use egui::text_edit::TextEditOutput;
use egui::{
    Align, Align2, AsIdSalt, EventFilter, Frame, Key, KeyboardShortcut, Margin, Modifiers, Response, Shape,
    Stroke, StrokeKind, TextBuffer, TextEdit, Ui, vec2,
};

use super::button::{bring_into_view, focus_ring};
use super::page::is_read_only;
use crate::app::theme::{Palette, Type, space};
pub use count::{characters, stated_limit};
use draft::Enter;

/// How a field looks and what it says while empty.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    placeholder: &'a str,
    align: Align,
    rows: usize,
    font: Type,
    width: Option<f32>,
    look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A rule beneath, for a field that stands on a sheet.
    Ruled,
    /// A box, for a field that invites long text.
    Boxed,
    /// Nothing at rest: the table draws the lines.
    Bare,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { placeholder: "", align: Align::Min, rows: 1, font: Type::Body, width: None, look: Look::Ruled }
    }
}

impl<'a> Options<'a> {
    /// Shown while the field is empty.
    pub fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = text;
        self
    }

    /// Sets the text to the right, as figures are.
    pub fn right(mut self) -> Self {
        self.align = Align::Max;
        self
    }

    /// The least number of lines of a multi-line field.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// The role of the text.
    pub fn font(mut self, font: Type) -> Self {
        self.font = font;
        self
    }

    /// The width in points; without it a field takes what there is.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Draws a box around the field.
    pub fn boxed(mut self) -> Self {
        self.look = Look::Boxed;
        self
    }

    /// Draws nothing around the field until it is pointed at.
    pub fn bare(mut self) -> Self {
        self.look = Look::Bare;
        self
    }
}

/// A field of one line. Enter confirms, Esc restores.
///
/// The response is `changed` when `text` was: never in the middle of a composition.
pub fn line(
    ui: &mut Ui,
    id_salt: impl AsIdSalt,
    accessible_name: &str,
    text: &mut String,
    options: &Options<'_>,
) -> Response {
    let response = show(ui, id_salt, accessible_name, text, options, Kind::Line);
    // A long text is cut at the edge of a single line: the pointer shows all of it.
    let cut = response.hovered() && !response.has_focus() && {
        let font = options.font.font();
        let colour = Palette::of(ui).ink;
        let width = ui.painter().layout_no_wrap(text.clone(), font, colour).size().x;
        width > response.rect.width() - 2.0 * space::INSIDE
    };
    if cut { response.on_hover_text(text.as_str()) } else { response }
}

/// A field of many lines that grows with its text. Enter breaks the line and goes on with a list, Ctrl+Enter leaves, Esc
/// restores.
///
/// The response is `changed` when `text` was: never in the middle of a composition.
pub fn comment(
    ui: &mut Ui,
    id_salt: impl AsIdSalt,
    accessible_name: &str,
    text: &mut String,
    options: &Options<'_>,
) -> Response {
    show(ui, id_salt, accessible_name, text, options, Kind::Comment)
}

/// A field that wraps as it must but is one line in spirit, for the cells of a table: Enter confirms, Shift+Enter
/// breaks the line, Esc restores.
///
/// The response is `changed` when `text` was: never in the middle of a composition.
pub fn wrapped(
    ui: &mut Ui,
    id_salt: impl AsIdSalt,
    accessible_name: &str,
    text: &mut String,
    options: &Options<'_>,
) -> Response {
    show(ui, id_salt, accessible_name, text, options, Kind::Wrapped)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Comment,
    Wrapped,
}

fn show(
    ui: &mut Ui,
    id_salt: impl AsIdSalt,
    name: &str,
    text: &mut String,
    options: &Options<'_>,
    kind: Kind,
) -> Response {
    let id = ui.make_persistent_id(id_salt);
    if is_read_only(ui) {
        // The text can be selected and copied, and an invitation to write would be out of place.
        let options = Options { placeholder: "", ..*options };
        let response = text_edit(ui, id, &mut text.as_str(), &options, kind, false).response.response;
        if response.has_focus() {
            focus_ring(ui, response.rect);
        }
        return response.accessible_name(name);
    }
    let enter = if kind == Kind::Comment { Enter::Breaks } else { Enter::Leaves };
    let under = ui.painter().add(Shape::Noop);
    let response = draft::edit(ui, id, text, enter, |ui, text, composing| {
        text_edit(ui, id, text, options, kind, composing)
    });
    if response.has_focus() {
        bring_into_view(ui, response.rect);
    }
    if ui.is_rect_visible(response.rect) {
        let p = Palette::of(ui);
        let rect = response.rect;
        let fill = |colour| Shape::rect_filled(rect, space::CORNER, colour);
        if response.has_focus() {
            ui.painter().set(under, fill(p.sheet));
            focus_ring(ui, rect);
        } else {
            if response.hovered() {
                ui.painter().set(under, fill(p.hover));
            }
            let rule = Stroke::new(1.0, p.border);
            match options.look {
                Look::Ruled => {
                    let y = rect.bottom() - 0.5;
                    ui.painter().hline(rect.x_range(), y, rule);
                }
                Look::Boxed => {
                    ui.painter().rect_stroke(rect, space::CORNER, rule, StrokeKind::Inside);
                }
                Look::Bare => {}
            }
        }
    }
    response.accessible_name(name)
}

fn text_edit(
    ui: &mut Ui,
    id: egui::Id,
    text: &mut dyn TextBuffer,
    options: &Options<'_>,
    kind: Kind,
    composing: bool,
) -> TextEditOutput {
    // In a table the first line of every cell stands at one height, whatever the height of the row.
    let upright = if options.look == Look::Bare { Align::Min } else { Align::Center };
    let edit = match kind {
        Kind::Line => TextEdit::singleline(text).align(Align2([options.align, upright])),
        Kind::Comment => {
            TextEdit::multiline(text).desired_rows(options.rows).align(Align2([options.align, Align::Min]))
        }
        Kind::Wrapped => TextEdit::multiline(text)
            .desired_rows(options.rows)
            .align(Align2([options.align, Align::Min]))
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter)),
    };
    edit.id(id)
        .font(options.font.font())
        .hint_text(options.placeholder)
        .frame(Frame::NONE.inner_margin(Margin::symmetric(8, 4)))
        .desired_width(options.width.unwrap_or(f32::INFINITY))
        .min_size(vec2(24.0, space::ROW))
        .event_filter(EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            // Esc restores the text, so it must reach the field before egui takes the focus away.
            escape: true,
            // While composing, Tab belongs to the input method.
            tab: composing,
        })
        .show(ui)
}
