//! Marking cells and ranges, by pointer and by keyboard.

use super::Grid;
use crate::app::import::desk::Desk;
use crate::sheets::{Address, Area};
use egui::{EventFilter, Key, Pos2, Response, Ui, vec2};

/// How far a jump over cells goes at most.
const JUMP: usize = 2000;
/// How fast the sheet follows a pointer that drags beyond its edge, in points a frame.
const PULL: f32 = 24.0;

impl Grid<'_> {
    /// The arrows move from cell to cell, with Shift they mark a range, with Ctrl they go to the end of what is filled;
    /// Enter describes what is marked, Space takes or leaves the value.
    pub(super) fn keys(&self, ui: &Ui, desk: &mut Desk<'_>, ground: &Response, frame: Option<Area>) {
        if !ground.has_focus() {
            return;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, arrows));
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let (shift, far) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
        let steps =
            [(Key::ArrowUp, -1, 0), (Key::ArrowDown, 1, 0), (Key::ArrowLeft, 0, -1), (Key::ArrowRight, 0, 1)];
        for (_, down, right) in steps.into_iter().filter(|(key, ..)| pressed(*key)) {
            let first = || frame.or(self.sheet.extent()).map(|area| self.layout.area_of(area.first).first);
            let next = desk.look.cell.map(|at| self.beyond(at, (down, right), shift, far)).or_else(first);
            let Some(next) = next else { continue };
            if shift {
                self.extend(desk, next);
            } else {
                desk.look_at(next);
            }
            desk.look.reveal = true;
        }
        if pressed(Key::Space) {
            let lines = desk.lines();
            let taken = lines.iter().any(|line| desk.preview.is_taken(*line));
            for line in lines {
                desk.choose(line, !taken);
            }
        }
        let asked = pressed(Key::Enter) && desk.marks.open.is_none();
        if let Some(area) = desk.range_here().filter(|_| asked)
            && desk.look.sheet.as_ref().is_some_and(|(file, _)| desk.can_mark(file))
        {
            desk.begin_marking(area);
        }
    }

    /// The cell where a step leads: the next one, or with `far` the last of those that hold something.
    fn beyond(&self, from: Address, (down, right): (i32, i32), shift: bool, far: bool) -> Address {
        let step = |from: Address| {
            let next = self.layout.beside(from, down, right);
            // A range ends with the last cell of a merged one, so that steps go on from there.
            if shift && (down > 0 || right > 0) { self.layout.area_of(next).last } else { next }
        };
        let mut at = step(from);
        if !far {
            return at;
        }
        let filled = |at: Address| self.sheet.get(self.layout.area_of(at).first).is_some();
        let wanted = filled(at);
        for _ in 0..JUMP {
            let next = step(at);
            if next == at || (wanted && !filled(next)) {
                break;
            }
            at = next;
            if !wanted && filled(at) {
                break;
            }
        }
        at
    }

    /// Lets the marked range reach to a cell.
    fn extend(&self, desk: &mut Desk<'_>, to: Address) {
        let from = desk.look.anchor.or(desk.look.cell).unwrap_or(to);
        let from = self.layout.area_of(from).first;
        (desk.look.anchor, desk.look.cell, desk.look.line) = (Some(from), Some(to), None);
        desk.follow_selection();
    }

    /// A click looks at a cell, with Shift it marks up to it; dragging marks a range.
    pub(super) fn pointer(&self, ui: &Ui, desk: &mut Desk<'_>, ground: &Response, clicked: Option<Address>) {
        let place = ground.interact_pointer_pos();
        let clicked = clicked.or_else(|| place.filter(|_| ground.clicked()).and_then(|at| self.under(at)));
        let shift = ui.input(|input| input.modifiers.shift);
        if let Some(at) = clicked {
            ground.request_focus();
            if shift { self.extend(desk, at) } else { desk.look_at(at) }
        }
        let Some(at) = place.filter(|_| ground.drag_started() || ground.dragged()) else { return };
        if ground.drag_started() {
            ground.request_focus();
            let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(at);
            if let Some(from) = self.under(origin) {
                desk.look_at(from);
            }
        }
        let room = ui.clip_rect();
        if let Some(to) = self.under(room.shrink(1.0).clamp(at)) {
            let one = desk.look.anchor.or(desk.look.cell).map(|from| self.layout.area_of(from));
            if one != Some(self.layout.area_of(to)) || desk.look.anchor.is_some() {
                self.extend(desk, to);
            }
        }
        if !room.contains(at) {
            let off = |at: f32, (from, to): (f32, f32)| {
                if at < from {
                    PULL
                } else if at > to {
                    -PULL
                } else {
                    0.0
                }
            };
            ui.scroll_with_delta(vec2(
                off(at.x, (room.left(), room.right())),
                off(at.y, (room.top(), room.bottom())),
            ));
            ui.ctx().request_repaint();
        }
    }

    /// The cell under a point of the screen.
    fn under(&self, at: Pos2) -> Option<Address> {
        let at = at - self.origin;
        self.layout.at(at.x, at.y).map(|cell| self.layout.area_of(cell).first)
    }
}
