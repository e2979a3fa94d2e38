//! 予算: contract and executed amounts, and the funding allocation (資金配分).

mod amounts;
mod funding;

use super::form;
use crate::app::charts;
use crate::app::cx::{Action, Cx};
use crate::app::kit::{self, Icon, button};
use crate::app::route::Route;
use crate::locale::Lang;
use crate::model::{FiscalYear, SubjectId};
use crate::tr;
use egui::{Popup, Ui};

/// Draws the budget of `id`.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let subject = cx.subject(id);
    let first = subject.overview.period.start;
    let amounts = amounts::show(ui, lang, &mut subject.amounts, first);
    let funding = funding::show(ui, lang, &mut subject.funding, first);
    let asked = amounts.map(|steps| ("amounts", steps)).or_else(|| funding.map(|steps| ("funding", steps)));
    if let Some((table, steps)) = asked {
        let place = steps.into_iter().fold(subject.place().child(table), |place, step| place.child(step));
        cx.actions.push(Action::Go(Route::Checks(Some(place))));
    }
    charts::budget(ui, cx, id);
}

/// What was asked to happen to the years of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearAction {
    /// A new year, before or behind the others.
    Add(FiscalYear),
    /// A year to be taken away with its figures.
    Remove(FiscalYear),
}

/// The menu in which years are added to and taken from a table; `first` is where a table without years begins.
fn years_menu(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    years: &[FiscalYear],
    first: Option<FiscalYear>,
) -> Option<YearAction> {
    if kit::is_read_only(ui) {
        return None;
    }
    let words = lang.t("年度", "Years");
    let button = button::quiet(ui, Some(Icon::ChevronDown), words).accessible_name(format!("{name} {words}"));
    let mut action = None;
    Popup::menu(&button).show(|ui| {
        let mut item = |ui: &mut Ui, label: String, deed| {
            if ui.button(label).clicked() {
                action = Some(deed);
                ui.close();
            }
        };
        for year in [after(years, first), before(years)].into_iter().flatten() {
            let said = said(lang, year);
            item(ui, tr!(lang, "{said}を追加", "Add {said}"), YearAction::Add(year));
        }
        if !years.is_empty() {
            ui.separator();
        }
        for year in years {
            let said = said(lang, *year);
            item(ui, tr!(lang, "{said}を除く", "Remove {said}"), YearAction::Remove(*year));
        }
    });
    action
}

/// A fiscal year in a sentence.
fn said(lang: Lang, year: FiscalYear) -> String {
    match lang {
        Lang::Ja => year.western(),
        Lang::En => year.short(),
    }
}

/// The year that follows the last of a table.
fn after(years: &[FiscalYear], first: Option<FiscalYear>) -> Option<FiscalYear> {
    match years.iter().max() {
        Some(last) => Some(last.next()),
        None => first.or(Some(FiscalYear::new(2020))),
    }
}

fn before(years: &[FiscalYear]) -> Option<FiscalYear> {
    years.iter().min().map(|year| FiscalYear::new(year.start_year().saturating_sub(1)))
}

/// The heading of a year's column on two lines; `printed` is how the document heads it.
fn year_heading(lang: Lang, year: FiscalYear, printed: &str) -> String {
    // 2022FY（予定） says more than the year; 2021FY does not.
    let more: String = printed.replace("年度", "").replace("FY", "").replace(&year.to_string(), "");
    match (more.trim(), lang) {
        ("", Lang::Ja) => format!("{year}\n年度"),
        ("", Lang::En) => year.short(),
        (more, Lang::Ja) => format!("{year}\n{more}"),
        (more, Lang::En) => format!("{}\n{more}", year.short()),
    }
}
