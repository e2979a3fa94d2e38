//! Charts in the window: asked, hidden, zoomed and dragged.

use super::{budget, market, roadmap, scores};
use crate::app::cx::Action;
use crate::app::panels::testing::{Window, click, harness};
use crate::chart::market as projections;
use crate::locale::Lang;
use crate::model::{Dossier, SubjectId};
use crate::sample;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

fn sample() -> Dossier {
    sample::dossier().unwrap()
}

fn project() -> SubjectId {
    SubjectId::from("A")
}

/// The plot of the chart with that title.
fn plot(harness: &Harness<'_, Window>, title: &str) -> Rect {
    harness.get_by_role_and_label(Role::Image, &format!("図 {title}")).rect()
}

fn pointer(harness: &mut Harness<'_, Window>, at: Pos2, pressed: Option<bool>) {
    harness.input_mut().events.push(Event::PointerMoved(at));
    if let Some(pressed) = pressed {
        let button = PointerButton::Primary;
        harness.input_mut().events.push(Event::PointerButton {
            pos: at,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.step();
    harness.run();
}

/// A point of the first chart's plot at a fiscal year and a row.
fn at(plot: Rect, [from, to]: [f64; 2], x: f64, y: f32) -> Pos2 {
    #[expect(clippy::cast_possible_truncation, reason = "a test")]
    let share = ((x - from) / (to - from)) as f32;
    Pos2::new(plot.left() + share * plot.width(), y)
}

#[test]
fn a_chart_says_what_it_shows_and_gives_its_data() {
    let mut harness = harness(sample(), |ui, cx| budget(ui, cx, &project()));
    let chart = harness.get_by_role_and_label(Role::Image, "図 A　年度別の金額と総額");
    let said = chart.accesskit_node().data().description().unwrap_or_default().to_owned();
    assert!(said.contains("契約額") && said.contains("12.8"), "{said}");
    click(&mut harness, "図の表");
    harness.get_by_label("表をコピー").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().any(|command| {
        matches!(command, egui::OutputCommand::CopyText(text) if text.starts_with("区分\t年度\t金額（億円）\t印字\n契約額\t2017年度\t7.5\t"))
    });
    assert!(copied);
    harness.state_mut().lang = Lang::En;
    harness.run();
    harness.get_by_role_and_label(Role::Image, "Chart A: Amounts by fiscal year and in total");
}

#[test]
fn series_can_be_hidden_and_the_other_charts_reached() {
    let mut harness = harness(sample(), |ui, cx| scores(ui, cx, &project()));
    let series = |harness: &Harness<'_, Window>| {
        let toggle = harness.get_by_role_and_label(Role::CheckBox, "系列 各委員の評点");
        toggle.accesskit_node().toggled()
    };
    let before = series(&harness);
    click(&mut harness, "系列 各委員の評点");
    assert_ne!(before, series(&harness));
    click(&mut harness, "委員別の評点");
    harness.get_by_role_and_label(Role::Image, "図 A　委員別の評点");
}

#[test]
fn a_picture_is_asked_for_in_its_form() {
    let mut harness = harness(sample(), |ui, cx| budget(ui, cx, &project()));
    click(&mut harness, "画像を保存…");
    click(&mut harness, "PNG（画像）…");
    let asked = &harness.state().actions;
    assert!(
        matches!(&asked[..], [Action::SavePicture(chart, super::PictureKind::Png)] if chart.id == "amounts"),
        "{asked:?}"
    );
}

#[test]
fn a_period_that_is_dragged_changes_its_dates() {
    let mut harness = harness(sample(), |ui, cx| {
        roadmap(ui, cx, &project());
    });
    let dossier = sample();
    let chart = crate::chart::roadmap::chart(
        &dossier,
        dossier.subject(&project()).unwrap(),
        &crate::chart::roadmap::Choice::default(),
    )
    .unwrap();
    let domain = [chart.x.from, chart.x.to];
    let plot = plot(&harness, "A　ロードマップ");
    // The first lane holds the project's own period, FY2017 to FY2021, beneath the row of the line.
    let rows = chart.y.to - chart.y.from;
    #[expect(clippy::cast_possible_truncation, reason = "a test")]
    let row = (f64::from(plot.height()) / rows) as f32;
    let y = plot.top() + 1.6 * row;
    let (from, to) = (at(plot, domain, 2019.5, y), at(plot, domain, 2021.6, y));
    pointer(&mut harness, from, None);
    pointer(&mut harness, from, Some(true));
    for step in 1..=4_u8 {
        pointer(&mut harness, from.lerp(to, f32::from(step) / 4.0), None);
    }
    pointer(&mut harness, to, Some(false));
    let item = |harness: &Harness<'_, Window>| {
        harness.state().dossier.projects[0]
            .roadmap
            .iter()
            .find(|item| item.id.as_str() == "R008")
            .unwrap()
            .clone()
    };
    assert_eq!(item(&harness).when.display(), "FY2019～FY2023");
    // Its right end alone.
    let (from, to) = (at(plot, domain, 2023.97, y), at(plot, domain, 2022.97, y));
    pointer(&mut harness, from, None);
    pointer(&mut harness, from, Some(true));
    pointer(&mut harness, from.lerp(to, 0.5), None);
    pointer(&mut harness, to, None);
    pointer(&mut harness, to, Some(false));
    assert_eq!(item(&harness).when.display(), "FY2019～FY2022");
}

#[test]
fn the_keyboard_zooms_and_goes_back() {
    let mut harness = harness(sample(), |ui, cx| market(ui, cx, &SubjectId::programme()));
    harness.get_by_role_and_label(Role::Image, "図 プログラム　市場規模の予測").focus();
    harness.run();
    assert!(harness.query_by_label("全体を表示").is_none());
    harness.key_press(Key::Plus);
    harness.run();
    harness.get_by_label("全体を表示");
    harness.key_press(Key::Home);
    harness.run();
    assert!(harness.query_by_label("全体を表示").is_none());
}

#[test]
fn assumptions_are_tried_and_kept_as_a_scenario() {
    let mut harness = harness(sample(), |ui, cx| market(ui, cx, &SubjectId::programme()));
    click(&mut harness, "試算する");
    click(&mut harness, "成長率を仮定する");
    assert_eq!(harness.state().dossier, sample(), "trying changes nothing");
    click(&mut harness, "想定として保存");
    let programme = &harness.state().dossier.programme;
    let kept = programme.scenarios.last().unwrap();
    assert_eq!(
        (programme.scenarios.len(), kept.id.as_str(), kept.growth_percent),
        (3, "S3", Some(10.into()))
    );
    // 6,270億円 at 10 % over twenty years, nine per cent of it, against 248億円.
    let found = projections::reckon(programme, kept).unwrap();
    assert_eq!(found.market.round_dp(2).to_string(), "4.22");
    assert_eq!(found.multiple.unwrap().round_dp(0).to_string(), "15");
}

#[test]
fn nothing_is_drawn_again_while_nothing_happens() {
    let mut harness = harness(sample(), |ui, cx| {
        roadmap(ui, cx, &project());
    });
    harness.run();
    harness.step();
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
}

#[test]
fn a_dossier_without_figures_has_no_chart() {
    let harness = harness(sample::blank(), |ui, cx| {
        let id = SubjectId::from("A");
        budget(ui, cx, &id);
        scores(ui, cx, &id);
        market(ui, cx, &id);
        roadmap(ui, cx, &id);
    });
    assert_eq!(harness.query_all_by_role(Role::Image).count(), 0);
}
