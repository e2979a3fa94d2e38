//! 提言 and 対処方針, side by side as the report prints them.

use super::consensus::{Choice, opinions};
use super::parts::{self, Rows, name};
use crate::app::cx::Cx;
use crate::app::kit;
use crate::app::kit::table::Column;
use crate::model::{CommentKind, SubjectId};
use crate::tr;
use egui::Ui;

/// Draws the recommendations to a subject and what is done about them.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let recommendations = &mut cx.subject(id).evaluation.recommendations;
    let n = recommendations.len();
    let count = tr!(lang, "{n} 件", "{n}");
    let title = lang.t("提言と対処方針", "Recommendations and responses");
    let columns = [
        Column::text(lang.t("提言", "Recommendation"), 1.0, 280.0),
        Column::text(lang.t("対処方針", "Response"), 1.0, 280.0),
        Column::text(lang.t("注", "Note"), 0.4, 120.0),
        Column::fixed(lang.t("印字箇所", "Printed at"), 88.0),
    ];
    kit::sheet(
        ui,
        title,
        Some(&count),
        |_| (),
        |ui| {
            if n == 0 {
                kit::note(
                    ui,
                    lang.t(
                        "検討会の提言と、それに対する担当課室の対処方針を一行ずつ並べます。",
                        "Each row holds a recommendation of the committee and the ministry's response to it.",
                    ),
                );
            }
            let add = lang.t("提言を追加", "Add a recommendation");
            let rows = Rows { salt: "recommendations", name: title, add, prefix: "q", columns: &columns };
            rows.show(ui, lang, recommendations, |ui, row, column| {
                match column {
                    0 => parts::text(ui, &name(&row.id, lang.t("提言", "Recommendation")), &mut row.text),
                    1 => parts::text(ui, &name(&row.id, lang.t("対処方針", "Response")), &mut row.response),
                    2 => parts::text(ui, &name(&row.id, lang.t("注", "Note")), &mut row.note),
                    _ => {
                        parts::text(ui, &name(&row.id, lang.t("印字箇所", "Printed at")), &mut row.printed_at)
                    }
                };
            });
        },
    );
    // What the members recommend, to be drawn on.
    let evaluation = &cx.subject(id).evaluation;
    let given = (evaluation.comments.iter())
        .filter(|comment| comment.kind == CommentKind::Recommendation && !comment.text.is_empty())
        .count();
    if given == 0 {
        return;
    }
    let note = tr!(lang, "{given} 件", "{given}");
    kit::sheet(
        ui,
        lang.t("各委員の提言", "What each member recommends"),
        Some(&note),
        |_| (),
        |ui| opinions(ui, lang, cx.dossier, id, Choice::Recommendations, true),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{Dossier, Recommendation, Subject};

    #[test]
    fn each_column_edits_its_own_field() {
        let dossier = Dossier {
            projects: vec![Subject { id: "A".into(), ..Subject::default() }.into()],
            ..Dossier::default()
        };
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        click(&mut harness, "提言を追加");
        for column in ["提言", "対処方針", "注", "印字箇所"] {
            fill(&mut harness, &format!("q1 {column}"), column);
        }
        let wanted = Recommendation {
            id: "q1".into(),
            text: "提言".into(),
            response: "対処方針".into(),
            note: "注".into(),
            printed_at: "印字箇所".into(),
        };
        assert_eq!(harness.state().dossier.projects[0].evaluation.recommendations, [wanted]);
    }
}
