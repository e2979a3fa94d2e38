//! The markets to be reckoned with: assumptions on sliders, tried on the chart, and kept as named scenarios.

use super::{built, sheet};
use crate::app::cx::Cx;
use crate::app::kit::{self, Icon, button};
use crate::app::panels::parts;
use crate::app::theme::{Palette, space};
use crate::chart::comparison;
use crate::chart::market::{self as projections, Choice};
use crate::locale::Lang;
use crate::model::{Quantity, Scenario, Subject, SubjectId, Unit, fresh_id, grouped};
use crate::tr;
use egui::{Id, Slider, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// The length of a slider's rail, in points.
const RAIL: f32 = 240.0;

/// What is being tried: nothing is saved before it is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
struct Trial {
    logarithmic: bool,
    open: bool,
    scenario: Scenario,
}

/// Draws the market charts of a subject and its scenarios.
pub(crate) fn market(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let key = Id::unique(("market", id.as_str()));
    let before = ui.data(|data| data.get_temp::<Trial>(key)).unwrap_or_default();
    let mut trial = before.clone();
    let choice = Choice {
        logarithmic: trial.logarithmic,
        tried: (trial.open && !trial.scenario.series.is_empty()).then(|| trial.scenario.clone()),
    };
    let said = format!("{choice:?}");
    let charts = built(ui, cx.dossier, key.with(said), |dossier| {
        let Some(subject) = dossier.subject(id) else { return Vec::new() };
        let own = [projections::chart(subject, &choice), projections::values(subject, &choice)];
        own.into_iter().flatten().chain(comparison::charts(dossier, subject)).collect()
    });
    let subject = cx.dossier.subject_mut(id);
    let Some(subject) = subject else { return };
    if charts.is_empty() {
        return super::waiting(ui, lang, !subject.market.is_empty());
    }
    sheet(ui, lang, cx.actions, ("market", id.as_str()), &charts, false, |ui, chart| {
        if chart.id.starts_with("market") {
            ui.checkbox(&mut trial.logarithmic, lang.t("対数目盛", "Logarithmic scale"));
            scenarios(ui, lang, subject, &mut trial);
        }
    });
    if trial != before {
        ui.data_mut(|data| data.insert_temp(key, trial));
        ui.ctx().request_repaint();
    }
}

/// The saved scenarios, and the sliders on which another is tried.
fn scenarios(ui: &mut Ui, lang: Lang, subject: &mut Subject, trial: &mut Trial) {
    ui.add_space(space::INSIDE);
    ui.horizontal_wrapped(|ui| {
        kit::subheading(ui, lang.t("想定", "Scenarios"));
        let label = if trial.open {
            lang.t("試算を閉じる", "Close the trial")
        } else {
            lang.t("試算する", "Try assumptions")
        };
        if button::quiet(ui, Some(Icon::Edit), label).clicked() {
            trial.open = !trial.open;
            if trial.open && trial.scenario.series.is_empty() {
                trial.scenario = fresh(lang, subject);
            }
        }
    });
    let mut removed = None;
    for (n, scenario) in subject.scenarios.iter_mut().enumerate() {
        let salt = scenario.id.clone();
        ui.push_id(("scenario", salt.as_str()), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.set_min_height(space::ROW);
                let no = n + 1;
                let name = tr!(lang, "想定{no} 名称", "Scenario {no} name");
                ui.scope(|ui| {
                    ui.set_max_width(260.0);
                    parts::text(ui, &name, &mut scenario.name);
                });
                kit::note(ui, &summary(lang, scenario));
                if button::quiet(ui, None, &tr!(lang, "試す {no}", "Try {no}")).clicked() {
                    trial.scenario = scenario.clone();
                    trial.open = true;
                }
                if button::quiet(ui, Some(Icon::Trash), &tr!(lang, "除く {no}", "Remove {no}")).clicked() {
                    removed = Some(n);
                }
            });
        });
    }
    if let Some(n) = removed {
        subject.scenarios.remove(n);
    }
    if trial.open {
        sliders(ui, lang, subject, trial);
    }
}

/// What a scenario assumes, on one line.
fn summary(lang: Lang, scenario: &Scenario) -> String {
    let mut said = vec![scenario.series.clone()];
    let shown = |value: Decimal| grouped(value.normalize());
    said.extend(
        scenario.growth_percent.map(shown).map(|growth| tr!(lang, "年{growth} %", "{growth} % a year")),
    );
    said.extend(scenario.share_percent.map(shown).map(|share| tr!(lang, "割合{share} %", "share {share} %")));
    said.extend(scenario.horizon.map(|year| tr!(lang, "{year}年", "{year}")));
    let cost = scenario.cost.value().map(|value| format!("{}{}", grouped(value), scenario.cost.unit));
    said.extend(cost.map(|cost| tr!(lang, "費用{cost}", "cost {cost}")));
    said.join("、")
}

/// A scenario to begin with: the first market, at its last year, against what the first scenario costs.
fn fresh(lang: Lang, subject: &Subject) -> Scenario {
    let (all, _) = projections::series(subject);
    let first = all.iter().find(|series| series.points.len() > 1 || series.growth.is_some()).or(all.first());
    let saved = subject.scenarios.first();
    Scenario {
        name: lang.t("試算", "Trial").to_owned(),
        series: first.map(|series| series.subject.to_owned()).unwrap_or_default(),
        growth_percent: first.and_then(|series| series.growth),
        share_percent: saved.and_then(|scenario| scenario.share_percent),
        horizon: first.and_then(|series| series.points.last()).map(|point| point.year),
        cost: saved
            .map_or_else(|| Quantity::empty(Unit::HundredMillionYen), |scenario| scenario.cost.clone()),
        claimed_value: saved.and_then(|scenario| scenario.claimed_value.clone()),
        claimed_multiple: saved.and_then(|scenario| scenario.claimed_multiple.clone()),
        ..Scenario::default()
    }
}

fn sliders(ui: &mut Ui, lang: Lang, subject: &mut Subject, trial: &mut Trial) {
    let scenario = &mut trial.scenario;
    let (all, _) = projections::series(subject);
    let markets: Vec<_> = all.iter().map(|series| (series.subject.to_owned(), series.subject)).collect();
    kit::labelled(ui, lang.t("市場", "Market"), |ui| {
        parts::filter(ui, lang.t("試算する市場", "Market to try"), 360.0, &mut scenario.series, &markets);
    });
    let from = all
        .iter()
        .find(|series| series.subject == scenario.series)
        .and_then(|s| s.points.first())
        .map(|p| p.year);
    kit::labelled(ui, lang.t("年成長率（%）", "Growth a year (%)"), |ui| {
        let mut own = scenario.growth_percent.is_some();
        ui.horizontal(|ui| {
            if ui.checkbox(&mut own, lang.t("成長率を仮定する", "Assume a growth")).changed() {
                scenario.growth_percent = own.then(|| Decimal::from(10));
            }
            if let Some(growth) = &mut scenario.growth_percent {
                decimal(ui, lang.t("年成長率", "Growth a year"), growth, -20.0..=60.0);
            }
        });
    });
    kit::labelled(ui, lang.t("我が国の割合（%）", "National share (%)"), |ui| {
        let share = scenario.share_percent.get_or_insert(Decimal::from(10));
        decimal(ui, lang.t("我が国の割合", "National share"), share, 0.0..=100.0);
    });
    kit::labelled(ui, lang.t("対象年", "Year looked at"), |ui| {
        let base = from.unwrap_or(2020);
        let mut year = scenario.horizon.unwrap_or(base);
        rail(ui);
        let slider = Slider::new(&mut year, base..=base.saturating_add(40));
        if ui.add(slider).accessible_name(lang.t("対象年", "Year looked at")).changed() {
            scenario.horizon = Some(year);
        }
    });
    kit::labelled(ui, lang.t("費用", "Cost"), |ui| {
        ui.set_max_width(240.0);
        let name = lang.t("試算の費用", "Cost to try");
        parts::wrapped_quantity(ui, lang, name, &mut scenario.cost, &Unit::HundredMillionYen);
    });
    if let Some(found) = projections::reckon(subject, scenario) {
        let formula = found.formula.t(lang);
        let unit = &found.unit;
        let shown = |value: Decimal| {
            grouped(
                value
                    .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                    .normalize(),
            )
        };
        let market = shown(found.market);
        let mut said = if formula == format!("{market}{unit}") {
            tr!(lang, "市場 {formula}", "Market {formula}")
        } else {
            tr!(lang, "市場 {formula} = {market}{unit}", "Market {formula} = {market} {unit}")
        };
        if let (Some(value), Some(share)) = (found.value, scenario.share_percent) {
            let (share, value) = (shown(share), shown(value));
            said += &tr!(lang, "　× {share} % = {value}{unit}", "  × {share} % = {value} {unit}");
        }
        if let Some(times) = found.multiple.map(shown) {
            said += &tr!(lang, "　÷ 費用 = {times}倍", "  ÷ cost = {times} ×");
        }
        kit::prose(ui, &said);
    }
    let name = lang.t("試算の名称", "Name of the trial").to_owned();
    ui.horizontal_wrapped(|ui| {
        ui.push_id("name of the trial", |ui| {
            ui.set_max_width(280.0);
            parts::text(ui, &name, &mut scenario.name);
        });
        if button::with_icon(ui, Icon::Plus, lang.t("想定として保存", "Save as a scenario")).clicked()
        {
            let id = fresh_id(&subject.scenarios, "S");
            subject.scenarios.push(Scenario { id, ..scenario.clone() });
            trial.open = false;
        }
    });
}

/// Gives the sliders that follow a rail that is seen.
fn rail(ui: &mut Ui) {
    ui.spacing_mut().slider_width = RAIL;
    ui.visuals_mut().widgets.inactive.bg_fill = Palette::of(ui).rule;
}

/// A decimal on a slider, in tenths.
fn decimal(ui: &mut Ui, name: &str, value: &mut Decimal, range: std::ops::RangeInclusive<f64>) {
    rail(ui);
    let mut shown = value.to_f64().unwrap_or_default();
    let slider = Slider::new(&mut shown, range).step_by(0.1).fixed_decimals(1);
    if ui.add(slider).accessible_name(name).changed()
        && let Some(chosen) = Decimal::from_f64(shown)
    {
        *value = chosen.round_dp(1).normalize();
    }
}
