//! The charts of the sample: complete, exact, readable.

use hyoka::chart::{self, Canvas};
use hyoka::locale::Lang;
use hyoka::sample;

#[test]
fn pictures() {
    let dossier = sample::dossier().unwrap();
    if let Ok(dir) = std::env::var("HYOKA_FIGURES") {
        for figure in chart::all(&dossier) {
            for (lang, folder) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
                let base = format!("{dir}/{folder}/{}", figure.chart.id);
                std::fs::create_dir_all(format!("{dir}/{folder}")).unwrap();
                std::fs::write(format!("{base}.svg"), chart::to_svg(&figure.chart, &Canvas::picture(lang))).unwrap();
                std::fs::write(format!("{base}.png"), chart::to_png(&figure.chart, lang).unwrap()).unwrap();
            }
        }
    }
}
