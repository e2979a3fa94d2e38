//! From paths to what the files hold. Trouble with one file is told of it, and the others are read all the same.

use super::forms;
use super::session::{Content, Input, Options};
use crate::locale::{Both, Lang};
use crate::model::SubjectId;
use crate::sheets::{Keep, Reader, SheetError, Trouble};
use crate::tasks::progress::Progress;
use crate::{both, store};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The column of an official export that names the project.
const PROJECT_COLUMN: &str = "予算事業ID";
/// No JSON of a review sheet is larger than this. Bytes.
const LARGEST_JSON: u64 = 64 << 20;

/// Reads each file as what its content says it is: a dossier, JSON, or tables.
///
/// After the user cancels, the files that were not read are left out.
pub fn load(paths: &[PathBuf], reader: &Reader, options: &Options, progress: &dyn Progress) -> Vec<Input> {
    let keep = (options.project.as_ref())
        .map(|project| Keep { header: PROJECT_COLUMN.to_owned(), value: project.trim().to_owned() });
    let of = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let mut inputs = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        if progress.cancelled() {
            break;
        }
        let share = Share { of: progress, from: of(index) / of(paths.len()), span: 1.0 / of(paths.len()) };
        share.step(0.0, &name(path));
        inputs.extend(of_path(path, reader, keep.as_ref(), options.subject.as_ref(), &share));
    }
    inputs
}

/// The part of a longer job's progress that reading one file takes.
struct Share<'a> {
    of: &'a dyn Progress,
    from: f32,
    span: f32,
}

impl Progress for Share<'_> {
    fn step(&self, fraction: f32, what: &str) {
        self.of.step(self.from + fraction * self.span, what);
    }

    fn cancelled(&self) -> bool {
        self.of.cancelled()
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn of_path(
    path: &Path,
    reader: &Reader,
    keep: Option<&Keep>,
    subject: Option<&SubjectId>,
    progress: &dyn Progress,
) -> Vec<Input> {
    let input = |file: String, content| Input { file, path: Some(path.to_owned()), content };
    match of_text(path, subject) {
        Ok(Some(content)) => return vec![input(name(path), content)],
        Ok(None) => {}
        Err(error) => {
            let trouble = SheetError::new(path.display().to_string(), Trouble::from(error));
            return vec![input(name(path), Content::Trouble(trouble.both()))];
        }
    }
    match reader.read_each(path, keep, progress) {
        Ok(books) => (books.into_iter())
            .map(|book| match book {
                Ok(book) => input(book.file.clone(), Content::Book(book)),
                Err(trouble) => input(member(path, &trouble), Content::Trouble(trouble.both())),
            })
            .collect(),
        Err(trouble) => vec![input(name(path), Content::Trouble(trouble.both()))],
    }
}

/// The name of the file that the trouble is with, without the folder of its archive.
fn member(path: &Path, trouble: &SheetError) -> String {
    match trouble.file().strip_prefix(&*path.display().to_string()) {
        Some(member) => format!("{}{member}", name(path)),
        None => trouble.file().to_owned(),
    }
}

/// What a text file holds, unless that is tables.
fn of_text(path: &Path, subject: Option<&SubjectId>) -> io::Result<Option<Content>> {
    // What is no file at all, the reader of tables tells; opening a pipe waits for someone to write into it.
    if !std::fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut beginning = Vec::new();
    File::open(path)?.take(4096).read_to_end(&mut beginning)?;
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&beginning);
    let has_extension =
        |wanted: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(wanted));
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    if forms::is_map(&String::from_utf8_lossy(beginning)) {
        return Ok(Some(form(path)));
    }
    let names = [b"schema".as_slice(), b"dossier", b"programme:", b"projects:"];
    if has_extension("ron") || (first == Some(&b'(') && names.iter().any(|name| has(beginning, name))) {
        return Ok(Some(dossier(path, subject)));
    }
    if !matches!(first, Some(b'{' | b'[')) {
        return Ok(None);
    }
    match json(path)? {
        Ok(value) => Ok(Some(Content::Json(value))),
        Err(trouble) if has_extension("json") => Ok(Some(Content::Trouble(trouble))),
        // A table whose first cell begins with a bracket.
        Err(_) => Ok(None),
    }
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn dossier(path: &Path, subject: Option<&SubjectId>) -> Content {
    match store::open_part(path, subject) {
        Ok(dossier) => Content::Dossier(Box::new(dossier)),
        Err(error) => Content::Trouble(Both { ja: error.message(Lang::Ja), en: error.message(Lang::En) }),
    }
}

fn form(path: &Path) -> Content {
    match forms::open(path) {
        Ok(maps) => Content::Form(maps),
        Err(error) => Content::Trouble(Both { ja: error.message(Lang::Ja), en: error.message(Lang::En) }),
    }
}

/// The value of a JSON text, or the sentence that says why it is none.
fn json(path: &Path) -> io::Result<Result<serde_json::Value, Both>> {
    let file = path.display();
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_JSON + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_JSON) {
        return Ok(Err(both!(
            "{file} は JSON としては大きすぎます（上限 64 MiB）。別のファイルを指定していないか確かめてください。",
            "{file} is too large for JSON (64 MiB at most); check that it is the right file."
        )));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    Ok(serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        both!(
            "{file} の {line} 行 {column} 文字目で JSON として読めなくなります。そこを直すか、元のファイルを受け取り直してください。",
            "{file}, line {line}, column {column}: this is not valid JSON; mend it there or fetch the file again."
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Limits, Value};
    use crate::tasks::progress::Unwatched;
    use std::fs;
    use std::sync::Mutex;

    fn loaded(files: &[(&str, &[u8])], options: &Options) -> Vec<(String, Content)> {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (files.iter())
            .map(|(name, bytes)| {
                let path = folder.path().join(name);
                fs::write(&path, bytes).unwrap();
                path
            })
            .collect();
        let reader = Reader::in_process(Limits::default());
        let inputs = load(&paths, &reader, options, &Unwatched);
        for input in &inputs {
            assert!(paths.contains(input.path.as_ref().unwrap()));
        }
        inputs.into_iter().map(|input| (input.file, input.content)).collect()
    }

    fn content(name: &str, bytes: &[u8]) -> Content {
        let mut inputs = loaded(&[(name, bytes)], &Options::default());
        assert_eq!(inputs.len(), 1);
        inputs.remove(0).1
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        let ron = b"(schema: 2, dossier: (projects: [(id: \"A\")]))";
        for name in ["a.ron", "a.txt"] {
            let Content::Dossier(dossier) = content(name, ron) else { panic!("{name} is a dossier") };
            assert_eq!(dossier.projects.len(), 1);
        }
        let parts: [&[u8]; 3] =
            [b"(projects: [(id: \"A\")])", b"(id: \"A\", overview: (name: \"x\"))", b"[(id: \"A\")]"];
        for part in parts {
            let Content::Dossier(dossier) = content("a.ron", part) else { panic!("a part is read") };
            assert_eq!(dossier.projects[0].id.as_str(), "A");
        }
        let Content::Trouble(sentence) = content("a.ron", b"(overview: (name: \"x\"))") else {
            panic!("nobody's")
        };
        assert!(sentence.ja.contains("a.ron はどの課題のものか"), "{sentence:?}");
        assert_eq!(
            content("a.csv", b"\xef\xbb\xbf {\"a\": 1}"),
            Content::Json(serde_json::json!({ "a": 1 }))
        );
        let Content::Book(book) = content("a.json.csv", b"[a],b\n") else { panic!("a table is no JSON") };
        assert_eq!(book.sheets[0].cells()[0].value, Value::Text("[a]".into()));
    }

    #[test]
    fn trouble_with_one_file_leaves_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let good = folder.path().join("b.csv");
        fs::write(&good, "1,2").unwrap();
        let json = folder.path().join("c.json");
        fs::write(&json, "{\n\"a\": }").unwrap();
        let paths = [folder.path().to_owned(), folder.path().join("a.ron"), good, json];
        let reader = Reader::in_process(Limits::default());
        let inputs = load(&paths, &reader, &Options::default(), &Unwatched);
        assert_eq!(inputs.len(), 4);
        for (index, words) in
            [(0, "フォルダーです"), (1, "a.ron が見つかりません"), (3, "c.json の 2 行 6 文字目")]
        {
            let Content::Trouble(sentence) = &inputs[index].content else { panic!("{:?}", inputs[index]) };
            assert!(sentence.ja.contains(words), "{sentence:?}");
        }
        assert!(matches!(inputs[2].content, Content::Book(_)));
    }

    #[test]
    fn a_member_of_an_archive_is_an_input_of_its_own() {
        let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in [("a.csv", "予算事業ID\n3163\n99\n"), ("b.json", "{}")] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        }
        let zip = zip.finish().unwrap().into_inner();
        let options = Options { project: Some("3163".into()), ..Options::default() };
        let inputs = loaded(&[("rs.zip", &zip)], &options);
        assert_eq!(
            inputs.iter().map(|input| input.0.as_str()).collect::<Vec<_>>(),
            ["rs.zip/a.csv", "rs.zip/b.json"]
        );
        let Content::Book(book) = &inputs[0].1 else { panic!("{:?}", inputs[0]) };
        assert_eq!(book.sheets[0].cells().len(), 2);
        assert!(
            matches!(&inputs[1].1, Content::Trouble(sentence) if sentence.en.contains("inside an archive"))
        );
    }

    #[test]
    fn progress_names_the_file_and_stops_when_cancelled() {
        struct AfterOne(Mutex<Vec<(f32, String)>>);
        impl Progress for AfterOne {
            fn step(&self, fraction: f32, what: &str) {
                self.0.lock().unwrap().push((fraction, what.to_owned()));
            }
            fn cancelled(&self) -> bool {
                self.0.lock().unwrap().iter().any(|(_, what)| what == "b.csv")
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.csv", "b.csv", "c.csv"].map(|name| folder.path().join(name));
        for path in &paths {
            fs::write(path, "1").unwrap();
        }
        let progress = AfterOne(Mutex::default());
        let reader = Reader::in_process(Limits::default());
        let inputs = load(&paths, &reader, &Options::default(), &progress);
        assert_eq!(inputs.len(), 2);
        let steps = progress.0.into_inner().unwrap();
        assert_eq!(steps[0], (0.0, "a.csv".to_owned()));
        assert!(steps.is_sorted_by(|a, b| a.0 <= b.0), "{steps:?}");
    }
}
