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

use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{
    Align, Align2, AsIdSalt, EventFilter, Frame, Key, KeyboardShortcut, Margin, Modifiers, Response, Shape,
    Stroke, StrokeKind, TextBuffer, TextEdit, Ui, vec2,
};

use super::button::{bring_into_view, focus_ring};
use super::page::is_read_only;
use super::seek;
use crate::app::theme::{Palette, Type, space};
pub use count::{characters, stated_limit};
use draft::Enter;

/// What the keys do, with their names in both languages, in the order of the list of shortcuts.
pub const KEYS: [(&str, &str, &str); 9] = [
    ("Enter", "入力を確定（コメントでは改行）", "Confirm the entry; in a comment, a new line"),
    ("Shift + Enter", "折り返す欄で改行", "A new line where a field wraps"),
    ("Ctrl + Enter", "コメントを確定", "Confirm a comment"),
    ("Esc", "入力を取り消す", "Restore what was there"),
    ("Ctrl + Z / Y", "欄の中で元に戻す・やり直す", "Undo, redo within the field"),
    ("Ctrl + A", "欄の文章全体を選択", "Select the whole text"),
    ("Ctrl + C / X / V", "コピー・切り取り・貼り付け", "Copy, cut, paste"),
    ("Ctrl + ← / →", "単語ごとに移動", "Go word by word"),
    ("Ctrl + Backspace / Delete", "前・次の単語を消す", "Delete the word before, after"),
];

/// How a field looks and what it says while empty.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    placeholder: &'a str,
    align: Align,
    rows: usize,
    font: Type,
    width: Option<f32>,
    look: Look,
    resting: bool,
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
        Self {
            placeholder: "",
            align: Align::Min,
            rows: 1,
            font: Type::Body,
            width: None,
            look: Look::Ruled,
            resting: false,
        }
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

    /// Leaves pointer and keyboard to what the field stands in, which gives it the keyboard with [`begin`].
    pub fn resting(mut self, resting: bool) -> Self {
        self.resting = resting;
        self
    }

    /// Draws nothing around the field until it is pointed at.
    pub fn bare(mut self) -> Self {
        self.look = Look::Bare;
        self
    }
}

/// How a field that was at rest is given the keyboard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Begin {
    /// What is typed takes the place of its text.
    Replace,
    /// The caret stands behind its text.
    AtEnd,
    /// The caret stands where the pointer is.
    At(egui::Pos2),
}

/// Gives the keyboard to the field `id`, which is about to be drawn with `text` in `options`, in the pass in which
/// `from` has it. What an input method is composing goes on in the field.
pub fn begin(ui: &Ui, id: egui::Id, from: egui::Id, text: &str, options: &Options<'_>, how: Begin) {
    let layer = ui.layer_id();
    ui.memory_mut(|memory| {
        if memory.has_focus(from) {
            // Asking for the keyboard would end the composition; handing it on as Tab does leaves it alone.
            memory.move_focus(egui::FocusDirection::Next);
            memory.interested_in_focus(from, layer);
            memory.interested_in_focus(id, layer);
        }
        if !memory.has_focus(id) {
            memory.request_focus(id);
        }
    });
    let caret = match how {
        Begin::Replace => {
            draft::replace(ui.ctx(), id);
            CCursor::default()
        }
        Begin::AtEnd => CCursor::end_of_str(text),
        Begin::At(pointer) => {
            let cell = ui.max_rect().shrink2(vec2(space::INSIDE, 4.0));
            let mut job =
                LayoutJob::simple(text.to_owned(), options.font.font(), Palette::of(ui).ink, cell.width());
            job.halign = options.align;
            let galley = ui.painter().layout_job(job);
            let origin = match options.align {
                Align::Min => cell.left_top(),
                Align::Center => cell.center_top(),
                Align::Max => cell.right_top(),
            };
            galley.cursor_from_pos(pointer - origin)
        }
    };
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(caret)));
    state.store(ui.ctx(), id);
    // A key that moves the keyboard is the field's once the field has had it for a pass.
    ui.ctx().request_repaint();
}

/// Whether an input method composes in the field `id`.
pub fn is_composing(ctx: &egui::Context, id: egui::Id) -> bool {
    draft::is_composing(ctx, id)
}

/// Takes off the input what an input method sends late to a field that was left; see `composition`.
pub fn claim_late(ctx: &egui::Context) {
    composition::claim(ctx);
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
        seek::offer(ui, id, text, response.rect);
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
    seek::offer(ui, id, text, response.rect);
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
    // What assistive technology writes into a field reaches it at rest as well.
    let told = ui.input(|i| i.has_accesskit_action_request(id, egui::accesskit::Action::SetValue));
    edit.id(id)
        .interactive(!options.resting || told)
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
