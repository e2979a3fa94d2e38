//! `hyoka issue`: a ballot for each member.

use super::{Console, Outcome, open, passphrase};
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
    /// Dossier from which ballots are issued; it is not changed
    dossier: PathBuf,
    /// Folder to write the ballots to, and the dossier that knows of them
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Where to write the dossier with the note of what was issued; otherwise `NAME_issued.ron` in the folder
    #[arg(long, value_name = "OUT.ron")]
    save: Option<PathBuf>,
    /// Make a key, so that ballots come back encrypted, and write it here; its passphrase is asked for, or taken from
    /// `HYOKA_PASSPHRASE`
    #[arg(long, value_name = "KEY.age")]
    make_key: Option<PathBuf>,
    /// Round; otherwise the last one, or a first one with every member and subject
    #[arg(long, value_name = "ID")]
    round: Option<String>,
    /// Only these members
    #[arg(long = "member", value_name = "ID")]
    members: Vec<String>,
}

/// Writes the ballots, and beside them the dossier with the note of what was issued.
pub(super) fn run(console: &Console, arguments: &Arguments) -> Outcome {
    let lang = console.lang();
    let mut dossier = match open(console, &arguments.dossier) {
        Ok(dossier) => dossier,
        Err(outcome) => return outcome,
    };
    let now = Timestamp::now();
    let issued = prepare(&mut dossier, arguments, now, lang).and_then(|id| {
        if let Some(path) = &arguments.make_key {
            make_key(console, &mut dossier, &id, path)?;
        }
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
    let noted = arguments.save.clone().unwrap_or_else(|| beside(&arguments.output, &arguments.dossier));
    if let Err(error) = store::save(&noted, &issued.dossier) {
        remove(&arguments.output, &issued.files);
        return console.refuse(&error.message(lang));
    }
    let mut lines: Vec<String> =
        issued.files.iter().map(|file| format!("{}  {}", file.member, file.name)).collect();
    let noted = noted.display();
    lines.push(tr!(
        lang,
        "発行の記録: {noted}（届いた評価票は、この評価データに取り込みます）",
        "noted in {noted}; merge what comes back into that dossier"
    ));
    console.print(&lines.join("\n"))
}

/// A file in the folder that is not there yet, named after the dossier: `e_issued.ron`, then `e_issued_2.ron`.
fn beside(folder: &Path, dossier: &Path) -> PathBuf {
    let stem = dossier.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.split("_issued").next().unwrap_or_default();
    let name = |n: u32| {
        let nth = if n == 1 { String::new() } else { format!("_{n}") };
        folder.join(format!("{stem}_issued{nth}.ron"))
    };
    (1..=u32::MAX).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
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

/// Makes a key for a round that has none and of which nothing is out yet, and writes it.
fn make_key(console: &Console, dossier: &mut Dossier, id: &RowId, path: &Path) -> Result<(), String> {
    let lang = console.lang();
    let file = path.display();
    let Some(round) = dossier.rounds.iter_mut().find(|round| round.id == *id) else { return Ok(()) };
    if !round.key.is_empty() || !round.issued.is_empty() {
        return Err(lang
            .t(
                "この回には鍵があるか、評価票が発行済みです。--make-key を付けずに発行してください。",
                "the round has a key, or ballots of it are out; issue without --make-key.",
            )
            .to_owned());
    }
    if path.exists() {
        return Err(tr!(
            lang,
            "{file} はすでにあります。鍵ファイルは上書きしません。別の名前を付けてください。",
            "{file} already exists, and a key file is never overwritten; give another name."
        ));
    }
    let key = round::Key::generate();
    let bytes =
        key.protected(&passphrase::chosen(console)?).map_err(|error| error.message().t(lang).to_owned())?;
    store::write_atomically(path, &bytes, false).map_err(|error| store::writing(lang, path, &error))?;
    round.key = key.public();
    Ok(())
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
    // A ballot that was sent already must stay what it was.
    if let Some(file) = files.iter().find(|file| folder.join(&file.name).exists()) {
        let path = folder.join(&file.name);
        let path = path.display();
        return Err(tr!(
            lang,
            "{path} はすでにあります。前回の発行の記録がある評価データから発行するか、別のフォルダーを指定してください。",
            "{path} already exists; issue from the dossier that knows of the last issue, or name another folder."
        ));
    }
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
