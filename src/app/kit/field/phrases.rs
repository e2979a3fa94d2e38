//! 定型文: phrases that somebody writes again and again, put into a text at the caret.
//!
//! The list is the user's own. It begins with a few that suit an evaluation, and the window keeps it among its
//! preferences: it [`put`]s the list where fields find it, and looks whether it was changed.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id, Popup, PopupCloseBehavior, ScrollArea, TextWrapMode, Ui};
use std::sync::Arc;

use super::draft::{bytes, range};
use super::{Options, comment};
use crate::app::kit::button;
use crate::app::kit::page::note;
use crate::locale::Lang;
use crate::tr;

/// The height beyond which the menu scrolls.
const MENU: f32 = 320.0;
/// The width of the menu.
const WIDTH: f32 = 360.0;

/// The phrases that come with the program.
pub fn usual() -> Vec<String> {
    [
        "国が実施する意義は大きい。",
        "目標及び指標の設定は、いずれも妥当である。",
        "当初の目標を達成しており、高く評価できる。",
        "実用化に向けた道筋を、より具体的に示す必要がある。",
        "成果について、定量的な根拠を示していただきたい。",
        "関係機関との連携体制を更に強化することが望まれる。",
        "費用対効果の試算について、前提となる条件を明確にする必要がある。",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn key() -> Id {
    Id::unique("phrases")
}

/// The list as it stands; none before it was [`put`].
pub fn all(ctx: &Context) -> Option<Arc<Vec<String>>> {
    ctx.data(|data| data.get_temp(key()))
}

/// Puts the list where fields find it.
pub fn put(ctx: &Context, phrases: Vec<String>) {
    ctx.data_mut(|data| data.insert_temp(key(), Arc::new(phrases)));
}

/// A button with the menu of phrases for the field `field` of that `name`, whose text is `text`. Whether one was put in.
pub fn menu(ui: &mut Ui, lang: Lang, field: Id, name: &str, text: &mut String) -> bool {
    let button = button::quiet(ui, None, lang.t("定型文…", "Phrases…")).accessible_name(tr!(
        lang,
        "{name} に定型文を入れる",
        "Put a phrase into {name}"
    ));
    let phrases = all(ui.ctx()).unwrap_or_default();
    let editing = button.id.with("editing");
    let mut put_in = false;
    let shown = Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(WIDTH)
        .show(|ui| {
            if let Some(mut lines) = ui.data(|data| data.get_temp::<String>(editing)) {
                edit(ui, lang, editing, &mut lines);
                return;
            }
            ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
                for phrase in phrases.iter() {
                    if ui.add(egui::Button::new(phrase).wrap_mode(TextWrapMode::Wrap)).clicked() {
                        insert(ui.ctx(), field, text, phrase);
                        put_in = true;
                        ui.close();
                    }
                }
            });
            if phrases.is_empty() {
                note(ui, lang.t("定型文はまだありません。", "There are no phrases yet."));
            }
            ui.separator();
            if ui.button(lang.t("定型文を編集…", "Edit the phrases…")).clicked() {
                ui.data_mut(|data| data.insert_temp(editing, phrases.join("\n")));
            }
        });
    if shown.is_none() {
        ui.data_mut(|data| data.remove::<String>(editing));
    }
    put_in
}

/// The list as text, a phrase a line.
fn edit(ui: &mut Ui, lang: Lang, editing: Id, lines: &mut String) {
    note(ui, lang.t("一行に一つ書きます。", "One phrase a line."));
    ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
        let options = Options::default().boxed().rows(6);
        comment(ui, "phrases", lang.t("定型文の一覧", "The phrases"), lines, &options);
    });
    ui.data_mut(|data| data.insert_temp(editing, lines.clone()));
    if button::plain(ui, lang.t("この内容で残す", "Keep these")).clicked() {
        let kept = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        put(ui.ctx(), kept.collect());
        ui.close();
    }
}

/// Puts `phrase` where the caret of `field` was last, and gives it the keyboard.
fn insert(ctx: &Context, field: Id, text: &mut String, phrase: &str) {
    let mut state = TextEditState::load(ctx, field).unwrap_or_default();
    let length = text.chars().count();
    let selected = state.cursor.char_range().map_or(length..length, |caret| range(&caret));
    let selected = selected.start.min(length)..selected.end.min(length);
    text.replace_range(bytes(text, &selected), phrase);
    let caret = CCursor::new(selected.start + phrase.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(caret)));
    state.store(ctx, field);
    ctx.memory_mut(|memory| memory.request_focus(field));
}
