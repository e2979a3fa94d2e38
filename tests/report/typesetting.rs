//! The typeset report.

use crate::fixture::dossier;
use hyoka::report::preview::{Preview, Sheet};
use hyoka::report::typeset::{Metadata, Template, typeset};
use hyoka::report::{self, Options};
use hyoka::tasks::progress::Unwatched;

#[test]
fn the_report_is_accessible_and_set_without_a_remark() {
    let report = report::typeset(&dossier(), &Options::default()).unwrap();
    assert_eq!(report.accessible, Ok(()));
    assert!(report.missing.is_empty() && report.warnings.is_empty(), "{:?}", report.warnings);
    assert!(report.pages > 10);
}

#[test]
fn the_sample_is_a_report_of_a_ministry() {
    let report = report::typeset(&hyoka::sample::dossier().unwrap(), &Options::default()).unwrap();
    assert_eq!(report.accessible, Ok(()));
    assert!(report.missing.is_empty(), "{:?}", report.missing);
    assert!(report.warnings.is_empty(), "{:?}", report.warnings);
    assert!((40..120).contains(&report.pages), "{}", report.pages);
}

#[test]
fn a_mistake_in_a_template_names_its_file_and_line() {
    let template = Template::new([
        ("main.typ", "#import \"other.typ\": *\n#shown"),
        ("other.typ", "#let shown = 1 +\n"),
    ]);
    let error = typeset(&template, "{}".into(), &Metadata::default()).unwrap_err();
    assert_eq!((error.file.as_deref(), error.line), (Some("other.typ"), Some(1)));
    assert!(error.to_string().starts_with("other.typ:1: "), "{error}");
}

#[test]
fn a_template_sees_its_own_files_and_nothing_else() {
    for source in [
        "#read(\"/etc/passwd\")",
        "#read(\"../main.typ\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#image(\"x.png\")",
        "#datetime.today()",
    ] {
        let template = Template::new([("main.typ", source)]);
        assert!(typeset(&template, "{}".into(), &Metadata::default()).is_err(), "{source}");
    }
    let template = Template::new([("main.typ", "#json(\"data.json\").a")]);
    assert_eq!(typeset(&template, r#"{"a": "b"}"#.into(), &Metadata::default()).unwrap().pages, 1);
}

#[test]
fn a_report_fit_for_archives_needs_a_day_or_a_fiscal_year() {
    let options = Options { archival: true, ..Options::default() };
    let mut dossier = dossier();
    assert_eq!(report::typeset(&dossier, &options).unwrap().accessible, Ok(()));
    dossier.report.date = hyoka::model::When::default();
    assert_eq!(report::typeset(&dossier, &options).unwrap().accessible, Ok(()));
    dossier.report.year = None;
    let reason = report::typeset(&dossier, &options).unwrap().accessible.unwrap_err();
    assert!(reason.contains("date"), "{reason}");
}

#[test]
fn the_pages_that_are_looked_at_are_those_that_are_written() {
    for (sheet, size) in [(Sheet::Report, [595, 842]), (Sheet::Slides, [842, 595])] {
        let options = Options::default();
        let preview = Preview::of(&dossier(), &options, sheet, &Unwatched).unwrap();
        let written = match sheet {
            Sheet::Report => report::typeset(&dossier(), &options),
            Sheet::Slides => report::slides(&dossier(), &options),
        };
        assert_eq!(preview.len(), written.unwrap().pages);
        let picture = preview.draw(1, 1.0).unwrap();
        // A page of A4 is 595.3 by 841.9 points, so that either pixel may be the last.
        for (drawn, points) in picture.size.iter().zip(size) {
            assert!(drawn.abs_diff(points) <= 1, "{:?}", picture.size);
        }
        let dark = picture.rgba.chunks(4).filter(|pixel| pixel[0] < 128 && pixel[3] > 128).count();
        assert!(dark > 500, "{sheet:?}: {dark} dark pixels");
        assert!(preview.draw(preview.len(), 1.0).is_err());
    }
}
