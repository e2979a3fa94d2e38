//! What passes between a table and whatever is drawn in a cell of it.
//!
//! No panel hands cells over as data: it draws them. So the table says what is to happen in the cell that is about to be
//! drawn, the widgets of [`cell`](super::cell) do it, and they say in turn what the cell holds. That is how every table
//! can be walked, copied, pasted into and filled without a line in its panel.

use egui::{Context, Id, Ui};

use crate::app::kit::field::Begin;

/// What is to happen in a cell, and what the cell says of itself.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// The widget that stands for the cell as a whole.
    ground: Id,
    /// Whether the keyboard is on the cell.
    current: bool,
    /// Whether the pointer is over it.
    hovered: bool,
    /// How its text is to be given the keyboard.
    pub(super) begin: Option<Begin>,
    /// Whether it was to be given the keyboard at all.
    pub(super) begun: bool,
    /// Whether its choice, its tick or its button is to be worked.
    activate: bool,
    /// The text that it is to take.
    offer: Option<String>,
    /// Whether that text was taken.
    pub(super) taken: bool,
    /// What it holds, as it is copied.
    pub(super) text: Option<String>,
    /// The field that edits it.
    pub(super) field: Option<Id>,
    /// Whether those who cannot see it ask for the keyboard on it.
    pub(super) wanted: bool,
    /// Whether it opens something that takes the keyboard.
    pub(super) opens: bool,
    /// What can be told of it.
    pub(super) note: Note,
}

/// What can be told of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// In sentences.
    pub lines: Vec<String>,
    /// Where its content is from, to be copied.
    pub origin: Option<String>,
    /// What the corner of the cell shows of it.
    pub mark: Option<Mark>,
}

/// A mark in the corner of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The document has a note on it.
    Noted,
    /// It could not be read as what belongs here.
    Unread,
}

impl Slot {
    pub(super) fn new(ground: Id, current: bool, hovered: bool) -> Self {
        Self {
            ground,
            current,
            hovered,
            begin: None,
            begun: false,
            activate: false,
            offer: None,
            taken: false,
            text: None,
            field: None,
            wanted: false,
            opens: false,
            note: Note::default(),
        }
    }

    pub(super) fn begin(mut self, begin: Option<Begin>) -> Self {
        self.begin = begin;
        self.begun = begin.is_some();
        self
    }

    pub(super) fn activate(mut self, activate: bool) -> Self {
        self.activate = activate;
        self
    }

    pub(super) fn offer(mut self, text: Option<String>) -> Self {
        self.offer = text;
        self
    }

    /// Makes this the slot of the cell that is drawn next.
    pub(super) fn put(self, ctx: &Context) {
        ctx.data_mut(|d| d.insert_temp(key(), Some(self)));
    }

    /// The slot of the cell that was drawn last.
    pub(super) fn collect(ctx: &Context) -> Option<Self> {
        ctx.data_mut(|d| d.remove_temp::<Option<Self>>(key())).flatten()
    }
}

fn key() -> Id {
    Id::unique("cell being drawn")
}

fn with<R>(ctx: &Context, work: impl FnOnce(&mut Slot) -> R) -> Option<R> {
    ctx.data_mut(|d| d.get_temp_mut_or_default::<Option<Slot>>(key()).as_mut().map(work))
}

/// Whether what is drawn now is the cell of a table.
pub(super) fn is_cell(ctx: &Context) -> bool {
    with(ctx, |_| ()).is_some()
}

/// Says what the cell being drawn holds, as it is to be copied; the last word counts.
pub fn says(ctx: &Context, text: impl Into<String>) {
    with(ctx, |slot| slot.text = Some(text.into()));
}

/// Says what can be told of the cell being drawn. Whether it is the cell of a table, which then tells it on request.
pub fn tells(ctx: &Context, note: Note) -> bool {
    with(ctx, |slot| slot.note = note).is_some()
}

/// Whether the keyboard is on the cell being drawn.
pub fn has_keyboard(ctx: &Context) -> bool {
    with(ctx, |slot| slot.current) == Some(true)
}

/// Whether the pointer is over the cell being drawn.
pub(super) fn is_hovered(ctx: &Context) -> bool {
    with(ctx, |slot| slot.hovered) == Some(true)
}

/// Whether the choice, the tick or the button of the cell being drawn is to be worked, as a click would; told once.
pub fn activated(ctx: &Context) -> bool {
    with(ctx, |slot| std::mem::take(&mut slot.activate)) == Some(true)
}

/// Says that something opens over the cell being drawn and takes the keyboard until it closes.
pub fn opens(ctx: &Context) {
    with(ctx, |slot| slot.opens = true);
}

/// Passes on to the cell that assistive technology asks for the keyboard on the widget `id` in it.
pub(super) fn wanted(ui: &Ui, id: Id) {
    if ui.input(|i| i.has_accesskit_action_request(id, egui::accesskit::Action::Focus)) {
        with(ui.ctx(), |slot| slot.wanted = true);
    }
}

/// Whether the cell being drawn has its field already; another one beside it is a field like any other.
pub(super) fn has_field(ctx: &Context) -> bool {
    with(ctx, |slot| slot.field.is_some()) == Some(true)
}

/// How the field `id`, which edits the cell being drawn, is to be given the keyboard, and from whom.
pub(super) fn field(ui: &Ui, id: Id) -> Option<(Id, Begin)> {
    // Those who cannot see it reach the field itself.
    let asked = ui.input(|i| i.has_accesskit_action_request(id, egui::accesskit::Action::Focus));
    with(ui.ctx(), |slot| {
        slot.field = Some(id);
        slot.begin.take().or_else(|| asked.then_some(Begin::AtEnd)).map(|how| (slot.ground, how))
    })
    .flatten()
}

/// The pasted text that the cell being drawn is to hold; whoever takes it shows it and says that it changed.
pub fn take(ctx: &Context) -> Option<String> {
    with(ctx, |slot| {
        let text = slot.offer.clone().filter(|_| !slot.taken)?;
        slot.taken = true;
        Some(text)
    })
    .flatten()
}

/// Gives back what was taken: it means nothing in this cell.
pub fn refuse(ctx: &Context) {
    with(ctx, |slot| slot.taken = false);
}
