//! A round's set-up: title, deadline, instructions, and who is asked what.

use super::super::{form, parts, typed::typed};
use crate::app::cx::Action;
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, button, field};
use crate::app::rounds::Ask;
use crate::app::theme::space;
use crate::locale::Lang;
use crate::model::{Dossier, Member, MemberId, Recusal, Round, ScoreCell, SubjectId, fresh_id};
use crate::tr;
use egui::Ui;
use jiff::civil::Date;

/// What a member does with a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Judges,
    Recused,
    /// Is not on the panel.
    Not,
}

/// Draws what a round is called, when it is due and what members are told.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize, actions: &mut Vec<Action>) {
    kit::sheet(
        ui,
        lang.t("準備", "Set-up"),
        None,
        |_| (),
        |ui| {
            let round = &mut dossier.rounds[index];
            form::form(ui, |ui| {
                let label = lang.t("回の名称", "Title");
                form::row(ui, label, |ui| form::line(ui, label, &mut round.title));
                let label = lang.t("提出期限", "Deadline");
                form::row(ui, label, |ui| deadline(ui, label, &mut round.deadline));
                let label = lang.t("委員へのお願い", "Instructions");
                form::row(ui, label, |ui| form::prose(ui, label, &mut round.instructions, 3));
                let label = lang.t("暗号化", "Encryption");
                form::row(ui, label, |ui| key(ui, lang, round, actions));
            });
        },
    );
}

/// Draws who judges what.
pub(super) fn who(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize) {
    let fixed = dossier.rounds[index].frozen.is_some();
    let title = lang.t("誰が何を評価するか", "Who judges what");
    kit::sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            let mut content = |ui: &mut Ui| {
                subjects(ui, lang, dossier, index);
                ui.add_space(space::INSIDE);
                matrix(ui, lang, title, dossier, index);
                reasons(ui, lang, dossier, index);
            };
            if fixed {
                kit::read_only(ui, content);
            } else {
                content(ui);
            }
        },
    );
}

/// Weights and a threshold, for committees that want them beside the printed means. They belong to no form and can be
/// changed at any time.
pub(super) fn reference(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize) {
    let criteria: Vec<_> = dossier.criteria.project.scored().cloned().collect();
    let round = &mut dossier.rounds[index];
    let title = lang.t("参考の計算（任意）", "For reference (optional)");
    let note = lang.t("報告書の平均には使いません", "never used in the report's means");
    kit::sheet(
        ui,
        title,
        Some(note),
        |_| (),
        |ui| {
            let columns = [
                Column::number("", 40.0),
                Column::text(lang.t("評価項目", "Criterion"), 1.0, 200.0),
                Column::number(lang.t("重み", "Weight"), 96.0),
            ];
            Table::new("weights", title, &columns, criteria.len()).show(ui, |ui, row, column| {
                let (no, label) = (criteria[row].no, &criteria[row].label);
                match column {
                    0 => {
                        cell::computed(ui, &no.to_string());
                    }
                    1 => {
                        cell::label(ui, label);
                    }
                    _ => {
                        let mut weight = round.weights.get(&no).copied();
                        let name = tr!(lang, "{no} の重み", "weight of {no}");
                        if parts::decimal(ui, &name, &mut weight).changed() {
                            match weight {
                                Some(weight) => round.weights.insert(no, weight),
                                None => round.weights.remove(&no),
                            };
                        }
                    }
                }
            });
            let label = lang.t("平均の目安", "Threshold of means");
            form::form(ui, |ui| form::row(ui, label, |ui| parts::decimal(ui, label, &mut round.threshold)));
        },
    );
}

/// A day, typed as 2022-11-30; what is no day leaves it as it was, empty takes it away.
fn deadline(ui: &mut Ui, name: &str, deadline: &mut Option<Date>) {
    let show = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let read = |text: &str, _: &Option<Date>| parts::optional(text, |text| text.trim().parse().ok());
    let options = field::Options::default().bare().placeholder("2022-11-30").width(160.0);
    typed(ui, name, deadline, show, read, |ui, text| field::line(ui, "deadline", name, text, &options));
}

/// The key to which ballots are encrypted on their way back.
fn key(ui: &mut Ui, lang: Lang, round: &mut Round, actions: &mut Vec<Action>) {
    if !round.key.is_empty() {
        let short: String = round.key.chars().take(16).collect();
        kit::note(
            ui,
            &tr!(
                lang,
                "提出される評価票は、事務局の鍵（{short}…）で暗号化されます。",
                "Ballots handed in are encrypted to the secretariat's key ({short}…)."
            ),
        );
        if round.issued.is_empty()
            && button::quiet(ui, None, lang.t("暗号化しない", "Do not encrypt")).clicked()
        {
            round.key.clear();
        }
        return;
    }
    kit::note(
        ui,
        lang.t(
            "合言葉を決めて鍵を作ると、委員の提出する評価票は事務局だけが開けます。",
            "With a key under a passphrase, only the secretariat can open what members hand in.",
        ),
    );
    if !round.issued.is_empty() {
        return;
    }
    let id = ui.scope_id().with("passphrase");
    let mut passphrase: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        let name = lang.t("合言葉", "Passphrase");
        ui.name_inputs(name, |ui| {
            let edit = egui::TextEdit::singleline(&mut passphrase).password(true).hint_text(name);
            ui.add(edit.desired_width(220.0)).accessible_name(name);
        });
        // A word that is guessed at once protects nothing.
        let enough = passphrase.chars().count() >= 8;
        let make =
            ui.add_enabled_ui(enough, |ui| button::plain(ui, lang.t("鍵を作る…", "Make a key…"))).inner;
        if make.clicked() {
            actions.push(Action::Round(Ask::MakeKey(round.id.clone(), std::mem::take(&mut passphrase))));
        }
        if !enough {
            kit::note(ui, lang.t("8 文字以上", "8 characters or more"));
        }
    });
    ui.data_mut(|data| data.insert_temp(id, passphrase));
}

/// More subjects than this are drawn only where they are in view, so many at a time.
const MANY: u16 = 24;

/// Which subjects the round is about.
fn subjects(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize) {
    let all: Vec<(SubjectId, String)> = (dossier.subjects())
        .map(|subject| {
            let title = match subject.title() {
                title if title.trim().is_empty() => lang.t("プログラム", "Programme").to_owned(),
                title => title,
            };
            (subject.id.clone(), title)
        })
        .collect();
    let round = &mut dossier.rounds[index];
    kit::note(ui, lang.t("評価の対象", "What is judged"));
    kit::close_if_read_only(ui);
    let mut boxes = |ui: &mut Ui, some: &[(SubjectId, String)]| {
        for (id, title) in some {
            let mut asked = round.subjects.contains(id);
            if ui.checkbox(&mut asked, title).changed() {
                if asked {
                    round.subjects.push(id.clone());
                    // In the dossier's order, so that equal choices make equal forms.
                    round.subjects.sort_by_key(|subject| all.iter().position(|(id, _)| id == subject));
                } else {
                    round.subjects.retain(|subject| subject != id);
                    round.recusals.retain(|recusal| recusal.subject != *id);
                }
            }
        }
    };
    let together = usize::from(MANY);
    if all.len() <= together {
        return boxes(ui, &all);
    }
    for (n, some) in all.chunks(together).enumerate() {
        kit::when_near(ui, ("subjects", n), space::ROW * f32::from(MANY), |ui| {
            ui.push_id(("subjects", n), |ui| boxes(ui, some));
        });
    }
}

/// Members × subjects: who is asked, and from what they are recused.
fn matrix(ui: &mut Ui, lang: Lang, title: &str, dossier: &mut Dossier, index: usize) {
    let members: Vec<Member> = dossier.members.clone();
    let subjects: Vec<(SubjectId, String)> = (dossier.subjects())
        .filter(|subject| dossier.rounds[index].subjects.contains(&subject.id))
        .map(|subject| {
            let short = if subject.is_programme() {
                lang.t("プログラム", "Programme").to_owned()
            } else {
                subject.id.to_string()
            };
            (subject.id.clone(), short)
        })
        .collect();
    let mut columns = vec![
        Column::text(lang.t("委員", "Member"), 1.0, 130.0),
        Column::fixed(lang.t("評価する", "Asked"), 84.0).centred(),
    ];
    columns.extend(subjects.iter().map(|(_, short)| Column::text(short.as_str(), 0.6, 96.0)));
    let options = [
        (Part::Judges, lang.t("評価する", "Judges")),
        (Part::Recused, lang.t("除斥", "Recused")),
        (Part::Not, lang.t("担当しない", "Not asked")),
    ];
    Table::new("who judges what", title, &columns, members.len()).show(ui, |ui, row, column| {
        let member = &members[row];
        let name = if member.name.is_empty() { member.id.as_str() } else { member.name.as_str() };
        let mut asked = dossier.rounds[index].members.contains(&member.id);
        match column {
            0 => {
                cell::label(ui, name).on_hover_text(&member.affiliation);
            }
            1 => {
                let label = tr!(lang, "{name} に評価票を送る", "{name} gets a ballot");
                if cell::pad(ui, |ui| parts::tick(ui, &label, &mut asked)).changed() {
                    ask(&mut dossier.rounds[index], &members, &member.id, asked);
                }
            }
            _ => {
                let (subject, short) = &subjects[column - 2];
                if !asked {
                    cell::computed(ui, "—");
                    return;
                }
                let mut part = part_of(dossier, index, &member.id, subject);
                // Who has scores cannot be left out, and what nobody scores has no panel.
                let bound = !can_be_left_out(dossier, &member.id, subject);
                let options = if bound && part != Part::Not { &options[..2] } else { &options[..] };
                if cell::choice(ui, &format!("{name} {short}"), &mut part, options).changed() {
                    give_part(dossier, index, &member.id, subject, part);
                }
            }
        }
    });
}

fn ask(round: &mut Round, members: &[Member], member: &MemberId, asked: bool) {
    if asked {
        round.members.push(member.clone());
        round.members.sort_by_key(|id| members.iter().position(|member| member.id == *id));
    } else {
        round.members.retain(|other| other != member);
        round.recusals.retain(|recusal| recusal.member != *member);
    }
}

fn part_of(dossier: &Dossier, index: usize, member: &MemberId, subject: &SubjectId) -> Part {
    let round = &dossier.rounds[index];
    let panel = dossier.subject(subject).map_or(&[][..], |subject| &subject.evaluation.panel);
    if !panel.is_empty() && !panel.contains(member) {
        Part::Not
    } else if round.recusal(member, subject).is_some() {
        Part::Recused
    } else {
        Part::Judges
    }
}

fn can_be_left_out(dossier: &Dossier, member: &MemberId, id: &SubjectId) -> bool {
    let scored = dossier.criteria_for(id).scored().next().is_some();
    let cells = dossier.subject(id).and_then(|subject| subject.evaluation.scores.get(member));
    scored && cells.is_none_or(|cells| cells.values().all(|cell| *cell == ScoreCell::Recused))
}

/// Gives a member a part. A subject that has no panel yet gets one when somebody is left out.
fn give_part(dossier: &mut Dossier, index: usize, member: &MemberId, id: &SubjectId, part: Part) {
    let order: Vec<MemberId> = dossier.members.iter().map(|member| member.id.clone()).collect();
    let round = &mut dossier.rounds[index];
    let asked = round.members.clone();
    round.recusals.retain(|other| (&other.member, &other.subject) != (member, id));
    if part == Part::Recused {
        let row = fresh_id(&round.recusals, "x");
        let (member, subject) = (member.clone(), id.clone());
        round.recusals.push(Recusal { id: row, member, subject, reason: String::new() });
    }
    let Some(subject) = dossier.subject_mut(id) else { return };
    let panel = &mut subject.evaluation.panel;
    if part == Part::Not {
        if panel.is_empty() {
            panel.clone_from(&asked);
        }
        panel.retain(|other| other != member);
    } else if !panel.is_empty() && !panel.contains(member) {
        panel.push(member.clone());
        panel.sort_by_key(|id| order.iter().position(|known| known == id));
    }
}

/// Why members are recused.
fn reasons(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, index: usize) {
    let names: Vec<(MemberId, String)> =
        dossier.members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let round = &mut dossier.rounds[index];
    if round.recusals.is_empty() {
        return;
    }
    kit::subheading(ui, lang.t("除斥の理由", "Why members are recused"));
    for recusal in &mut round.recusals {
        let name = names.iter().find(|(id, _)| *id == recusal.member).map_or("", |(_, name)| name.as_str());
        let subject = &recusal.subject;
        let label = format!("{name} {subject}");
        let hint = lang.t("共同研究、出資、所属など", "joint research, shares, affiliation …");
        let options = field::Options::default().boxed().placeholder(hint).width(420.0);
        kit::labelled(ui, &label, |ui| {
            let name = tr!(lang, "{label} の理由", "why {label}");
            field::line(ui, ("reason", recusal.id.as_str()), &name, &mut recusal.reason, &options);
        });
    }
}
