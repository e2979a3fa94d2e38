//! The keyboard goes back to where it was once a dialog is closed.

use super::window::Window;
use egui::{Context, Id};

/// What had the keyboard before a dialog took it.
#[derive(Debug, Default)]
pub(super) struct Refocus {
    /// Whether a dialog was open in the frame before.
    open: bool,
    to: Option<Id>,
}

impl Window {
    /// Notes who has the keyboard as a dialog is about to be drawn for the first time.
    pub(super) fn note_focus(&mut self, ctx: &Context) {
        let open = self.dialog.is_some();
        if open && !std::mem::replace(&mut self.refocus.open, open) {
            self.refocus.to = ctx.memory(egui::Memory::focused);
        }
    }

    /// Gives the keyboard back after the last dialog was closed, unless something else has it by then or what had it
    /// is no longer there.
    pub(super) fn give_focus_back(&mut self, ctx: &Context) {
        if self.dialog.is_some() || !self.refocus.open {
            return;
        }
        // For a frame after a dialog was drawn, nothing beneath it may have the keyboard.
        if ctx.memory(egui::Memory::top_modal_layer).is_some() {
            ctx.request_repaint();
            return;
        }
        self.refocus.open = false;
        let there = self.refocus.to.take().filter(|id| ctx.read_response(*id).is_some());
        if let Some(id) = there.filter(|_| ctx.memory(egui::Memory::focused).is_none()) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
}
