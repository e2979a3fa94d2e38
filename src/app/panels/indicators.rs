//! アウトプット and アウトカム: indicators with what each chapter says of them, and the results behind the counts.

use super::parts::{self, Rows};
use super::{figure, form};
use crate::app::charts;
use crate::app::cx::Cx;
use crate::app::kit::table::{Column, RowAction, apply};
use crate::app::kit::{self, Icon, button};
use crate::locale::{Lang, Term};
use crate::model::{
    Indicator, IndicatorStanding, OtherIndicator, OutputGroup, PrintedChapter, Statement, Subject, SubjectId,
    TargetKind, Unit, fresh_id,
};
use crate::tr;
use egui::Ui;

/// Which indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// アウトプット
    Outputs,
    /// アウトカム
    Outcomes,
}

impl Kind {
    fn of(self, subject: &mut Subject) -> &mut Vec<Indicator> {
        match self {
            Self::Outputs => &mut subject.outputs,
            Self::Outcomes => &mut subject.outcomes,
        }
    }

    fn trajectory(self) -> crate::chart::trajectory::Kind {
        match self {
            Self::Outputs => crate::chart::trajectory::Kind::Outputs,
            Self::Outcomes => crate::chart::trajectory::Kind::Outcomes,
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Outputs => lang.t("アウトプット指標", "Output indicator"),
            Self::Outcomes => lang.t("アウトカム指標", "Outcome indicator"),
        }
    }
}

/// Draws the indicators of a subject. The programme shows, beside its own, what its chapter says of its projects'.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId, kind: Kind) {
    let lang = cx.lang;
    let programme = cx.subject(id).is_programme();
    if programme {
        for project in &mut cx.dossier.projects {
            // Only those are reached for of which there is something to show.
            if kind.trajectory().of(project).iter().any(in_programme_chapter) {
                let title = project.title();
                let key = project.id.clone();
                ui.push_id(("of project", key.as_str()), |ui| of_project(ui, lang, &title, kind.of(project)));
            }
        }
    }
    let subject = cx.subject(id);
    own(ui, lang, kind, kind.of(subject), programme);
    if kind == Kind::Outputs {
        other_indicators(ui, lang, &mut subject.other_indicators);
        output_groups(ui, lang, &mut subject.output_groups);
    }
    charts::indicators(ui, cx, id, kind.trajectory());
}

fn in_programme_chapter(indicator: &Indicator) -> bool {
    indicator.statements.iter().any(|statement| statement.chapter == PrintedChapter::Programme)
}

/// What the programme's chapter says of the indicators of one project.
fn of_project(ui: &mut Ui, lang: Lang, title: &str, indicators: &mut [Indicator]) {
    let note = lang.t("プログラム章の記載", "as the programme's chapter states them");
    kit::sheet(
        ui,
        title,
        Some(note),
        |_| (),
        |ui| {
            for indicator in indicators.iter_mut().filter(|indicator| in_programme_chapter(indicator)) {
                let id = indicator.id.clone();
                ui.push_id(id.as_str(), |ui| {
                    kit::subheading(ui, &heading(lang, indicator));
                    statements(ui, lang, indicator, Some(PrintedChapter::Programme));
                });
            }
        },
    );
}

/// The indicators of the subject itself, a sheet each.
fn own(ui: &mut Ui, lang: Lang, kind: Kind, indicators: &mut Vec<Indicator>, programme: bool) {
    let what = kind.name(lang);
    let add = match kind {
        Kind::Outputs => lang.t("アウトプット指標を追加", "Add an output indicator"),
        Kind::Outcomes => lang.t("アウトカム指標を追加", "Add an outcome indicator"),
    };
    if indicators.is_empty() && !programme {
        kit::paper(ui, what, |ui| {
            let empty = lang.t(
                "目標と実績を年度ごとに並べます。章によって値が違うときは、それぞれの記載をそのまま残せます。",
                "Targets and actuals by fiscal year. Where two chapters print different figures, both are kept.",
            );
            if kit::empty(ui, empty, add) {
                indicators.push(Indicator { id: fresh_id(indicators, "i"), ..Indicator::default() });
            }
        });
        return;
    }
    let count = indicators.len();
    let mut asked = None;
    for (index, indicator) in indicators.iter_mut().enumerate() {
        let id = indicator.id.clone();
        let n = index + 1;
        let title = heading(lang, indicator);
        let name = format!("{what} {n}");
        ui.push_id(("indicator", id.as_str()), |ui| {
            let (action, ()) = kit::sheet(
                ui,
                &title,
                None,
                |ui| form::block_menu(ui, lang, &name, index, count),
                |ui| {
                    head(ui, lang, &name, indicator);
                    statements(ui, lang, indicator, None);
                },
            );
            asked = asked.or(action);
        });
    }
    if let Some(action) = asked {
        apply(indicators, action, Indicator::default);
    }
    if button::with_icon(ui, Icon::Plus, add).clicked() {
        indicators.push(Indicator { id: fresh_id(indicators, "i"), ..Indicator::default() });
    }
}

/// The name of an indicator, and its standing where it is not in force.
fn heading(lang: Lang, indicator: &Indicator) -> String {
    let name = match indicator.name.as_str() {
        "" => lang.t("（名称未入力）", "(no name yet)"),
        name => name,
    };
    match indicator.standing {
        IndicatorStanding::Current => name.to_owned(),
        standing => {
            let standing = standing.term(lang);
            tr!(lang, "{name}（{standing}）", "{name} ({standing})")
        }
    }
}

fn head(ui: &mut Ui, lang: Lang, name: &str, indicator: &mut Indicator) {
    let labels = (
        lang.t("指標の名称", "Name of the indicator"),
        lang.t("単位・位置付け", "Unit and standing"),
        lang.t("注", "Note"),
    );
    form::form(ui, |ui| {
        form::row(ui, labels.0, |ui| form::line(ui, &format!("{name} {}", labels.0), &mut indicator.name));
        form::row(ui, labels.1, |ui| {
            form::side_by_side(ui, |ui| {
                form::narrow(ui, "unit", 96.0, |ui| {
                    let mut unit = indicator.unit.as_str().to_owned();
                    if parts::text(ui, &tr!(lang, "{name} 単位", "{name} unit"), &mut unit).changed() {
                        indicator.unit = Unit::from(unit);
                    }
                });
                form::narrow(ui, "standing", 140.0, |ui| {
                    let label = tr!(lang, "{name} 位置付け", "{name} standing");
                    parts::choice(ui, lang, &label, &mut indicator.standing, &IndicatorStanding::ALL);
                });
            });
        });
        form::row(ui, labels.2, |ui| form::line(ui, &format!("{name} {}", labels.2), &mut indicator.note));
    });
    ui.add_space(crate::app::theme::space::TIGHT);
}

/// The statements on an indicator: all, or those of one chapter.
fn statements(ui: &mut Ui, lang: Lang, indicator: &mut Indicator, only: Option<PrintedChapter>) {
    let unit = indicator.unit.clone();
    let in_unit = |label: &str| {
        if unit.as_str().is_empty() { label.to_owned() } else { format!("{label}\n（{unit}）") }
    };
    let mut columns = vec![
        Column::fixed(lang.t("目標の種別", "Kind of target"), 132.0),
        Column::number(lang.t("年度", "FY"), 60.0),
        Column::number(in_unit(lang.t("目標", "Target")), 64.0),
        Column::number(in_unit(lang.t("実績", "Actual")), 64.0),
        Column::fixed(lang.t("時点", "As of"), 104.0),
        Column::text(lang.t("達成状況・見通し", "Achievement, outlook"), 0.7, 104.0),
        Column::text(lang.t("補足", "Supplement"), 1.4, 150.0),
        Column::fixed(lang.t("印字箇所", "Printed at"), 88.0),
    ];
    if only.is_none() {
        columns.insert(0, Column::fixed(lang.t("記載の章", "Chapter"), 132.0));
    }
    let places: Vec<usize> = (0..indicator.statements.len())
        .filter(|place| only.is_none_or(|chapter| indicator.statements[*place].chapter == chapter))
        .collect();
    let label = indicator.name.clone();
    let table = tr!(lang, "{label} の記載", "Statements on {label}");
    let rows = Rows {
        salt: "statements",
        name: &table,
        add: lang.t("記載を追加", "Add a statement"),
        prefix: "t",
        columns: &columns,
    };
    let new = || Statement { chapter: only.unwrap_or_default(), ..Statement::default() };
    rows.show_some(ui, lang, &mut indicator.statements, &places, new, |ui, row, column| {
        let column = if only.is_some() { column + 1 } else { column };
        // Each figure is called by what it states, so that a keyboard user and a test find it.
        let year = row.target.year.map(|year| year.to_string()).unwrap_or_default();
        match column {
            0 => {
                parts::choice(
                    ui,
                    lang,
                    lang.t("記載の章", "Chapter"),
                    &mut row.chapter,
                    &PrintedChapter::ALL,
                );
            }
            1 => {
                parts::choice(
                    ui,
                    lang,
                    lang.t("目標の種別", "Kind of target"),
                    &mut row.target.kind,
                    &TargetKind::ALL,
                );
            }
            2 => {
                parts::fiscal_year(ui, lang.t("目標の年度", "Year of the target"), &mut row.target.year);
            }
            3 => {
                let name = tr!(lang, "{year}年度の目標", "Target of FY{year}");
                figure::figure(ui, lang, &name, &mut row.target.amount, &unit);
            }
            4 => {
                let name = tr!(lang, "{year}年度の目標に対する実績", "Actual against the target of FY{year}");
                figure::figure(ui, lang, &name, &mut row.actual.amount, &unit);
            }
            5 => {
                parts::when(ui, lang.t("実績の時点", "Actual as of"), &mut row.actual.as_of);
            }
            6 => {
                parts::text(ui, lang.t("達成状況・見通し", "Achievement, outlook"), &mut row.outlook);
            }
            7 => {
                parts::text(ui, lang.t("補足", "Supplement"), &mut row.supplement);
            }
            _ => {
                parts::text(ui, lang.t("印字箇所", "Printed at"), &mut row.printed_at);
            }
        }
    });
}

fn other_indicators(ui: &mut Ui, lang: Lang, rows: &mut Vec<OtherIndicator>) {
    let title = lang.t("その他の指標", "Other indicators");
    let columns = [
        Column::text(lang.t("指標", "Indicator"), 1.2, 200.0),
        Column::number(lang.t("集計の\n始め", "From\nFY"), 72.0),
        Column::number(lang.t("集計の\n終わり", "To\nFY"), 72.0),
        Column::text(lang.t("実績", "Figure"), 0.8, 120.0).right(),
        Column::text(lang.t("注", "Note"), 1.0, 140.0),
        Column::fixed(lang.t("印字箇所", "Printed at"), 88.0),
    ];
    kit::sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if rows.is_empty() {
                kit::note(
                    ui,
                    lang.t(
                        "論文数、特許出願、国際標準への寄与などを、集計の期間とともに並べます。",
                        "Papers, patents, standards and the like, each with the years that it counts.",
                    ),
                );
            }
            let add = lang.t("指標を追加", "Add a figure");
            Rows { salt: "others", name: title, add, prefix: "r", columns: &columns }.show(
                ui,
                lang,
                rows,
                |ui, row, column| {
                    match column {
                        0 => parts::text(
                            ui,
                            lang.t("その他の指標の名称", "Name of the other indicator"),
                            &mut row.name,
                        ),
                        1 => {
                            parts::fiscal_year(ui, lang.t("集計の始め", "First year counted"), &mut row.from)
                        }
                        2 => parts::fiscal_year(ui, lang.t("集計の終わり", "Last year counted"), &mut row.to),
                        3 => {
                            let name = row.name.clone();
                            parts::wrapped_quantity(ui, lang, &name, &mut row.amount, &Unit::default())
                        }
                        4 => parts::text(ui, lang.t("注", "Note"), &mut row.note),
                        _ => parts::text(ui, lang.t("印字箇所", "Printed at"), &mut row.printed_at),
                    };
                },
            );
        },
    );
}

fn output_groups(ui: &mut Ui, lang: Lang, groups: &mut Vec<OutputGroup>) {
    let count = groups.len();
    let mut asked: Option<RowAction> = None;
    for (index, group) in groups.iter_mut().enumerate() {
        let id = group.id.clone();
        let number = index + 1;
        let name = tr!(lang, "成果の内訳 {number}", "Named results {number}");
        let title = format!("{}　{}", group.kind, group.title);
        let n = group.items.len();
        let note = tr!(lang, "{n} 件", "{n}");
        ui.push_id(("group", id.as_str()), |ui| {
            let (action, ()) = kit::sheet(
                ui,
                title.trim(),
                Some(&note),
                |ui| form::block_menu(ui, lang, &name, index, count),
                |ui| one_group(ui, lang, &name, group),
            );
            asked = asked.or(action);
        });
    }
    if let Some(action) = asked {
        apply(groups, action, OutputGroup::default);
    }
    if button::quiet(ui, Some(Icon::Plus), lang.t("成果の内訳を追加", "Add a list of named results"))
        .clicked()
    {
        groups.push(OutputGroup { id: fresh_id(groups, "g"), ..OutputGroup::default() });
    }
}

fn one_group(ui: &mut Ui, lang: Lang, name: &str, group: &mut OutputGroup) {
    let labels = (lang.t("何の内訳か", "List of"), lang.t("成果の種類", "Kind of result"));
    form::form(ui, |ui| {
        form::row(ui, labels.0, |ui| form::line(ui, &format!("{name} {}", labels.0), &mut group.title));
        form::row(ui, labels.1, |ui| form::line(ui, &format!("{name} {}", labels.1), &mut group.kind));
    });
    let columns = [
        Column::fixed(lang.t("番号", "No."), 60.0),
        Column::text(lang.t("名称", "Name"), 1.6, 220.0),
        Column::text(lang.t("区分", "Category"), 1.0, 140.0),
        Column::text(lang.t("実施者", "Holder"), 0.6, 96.0),
        Column::text(lang.t("詳細", "Detail"), 1.2, 160.0),
    ];
    let add = lang.t("成果を追加", "Add a result");
    Rows { salt: "results", name, add, prefix: "r", columns: &columns }.show(
        ui,
        lang,
        &mut group.items,
        |ui, row, column| {
            match column {
                0 => parts::text(ui, lang.t("番号", "Number"), &mut row.no),
                1 => parts::text(ui, lang.t("成果の名称", "Name of the result"), &mut row.name),
                2 => parts::text(ui, lang.t("区分", "Category"), &mut row.category),
                3 => parts::text(ui, lang.t("実施者", "Holder"), &mut row.holder),
                _ => parts::text(ui, lang.t("詳細", "Detail"), &mut row.detail),
            };
        },
    );
}
