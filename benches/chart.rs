//! What a frame costs while a chart is panned: laying it out, and drawing it in the window without a display.
//!
//! The aim is 8 ms of processor time a frame for a roadmap of 2,000 items and for a plot of 200 series.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable};
use hyoka::app::{Setup, Window, theme};
use hyoka::chart::axis::Axis;
use hyoka::chart::ink::{Dash, Ink, Symbol};
use hyoka::chart::layout::layout;
use hyoka::chart::{Canvas, Chart, Entry, Mark, Shape, Swatch, View, Where, roadmap};
use hyoka::locale::{Both, Lang};
use hyoka::model::{
    Dossier, FiscalYear, MarketFigure, Moment, Quantity, RoadmapItem, RoadmapKind, Unit, When,
};
use hyoka::{sample, store};

const WINDOW: Vec2 = Vec2::new(1440.0, 900.0);

fn main() {
    divan::main();
}

/// A dossier whose project has so many entries on its roadmap, in forty lanes.
fn long(items: i16) -> Dossier {
    let entry = |n: i16| {
        let year = FiscalYear::new(2010 + n % 23);
        let span = n % 3 == 0;
        RoadmapItem {
            id: format!("R{n}").into(),
            lane: format!("レーン{}", n % 40),
            label: format!("項目{n}の実証と検証"),
            kind: if span { RoadmapKind::Period } else { RoadmapKind::Milestone },
            when: When {
                at: Some(Moment::Fiscal(year)),
                to: span.then(|| Moment::Fiscal(year.next().next())),
                printed: String::new(),
            },
            ..RoadmapItem::default()
        }
    };
    let mut dossier = sample::blank();
    dossier.projects[0].roadmap = (0..items).map(entry).collect();
    dossier
}

/// A plot of so many series of fifty points, each named at its end.
fn many(series: usize) -> Chart {
    let mut chart = Chart {
        x: Axis { from: 0.0, to: 50.0, ..Axis::default() },
        y: Axis { from: 0.0, to: 100.0, ..Axis::default() },
        height: 400.0,
        ..Chart::default()
    };
    for n in 0..series {
        let phase = f64::from(u32::try_from(n).unwrap()) * 0.37;
        let value = |x: f64| 50.0 + 45.0 * (phase + x * 0.11).sin();
        let points: Vec<_> = (0..50).map(f64::from).map(|x| [x, value(x)]).collect();
        let at = points[49];
        let (ink, dash, label) = (Ink::Series(n), Dash::of(n), Both::same(format!("系列{n}")));
        let swatch = Swatch::Line(ink, dash, Some(Symbol::of(n)));
        chart.legend.push(Entry { label: label.clone(), swatch });
        chart.marks.push(Mark::from(Shape::Line { points, ink, dash, width: 1.5 }).of(n));
        chart.marks.push(Mark::from(Shape::label(at, label, Where::Near)).of(n));
    }
    chart
}

/// Views one after the other, as a drag makes them.
fn panned(chart: &Chart) -> impl Iterator<Item = View> {
    let ([from, to], y) = ([chart.x.from, chart.x.to], [chart.y.from, chart.y.to]);
    let step = (to - from) / 400.0;
    (0..u32::MAX).map(move |n| {
        let by = step * f64::from(n % 100);
        View { x: [from + by, to - (to - from) / 2.0 + by], y }
    })
}

#[divan::bench]
fn build_a_roadmap_of_2000(bencher: divan::Bencher) {
    let dossier = long(2_000);
    bencher.bench(|| roadmap::chart(&dossier, &dossier.projects[0], &roadmap::Choice::default()));
}

#[divan::bench]
fn lay_out_a_roadmap_of_2000(bencher: divan::Bencher) {
    let dossier = long(2_000);
    let chart = roadmap::chart(&dossier, &dossier.projects[0], &roadmap::Choice::default()).unwrap();
    let mut views = panned(&chart);
    bencher.bench_local(|| layout(&chart, &Canvas::picture(Lang::Ja), views.next(), &[]));
}

#[divan::bench]
fn lay_out_a_plot_of_200_series(bencher: divan::Bencher) {
    let chart = many(200);
    let mut views = panned(&chart);
    bencher.bench_local(|| layout(&chart, &Canvas::picture(Lang::Ja), views.next(), &[]));
}

/// The whole frame of the window, tessellated, while the roadmap under the pointer is dragged.
#[divan::bench]
fn draw_a_roadmap_of_2000(bencher: divan::Bencher) {
    panning(bencher, &long(2_000), "ロードマップ", "図 A　ロードマップ");
}

/// The same while a plot of 200 markets, fifty years each, is dragged.
#[divan::bench]
fn draw_a_plot_of_200_series(bencher: divan::Bencher) {
    panning(bencher, &markets(200), "市場・経済", "図 A　市場規模の予測");
}

/// A dossier whose project has projections of so many markets.
fn markets(series: i16) -> Dossier {
    let mut dossier = sample::blank();
    let points = (0..series).flat_map(|n| (0..50_i16).map(move |year| (n, year)));
    dossier.projects[0].market = points
        .map(|(n, year)| MarketFigure {
            id: format!("M{n}-{year}").into(),
            subject: format!("市場{n}"),
            when: When { at: Some(Moment::Year(1990 + year)), ..When::default() },
            amount: Quantity::number(i64::from(100 + n * 7 + year * (1 + n % 9)), Unit::HundredMillionYen),
            ..MarketFigure::default()
        })
        .collect();
    dossier
}

/// Frames of the window, without the tree for those who cannot see it, while the chart of a tab is dragged to and fro.
fn panning(bencher: divan::Bencher, dossier: &Dossier, tab: &str, chart: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.ron");
    store::save(&file, dossier).unwrap();
    let mut desk = desk(Setup { dossier: Some(file), lang: Some(Lang::Ja), ..Setup::default() });
    desk.get(By::new().role(Role::Button).label_contains("A ")).click();
    desk.run();
    desk.get_by_role_and_label(Role::Tab, tab).click();
    desk.run();
    let plot = desk.get_by_role_and_label(Role::Image, chart).rect();
    let start = Pos2::new(plot.right() - 60.0, plot.top() + 14.0);
    let ctx = desk.ctx.clone();
    ctx.disable_accesskit();
    let window = desk.state_mut();
    let mut now = ctx.input(|input| input.time);
    let mut frame = |events: Vec<Event>| {
        now += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, WINDOW));
        let input = RawInput { screen_rect, time: Some(now), events, ..RawInput::default() };
        let output = ctx.run_ui(input, |ui| {
            window.logic(&ui.ctx().clone());
            window.show(ui);
        });
        ctx.tessellate(output.shapes, output.pixels_per_point)
    };
    frame(vec![Event::PointerMoved(start)]);
    frame(vec![Event::PointerButton {
        pos: start,
        button: PointerButton::Primary,
        pressed: true,
        modifiers: Modifiers::NONE,
    }]);
    let mut by = 0.0_f32;
    bencher.bench_local(|| {
        by = (by + 2.0) % 150.0;
        frame(vec![Event::PointerMoved(start - Vec2::new(by, 0.0))])
    });
}

/// A window on a dossier, which is read in the background.
fn desk(setup: Setup) -> Harness<'static, Window> {
    let window = Window::new(&egui::Context::default(), setup);
    let mut desk = Harness::builder()
        .with_size(WINDOW)
        .with_context_setup(|ctx| theme::install(ctx, theme::Mode::Light))
        .build_ui_state(
            |ui: &mut egui::Ui, window: &mut Window| {
                window.logic(&ui.ctx().clone());
                window.show(ui);
            },
            window,
        );
    for _ in 0..400 {
        std::thread::sleep(std::time::Duration::from_millis(5));
        desk.run();
        if desk.state().dossier().is_some() {
            break;
        }
    }
    desk
}
