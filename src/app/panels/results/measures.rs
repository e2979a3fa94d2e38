//! Agreement over the whole subject, how much rests on one member, and how members score: in words, with the figures
//! after them. Figures are counted once for a state of the scores, not for each frame.

use crate::app::kit;
use crate::app::kit::table::{Column, Table, cell};
use crate::locale::{Lang, Term};
use crate::model::{CriteriaSets, CriterionNo, Dossier, Member, MemberId, Round, Shared, Subject, SubjectId};
use crate::stats::{self, AlphaRecord, Fraction, OrderChange, Profile, ProjectStatistics, Turn, WRecord};
use crate::tr;
use egui::Ui;
use std::sync::Arc;

/// What was counted, and for what.
struct Counted {
    of: Of,
    project: ProjectStatistics,
    profiles: Vec<Profile>,
    order: Vec<(CriterionNo, OrderChange)>,
}

/// What the measures are counted from.
struct Of {
    members: Vec<Member>,
    criteria: CriteriaSets,
    /// The projects, of which panel and scores count.
    projects: Vec<Shared<Subject>>,
}

impl Of {
    fn new(dossier: &Dossier) -> Self {
        Self {
            members: dossier.members.clone(),
            criteria: dossier.criteria.clone(),
            projects: dossier.projects.clone(),
        }
    }

    /// Whether the dossier still says the same.
    fn is(&self, dossier: &Dossier) -> bool {
        let same = |(known, project): (&Shared<Subject>, &Shared<Subject>)| {
            let (then, now) = (&known.evaluation, &project.evaluation);
            known.is_one_with(project)
                || (&known.id, &then.panel, &then.scores) == (&project.id, &now.panel, &now.scores)
        };
        self.members == dossier.members
            && self.criteria == dossier.criteria
            && self.projects.len() == dossier.projects.len()
            && self.projects.iter().zip(&dossier.projects).all(same)
    }
}

/// Draws the measures of a subject.
pub(super) fn show(ui: &mut Ui, lang: Lang, dossier: &Dossier, id: &SubjectId, named: bool) {
    let Some(counted) = counted(ui, dossier, id) else { return };
    let name = |member: &MemberId| dossier.member(member).map_or(member.as_str(), called).to_owned();
    kit::sheet(
        ui,
        lang.t("委員の一致の程度", "How far the members agree"),
        None,
        |_| (),
        |ui| {
            kit::prose(ui, &alpha_in_words(lang, &counted.project.alpha.ordinal));
            let columns = [
                Column::text(lang.t("指標", "Measure"), 1.0, 220.0),
                Column::number(lang.t("値", "Value"), 96.0),
                Column::number(lang.t("95 % 区間", "95 % interval"), 150.0),
                Column::text(lang.t("備考", "Remark"), 1.0, 200.0),
            ];
            let alpha = &counted.project.alpha;
            let rows = [
                (lang.t("クリッペンドルフのα（順序尺度）", "Krippendorff's alpha (ordinal)"), &alpha.ordinal),
                (lang.t("同（間隔尺度）", "the same (interval)"), &alpha.interval),
                (lang.t("同（名義尺度）", "the same (nominal)"), &alpha.nominal),
            ];
            let label = lang.t("一致の指標", "Measures of agreement");
            Table::new("agreement", label, &columns, rows.len() + 1).show(ui, |ui, row, column| {
                match rows.get(row) {
                    Some((name, record)) => alpha_cell(ui, lang, column, name, record),
                    None => w_cell(ui, lang, column, &counted.project.kendall_w),
                }
            });
        },
    );
    kit::sheet(
        ui,
        lang.t("一人の委員による違い", "What rests on one member"),
        None,
        |_| (),
        |ui| {
            one_member(ui, lang, dossier, id, &counted.order, named);
        },
    );
    reference(ui, lang, dossier, id);
    if named {
        profiles(ui, lang, &counted.profiles, name);
    }
}

/// For each criterion how far its mean moves with any one member left out, and whether the projects change places.
fn one_member(
    ui: &mut Ui,
    lang: Lang,
    dossier: &Dossier,
    id: &SubjectId,
    order: &[(CriterionNo, OrderChange)],
    named: bool,
) {
    if order.is_empty() {
        let what = lang.t(
            "どの委員を除いても、平均による課題の順は変わりません。",
            "Whichever member is left out, the order of the projects by their means stays.",
        );
        kit::prose(ui, what);
    }
    let Some(evaluation) = dossier.subject(id).map(|subject| &subject.evaluation) else { return };
    let criteria: Vec<_> = dossier.criteria_for(id).scored().collect();
    let columns = [
        Column::number("", 32.0),
        Column::text(lang.t("評価項目", "Criterion"), 1.0, 150.0),
        Column::number(lang.t("一人を除いた平均", "Mean without any one"), 130.0),
        Column::text(lang.t("課題の順", "Order of the projects"), 1.8, 220.0),
    ];
    let label = lang.t("一人の委員による違い", "What rests on one member");
    Table::new("one member", label, &columns, criteria.len()).show(ui, |ui, row, column| {
        let criterion = criteria[row];
        match column {
            0 => {
                cell::computed(ui, &criterion.no.to_string());
            }
            1 => {
                cell::label(ui, &criterion.label);
            }
            2 => {
                let range = stats::leave_one_out(&evaluation.scores_of(criterion.no));
                let words = range.map_or_else(
                    || "–".to_owned(),
                    |range| {
                        let (low, high) = (range.low.printed(1), range.high.printed(1));
                        if low == high { low } else { format!("{low}{}{high}", lang.t("～", " to ")) }
                    },
                );
                cell::number_label(ui, &words);
            }
            _ => {
                let changes: Vec<&OrderChange> =
                    order.iter().filter(|(no, _)| *no == criterion.no).map(|(_, change)| change).collect();
                order_cell(ui, lang, dossier, id, &changes, named);
            }
        }
    });
}

/// As many changes of order are told one by one; of more, how many members they rest on.
const TOLD: usize = 3;

fn order_cell(
    ui: &mut Ui,
    lang: Lang,
    dossier: &Dossier,
    id: &SubjectId,
    changes: &[&OrderChange],
    named: bool,
) {
    if changes.is_empty() {
        cell::computed(ui, lang.t("変わらない", "stays"));
        return;
    }
    let member = |change: &OrderChange| {
        if named {
            dossier.member(&change.without).map_or(change.without.as_str(), called).to_owned()
        } else {
            lang.t("ある委員", "one member").to_owned()
        }
    };
    let all: Vec<String> = changes.iter().map(|change| turn(lang, &member(change), change)).collect();
    if all.len() <= TOLD {
        cell::label(ui, &all.join("\n"));
        return;
    }
    let mut members: Vec<&MemberId> = changes.iter().map(|change| &change.without).collect();
    members.sort_unstable();
    members.dedup();
    let mut others: Vec<&str> = Vec::new();
    for change in changes {
        let other = if change.first == *id { &change.second } else { &change.first };
        if !others.contains(&other.as_str()) {
            others.push(other.as_str());
        }
    }
    let (n, count, others) = (members.len(), all.len(), others.join(", "));
    let words = tr!(
        lang,
        "{n} 名のうち誰か一人を除くと、{others} との順が変わります（{count} 通り）",
        "leaving out any one of {n} members changes the order with {others} ({count} ways)"
    );
    cell::label(ui, &words).on_hover_ui(|ui| {
        for line in all.iter().take(20) {
            ui.label(line);
        }
        if all.len() > 20 {
            ui.label("…");
        }
    });
}

/// What a committee may want beside the printed means, and never in their place.
fn reference(ui: &mut Ui, lang: Lang, dossier: &Dossier, id: &SubjectId) {
    let asks = |round: &&Round| {
        round.subjects.contains(id) && (!round.weights.is_empty() || round.threshold.is_some())
    };
    let Some(round) = dossier.rounds.iter().rev().find(asks) else { return };
    let Some(evaluation) = dossier.subject(id).map(|subject| &subject.evaluation) else { return };
    let means: Vec<(CriterionNo, Option<Fraction>)> = (dossier.criteria_for(id).scored())
        .map(|criterion| {
            let scores = evaluation.scores_of(criterion.no);
            (criterion.no, Fraction::mean(scores.into_iter().flatten()))
        })
        .collect();
    let note = lang.t("報告書の平均とは別の計算です", "apart from the means of the report");
    kit::sheet(
        ui,
        lang.t("参考の計算", "For reference"),
        Some(note),
        |_| (),
        |ui| {
            if !round.weights.is_empty() {
                let weight = |no| round.weights.get(no).copied().unwrap_or_default();
                let mean = stats::weighted_mean(means.iter().map(|(no, mean)| (*mean, weight(no))));
                let words = match mean {
                    Ok(mean) => {
                        let mean = mean.printed(2);
                        tr!(lang, "重み付き平均　{mean}", "Weighted mean {mean}")
                    }
                    Err(why) => {
                        let why = why.term(lang);
                        tr!(lang, "重み付き平均は計算できません（{why}）", "No weighted mean ({why})")
                    }
                };
                kit::prose(ui, &words);
            }
            if let Some(threshold) = round.threshold {
                let bound = Fraction::of_decimal(threshold);
                let below: Vec<String> = (means.iter())
                    .filter(|(_, mean)| mean.is_some_and(|mean| mean < bound))
                    .map(|(no, _)| no.to_string())
                    .collect();
                let list = below.join(", ");
                let words = if below.is_empty() {
                    tr!(lang, "平均が {threshold} を下回る項目はありません", "No mean is below {threshold}")
                } else {
                    tr!(lang, "平均が {threshold} を下回る項目: {list}", "Means below {threshold}: {list}")
                };
                kit::prose(ui, &words);
            }
        },
    );
}

fn called(member: &Member) -> &str {
    if member.name.is_empty() { member.id.as_str() } else { &member.name }
}

fn counted(ui: &Ui, dossier: &Dossier, id: &SubjectId) -> Option<Arc<Counted>> {
    let project = dossier.subject(id)?;
    let key = egui::Id::unique(("counted", id.as_str()));
    let known = ui.data(|data| data.get_temp::<Option<Arc<Counted>>>(key)).flatten();
    if let Some(known) = known.filter(|known| known.of.is(dossier)) {
        return Some(known);
    }
    let order = dossier.criteria_for(id).scored().flat_map(|criterion| {
        let changes = stats::order_changes_of(dossier, criterion.no, id).into_iter();
        changes.map(move |change| (criterion.no, change))
    });
    let counted = Arc::new(Counted {
        of: Of::new(dossier),
        project: stats::of_project(dossier, project),
        profiles: stats::profiles(dossier),
        order: order.collect(),
    });
    ui.data_mut(|data| data.insert_temp(key, Some(counted.clone())));
    Some(counted)
}

/// What alpha means, without a verdict on anybody.
fn alpha_in_words(lang: Lang, alpha: &AlphaRecord) -> String {
    let Some(value) = alpha.value.as_ref().and_then(|value| value.parse::<f64>().ok()) else {
        let why = alpha.undefined.unwrap_or(stats::Undefined::NoScores).term(lang);
        return tr!(lang, "一致の程度は計算できません（{why}）。", "Agreement cannot be computed ({why}).");
    };
    let words = if value >= 0.8 {
        lang.t("委員の評点はよく一致しています。", "The members' scores agree well.")
    } else if value >= 0.667 {
        lang.t("委員の評点はおおむね一致しています。", "The members' scores agree on the whole.")
    } else {
        lang.t(
            "委員の評点の一致は低く、平均だけでは検討会の見方を表せません。評価項目ごとのコメントを合わせて読んでください。",
            "The members' scores agree little, and a mean alone does not tell what the committee thinks. Read the comments on each criterion beside it.",
        )
    };
    let caution = lang.t(
        "評点が高い側に集まると、実際は近い評価でも係数は低く出ます。",
        "Where scores crowd at one end, the coefficient is low even if members judge alike.",
    );
    format!("{words}{}{caution}", lang.t("", " "))
}

fn alpha_cell(ui: &mut Ui, lang: Lang, column: usize, name: &str, record: &AlphaRecord) {
    let dash = || "–".to_owned();
    match column {
        0 => cell::label(ui, name),
        1 => cell::number_label(ui, &record.value.as_deref().map_or_else(dash, three)),
        2 => {
            let ends = record.low.as_deref().zip(record.high.as_deref());
            let span = |(l, h)| format!("{}{}{}", three(l), lang.t("～", " to "), three(h));
            cell::number_label(ui, &ends.map_or_else(dash, span))
        }
        _ => cell::computed(ui, record.undefined.map_or("", |why| why.term(lang))),
    };
}

/// Three decimals of a figure with four.
fn three(value: &str) -> String {
    value.parse::<f64>().map_or_else(|_| value.to_owned(), |value| format!("{value:.3}"))
}

fn w_cell(ui: &mut Ui, lang: Lang, column: usize, w: &WRecord) {
    match column {
        0 => cell::label(ui, lang.t("ケンドールの一致係数 W", "Kendall's W")),
        1 => cell::number_label(ui, &w.value.as_deref().map_or_else(|| "–".to_owned(), three)),
        2 => cell::computed(ui, "–"),
        _ => {
            let (members, units) = (w.members, w.units);
            let words = match w.undefined {
                Some(why) => why.term(lang).to_owned(),
                None => tr!(
                    lang,
                    "委員 {members} 名が全員採点した {units} 項目",
                    "{units} criteria that all {members} members scored"
                ),
            };
            cell::computed(ui, &words)
        }
    };
}

fn turn(lang: Lang, member: &str, change: &OrderChange) -> String {
    let (first, second) = (&change.first, &change.second);
    match change.becomes {
        Turn::Reversed => tr!(
            lang,
            "{member}を除くと {first} と {second} の順が入れ替わります。",
            "without {member}, {first} and {second} change places."
        ),
        Turn::Level => tr!(
            lang,
            "{member}を除くと {first} と {second} の平均が同じになります。",
            "without {member}, {first} and {second} are level."
        ),
        Turn::Apart => tr!(
            lang,
            "{member}を除くと {first} と {second} の平均に差がつきます。",
            "without {member}, {first} and {second} are no longer level."
        ),
    }
}

fn profiles(ui: &mut Ui, lang: Lang, profiles: &[Profile], name: impl Fn(&MemberId) -> String) {
    let note = lang.t("評点は調整しません", "no score is adjusted");
    let title = lang.t("委員ごとの付け方", "How members score");
    kit::sheet(
        ui,
        title,
        Some(note),
        |_| (),
        |ui| {
            let columns = [
                Column::text(lang.t("委員", "Member"), 1.0, 120.0),
                Column::number(lang.t("比べられる評点", "Scores compared"), 120.0),
                Column::number(lang.t("ほかの委員との差", "Beside the others"), 130.0),
                Column::text(lang.t("付け方", "Remark"), 1.6, 200.0),
            ];
            Table::new("profiles", title, &columns, profiles.len()).show(ui, |ui, row, column| {
                let profile = &profiles[row];
                match column {
                    0 => cell::label(ui, &name(&profile.member)),
                    1 => cell::number_label(ui, &profile.n.to_string()),
                    2 => {
                        let sign =
                            |text: String| if text.starts_with('-') { text } else { format!("+{text}") };
                        let words = profile.leaning.map_or_else(|_| "–".to_owned(), |l| sign(l.printed(2)));
                        cell::number_label(ui, &words)
                    }
                    _ => {
                        let words = match profile.leaning {
                            Err(why) => why.term(lang),
                            Ok(_) if profile.is_straight() => {
                                lang.t("すべて同じ評点", "the same score throughout")
                            }
                            Ok(_) => "",
                        };
                        cell::computed(ui, words)
                    }
                };
            });
        },
    );
}
