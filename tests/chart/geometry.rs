//! Nothing is cut, nothing lies on another, and every form shows the same.

use crate::{FIGURES, chart};
use hyoka::chart::ink::{Symbol, Theme};
use hyoka::chart::layout::{TITLE, layout};
use hyoka::chart::scene::{Anchor, Rect};
use hyoka::chart::{Canvas, Chart, Dress, Piece, Scene, Shape, View, measure, svg, to_svg};
use hyoka::locale::Lang;

/// Where the texts of a scene lie.
fn texts(scene: &Scene) -> Vec<(String, Rect)> {
    scene
        .pieces()
        .filter_map(|piece| match piece {
            Piece::Text { at: [x, y], anchor, text, size, bold, .. } => {
                let w = measure::width(text, *size, *bold);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - w / 2.0,
                    Anchor::End => x - w,
                };
                let rect = Rect { x: left, y: y - size * measure::ASCENT, w, h: *size };
                Some((text.clone(), rect))
            }
            _ => None,
        })
        .collect()
}

fn scenes() -> impl Iterator<Item = (&'static Chart, String, Scene)> {
    FIGURES.iter().flat_map(|figure| {
        let wide = Canvas { width: 1200.0, ..Canvas::picture(Lang::Ja) };
        [Canvas::picture(Lang::Ja), Canvas::picture(Lang::En), Canvas::in_report(), wide].into_iter().map(
            |canvas| {
                (
                    &figure.chart,
                    format!("{} {canvas:?}", figure.chart.id),
                    layout(&figure.chart, &canvas, None, &[]),
                )
            },
        )
    })
}

#[test]
fn no_text_lies_on_another_or_is_cut() {
    for (_, name, scene) in scenes() {
        legible(&name, &scene);
    }
}

/// Every text lies within the picture and on no other.
fn legible(name: &str, scene: &Scene) {
    assert!(scene.height.is_finite() && scene.height < 20_000.0, "{name}: {} high", scene.height);
    let picture = Rect { x: 0.0, y: 0.0, w: scene.width, h: scene.height };
    let texts = texts(scene);
    for (n, (text, rect)) in texts.iter().enumerate() {
        assert!(picture.contains(rect), "{name}: {text} is cut: {rect:?} of {picture:?}");
        // A hair's breadth is no overlap.
        let rect = rect.grown(-0.6);
        for (other, place) in &texts[n + 1..] {
            assert!(!rect.overlaps(&place.grown(-0.6)), "{name}: {text} lies on {other}");
        }
    }
}

/// A chart of any dossier can be read at every size.
pub(crate) fn readable(whose: &str, chart: &Chart) {
    let narrow = Canvas { width: 520.0, dress: Dress::Bare, ..Canvas::picture(Lang::Ja) };
    for canvas in [Canvas::picture(Lang::Ja), Canvas::picture(Lang::En), Canvas::in_report(), narrow] {
        let scene = layout(chart, &canvas, None, &[]);
        legible(&format!("{whose}: {} {canvas:?}", chart.id), &scene);
    }
}

#[test]
fn labels_of_the_usual_picture_find_room() {
    // Figures in the narrowest segments of stacked bars stand in the table instead.
    for (chart, name, scene) in scenes() {
        let narrow = ["funding", "projects", "distribution"].iter().any(|kind| chart.id.contains(kind));
        assert!(scene.left_out == 0 || narrow, "{name}: {} left out", scene.left_out);
    }
}

#[test]
fn the_svg_stands_where_the_marks_are() {
    for figure in FIGURES.iter() {
        let chart = &figure.chart;
        let canvas = Canvas::picture(Lang::Ja);
        let scene = layout(chart, &canvas, None, &[]);
        let file = to_svg(chart, &canvas);
        let share = |from: f64, to: f64, value: f64| (value - from) / (to - from);
        let number =
            |value: f64| format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned();
        for mark in &chart.marks {
            let Shape::Point { at: [x, y], symbol: Symbol::Circle, .. } = &mark.shape else { continue };
            let x = scene.plot.x + scene.plot.w * share(chart.x.from, chart.x.to, *x);
            let up = share(chart.y.from, chart.y.to, *y);
            let y = scene.plot.y + scene.plot.h * if chart.y.is_rows() { up } else { 1.0 - up };
            let circle = format!("<circle cx=\"{}\" cy=\"{}\"", number(x), number(y));
            assert!(file.contains(&circle), "{}: no {circle}", chart.id);
        }
    }
}

/// The places that a piece goes through.
fn places(piece: &Piece) -> Vec<[f64; 2]> {
    match piece {
        Piece::Rect { rect, .. } => vec![[rect.x, rect.y], [rect.right(), rect.bottom()]],
        Piece::Path { points, .. } => points.clone(),
        Piece::Strokes { segments, .. } => segments.iter().flatten().copied().collect(),
        Piece::Circle { centre, .. } => vec![*centre],
        Piece::Text { at, .. } => vec![*at],
    }
}

#[test]
fn a_picture_without_its_words_is_the_picture_in_a_report() {
    for figure in FIGURES.iter() {
        let whole = layout(&figure.chart, &Canvas::picture(Lang::Ja), None, &[]);
        let bare = layout(&figure.chart, &Canvas::in_report(), None, &[]);
        let (name, body) = (&figure.chart.id, whole.body);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(near(body.w, bare.width) && near(body.h, bare.height), "{name}: {body:?}");
        // Before the pieces of the frame that both have, the whole has its title; after them, its notes and source.
        let of_title = |piece: &&Piece| matches!(piece, Piece::Text { size, .. } if *size == TITLE);
        let title = whole.frame.iter().take_while(of_title).count();
        assert!(title > 0 && places(&whole.frame[title - 1])[0][1] < body.y, "{name}: {body:?}");
        let within = whole.frame[title..].iter().zip(&bare.frame);
        // Hatches are ruled across the whole picture.
        let placed = within.filter(|(piece, _)| !matches!(piece, Piece::Strokes { .. }));
        for (ours, theirs) in placed {
            let pairs = places(ours).into_iter().zip(places(theirs));
            for ([x, y], [bare_x, bare_y]) in pairs {
                assert!(near(x - body.x, bare_x) && near(y - body.y, bare_y), "{name}: {ours:?} {theirs:?}");
            }
        }
        // Whether the last label of a crowd finds room may hang on a hair; where the marks are does not.
        assert_eq!(whole.hits.len(), bare.hits.len(), "{name}");
        for (ours, theirs) in whole.hits.iter().zip(&bare.hits) {
            assert!(
                near(ours.rect.x - body.x, theirs.rect.x) && near(ours.rect.y - body.y, theirs.rect.y),
                "{name}"
            );
        }
    }
}

#[test]
fn a_scene_is_written_the_same_way_twice() {
    for (chart, name, scene) in scenes() {
        let words = svg::Words { title: &chart.title.ja, summary: &chart.summary.ja, lang: "ja" };
        let write = || svg::write(&scene, &Theme::LIGHT, words, svg::FAMILY);
        assert_eq!(write(), write(), "{name}");
    }
}

#[test]
fn a_view_shows_what_lies_in_it() {
    let market = chart("programme-market");
    let view = View { x: [2035.0, 2045.0], y: [10.0, 12.0] };
    let scene = layout(market, &Canvas::picture(Lang::Ja), Some(view), &[]);
    let seen: Vec<_> = scene.hits.iter().map(|hit| market.marks[hit.mark].detail.ja.as_str()).collect();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].contains("2040年 11.6兆円"));
    let [x, y] = scene.hits[0].rect.centre();
    assert!((x - (scene.plot.x + scene.plot.w / 2.0)).abs() < 1e-6);
    assert!((y - (scene.plot.y + scene.plot.h * 0.2)).abs() < 1e-6);
}

#[test]
fn hidden_series_are_not_drawn() {
    let means = chart("a-scores");
    let all = layout(means, &Canvas::picture(Lang::Ja), None, &[]);
    let some = layout(means, &Canvas::picture(Lang::Ja), None, &[1]);
    let circles =
        |scene: &Scene| scene.inside.iter().filter(|piece| matches!(piece, Piece::Circle { .. })).count();
    assert_eq!((circles(&all), circles(&some)), (35, 0));
}

#[test]
fn every_chart_says_what_it_is() {
    for figure in FIGURES.iter() {
        let chart = &figure.chart;
        let id = &chart.id;
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
        for lang in Lang::ALL {
            assert!(!chart.title.t(lang).is_empty() && !chart.summary.t(lang).is_empty(), "{id}");
        }
        assert!(!chart.table.rows.is_empty(), "{id}");
        for row in &chart.table.rows {
            assert_eq!(row.len(), chart.table.columns.len(), "{id}");
        }
        let tsv = chart.table.to_tsv(Lang::Ja);
        assert_eq!(tsv.lines().count(), chart.table.rows.len() + 1, "{id}");
    }
}
