//! Zero is a score: through entry, ballot, merge, mean and every export.

use crate::desk::{a, as_form, book, cell, file_of, filled, issued, merge, score, unscored, write};
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, ScoreCell};
use hyoka::report::{Format, Options, export};
use hyoka::round::{FileForm, completeness};
use hyoka::sheets::Value;
use hyoka::stats::{Summary, in_words, statistics, summarise};
use hyoka::store;
use hyoka::tasks::progress::Unwatched;
use std::io::Read;

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
    let scores = evaluation.scores_of(CriterionNo(1));
    let Summary { mean, n, min, .. } = summarise(&scores);
    assert_eq!((mean.as_deref(), n, min), (Some("0.0"), 2, Some(0)));
    assert_eq!(in_words(&scores, &merged.criteria.project.scale).ja, "2名全員が0");
    let json = serde_json::to_value(statistics(&merged)).unwrap();
    assert_eq!(json["projects"][0]["criteria"][0]["scores"][0], 0);
    assert_eq!(json["projects"][0]["criteria"][0]["distribution"]["0"], 2);
    let state = &completeness(&merged, &merged.rounds[0]).members[0];
    assert_eq!(state.blank(), 6);

    let read_back = store::from_ron(&store::to_ron(&merged).unwrap()).unwrap().0;
    assert_eq!(read_back, merged);
    let tree = serde_json::to_value(&merged).unwrap();
    assert_eq!(tree["projects"][0]["evaluation"]["scores"]["M1"]["1"]["Score"], 0);

    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("b.zip");
    let options = Options { formats: [Format::Csv].into_iter().collect(), lang: Lang::Ja, ..Options::default() };
    export(&merged, &options, &bundle, &Unwatched).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&bundle).unwrap()).unwrap();
    let at = (0..archive.len())
        .find(|at| archive.by_index(*at).unwrap().name().unwrap().ends_with("tables/scores.csv"))
        .unwrap();
    let mut text = String::new();
    archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|found| found == name).unwrap();
    let (subject, criterion, given) = (column("subject"), column("criterion_no"), column("score"));
    let zeros = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[subject] == "A" && &row[criterion] == "1" && &row[given] == "0");
    assert_eq!(zeros.count(), 2);
}
