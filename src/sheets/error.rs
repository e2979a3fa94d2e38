//! What can go wrong with a file from outside, each in one sentence that names the file and the remedy.

use crate::locale::{Both, Lang};
use crate::tr;
use serde::{Deserialize, Serialize};
use std::io;

/// Trouble with one file, or with one member of an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.message(Lang::En))]
pub struct SheetError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    file: String,
    trouble: Trouble,
}

/// The kind of trouble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Trouble {
    /// There is no such file.
    Missing,
    /// It may not be read.
    Forbidden,
    /// It is a folder.
    Folder,
    /// It could not be read, for the reason that the system gives.
    Unreadable(String),
    /// It holds nothing.
    Empty,
    /// It is neither a workbook nor a text.
    NotTables,
    /// It is HTML or XML, whatever its extension says.
    Markup,
    /// Its text is in no encoding that is read.
    Garbled {
        /// Line, from 1.
        line: u64,
    },
    /// A quotation mark opens a text that is never closed.
    Unclosed {
        /// Line of the mark, from 1.
        line: u64,
    },
    /// It is damaged.
    Damaged {
        /// The sheet, if it is known.
        sheet: Option<String>,
    },
    /// Its reader broke off, for a reason that nobody learned.
    BrokeOff,
    /// A password is needed.
    Password,
    /// An archive holds an archive, a dossier or JSON.
    Packed,
    /// An archive unpacks to more than is read, or has more members.
    Unfolds,
    /// Its cells need more memory than is allowed.
    TooLarge {
        /// What is allowed, in MiB.
        mebibytes: u64,
    },
    /// Reading it takes longer than is allowed.
    TooSlow {
        /// What is allowed, in seconds.
        seconds: u64,
    },
    /// The user cancelled.
    Cancelled,
    /// The program that reads it could not be started.
    NoReader(String),
}

impl Trouble {
    /// Whether the rest of an archive cannot be read either.
    pub(super) fn ends_all(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooSlow { .. } | Self::Cancelled | Self::Unfolds)
    }

    /// A damaged file, of which no sheet is known.
    pub(super) const fn damaged() -> Self {
        Self::Damaged { sheet: None }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            io::ErrorKind::IsADirectory => Self::Folder,
            // What is read is compressed, and the decompressor found it wrong.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Self::damaged()
            }
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl SheetError {
    /// Trouble with the file of that name.
    pub(crate) fn new(file: impl Into<String>, trouble: Trouble) -> Self {
        Self(Box::new(Inner { file: file.into(), trouble }))
    }

    /// The file as it is named in the sentence; for a member of an archive `archive.zip/member.csv`.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// What is wrong.
    pub fn trouble(&self) -> &Trouble {
        &self.0.trouble
    }

    /// The sentence to show.
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(lang)
    }

    /// The sentence in both languages.
    pub fn both(&self) -> Both {
        Both { ja: self.message(Lang::Ja), en: self.message(Lang::En) }
    }
}

impl Inner {
    fn message(&self, lang: Lang) -> String {
        let file = &self.file;
        match &self.trouble {
            Trouble::Missing => tr!(
                lang,
                "{file} が見つかりません。場所と名前を確かめてください。",
                "{file} does not exist; check its folder and name."
            ),
            Trouble::Forbidden => tr!(
                lang,
                "{file} を読む権限がありません。ファイルのアクセス権を確かめてください。",
                "{file} may not be read; check its permissions."
            ),
            Trouble::Folder => tr!(
                lang,
                "{file} はフォルダーです。中のファイルを選んでください。",
                "{file} is a folder; choose the files in it."
            ),
            Trouble::Unreadable(why) => tr!(
                lang,
                "{file} を読めません（{why}）。ファイルの場所へのつながりを確かめてください。",
                "{file} cannot be read ({why}); check the connection to where it lies."
            ),
            Trouble::Empty => tr!(
                lang,
                "{file} は空です。元のファイルを受け取り直してください。",
                "{file} is empty; fetch the file again."
            ),
            Trouble::NotTables => tr!(
                lang,
                "{file} は表のファイルではありません。Excel のブック（.xlsx、.xls など）、.ods、CSV のいずれかを選んでください。",
                "{file} is no file of tables; choose an Excel workbook (.xlsx, .xls and such), an .ods or a CSV file."
            ),
            Trouble::Markup => tr!(
                lang,
                "{file} の中身は HTML か XML です。Excel で開き、.xlsx 形式で保存し直してください。",
                "{file} is HTML or XML inside; open it in Excel and save it as .xlsx."
            ),
            Trouble::Garbled { line } => tr!(
                lang,
                "{file} の {line} 行目に読めない文字があります。UTF-8 か Shift_JIS の CSV として保存し直してください。",
                "{file}, line {line}: the text is neither UTF-8 nor Shift_JIS; save it again as UTF-8 CSV."
            ),
            Trouble::Unclosed { line } => tr!(
                lang,
                "{file} の {line} 行目の引用符（\"）が閉じていません。そこを直すか、CSV を保存し直してください。",
                "{file}, line {line}: the quotation mark (\") is never closed; mend it there or save the CSV again."
            ),
            Trouble::Damaged { sheet: None } => tr!(
                lang,
                "{file} は壊れているため読めません。Excel で開けるときは .xlsx 形式で保存し直し、開けないときは受け取り直してください。",
                "{file} is damaged and cannot be read; if Excel opens it, save it again as .xlsx, otherwise fetch it again."
            ),
            Trouble::Damaged { sheet: Some(sheet) } => {
                // A damaged file may name its sheets in any way.
                let sheet: String = sheet.chars().filter(|c| !c.is_control()).take(60).collect();
                tr!(
                    lang,
                    "{file} のシート「{sheet}」が壊れているため読めません。Excel で開けるときは .xlsx 形式で保存し直し、開けないときは受け取り直してください。",
                    "{file}: the sheet “{sheet}” is damaged and cannot be read; if Excel opens it, save it again as .xlsx, otherwise fetch it again."
                )
            }
            Trouble::BrokeOff => tr!(
                lang,
                "{file} の読み込みが途中で止まりました。Excel で .xlsx 形式で保存し直してから、もう一度読み込んでください。",
                "Reading {file} broke off; save it again as .xlsx in Excel, then read it once more."
            ),
            Trouble::Password => tr!(
                lang,
                "{file} はパスワードで保護されています。パスワードを外して保存し直してください。",
                "{file} is protected by a password; remove the password and save it again."
            ),
            Trouble::Packed => tr!(
                lang,
                "{file} は圧縮ファイルの中からは読めません。取り出して、そのファイルを選んでください。",
                "{file} cannot be read inside an archive; unpack it and choose the file itself."
            ),
            Trouble::Unfolds => tr!(
                lang,
                "{file} は展開すると大きくなりすぎるため読みません。信頼できるファイルなら、展開して必要なものだけを選んでください。",
                "{file} unpacks to too much and is not read; if you trust it, unpack it and choose only what you need."
            ),
            Trouble::TooLarge { mebibytes } => tr!(
                lang,
                "{file} を読むには {mebibytes} MiB を超えるメモリーが要ります。必要なシートだけを別のブックに移すか、上限を上げてください。",
                "{file} needs more than {mebibytes} MiB of memory; move the sheets you need to a workbook of their own, or raise the limit."
            ),
            Trouble::TooSlow { seconds } => tr!(
                lang,
                "{file} は {seconds} 秒以内に読み終わりませんでした。Excel で .xlsx 形式に保存し直すか、上限を上げてください。",
                "{file} was not read within {seconds} seconds; save it again as .xlsx in Excel, or raise the limit."
            ),
            Trouble::Cancelled => tr!(
                lang,
                "{file} の読み込みを取りやめました。必要ならもう一度読み込んでください。",
                "Reading {file} was cancelled; start again if you need it."
            ),
            Trouble::NoReader(why) => tr!(
                lang,
                "{file} を読むためのプログラムを起動できません（{why}）。Hyoka を入れ直してください。",
                "The program that reads {file} cannot be started ({why}); install Hyoka again."
            ),
        }
    }
}
