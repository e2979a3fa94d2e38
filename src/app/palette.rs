//! The command palette: every command and every page by its name, from one field.

use super::command::Command;
use super::crumbs;
use super::find::panel::{Left, left};
use super::kit::{self, field};
use super::route::Route;
use super::theme::{self, Type, space};
use super::window::Window;
use crate::fold;
use crate::locale::Lang;
use egui::{Align2, Context, Id, Key, Modifiers, Role, Sense, Ui, WidgetInfo, vec2};

/// How many entries are told at once.
const MOST: usize = 60;
/// The height of the list, in points.
const HEIGHT: f32 = 420.0;

/// What is being looked for.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    text: String,
    chosen: usize,
    begun: bool,
}

/// Where an entry leads.
#[derive(Debug, Clone, PartialEq)]
enum Goal {
    Do(Command),
    Go(Route),
}

/// An entry: what it is called, and how well it fits what is looked for; less is better.
#[derive(Debug)]
struct Entry {
    goal: Goal,
    label: String,
    fit: usize,
}

/// A text as names are compared: folded, in katakana.
fn compared(text: &str) -> String {
    fold::katakana(&fold::key(text))
}

/// How well a name fits: at its beginning, somewhere in it, or with its characters in order but apart; none if it does
/// not. Less is better.
fn fit(name: &str, needle: &str) -> Option<usize> {
    let name = compared(name);
    if let Some(at) = name.find(needle) {
        return Some(usize::from(at > 0));
    }
    let mut rest = name.chars();
    let mut apart = 0;
    for wanted in needle.chars().filter(|c| !c.is_whitespace()) {
        apart += rest.position(|c| c == wanted)?;
    }
    Some(2 + apart)
}

impl Window {
    /// Everything that fits, the best first.
    fn entries(&self, text: &str) -> Vec<Entry> {
        let lang = self.lang;
        let needle = compared(text.trim());
        let mut entries = Vec::new();
        for command in Command::ALL.into_iter().filter(|command| *command != Command::Palette) {
            let best = Lang::ALL.into_iter().filter_map(|lang| fit(command.label(lang), &needle)).min();
            if let Some(fit) = best.filter(|_| self.can(command)) {
                let label = command.label(lang).trim_end_matches('…').to_owned();
                entries.push(Entry { goal: Goal::Do(command), label, fit });
            }
        }
        if let Some(document) = &self.document {
            for route in self.pages() {
                let [ja, en] = Lang::ALL.map(|lang| crumbs::said(&route, &document.dossier, lang));
                let best = [&ja, &en].into_iter().filter_map(|said| fit(said, &needle)).min();
                if let Some(fit) = best {
                    let label = if lang == Lang::Ja { ja } else { en };
                    entries.push(Entry { goal: Goal::Go(route), label, fit });
                }
            }
        }
        // Of those that fit alike, commands come before pages, each in their own order.
        entries.sort_by_key(|entry| entry.fit);
        entries.truncate(MOST);
        entries
    }

    /// Draws the palette.
    pub(super) fn palette_dialog(&mut self, ctx: &Context, mut palette: Palette) {
        let lang = self.lang;
        let composing = ctx.memory(egui::Memory::focused).is_some_and(|id| field::is_composing(ctx, id));
        let key = |key| !composing && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 10), (Key::PageUp, -10)]
            .into_iter()
            .find_map(|(pressed, by)| key(pressed).then_some(by));
        let mut goal = None;
        let title = Command::Palette.label(lang).trim_end_matches('…');
        let modal = kit::dialog(ctx, Id::unique("palette"), title, 560.0, |ui| {
            let options = field::Options::default()
                .boxed()
                .placeholder(lang.t("操作やページの名前", "Name of a command or a page"));
            let before = palette.text.clone();
            let name = lang.t("探す名前", "Name to find");
            let response = field::line(ui, "palette", name, &mut palette.text, &options);
            if !std::mem::replace(&mut palette.begun, true) {
                response.request_focus();
            }
            let left = left(ui, &response);
            if left == Some(Left::Escape) {
                return true;
            }
            if palette.text != before {
                palette.chosen = 0;
            }
            let entries = self.entries(&palette.text);
            let last = entries.len().saturating_sub(1);
            palette.chosen = palette.chosen.saturating_add_signed(step.unwrap_or(0)).min(last);
            if left == Some(Left::Enter) {
                goal = entries.get(palette.chosen).map(|entry| entry.goal.clone());
                return true;
            }
            if entries.is_empty() {
                kit::note(ui, lang.t("見つかりませんでした。", "Nothing was found."));
            }
            // As high however much is found: the field stays where it is while one types.
            let area = egui::ScrollArea::vertical().max_height(HEIGHT).min_scrolled_height(HEIGHT);
            area.auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, entry) in entries.iter().enumerate() {
                    if entry.draw(ui, lang, at == palette.chosen, step.is_some()) {
                        goal = Some(entry.goal.clone());
                    }
                }
            });
            goal.is_some()
        });
        if !modal.inner && !modal.should_close() {
            self.dialog = Some(super::dialogs::Dialog::Palette(palette));
            return;
        }
        match goal {
            Some(Goal::Do(command)) => self.command(ctx, command),
            Some(Goal::Go(Route::Import)) => self.go_to_import(),
            Some(Goal::Go(route)) => self.route = route,
            None => {}
        }
    }
}

impl Entry {
    /// Draws a line of the list; whether it was clicked.
    fn draw(&self, ui: &mut Ui, lang: Lang, chosen: bool, reveal: bool) -> bool {
        let p = theme::Palette::of(ui);
        let size = vec2(ui.available_width(), space::ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &self.label));
        if chosen && reveal {
            ui.scroll_to_rect(rect, None);
        }
        if !ui.is_rect_visible(rect) {
            return response.clicked();
        }
        if chosen || response.hovered() {
            let fill = if chosen { p.accent_soft } else { p.hover };
            ui.painter().rect_filled(rect, space::CORNER, fill);
        }
        if chosen {
            kit::chosen_bar(ui, rect);
        }
        let inner = rect.shrink2(vec2(space::INSIDE, 0.0));
        let aside = match &self.goal {
            Goal::Do(command) => {
                command.shortcut().map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default()
            }
            Goal::Go(_) => lang.t("ページ", "Page").to_owned(),
        };
        let aside = ui.painter().layout_no_wrap(aside, Type::Small.font(), p.secondary);
        let room = inner.width() - aside.size().x - space::GROUP;
        let at = Align2::RIGHT_CENTER.align_size_within_rect(aside.size(), inner).min;
        ui.painter().galley(at, aside, p.secondary);
        let label = egui::WidgetText::from(self.label.as_str()).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            room,
            egui::FontSelection::FontId(Type::Body.font()),
        );
        let at = Align2::LEFT_CENTER.align_size_within_rect(label.size(), inner).min;
        ui.painter().galley(at, label, p.ink);
        response.clicked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_however_they_are_written_and_the_nearest_first() {
        let needle = |text: &str| compared(text);
        assert_eq!(fit("元に戻す", &needle("元に")), Some(0));
        assert_eq!(fit("市場・経済", &needle("経済")), Some(1));
        assert_eq!(fit("ロードマップ", &needle("ろーど")), Some(0));
        assert_eq!(fit("Export the report…", &needle("ＥＸＰＯＲＴ")), Some(0));
        assert!(fit("Export the report…", &needle("exrep")).unwrap() > 1);
        assert_eq!(fit("保存", &needle("予算")), None);
    }
}
