//! A few reviewed pictures, held byte by byte. After a change that is meant, look at the new ones and keep them:
//! `HYOKA_KEEP_PICTURES=1 cargo test --test chart pictures`. To see all: `HYOKA_PICTURES=FOLDER cargo test --test chart pictures`.

use crate::{FIGURES, chart};
use hyoka::chart::{Canvas, to_png, to_svg};
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
