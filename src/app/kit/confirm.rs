//! A question that must be answered before anything else.

use egui::{Align, Context, Frame, Id, Key, Layout, Margin, Modal, ModalResponse, Stroke, Ui};

use super::button;
use crate::app::theme::{Palette, Type, prose_line_height, space};

/// An answer that can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// What one most likely wants; Enter gives it.
    Primary(&'a str),
    /// Something else.
    Plain(&'a str),
    /// What cannot be undone.
    Danger(&'a str),
}

/// A dialog over everything else: a title and `content`, at most `width` points wide.
pub fn dialog<R>(
    ctx: &Context,
    id: Id,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let p = Palette::when_dark(ctx.global_style().visuals.dark_mode);
    let frame = Frame::NONE
        .fill(p.sheet)
        .stroke(Stroke::new(1.0, p.rule))
        .corner_radius(space::CORNER)
        .inner_margin(Margin::same(24));
    Modal::new(id).frame(frame).backdrop_color(p.veil).show(ctx, |ui| {
        ui.set_width(width.min(ui.ctx().content_rect().width() - 96.0));
        ui.spacing_mut().item_spacing.y = space::INSIDE;
        ui.label(Type::Panel.text(title));
        content(ui)
    })
}

/// Asks `question` and gives the index of the answer once there is one. Esc, or a click beside the dialog, gives the
/// last answer, which should be the one that changes nothing.
pub fn confirm(ctx: &Context, id: Id, question: &str, text: &str, answers: &[Answer<'_>]) -> Option<usize> {
    let first = ctx.read_response(id).is_none();
    let modal = dialog(ctx, id, question, 440.0, |ui| {
        let line = prose_line_height(Type::Body.size());
        ui.label(Type::Body.text(text).line_height(Some(line)));
        ui.add_space(space::INSIDE);
        let mut given = None;
        ui.with_layout(Layout::right_to_left(Align::Center).with_main_wrap(true), |ui| {
            for (index, answer) in answers.iter().enumerate() {
                let response = match *answer {
                    Answer::Primary(label) => {
                        let response = button::primary(ui, label);
                        if first {
                            response.request_focus();
                        }
                        response
                    }
                    Answer::Plain(label) => button::plain(ui, label),
                    Answer::Danger(label) => button::danger(ui, label),
                };
                if response.clicked() {
                    given = Some(index);
                }
            }
        });
        given
    });
    let away = modal.backdrop_response.clicked()
        || (modal.is_top_modal && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape)));
    modal.inner.or_else(|| (away && !answers.is_empty()).then(|| answers.len() - 1))
}
