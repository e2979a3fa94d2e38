//! 研究項目: what is researched, and who carries out which task of it.

use super::form::{self, KeyFigure};
use super::{blocks, parts};
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowAction};
use crate::app::kit::{Icon, button, empty, field, note, paper, sheet};
use crate::app::theme::{Type, space};
use crate::locale::Lang;
use crate::model::{ResearchItem, ResearchTask, SubjectId};
use crate::tr;
use egui::{Color32, Ui};
use std::collections::HashSet;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let items = &mut cx.subject(id).research_items;
    let count = items.len();
    let add = lang.t("研究項目を追加", "Add a research item");
    let mut action = None;
    if items.is_empty() {
        let what = lang.t(
            "研究開発項目ごとに、その内容、課題、実施者をここへ記入します。",
            "The research items go here, each with what is done in it, its tasks and who carries them out.",
        );
        let title = lang.t("研究開発項目", "Research items");
        sheet(
            ui,
            title,
            None,
            |_| (),
            |ui| {
                if empty(ui, what, add) {
                    action = Some(RowAction::Insert(0));
                }
            },
        );
    } else {
        paper(ui, lang.t("研究項目の数", "Numbers of items"), |ui| {
            form::key_figures(ui, &key_figures(lang, items));
        });
        for (index, item) in items.iter_mut().enumerate() {
            let id = item.id.clone();
            let asked = ui.push_id(("item", id.as_str()), |ui| block(ui, lang, item, index, count)).inner;
            action = action.or(asked);
        }
        if button::with_icon(ui, Icon::Plus, add).clicked() {
            action = Some(RowAction::Insert(count));
        }
    }
    if let Some(action) = action {
        let all: Vec<usize> = (0..count).collect();
        if let Some(id) = parts::apply_some(items, &all, action, "r", ResearchItem::default) {
            blocks::added(ui, id);
        }
    }
}

fn key_figures(lang: Lang, items: &[ResearchItem]) -> Vec<KeyFigure> {
    let tasks = || items.iter().flat_map(|item| &item.tasks);
    let implementers: HashSet<&str> =
        tasks().map(|task| task.implementer.trim()).filter(|name| !name.is_empty()).collect();
    let figure = |label: &str, value: usize, foot: &str| KeyFigure {
        label: label.to_owned(),
        value: value.to_string(),
        unit: String::new(),
        foot: foot.to_owned(),
    };
    vec![
        figure(lang.t("研究項目", "Research items"), items.len(), ""),
        figure(lang.t("課題", "Tasks"), tasks().count(), ""),
        figure(
            lang.t("実施者", "Implementers"),
            implementers.len(),
            lang.t("同じ表記は一つと数える", "same wording counted once"),
        ),
    ]
}

/// One item on its sheet. What the user asked to happen to the item as a whole.
fn block(ui: &mut Ui, lang: Lang, item: &mut ResearchItem, index: usize, count: usize) -> Option<RowAction> {
    let n = index + 1;
    let name = tr!(lang, "研究項目 {n}", "Research item {n}");
    paper(ui, &name, |ui| {
        let (heading, action) = blocks::head(ui, lang, Type::Panel, &name, index, count, |ui| {
            let bare = field::Options::default().bare().font(Type::Panel);
            let no = tr!(lang, "{name} 番号", "{name} number");
            let hint = lang.t("番号", "No.");
            let shown = if item.no.is_empty() { hint } else { item.no.as_str() };
            let width =
                ui.painter().layout_no_wrap(shown.to_owned(), Type::Panel.font(), Color32::PLACEHOLDER);
            let width = (width.size().x + 2.0 * space::INSIDE + 2.0).clamp(32.0, 160.0);
            let options = bare.placeholder(hint).width(width);
            field::line(ui, "no", &no, &mut item.no, &options);
            let label = tr!(lang, "{name} 名称", "{name} name");
            let options = bare.placeholder(lang.t("名称を記入", "Name of the item"));
            field::wrapped(ui, "label", &label, &mut item.label, &options)
        });
        blocks::welcome(ui, &item.id, &heading);
        form::form(ui, |ui| {
            let label = lang.t("内容", "Contents");
            form::row(ui, label, |ui| form::prose(ui, &format!("{name} {label}"), &mut item.contents, 2));
            let label = lang.t("別表記", "Other wordings");
            form::row(ui, label, |ui| {
                form::lines(ui, &format!("{name} {label}"), "—", &mut item.variants).on_hover_text(
                    lang.t("報告書の中の別の書き方を一行に一つ", "Other wordings in the report, one a line"),
                );
            });
            let label = lang.t("印字箇所", "Printed at");
            form::row(ui, label, |ui| form::line(ui, &format!("{name} {label}"), &mut item.printed_at));
        });
        tasks(ui, lang, &name, &mut item.tasks);
        action
    })
}

fn tasks(ui: &mut Ui, lang: Lang, item: &str, tasks: &mut Vec<ResearchTask>) {
    if tasks.is_empty() {
        note(ui, lang.t("この項目の課題と、その実施者", "The tasks of this item and who carries them out"));
    }
    let columns = [
        Column::text(lang.t("題名", "Title"), 3.0, 200.0),
        Column::text(lang.t("実施者", "Implementer"), 1.4, 130.0),
        Column::text(lang.t("注", "Note"), 1.0, 90.0),
    ];
    let name = tr!(lang, "{item} の課題", "Tasks of {item}");
    let rows = parts::Rows {
        salt: "tasks",
        name: &name,
        add: lang.t("課題を追加", "Add a task"),
        prefix: "r",
        columns: &columns,
    };
    rows.show(ui, lang, tasks, |ui, task, column| {
        let name = format!("{item} {} {}", task.id, columns[column].header());
        match column {
            0 => parts::text(ui, &name, &mut task.title),
            1 => parts::text(ui, &name, &mut task.implementer),
            _ => parts::text(ui, &name, &mut task.note),
        };
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Window, click, compose, fill, harness};
    use crate::locale::Lang;
    use crate::model::{Dossier, ResearchItem, ResearchTask, SubjectId};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    fn window(items: Vec<ResearchItem>) -> Harness<'static, Window> {
        let mut dossier = Dossier::default();
        dossier.programme.research_items = items;
        harness(dossier, |ui, cx| super::show(ui, cx, &SubjectId::programme()))
    }

    fn items(window: &Harness<'_, Window>) -> Vec<ResearchItem> {
        window.state().dossier.programme.research_items.clone()
    }

    fn item(id: &str, label: &str, implementers: &[&str]) -> ResearchItem {
        let task = |(n, name): (usize, &&str)| ResearchTask {
            id: format!("r{n}").into(),
            implementer: (*name).to_owned(),
            ..ResearchTask::default()
        };
        ResearchItem {
            id: id.into(),
            label: label.to_owned(),
            tasks: implementers.iter().enumerate().map(task).collect(),
            ..ResearchItem::default()
        }
    }

    #[test]
    fn an_item_is_written_from_nothing() {
        let mut window = window(Vec::new());
        click(&mut window, "研究項目を追加");
        window.get_by_label("研究項目 1 名称").type_text("チップ");
        window.run();
        assert_eq!(items(&window)[0].label, "チップ", "the new item has the keyboard");
        fill(&mut window, "研究項目 1 番号", "2-1");
        compose(&mut window, "研究項目 1 内容", "作る。");
        compose(&mut window, "研究項目 1 別表記", "基板（4(1)）\n基盤（4(2)）");
        fill(&mut window, "研究項目 1 印字箇所", "1部2章A-4");
        click(&mut window, "課題を追加");
        fill(&mut window, "研究項目 1 r1 題名", "腎臓");
        fill(&mut window, "研究項目 1 r1 実施者", "東海大学");
        fill(&mut window, "研究項目 1 r1 注", "辞退");
        let item = items(&window).remove(0);
        assert_eq!((item.no.as_str(), item.contents.as_str()), ("2-1", "作る。"));
        assert_eq!(item.variants, ["基板（4(1)）", "基盤（4(2)）"]);
        assert_eq!(item.printed_at, "1部2章A-4");
        let task = &item.tasks[0];
        assert_eq!([&*task.title, &*task.implementer, &*task.note], ["腎臓", "東海大学", "辞退"]);
    }

    #[test]
    fn items_are_moved_and_removed() {
        let mut window = window(vec![item("r1", "甲", &[]), item("r2", "乙", &[]), item("r3", "丙", &[])]);
        let labels = |window: &Harness<'_, Window>| -> Vec<String> {
            items(window).into_iter().map(|item| item.label).collect()
        };
        for (block, deed, then) in [
            ("研究項目 3 の操作", "上へ移動", vec!["甲", "丙", "乙"]),
            ("研究項目 1 の操作", "下へ移動", vec!["丙", "甲", "乙"]),
            ("研究項目 2 の操作", "削除", vec!["丙", "乙"]),
            ("研究項目 1 の操作", "下に追加", vec!["丙", "", "乙"]),
        ] {
            click(&mut window, block);
            click(&mut window, deed);
            assert_eq!(labels(&window), then);
        }
    }

    #[test]
    fn an_implementer_of_two_tasks_is_counted_once() {
        let items = vec![item("r1", "甲", &["京都大学", "東京大学"]), item("r2", "乙", &["京都大学", ""])];
        let figures = super::key_figures(Lang::En, &items);
        let values: Vec<_> = figures.iter().map(|figure| figure.value.as_str()).collect();
        assert_eq!(values, ["2", "4", "2"]);
    }
}
