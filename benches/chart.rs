//! What a frame costs while a chart is panned: laying it out, and drawing it in the window without a display.
//!
//! Told are the middle, the best and the worst of many runs, as processor time of the thread, so that others' work on the
//! machine does not count. The aim is 8 ms in the middle for a roadmap of 2,000 items and for a plot of 200 series.
//! `cargo bench --bench chart -- roadmap` measures only what has that in its name.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "a measurement says what it measures")]

mod support;

use egui::accesskit::{Action, ActionRequest, Node, NodeId, Role, TreeId, TreeUpdate};
use egui::{ClippedPrimitive, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By as Query, Queryable};
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
use std::hint::black_box;
use support::{milliseconds, thread_time};

const WINDOW: Vec2 = Vec2::new(1440.0, 900.0);

/// Runs that are timed, and runs before them that warm up.
const RUNS: usize = 400;
const WARM: usize = 20;

/// A measurement of that name.
type Measure = fn(&str);

fn main() {
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let all: [(&str, Measure); 7] = [
        ("build a roadmap of 2000", build_a_roadmap),
        ("lay out a roadmap of 2000", |name| lay_out(name, &long_roadmap())),
        ("lay out a plot of 200 series", |name| lay_out(name, &many(200))),
        ("pan a roadmap of 2000", |name| {
            panning(name, &long(2_000), "ロードマップ", "図 A　ロードマップ", By::Keys);
        }),
        ("pan a plot of 200 series, 10000 points", |name| pan_markets(name, 50)),
        ("pan a plot of 200 series, 4000 points", |name| pan_markets(name, 20)),
        ("pan a plot of 200 series, 2000 points", |name| pan_markets(name, 10)),
    ];
    println!("| what | median ms | best ms | p99 ms |");
    println!("|---|---:|---:|---:|");
    for (name, measure) in all {
        if asked.is_empty() || asked.iter().any(|part| name.contains(part.as_str())) {
            measure(name);
        }
    }
}

/// Times some work again and again and says what it took.
fn time<T>(name: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<_> =
        (0..WARM + RUNS).map(|_| thread_time(|| black_box(work())).0).skip(WARM).collect();
    times.sort_unstable();
    let [median, best, p99] = [RUNS / 2, 0, RUNS * 99 / 100].map(|at| milliseconds(times[at]));
    println!("| {name} | {median:.2} | {best:.2} | {p99:.2} |");
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

fn build_a_roadmap(name: &str) {
    let dossier = long(2_000);
    time(name, || roadmap::chart(&dossier, &dossier.projects[0], &roadmap::Choice::default()));
}

fn long_roadmap() -> Chart {
    let dossier = long(2_000);
    roadmap::chart(&dossier, &dossier.projects[0], &roadmap::Choice::default()).unwrap()
}

fn lay_out(name: &str, chart: &Chart) {
    let mut views = panned(chart);
    time(name, || layout(chart, &Canvas::picture(Lang::Ja), views.next(), &[]));
}

/// The whole frame of the window, tessellated, while a plot of 200 markets of so many years is dragged.
fn pan_markets(name: &str, years: i16) {
    panning(name, &markets(200, years), "市場・経済", "図 A　市場規模の予測", By::Drag);
}

/// A dossier whose project has projections of so many markets, each going up and down from year to year.
fn markets(series: i16, years: i16) -> Dossier {
    let mut dossier = sample::blank();
    let points = (0..series).flat_map(|n| (0..years).map(move |year| (n, year)));
    dossier.projects[0].market = points
        .map(|(n, year)| {
            let trend = 100 + i64::from(n) * 7 + i64::from(year) * (1 + i64::from(n % 9));
            let wave = (i64::from(n) * 37 + i64::from(year) * i64::from(year) * 13) % 60;
            MarketFigure {
                id: format!("M{n}-{year}").into(),
                subject: format!("市場{n}"),
                when: When { at: Some(Moment::Year(1990 + year)), ..When::default() },
                amount: Quantity::number(trend + wave, Unit::HundredMillionYen),
                ..MarketFigure::default()
            }
        })
        .collect();
    dossier
}

/// What moves a chart in its window.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// The pointer, which holds the ground of the plot.
    Drag,
    /// The arrow keys: where entries stand close together, a drag would take hold of one.
    Keys,
}

/// Frames of the window, without the tree for those who cannot see it, while the chart of a tab is moved to and fro.
fn panning(name: &str, dossier: &Dossier, tab: &str, chart: &str, by: By) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.ron");
    store::save(&file, dossier).unwrap();
    let mut desk = desk(Setup { dossier: Some(file), lang: Some(Lang::Ja), ..Setup::default() });
    desk.get(Query::new().role(Role::Button).label_contains("A ")).click();
    desk.run();
    desk.get_by_role_and_label(Role::Tab, tab).click();
    desk.run();
    let mut own = Own { now: desk.ctx.input(|input| input.time), desk };
    let (id, node) = own.find(Vec::new(), Role::Image, chart).unwrap();
    assert!(own.shows_all(Vec::new()), "{name}: not all of the chart is shown");
    let place = node.bounds().unwrap();
    #[expect(clippy::cast_possible_truncation, reason = "points of a window")]
    let start = Pos2::new(place.x1 as f32 - 60.0, place.y0 as f32 + 14.0);
    let key = |key: Key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: true,
        modifiers: Modifiers::NONE,
    };
    let begin = match by {
        By::Drag => vec![
            Event::PointerMoved(start),
            Event::PointerButton {
                pos: start,
                button: PointerButton::Primary,
                pressed: true,
                modifiers: Modifiers::NONE,
            },
        ],
        By::Keys => vec![Event::AccessKitActionRequest(ActionRequest {
            action: Action::Focus,
            target_tree: TreeId::ROOT,
            target_node: id,
            data: None,
        })],
    };
    for event in begin {
        own.frame(vec![event]);
    }
    let mut step = 0_u16;
    time(name, || {
        step += 1;
        own.frame(vec![match by {
            By::Drag => Event::PointerMoved(start - Vec2::new(f32::from(step * 2 % 150), 0.0)),
            By::Keys => key(if step % 20 < 10 { Key::ArrowRight } else { Key::ArrowLeft }),
        }])
    });
    let last = match by {
        By::Drag => Event::PointerMoved(start - Vec2::new(75.0, 0.0)),
        By::Keys => key(Key::ArrowRight),
    };
    assert!(!own.shows_all(vec![last]), "{name}: the chart shows all of itself, so it was not moved");
}

/// A window whose frames are this benchmark's own, from their events to their triangles.
struct Own {
    now: f64,
    desk: Harness<'static, Window>,
}

impl Own {
    fn frame(&mut self, events: Vec<Event>) -> (Vec<ClippedPrimitive>, Option<TreeUpdate>) {
        self.now += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, WINDOW));
        let input = RawInput { screen_rect, time: Some(self.now), events, ..RawInput::default() };
        let ctx = self.desk.ctx.clone();
        let window = self.desk.state_mut();
        let output = ctx.run_ui(input, |ui| {
            window.logic(&ui.ctx().clone());
            window.show(ui);
        });
        (ctx.tessellate(output.shapes, output.pixels_per_point), output.platform_output.accesskit_update)
    }

    /// What stands in the tree for those who cannot see the window, which is built for these frames alone.
    fn find(&mut self, events: Vec<Event>, role: Role, label: &str) -> Option<(NodeId, Node)> {
        self.desk.ctx.enable_accesskit();
        self.frame(events);
        let tree = self.frame(Vec::new()).1;
        self.desk.ctx.disable_accesskit();
        let named = |(_, node): &(NodeId, Node)| node.role() == role && node.label() == Some(label);
        tree?.nodes.into_iter().find(named)
    }

    /// Whether the chart shows all of itself after some events: it has no button that would make it do so.
    fn shows_all(&mut self, events: Vec<Event>) -> bool {
        self.find(events, Role::Button, "全体を表示").is_none()
    }
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
