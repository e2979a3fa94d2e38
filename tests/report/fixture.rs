//! A small dossier that uses every part of a report, and ways to look into a bundle.

use hyoka::model::Dossier;
use hyoka::report::{Options, export};
use hyoka::store;
use hyoka::tasks::progress::Unwatched;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zip::ZipArchive;

/// Every part of the model at least once; B6 scores 1, 3, 2, 3.
pub fn dossier() -> Dossier {
    store::from_ron(include_str!("fixture.ron")).unwrap().0
}

/// The bytes of the bundle of `dossier`.
pub fn bundle(dossier: &Dossier) -> Vec<u8> {
    bundle_as(dossier, &Options::default())
}

fn bundle_as(dossier: &Dossier, options: &Options) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    export(dossier, options, &path, &Unwatched).unwrap();
    std::fs::read(path).unwrap()
}

/// Every file of a bundle, by its name below the bag's folder.
pub fn files(bundle: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(File::open(bundle).unwrap()).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let name = file.name().unwrap().split_once('/').unwrap().1.to_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

/// The files of the bundle of `dossier`.
pub fn exported(dossier: &Dossier) -> BTreeMap<String, Vec<u8>> {
    exported_as(dossier, &Options::default())
}

/// The files of the bundle of `dossier` that `options` ask for.
pub fn exported_as(dossier: &Dossier, options: &Options) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    std::fs::write(&path, bundle_as(dossier, options)).unwrap();
    files(&path)
}

/// The records of a table in a bundle: its heading, then its rows.
pub fn table(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Vec<String>> {
    let file = &files[&format!("data/tables/{name}.csv")];
    let text = file.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}
