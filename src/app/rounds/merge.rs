//! The preview of a merge: each ballot, what it would change, what differs, what was refused; then one step.

use crate::app::files::waker;
use crate::app::kit::table::{Column, Table, cell};
use crate::app::kit::{self, Icon, Kind, button, field};
use crate::app::route::Route;
use crate::app::theme::space;
use crate::app::window::Window;
use crate::locale::{Lang, Term, terms};
use crate::model::Dossier;
use crate::round::{
    self, BallotPlan, FieldPlan, Key, KeyError, Outcome, Plan, Received, Standing, looks_like_ballot, receive,
};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::{Context, Ui};
use jiff::Timestamp;
use std::path::PathBuf;

use super::{Ask, Keyed};

terms! {
    Outcome {
        New => "新規", "new";
        Changed => "変更", "changed";
        Cleared => "消去", "cleared";
        Conflict => "相違", "conflict";
    }
}

/// What a click on the page asks for.
enum Click {
    Apply,
    Discard,
    More,
    Unlock,
    Decide(usize, usize, bool),
    DecideAll(bool),
}

impl Window {
    /// Whether files that were dropped together are ballots for the open dossier.
    pub(in crate::app) fn takes_as_ballots(&self, paths: &[PathBuf]) -> bool {
        let Some(document) = self.document.as_ref().filter(|document| document.package.is_none()) else {
            return false;
        };
        if matches!(self.route, Route::Merge | Route::Round) {
            return true;
        }
        let frozen = document.dossier.rounds.iter().any(|round| round.frozen.is_some());
        frozen && paths.iter().all(|path| looks_like_ballot(path))
    }

    /// Reads ballots for a merge, beside those that were read already.
    pub(in crate::app) fn merge_files(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.settle();
        self.route = Route::Merge;
        for path in paths {
            if !self.round.paths.contains(&path) {
                self.round.paths.push(path);
            }
        }
        self.start_receiving(ctx);
    }

    pub(super) fn start_receiving(&mut self, ctx: &Context) {
        let Some(document) = &self.document else { return };
        let (dossier, state) = (document.dossier.clone(), (document.serial(), document.revision()));
        let (paths, key, reader) =
            (self.round.paths.clone(), self.round.key.clone(), self.round.reader.clone());
        let name = self.lang.t("評価票の読み込み", "Read ballots");
        let job = Job::start(name, waker(ctx), move |progress| {
            let files = receive(&paths, key.as_ref(), &reader, progress);
            let plan = planned(&dossier, &files);
            (files, (state, plan))
        });
        match job {
            Ok(job) => self.round.receiving = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }

    pub(super) fn poll_receiving(&mut self) {
        let Some(job) = &self.round.receiving else { return };
        let outcome = job.poll();
        if matches!(outcome, Poll::Running) {
            return;
        }
        self.round.receiving = None;
        match outcome {
            Poll::Done((files, planned)) => {
                self.round.files = files;
                self.round.plan = Some(planned);
            }
            Poll::Broken | Poll::Running => self.job_trouble(""),
        }
    }

    /// Makes the plan for the document as it stands; decisions about what is as it was are kept.
    fn refresh_plan(&mut self) {
        let Some(document) = &self.document else { return };
        let state = (document.serial(), document.revision());
        if self.round.plan.as_ref().is_some_and(|(made, _)| *made == state) {
            return;
        }
        let mut plan = planned(&document.dossier, &self.round.files);
        if let Some((_, before)) = self.round.plan.take() {
            let decided = |ballot: &BallotPlan, field: &FieldPlan| {
                let old = before.ballots.iter().find(|old| old.ballot.digest == ballot.ballot.digest)?;
                old.fields.iter().find(|o| (&o.subject, o.field) == (&field.subject, field.field))?.taken
            };
            let decisions: Vec<(usize, usize, bool)> = (plan.ballots.iter().enumerate())
                .flat_map(|(at, ballot)| {
                    let open = ballot.fields.iter().enumerate().filter(|(_, field)| field.taken.is_none());
                    open.filter_map(move |(index, field)| Some((at, index, decided(ballot, field)?)))
                })
                .collect();
            for (at, index, take) in decisions {
                plan.decide(at, index, take);
            }
        }
        self.round.plan = Some((state, plan));
    }

    /// Draws the preview.
    pub(in crate::app) fn merge_page(&mut self, ui: &mut Ui) {
        let lang = self.lang;
        if let Some(job) = &self.round.receiving {
            let (fraction, what) = job.progress();
            if kit::loading(ui, &what, Some(fraction), lang.t("やめる", "Cancel")) {
                job.cancel();
            }
            return;
        }
        self.refresh_plan();
        let mut click = None;
        let title = lang.t("評価票の取り込み", "Merge ballots");
        if let (Some(document), Some((_, plan))) = (&self.document, &self.round.plan) {
            let locked = self.round.files.iter().any(|file| matches!(file.content, round::Content::Sealed));
            let desk = &mut self.round.key_path;
            let passphrase = &mut self.round.passphrase;
            let trouble = self.round.key_trouble.as_ref();
            kit::page(
                ui,
                "merge",
                title,
                None,
                |_| (),
                |ui| {
                    foot(ui, lang, plan, &mut click);
                    if locked {
                        kit::sheet(
                            ui,
                            lang.t("暗号化された評価票", "Encrypted ballots"),
                            None,
                            |_| (),
                            |ui| {
                                unlock(
                                    ui,
                                    lang,
                                    desk,
                                    passphrase,
                                    trouble.map(|what| what.t(lang)),
                                    &mut click,
                                );
                            },
                        );
                    }
                    conflicts(ui, lang, &document.dossier, plan, &mut click);
                    refused(ui, lang, plan);
                    if plan.ballots.is_empty() && plan.refused.is_empty() {
                        let what = lang.t(
                        "委員から届いた評価票（.ron、.xlsx、.age）か、それらの入ったフォルダーを、ここへドロップしてください。",
                        "Drop the ballots that members sent (.ron, .xlsx, .age) here, or a folder of them.",
                    );
                        if kit::empty(ui, what, lang.t("評価票を選ぶ…", "Choose ballots…")) {
                            click = Some(Click::More);
                        }
                    }
                    for (at, ballot) in plan.ballots.iter().enumerate() {
                        sheet(ui, lang, &document.dossier, at, ballot);
                    }
                },
            );
        }
        match click {
            Some(Click::Apply) => self.apply_merge(),
            Some(Click::Discard) => {
                self.round.forget();
                self.route = Route::Round;
            }
            Some(Click::More) => self.round_ask(ui.ctx(), Ask::Merge),
            Some(Click::Unlock) => self.unlock(ui.ctx()),
            Some(Click::DecideAll(take)) => {
                if let Some((_, plan)) = &mut self.round.plan {
                    decide_all(plan, take);
                }
            }
            Some(Click::Decide(ballot, field, take)) => {
                if let Some((_, plan)) = &mut self.round.plan {
                    plan.decide(ballot, field, take);
                }
            }
            None => {}
        }
    }

    /// Carries the plan out as one step.
    fn apply_merge(&mut self) {
        let lang = self.lang;
        let (Some(document), Some((_, plan))) = (&mut self.document, self.round.plan.take()) else { return };
        let now = Timestamp::now();
        let known = round::recalled(&document.dossier, &self.round.files, now);
        document.dossier = plan.merged(known.as_ref().unwrap_or(&document.dossier), now);
        let (changes, open) = (plan.changes(), plan.open_conflicts());
        self.settled_as(lang.t("評価票の取り込み", "Ballots merged").to_owned());
        let words = if open == 0 {
            tr!(lang, "評価票を取り込みました（{changes} 件）", "Ballots merged: {changes} fields")
        } else {
            tr!(
                lang,
                "評価票を取り込みました（{changes} 件）。決めていない相違が {open} 件あります。",
                "Ballots merged: {changes} fields. {open} conflicts are open."
            )
        };
        self.messages.push(if open == 0 { Kind::Good } else { Kind::Caution }, words, "");
        self.round.forget();
        self.route = Route::Round;
    }

    /// Opens the secretariat's key in the background; then the files are read again.
    fn unlock(&mut self, ctx: &Context) {
        let passphrase = std::mem::take(&mut self.round.passphrase);
        let path = PathBuf::from(self.round.key_path.trim());
        let job = Job::start(self.lang.t("鍵", "Key"), waker(ctx), move |_| {
            let bytes = std::fs::read(&path).map_err(|_| KeyError::NotOpened);
            Keyed::Opened(bytes.and_then(|bytes| Key::open(&bytes, &passphrase)))
        });
        match job {
            Ok(job) => self.round.keying = Some(job),
            Err(error) => self.job_trouble(&error.to_string()),
        }
    }
}

/// The plan for a dossier, which may not have been told that the ballots were issued from it.
fn planned(dossier: &Dossier, files: &[Received]) -> Plan {
    let known = round::recalled(dossier, files, Timestamp::now());
    round::plan(known.as_ref().unwrap_or(dossier), files)
}

/// Decides everything that is open one way. Of several files that want something else in one field, the first
/// is taken.
fn decide_all(plan: &mut Plan, take: bool) {
    for at in 0..plan.ballots.len() {
        for index in 0..plan.ballots[at].fields.len() {
            let field = &plan.ballots[at].fields[index];
            if field.outcome == Outcome::Conflict && field.taken.is_none() {
                plan.decide(at, index, take);
            }
        }
    }
}

fn foot(ui: &mut Ui, lang: Lang, plan: &Plan, click: &mut Option<Click>) {
    let (changes, open, refused) = (plan.changes(), plan.open_conflicts(), plan.refused.len());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::INSIDE;
        let label = tr!(lang, "取り込む　{changes} 件", "Take {changes} fields");
        if !plan.ballots.is_empty() && button::primary(ui, &label).clicked() {
            *click = Some(Click::Apply);
        }
        if button::plain(ui, lang.t("やめる", "Cancel")).clicked() {
            *click = Some(Click::Discard);
        }
        if button::with_icon(ui, Icon::Import, lang.t("評価票を加える…", "Add ballots…")).clicked()
        {
            *click = Some(Click::More);
        }
        if open > 0 {
            let words =
                tr!(lang, "相違 {open} 件は決めるまで取り込みません", "{open} conflicts wait for you");
            kit::badge(ui, Kind::Caution, &words);
        }
        if refused > 0 {
            let words = tr!(lang, "受け付けないファイル {refused} 件", "{refused} files refused");
            kit::badge(ui, Kind::Alarm, &words);
        }
    });
    kit::note(
        ui,
        lang.t(
            "このボタンを押すまで、評価データは変わりません。取り込んだあとも、一回の操作で元に戻せます。",
            "Nothing changes before that button; afterwards, one undo takes it back.",
        ),
    );
}

fn unlock(
    ui: &mut Ui,
    lang: Lang,
    path: &mut String,
    passphrase: &mut String,
    trouble: Option<&str>,
    click: &mut Option<Click>,
) {
    let boxed = || field::Options::default().boxed().width(420.0);
    let name = lang.t("鍵ファイルの場所", "Place of the key file");
    kit::labelled(ui, name, |ui| field::line(ui, "key path", name, path, &boxed()));
    let name = lang.t("合言葉", "Passphrase");
    kit::labelled(ui, name, |ui| {
        ui.add(egui::TextEdit::singleline(passphrase).password(true).desired_width(420.0))
            .accessible_name(name);
    });
    if let Some(trouble) = trouble {
        kit::badge(ui, Kind::Alarm, trouble);
    }
    if button::plain(ui, lang.t("復号して読み込む", "Decrypt and read")).clicked() {
        *click = Some(Click::Unlock);
    }
}

fn refused(ui: &mut Ui, lang: Lang, plan: &Plan) {
    if plan.refused.is_empty() {
        return;
    }
    let n = plan.refused.len();
    let note = tr!(lang, "{n} 件", "{n}");
    kit::sheet(
        ui,
        lang.t("受け付けないファイル", "Refused files"),
        Some(&note),
        |_| (),
        |ui| {
            for refusal in &plan.refused {
                ui.horizontal_top(|ui| {
                    kit::badge(ui, Kind::Alarm, lang.t("拒否", "refused"));
                    kit::prose(ui, refusal.message.t(lang));
                });
            }
        },
    );
}

fn sheet(ui: &mut Ui, lang: Lang, dossier: &Dossier, at: usize, plan: &BallotPlan) {
    let ballot = &plan.ballot;
    let name = dossier.member(&ballot.member).map_or("", |member| member.name.as_str());
    let title = format!("{} {name}", ballot.member);
    kit::sheet(
        ui,
        title.trim(),
        Some(&ballot.file),
        |_| (),
        |ui| {
            kit::note(ui, &standing(lang, plan));
            for remark in &ballot.remarks {
                kit::badge(ui, Kind::Caution, remark.message.t(lang));
            }
            if plan.fields.is_empty() {
                return;
            }
            // What differs is decided above, in one place.
            let fields: Vec<&FieldPlan> =
                plan.fields.iter().filter(|field| field.outcome != Outcome::Conflict).collect();
            if fields.is_empty() {
                return;
            }
            let columns = [
                Column::text(lang.t("欄", "Field"), 0.7, 150.0),
                Column::fixed("", 72.0),
                Column::text(lang.t("評価データ", "The dossier"), 0.8, 120.0),
                Column::text(lang.t("評価票（取り込む）", "The ballot (taken)"), 1.8, 200.0),
            ];
            Table::new(("merge", at), title.trim(), &columns, fields.len()).show(ui, |ui, row, column| {
                let field = fields[row];
                let scale = &dossier.criteria_for(&field.subject).scale;
                match column {
                    0 => {
                        cell::label(ui, round::field_name(&field.subject, field.field).t(lang));
                    }
                    1 => {
                        cell::pad(ui, |ui| kit::badge(ui, Kind::Info, field.outcome.term(lang)));
                    }
                    2 => {
                        let response = cell::computed(ui, round::value_words(&field.ours, scale).t(lang));
                        if let Some(since) = field.since {
                            response.on_hover_text(round::moment(since));
                        }
                    }
                    _ => {
                        cell::label(ui, round::value_words(&field.theirs, scale).t(lang));
                    }
                }
            });
        },
    );
}

/// Everything that differs, whichever file it comes from: both sides with their times, and the decision.
fn conflicts(ui: &mut Ui, lang: Lang, dossier: &Dossier, plan: &Plan, click: &mut Option<Click>) {
    let mut all: Vec<(usize, usize)> = (plan.ballots.iter().enumerate())
        .flat_map(|(at, ballot)| {
            let differs = |(_, field): &(usize, &FieldPlan)| field.outcome == Outcome::Conflict;
            ballot.fields.iter().enumerate().filter(differs).map(move |(field, _)| (at, field))
        })
        .collect();
    if all.is_empty() {
        return;
    }
    // What several files say of one field stands together.
    all.sort_by_key(|(at, index)| {
        let (ballot, field) = (&plan.ballots[*at].ballot, &plan.ballots[*at].fields[*index]);
        (ballot.round.clone(), ballot.member.clone(), field.subject.clone(), field.field)
    });
    let (n, open) = (all.len(), plan.open_conflicts());
    let note = tr!(lang, "{n} 件（未決 {open} 件）", "{n}, {open} of them open");
    let title = lang.t("相違", "Conflicts");
    let mut every = None;
    let head = |ui: &mut Ui| {
        for (take, label) in [
            (true, lang.t("すべて評価票を取る", "Take all ballots'")),
            (false, lang.t("すべて今のまま", "Keep all")),
        ] {
            if open > 0 && button::quiet(ui, None, label).clicked() {
                every = Some(take);
            }
        }
    };
    kit::sheet(ui, title, Some(&note), head, |ui| {
        let columns = [
            Column::text(lang.t("委員・欄", "Member and field"), 0.8, 160.0),
            Column::text(lang.t("評価データ", "The dossier"), 1.0, 160.0),
            Column::text(lang.t("評価票", "The ballot"), 1.0, 160.0),
            Column::fixed(lang.t("どちらにするか", "Which one"), 172.0),
        ];
        Table::new("conflicts", title, &columns, n).show(ui, |ui, row, column| {
            let (at, index) = all[row];
            let (ballot, field) = (&plan.ballots[at].ballot, &plan.ballots[at].fields[index]);
            let scale = &dossier.criteria_for(&field.subject).scale;
            match column {
                0 => {
                    let name = dossier.member(&ballot.member).map_or("", |member| member.name.as_str());
                    let field = round::field_name(&field.subject, field.field);
                    cell::label(ui, &format!("{name}\n{}", field.t(lang)));
                }
                1 => {
                    cell::label(ui, round::value_words(&field.ours, scale).t(lang));
                    let when = field.since.map_or_else(
                        || lang.t("（時刻の記録なし）", "(no time on record)").to_owned(),
                        |at| {
                            let at = round::moment(at);
                            tr!(lang, "{at} から", "since {at}")
                        },
                    );
                    cell::computed(ui, &when);
                }
                2 => {
                    cell::label(ui, round::value_words(&field.theirs, scale).t(lang));
                    let when = ballot.saved.map(round::moment).unwrap_or_default();
                    cell::computed(ui, format!("{}　{when}", ballot.file).trim_end());
                }
                _ => take(ui, lang, (at, index), field, click),
            }
        });
    });
    if let Some(take) = every {
        *click = Some(Click::DecideAll(take));
    }
}

/// What becomes of a field that differs.
fn take(
    ui: &mut Ui,
    lang: Lang,
    (ballot, row): (usize, usize),
    field: &FieldPlan,
    click: &mut Option<Click>,
) {
    cell::pad(ui, |ui| {
        let name = round::field_name(&field.subject, field.field);
        let name = name.t(lang);
        for (take, label) in
            [(false, lang.t("今のまま", "Keep")), (true, lang.t("評価票を取る", "Take the ballot's"))]
        {
            let chosen = field.taken == Some(take);
            let spoken = format!("{name} {label}");
            if ui.radio(chosen, label).accessible_name(&spoken).clicked() {
                *click = Some(Click::Decide(ballot, row, take));
            }
        }
    });
}

fn standing(lang: Lang, plan: &BallotPlan) -> String {
    let count = |outcome| plan.count(outcome);
    match plan.standing {
        Standing::Duplicate => {
            lang.t("ほかのファイルと同じ内容です。", "Another file says the same.").to_owned()
        }
        Standing::Superseded(edition) => tr!(
            lang,
            "より新しい保存（{edition} 回目）があるため、取り込みません。",
            "A later save (number {edition}) is at hand; nothing of this one is taken."
        ),
        Standing::Repeated(at) if plan.says_nothing_new() => {
            let at = round::moment(at);
            tr!(lang, "{at} に受領済み。変わりません。", "Received before, at {at}; nothing changes.")
        }
        Standing::New | Standing::Repeated(_) => {
            let (new, changed) = (count(Outcome::New), count(Outcome::Changed));
            let (cleared, conflicts) = (count(Outcome::Cleared), count(Outcome::Conflict));
            tr!(
                lang,
                "新規 {new}、変更 {changed}、消去 {cleared}、相違 {conflicts}",
                "{new} new, {changed} changed, {cleared} cleared, {conflicts} conflicts"
            )
        }
    }
}
