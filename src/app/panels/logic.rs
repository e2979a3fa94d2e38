//! ロジックモデル: the activities, outputs and outcomes, and which leads to which.

use super::form;
use super::parts::{self, Rows};
use crate::app::charts;
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, cell};
use crate::app::kit::{note, sheet};
use crate::locale::{Lang, Term};
use crate::model::{LogicKind, LogicModel, LogicNode, RowId, SubjectId};
use crate::tr;
use egui::Ui;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    charts::logic(ui, cx, id);
    let model = &mut cx.subject(id).logic;
    let what = lang.t(
        "アクティビティ、アウトプット、アウトカムと、そのつながりをここへ記入します。RSシステムの3-2のCSVを取り込むこともできます。",
        "Activities, outputs and outcomes go here, and which leads to which. The RS System's file 3-2 can be imported.",
    );
    // Links that outlived their elements are shown rather than hidden behind the first step.
    if model.edges.is_empty()
        && parts::empty_list(
            ui,
            lang.t("ロジックモデル", "Logic model"),
            what,
            lang.t("最初のアクティビティを追加", "Add the first activity"),
            &mut model.nodes,
            || LogicNode { id: "n1".into(), ..LogicNode::default() },
        )
    {
        return;
    }
    nodes(ui, lang, model);
    edges(ui, lang, model);
}

fn nodes(ui: &mut Ui, lang: Lang, model: &mut LogicModel) {
    let title = lang.t("アクティビティ・アウトプット・アウトカム", "Activities, outputs and outcomes");
    let columns = [
        Column::fixed(lang.t("種別", "Kind"), 136.0),
        Column::fixed(lang.t("番号", "No."), 60.0),
        Column::fixed(lang.t("期間", "Term"), 72.0),
        Column::text(lang.t("内容", "Contents"), 1.0, 320.0),
    ];
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            let rows = Rows {
                salt: "nodes",
                name: title,
                add: lang.t("要素を追加", "Add an element"),
                prefix: "n",
                columns: &columns,
            };
            rows.show(ui, lang, &mut model.nodes, |ui, node, column| {
                let name = parts::name(&node.id, &columns[column].header());
                match column {
                    0 => parts::choice(ui, lang, &name, &mut node.kind, &LogicKind::ALL),
                    1 => parts::text(ui, &name, &mut node.no),
                    2 => parts::text(ui, &name, &mut node.term),
                    _ => parts::text(ui, &name, &mut node.text),
                };
            });
            form::printed_at(ui, lang, title, &mut model.printed_at);
        },
    );
}

fn edges(ui: &mut Ui, lang: Lang, model: &mut LogicModel) {
    let title = lang.t("つながり", "Links");
    let columns = [
        Column::text(lang.t("派生元", "From"), 1.0, 180.0),
        Column::text(lang.t("派生先", "To"), 1.0, 180.0),
        Column::text(lang.t("後続へのつながり", "Why it leads there"), 1.4, 220.0),
        Column::text(lang.t("段階を設けない理由", "Why it is not set in stages"), 0.5, 130.0),
    ];
    let LogicModel { nodes, edges, .. } = model;
    let labels: Vec<(RowId, String)> =
        nodes.iter().map(|node| (node.id.clone(), called(lang, node))).collect();
    let known = |id: &RowId| nodes.iter().any(|node| node.id == *id);
    let loose = edges.iter().filter(|edge| !known(&edge.from) || !known(&edge.to)).count();
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if edges.is_empty() {
                note(
                ui,
                lang.t(
                    "どの要素がどの要素につながるか。アウトカムからアウトカムへも、段階を飛ばしてもつなげます。",
                    "Which element leads to which: also from outcome to outcome, and past a step.",
                ),
            );
            }
            if loose > 0 {
                let words = tr!(
                    lang,
                    "派生元か派生先の要素がないつながりが {loose} 件あります。要素を選び直すか、つながりを削除してください。",
                    "Links that lack an element at an end: {loose}. Choose another element, or remove the link."
                );
                parts::caution(ui, &words);
            }
            let rows = Rows {
                salt: "edges",
                name: title,
                add: lang.t("つながりを追加", "Add a link"),
                prefix: "e",
                columns: &columns,
            };
            rows.show(ui, lang, edges, |ui, edge, column| {
                let name = parts::name(&edge.id, &columns[column].header());
                match column {
                    0 => end(ui, lang, &name, &labels, nodes, &mut edge.from),
                    1 => end(ui, lang, &name, &labels, nodes, &mut edge.to),
                    2 => {
                        parts::text(ui, &name, &mut edge.reasoning);
                    }
                    _ => {
                        parts::text(ui, &name, &mut edge.unstaged);
                    }
                }
            });
        },
    );
}

/// One end of a link, chosen from the elements; the pointer tells the whole of it. An element that is gone is said to
/// be.
fn end(ui: &mut Ui, lang: Lang, name: &str, labels: &[(RowId, String)], nodes: &[LogicNode], id: &mut RowId) {
    let mut options: Vec<(RowId, &str)> =
        labels.iter().map(|(id, label)| (id.clone(), label.as_str())).collect();
    let gone = tr!(lang, "（要素 {id} はありません）", "(no element {id})");
    if !labels.iter().any(|(known, _)| known == id) {
        let words = if id.as_str().is_empty() { lang.t("（選択）", "(choose)") } else { gone.as_str() };
        options.insert(0, (id.clone(), words));
    }
    let response = cell::choice(ui, name, id, &options);
    if let Some(node) = nodes.iter().find(|node| node.id == *id && !node.text.is_empty()) {
        response.on_hover_text(&node.text);
    }
}

/// What an element is called in a menu: kind, number, term, and the beginning of its text.
fn called(lang: Lang, node: &LogicNode) -> String {
    const SHOWN: usize = 40;
    let mut text: String = node.text.lines().next().unwrap_or_default().chars().take(SHOWN + 1).collect();
    if text.chars().count() > SHOWN {
        text = text.chars().take(SHOWN).chain(['…']).collect();
    }
    [&format!("{}{}", node.kind.term(lang), number(lang, &node.no)), &node.term, &text]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("　")
}

/// A number behind the name of a kind.
fn number(lang: Lang, no: &str) -> String {
    match lang {
        _ if no.is_empty() => String::new(),
        Lang::Ja => no.to_owned(),
        Lang::En => format!(" {no}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Window, choose, click, fill, harness};
    use crate::locale::Lang;
    use crate::model::{Dossier, LogicEdge, LogicKind, LogicModel, LogicNode, SubjectId};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    fn window(logic: LogicModel) -> Harness<'static, Window> {
        let mut dossier = Dossier::default();
        dossier.programme.logic = logic;
        harness(dossier, |ui, cx| super::show(ui, cx, &SubjectId::programme()))
    }

    #[test]
    fn a_model_is_written_from_nothing() {
        let mut window = window(LogicModel::default());
        click(&mut window, "最初のアクティビティを追加");
        fill(&mut window, "n1 番号", "1");
        fill(&mut window, "n1 内容", "工程を確立する。");
        click(&mut window, "要素を追加");
        choose(&mut window, "n2 種別", "アウトカム");
        fill(&mut window, "n2 期間", "短期");
        fill(&mut window, "n2 内容", "企業が使う。");
        fill(&mut window, "アクティビティ・アウトプット・アウトカム 印字箇所", "別紙3");
        click(&mut window, "つながりを追加");
        choose(&mut window, "e1 派生元", "アクティビティ1　工程を確立する。");
        choose(&mut window, "e1 派生先", "アウトカム　短期　企業が使う。");
        fill(&mut window, "e1 後続へのつながり", "工程が使われる。");
        fill(&mut window, "e1 段階を設けない理由", "一度で実る。");
        let wanted = LogicModel {
            nodes: vec![
                LogicNode {
                    id: "n1".into(),
                    no: "1".into(),
                    text: "工程を確立する。".into(),
                    ..LogicNode::default()
                },
                LogicNode {
                    id: "n2".into(),
                    kind: LogicKind::Outcome,
                    term: "短期".into(),
                    text: "企業が使う。".into(),
                    ..LogicNode::default()
                },
            ],
            edges: vec![LogicEdge {
                id: "e1".into(),
                from: "n1".into(),
                to: "n2".into(),
                reasoning: "工程が使われる。".into(),
                unstaged: "一度で実る。".into(),
            }],
            printed_at: "別紙3".into(),
        };
        assert_eq!(window.state().dossier.programme.logic, wanted);
    }

    #[test]
    fn a_link_outlives_its_element_and_says_so() {
        let edge = LogicEdge { id: "e1".into(), from: "n1".into(), to: "n9".into(), ..LogicEdge::default() };
        let node = LogicNode { id: "n1".into(), text: "研究".into(), ..LogicNode::default() };
        let mut window = window(LogicModel { nodes: vec![node], edges: vec![edge], ..LogicModel::default() });
        let to =
            |window: &Harness<'_, Window>, name: &str| window.get_by_label(name).value().unwrap_or_default();
        assert_eq!(to(&window, "e1 派生先"), "（要素 n9 はありません）");
        let caution =
            |window: &Harness<'_, Window>| window.query_all_by_label_contains("1 件あります").count();
        assert_eq!(caution(&window), 1);
        window.state_mut().lang = Lang::En;
        window.run();
        assert_eq!(
            (to(&window, "e1 To"), to(&window, "e1 From")),
            ("(no element n9)".into(), "Activity　研究".into())
        );
        window.state_mut().lang = Lang::Ja;
        window.run();
        choose(&mut window, "e1 派生先", "アクティビティ　研究");
        assert_eq!(caution(&window), 0);
    }
}
