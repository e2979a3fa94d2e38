//! `hyoka merge`: ballots back into the dossier.

use super::{Console, Outcome, open, passphrase};
use crate::locale::Lang;
use crate::model::{CriterionNo, Dossier, Round, SubjectId};
use crate::round::{self, BallotPlan, FieldPlan, Key, Outcome as Comparison, Plan, Standing};
use crate::sheets::{Limits, Reader};
use crate::store;
use crate::tasks::progress::Unwatched;
use crate::tr;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be merged.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Dossier from which the ballots were issued
    dossier: PathBuf,
    /// Ballots, or folders of them: packages, Excel forms, encrypted ones
    #[arg(required = true)]
    ballots: Vec<PathBuf>,
    /// Dossier to write
    #[arg(short, long, value_name = "OUT.ron", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
    /// Write what was done, and what not, as JSON
    #[arg(long, value_name = "R.json")]
    report: Option<PathBuf>,
    /// Folder to write a receipt for each member to: what was received, and when
    #[arg(long, value_name = "DIR")]
    receipts: Option<PathBuf>,
    /// The secretariat's key file, for encrypted ballots; its passphrase is asked for, or taken from
    /// `HYOKA_PASSPHRASE`
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Merges what can be merged and tells the rest.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let dossier = match open(console, &arguments.dossier) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let key = match arguments.key.as_deref().map(|path| open_key(console, path)).transpose() {
        Ok(key) => key,
        Err(sentence) => return console.refuse(&sentence),
    };
    let reader = Reader::of_this_program(Limits::default());
    let files = round::receive(&arguments.ballots, key.as_ref(), &reader, &Unwatched);
    let now = Timestamp::now();
    let dossier = round::recalled(&dossier, &files, now).unwrap_or(dossier);
    let plan = round::plan(&dossier, &files);
    for refusal in &plan.refused {
        console.note(&format!("hyoka: {}", refusal.message.t(lang)));
    }
    for remark in plan.remarks() {
        console.note(remark.message.t(lang));
    }
    let merged = plan.merged(&dossier, now);
    let written = match arguments.output.as_deref().filter(|_| !arguments.dry_run && !plan.ballots.is_empty())
    {
        Some(output) => match store::save(output, &merged) {
            Ok(()) => true,
            Err(error) => return console.refuse(&error.message(lang)),
        },
        None => false,
    };
    if let Some(path) = &arguments.report {
        let text = format!("{:#}\n", report(lang, &dossier, &plan, &merged, written));
        if let Err(error) = store::write_atomically(path, text.as_bytes(), false) {
            return console.refuse(&store::writing(lang, path, &error));
        }
    }
    if let Some(folder) = arguments.receipts.as_deref().filter(|_| written)
        && let Err(sentence) = write_receipts(lang, folder, &merged, &plan)
    {
        return console.refuse(&sentence);
    }
    if console.print(&text(lang, &dossier, &plan, &merged)) == Outcome::Refused || !plan.refused.is_empty() {
        Outcome::Refused
    } else if plan.open_conflicts() > 0 || plan.remarks().next().is_some() {
        Outcome::Attention
    } else {
        Outcome::Done
    }
}

fn open_key(console: &Console, path: &Path) -> Result<Key, String> {
    let (lang, file) = (console.lang(), path.display());
    let passphrase = passphrase::existing(console, path)?;
    let bytes = fs::read(path).map_err(|error| {
        tr!(
            lang,
            "{file} を読めません（{error}）。場所と名前を確かめてください。",
            "{file} cannot be read ({error}); check its folder and name."
        )
    })?;
    Key::open(&bytes, &passphrase).map_err(|error| {
        let what = error.message();
        format!("{file}: {}", what.t(lang))
    })
}

/// Writes a receipt for each member of whom something was read now.
fn write_receipts(lang: Lang, folder: &Path, merged: &Dossier, plan: &Plan) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| store::writing(lang, folder, &error))?;
    for plan in &plan.ballots {
        let ballot = &plan.ballot;
        let round = merged.rounds.iter().find(|round| round.id == ballot.round);
        let text = round.and_then(|round| round::receipt(merged, round, &ballot.member, lang));
        let Some(text) = text else { continue };
        let path = folder.join(round::receipt_name(&ballot.round, &ballot.member));
        store::write_atomically(&path, format!("{text}\n").as_bytes(), false)
            .map_err(|error| store::writing(lang, &path, &error))?;
    }
    Ok(())
}

/// The rounds that ballots at hand belong to.
fn rounds_of<'d>(merged: &'d Dossier, plan: &Plan) -> Vec<&'d Round> {
    let touched = |round: &&Round| plan.ballots.iter().any(|ballot| ballot.ballot.round == round.id);
    merged.rounds.iter().filter(touched).collect()
}

fn text(lang: Lang, dossier: &Dossier, plan: &Plan, merged: &Dossier) -> String {
    let mut lines = Vec::new();
    for ballot in &plan.ballots {
        lines.push(summary(lang, dossier, ballot));
        let conflicts = ballot.fields.iter().filter(|field| field.outcome == Comparison::Conflict);
        lines.extend(conflicts.map(|field| conflict(lang, dossier, ballot, field)));
    }
    let (changes, conflicts, refused) = (plan.changes(), plan.open_conflicts(), plan.refused.len());
    lines.push(tr!(
        lang,
        "取り込み {changes} 件、未決の相違 {conflicts} 件、受け付けなかったファイル {refused} 件",
        "{changes} fields taken, {conflicts} conflicts open, {refused} files refused"
    ));
    for round in rounds_of(merged, plan) {
        lines.push(String::new());
        lines.push(lang.t("記入の状況", "What has come in").to_owned());
        lines.push(round::completeness(merged, round).text(merged, round.deadline, lang));
    }
    lines.join("\n")
}

fn summary(lang: Lang, dossier: &Dossier, plan: &BallotPlan) -> String {
    let ballot = &plan.ballot;
    let name = dossier.member(&ballot.member).map_or("", |member| member.name.as_str());
    let (file, member) = (&ballot.file, &ballot.member);
    let head = format!("{file}  {member} {name}");
    match plan.standing {
        Standing::Superseded(edition) => tr!(
            lang,
            "{head}: より新しい保存（{edition} 回目）があるため取り込みません",
            "{head}: a later save (number {edition}) is at hand; nothing taken"
        ),
        Standing::Duplicate => {
            tr!(lang, "{head}: ほかのファイルと同じ内容です", "{head}: another file says the same")
        }
        Standing::Repeated(at) if plan.says_nothing_new() => {
            tr!(lang, "{head}: {at} に受領済み", "{head}: received before, at {at}")
        }
        _ => {
            let count = |outcome| plan.count(outcome);
            let (new, changed) = (count(Comparison::New), count(Comparison::Changed));
            let (cleared, conflicts) = (count(Comparison::Cleared), count(Comparison::Conflict));
            tr!(
                lang,
                "{head}: 新規 {new}、変更 {changed}、消去 {cleared}、相違 {conflicts}",
                "{head}: {new} new, {changed} changed, {cleared} cleared, {conflicts} conflicts"
            )
        }
    }
}

fn conflict(lang: Lang, dossier: &Dossier, plan: &BallotPlan, field: &FieldPlan) -> String {
    let place = round::field_name(&field.subject, field.field);
    let scale = &dossier.criteria_for(&field.subject).scale;
    let (ours, theirs) = (round::value_words(&field.ours, scale), round::value_words(&field.theirs, scale));
    let (place, ours, theirs) = (place.t(lang), ours.t(lang), theirs.t(lang));
    let when = |at: Option<Timestamp>| at.map(|at| format!(" ({})", round::moment(at))).unwrap_or_default();
    let (since, saved) = (when(field.since), when(plan.ballot.saved));
    tr!(
        lang,
        "  {place}: 評価データ「{ours}」{since}、評価票「{theirs}」{saved}",
        "  {place}: the dossier has “{ours}”{since}, the ballot “{theirs}”{saved}"
    )
}

fn report(lang: Lang, dossier: &Dossier, plan: &Plan, merged: &Dossier, written: bool) -> Value {
    let ballots: Vec<Value> = plan.ballots.iter().map(|ballot| of_ballot(lang, dossier, ballot)).collect();
    let refused: Vec<Value> = (plan.refused.iter())
        .map(
            |refusal| json!({ "file": refusal.file, "why": refusal.why, "message": refusal.message.t(lang) }),
        )
        .collect();
    let members = rounds_of(merged, plan).into_iter().flat_map(|round| {
        let state = round::completeness(merged, round);
        state.members.into_iter().map(|member| {
            json!({
                "round": round.id,
                "member": member.member,
                "received": member.received,
                "blank": member.blank(),
                "cells": member.asked.iter().flat_map(|asked| {
                    let subject = &asked.subject;
                    asked.cells.iter().map(move |(no, cell)| {
                        json!({ "subject": subject, "criterion": no, "cell": cell })
                    })
                }).collect::<Vec<_>>(),
            })
        })
    });
    let completeness: Vec<Value> = members.collect();
    json!({
        "ballots": ballots,
        "completeness": completeness,
        "refused": refused,
        "changes": plan.changes(),
        "conflicts": plan.open_conflicts(),
        "written": written,
    })
}

fn of_ballot(lang: Lang, dossier: &Dossier, plan: &BallotPlan) -> Value {
    let ballot = &plan.ballot;
    let fields: Vec<Value> = plan.fields.iter().map(|field| of_field(lang, dossier, field)).collect();
    let remarks: Vec<Value> = (ballot.remarks.iter())
        .map(
            |remark| json!({ "sheet": remark.sheet, "cell": remark.cell, "message": remark.message.t(lang) }),
        )
        .collect();
    json!({
        "file": ballot.file,
        "round": ballot.round,
        "member": ballot.member,
        "revision": ballot.revision,
        "edition": ballot.edition,
        "saved": ballot.saved,
        "standing": plan.standing,
        "fields": fields,
        "remarks": remarks,
    })
}

fn of_field(lang: Lang, dossier: &Dossier, field: &FieldPlan) -> Value {
    use crate::model::AnswerField;
    let scale = &dossier.criteria_for(&field.subject).scale;
    let words = |value| round::value_words(value, scale).t(lang).to_owned();
    let criterion: Option<CriterionNo> = match field.field {
        AnswerField::Score(no) | AnswerField::Comment(no, _) => Some(no),
        AnswerField::Recommendation => None,
    };
    let subject: &SubjectId = &field.subject;
    json!({
        "place": round::field_name(subject, field.field).t(lang),
        "subject": subject,
        "criterion": criterion,
        "outcome": field.outcome,
        "issued": words(&field.base),
        "dossier": words(&field.ours),
        "since": field.since,
        "ballot": words(&field.theirs),
        "taken": field.taken.unwrap_or(false),
    })
}
