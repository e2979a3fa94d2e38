//! The typeset report.

use crate::fixture::dossier;
use hyoka::report::typeset::{Metadata, Template, typeset};
use hyoka::report::{self, Options};

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
