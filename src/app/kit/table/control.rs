//! What keyboard and pointer do in a table whose cells are walked.

use egui::{Context, Event, FocusDirection, Id, Key, Popup, Rect, Response, Ui};

use super::grid::{At, Editing, Grid, Range, Size, Step};
use super::keys::{self, Deed};
use super::paste;
use super::slot::Slot;
use super::work::{Then, Work, Write};
use super::{RowAction, Table, TableOutput};
use crate::app::kit::field::{self, Begin};
use crate::app::kit::keyboard;

/// What the keyboard asks of the cells that are about to be drawn.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// The current cell is to be edited.
    edit: bool,
    /// The choice or tick of the current cell is to be worked.
    work: bool,
    /// A cell that is edited is to be left this way, once it has what was typed.
    step: Option<Step>,
    enter: bool,
    escape: bool,
}

fn pressed(events: &[Event], key: Key) -> bool {
    events.iter().any(|event| {
        matches!(event, Event::Key { key: this, pressed: true, modifiers, .. } if *this == key && !modifiers.shift)
    })
}

/// The first arrow among `events`, and where it leads.
fn arrow(events: &[Event]) -> Option<(usize, Step)> {
    events.iter().enumerate().find_map(|(at, event)| {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
        let step = match key {
            Key::ArrowUp => Step::Up,
            Key::ArrowDown => Step::Down,
            Key::ArrowLeft => Step::Left,
            Key::ArrowRight => Step::Right,
            _ => return None,
        };
        (!modifiers.any()).then_some((at, step))
    })
}

impl Table<'_> {
    /// Whether the cells of this table are walked: not where its rows are picked.
    pub(super) fn is_walked(&self) -> bool {
        self.pick.is_none() && self.rows > 0 && !self.columns.is_empty()
    }

    /// Rows that are not totals.
    pub(super) fn entries(&self) -> usize {
        self.rows - self.totals
    }

    /// Reads the keyboard before the cells are drawn.
    pub(super) fn listen(
        &self,
        ui: &Ui,
        id: Id,
        grid: &mut Grid,
        size: Size,
        output: &mut TableOutput,
    ) -> Asked {
        let ctx = ui.ctx();
        if !self.is_walked() {
            grid.holds = None;
            return Asked::default();
        }
        let focused = ctx.memory(egui::Memory::focused);
        let ground = Grid::ground(id, grid.current);
        let open = Popup::is_any_open(ctx);
        if grid.opened && open {
            return Asked::default();
        }
        if std::mem::take(&mut grid.opened) {
            // What was open over the table is closed: the cell has the keyboard again.
            hold(ctx, grid, id);
            return Asked::default();
        }
        if focused == Some(ground) && grid.holds != Some(ground) {
            // Tab has come from elsewhere.
            grid.holds = Some(ground);
            grid.editing = None;
            grid.follow = true;
        }
        let Some(held) = grid.holds else { return Asked::default() };
        let events = ui.input(|input| input.events.clone());
        if focused != Some(held) {
            if focused.is_none() && pressed(&events, Key::Escape) {
                ctx.memory_mut(|memory| memory.request_focus(held));
            } else {
                grid.holds = None;
                grid.editing = None;
                return Asked::default();
            }
        }
        if open {
            return Asked::default();
        }
        let (asked, leaving) = match grid.editing {
            Some(editing) => self.listen_editing(ui, id, grid, editing, size, &events),
            None => self.listen_walking(ui, id, grid, size, &events, output),
        };
        if !leaving {
            // The keys that egui moves the keyboard with are the table's.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        asked
    }

    fn listen_editing(
        &self,
        ui: &Ui,
        id: Id,
        grid: &mut Grid,
        editing: Editing,
        size: Size,
        events: &[Event],
    ) -> (Asked, bool) {
        let ctx = ui.ctx();
        if field::is_composing(ctx, editing.field) {
            return (Asked::default(), false);
        }
        if !self.read_only
            && let Some(at) = events
                .iter()
                .position(|event| matches!(event, Event::Paste(text) if paste::is_block(text, false)))
            && let Event::Paste(text) = &events[at]
        {
            ui.input_mut(|input| input.events.remove(at));
            grid.reach = grid.current;
            grid.work = Some(Work::Write(Write::paste(grid.selected(), paste::block(ctx, text))));
            // A field that kept the keyboard would keep undo to itself as well.
            hold(ctx, grid, id);
            return (Asked::default(), false);
        }
        let mut asked = Asked::of(events);
        // After typing, arrows go on to the next cell; after F2 they move the caret.
        if let Some((at, step)) = arrow(events).filter(|_| editing.typed) {
            ui.input_mut(|input| input.events.remove(at));
            asked.step = Some(step);
        }
        let leaving = asked.step.is_some_and(|step| step.from(grid.current, size).is_none());
        if leaving {
            asked.step = None;
        }
        (asked, leaving)
    }

    fn listen_walking(
        &self,
        ui: &Ui,
        id: Id,
        grid: &mut Grid,
        size: Size,
        events: &[Event],
        output: &mut TableOutput,
    ) -> (Asked, bool) {
        let mut asked = Asked::default();
        let mut leaving = false;
        if let Some(deed) = grid.asked.take() {
            self.carry_out(ui, grid, deed, size, &mut asked, output);
        }
        let mut taken = Vec::new();
        let mut silent = false;
        for (index, event) in events.iter().enumerate() {
            if keys::writes(event) {
                if std::mem::take(&mut silent) && matches!(event, Event::Text(text) if text == " ") {
                    taken.push(index);
                    continue;
                }
                // All that follows belongs to the field that is written in.
                let Asked { mut step, enter, escape, .. } = Asked::of(&events[index..]);
                if let Some((at, arrow)) = arrow(&events[index..]) {
                    taken.push(index + at);
                    step = step.or(Some(arrow));
                }
                asked = Asked { step, enter, escape, ..asked };
                break;
            }
            let Some(deed) = Deed::of(event).filter(|deed| !self.read_only || !deed.edits()) else {
                continue;
            };
            taken.push(index);
            silent = matches!(deed, Deed::SelectRows | Deed::SelectColumns);
            if deed != Deed::Note {
                let noted = std::mem::take(&mut grid.note);
                if noted && deed == Deed::Escape {
                    continue;
                }
            }
            leaving |= self.carry_out(ui, grid, deed, size, &mut asked, output);
        }
        ui.input_mut(|input| {
            for index in taken.into_iter().rev() {
                input.events.remove(index);
            }
        });
        if grid.holds.is_some() && grid.holds != Some(Grid::ground(id, grid.current)) {
            hold(ui.ctx(), grid, id);
        }
        (asked, leaving)
    }

    /// Does what was asked for. Whether the keyboard leaves the table by it.
    fn carry_out(
        &self,
        ui: &Ui,
        grid: &mut Grid,
        deed: Deed,
        size: Size,
        asked: &mut Asked,
        output: &mut TableOutput,
    ) -> bool {
        let selected = grid.selected();
        let Range { top, left, bottom, right } = selected;
        if deed.edits() && (self.read_only || grid.work.is_some()) {
            return false;
        }
        match deed {
            Deed::Step(step, extend) => return !grid.step(step, extend, size),
            Deed::Edit => (asked.edit, asked.work) = (true, true),
            Deed::Work => asked.work = true,
            Deed::Clear => grid.work = Some(Work::Write(Write::clear(selected))),
            Deed::Copy => grid.work = Some(Work::copy(selected, Then::Copy)),
            Deed::Cut => grid.work = Some(Work::copy(selected, Then::Cut)),
            Deed::Paste(text) => {
                let cells = paste::block(ui.ctx(), &text);
                if !cells.is_empty() {
                    grid.work = Some(Work::Write(Write::paste(selected, cells)));
                }
            }
            // A single row is filled from the one above, a single column from the one before.
            Deed::FillDown => {
                let top = if top == bottom { top.saturating_sub(1) } else { top };
                grid.work = Some(Work::copy(Range { top, ..selected }, Then::FillDown));
            }
            Deed::FillRight => {
                let left = if left == right { left.saturating_sub(1) } else { left };
                grid.work = Some(Work::copy(Range { left, ..selected }, Then::FillRight));
            }
            Deed::SelectAll => {
                (grid.current, grid.reach) = (At::default(), At::new(size.rows - 1, size.columns - 1));
            }
            Deed::SelectRows => {
                (grid.current, grid.reach) = (At::new(top, 0), At::new(bottom, size.columns - 1));
            }
            Deed::SelectColumns => self.select_columns(grid, left, right),
            Deed::Escape => {
                if grid.reach == grid.current {
                    if let Some(held) = grid.holds.take() {
                        ui.memory_mut(|memory| memory.surrender_focus(held));
                        keyboard::left_by_key(ui.ctx(), held);
                    }
                } else {
                    grid.reach = grid.current;
                }
            }
            Deed::Note => grid.note = !grid.note,
            Deed::MoveUp | Deed::MoveDown | Deed::InsertRow | Deed::RemoveRows => {
                self.row_deed(grid, &deed, output);
            }
            Deed::Narrow | Deed::Widen => {
                let change = if deed == Deed::Narrow { -16.0 } else { 16.0 };
                grid.resize = Some((grid.current.column, change));
            }
        }
        false
    }

    fn row_deed(&self, grid: &mut Grid, deed: &Deed, output: &mut TableOutput) {
        let entries = self.entries();
        let At { row, column } = grid.current;
        if self.tools.is_none() || row >= entries.max(1) {
            return;
        }
        match deed {
            Deed::MoveUp if row > 0 => {
                output.action = Some(RowAction::Up(row));
                grid.go(At::new(row - 1, column));
            }
            Deed::MoveDown if row + 1 < entries => {
                output.action = Some(RowAction::Down(row));
                grid.go(At::new(row + 1, column));
            }
            Deed::InsertRow => {
                output.action = Some(RowAction::Insert(row + 1));
                grid.go(At::new(row + 1, column));
            }
            Deed::RemoveRows => {
                let Range { top, bottom, .. } = grid.selected();
                let end = (bottom + 1).min(entries);
                output.gone = (top, end.saturating_sub(top));
                grid.go(At::new(top, column));
            }
            _ => {}
        }
    }

    /// Selects all rows of some columns, but for the totals.
    pub(super) fn select_columns(&self, grid: &mut Grid, left: usize, right: usize) {
        let last = self.entries().max(1) - 1;
        (grid.current, grid.reach) = (At::new(0, left), At::new(last, right));
    }

    /// What is to happen in the cell `at`, which is about to be drawn.
    pub(super) fn slot(&self, ui: &Ui, id: Id, grid: &Grid, at: At, ground: &Response, asked: Asked) -> Slot {
        let this = Grid::ground(id, at);
        let current = grid.current == at && grid.holds == Some(this);
        let hovered = ground.hovered();
        let mut begin = None;
        if current && grid.editing.is_none() {
            if let Some(pointer) = grid.pointed {
                begin = Some(Begin::At(pointer));
            } else if asked.edit {
                begin = Some(Begin::AtEnd);
            } else if !self.read_only && !Popup::is_any_open(ui.ctx()) {
                // What an input method sends late to a field that was left is not written here.
                field::claim_late(ui.ctx());
                let writes = ui.input(|input| input.events.iter().any(keys::writes));
                begin = writes.then_some(Begin::Replace);
            }
        }
        Slot::new(this, current, hovered)
            .begin(begin)
            .activate(current && (asked.edit || asked.work) && !self.read_only)
            .offer(grid.work.as_ref().and_then(|work| work.offer(at)))
    }
}

/// What the pointer does on the cell `at`, whose visible part is `visible`, before the cell is drawn.
pub(super) fn point(ui: &Ui, id: Id, grid: &mut Grid, at: At, ground: &Response, visible: Rect) {
    let (pressed, released, down, shift, pos) = ui.input(|input| {
        let pointer = &input.pointer;
        (
            pointer.primary_pressed(),
            pointer.primary_released(),
            pointer.primary_down(),
            input.modifiers.shift,
            pointer.interact_pos(),
        )
    });
    let hit =
        (pressed && ground.is_pointer_button_down_on()) || (released && ground.clicked() && !grid.dragging);
    if hit {
        if shift && grid.holds.is_some() {
            grid.reach = at;
        } else {
            grid.current = at;
            grid.reach = at;
            grid.tab_from = None;
        }
        grid.dragging = down;
        grid.note = false;
        hold(ui.ctx(), grid, id);
    } else if grid.dragging && down && grid.reach != at && pos.is_some_and(|pos| visible.contains(pos)) {
        grid.reach = at;
        grid.follow = true;
    } else if ground.secondary_clicked() && !grid.selected().contains(at) {
        grid.current = at;
        grid.reach = at;
        hold(ui.ctx(), grid, id);
    }
}

/// Takes note of what the cell `at` has become while it was drawn.
pub(super) fn drawn(ui: &Ui, id: Id, grid: &mut Grid, at: At, slot: &Slot, ground: &Response, visible: Rect) {
    let ctx = ui.ctx();
    // What was typed and confirmed in one pass has left its field already.
    let begun = slot.begun && slot.begin.is_none();
    let edited = slot.field.filter(|field| begun || ctx.memory(|memory| memory.has_focus(*field)));
    if let Some(field) = edited {
        if grid.current != at {
            grid.current = at;
            grid.reach = at;
        }
        if grid.editing.is_none_or(|editing| editing.field != field) {
            let typed = grid.editing_by_typing.take() == Some(at);
            grid.editing = Some(Editing { field, typed });
            grid.reach = at;
            grid.follow = true;
        }
        grid.holds = Some(field);
        return;
    }
    if ground.double_clicked() {
        // In this pass the field would take the click for one beside it.
        grid.pointed = ui.input(|input| input.pointer.interact_pos());
        ctx.request_repaint();
    }
    if slot.wanted {
        grid.go(at);
        hold(ctx, grid, id);
    }
    if slot.opens {
        grid.current = at;
        grid.reach = at;
        grid.opened = true;
    }
    // A press on a widget in the cell makes the cell current as well.
    let pressed = ui.input(|input| input.pointer.primary_pressed());
    if pressed && !ground.is_pointer_button_down_on() && ui.rect_contains_pointer(visible) {
        grid.current = at;
        grid.reach = at;
        hold(ctx, grid, id);
    }
}

/// Ends the pass: the keyboard goes on from a cell that was edited.
pub(super) fn conclude(ctx: &Context, id: Id, grid: &mut Grid, size: Size, asked: Asked) {
    if !ctx.input(|input| input.pointer.primary_down()) {
        grid.dragging = false;
    }
    let Some(editing) = grid.editing else { return };
    if ctx.memory(|memory| memory.has_focus(editing.field)) {
        if let Some(step) = asked.step {
            grid.step(step, false, size);
            hold(ctx, grid, id);
        }
    } else if ctx.memory(egui::Memory::focused).is_none() && (asked.enter || asked.escape) {
        if asked.enter {
            grid.next_line(size);
        }
        hold(ctx, grid, id);
    } else {
        grid.editing = None;
    }
}

impl Asked {
    /// What the keys among `events` ask of a cell that is edited.
    fn of(events: &[Event]) -> Self {
        let step = events.iter().find_map(|event| match Deed::of(event) {
            Some(Deed::Step(step @ (Step::Next | Step::Previous), false)) => Some(step),
            _ => None,
        });
        Self {
            step,
            enter: pressed(events, Key::Enter),
            escape: pressed(events, Key::Escape),
            ..Self::default()
        }
    }
}

/// Gives the keyboard to the current cell as a whole.
pub(super) fn hold(ctx: &Context, grid: &mut Grid, id: Id) {
    let ground = Grid::ground(id, grid.current);
    grid.holds = Some(ground);
    grid.editing = None;
    ctx.memory_mut(|memory| memory.request_focus(ground));
    ctx.request_repaint();
}
