//! Charts of very many points: what is left out of a line is not missed, and what is left stands where it was.

use hyoka::chart::axis::Axis;
use hyoka::chart::ink::{Dash, Ink};
use hyoka::chart::layout::layout;
use hyoka::chart::{Canvas, Chart, Entry, Mark, Piece, Scene, Shape, Swatch, View};
use hyoka::locale::{Both, Lang};

/// How far a line may run beside one of its points.
const NEAR: f64 = 0.1;

/// A chart of some lines, each of so many points of a wave with a spike in the middle.
fn waves(lines: usize, points: u32) -> Chart {
    let last = f64::from(points - 1);
    let mut chart = Chart {
        x: Axis { from: 0.0, to: last, ..Axis::default() },
        y: Axis { from: 0.0, to: 100.0, ..Axis::default() },
        height: 300.0,
        ..Chart::default()
    };
    for n in 0..lines {
        let phase = f64::from(u32::try_from(n).unwrap()) * 0.37;
        let value =
            |x: u32| if x == points / 2 { 99.0 } else { 50.0 + 40.0 * (phase + f64::from(x) * 0.01).sin() };
        let line = (0..points).map(|x| [f64::from(x), value(x)]).collect();
        let ink = Ink::Series(n);
        let swatch = Swatch::Line(ink, Dash::Solid, None);
        chart.legend.push(Entry { label: Both::same(format!("系列{n}")), swatch });
        chart.marks.push(Mark::from(Shape::Line { points: line, ink, dash: Dash::Solid, width: 1.5 }).of(n));
    }
    chart
}

/// The lines of a series as they were drawn.
fn drawn(scene: &Scene, series: usize) -> Vec<&[[f64; 2]]> {
    let of = |piece| match piece {
        &Piece::Path { ref points, stroke: Some(stroke), .. } if stroke.ink == Ink::Series(series) => {
            Some(points.as_slice())
        }
        _ => None,
    };
    scene.inside.iter().filter_map(of).collect()
}

/// Where the points of a series stand in a scene.
fn placed(chart: &Chart, scene: &Scene, view: View, series: usize) -> Vec<[f64; 2]> {
    let Shape::Line { points, .. } = &chart.marks[series].shape else { panic!("no line") };
    let share = |value: f64, [from, to]: [f64; 2]| (value - from) / (to - from);
    let plot = scene.plot;
    let at =
        |[x, y]: [f64; 2]| [plot.x + plot.w * share(x, view.x), plot.bottom() - plot.h * share(y, view.y)];
    points.iter().map(|point| at(*point)).collect()
}

fn distance([x, y]: [f64; 2], [x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let share = (((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x0 + share * dx - x).hypot(y0 + share * dy - y)
}

#[test]
fn a_line_of_many_points_runs_where_they_are() {
    let chart = waves(8, 3_000);
    let all = View::all(&chart);
    let close = View { x: [1_400.0, 1_700.0], y: [20.0, 80.0] };
    for view in [all, close] {
        let scene = layout(&chart, &Canvas::picture(Lang::Ja), Some(view), &[]);
        for series in 0..8 {
            let (lines, points) = (drawn(&scene, series), placed(&chart, &scene, view, series));
            let kept: usize = lines.iter().map(|line| line.len()).sum();
            assert!(kept > 10 && kept < 400, "{kept} points of {series}");
            let seen = points.iter().filter(|[x, y]| {
                let plot = scene.plot;
                *x >= plot.x && *x <= plot.right() && *y >= plot.y && *y <= plot.bottom()
            });
            for point in seen {
                let pairs = lines.iter().flat_map(|line| line.windows(2));
                let off = pairs.map(|pair| distance(*point, pair[0], pair[1])).fold(f64::MAX, f64::min);
                assert!(off <= NEAR + 1e-6, "{point:?} of {series} lies {off} beside its line");
            }
        }
    }
    // The ends and the spike are not near where they were, but there.
    let scene = layout(&chart, &Canvas::picture(Lang::Ja), None, &[]);
    let (lines, points) = (drawn(&scene, 3), placed(&chart, &scene, all, 3));
    let is = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6;
    assert_eq!(lines.len(), 1);
    assert!(is(&lines[0][0], &points[0]) && is(lines[0].last().unwrap(), &points[2_999]));
    assert!(lines[0].iter().any(|point| is(point, &points[1_500])));
}

#[test]
fn a_line_of_few_points_has_them_all() {
    let chart = waves(4, 400);
    let view = View::all(&chart);
    let scene = layout(&chart, &Canvas::picture(Lang::Ja), None, &[]);
    for series in 0..4 {
        let (lines, points) = (drawn(&scene, series), placed(&chart, &scene, view, series));
        assert_eq!((lines.len(), lines[0].len()), (1, 400));
        let off = lines[0].iter().zip(&points).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
        assert!(off.fold(0.0, f64::max) < 1e-6);
    }
}

#[test]
fn what_is_crowded_is_told_apart_when_it_is_looked_at_closely() {
    let mut chart = waves(150, 20);
    for mark in &mut chart.marks {
        if let Shape::Line { dash, .. } = &mut mark.shape {
            *dash = Dash::Long;
        }
    }
    let dashes = |view| {
        let scene = layout(&chart, &Canvas::picture(Lang::Ja), view, &[]);
        let dashed = |piece: &Piece| matches!(piece, Piece::Path { stroke: Some(stroke), .. } if stroke.dash == Dash::Long);
        scene.inside.iter().any(dashed)
    };
    assert!(!dashes(None));
    assert!(dashes(Some(View { x: [4.0, 8.0], y: [50.0, 60.0] })));
}
