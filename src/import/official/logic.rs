//! 3-2: the logic model, an edge a row.

use super::export::{Export, Found};
use crate::both;
use crate::import::draft::{Draft, TableDraft};
use crate::import::proposal::{Role, TableKind};
use crate::model::{LogicKind, LogicNode, Place, SubjectId, fold_for_matching};
use serde::Deserialize;
use serde_json::Value;

/// The headings of one end of an edge: kind, number, term, text.
const FROM: [&str; 4] = [
    "派生元ー種別（アクティビティ・アウトプット・アウトカム）",
    "派生元ーアクティビティ・アウトプット・アウトカムの番号",
    "派生元ーアウトカムの期間",
    "派生元ーアクティビティの内容/ 活動目標／成果目標",
];
const TO: [&str; 4] = [
    "派生先ー種別（アクティビティ・アウトプット・アウトカム）",
    "派生先ーアクティビティ・アウトプット・アウトカムの番号",
    "派生先ーアウトカムの期間",
    "派生先ー 活動目標／成果目標",
];

/// Reads the export.
pub(super) fn read(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut table = export.table(draft, TableKind::LogicModel, subject);
    let logic = table.subject(subject).child("logic");
    for row in export.rows() {
        let from = node(export, &mut table, &logic, *row, FROM);
        let to = node(export, &mut table, &logic, *row, TO);
        let ends = match (from, to) {
            (Some(from), Some(to)) => [("from", from), ("to", to)],
            // A node that leads nowhere is there all the same.
            _ => continue,
        };
        let edge = table.row(&logic.child("edges"), "e", |row| {
            ends.iter().all(|(field, (id, _))| row.get(field).and_then(Value::as_str) == Some(id))
        });
        for (field, (id, cell)) in &ends {
            table.set_from(edge.child(*field), id, export.source(cell.at), cell.text.as_str(), id.as_str());
        }
        for (field, heading) in [
            ("reasoning", "後続アウトカムへのつながり"),
            ("unstaged", "アウトカムを複数段階で設定できない理由"),
        ] {
            if let Some(found) = export.get(*row, heading) {
                super::entries::text(
                    &mut table,
                    edge.child(field),
                    found.plain(),
                    export.source(found.at),
                    &found.text,
                );
            }
        }
    }
}

/// One end of an edge: the id of its node, which is added where the model lacks it, and the cell that names it.
fn node(
    export: &Export<'_>,
    table: &mut TableDraft<'_, '_>,
    logic: &Place,
    row: u32,
    headings: [&str; 4],
) -> Option<(String, Found)> {
    let [kind, no, term, text] = headings.map(|heading| export.get(row, heading));
    let kind_cell = kind.or_else(|| no.clone()).or_else(|| text.clone())?;
    let Some(kind) =
        LogicKind::ALL.into_iter().find(|kind| said(*kind) == fold_for_matching(&kind_cell.text))
    else {
        let why = both!(
            "アクティビティ、アウトプット、アウトカムのいずれでもないため、このつながりは取り込みません。",
            "This is neither an activity nor an output nor an outcome; the link is not taken."
        );
        table.draft().leftover(export.source(kind_cell.at), kind_cell.text, why);
        return None;
    };
    let words =
        |found: &Option<Found>| found.as_ref().map(|found| found.plain().to_owned()).unwrap_or_default();
    let wanted =
        LogicNode { kind, no: words(&no), term: words(&term), text: words(&text), ..LogicNode::default() };
    let list = logic.child("nodes");
    let known: Vec<_> = table.rows(&list).iter().filter_map(|row| LogicNode::deserialize(row).ok()).collect();
    let of_kind = || known.iter().filter(|node| node.kind == kind);
    let same_text = |node: &&LogicNode| fold_for_matching(&node.text) == fold_for_matching(&wanted.text);
    let same_no = |node: &&LogicNode| !wanted.no.is_empty() && node.no == wanted.no;
    let found = (of_kind().find(|node| same_no(node) && same_text(node)))
        .or_else(|| of_kind().find(same_no))
        .or_else(|| of_kind().find(|node| same_text(node) && node.no.is_empty()));
    let (place, node) = match found {
        Some(node) => (list.child(node.id.as_str()), node.clone()),
        None => (table.row(&list, "n", |_| false), LogicNode::default()),
    };
    // A node stands in as many rows as it has edges; what the first said the others need not say again.
    let mut say = |field: &str, value: &str, known: &str, cell: Option<Found>| {
        let Some(cell) = cell else { return };
        if known == value {
            table.role(cell.at, Role::Label);
        } else if field == "kind" {
            table.set_from(place.child(field), &kind, export.source(cell.at), cell.text, value);
        } else {
            super::entries::text(table, place.child(field), value, export.source(cell.at), &cell.text);
        }
    };
    say("kind", said(kind), said(node.kind), Some(kind_cell.clone()));
    say("no", &wanted.no, &node.no, no.clone());
    say("term", &wanted.term, &node.term, term);
    say("text", &wanted.text, &node.text, text);
    let id = place.steps().last().cloned().unwrap_or_default();
    Some((id, no.unwrap_or(kind_cell)))
}

/// A kind as the export writes it.
fn said(kind: LogicKind) -> &'static str {
    match kind {
        LogicKind::Activity => "アクティビティ",
        LogicKind::Output => "アウトプット",
        LogicKind::Outcome => "アウトカム",
    }
}
