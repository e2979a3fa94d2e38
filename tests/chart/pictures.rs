//! A few reviewed pictures, held byte by byte. After a change that is meant, look at the new ones and keep them:
//! `HYOKA_KEEP_PICTURES=1 cargo test --test chart pictures`. To see all: `HYOKA_PICTURES=FOLDER cargo test --test chart pictures`.

use crate::{FIGURES, chart};
use hyoka::chart::ink::Theme;
use hyoka::chart::{Canvas, PNG_SCALE, Painter, layout, png, to_png, to_svg};
use hyoka::locale::Lang;
use std::path::Path;

#[test]
fn pictures_are_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart/reviewed");
    for (id, lang) in [
        ("a-outcome", Lang::Ja),
        ("programme-market", Lang::En),
        ("b-scores", Lang::Ja),
        ("b-history", Lang::Ja),
    ] {
        let svg = to_svg(chart(id), &Canvas::picture(lang));
        let file = folder.join(format!("{id}.{}.svg", lang.tag()));
        if std::env::var_os("HYOKA_KEEP_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &svg).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(svg == kept, "{id} is not as reviewed: {}", file.display());
    }
}

#[test]
fn pictures_can_be_drawn() {
    let folder = std::env::var_os("HYOKA_PICTURES");
    for figure in FIGURES.iter() {
        // Drawing all takes a while; one of each kind shows that it can be done.
        if folder.is_none() && !figure.chart.id.starts_with("c-") {
            continue;
        }
        for lang in Lang::ALL {
            let png = to_png(&figure.chart, lang).unwrap();
            assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.len() > 4000, "{}", figure.chart.id);
            if let Some(folder) = &folder {
                let file =
                    |ending| Path::new(folder).join(format!("{}.{}.{ending}", figure.chart.id, lang.tag()));
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(file("png"), png).unwrap();
                let svg = to_svg(&figure.chart, &Canvas::picture(lang));
                std::fs::write(file("svg"), svg).unwrap();
            }
        }
    }
}

/// The pixels of the PNG are drawn from the scene, those of the window's preview read from an SVG: both must show the
/// same. A character stands at most half a pixel beside where the SVG has it, and edges differ a little in how they are
/// smoothed; a piece that was missing or beside its place would differ in far more.
#[test]
fn a_picture_shows_what_its_svg_shows() {
    let mut painter = Painter::default();
    let mut kinds = 0;
    for figure in FIGURES.iter().filter(|figure| figure.chart.id.starts_with("c-")) {
        let canvas = Canvas::picture(Lang::Ja);
        let scene = layout::layout(&figure.chart, &canvas, None, &[]);
        let drawn = painter.draw(&scene, &Theme::LIGHT, PNG_SCALE).unwrap();
        let read = png::pixels(&to_svg(&figure.chart, &canvas), PNG_SCALE).unwrap();
        let id = &figure.chart.id;
        assert_eq!([drawn.width(), drawn.height()].map(|n| n as usize), read.size, "{id}");
        // Looked at in squares of eight pixels, so that an edge half a pixel away counts for little.
        let means = |rgba: &[u8]| {
            let [wide, high] = read.size.map(|length| length / 8);
            let mut sums = vec![0_u32; wide * high * 3];
            for (at, pixel) in rgba.as_chunks::<4>().0.iter().enumerate() {
                let (x, y) = (at % read.size[0] / 8, at / read.size[0] / 8);
                if x < wide && y < high {
                    for channel in 0..3 {
                        sums[(y * wide + x) * 3 + channel] += u32::from(pixel[channel]);
                    }
                }
            }
            sums
        };
        let (a, b) = (means(drawn.data()), means(&read.rgba));
        let apart: Vec<u32> = a.iter().zip(&b).map(|(a, b)| a.abs_diff(*b) / 64).collect();
        let total: u32 = apart.iter().sum();
        let worst = apart.iter().max().copied().unwrap_or_default();
        assert!(2 * usize::try_from(total).unwrap() < 3 * apart.len(), "{id}: {total} over {}", apart.len());
        assert!(worst < 70, "{id}: {worst}");
        kinds += 1;
    }
    assert!(kinds > 8, "{kinds}");
}

/// A text that has to be shaped is read back from the SVG, which can.
#[test]
fn what_cannot_be_set_by_character_is_shaped() {
    let mut chart = chart("c-scores").clone();
    chart.title.ja = "か\u{3099}く שלום".to_owned();
    let scene = layout::layout(&chart, &Canvas::picture(Lang::Ja), None, &[]);
    assert!(Painter::default().draw(&scene, &Theme::LIGHT, PNG_SCALE).is_none());
    assert!(to_png(&chart, Lang::Ja).unwrap().starts_with(b"\x89PNG"));
}
