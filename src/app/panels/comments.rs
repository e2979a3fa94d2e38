//! コメント: the members' comments by kind, each with its criterion and member.

use super::parts::{self, Rows};
use crate::app::cx::Cx;
use crate::app::kit;
use crate::app::kit::table::{Column, cell};
use crate::locale::Term;
use crate::model::{Comment, CommentKind, CriterionNo, MemberId, SubjectId};
use crate::tr;
use egui::Ui;

/// Draws the comments on a subject.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let criteria: Vec<(Option<CriterionNo>, String)> =
        std::iter::once((None, lang.t("全体", "Overall").to_owned()))
            .chain(
                cx.dossier
                    .criteria_for(id)
                    .criteria
                    .iter()
                    .map(|c| (Some(c.no), format!("{} {}", c.no, c.label))),
            )
            .collect();
    let members: Vec<(Option<MemberId>, String)> =
        std::iter::once((None, lang.t("記載なし", "not stated").to_owned()))
            .chain(cx.dossier.members.iter().map(|m| (Some(m.id.clone()), m.name.clone())))
            .collect();
    let comments = &mut cx.subject(id).evaluation.comments;
    for kind in CommentKind::ALL {
        let places: Vec<usize> =
            comments.iter().enumerate().filter(|(_, c)| c.kind == kind).map(|(place, _)| place).collect();
        let n = places.len();
        let count = tr!(lang, "{n} 件", "{n}");
        let title = kind.term(lang);
        let columns = [
            Column::text(lang.t("意見", "Comment"), 1.0, 320.0),
            Column::fixed(lang.t("評価項目", "Criterion"), 180.0),
            Column::fixed(lang.t("委員", "Member"), 104.0),
        ];
        kit::sheet(
            ui,
            title,
            Some(&count),
            |_| (),
            |ui| {
                if places.is_empty() {
                    kit::note(ui, lang.t("まだありません。評価票に書かれたものと、ここで加えたものが並びます。", "None yet. What members write in their ballots and what is added here appears in this list."));
                }
                let rows = Rows {
                    salt: title,
                    name: title,
                    add: lang.t("意見を追加", "Add a comment"),
                    prefix: "c",
                    columns: &columns,
                };
                let new = || Comment { kind, ..Comment::default() };
                rows.show_some(ui, lang, comments, &places, new, |ui, comment, column| match column {
                    0 => {
                        parts::text(ui, &parts::name(&comment.id, title), &mut comment.text)
                            .on_hover_text(&comment.printed_at);
                    }
                    1 => {
                        pick(
                            ui,
                            &parts::name(&comment.id, lang.t("評価項目", "Criterion")),
                            &mut comment.criterion,
                            &criteria,
                        );
                    }
                    _ => {
                        pick(
                            ui,
                            &parts::name(&comment.id, lang.t("委員", "Member")),
                            &mut comment.member,
                            &members,
                        );
                    }
                });
            },
        );
    }
}

fn pick<T: PartialEq + Clone>(ui: &mut Ui, name: &str, current: &mut T, options: &[(T, String)]) {
    let options: Vec<(T, &str)> =
        options.iter().map(|(value, label)| (value.clone(), label.as_str())).collect();
    cell::choice(ui, name, current, &options);
}
