//! How far a round is: member × subject × criterion, who is to be reminded, and what merges did.

use crate::app::cx::Action;
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, Icon, button};
use crate::app::rounds::Ask;
use crate::app::stamp::remembered;
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Lang, cell as state_name};
use crate::model::{Dossier, Member, Round, ScoreCell, SubjectId};
use crate::round::{MemberState, completeness, moment};
use crate::tr;
use egui::{Align2, Id, Role, Sense, Ui, WidgetInfo, vec2};

/// Draws who has given what.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &Dossier, round: &Round, actions: &mut Vec<Action>) {
    let key = Id::unique(("completeness", round.id.as_str()));
    let state = remembered(ui, key, dossier, |dossier| completeness(dossier, round));
    let open = state.members.iter().filter(|member| member.is_to_be_chased()).count();
    let note = if open == 0 {
        lang.t("全員の評点がそろっています", "every score is in").to_owned()
    } else {
        tr!(lang, "未記入のある委員 {open} 名", "{open} members have blank scores")
    };
    let mut copy = false;
    let head = |ui: &mut Ui| {
        if button::with_icon(ui, Icon::Export, lang.t("一覧を書き出す…", "Write the list…")).clicked()
        {
            actions.push(Action::Round(Ask::Chase(round.id.clone())));
        }
        let received = !round.receipts.is_empty();
        if received && button::plain(ui, lang.t("受領書を書き出す…", "Write receipts…")).clicked()
        {
            actions.push(Action::Round(Ask::Receipts(round.id.clone())));
        }
        copy = button::quiet(ui, None, lang.t("コピー", "Copy")).clicked();
    };
    kit::sheet(ui, lang.t("記入の状況", "What has come in"), Some(&note), head, |ui| {
        let subjects: Vec<(SubjectId, usize)> = (round.subjects.iter())
            .map(|id| (id.clone(), dossier.criteria_for(id).scored().count()))
            .filter(|(_, scored)| *scored > 0)
            .collect();
        let mut columns = vec![
            Column::text(lang.t("委員", "Member"), 1.0, 120.0),
            Column::fixed(lang.t("受領", "Received"), 136.0),
            Column::number(lang.t("未記入", "Blank"), 64.0),
        ];
        columns.extend(subjects.iter().map(|(id, count)| {
            let wide = u16::try_from(*count).unwrap_or(u16::MAX);
            Column::fixed(id.to_string(), f32::from(wide) * BOX + 24.0)
        }));
        let name = lang.t("記入の状況", "What has come in");
        Table::new("completeness", name, &columns, state.members.len()).show(ui, |ui, row, column| {
            let member = &state.members[row];
            let called = dossier.member(&member.member).map_or(member.member.as_str(), named);
            match column {
                0 => {
                    cell::label(ui, called);
                }
                1 => {
                    let words = match (member.received, member.issued) {
                        (Some(at), _) => moment(at),
                        (None, true) => lang.t("未着", "not yet").to_owned(),
                        (None, false) => lang.t("未発行", "not issued").to_owned(),
                    };
                    cell::computed(ui, &words);
                }
                2 => {
                    let blank = member.blank();
                    cell::number_label(ui, &if blank == 0 { "—".to_owned() } else { blank.to_string() });
                }
                _ => strip(ui, lang, called, &subjects[column - 3].0, member),
            }
        });
        legend(ui, lang);
    });
    if copy {
        ui.ctx().copy_text(state.text(dossier, round.deadline, lang));
    }
}

/// The side of a box that stands for a criterion, with the room around it.
const BOX: f32 = 22.0;

fn named(member: &Member) -> &str {
    if member.name.is_empty() { member.id.as_str() } else { member.name.as_str() }
}

/// One box a criterion: filled for a score, a letter for another state, empty for a blank.
fn strip(ui: &mut Ui, lang: Lang, name: &str, subject: &SubjectId, member: &MemberState) {
    let p = Palette::of(ui);
    let Some(asked) = member.asked.iter().find(|asked| asked.subject == *subject) else {
        cell::computed(ui, lang.t("担当しない", "not asked"));
        return;
    };
    cell::pad(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for (no, state) in &asked.cells {
                let (rect, response) = ui.allocate_exact_size(vec2(BOX - 2.0, 20.0), Sense::hover());
                let word = match *state {
                    ScoreCell::Score(score) => score.to_string(),
                    other => state_name(other, lang).to_owned(),
                };
                let spoken = format!("{name} {subject} {no}: {word}");
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
                let inner = rect.shrink(1.0);
                let (fill, ink, text) = match *state {
                    ScoreCell::Score(_) => (p.accent_soft, p.accent, no.to_string()),
                    ScoreCell::Blank => (p.sheet, p.secondary, String::new()),
                    other => (p.hover, p.secondary, state_name(other, lang).chars().take(1).collect()),
                };
                ui.painter().rect(inner, 2.0, fill, egui::Stroke::new(1.0, p.rule), egui::StrokeKind::Inside);
                ui.painter().text(inner.center(), Align2::CENTER_CENTER, text, Type::Small.font(), ink);
                response.on_hover_text(spoken);
            }
        });
    });
}

fn legend(ui: &mut Ui, lang: Lang) {
    let states = [ScoreCell::NotApplicable, ScoreCell::Recused, ScoreCell::Absent].map(|state| {
        let name = state_name(state, lang);
        format!("{} {name}", name.chars().take(1).collect::<String>())
    });
    let words = lang.t(
        "数字のある枠は記入済みの評価項目、白い枠は未記入",
        "A numbered box is a criterion with a score, an empty one is blank",
    );
    kit::note(ui, &format!("{words}　{}", states.join("　")));
}

/// Draws what merges did, latest first.
pub(super) fn trail(ui: &mut Ui, lang: Lang, dossier: &Dossier, round: &Round) {
    if round.merges.is_empty() {
        return;
    }
    let n = round.merges.len();
    let note = tr!(lang, "{n} 件", "{n}");
    kit::sheet(
        ui,
        lang.t("取込の記録", "What was merged"),
        Some(&note),
        |_| (),
        |ui| {
            let columns = [
                Column::fixed(lang.t("日時", "When"), 136.0),
                Column::text(lang.t("委員", "Member"), 0.5, 96.0),
                Column::text(lang.t("ファイル", "File"), 1.0, 160.0),
                Column::text(lang.t("変わった欄", "What changed"), 2.0, 240.0),
            ];
            let name = lang.t("取込の記録", "What was merged");
            Table::new("merges", name, &columns, n).show(ui, |ui, row, column| {
                let entry = &round.merges[n - 1 - row];
                match column {
                    0 => cell::computed(ui, &moment(entry.at)),
                    1 => cell::label(ui, dossier.member(&entry.member).map_or(entry.member.as_str(), named)),
                    2 => cell::label(ui, &entry.file),
                    _ => {
                        let fields: Vec<String> =
                            entry.changes.iter().map(|field| said(lang, field)).collect();
                        let count = fields.len();
                        let shown = fields.iter().take(3).cloned().collect::<Vec<_>>().join("\n");
                        let rest = if count > 3 {
                            let more = count - 3;
                            tr!(lang, "\nほか {more} 件", "\nand {more} more")
                        } else {
                            String::new()
                        };
                        cell::label(ui, &format!("{shown}{rest}")).on_hover_text(fields.join("\n"))
                    }
                };
            });
        },
    );
    ui.add_space(space::TIGHT);
}

fn said(lang: Lang, field: &crate::model::MergedField) -> String {
    use crate::model::AnswerField;
    let name = match (field.criterion, field.text) {
        (Some(no), None) => AnswerField::Score(no),
        (Some(no), Some(kind)) => AnswerField::Comment(no, kind),
        (None, _) => AnswerField::Recommendation,
    };
    let place = crate::round::field_name(&field.subject, name);
    let first = |text: &str| text.lines().next().unwrap_or_default().chars().take(16).collect::<String>();
    format!("{}: {} → {}", place.t(lang), first(&field.before), first(&field.after))
}
