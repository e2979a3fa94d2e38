//! 委員, and which of them scores which project.

use super::usage::{self, Given, Usage};
use crate::app::kit::table::{Column, RowAction, RowTools, Table, apply, cell};
use crate::app::kit::{empty, note, sheet};
use crate::app::panels::parts;
use crate::locale::Lang;
use crate::model::{Dossier, Member, MemberId, MemberRole, SubjectId};
use crate::tr;
use egui::Ui;

/// Draws the members and who scores what.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &mut Dossier) {
    let title = lang.t("委員", "Members");
    let add = lang.t("委員を追加", "Add a member");
    if dossier.members.is_empty() {
        let what = lang.t(
            "評点とコメントを出す委員をここへ記入します。公表前は「委員1」のような呼び名でもかまいません。",
            "The members who give scores and comments go here. A stand-in such as “Member 1” will do.",
        );
        sheet(
            ui,
            title,
            None,
            |_| (),
            |ui| {
                if empty(ui, what, add) {
                    let id = fresh(dossier);
                    dossier.members.push(Member { id, ..Member::default() });
                }
            },
        );
        return;
    }
    sheet(ui, title, None, |_| (), |ui| list(ui, lang, dossier, title, add));
    sheet(
        ui,
        lang.t("評点を付ける委員", "Who scores which project"),
        None,
        |_| (),
        |ui| {
            panel(ui, lang, dossier);
        },
    );
}

/// The member whom somebody wanted to remove in vain.
type Refused = Option<MemberId>;

fn list(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, title: &str, add: &str) {
    let columns = [
        Column::fixed(lang.t("記号", "Id"), 56.0),
        Column::text(lang.t("氏名", "Name"), 0.8, 120.0),
        Column::text(lang.t("所属・役職", "Affiliation"), 1.2, 160.0),
        Column::fixed(lang.t("役割", "Role"), 100.0),
        Column::text(lang.t("注", "Note"), 2.4, 150.0),
        Column::text(lang.t("提出済み", "Handed in"), 0.2, 130.0),
    ];
    let usage = Usage::of(ui, dossier);
    let given: Vec<Given> = dossier.members.iter().map(|member| usage.given(&member.id)).collect();
    let members = &mut dossier.members;
    let output = Table::new("members", title, &columns, members.len()).tools(RowTools::new(lang, add)).show(
        ui,
        |ui, row, column| {
            let member = &mut members[row];
            let id = member.id.as_str();
            match column {
                0 => cell::pad(ui, |ui| note(ui, id)),
                1 => parts::text(ui, &tr!(lang, "{id} 氏名", "{id} name"), &mut member.name),
                2 => parts::text(ui, &tr!(lang, "{id} 所属", "{id} affiliation"), &mut member.affiliation),
                3 => {
                    let name = tr!(lang, "{id} 役割", "{id} role");
                    parts::choice(ui, lang, &name, &mut member.role, &MemberRole::ALL)
                }
                4 => parts::text(ui, &tr!(lang, "{id} 注", "{id} note"), &mut member.note),
                _ => cell::computed(ui, &said(lang, given[row])),
            };
        },
    );
    let key = ui.scope_id().with("refused");
    for action in output.actions() {
        match action {
            RowAction::Remove(at) if given.get(at).is_some_and(|given| !given.is_nothing()) => {
                let refused: Refused = dossier.members.get(at).map(|member| member.id.clone());
                ui.data_mut(|data| data.insert_temp(key, refused));
            }
            action => {
                ui.data_mut(|data| data.remove::<Refused>(key));
                change(dossier, action);
            }
        }
    }
    let refused = ui.data(|data| data.get_temp::<Refused>(key)).flatten();
    let found = refused.and_then(|id| dossier.members.iter().find(|member| member.id == id));
    if let Some(member) = found {
        let given = usage.given(&member.id);
        if !given.is_nothing() {
            let (name, given) = (called(member), said(lang, given));
            parts::caution(
                ui,
                &tr!(
                    lang,
                    "{name} は提出済み（{given}）のため削除していません。先に評点を未記入に戻し、コメントを移すか削除してください。",
                    "{name} has handed in {given} and was not removed. First blank the scores, and move or remove the comments."
                ),
            );
        }
    }
}

/// Carries out what was asked; a member who goes leaves the panels too.
fn change(dossier: &mut Dossier, action: RowAction) {
    if let RowAction::Remove(at) = action
        && let Some(id) = dossier.members.get(at).map(|member| member.id.clone())
    {
        for subject in dossier.shared_subjects_mut() {
            // Only those are reached for that there is something to edit in.
            if subject.evaluation.panel.contains(&id) {
                subject.evaluation.panel.retain(|member| *member != id);
            }
        }
    }
    let id = fresh(dossier);
    apply(&mut dossier.members, action, || Member { id, ..Member::default() });
}

/// An id that nobody has, and that no score or comment of a former member mentions.
fn fresh(dossier: &Dossier) -> MemberId {
    let listed = dossier.members.iter().map(|member| &member.id);
    let mentioned = dossier.subjects().flat_map(|subject| {
        let evaluation = &subject.evaluation;
        let comments = evaluation.comments.iter().filter_map(|comment| comment.member.as_ref());
        evaluation.scores.keys().chain(&evaluation.panel).chain(comments)
    });
    let number = |id: &MemberId| id.as_str().strip_prefix('M').and_then(|digits| digits.parse::<u32>().ok());
    let last = listed.chain(mentioned).filter_map(number).max().unwrap_or(0);
    MemberId::from(format!("M{}", last.saturating_add(1)))
}

/// The name, or else the id.
fn called(member: &Member) -> &str {
    if member.name.is_empty() { member.id.as_str() } else { &member.name }
}

fn said(lang: Lang, given: Given) -> String {
    let Given { cells, comments } = given;
    match (cells, comments) {
        (0, 0) => "—".to_owned(),
        (_, 0) => tr!(lang, "評点 {cells}", "{cells} scores"),
        (0, _) => tr!(lang, "コメント {comments}", "{comments} comments"),
        _ => tr!(lang, "評点 {cells}、コメント {comments}", "{cells} scores, {comments} comments"),
    }
}

/// Ticks: member × project.
fn panel(ui: &mut Ui, lang: Lang, dossier: &mut Dossier) {
    let programme = dossier.criteria.programme.scored().next().is_some();
    let subjects: Vec<(SubjectId, String)> = dossier
        .subjects()
        .filter(|subject| programme || subject.id != dossier.programme.id)
        .map(|subject| (subject.id.clone(), subject.overview.name.clone()))
        .collect();
    if subjects.is_empty() {
        note(ui, lang.t("プロジェクトがまだありません。", "There are no projects yet."));
        return;
    }
    let first = Column::text(lang.t("委員", "Member"), 0.6, 130.0);
    let others = subjects.iter().map(|(id, name)| {
        let header = if *id == dossier.programme.id { name.clone() } else { format!("{id}　{name}") };
        Column::text(header, 1.0, 130.0)
    });
    let columns: Vec<_> = std::iter::once(first).chain(others).collect();
    let order: Vec<(MemberId, String)> =
        dossier.members.iter().map(|member| (member.id.clone(), called(member).to_owned())).collect();
    let name = lang.t("評点を付ける委員", "Who scores which project");
    Table::new("panel", name, &columns, order.len()).show(ui, |ui, row, column| {
        let (member, called) = &order[row];
        let Some((subject, _)) = column.checked_sub(1).and_then(|column| subjects.get(column)) else {
            cell::label(ui, called);
            return;
        };
        tick(ui, lang, dossier, &order, (member, called), subject);
    });
}

fn tick(
    ui: &mut Ui,
    lang: Lang,
    dossier: &mut Dossier,
    order: &[(MemberId, String)],
    (member, called): (&MemberId, &str),
    id: &SubjectId,
) {
    let Some(subject) = dossier.subject_mut(id) else { return };
    let cells = usage::cells(subject, member);
    let panel = &mut subject.evaluation.panel;
    let mut scores = panel.contains(member);
    // A tick that is taken away would hide what the member has given.
    let bound = scores && cells > 0;
    cell::pad(ui, |ui| {
        ui.horizontal(|ui| {
            let name = tr!(lang, "{called} が {id} を評価", "{called} scores {id}");
            let response = ui.add_enabled_ui(!bound, |ui| parts::tick(ui, &name, &mut scores)).inner;
            if response.changed() {
                if scores {
                    enrol(panel, member, order);
                } else {
                    panel.retain(|other| other != member);
                }
            }
            response.on_disabled_hover_text(lang.t(
                "評点があるため外せません。先に評点を未記入に戻してください。",
                "Has scores here. Blank them before taking the tick away.",
            ));
            if cells > 0 {
                note(ui, &tr!(lang, "評点 {cells}", "{cells} scores"));
            }
        });
    });
}

/// Puts a member into a panel where the order of the members has it.
fn enrol(panel: &mut Vec<MemberId>, member: &MemberId, order: &[(MemberId, String)]) {
    let rank = |id: &MemberId| order.iter().position(|(known, _)| known == id).unwrap_or(usize::MAX);
    let at = panel.iter().position(|other| rank(other) > rank(member)).unwrap_or(panel.len());
    panel.insert(at, member.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, fill, harness};
    use crate::model::{CriterionNo, ScoreCell, Subject};
    use egui_kittest::kittest::Queryable;

    fn dossier() -> Dossier {
        let member = |id: &str| Member { id: id.into(), name: format!("委員{id}"), ..Member::default() };
        let mut dossier =
            Dossier { members: vec![member("M1"), member("M2"), member("M3")], ..Dossier::default() };
        dossier.programme.id = SubjectId::programme();
        let mut project = Subject { id: "A".into(), ..Subject::default() };
        project.evaluation.panel = vec!["M1".into(), "M3".into()];
        project.evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
        dossier.projects.push(project.into());
        dossier
    }

    #[test]
    fn a_member_with_scores_stays_and_the_page_says_why() {
        let mut harness = harness(dossier(), |ui, cx| show(ui, cx.lang, cx.dossier));
        click(&mut harness, "1 行目の操作");
        click(&mut harness, "削除");
        assert_eq!(harness.state().dossier.members.len(), 3);
        assert!(harness.query_by_label_contains("委員M1 は提出済み（評点 1）のため").is_some());
        click(&mut harness, "3 行目の操作");
        click(&mut harness, "削除");
        let dossier = &harness.state().dossier;
        assert_eq!(dossier.members.len(), 2);
        assert_eq!(dossier.projects[0].evaluation.panel, ["M1".into()]);
        assert!(harness.query_by_label_contains("提出済み（").is_none(), "said once is enough");
    }

    #[test]
    fn ticks_make_the_panel_in_the_order_of_the_members() {
        let mut harness = harness(dossier(), |ui, cx| show(ui, cx.lang, cx.dossier));
        click(&mut harness, "委員M2 が A を評価");
        let panel = |dossier: &Dossier| -> Vec<String> {
            dossier.projects[0].evaluation.panel.iter().map(ToString::to_string).collect()
        };
        assert_eq!(panel(&harness.state().dossier), ["M1", "M2", "M3"]);
        click(&mut harness, "委員M3 が A を評価");
        click(&mut harness, "委員M1 が A を評価");
        assert_eq!(panel(&harness.state().dossier), ["M1", "M2"], "who has scores stays");
    }

    #[test]
    fn a_new_member_gets_no_id_that_a_former_one_had() {
        let mut dossier = dossier();
        dossier.projects[0].evaluation.set_cell(&"M7".into(), CriterionNo(1), ScoreCell::Absent);
        let mut harness = harness(dossier, |ui, cx| show(ui, cx.lang, cx.dossier));
        click(&mut harness, "委員を追加");
        fill(&mut harness, "M8 氏名", "新委員");
        assert_eq!(harness.state().dossier.members[3].name, "新委員");
    }
}
