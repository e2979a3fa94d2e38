//! Bringing a text into view, wherever on a page the field with it stands.
//!
//! Panels know nothing of places: they draw fields with texts in them. So whoever wants a text shown says which, and
//! the first field with that text takes the keyboard, scrolls to itself and selects what was looked for. Tables and
//! long parts draw all they have while a text is being sought.

use std::ops::Range;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align, Context, Id, Rect, Ui};

/// A text to be brought into view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The whole text of the field, in each of the forms in which it may be shown.
    pub texts: Vec<String>,
    /// How many fields with that text come first.
    pub nth: usize,
    /// The characters to select.
    pub characters: Range<usize>,
}

/// A search under way.
#[derive(Debug, Clone)]
struct Search {
    sought: Sought,
    passed: usize,
    found: Option<Id>,
}

fn key() -> Id {
    Id::unique("text being sought")
}

/// Lets the fields that are drawn from here on look for a text, until [`end`].
pub fn begin(ctx: &Context, sought: Sought) {
    ctx.data_mut(|data| data.insert_temp(key(), Some(Search { sought, passed: 0, found: None })));
}

/// Whether a text is being sought, so that what is out of view is to be drawn as well.
pub fn is_underway(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<Option<Search>>(key())).flatten().is_some()
}

/// Ends the search; whether the text was found.
pub fn end(ctx: &Context) -> bool {
    let search = ctx.data_mut(|data| data.remove_temp::<Option<Search>>(key())).flatten();
    search.is_some_and(|search| search.found.is_some())
}

/// A field says what it holds.
pub(super) fn offer(ui: &Ui, id: Id, text: &str, rect: Rect) {
    let Some(mut search) = ui.data(|data| data.get_temp::<Option<Search>>(key())).flatten() else { return };
    if search.found.is_some() || !search.sought.texts.iter().any(|sought| sought == text) {
        return;
    }
    if search.passed < search.sought.nth {
        search.passed += 1;
    } else {
        search.found = Some(id);
        let Range { start, end } = search.sought.characters;
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(start), CCursor::new(end))));
        state.store(ui.ctx(), id);
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.scroll_to_rect(rect, Some(Align::Center));
    }
    ui.data_mut(|data| data.insert_temp(key(), Some(search)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::kit::field::{Options, comment, line};
    use crate::app::kit::table::{Column, Table, cell};
    use crate::app::kit::testing::harness;
    use egui_kittest::kittest::Queryable;

    fn sought(text: &str, nth: usize, characters: Range<usize>) -> Sought {
        Sought { texts: vec![text.to_owned()], nth, characters }
    }

    /// The selected text of the field with the keyboard.
    fn selected(ctx: &Context, text: &str) -> String {
        let id = ctx.memory(egui::Memory::focused).unwrap();
        let range = TextEditState::load(ctx, id).unwrap().cursor.char_range().unwrap();
        let range = range.as_sorted_char_range();
        text.chars().skip(range.start.0).take(range.end.0 - range.start.0).collect()
    }

    #[test]
    fn a_field_far_down_takes_the_keyboard_and_selects_what_was_found() {
        let rows: Vec<String> = (0..500).map(|n| format!("第{n}行 同じ語")).collect();
        let state = (rows, "長い文章の中の言葉".to_owned(), None::<Sought>);
        let mut desk = harness(state, |ui, (rows, text, ask)| {
            if let Some(ask) = ask.clone() {
                begin(ui.ctx(), ask);
            }
            egui::ScrollArea::vertical().show(ui, |ui| {
                line(ui, "first", "一番目", &mut "同じ".to_owned(), &Options::default());
                comment(ui, "text", "文章", text, &Options::default());
                line(ui, "second", "二番目", &mut "同じ".to_owned(), &Options::default());
                let columns = [Column::text("語", 1.0, 200.0)];
                let _ = Table::new("table", "表", &columns, rows.len())
                    .show(ui, |ui, row, _| drop(cell::text(ui, &format!("行 {row}"), &mut rows[row])));
            });
            if ask.take().is_some() {
                assert!(end(ui.ctx()));
            }
            assert!(!is_underway(ui.ctx()));
        });
        desk.state_mut().2 = Some(sought("長い文章の中の言葉", 0, 7..9));
        desk.run();
        assert!(desk.get_by_label("文章").is_focused());
        assert_eq!(selected(&desk.ctx, "長い文章の中の言葉"), "言葉");
        desk.state_mut().2 = Some(sought("同じ", 1, 0..1));
        desk.run();
        assert!(desk.get_by_label("二番目").is_focused());
        desk.state_mut().2 = Some(sought("第432行 同じ語", 0, 6..8));
        desk.run();
        assert!(desk.get_by_label("行 432").is_focused());
        assert_eq!(selected(&desk.ctx, "第432行 同じ語"), "同じ");
        // The row has come into view, and most others are not drawn any more.
        assert!(desk.query_by_label("行 0").is_none());
    }

    #[test]
    fn a_text_that_is_nowhere_is_given_up() {
        let mut desk = harness(Vec::new(), |ui, found: &mut Vec<bool>| {
            begin(ui.ctx(), sought("無い", 0, 0..1));
            line(ui, "one", "一", &mut "有る".to_owned(), &Options::default());
            found.push(end(ui.ctx()));
        });
        desk.run();
        assert!(!desk.state().is_empty() && desk.state().iter().all(|found| !found));
    }
}
