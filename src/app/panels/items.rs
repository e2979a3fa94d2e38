//! 研究項目: what is researched, by whom.

use super::form;
use super::parts::{self, Rows, name};
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, apply};
use crate::app::kit::{self, Icon, button};
use crate::locale::Lang;
use crate::model::{ResearchItem, SubjectId, fresh_id};
use crate::tr;
use egui::Ui;
use std::collections::BTreeSet;

/// Draws the research items of a subject.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let items = &mut cx.subject(id).research_items;
    let add = lang.t("研究開発項目を追加", "Add a research item");
    if items.is_empty() {
        kit::paper(ui, lang.t("研究開発項目", "Research items"), |ui| {
            let what = lang.t(
                "研究開発項目ごとに、内容と、実施者が受け持つ題目を並べます。",
                "Each research item with its contents and the tasks that implementers carry out.",
            );
            if kit::empty(ui, what, add) {
                items.push(ResearchItem { id: fresh_id(items, "n"), ..ResearchItem::default() });
            }
        });
        return;
    }
    summary(ui, lang, items);
    let count = items.len();
    let mut asked = None;
    for (index, item) in items.iter_mut().enumerate() {
        let id = item.id.clone();
        let title = format!("{}　{}", item.no, item.label);
        let block = tr!(lang, "項目 {id}", "Item {id}");
        let n = item.tasks.len();
        let note = tr!(lang, "{n} 題目", "{n} tasks");
        ui.push_id(("item", id.as_str()), |ui| {
            let (action, ()) = kit::sheet(
                ui,
                title.trim(),
                Some(&note),
                |ui| form::block_menu(ui, lang, &block, index, count),
                |ui| one_item(ui, lang, &block, item),
            );
            asked = asked.or(action);
        });
    }
    if let Some(action) = asked {
        apply(items, action, ResearchItem::default);
    }
    if button::with_icon(ui, Icon::Plus, add).clicked() {
        items.push(ResearchItem { id: fresh_id(items, "n"), ..ResearchItem::default() });
    }
}

/// How many items, tasks and implementers there are.
fn summary(ui: &mut Ui, lang: Lang, items: &[ResearchItem]) {
    let tasks = || items.iter().flat_map(|item| &item.tasks);
    let implementers: BTreeSet<&str> =
        tasks().map(|task| task.implementer.as_str()).filter(|implementer| !implementer.is_empty()).collect();
    let (items, tasks, implementers) = (items.len(), tasks().count(), implementers.len());
    kit::note(
        ui,
        &tr!(
            lang,
            "研究開発項目 {items}、題目 {tasks}、実施者 {implementers}（異なり数）",
            "{items} items, {tasks} tasks, {implementers} different implementers"
        ),
    );
}

fn one_item(ui: &mut Ui, lang: Lang, block: &str, item: &mut ResearchItem) {
    let labels = [
        lang.t("番号", "Number"),
        lang.t("項目名", "Name"),
        lang.t("内容", "Contents"),
        lang.t("別表記", "Other wordings"),
        lang.t("印字箇所", "Printed at"),
    ];
    let called = |label: &str| format!("{block} {label}");
    form::form(ui, |ui| {
        form::row(ui, labels[0], |ui| form::line(ui, &called(labels[0]), &mut item.no));
        form::row(ui, labels[1], |ui| form::line(ui, &called(labels[1]), &mut item.label));
        form::row(ui, labels[2], |ui| form::prose(ui, &called(labels[2]), &mut item.contents, 1));
        form::row(ui, labels[3], |ui| {
            let hint =
                lang.t("報告書の中の別の書き方を一行に一つ", "Other wordings in the report, one a line");
            form::lines(ui, &called(labels[3]), hint, &mut item.variants)
        });
        form::row(ui, labels[4], |ui| form::line(ui, &called(labels[4]), &mut item.printed_at));
    });
    ui.add_space(crate::app::theme::space::TIGHT);
    let columns = [
        Column::text(lang.t("題目", "Title"), 2.0, 260.0),
        Column::text(lang.t("実施者", "Implementer"), 1.0, 160.0),
        Column::text(lang.t("注", "Note"), 0.7, 120.0),
    ];
    let table = tr!(lang, "{block} の題目", "Tasks of {block}");
    let add = lang.t("題目を追加", "Add a task");
    let rows = Rows { salt: "tasks", name: &table, add, prefix: "t", columns: &columns };
    rows.show(ui, lang, &mut item.tasks, |ui, row, column| {
        match column {
            0 => parts::text(ui, &name(&row.id, lang.t("題目", "Title")), &mut row.title),
            1 => parts::text(ui, &name(&row.id, lang.t("実施者", "Implementer")), &mut row.implementer),
            _ => parts::text(ui, &name(&row.id, lang.t("注", "Note")), &mut row.note),
        };
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{Dossier, Subject};

    #[test]
    fn an_item_and_a_task_are_added_and_named() {
        let dossier = Dossier {
            projects: vec![Subject { id: "A".into(), ..Subject::default() }],
            ..Dossier::default()
        };
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        click(&mut harness, "研究開発項目を追加");
        fill(&mut harness, "項目 n1 項目名", "チップの製造");
        click(&mut harness, "題目を追加");
        fill(&mut harness, "t1 実施者", "京都大学");
        let item = &harness.state().dossier.projects[0].research_items[0];
        assert_eq!((item.label.as_str(), item.tasks[0].implementer.as_str()), ("チップの製造", "京都大学"));
    }
}
