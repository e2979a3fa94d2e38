//! The file of a form's map: RON, small, readable and writable by hand.

use super::FormMap;
use crate::locale::Lang;
use crate::store::{self, write_atomically};
use crate::tr;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The version of the file that this program writes and reads.
const VERSION: u32 = 1;

/// No map is larger than this. Bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

#[derive(Serialize)]
struct Written<'a> {
    form: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<&'a FormMap>,
    #[serde(skip_serializing_if = "<[FormMap]>::is_empty")]
    maps: &'a [FormMap],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[allow(dead_code, reason = "named so that an unknown field is refused; its value was read before")]
    form: u32,
    #[serde(default)]
    map: Option<FormMap>,
    #[serde(default)]
    maps: Vec<FormMap>,
}

#[derive(Deserialize)]
struct Header {
    form: u32,
}

/// Why a map could not be read or written.
#[derive(Debug)]
pub struct FormError {
    path: PathBuf,
    trouble: Trouble,
}

#[derive(Debug)]
enum Trouble {
    Reading(std::io::Error),
    Writing(std::io::Error),
    NotMap { line: usize },
    Newer,
}

impl FormError {
    /// One sentence: the file, what is wrong, what to do.
    pub fn message(&self, lang: Lang) -> String {
        let file = self.path.display();
        match &self.trouble {
            Trouble::Reading(error) => store::reading(lang, &self.path, error),
            Trouble::Writing(error) => store::writing(lang, &self.path, error),
            Trouble::NotMap { line } => tr!(
                lang,
                "{file} の {line} 行目が様式の対応付けとして読めません。この画面で保存したファイルを指定してください。",
                "{file} is no map of a form (line {line}); give a file that was saved from the import page."
            ),
            Trouble::Newer => tr!(
                lang,
                "{file} は新しい版の Hyoka で保存された対応付けです。Hyoka を更新してください。",
                "{file} was saved by a newer version of Hyoka; update Hyoka."
            ),
        }
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Whether a text looks like the file of a map rather than a dossier.
pub(in crate::import) fn is_map(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let body: String = text.lines().filter(|line| !line.starts_with("#!")).collect::<Vec<_>>().join("\n");
    body.trim_start().strip_prefix('(').is_some_and(|rest| rest.trim_start().starts_with("form"))
}

/// Whether a file looks like a map. What cannot be read is none.
pub fn is_map_file(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut beginning));
    read.is_ok() && is_map(&String::from_utf8_lossy(&beginning))
}

/// Reads the maps in a file: one, or one for each sheet of a workbook.
///
/// # Errors
/// If the file cannot be read or holds no map that this version knows.
pub fn open(path: &Path) -> Result<Vec<FormMap>, FormError> {
    let fail = |trouble| FormError { path: path.to_owned(), trouble };
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_string(&mut text))
        .map_err(|error| fail(Trouble::Reading(error)))?;
    read(&text).map_err(fail)
}

fn read(text: &str) -> Result<Vec<FormMap>, Trouble> {
    let text = text.trim_start_matches('\u{feff}');
    let wrong = |error: ron::error::SpannedError| Trouble::NotMap { line: error.span.start.line };
    // A newer file may hold what this version does not know; its version is read alone first.
    if options().from_str::<Header>(text).is_ok_and(|header| header.form > VERSION) {
        return Err(Trouble::Newer);
    }
    let read: FileText = options().from_str(text).map_err(wrong)?;
    let maps: Vec<FormMap> = read.map.into_iter().chain(read.maps).collect();
    if maps.is_empty() { Err(Trouble::NotMap { line: 1 }) } else { Ok(maps) }
}

fn text(maps: &[FormMap]) -> Result<String, ron::Error> {
    let layout = ron::ser::PrettyConfig::new()
        .extensions(ron::extensions::Extensions::IMPLICIT_SOME)
        .indentor("  ")
        .new_line("\n")
        .depth_limit(5);
    let (map, maps) = match maps {
        [map] => (Some(map), &[][..]),
        maps => (None, maps),
    };
    ron::ser::to_string_pretty(&Written { form: VERSION, map, maps }, layout).map(|text| text + "\n")
}

/// Writes maps, replacing what was there.
///
/// # Errors
/// If it cannot be written; what was there is then still there.
pub fn save(path: &Path, maps: &[FormMap]) -> Result<(), FormError> {
    let fail = |error| FormError { path: path.to_owned(), trouble: Trouble::Writing(error) };
    let text = text(maps).map_err(|error| fail(std::io::Error::other(error)))?;
    write_atomically(path, text.as_bytes(), false).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Hint;
    use crate::import::TableKind;
    use crate::import::forms::Mark;
    use crate::model::Unit;

    #[test]
    fn a_map_reads_back_and_mistakes_name_their_line() {
        let region = Hint {
            area: "B3:K20".parse().unwrap(),
            kind: Some(TableKind::Funding),
            header_rows: Some(2),
            unit: Some(Unit::ThousandYen),
            ..Hint::default()
        };
        let marks = vec![Mark { at: "A1".parse().unwrap(), text: "様式\n１".into() }];
        let left_out = vec!["A30:K34".parse().unwrap()];
        let map = FormMap { name: "様式１".into(), marks, regions: vec![region], left_out };
        let text = super::text(std::slice::from_ref(&map)).unwrap();
        assert!(is_map(&text) && text.contains("map: ("), "{text}");
        assert_eq!(read(&text).unwrap(), std::slice::from_ref(&map));
        let maps = [map, FormMap { name: "様式２".into(), ..FormMap::default() }];
        assert_eq!(read(&super::text(&maps).unwrap()).unwrap(), maps);
        assert!(matches!(read("(form: 1)"), Err(Trouble::NotMap { line: 1 })));
        assert!(!is_map("(schema: 2, dossier: ())"));
        let broken = text.replace("B3:K20", "nowhere");
        let error = FormError { path: "様式.ron".into(), trouble: read(&broken).unwrap_err() };
        assert!(error.message(Lang::Ja).contains("行目"), "{}", error.message(Lang::Ja));
        assert!(matches!(read("(form: 9, map: ())"), Err(Trouble::Newer)));
    }
}
