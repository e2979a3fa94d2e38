//! What the window has told the user: toasts that go by themselves, and a history that stays.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Stroke, Ui, vec2};
use jiff::Zoned;

use super::icon::{Icon, icon_button};
use crate::app::theme::{Palette, Type, space};
use crate::locale::Lang;

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// Look here.
    Caution,
    /// It did not work.
    Alarm,
}

impl Kind {
    /// The icon of this kind.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Caution => Icon::Warning,
            Self::Alarm => Icon::Alarm,
        }
    }

    /// The colour of this kind.
    pub const fn colour(self, palette: &Palette) -> egui::Color32 {
        match self {
            Self::Info => palette.accent,
            Self::Good => palette.good,
            Self::Caution => palette.caution,
            Self::Alarm => palette.alarm,
        }
    }

    /// How long a toast stays, in seconds. What did not work stays until it is closed.
    const fn seconds(self) -> Option<f64> {
        match self {
            Self::Info | Self::Good => Some(6.0),
            Self::Caution => Some(12.0),
            Self::Alarm => None,
        }
    }
}

/// One thing the window said.
#[derive(Debug, Clone)]
pub struct Message {
    /// How grave it is.
    pub kind: Kind,
    /// What happened, in one sentence.
    pub text: String,
    /// More about it; may be empty.
    pub detail: String,
    /// When it was said.
    pub at: Zoned,
    /// Whether it still stands as a toast.
    toast: bool,
    /// When the toast was first drawn, in seconds of the window's clock.
    shown: Option<f64>,
}

/// Everything the window has said, oldest first.
#[derive(Debug, Default)]
pub struct Messages {
    all: Vec<Message>,
    unread: usize,
}

/// How far above the lower edge toasts stand, in points: a status bar, and a page's row of buttons above it.
const ABOVE: f32 = 112.0;

impl Messages {
    /// The number of messages kept.
    const KEPT: usize = 500;

    /// Says something. `detail` may be empty.
    pub fn push(&mut self, kind: Kind, text: impl Into<String>, detail: impl Into<String>) {
        if self.all.len() == Self::KEPT {
            self.all.remove(0);
        }
        self.unread += 1;
        self.all.push(Message {
            kind,
            text: text.into(),
            detail: detail.into(),
            at: Zoned::now(),
            toast: true,
            shown: None,
        });
    }

    /// Everything said, oldest first.
    pub fn all(&self) -> &[Message] {
        &self.all
    }

    /// The last thing said.
    pub fn latest(&self) -> Option<&Message> {
        self.all.last()
    }

    /// Everything said, newest first, as text to send: when, what, and its details.
    pub fn text(&self) -> String {
        let line = |message: &Message| {
            let at = message.at.strftime("%Y-%m-%d %H:%M:%S");
            let said = [message.text.as_str(), message.detail.as_str()];
            let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n  ");
            format!("{at}  {said}\n")
        };
        self.all.iter().rev().map(line).collect()
    }

    /// How many were said since the history was last looked at.
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// Draws the toasts in the lower right corner. Asks for one repaint, at the moment when the next toast goes.
    pub fn toasts(&mut self, ctx: &Context, lang: Lang) {
        let now = ctx.input(|i| i.time);
        let mut next: Option<f64> = None;
        let mut height = 0.0;
        for (index, message) in self.all.iter_mut().enumerate().rev() {
            if !message.toast {
                continue;
            }
            let shown = *message.shown.get_or_insert(now);
            let left = message.kind.seconds().map(|stay| shown + stay - now);
            if left.is_some_and(|left| left <= 0.0) {
                message.toast = false;
                continue;
            }
            // Four are as many as can be read; older ones wait in the history.
            if height > 4.0 * 72.0 {
                message.toast = false;
                continue;
            }
            let area = Area::new(Id::unique(("toast", index)))
                .order(Order::Tooltip)
                .anchor(Align2::RIGHT_BOTTOM, vec2(-space::GROUP, -ABOVE - height));
            let response = area.show(ctx, |ui| toast(ui, message, lang)).response;
            height += response.rect.height() + space::INSIDE;
            if response.contains_pointer() {
                // A toast that is being read stays.
                message.shown = Some(now);
            }
            if let Some(left) = left {
                next = Some(next.map_or(left, |next| next.min(left)));
            }
        }
        if let Some(next) = next {
            ctx.request_repaint_after(Duration::from_secs_f64(next.max(0.05)));
        }
    }

    /// Draws the history, newest first, and takes it as read.
    pub fn history(&mut self, ui: &mut Ui, nothing: &str) {
        self.unread = 0;
        if self.all.is_empty() {
            super::page::note(ui, nothing);
        }
        for message in self.all.iter().rev() {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                message.kind.icon().show(ui, 20.0, message.kind.colour(Palette::of(ui)));
                super::page::note(ui, &message.at.strftime("%H:%M").to_string());
                words(ui, message);
            });
        }
    }
}

fn words(ui: &mut Ui, message: &Message) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(Type::Body.text(&message.text));
        if !message.detail.is_empty() {
            super::page::note(ui, &message.detail);
        }
    });
}

fn toast(ui: &mut Ui, message: &mut Message, lang: Lang) {
    let p = Palette::of(ui);
    let colour = message.kind.colour(p);
    Frame::NONE
        .fill(p.sheet)
        .stroke(Stroke::new(1.0, p.rule))
        .corner_radius(space::CORNER)
        .inner_margin(Margin { left: 16, right: 8, top: 8, bottom: 8 })
        .shadow(ui.visuals().popup_shadow)
        .show(ui, |ui| {
            let width = 360.0_f32.min(ui.ctx().content_rect().width() - 64.0);
            ui.set_width(width);
            ui.horizontal_top(|ui| {
                message.kind.icon().show(ui, 22.0, colour);
                ui.allocate_ui(vec2(width - 22.0 - space::HIT - 24.0, 0.0), |ui| {
                    ui.set_width(ui.available_width());
                    words(ui, message);
                });
                if icon_button(ui, Icon::Close, lang.t("閉じる", "Close")).clicked() {
                    message.toast = false;
                }
            });
        });
}
