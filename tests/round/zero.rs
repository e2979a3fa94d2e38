//! Zero is a score: through entry, ballot, merge, mean and every export.

use crate::desk::{a, as_form, book, cell, file_of, filled, issued, merge, score, unscored, write};
use hyoka::chart::{Shape, scores};
use hyoka::import::{self, Answers, Input};
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, Dossier, ScoreCell};
use hyoka::report::{Format, Options, export};
use hyoka::round::{FileForm, completeness};
use hyoka::sheets::{Address, Limits, Reader, Value};
use hyoka::stats::{Summary, in_words, statistics, summarise};
use hyoka::store;
use hyoka::tasks::progress::Unwatched;
use hyoka::workbook;
use std::collections::BTreeMap;
use std::io::{Read, Write};

#[test]
fn zero_survives_from_the_ballot_to_every_export() {
    let issue = issued(unscored().0);
    let package = filled(file_of(&issue, "M1", FileForm::Package), 10, |answers| {
        score(answers, 1, ScoreCell::Score(0));
    });
    let mut form = book(file_of(&issue, "M2", FileForm::Excel));
    write(&mut form, "評点", "D6", Some(Value::Number(0.0)));
    let (_, merged) = merge(&issue.dossier, &[package, as_form(form)], 100);
    assert_eq!((cell(&merged, "M1", 1), cell(&merged, "M2", 1)), (ScoreCell::Score(0), ScoreCell::Score(0)));

    let evaluation = &merged.subject(&a()).unwrap().evaluation;
    let given = evaluation.scores_of(CriterionNo(1));
    let Summary { mean, n, min, .. } = summarise(&given);
    assert_eq!((mean.as_deref(), n, min), (Some("0.0"), 2, Some(0)));
    assert_eq!(in_words(&given, &merged.criteria.project.scale).ja, "2名全員が0");
    let json = serde_json::to_value(statistics(&merged)).unwrap();
    assert_eq!(json["projects"][0]["criteria"][0]["scores"][0], 0);
    assert_eq!(json["projects"][0]["criteria"][0]["distribution"]["0"], 2);
    let state = &completeness(&merged, &merged.rounds[0]).members[0];
    assert_eq!(state.blank(), 6);

    let read_back = store::from_ron(&store::to_ron(&merged).unwrap()).unwrap().0;
    assert_eq!(read_back, merged);
    let tree = serde_json::to_value(&merged).unwrap();
    assert_eq!(tree["projects"][0]["evaluation"]["scores"]["M1"]["1"]["Score"], 0);

    // The canonical workbook, there and back.
    let bytes = workbook::write(&merged, &workbook::Options { lang: Lang::Ja, blank: false }).unwrap();
    let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let books = Reader::in_process(Limits::default()).read(file.path(), None, &Unwatched).unwrap();
    let inputs: Vec<Input> = (books.into_iter())
        .map(|book| Input { file: book.file.clone(), path: None, content: import::Content::Book(book) })
        .collect();
    let nothing = Dossier::default();
    let read = import::propose(&inputs, &nothing, &Answers::new(), &import::Options::default()).unwrap();
    let back = import::apply(&nothing, &read).unwrap();
    assert_eq!((cell(&back, "M1", 1), cell(&back, "M2", 1)), (ScoreCell::Score(0), ScoreCell::Score(0)));

    // Charts: a zero is a mark of its own, where zero lies.
    let project = merged.subject(&a()).unwrap();
    let means = scores::means(&merged, project).unwrap();
    let at_zero = means.marks.iter().filter(|mark| match &mark.shape {
        Shape::Point { at: [x, _], .. } => x.abs() < 1e-9,
        _ => false,
    });
    assert_eq!(at_zero.count(), 2);
    assert!(means.marks.iter().any(|mark| mark.detail.ja.contains("0.0")), "the mean is said");
    for chart in [scores::heat(&merged, project).unwrap(), scores::distribution(&merged, project).unwrap()] {
        assert!(!chart.marks.is_empty(), "{}", chart.id);
        assert!(chart.table.rows.iter().flatten().any(|cell| cell.ja == "0"), "{}", chart.id);
    }

    for format in Format::ALL {
        let files = exported(&merged, format);
        assert!(finds_zero(format.name(), &files), "{format}");
    }
}

/// The files of a bundle with one form in it.
fn exported(dossier: &Dossier, format: Format) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("b.zip");
    let options = Options { formats: [format].into_iter().collect(), lang: Lang::Ja, ..Options::default() };
    export(dossier, &options, &bundle, &Unwatched).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&bundle).unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

/// Whether a form of the report prints two zeros and their mean on criterion 1 of project A. A new form says here how
/// it is looked at.
fn finds_zero(format: &str, files: &BTreeMap<String, Vec<u8>>) -> bool {
    let ending = |ending: &str| files.iter().find(|(name, _)| name.ends_with(ending)).unwrap().1;
    match format {
        "csv" => {
            let text = String::from_utf8(ending("tables/scores.csv").clone()).unwrap();
            let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let header = reader.headers().unwrap().clone();
            let column = |name: &str| header.iter().position(|found| found == name).unwrap();
            let (subject, criterion, given) = (column("subject"), column("criterion_no"), column("score"));
            let zeros = (reader.records().map(Result::unwrap))
                .filter(|row| &row[subject] == "A" && &row[criterion] == "1" && &row[given] == "0");
            zeros.count() == 2
        }
        "figures" => {
            // In a vector the words are text.
            let svg = String::from_utf8(ending("figures/a-scores.svg").clone()).unwrap();
            svg.contains("0.0")
        }
        // What the template prints is tested beside its data; what a reader of PDF finds, in `.ci/e2e/round.sh`.
        "pdf" | "slides" => ending(".pdf").starts_with(b"%PDF"),
        "xlsx" => {
            let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
            file.write_all(ending("evaluation.xlsx")).unwrap();
            let books = Reader::in_process(Limits::default()).read(file.path(), None, &Unwatched).unwrap();
            let sheet = books[0].sheets.iter().find(|sheet| sheet.name == "結果_評点").unwrap();
            // The canonical sheets are read back above; here it is the sheet of results: subject, number, label, mean, n,
            // then the members.
            let row = (0..60)
                .find(|row| {
                    sheet.text(Address::new(*row, 1)) == "A" && sheet.text(Address::new(*row, 2)) == "1"
                })
                .unwrap();
            let is_zero = |column| sheet.get(Address::new(row, column)) == Some(&Value::Number(0.0));
            [4, 6, 7].into_iter().all(is_zero)
        }
        // A document of another program: the words between its marks.
        other => {
            let document = ending(&format!("report.{other}")).clone();
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
            let mut xml = String::new();
            archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
            xml.contains(">0.0<")
        }
    }
}
