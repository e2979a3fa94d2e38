//! 3-2: the logic model, an edge a row.

use super::entries;
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

/// What is said of an edge, field by field.
const REASONS: [(&str, &str); 2] =
    [("reasoning", "後続アウトカムへのつながり"), ("unstaged", "アウトカムを複数段階で設定できない理由")];

/// Reads the export.
pub(super) fn read(export: &Export<'_>, draft: &mut Draft<'_>, subject: &SubjectId) {
    let mut table = export.table(draft, TableKind::LogicModel, subject);
    let logic = table.subject(subject).child("logic");
    let mut rows: Vec<_> = (export.rows().iter())
        .map(|row| (*row, [FROM, TO].map(|headings| End::of(export, &mut table, *row, headings))))
        .collect();
    // Each kind together, as people list them.
    for kind in LogicKind::ALL {
        for end in rows.iter_mut().flat_map(|(_, ends)| ends).flatten().filter(|end| end.node.kind == kind) {
            end.settle(export, &mut table, &logic.child("nodes"));
        }
    }
    for (row, ends) in rows {
        match ends {
            [Some(from), Some(to)] => {
                edge(export, &mut table, &logic.child("edges"), row, &[("from", from), ("to", to)]);
            }
            // What leads nowhere is an element all the same, but nothing can be said of its way there.
            _ => {
                for found in export.all(row, &REASONS.map(|(_, heading)| heading)) {
                    let why = both!(
                        "つながりの両端がそろわないため、取り込みません。",
                        "The link lacks an end; this is not taken."
                    );
                    table.draft().leftover(export.source(found.at), found.text, why);
                }
            }
        }
    }
}

fn edge(
    export: &Export<'_>,
    table: &mut TableDraft<'_, '_>,
    edges: &Place,
    row: u32,
    ends: &[(&str, End); 2],
) {
    let place = table.row(edges, "e", |row| {
        ends.iter().all(|(field, end)| row.get(*field).and_then(Value::as_str) == Some(&end.id))
    });
    for (field, End { id, named, .. }) in ends {
        table.set_from(place.child(*field), id, export.source(named.at), named.text.as_str(), id.as_str());
    }
    for (field, heading) in REASONS {
        if let Some(found) = export.get(row, heading) {
            entries::text(table, place.child(field), found.plain(), export.source(found.at), &found.text);
        }
    }
}

/// One end of an edge as a row gives it.
struct End {
    /// What the row says of the node.
    node: LogicNode,
    /// Where it says so: kind, number, term, text.
    cells: [Option<Found>; 4],
    /// The cell that names the node.
    named: Found,
    /// The node's id in the model; empty until it is settled.
    id: String,
}

impl End {
    /// The end that stands under these headings; none, after saying so, for a kind that a logic model does not have.
    fn of(
        export: &Export<'_>,
        table: &mut TableDraft<'_, '_>,
        row: u32,
        headings: [&str; 4],
    ) -> Option<Self> {
        let cells = headings.map(|heading| export.get(row, heading));
        let [kind, no, _, text] = &cells;
        let named = no.clone().or_else(|| text.clone()).or_else(|| kind.clone())?;
        let told = kind.as_ref().map(|found| fold_for_matching(&found.text)).unwrap_or_default();
        let Some(kind) = LogicKind::ALL.into_iter().find(|kind| said(*kind) == told) else {
            let why = both!(
                "アクティビティ、アウトプット、アウトカムのいずれでもないため、このつながりは取り込みません。",
                "This is neither an activity nor an output nor an outcome; the link is not taken."
            );
            let odd = kind.clone().unwrap_or(named);
            table.draft().leftover(export.source(odd.at), odd.text, why);
            return None;
        };
        let [_, no, term, text] =
            cells.each_ref().map(|found| found.as_ref().map(Found::plain).unwrap_or_default().to_owned());
        let node = LogicNode { kind, no, term, text, ..LogicNode::default() };
        Some(Self { node, cells, named, id: String::new() })
    }

    /// Finds the node among the model's, or adds it, and sets what the row says of it.
    fn settle(&mut self, export: &Export<'_>, table: &mut TableDraft<'_, '_>, nodes: &Place) {
        let wanted = &self.node;
        let known: Vec<_> =
            table.rows(nodes).iter().filter_map(|row| LogicNode::deserialize(row).ok()).collect();
        let of_kind = || known.iter().filter(|node| node.kind == wanted.kind);
        let same_text = |node: &&LogicNode| fold_for_matching(&node.text) == fold_for_matching(&wanted.text);
        let same_no = |node: &&LogicNode| !wanted.no.is_empty() && node.no == wanted.no;
        let found = (of_kind().find(|node| same_no(node) && same_text(node)))
            .or_else(|| of_kind().find(same_no))
            .or_else(|| of_kind().find(|node| same_text(node) && node.no.is_empty()));
        let (place, known) = match found {
            Some(node) => (nodes.child(node.id.as_str()), node.clone()),
            None => (table.row(nodes, "n", |_| false), LogicNode::default()),
        };
        // A node stands in as many rows as it has edges; what the first said the others need not say again.
        let fields = [
            ("kind", said(wanted.kind), said(known.kind)),
            ("no", wanted.no.as_str(), known.no.as_str()),
            ("term", wanted.term.as_str(), known.term.as_str()),
            ("text", wanted.text.as_str(), known.text.as_str()),
        ];
        for ((field, value, known), cell) in fields.into_iter().zip(&self.cells) {
            let Some(cell) = cell else { continue };
            let (place, source) = (place.child(field), export.source(cell.at));
            if value == known {
                table.role(cell.at, Role::Label);
            } else if field == "kind" {
                table.set_from(place, &wanted.kind, source, cell.text.as_str(), value);
            } else {
                entries::text(table, place, value, source, &cell.text);
            }
        }
        self.id = place.steps().last().map(ToString::to_string).unwrap_or_default();
    }
}

/// A kind as the export writes it.
fn said(kind: LogicKind) -> &'static str {
    match kind {
        LogicKind::Activity => "アクティビティ",
        LogicKind::Output => "アウトプット",
        LogicKind::Outcome => "アウトカム",
    }
}
