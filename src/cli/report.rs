//! `hyoka report`: the report bundle.

use super::{Console, Outcome, open, same_file, template};
use crate::locale::{Lang, place};
use crate::model::Dossier;
use crate::report::anonymous::{Decision, Names, anonymise};
use crate::report::outline::BUNDLED;
use crate::report::{self, Format, Options, Variant, export};
use crate::tasks::progress::Unwatched;
use crate::tr;
use clap::ValueEnum;
use std::path::PathBuf;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Dossier to read
    dossier: PathBuf,
    /// Bundle to write
    #[arg(short, long, value_name = "BUNDLE.zip")]
    output: PathBuf,
    /// Who may read it: `anonymous` holds no member's name
    #[arg(long, value_enum, default_value = "full")]
    variant: VariantName,
    /// What becomes of members' names found in texts; without it an anonymous report with such names is refused
    #[arg(long, value_enum)]
    names: Option<NamesDecision>,
    /// Forms to include beside the dossier
    #[arg(long = "format", value_delimiter = ',', default_values_t = Format::ALL)]
    formats: Vec<Format>,
    /// Order of the report: the name of a template that comes with the program, or a template's file
    #[arg(long, value_name = "NAME|FILE", default_value = BUNDLED[0].name)]
    template: String,
    /// Add an annex of the consistency checks to the report
    #[arg(long)]
    checks: bool,
    /// Make the PDF fit for archives as well (PDF/A-2a)
    #[arg(long)]
    pdfa: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VariantName {
    Full,
    Anonymous,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NamesDecision {
    /// Let 委員 stand for each
    Replace,
    /// Leave each as it is
    Keep,
}

/// Writes the bundle of a dossier.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let (path, output) = (&arguments.dossier, &arguments.output);
    let dossier = match open(console, path) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    if same_file(path, output) {
        let file = path.display();
        return console.refuse(&tr!(
            lang,
            "書き出し先が評価データ {file} と同じです。別の名前を指定してください。",
            "The bundle would replace the dossier {file}; give another name."
        ));
    }
    let template = match template::named_or_read(&arguments.template) {
        Ok(order) => order,
        Err(error) => return console.refuse(&error.message(lang, &arguments.template)),
    };
    let variant = match arguments.variant {
        VariantName::Full => Variant::Full,
        VariantName::Anonymous => {
            let names = match arguments.names {
                None => Names::default(),
                Some(NamesDecision::Replace) => Names::all(Decision::Replace),
                Some(NamesDecision::Keep) => Names::all(Decision::Keep),
            };
            if let Some(refusal) = undecided(console, &dossier, &names) {
                return refusal;
            }
            Variant::Anonymous(names)
        }
    };
    let options = Options {
        variant,
        formats: arguments.formats.iter().copied().collect(),
        checks: arguments.checks,
        template,
        archival: arguments.pdfa,
        lang,
        ..Options::default()
    };
    match export(&dossier, &options, output, &Unwatched) {
        Ok(done) => {
            for remark in &done.remarks {
                console.note(remark);
            }
            console.print(&summary(lang, &done))
        }
        Err(error) => console.refuse(&error.message(lang)),
    }
}

/// Lists the names on which nothing is decided, and refuses; nothing where there are none.
fn undecided(console: &Console, dossier: &Dossier, names: &Names) -> Option<Outcome> {
    let lang = console.lang();
    let anonymised = match anonymise(dossier) {
        Ok(anonymised) => anonymised,
        Err(error) => return Some(console.refuse(&error.to_string())),
    };
    let open = anonymised.undecided(names);
    if open.is_empty() {
        return None;
    }
    let sayer = place::Speaker::new(anonymised.dossier());
    for mention in &open {
        let at = sayer.say(&mention.place, lang);
        let around = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (before, after) = (around(&mention.before), around(&mention.after));
        let words = &mention.words;
        console.note(&tr!(lang, "{at}: …{before}【{words}】{after}…", "{at}: …{before}[{words}]{after}…"));
    }
    let n = open.len();
    Some(console.refuse(&tr!(
        lang,
        "委員の氏名とみられる語が本文に {n} か所あります（上の一覧）。--names replace で「委員」に置き換えるか、--names keep で残すかを指定してください。",
        "What seem to be members' names stand in the texts at {n} places (listed above); give --names replace or --names keep."
    )))
}

fn summary(lang: Lang, done: &report::Outcome) -> String {
    let (path, files) = (done.path.display(), done.files);
    let kilobytes = done.bytes.div_ceil(1024);
    match done.pages {
        Some(pages) => tr!(
            lang,
            "{path}: {files} ファイル、{kilobytes} KiB、PDF {pages} ページ",
            "{path}: {files} files, {kilobytes} KiB, PDF of {pages} pages"
        ),
        None => {
            tr!(lang, "{path}: {files} ファイル、{kilobytes} KiB", "{path}: {files} files, {kilobytes} KiB")
        }
    }
}
