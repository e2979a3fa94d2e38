//! `hyoka import`: what files would change in a dossier, and the dossier with it.

use super::{Console, Outcome};
use crate::import::{self, Answers, Entry, Form, Options, Proposal, Standing};
use crate::locale::place::Speaker;
use crate::locale::{Lang, Term};
use crate::model::{Dossier, Source, Subject, SubjectId};
use crate::sheets::{Limits, Reader};
use crate::store;
use crate::tasks::progress::Unwatched;
use crate::tr;
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What `hyoka import` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files to read: xlsx, xlsm, xlsb, xls, ods, csv, zip of these, json, ron; a form's map reads the others
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Dossier to import into; without one, a new dossier begins
    #[arg(long, value_name = "DOSSIER")]
    into: Option<PathBuf>,
    /// Dossier to write
    #[arg(short, long, value_name = "OUT.ron")]
    output: PathBuf,
    /// Also write as JSON what was found, from which cell, and what was not understood
    #[arg(long, value_name = "R.json")]
    report: Option<PathBuf>,
    /// Of an official export, only the rows of this 予算事業ID
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// The project (A, B …) or `program` that tables are about where a file does not say
    #[arg(long, value_name = "LETTER")]
    subject: Option<String>,
    /// Answer to a question of an earlier run; may be given several times
    #[arg(long = "answer", value_name = "QUESTION=VALUE", value_parser = answer)]
    answers: Vec<(String, String)>,
    /// Seconds that reading one file may take
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs(), value_parser = clap::value_parser!(u64).range(1..=3600))]
    time_limit: u64,
    /// Memory that reading one file may take, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().memory >> 20, value_parser = clap::value_parser!(u64).range(64..=65536))]
    memory_limit: u64,
}

fn answer(text: &str) -> Result<(String, String), String> {
    // A question's name may hold `=`, as a sheet's may; an answer does not.
    let (question, value) = text.rsplit_once('=').ok_or("write QUESTION=VALUE")?;
    Ok((question.to_owned(), value.to_owned()))
}

/// How many values of one table are printed one by one; the report in JSON has all.
const PRINTED: usize = 500;

/// Imports as told.
pub(super) fn run(console: &Console, arguments: Arguments) -> Outcome {
    let lang = console.lang();
    let before = match arguments.into.as_deref().map(store::open) {
        None => empty(arguments.subject.as_deref()),
        Some(Ok(opened)) => opened.dossier,
        Some(Err(error)) => return console.refuse(&error.message(lang)),
    };
    for target in std::iter::once(&arguments.output).chain(&arguments.report) {
        if let Some(input) = arguments.inputs.iter().find(|input| super::same_file(input, target)) {
            let file = input.display();
            return console.refuse(&tr!(
                lang,
                "書き出し先が入力ファイル {file} と同じです。別の名前を指定してください。",
                "The output would replace the input {file}; give another name."
            ));
        }
    }
    let limits =
        Limits { time: Duration::from_secs(arguments.time_limit), memory: arguments.memory_limit << 20 };
    let subject = arguments.subject.as_deref().map(SubjectId::from);
    let options = Options { project: arguments.project, subject, ..Options::default() };
    let inputs = import::load(&arguments.inputs, &Reader::of_this_program(limits), &options, &Unwatched);
    let answers: Answers = arguments.answers.into_iter().collect();
    let proposal = match import::propose(&inputs, &before, &answers, &options) {
        Ok(proposal) => proposal,
        Err(error) => return console.refuse(&error.to_string()),
    };
    let after = match import::apply(&before, &proposal) {
        Ok(after) => after,
        Err(error) => return console.refuse(&error.to_string()),
    };
    if let Some(report) = &arguments.report
        && let Err(sentence) = write_report(lang, report, &proposal)
    {
        return console.refuse(&sentence);
    }
    let astray = astray(lang, &proposal, &answers);
    if proposal.tables.is_empty() {
        let sentences: Vec<_> = astray.into_iter().chain([nothing(lang, &proposal)]).collect();
        return console.refuse(&sentences.join(" "));
    }
    if let Err(error) = store::save(&arguments.output, &after) {
        return console.refuse(&error.message(lang));
    }
    let mut text = account(lang, &proposal, &after, &arguments.output);
    for sentence in &astray {
        let _ = writeln!(text, "{sentence}");
    }
    if console.print(&text) == Outcome::Refused {
        return Outcome::Refused;
    }
    if proposal.wants_attention() || !astray.is_empty() { Outcome::Attention } else { Outcome::Done }
}

/// The dossier that an import begins without one: nothing but the project asked for.
fn empty(subject: Option<&str>) -> Dossier {
    let programme = Subject { id: SubjectId::programme(), ..Subject::default() };
    let projects = (subject.map(SubjectId::from).filter(|id| *id != programme.id))
        .map(|id| Subject { id, ..Subject::default() }.into());
    Dossier { projects: projects.into_iter().collect(), programme: programme.into(), ..Dossier::default() }
}

fn write_report(lang: Lang, path: &Path, proposal: &Proposal) -> Result<(), String> {
    let mut text = serde_json::to_string_pretty(proposal).map_err(|error| error.to_string())?;
    text.push('\n');
    store::write_atomically(path, text.as_bytes(), false).map_err(|error| store::writing(lang, path, &error))
}

/// What to say of each answer to a question that was not asked, or that is none of its choices.
fn astray(lang: Lang, proposal: &Proposal, answers: &Answers) -> Vec<String> {
    let sentence =
        |(id, value): (&String, &String)| match proposal.questions.iter().find(|question| question.id == *id)
        {
            None => Some(tr!(
                lang,
                "--answer '{id}={value}' に当たる質問はありません。",
                "No question was asked that --answer '{id}={value}' answers."
            )),
            Some(question) if question.answer.is_none() => {
                let values: Vec<_> = question.choices.iter().map(|choice| choice.value.as_str()).collect();
                let values = values.join(" / ");
                Some(tr!(
                    lang,
                    "--answer '{id}={value}' は選択肢にありません（{values}）。",
                    "--answer '{id}={value}' is none of the choices ({values})."
                ))
            }
            Some(_) => None,
        };
    answers.iter().filter_map(sentence).collect()
}

/// Why nothing was taken, in one sentence.
fn nothing(lang: Lang, proposal: &Proposal) -> String {
    if let Some(trouble) = proposal.files.iter().find_map(|file| file.trouble.as_ref()) {
        return trouble.t(lang).to_owned();
    }
    if let Some(question) = proposal.questions.first() {
        let (id, text) = (&question.id, question.text.t(lang));
        let values: Vec<_> = question.choices.iter().map(|choice| choice.value.as_str()).collect();
        let values = values.join(" / ");
        return tr!(
            lang,
            "{text} --answer '{id}=…' で答えてください（{values}）。",
            "{text} Answer with --answer '{id}=…' ({values})."
        );
    }
    let files: Vec<_> = proposal.files.iter().map(|file| file.file.as_str()).collect();
    let files = files.join(", ");
    tr!(
        lang,
        "{files} に評価の表が見つかりません。見出し（年度、単位、項目名など）のある表を含むファイルを指定してください。",
        "No evaluation table was found in {files}; give a file whose tables have headings (years, units, names)."
    )
}

/// What was taken, from which cell, and what was not.
fn account(lang: Lang, proposal: &Proposal, after: &Dossier, output: &Path) -> String {
    let speaker = Speaker::new(after);
    let mut text = String::new();
    for file in &proposal.files {
        let form = file.form.term(lang);
        let _ = writeln!(text, "{}: {form}", file.file);
        if let Some(trouble) = &file.trouble {
            let _ = writeln!(text, "  {}", trouble.t(lang));
        }
        if file.form == Form::Map {
            let _ = writeln!(text, "  {}", used(lang, proposal.read_by(&file.file)));
        }
        for sheet in &file.sheets {
            let Some(form) = &sheet.form else { continue };
            let (sheet, form, (marks, found)) = (&sheet.name, &form.name, form.marks);
            let words = tr!(
                lang,
                "{sheet}: 様式「{form}」（見出し {marks} のうち {found} が一致）",
                "{sheet}: the form “{form}” ({found} of {marks} headings agree)"
            );
            let _ = writeln!(text, "  {words}");
        }
        for unseen in file.sheets.iter().filter_map(import::SheetReport::unseen) {
            let _ = writeln!(text, "  {}", unseen.t(lang));
        }
        for table in proposal.tables.iter().filter(|table| table.at.file == file.file) {
            let count = |standing| table.entries.iter().filter(|entry| entry.standing == standing).count();
            let counts: Vec<_> = [Standing::New, Standing::Changed, Standing::Same, Standing::Conflict]
                .into_iter()
                .filter(|standing| count(*standing) > 0)
                .map(|standing| format!("{} {}", standing.term(lang), count(standing)))
                .collect();
            let (kind, at) = (table.kind.term(lang), import::at(&table.at));
            let _ = writeln!(text, "  {at}  {kind} ({}): {}", table.subject, counts.join(", "));
            for remark in &table.remarks {
                let cell = remark.cell.map(|cell| format!("{cell}: ")).unwrap_or_default();
                let _ = writeln!(text, "    {cell}{}", remark.text.t(lang));
            }
            for entry in table.entries.iter().take(PRINTED) {
                let _ = writeln!(text, "    {}", value(lang, &speaker, entry));
            }
            if let Some(more) = table.entries.len().checked_sub(PRINTED).filter(|more| *more > 0) {
                let _ = writeln!(
                    text,
                    "    {}",
                    tr!(lang, "ほか {more} 件（--report に全件）", "and {more} more (--report has all)")
                );
            }
        }
    }
    for question in &proposal.questions {
        let (cell, asked) = (whole(&question.about), question.text.t(lang));
        let _ = writeln!(text, "{}: {cell}: {asked}", lang.t("質問", "Question"));
        for choice in &question.choices {
            let mark = if question.answer.as_ref() == Some(&choice.value) { "*" } else { " " };
            let _ = writeln!(
                text,
                "  {mark} --answer '{}={}'  {}",
                question.id,
                choice.value,
                choice.label.t(lang)
            );
        }
    }
    for leftover in &proposal.leftovers {
        let (cell, why) = (whole(&leftover.source), leftover.why.t(lang));
        let _ = writeln!(text, "{}: {cell} {:?}: {why}", lang.t("未読", "Not read"), leftover.text);
    }
    let (taken, changed, file) = (proposal.accepted().count(), proposal.changes(), output.display());
    let _ = writeln!(
        text,
        "{}",
        tr!(
            lang,
            "{file}: {taken} 件を取り込みました（うち新規・変更 {changed} 件）",
            "{file}: {taken} values taken, {changed} of them new or changed"
        )
    );
    text
}

/// What became of a map.
fn used(lang: Lang, sheets: usize) -> String {
    if sheets == 0 {
        let words = lang.t(
            "この対応付けに合うシートはありませんでした。",
            "No sheet is of the form that this map describes.",
        );
        return words.to_owned();
    }
    tr!(lang, "{sheets} シートをこの対応付けで読みました。", "{sheets} sheets were read by this map.")
}

/// One value: where it was read, what stood there, where it goes.
fn value(lang: Lang, speaker: &Speaker, entry: &Entry) -> String {
    let [printed, read] = [&entry.printed, &entry.read].map(|text| text.replace('\n', "⏎"));
    // What is known without having been printed is said alone.
    let read = match printed.as_str() {
        "" => read,
        _ if read == printed => String::new(),
        _ => format!(" → {read}"),
    };
    let mark = if entry.accepted { entry.standing.term(lang) } else { lang.t("見送り", "Left out") };
    format!("{}  {printed}{read}  [{mark}] {}", entry.source.cell, speaker.say(&entry.place, lang))
}

/// File, sheet and cell.
fn whole(source: &Source) -> String {
    let parts = [source.file.as_str(), source.sheet.as_str(), source.cell.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("!")
}
