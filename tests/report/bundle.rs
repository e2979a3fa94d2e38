//! A bundle as a whole.

use crate::fixture::{bundle, dossier, exported, files};
use hyoka::locale::Lang;
use hyoka::model::Dossier;
use hyoka::report::{Format, Options, ReportError, export};
use hyoka::store;
use hyoka::tasks::progress::{Progress, Unwatched};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn equal_dossiers_give_equal_bytes() {
    assert_eq!(bundle(&dossier()), bundle(&dossier()));
}

#[test]
fn the_bundle_holds_what_was_asked_for_and_the_dossier_reads_back() {
    let files = exported(&dossier());
    for name in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        assert!(files.contains_key(name), "{name}");
    }
    let text = String::from_utf8(files["data/dossier.ron"].clone()).unwrap();
    assert_eq!(store::from_ron(&text).unwrap().0, dossier());
    assert!(files["data/report.pdf"].starts_with(b"%PDF"));
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2023-03-15\n"), "{info}");
    assert!(info.contains("Source-Organization: 経済産業省 製造産業局\n"), "{info}");
    let payload = files.iter().filter(|(name, _)| name.starts_with("data/"));
    let (bytes, count) = payload.fold((0, 0), |(bytes, n), (_, content)| (bytes + content.len(), n + 1));
    assert!(info.contains(&format!("Payload-Oxum: {bytes}.{count}\n")), "{info}");
}

#[test]
fn forms_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    let options = Options { formats: [Format::Csv].into(), lang: Lang::En, ..Options::default() };
    let done = export(&dossier(), &options, &path, &Unwatched).unwrap();
    let names: Vec<_> = files(&path).into_keys().collect();
    assert_eq!(done.pages, None);
    assert!(
        !names.contains(&"data/report.pdf".to_owned()) && names.contains(&"data/datapackage.json".to_owned())
    );
    let options = Options { formats: [].into(), lang: Lang::En, ..Options::default() };
    assert_eq!(export(&dossier(), &options, &path, &Unwatched).unwrap().files, 1);
    for format in Format::ALL {
        assert_eq!(format.to_string().parse(), Ok(format));
    }
    assert!("docs".parse::<Format>().is_err());
}

#[test]
fn the_checks_are_a_table_always_and_an_annex_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    let sample = hyoka::sample::dossier().unwrap();
    let pages = |checks| {
        let options = Options {
            formats: [Format::Pdf, Format::Csv].into(),
            checks,
            lang: Lang::Ja,
            ..Options::default()
        };
        export(&sample, &options, &path, &Unwatched).unwrap().pages.unwrap()
    };
    let without = pages(false);
    assert!(pages(true) > without, "{without} pages");
    let files = files(&path);
    let csv = String::from_utf8(files["data/tables/checks.csv"].clone()).unwrap();
    assert!(csv.contains("amount-over-budget") && csv.contains("54.0 − 48.8 = +5.2億円"), "{csv}");
    let package = String::from_utf8(files["data/datapackage.json"].clone()).unwrap();
    assert!(package.contains("tables/checks.csv"));
}

#[test]
fn an_empty_dossier_has_a_report_too() {
    assert!(exported(&Dossier::default())["data/report.pdf"].starts_with(b"%PDF"));
}

/// Cancels when asked for the nth time, and keeps what it was told.
struct Impatient {
    patience: usize,
    asked: AtomicUsize,
    told: Mutex<Vec<f32>>,
}

impl Impatient {
    fn new(patience: usize) -> Self {
        Self { patience, asked: AtomicUsize::new(0), told: Mutex::default() }
    }
}

impl Progress for Impatient {
    fn step(&self, fraction: f32, _what: &str) {
        self.told.lock().unwrap().push(fraction);
    }

    fn cancelled(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.patience
    }
}

#[test]
fn a_cancelled_export_leaves_nothing_and_harms_nothing() {
    let options = Options { formats: [Format::Csv].into(), lang: Lang::Ja, ..Options::default() };
    let all = Impatient::new(usize::MAX);
    let folder = tempfile::tempdir().unwrap();
    export(&dossier(), &options, &folder.path().join("b.zip"), &all).unwrap();
    let told = all.told.into_inner().unwrap();
    assert!(told.is_sorted() && told.last() == Some(&1.0), "{told:?}");

    for patience in 0..all.asked.into_inner() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("fresh.zip");
        let kept = folder.path().join("kept.zip");
        std::fs::write(&kept, "before").unwrap();
        for target in [&fresh, &kept] {
            let error = export(&dossier(), &options, target, &Impatient::new(patience)).unwrap_err();
            assert!(matches!(error, ReportError::Cancelled), "{patience}: {error}");
        }
        assert_eq!(std::fs::read(&kept).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn where_nothing_can_be_written_one_sentence_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { formats: [].into(), lang: Lang::Ja, ..Options::default() };
    for (target, words) in [
        (folder.path().join("nowhere/b.zip"), "フォルダーがありません"),
        (folder.path().to_owned(), "フォルダーです"),
    ] {
        let error = export(&dossier(), &options, &target, &Unwatched).unwrap_err();
        assert!(error.message(Lang::Ja).contains(words), "{}", error.message(Lang::Ja));
        assert!(error.message(Lang::En).contains(&target.display().to_string()));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn each_chart_is_a_vector_and_a_picture() {
    let dossier = crate::fixture::dossier();
    let files = crate::fixture::exported(&dossier);
    let figures: Vec<_> = files.keys().filter_map(|name| name.strip_prefix("data/figures/")).collect();
    let charts = hyoka::chart::all(&dossier);
    assert!(charts.len() > 8 && figures.len() == 2 * charts.len(), "{figures:?}");
    for figure in charts {
        let file = |ending| &files[&format!("data/figures/{}.{ending}", figure.chart.id)];
        assert!(file("png").starts_with(b"\x89PNG"));
        let svg = std::str::from_utf8(file("svg")).unwrap();
        // Its words are text, and say the same to who cannot see it.
        assert!(svg.contains("<text ") && svg.contains("<title id=\"title\">"), "{}", figure.chart.id);
    }
}
