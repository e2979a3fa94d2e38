//! `hyoka issue`: a ballot for each member.

use super::{Console, Outcome, open};
use crate::locale::{Lang, Term};
use crate::model::{Dossier, MemberId, RowId};
use crate::round::{self, IssuedFile};
use crate::store;
use crate::tr;
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be issued.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Dossier from which ballots are issued; what was issued is noted in it (the one before stays as .bak)
    dossier: PathBuf,
    /// Folder to write the ballots to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Round; otherwise the last one, or a first one with every member and subject
    #[arg(long, value_name = "ID")]
    round: Option<String>,
    /// Only these members
    #[arg(long = "member", value_name = "ID")]
    members: Vec<String>,
}

/// Writes the ballots and notes them in the dossier.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let mut dossier = match open(console, &arguments.dossier) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let now = Timestamp::now();
    let issued = prepare(&mut dossier, arguments, now, lang).and_then(|id| {
        let members = members(&dossier, &id, arguments, lang)?;
        round::issue(&dossier, &id, &members, now, lang).map_err(|error| error.message().t(lang).to_owned())
    });
    let issued = match issued {
        Ok(issued) => issued,
        Err(sentence) => return console.refuse(&sentence),
    };
    if let Err(sentence) = write(lang, &arguments.output, &issued.files) {
        return console.refuse(&sentence);
    }
    // A ballot that is not noted could never be merged.
    if let Err(error) = store::save(&arguments.dossier, &issued.dossier) {
        remove(&arguments.output, &issued.files);
        return console.refuse(&error.message(lang));
    }
    let lines: Vec<String> =
        issued.files.iter().map(|file| format!("{}  {}", file.member, file.name)).collect();
    console.print(&lines.join("\n"))
}

/// The round to issue, frozen.
fn prepare(
    dossier: &mut Dossier,
    arguments: &Arguments,
    now: Timestamp,
    lang: Lang,
) -> Result<RowId, String> {
    let id = if let Some(id) = &arguments.round {
        RowId::from(id.as_str())
    } else {
        if dossier.rounds.is_empty() {
            let round = round::begin(dossier);
            dossier.rounds.push(round);
        }
        dossier.rounds.last().map(|round| round.id.clone()).unwrap_or_default()
    };
    let frozen = dossier.rounds.iter().any(|round| round.id == id && round.frozen.is_some());
    if !frozen {
        round::freeze(dossier, &id, now).map_err(|lacking| {
            let file = arguments.dossier.display();
            let what: Vec<_> = lacking.into_iter().map(|what| what.term(lang)).collect();
            let what = what.join(lang.t("、", "; "));
            tr!(
                lang,
                "{file}: 評価票を発行できません（{what}）。直してから発行してください。",
                "{file}: ballots cannot be issued ({what}); mend that first."
            )
        })?;
    }
    Ok(id)
}

/// Who gets a ballot.
fn members(
    dossier: &Dossier,
    round: &RowId,
    arguments: &Arguments,
    lang: Lang,
) -> Result<Vec<MemberId>, String> {
    let asked = dossier.rounds.iter().find(|other| other.id == *round).map(|round| round.members.clone());
    let asked = asked.unwrap_or_default();
    if arguments.members.is_empty() {
        return Ok(asked);
    }
    let wanted: Vec<MemberId> = arguments.members.iter().map(|id| MemberId::from(id.as_str())).collect();
    match wanted.iter().find(|member| !asked.contains(member)) {
        Some(stranger) => Err(tr!(
            lang,
            "{stranger} はこの回の委員ではありません。記号を確かめてください。",
            "{stranger} is no member of this round; check the id."
        )),
        None => Ok(wanted),
    }
}

fn write(lang: Lang, folder: &Path, files: &[IssuedFile]) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| store::writing(lang, folder, &error))?;
    for (index, file) in files.iter().enumerate() {
        let path = folder.join(&file.name);
        if let Err(error) = store::write_atomically(&path, &file.bytes, false) {
            remove(folder, &files[..index]);
            return Err(store::writing(lang, &path, &error));
        }
    }
    Ok(())
}

/// Takes back what was written before something failed.
fn remove(folder: &Path, files: &[IssuedFile]) {
    for file in files {
        // What cannot be removed is left; the ballot is not noted and will be refused.
        let _ = fs::remove_file(folder.join(&file.name));
    }
}
