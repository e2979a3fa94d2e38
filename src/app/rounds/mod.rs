//! What a round needs of the window: ballots written and read by jobs, the preview of a merge, a member's own ballot.

mod autosave;
mod member;
mod merge;

use super::document::Document;
use super::files::{Purpose, in_home, waker};
use super::kit::Kind;
use super::panels::ballot::Ballot;
use super::route::Route;
use super::window::Window;
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{CriterionNo, Dossier, IssuedBallot, RowId, SubjectId};
use crate::round::{self, Key, KeyError, Package, Plan, Received};
use crate::sheets::{Limits, Reader};
use crate::tasks::{Job, Poll};
use crate::{store, tr};
use egui::Context;
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Something that a panel or a page about a round asks of the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Writes the ballots of a round.
    Issue(RowId),
    /// Merges ballots.
    Merge,
    /// Writes who lacks what.
    Chase(RowId),
    /// Makes a key for a round, protected by that passphrase.
    MakeKey(RowId, String),
    /// Writes a receipt for each member.
    Receipts(RowId),
    /// Writes a member's finished ballot.
    HandIn,
    /// Shows a field of a member's ballot that is missing.
    Jump(SubjectId, CriterionNo),
}

/// What issuing came to: the round, what was issued, where to.
type Issued = (RowId, Vec<IssuedBallot>, PathBuf);

/// A ballot that was handed in: where it went, and as what.
type HandedIn = (PathBuf, Package);

/// A plan, and the document and its state that it was made for.
type Planned = ((u64, u64), Plan);

/// What working with a key came to. A passphrase makes it slow, on purpose.
#[derive(Debug)]
enum Keyed {
    /// A new key for a round: its public half, and the file with the secret one.
    Made { round: RowId, path: PathBuf, public: String, file: Result<Vec<u8>, KeyError> },
    /// The key of a file.
    Opened(Result<Key, KeyError>),
}

/// The window's work for rounds.
#[derive(Debug)]
pub(crate) struct RoundDesk {
    reader: Reader,
    issuing: Option<Job<Result<Issued, Both>>>,
    receiving: Option<Job<(Vec<Received>, Planned)>>,
    /// A finished ballot that is being written: which document, and what came of it.
    handing: Option<(u64, Job<Result<HandedIn, Both>>)>,
    /// Whether the window closes once that is done.
    quit: bool,
    /// A key that is being made, or opened.
    keying: Option<Job<Keyed>>,
    /// The files that were read for the merge.
    paths: Vec<PathBuf>,
    files: Vec<Received>,
    /// The plan, and the state of the document that it was made for.
    plan: Option<Planned>,
    /// The secretariat's key, for encrypted ballots.
    key: Option<Key>,
    key_path: String,
    passphrase: String,
    key_trouble: Option<Both>,
    /// Since when a ballot in a member's hands holds what is not on disk, and when that changed last.
    news: Option<(Instant, Instant)>,
    /// The settled state that was looked at last.
    seen: Option<(u64, u64)>,
    /// Why the ballot could not be saved of itself.
    pub(super) autosave_trouble: Option<Both>,
}

impl RoundDesk {
    /// A desk that reads Excel forms with `reader`; otherwise with a child process of this program.
    pub(super) fn new(reader: Option<Reader>) -> Self {
        Self {
            reader: reader.unwrap_or_else(|| Reader::of_this_program(Limits::default())),
            issuing: None,
            receiving: None,
            handing: None,
            quit: false,
            keying: None,
            paths: Vec::new(),
            files: Vec::new(),
            plan: None,
            key: None,
            key_path: String::new(),
            passphrase: String::new(),
            key_trouble: None,
            news: None,
            seen: None,
            autosave_trouble: None,
        }
    }

    fn forget(&mut self) {
        self.paths.clear();
        self.files.clear();
        self.plan = None;
    }
}

impl Window {
    /// Looks after jobs.
    pub(super) fn round_logic(&mut self, ctx: &Context) {
        self.poll_issuing(ctx);
        self.poll_receiving();
        self.poll_handing(ctx);
        self.poll_keying(ctx);
        self.autosave(ctx);
    }

    /// Does what was asked for.
    pub(super) fn round_ask(&mut self, ctx: &Context, ask: Ask) {
        self.settle();
        match ask {
            Ask::Issue(round) => {
                let folder = self.beside(self.lang.t("評価票", "ballots"));
                self.ask(ctx, Purpose::Issue(round), folder);
            }
            Ask::Merge => self.ask(ctx, Purpose::Merge, String::new()),
            Ask::Chase(round) => {
                let file = self.beside(self.lang.t("未記入一覧.txt", "missing.txt"));
                self.ask(ctx, Purpose::Chase(round), file);
            }
            Ask::Receipts(round) => {
                let folder = self.beside(self.lang.t("受領書", "receipts"));
                self.ask(ctx, Purpose::Receipts(round), folder);
            }
            Ask::Jump(subject, criterion) => self.jump_to(subject, criterion),
            Ask::MakeKey(round, passphrase) => {
                self.round.passphrase = passphrase;
                let file = self.beside("hyoka-key.age");
                self.ask(ctx, Purpose::Key(round), file);
            }
            Ask::HandIn => {
                let file = self.hand_in_name();
                self.ask(ctx, Purpose::HandIn, file);
            }
        }
    }

    /// A place beside the open file.
    fn beside(&self, name: &str) -> String {
        let path = self.document.as_ref().and_then(|document| document.path.as_ref());
        let folder = path.and_then(|path| path.parent());
        folder.map_or_else(|| in_home(name), |folder| folder.join(name).display().to_string())
    }

    fn told(&mut self, what: &Both) {
        self.messages.push(Kind::Alarm, what.t(self.lang), "");
    }

    /// Writes a round's ballots in the background.
    pub(super) fn start_issue(&mut self, ctx: &Context, round: RowId, folder: PathBuf) {
        let Some(document) = self.document.as_ref().filter(|_| self.round.issuing.is_none()) else { return };
        let (dossier, lang) = (document.dossier.clone(), self.lang);
        let job = Job::start(lang.t("評価票の発行", "Issue ballots"), waker(ctx), move |_| {
            issue(&dossier, &round, &folder, lang)
        });
        match job {
            Ok(job) => self.round.issuing = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_issuing(&mut self, ctx: &Context) {
        let Some(job) = &self.round.issuing else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.round.issuing = None;
        let lang = self.lang;
        match outcome {
            Poll::Done(Ok((id, issued, folder))) => {
                let n = issued.len();
                let Some(document) = &mut self.document else { return };
                if let Some(round) = document.dossier.rounds.iter_mut().find(|round| round.id == id) {
                    round.issued.extend(issued);
                }
                self.settled_as(lang.t("評価票の発行", "Ballots issued").to_owned());
                self.messages.push(
                    Kind::Good,
                    tr!(
                        lang,
                        "{n} 名の評価票を発行しました。発行の記録を残すため、評価データを保存します。",
                        "The ballots of {n} members are written. The dossier is saved, to keep the record of them."
                    ),
                    folder.display().to_string(),
                );
                self.save(ctx, None);
            }
            Poll::Done(Err(what)) => self.told(&what),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Records what changed as one step of that name.
    fn settled_as(&mut self, label: String) {
        if let Some(document) = &mut self.document
            && let Err(error) = document.settle_as(label)
        {
            let detail = error.to_string();
            self.job_trouble(&detail);
        }
    }

    /// Writes who lacks what.
    pub(super) fn write_chase(&mut self, id: &RowId, path: &Path) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(round) = document.dossier.rounds.iter().find(|round| round.id == *id) else { return };
        let state = round::completeness(&document.dossier, round);
        let text = format!("{}\n", state.text(&document.dossier, round.deadline, lang));
        self.wrote(path, text.as_bytes(), lang.t("一覧を書き出しました", "The list is written"));
    }

    /// Writes a receipt for each member of whom something was received.
    pub(super) fn write_receipts(&mut self, id: &RowId, folder: &Path) {
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(round) = document.dossier.rounds.iter().find(|round| round.id == *id) else { return };
        let texts = round.members.iter().filter_map(|member| {
            let text = round::receipt(&document.dossier, round, member, lang)?;
            Some((folder.join(round::receipt_name(id, member)), format!("{text}\n")))
        });
        let texts: Vec<(PathBuf, String)> = texts.collect();
        let written = fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error)).and_then(|()| {
            texts.iter().try_for_each(|(path, text)| {
                store::write_atomically(path, text.as_bytes(), false).map_err(|error| (path.clone(), error))
            })
        });
        match written {
            Ok(()) => {
                let n = texts.len();
                let words =
                    tr!(lang, "{n} 名の受領書を書き出しました", "Receipts of {n} members are written");
                self.messages.push(Kind::Good, words, folder.display().to_string());
            }
            Err((path, error)) => {
                self.messages.push(Kind::Alarm, store::writing(lang, &path, &error), "");
            }
        }
    }

    fn wrote(&mut self, path: &Path, bytes: &[u8], done: &str) -> bool {
        match store::write_atomically(path, bytes, false) {
            Ok(()) => {
                self.messages.push(Kind::Good, done, path.display().to_string());
                true
            }
            Err(error) => {
                self.messages.push(Kind::Alarm, store::writing(self.lang, path, &error), "");
                false
            }
        }
    }

    /// Makes a key in the background, protected by the passphrase that was given.
    pub(super) fn start_key(&mut self, ctx: &Context, round: RowId, path: PathBuf) {
        let passphrase = std::mem::take(&mut self.round.passphrase);
        let name = self.lang.t("鍵の作成", "Make a key");
        let job = Job::start(name, waker(ctx), move |_| {
            let key = Key::generate();
            Keyed::Made { round, path, public: key.public(), file: key.protected(&passphrase) }
        });
        match job {
            Ok(job) => self.round.keying = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_keying(&mut self, ctx: &Context) {
        let Some(job) = &self.round.keying else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.round.keying = None;
        match outcome {
            Poll::Done(Keyed::Made { round, path, public, file: Ok(file) }) => {
                self.write_key(&round, &path, public, &file);
            }
            Poll::Done(Keyed::Made { file: Err(error), .. }) => self.told(&error.message()),
            Poll::Done(Keyed::Opened(Ok(key))) => {
                self.round.key = Some(key);
                self.round.key_trouble = None;
                self.start_receiving(ctx);
            }
            Poll::Done(Keyed::Opened(Err(error))) => self.round.key_trouble = Some(error.message()),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Writes a key's file, and gives the round its public half.
    fn write_key(&mut self, id: &RowId, path: &Path, public: String, file: &[u8]) {
        let done = self.lang.t(
            "鍵を作りました。鍵ファイルと合言葉の両方がないと評価票を開けません。",
            "The key is made. Ballots open only with both the key file and the passphrase.",
        );
        if !self.wrote(path, file, done) {
            return;
        }
        if let Some(document) = &mut self.document
            && let Some(round) = document.dossier.rounds.iter_mut().find(|round| round.id == *id)
        {
            round.key = public;
        }
        self.settle();
    }

    /// Whether a ballot is open in a member's hands.
    pub(super) fn in_members_hands(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.package.is_some())
    }

    /// The drawer's form as it opens: the member's own in a member's hands.
    pub(super) fn fresh_ballot(&self) -> Ballot {
        let own = self.document.as_ref().and_then(|document| document.package.as_ref());
        own.map_or_else(Ballot::default, |package| Ballot::own(package.head.member.clone()))
    }

    /// Shows a ballot in a member's hands: what is to be done, with the form beside it.
    pub(super) fn show_ballot(&mut self, package: Package, dossier: Dossier, path: PathBuf) {
        self.prefs.opened(&path);
        self.remember();
        if let Some(saved) = package.head.saved {
            let at = round::moment(saved);
            let words = tr!(
                self.lang,
                "前回の続きを開きました（{at} 保存）",
                "The ballot goes on where it was left (saved {at})"
            );
            self.messages.push(Kind::Info, words, "");
        }
        self.show_document(Document::ballot(package, dossier, path));
        self.show_own_ballot();
    }
}

impl Window {
    /// Shows the form of the ballot that is open.
    pub(super) fn show_own_ballot(&mut self) {
        self.ballot = Some(self.fresh_ballot());
        self.route = Route::OwnBallot;
    }
}

/// Makes the ballots of a round and writes them.
fn issue(dossier: &Dossier, id: &RowId, folder: &Path, lang: Lang) -> Result<Issued, Both> {
    let round = dossier.rounds.iter().find(|round| round.id == *id);
    let (members, before) =
        round.map(|round| (round.members.clone(), round.issued.len())).unwrap_or_default();
    let issue =
        round::issue(dossier, id, &members, Timestamp::now(), lang).map_err(|error| error.message())?;
    let told = |path: &Path, error: &std::io::Error| {
        let [ja, en] = Lang::ALL.map(|lang| store::writing(lang, path, error));
        both!("{ja}", "{en}")
    };
    fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    for file in &issue.files {
        let path = folder.join(&file.name);
        store::write_atomically(&path, &file.bytes, false).map_err(|error| told(&path, &error))?;
    }
    let noted = issue.dossier.rounds.iter().find(|round| round.id == *id);
    let issued = noted.map(|round| round.issued[before..].to_vec()).unwrap_or_default();
    Ok((id.clone(), issued, folder.to_owned()))
}
