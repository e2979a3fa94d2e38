//! What can go wrong with a dossier's file, each in one sentence that names the file, the place and the remedy.

use super::Wrong;
use crate::locale::Lang;
use crate::tr;
use std::io;
use std::path::{Path, PathBuf};

/// Trouble with one file.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.message(Lang::En))]
pub struct StoreError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    trouble: Trouble,
}

/// The kind of trouble.
#[derive(Debug)]
pub enum Trouble {
    /// The file could not be read.
    Reading(io::Error),
    /// The file could not be written.
    Writing(io::Error),
    /// It is a folder.
    Directory,
    /// It is larger than any dossier.
    TooLarge,
    /// It holds nothing.
    Empty,
    /// It is no text.
    NotText,
    /// It is a text, but not a dossier.
    NotDossier,
    /// It is what a subject alone would say, and names none.
    Nameless,
    /// It ends before the dossier does.
    Truncated {
        /// Line at which it ends, from 1.
        line: usize,
    },
    /// It is a dossier with a mistake.
    Mistake {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        what: Wrong,
    },
    /// A newer version of the program wrote it.
    Newer {
        /// The file's schema.
        schema: u32,
    },
    /// The dossier could not be put into words.
    Serialising(String),
}

impl StoreError {
    pub(super) fn new(path: &Path, trouble: Trouble) -> Self {
        Self(Box::new(Inner { path: path.to_owned(), trouble }))
    }

    /// What is wrong.
    pub fn trouble(&self) -> &Trouble {
        &self.0.trouble
    }

    /// The sentence to show.
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(lang)
    }
}

impl Inner {
    fn message(&self, lang: Lang) -> String {
        let file = self.path.display();
        match &self.trouble {
            Trouble::Reading(error) => reading(lang, &self.path, error),
            Trouble::Writing(error) => writing(lang, &self.path, error),
            Trouble::Directory => tr!(
                lang,
                "{file} はフォルダーです。中の評価データ（.ron）を指定してください。",
                "{file} is a folder; name a dossier (.ron) in it."
            ),
            Trouble::TooLarge => tr!(
                lang,
                "{file} は評価データとしては大きすぎます（上限 256 MiB）。別のファイルを指定していないか確かめてください。",
                "{file} is too large for a dossier (256 MiB at most); check that it is the right file."
            ),
            Trouble::Empty => tr!(
                lang,
                "{file} は空です。控え（.bak）があれば、そちらを開いてください。",
                "{file} is empty; open its backup (.bak) if there is one."
            ),
            Trouble::NotText => tr!(
                lang,
                "{file} はテキストではありません。評価データ（.ron）を指定してください。",
                "{file} is not a text file; name a dossier (.ron)."
            ),
            Trouble::NotDossier => tr!(
                lang,
                "{file} の 1 行目: 評価データではありません。(schema: …, dossier: …) で始まる .ron ファイルを指定してください。",
                "{file}, line 1: this is not a dossier; name a .ron file that begins with (schema: …, dossier: …)."
            ),
            Trouble::Nameless => tr!(
                lang,
                "{file} はどの課題のものか書かれていません。id: \"A\" のように課題の記号を書き加えてください。",
                "{file} does not say whose it is; add the project’s letter, such as id: \"A\"."
            ),
            Trouble::Truncated { line } => tr!(
                lang,
                "{file} は {line} 行目で途切れています。控え（.bak）を開くか、元のファイルを受け取り直してください。",
                "{file} breaks off at line {line}; open its backup (.bak) or fetch the file again."
            ),
            Trouble::Mistake { line, column, what } => {
                let what = what.words(lang);
                tr!(
                    lang,
                    "{file} の {line} 行 {column} 文字目を読めません（{what}）。そこを直すか、控え（.bak）を開いてください。",
                    "{file}, line {line}, column {column}: {what}; mend it there or open the backup (.bak)."
                )
            }
            Trouble::Newer { schema } => tr!(
                lang,
                "{file} は新しい版の Hyoka で作られています（書式 {schema}）。Hyoka を更新してから開いてください。",
                "{file} was written by a newer Hyoka (schema {schema}); update Hyoka, then open it."
            ),
            Trouble::Serialising(what) => tr!(
                lang,
                "{file} に書き出せません（{what}）。この文を添えてご連絡ください。",
                "{file} cannot be written ({what}); please report this sentence."
            ),
        }
    }
}

pub(crate) fn reading(lang: Lang, path: &Path, error: &io::Error) -> String {
    let file = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => tr!(
            lang,
            "{file} が見つかりません。場所と名前を確かめてください。",
            "{file} does not exist; check its folder and name."
        ),
        io::ErrorKind::PermissionDenied => tr!(
            lang,
            "{file} を読む権限がありません。ファイルのアクセス権を確かめてください。",
            "{file} may not be read; check its permissions."
        ),
        _ => tr!(
            lang,
            "{file} を読めません（{error}）。ファイルの場所へのつながりを確かめてください。",
            "{file} cannot be read ({error}); check the connection to where it lies."
        ),
    }
}

/// The sentence for a file that could not be written; other writers than the store use it too.
pub(crate) fn writing(lang: Lang, path: &Path, error: &io::Error) -> String {
    let file = path.display();
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => tr!(
            lang,
            "{file} に書く権限がありません。別の場所に保存してください。",
            "{file} may not be written; save to another place."
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => tr!(
            lang,
            "{file} を保存する空きがありません。空きを作るか、別の場所に保存してください。",
            "There is no room for {file}; make room or save to another place."
        ),
        io::ErrorKind::NotFound => tr!(
            lang,
            "{file} のフォルダーがありません。フォルダーを作るか、別の場所に保存してください。",
            "The folder of {file} does not exist; make it or save to another place."
        ),
        io::ErrorKind::IsADirectory => tr!(
            lang,
            "{file} はフォルダーです。ファイル名を指定してください。",
            "{file} is a folder; give a file name."
        ),
        _ => tr!(
            lang,
            "{file} を保存できません（{error}）。別の場所に保存してください。",
            "{file} cannot be saved ({error}); save to another place."
        ),
    }
}
