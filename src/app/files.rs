//! Opening and saving: paths are asked for, the work is done by jobs.

use super::charts::PictureKind;
use super::dialogs::Dialog;
use super::document::Document;
use super::kit::Kind;
use super::window::{Then, Window};
use crate::both;
use crate::locale::{Both, Lang};
use crate::model::{Dossier, RowId, Snapshot};
use crate::report::outline::Bundled;
use crate::round::{self, Package};
use crate::store::{self, Locking, Opened, Saved, Seen, StoreError};
use crate::tasks::{Job, Poll, Waker};
use crate::tr;
use egui::Context;
use jiff::Timestamp;
use std::collections::VecDeque;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To open a dossier.
    Open,
    /// To save the dossier, and then go on.
    SaveAs(Option<Then>),
    /// To import tables; several files, one a line.
    Import,
    /// To save the map of a form.
    FormMap,
    /// To write the report bundle.
    Export,
    /// To read the order of the report from a file.
    ReadTemplate,
    /// To write an order of the report out.
    WriteTemplate(&'static Bundled),
    /// To save a chart.
    Picture(PictureKind),
    /// To write a round's ballots into a folder.
    Issue(RowId),
    /// To merge ballots; several files or folders, one a line.
    Merge,
    /// To write a list of who lacks what.
    Chase(RowId),
    /// To write a receipt for each member into a folder.
    Receipts(RowId),
    /// To write a finished ballot that goes back to the secretariat.
    HandIn,
    /// To write a new key of the secretariat's, for a round.
    Key(RowId),
}

/// What opening a file gave.
#[derive(Debug)]
enum Read {
    Dossier(Box<Opened>, Locking),
    Ballot(Box<(Package, Dossier)>),
}

/// A path being asked for.
#[derive(Debug)]
pub(crate) struct PathPrompt {
    /// What for.
    pub(crate) purpose: Purpose,
    /// What is typed so far.
    pub(crate) text: String,
    /// Why the last attempt was not accepted.
    pub(crate) trouble: Option<String>,
    /// Whether overwriting the file in `text` was agreed to.
    pub(crate) overwrite: bool,
}

/// Files on their way in or out.
#[derive(Debug)]
pub(crate) struct Files {
    native: bool,
    opening: Option<(PathBuf, Job<Result<Read, Both>>)>,
    saving: Option<Saving>,
    /// What is to be saved once the save under way is done, in this order.
    next: VecDeque<Request>,
    asking: Option<Asking>,
}

/// A platform dialog that is open.
#[derive(Debug)]
struct Asking {
    purpose: Purpose,
    since: Instant,
    job: Job<Option<Vec<PathBuf>>>,
}

/// A document as it is to be saved.
#[derive(Debug)]
struct Request {
    /// Which document; another may be open when it is done.
    serial: u64,
    dossier: Snapshot,
    /// The ballot that it fills in.
    package: Option<Package>,
    path: PathBuf,
    /// What the file held when it was read or written last; none where it may be replaced, as was agreed to.
    seen: Option<Seen>,
    then: Option<Then>,
    /// Whether it saves of itself, and so says nothing.
    quiet: bool,
    /// Whether what stood there is kept as a backup.
    backup: bool,
}

/// A document that was saved, or was not.
#[derive(Debug)]
struct Stored {
    dossier: Snapshot,
    package: Option<Package>,
    /// None for a ballot, which nobody else writes.
    result: Result<Option<Saved>, Both>,
    /// What locking it gave, where it is saved under another name than before.
    locking: Option<Locking>,
}

#[derive(Debug)]
struct Saving {
    quiet: bool,
    serial: u64,
    path: PathBuf,
    then: Option<Then>,
    job: Job<Stored>,
}

/// The endings of files that tables are imported from.
const IMPORTED: [&str; 11] =
    ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip", "json", "ron"];

/// A platform dialog that is gone sooner than anyone can answer it never opened.
const NEVER_OPENED: Duration = Duration::from_millis(600);

/// Wakes the window when a job has news.
pub(super) fn waker(ctx: &Context) -> Waker {
    let ctx = ctx.clone();
    Arc::new(move || ctx.request_repaint())
}

impl Files {
    /// Without `native`, paths are typed only.
    pub(super) fn new(native: bool) -> Self {
        Self { native, opening: None, saving: None, next: VecDeque::new(), asking: None }
    }

    /// Whether a dossier is being read.
    pub(super) fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Whether a dossier is being written.
    pub(super) fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Closes the window when the save under way is done; false if there is none.
    pub(super) fn quit_when_saved(&mut self) -> bool {
        if let Some(saving) = &mut self.saving {
            saving.then = Some(Then::Quit);
        }
        self.saving.is_some()
    }

    /// Forgets the dossier being read.
    pub(super) fn cancel_opening(&mut self) {
        if let Some((_, job)) = self.opening.take() {
            job.cancel();
        }
    }
}

impl Window {
    /// Looks after jobs.
    pub(super) fn files_logic(&mut self, ctx: &Context) {
        self.poll_opening();
        self.poll_saving(ctx);
        self.poll_asking(ctx);
        self.poll_pictures();
    }

    fn poll_pictures(&mut self) {
        let lang = self.lang;
        match self.pictures.poll() {
            None => {}
            Some(Ok(path)) => {
                let file = path.display().to_string();
                self.messages.push(Kind::Good, lang.t("図を保存しました", "The figure is saved"), file);
            }
            Some(Err(why)) if why.is_empty() => self.job_trouble(""),
            Some(Err(why)) => self.messages.push(Kind::Alarm, why, ""),
        }
    }

    /// Opens a file in the background.
    pub(super) fn open(&mut self, ctx: &Context, path: PathBuf) {
        let lang = self.lang;
        let from = path.clone();
        match Job::start(lang.t("開く", "Open"), waker(ctx), move |_| read(&from)) {
            Ok(job) => self.files.opening = Some((path, job)),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_opening(&mut self) {
        let Some((path, job)) = &self.files.opening else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        let path = path.clone();
        self.files.opening = None;
        match outcome {
            Poll::Done(Ok(Read::Ballot(read))) => {
                let (package, dossier) = *read;
                self.show_ballot(package, dossier, path);
            }
            Poll::Done(Ok(Read::Dossier(opened, locking))) => {
                let projects = opened.dossier.projects.len();
                tracing::info!(schema = opened.schema, projects, "a dossier is open");
                self.prefs.opened(&path);
                self.remember();
                if path.extension().is_some_and(|extension| extension == "bak") {
                    let text = self.lang.t(
                        "控えを開きました。控えには上書きしません。名前を付けて保存してください。",
                        "This is a backup, which is not written to; save it under a name.",
                    );
                    self.messages.push(Kind::Info, text, "");
                    self.show_document(Document::recovered(opened.dossier, path.with_extension("")));
                } else if opened.schema < store::SCHEMA {
                    let text = self.lang.t(
                        "古い書式のファイルを読み込みました。保存すると新しい書式になります（元の内容は .bak に残ります）。",
                        "The file was in an older format; saving writes the new one and keeps the old as .bak.",
                    );
                    self.messages.push(Kind::Info, text, "");
                    self.show_document(Document::migrated(opened.dossier, path).seen(opened.seen));
                    self.locked(locking);
                } else {
                    self.show_document(Document::new(opened.dossier, Some(path)).seen(opened.seen));
                    self.back_to_page();
                    self.locked(locking);
                }
            }
            Poll::Done(Err(error)) => self.messages.push(Kind::Alarm, error.t(self.lang), ""),
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Saves to the file it came from, or asks for one; then goes on.
    pub(super) fn save(&mut self, ctx: &Context, then: Option<Then>) {
        let Some(document) = &self.document else { return };
        match document.path.clone() {
            // Writing it again would put the same text into the backup, and lose what is there.
            Some(path) if then.is_none() && !document.is_dirty() && path.exists() => {
                let text = self
                    .lang
                    .t("変更はないので、保存済みのままです。", "Nothing has changed since the last save.");
                self.messages.push(Kind::Info, text, "");
            }
            Some(path) => self.save_to(ctx, path, then),
            None => self.ask_save_as(ctx, then),
        }
    }

    pub(super) fn save_to(&mut self, ctx: &Context, path: PathBuf, then: Option<Then>) {
        let Some(document) = &self.document else { return };
        let (dossier, package) = (document.snapshot(), document.package.clone());
        let own = document.path.as_ref() == Some(&path);
        let (serial, seen) = (document.serial(), document.seen.clone().filter(|_| own));
        let mut request = Request { serial, dossier, package, path, seen, then, quiet: false, backup: true };
        if self.files.saving.is_none() {
            return self.begin_saving(ctx, request);
        }
        // A later state of the same document to the same file takes the place of the earlier one.
        let same = |waiting: &Request| (waiting.serial, &waiting.path) == (request.serial, &request.path);
        if let Some(earlier) = self.files.next.iter().position(same).and_then(|at| self.files.next.remove(at))
        {
            request.then = request.then.or(earlier.then);
        }
        self.files.next.push_back(request);
    }

    fn begin_saving(&mut self, ctx: &Context, request: Request) {
        let Request { serial, dossier, package, path, seen, then, quiet, backup } = request;
        let known = self.document.as_ref().and_then(|document| document.path.clone());
        let target = path.clone();
        let job = Job::start(self.lang.t("保存", "Save"), waker(ctx), move |_| {
            let whole = dossier.to_dossier();
            let package = package.map(|package| package.saved(&whole, Timestamp::now(), false));
            let result = match &package {
                Some(package) => write_ballot(&target, package, backup).map(|()| None),
                None => store::save_over(&target, &whole, seen.as_ref(), backup)
                    .map(Some)
                    .map_err(|error| both_of(&error)),
            };
            let moved = package.is_none() && known.is_none_or(|known| !same_file(&known, &target));
            let locking = (moved && result.is_ok()).then(|| store::lock(&target));
            Stored { dossier, package, result, locking }
        });
        match job {
            Ok(job) => self.files.saving = Some(Saving { quiet, serial, path, then, job }),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    fn poll_saving(&mut self, ctx: &Context) {
        let Some(saving) = &self.files.saving else { return };
        let outcome = saving.job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        let Some(Saving { quiet, serial, path, mut then, .. }) = self.files.saving.take() else { return };
        if let Some(mut next) = self.files.next.pop_front() {
            // What comes after this save has to wait for the next one too.
            next.then = next.then.or(then.take());
            self.begin_saving(ctx, next);
        }
        let lang = self.lang;
        match outcome {
            Poll::Done(Stored { result: Ok(Some(Saved::Meanwhile(opened))), .. }) => {
                let here = self.document.as_ref().filter(|document| document.serial() == serial);
                let state = here.map(|document| (document.serial(), document.revision()));
                if let Some(state) = state.filter(|_| quiet && then.is_none()) {
                    self.autosave.keep_out(state);
                    let text = lang.t(
                        "ファイルがほかで書き換えられていたため、自動保存しませんでした。保存すると、双方の変更を突き合わせます。",
                        "The file was changed elsewhere and has not saved itself. Save, and both sides' changes are compared.",
                    );
                    self.messages.push(Kind::Caution, text, path.display().to_string());
                } else if state.is_some() {
                    self.meanwhile(*opened, then, true);
                } else {
                    let file = path.display();
                    let text = tr!(
                        lang,
                        "{file} はほかで書き換えられていたため、上書きしませんでした。",
                        "{file} was changed elsewhere and has not been overwritten."
                    );
                    self.messages.push(Kind::Alarm, text, "");
                }
            }
            Poll::Done(Stored { dossier, package, result: Ok(written), locking }) => {
                let file = path.display().to_string();
                tracing::info!(quiet, "saved");
                self.round.autosave_trouble = None;
                if !quiet {
                    self.prefs.opened(&path);
                    self.remember();
                }
                if let Some(document) = self.document.as_mut().filter(|document| document.serial() == serial)
                {
                    document.saved_as(path, dossier);
                    document.autosaved = match &package {
                        Some(package) => package.head.saved,
                        None => quiet.then(Timestamp::now),
                    };
                    document.package = package;
                    document.seen = written.and_then(|saved| match saved {
                        Saved::Written(seen) => Some(seen),
                        Saved::Meanwhile(_) => None,
                    });
                    self.journals.saved(document);
                    if let Some(locking) = locking {
                        self.locked(locking);
                    }
                }
                if !quiet {
                    self.messages.push(Kind::Good, lang.t("保存しました", "Saved"), file);
                }
                if let Some(then) = then {
                    self.leave(ctx, then);
                }
            }
            Poll::Done(Stored { result: Err(error), .. }) => {
                // What saves of itself says once that it cannot.
                if !quiet || self.round.autosave_trouble.is_none() {
                    self.messages.push(Kind::Alarm, error.t(lang), "");
                }
                self.round.autosave_trouble = quiet.then_some(error);
                // A ballot that cannot be saved must not keep the window open for ever.
                if let Some(then) = then.filter(|_| self.in_members_hands()) {
                    self.dialog = Some(Dialog::Unsaved(then));
                }
            }
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Saves of itself, without a word: a ballot in a member's hands, or a dossier where that is asked for. The first
    /// time, what stood there before is kept as the backup.
    pub(super) fn save_quietly(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        let Some(path) = document.path.clone().filter(|_| self.files.saving.is_none()) else { return };
        let request = Request {
            serial: document.serial(),
            dossier: document.snapshot(),
            package: document.package.clone(),
            path,
            // Nobody else writes a ballot.
            seen: document.seen.clone().filter(|_| document.package.is_none()),
            then: None,
            quiet: true,
            backup: document.autosaved.is_none(),
        };
        self.begin_saving(ctx, request);
    }

    pub(super) fn job_trouble(&mut self, detail: &str) {
        let text = self.lang.t(
            "処理が途中で終わりました。評価データは変わっていません。もう一度お試しください。",
            "The job ended early; the dossier is unchanged. Please try again.",
        );
        self.messages.push(Kind::Alarm, text, detail);
    }

    /// Asks for a file to open.
    pub(super) fn ask_open(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Open, String::new());
    }

    /// Asks where to save.
    pub(super) fn ask_save_as(&mut self, ctx: &Context, then: Option<Then>) {
        let Some(document) = &self.document else { return };
        let suggestion = document.path.as_ref().or(document.suggestion.as_ref()).map_or_else(
            || in_home(self.lang.t("評価.ron", "evaluation.ron")),
            |path| path.display().to_string(),
        );
        self.ask(ctx, Purpose::SaveAs(then), suggestion);
    }

    /// Asks for a path: in the window's own prompt, and in the platform's dialog beside it where there is one. A
    /// platform dialog that cannot open leaves the prompt to type in.
    pub(super) fn ask(&mut self, ctx: &Context, purpose: Purpose, text: String) {
        if self.files.native && self.files.asking.is_none() {
            let dialog = native_dialog(self.lang, &purpose, &text);
            // The dialog is made here, on the main thread, and waited for elsewhere.
            match Job::start("dialog", waker(ctx), move |_| pollster::block_on(dialog)) {
                Ok(job) => {
                    let (purpose, since) = (purpose.clone(), Instant::now());
                    self.files.asking = Some(Asking { purpose, since, job });
                }
                Err(error) => tracing::warn!("no thread for the file dialog: {error}"),
            }
        }
        self.dialog = Some(Dialog::Path(PathPrompt { purpose, text, trouble: None, overwrite: false }));
    }

    fn poll_asking(&mut self, ctx: &Context) {
        let Some(asking) = &self.files.asking else { return };
        let outcome = asking.job.poll();
        let opened = asking.since.elapsed() > NEVER_OPENED;
        if matches!(outcome, Poll::Running) {
            return;
        }
        let Some(Asking { purpose, .. }) = self.files.asking.take() else { return };
        // A dialog left open from an earlier question must not answer another one.
        let Some(Dialog::Path(prompt)) = self.dialog.as_mut().filter(|dialog| dialog.asks_for(&purpose))
        else {
            return;
        };
        match outcome {
            Poll::Done(Some(paths)) if purpose == Purpose::Import => {
                self.dialog = None;
                self.import_files(ctx, paths);
            }
            Poll::Done(Some(paths)) if purpose == Purpose::Merge => {
                self.dialog = None;
                self.merge_files(ctx, paths);
            }
            Poll::Done(Some(paths)) => {
                let path = paths.into_iter().next().unwrap_or_default();
                prompt.text = path.display().to_string();
                // The platform's dialog has asked about this very file, not about one with an ending added.
                prompt.overwrite = with_extension(path.clone(), prompt.purpose.extension()) == path;
                self.accept_path(ctx);
            }
            Poll::Done(None) if opened => self.dialog = None,
            _ => {}
        }
    }

    /// Goes on with the path in the prompt.
    pub(super) fn accept_path(&mut self, ctx: &Context) {
        let Some(Dialog::Path(mut prompt)) = self.dialog.take() else { return };
        let lang = self.lang;
        let path = PathBuf::from(prompt.text.trim());
        if path.as_os_str().is_empty() {
            prompt.trouble =
                Some(lang.t("ファイルの場所を入力してください。", "Give the place of the file.").to_owned());
            self.dialog = Some(Dialog::Path(prompt));
            return;
        }
        let path = match &prompt.purpose {
            Purpose::Import => return self.import_files(ctx, each_line(&prompt.text)),
            Purpose::Merge => return self.merge_files(ctx, each_line(&prompt.text)),
            Purpose::Issue(round) => return self.start_issue(ctx, round.clone(), path),
            Purpose::Receipts(round) => return self.write_receipts(round, &path),
            Purpose::Open | Purpose::ReadTemplate => path,
            purpose => with_extension(path, purpose.extension()),
        };
        let own = self.document.as_ref().and_then(|document| document.path.as_ref());
        let own = own.is_some_and(|own| same_file(own, &path));
        if own && !matches!(prompt.purpose, Purpose::Open | Purpose::ReadTemplate | Purpose::SaveAs(_)) {
            let text = self.lang.t(
                "これは開いている評価データそのものです。別の名前を付けてください。",
                "This is the open dossier itself; give another name.",
            );
            prompt.trouble = Some(text.to_owned());
            self.dialog = Some(Dialog::Path(prompt));
            return;
        }
        let reads = matches!(prompt.purpose, Purpose::Open | Purpose::ReadTemplate);
        if !reads && path.exists() && !prompt.overwrite && !own {
            let file = path.display();
            prompt.trouble = Some(tr!(
                lang,
                "{file} はすでにあります。置き換える場合はもう一度押してください。",
                "{file} already exists. Press again to replace it."
            ));
            prompt.overwrite = true;
            prompt.text = path.display().to_string();
            self.dialog = Some(Dialog::Path(prompt));
            return;
        }
        match prompt.purpose {
            Purpose::SaveAs(then) => self.save_to(ctx, path, then),
            Purpose::FormMap => self.save_map(ctx, path),
            Purpose::Export => self.start_export(ctx, path),
            Purpose::ReadTemplate => self.read_template(&path),
            Purpose::WriteTemplate(bundled) => self.write_template(bundled, &path),
            Purpose::Picture(kind) => self.pictures.start(ctx, lang, kind, path),
            Purpose::Chase(round) => self.write_chase(&round, &path),
            Purpose::HandIn => self.hand_in(ctx, path),
            Purpose::Key(round) => self.start_key(ctx, round, path),
            Purpose::Open | Purpose::Import | Purpose::Issue(_) | Purpose::Receipts(_) | Purpose::Merge => {
                self.open(ctx, path);
            }
        }
    }
}

impl Purpose {
    /// What a platform's dialog offers: a name for these files, and their endings. None where a folder is asked for.
    fn filter(&self, lang: Lang) -> Option<(&'static str, &'static [&'static str])> {
        Some(match self {
            Self::Open => (lang.t("評価データ", "Dossier"), &["ron", "bak"]),
            Self::SaveAs(_) => (lang.t("評価データ", "Dossier"), &["ron"]),
            Self::Import => (lang.t("表・評価データ", "Tables and dossiers"), &IMPORTED),
            Self::FormMap => (lang.t("様式の対応付け", "Map of a form"), &["ron"]),
            Self::Export => (lang.t("報告書一式", "Report bundle"), &["zip"]),
            Self::ReadTemplate | Self::WriteTemplate(_) => {
                (lang.t("報告書のひな形", "Template of the report"), &["ron"])
            }
            Self::Picture(PictureKind::Svg) => (lang.t("図", "Figure"), &["svg"]),
            Self::Picture(PictureKind::Png) => (lang.t("図", "Figure"), &["png"]),
            Self::Merge => (lang.t("評価票", "Ballots"), &["ron", "xlsx", "ods", "age"]),
            Self::HandIn => (lang.t("評価票", "Ballots"), &["ron", "age"]),
            Self::Key(_) => (lang.t("鍵ファイル", "Key file"), &["age"]),
            Self::Chase(_) => (lang.t("テキスト", "Text"), &["txt"]),
            Self::Issue(_) | Self::Receipts(_) => return None,
        })
    }

    /// The ending that a file gets if it is given none.
    fn extension(&self) -> &'static str {
        match self {
            Self::Open
            | Self::SaveAs(_)
            | Self::Import
            | Self::FormMap
            | Self::Issue(_)
            | Self::Merge
            | Self::HandIn
            | Self::ReadTemplate
            | Self::WriteTemplate(_) => "ron",
            Self::Chase(_) | Self::Receipts(_) => "txt",
            Self::Key(_) => "age",
            Self::Export => "zip",
            Self::Picture(kind) => kind.extension(),
        }
    }
}

/// The paths in a prompt that takes several.
fn each_line(text: &str) -> Vec<PathBuf> {
    let lines = text.lines().map(|line| line.trim().trim_matches('"'));
    lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect()
}

fn both_of(error: &StoreError) -> Both {
    Both { ja: error.message(Lang::Ja), en: error.message(Lang::En) }
}

/// Reads a file: a dossier, or a ballot to be filled in.
fn read(path: &Path) -> Result<Read, Both> {
    let mut beginning = Vec::new();
    // What cannot be read, the store tells better.
    let _ = File::open(path).and_then(|file| file.take(64).read_to_end(&mut beginning));
    if !round::is_ballot(&beginning) {
        return store::open(path)
            .map(|opened| Read::Dossier(Box::new(opened), store::lock(path)))
            .map_err(|error| both_of(&error));
    }
    let file = path.display();
    let told = |error: round::PackageError| {
        let Both { ja, en } = error.message();
        both!("{file}: {ja}", "{file}: {en}")
    };
    let bytes = std::fs::read(path)
        .map_err(|error| both!("{file} を読めません（{error}）。", "{file} cannot be read ({error})."))?;
    if round::is_encrypted(&bytes) {
        return Err(both!(
            "{file} は事務局あてに暗号化された評価票です。事務局で「評価の実施」から取り込んでください。",
            "{file} is a ballot encrypted to the secretariat; the secretariat merges it under “Rounds”."
        ));
    }
    let package = Package::read(&bytes).map_err(told)?;
    let dossier = package.dossier().map_err(told)?;
    Ok(Read::Ballot(Box::new((package, dossier))))
}

/// Writes a ballot in one step.
pub(super) fn write_ballot(path: &Path, package: &Package, backup: bool) -> Result<(), Both> {
    let told = |lang: Lang, error: &std::io::Error| store::writing(lang, path, error);
    let text = package.to_text().map_err(|trouble| {
        let what = format!("{trouble:?}");
        both!("評価票を書き出せません（{what}）。", "The ballot cannot be written ({what}).")
    })?;
    store::write_atomically(path, text.as_bytes(), backup)
        .map_err(|error| Both { ja: told(Lang::Ja, &error), en: told(Lang::En, &error) })
}

/// Whether two paths lead to one file.
fn same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}

/// A file name in the user's documents, as a first suggestion.
pub(super) fn in_home(name: &str) -> String {
    let dirs = directories::UserDirs::new();
    let folder = dirs.as_ref().map(|dirs| dirs.document_dir().unwrap_or_else(|| dirs.home_dir()));
    folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name)).display().to_string()
}

fn native_dialog(
    lang: Lang,
    purpose: &Purpose,
    suggestion: &str,
) -> std::pin::Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>> {
    let mut dialog = rfd::AsyncFileDialog::new();
    let suggestion = Path::new(suggestion);
    if let Some(folder) = suggestion.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggestion.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    if let Some((name, extensions)) = purpose.filter(lang) {
        dialog = dialog.add_filter(name, extensions);
    }
    let path = |file: rfd::FileHandle| file.path().to_owned();
    match purpose {
        Purpose::Open | Purpose::ReadTemplate => {
            let picked = dialog.pick_file();
            Box::pin(async move { picked.await.map(|file| vec![path(file)]) })
        }
        Purpose::Import | Purpose::Merge => {
            let picked = dialog.pick_files();
            Box::pin(async move { picked.await.map(|files| files.into_iter().map(path).collect()) })
        }
        Purpose::Issue(_) | Purpose::Receipts(_) => {
            let picked = dialog.pick_folder();
            Box::pin(async move { picked.await.map(|folder| vec![path(folder)]) })
        }
        _ => {
            let saved = dialog.save_file();
            Box::pin(async move { saved.await.map(|file| vec![path(file)]) })
        }
    }
}
