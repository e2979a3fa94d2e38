//! The page by role and label, as people find things on it.

use crate::app::route::Route;
use crate::app::window::{Setup, Window};
use crate::app::{command::Command, theme};
use crate::locale::Lang;
use crate::model::{Figure, FiscalYear, Place, SubjectId};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use std::time::{Duration, Instant};

type Desk = Harness<'static, Window>;

/// A window on the sample, tall enough to show much, after the first run of the checks.
fn desk() -> Desk {
    let window = Window::new(&egui::Context::default(), Setup { lang: Some(Lang::Ja), ..Setup::default() });
    let mut desk = Harness::builder()
        .with_size(egui::Vec2::new(1440.0, 1400.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| theme::install(ctx, theme::Mode::Light))
        .build_ui_state(
            |ui: &mut egui::Ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            },
            window,
        );
    desk.run();
    let ctx = desk.ctx.clone();
    desk.state_mut().command(&ctx, Command::OpenSample);
    settled(&mut desk);
    desk
}

/// Runs until what was found is of the dossier as it stands, and gives the number of open findings.
fn settled(desk: &mut Desk) -> usize {
    let begin = Instant::now();
    loop {
        desk.run();
        if let Some(open) = desk.state().open_findings() {
            return open;
        }
        assert!(begin.elapsed() < Duration::from_mins(1), "the checks do not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn go(desk: &mut Desk, route: Route) {
    desk.state_mut().route = route;
    desk.run();
}

fn click(desk: &mut Desk, label: &str) {
    desk.query_all_by_label(label)
        .find(|node| node.accesskit_node().role() == Role::Button)
        .unwrap_or_else(|| panic!("no button {label}"))
        .click();
    desk.run();
}

fn shown(desk: &Desk, text: &str) -> bool {
    desk.query_all_by_label_contains(text).next().is_some()
}

/// The field in which the reason of a note is written.
fn reason(desk: &Desk) -> egui_kittest::Node<'_> {
    desk.query_all_by_label("理由")
        .find(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput))
        .expect("a field for the reason")
}

#[test]
fn the_sample_is_checked_and_its_findings_lead_to_their_places() {
    let mut desk = desk();
    let open = desk.state().open_findings().unwrap();
    assert_eq!(open, crate::check::run(&crate::sample::dossier().unwrap()).len());
    click(&mut desk, "確認");
    assert!(shown(&desk, &format!("{open} 件")));
    assert!(shown(&desk, "50倍とあります") || shown(&desk, "総執行額は「-」"));
    click(&mut desk, "契約額・執行額 › 執行額 › 計 › 総執行額");
    assert_eq!(desk.state().route, Route::to(&Place::from("programme/amounts/r1/totals/r1")));
}

#[test]
fn an_edit_is_checked_again_and_undone() {
    let mut desk = desk();
    let before = desk.state().open_findings().unwrap();
    let document = desk.state_mut().document.as_mut().unwrap();
    let cell = document.dossier.projects[0].funding.items[0].amounts.get_mut(&FiscalYear::new(2019)).unwrap();
    cell.amount.figure = Figure::Number(4090.into());
    desk.state_mut().settle();
    assert!(settled(&mut desk) > before);
    let ctx = desk.ctx.clone();
    desk.state_mut().command(&ctx, Command::Undo);
    assert_eq!(settled(&mut desk), before);
}

#[test]
fn a_finding_is_noted_with_a_reason_and_taken_back() {
    let mut desk = desk();
    let before = desk.state().open_findings().unwrap();
    go(&mut desk, Route::Checks(None));
    click(&mut desk, "確認済みにする…");
    reason(&desk).focus();
    desk.run();
    reason(&desk).type_text("調整費を除くため");
    desk.run();
    desk.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    desk.run();
    click(&mut desk, "確認済みにする");
    assert_eq!(settled(&mut desk), before - 1);
    let notes = desk.state().dossier().unwrap().check_notes.clone();
    assert_eq!((notes.len(), notes[0].reason.as_str()), (1, "調整費を除くため"));
    assert!(!notes[0].when.is_empty() && !notes[0].expected.is_empty());
    // Noting is an edit like any other: it can be undone, and taken back from the page.
    for choice in ["状態で絞る", "確認済み"] {
        desk.get_by_label(choice).click();
        desk.run();
    }
    assert!(shown(&desk, "調整費を除くため"));
    click(&mut desk, "未確認に戻す");
    assert_eq!(settled(&mut desk), before);
    assert!(desk.state().dossier().unwrap().check_notes.is_empty());
}

#[test]
fn a_mark_in_the_budget_opens_its_finding() {
    let mut desk = desk();
    go(&mut desk, Route::Material("B".into(), crate::app::route::MaterialTab::Budget));
    let mark = "確認を開く: 印字 1,300、計算 1,299、差 +1（百万円）";
    desk.query_all_by_label_contains(mark).next().expect("a mark at the column total").click();
    desk.run();
    let place = Place::from("projects/B/funding/column_totals/2018");
    assert_eq!(desk.state().route, Route::Checks(Some(place)));
    assert!(shown(&desk, "印字の合計は1,300百万円、内訳の和は1,299百万円です"));
}

#[test]
fn a_dossier_in_which_nothing_disagrees_says_so_in_both_languages() {
    let mut desk = desk();
    let document = desk.state_mut().document.as_mut().unwrap();
    document.dossier = crate::model::Dossier {
        programme: crate::model::Subject { id: SubjectId::programme(), ..crate::model::Subject::default() }
            .into(),
        ..crate::model::Dossier::default()
    };
    desk.state_mut().settle();
    assert_eq!(settled(&mut desk), 0);
    go(&mut desk, Route::Checks(None));
    assert!(shown(&desk, "食い違いは見つかりませんでした。"));
    desk.state_mut().lang = Lang::En;
    desk.run();
    assert!(shown(&desk, "Nothing disagrees."));
}
