//! A document that others work on too: who has it open, and what they have written meanwhile.

use super::dialogs::Dialog;
use super::document::Document;
use super::files::waker;
use super::kit::{self, Kind, button};
use super::theme::{Type, space};
use super::window::{Then, Window};
use crate::locale::{Lang, place};
use crate::model::{Clash, Dossier, Merge, Place, Side, diff};
use crate::store::{self, Holder, Lock, Locking, Opened, Seen};
use crate::tasks::{Job, Poll};
use crate::tr;
use egui::{Context, Id, ScrollArea, Ui};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How many of the others' changes are named.
const NAMED: usize = 8;
/// Characters of a value that are shown.
const SHOWN: usize = 240;

/// What is known of others at the open document.
#[derive(Debug, Default)]
pub(crate) struct Others {
    lock: Option<Lock>,
    /// Who else has it open.
    holder: Option<Holder>,
    /// Whether the window had the focus in the frame before.
    focused: bool,
    looking: Option<(u64, Job<Option<Box<Opened>>>)>,
}

/// What somebody has written meanwhile, beside what is edited here.
#[derive(Debug)]
pub(crate) struct Meanwhile {
    serial: u64,
    path: PathBuf,
    theirs: Dossier,
    seen: Seen,
    /// Where they changed something, in words.
    changed: Vec<String>,
    merge: Merge,
    picks: BTreeMap<Place, Side>,
    /// What to go on with once both are saved; saving is not asked for if none was under way.
    then: Option<Then>,
    saving: bool,
}

enum Reply {
    None,
    Merge,
    SaveAs,
    Cancel,
}

impl Window {
    /// Takes note of what locking the document that is now shown gave.
    pub(super) fn locked(&mut self, locking: Locking) {
        let lang = self.lang;
        match locking {
            Locking::Held(lock) => self.others = Others { lock: Some(lock), ..Others::default() },
            // The document was opened again, and the lock went with the one before.
            Locking::Taken(holder) if holder.is_me() => {
                self.others = Others::default();
                let path = self.document.as_ref().and_then(|document| document.path.clone());
                if let Some(Locking::Held(lock)) = path.map(|path| store::lock(&path)) {
                    self.others.lock = Some(lock);
                }
            }
            Locking::Unknown => self.others = Others::default(),
            Locking::Taken(holder) => {
                let who = said(&holder, lang);
                let text = tr!(
                    lang,
                    "{who}がこの評価データを開いています。保存のときに、双方の変更を突き合わせます。",
                    "{who} has this dossier open. When you save, both sides' changes are compared."
                );
                self.messages.push(Kind::Info, text, "");
                self.others = Others { holder: Some(holder), ..Others::default() };
            }
        }
    }

    /// Who else has the open document open, in words; none if nobody is known to.
    pub(super) fn other_holder(&self) -> Option<String> {
        self.others.holder.as_ref().map(|holder| said(holder, self.lang))
    }

    /// Looks whether the file was written by somebody else, each time the window comes to the front.
    pub(super) fn others_logic(&mut self, ctx: &Context) {
        let focused = ctx.input(|input| input.focused);
        let came = focused && !std::mem::replace(&mut self.others.focused, focused);
        if let Some((serial, job)) = &self.others.looking {
            let serial = *serial;
            match job.poll() {
                Poll::Running => return,
                Poll::Broken => self.others.looking = None,
                Poll::Done(found) => {
                    self.others.looking = None;
                    let same = self.document.as_ref().is_some_and(|document| document.serial() == serial);
                    if let Some(opened) = found.filter(|_| same && self.dialog.is_none()) {
                        self.meanwhile(*opened, None, false);
                    }
                }
            }
        }
        let idle = !self.files.is_saving() && !self.files.is_opening() && self.dialog.is_none();
        let Some(document) = self.document.as_ref().filter(|_| came && idle) else { return };
        let (Some(path), Some(seen)) = (document.path.clone(), document.seen.clone()) else { return };
        let job = Job::start("look", waker(ctx), move |_| {
            // What cannot be read now is told when it is saved.
            let changed = seen.has_changed(&path).unwrap_or(false);
            changed.then(|| store::open(&path).ok()).flatten().map(Box::new)
        });
        match job {
            Ok(job) => self.others.looking = Some((document.serial(), job)),
            Err(error) => tracing::warn!("no thread to look at the document: {error}"),
        }
    }

    /// Asks how to bring together what is edited here and what somebody has written meanwhile.
    pub(super) fn meanwhile(&mut self, opened: Opened, then: Option<Then>, saving: bool) {
        self.settle();
        let lang = self.lang;
        let Some(document) = &self.document else { return };
        let Some(path) = document.path.clone() else { return };
        let (base, theirs) = (document.saved().to_dossier(), opened.dossier);
        let compared = diff(&base, &theirs)
            .and_then(|changes| Merge::of(&base, &document.dossier, &theirs).map(|merge| (changes, merge)));
        match compared {
            Ok((changes, merge)) => {
                let say =
                    |change: &crate::model::Change| place::say(&theirs, &change.narrowest_place(), lang);
                let mut changed: Vec<String> = changes.iter().map(say).collect();
                changed.dedup();
                self.dialog = Some(Dialog::Meanwhile(Box::new(Meanwhile {
                    serial: document.serial(),
                    path,
                    theirs,
                    seen: opened.seen,
                    changed,
                    merge,
                    picks: BTreeMap::new(),
                    then,
                    saving,
                })));
            }
            Err(error) => self.messages.push(
                Kind::Alarm,
                lang.t(
                    "ほかで書き換えられたファイルと突き合わせられません。別の名前で保存してください。",
                    "The file was changed elsewhere and cannot be compared; save under another name.",
                ),
                error.to_string(),
            ),
        }
    }

    /// Draws the question that [`meanwhile`](Self::meanwhile) asks.
    pub(super) fn meanwhile_dialog(&mut self, ctx: &Context) {
        let lang = self.lang;
        let Some(Dialog::Meanwhile(mut meanwhile)) = self.dialog.take() else { return };
        let Some(serial) = self.document.as_ref().map(Document::serial) else { return };
        if serial != meanwhile.serial {
            return;
        }
        let title = lang.t("ほかで書き換えられています", "Changed elsewhere");
        let modal =
            kit::dialog(ctx, Id::unique("meanwhile"), title, 680.0, |ui| ask(ui, lang, &mut meanwhile));
        let reply = if matches!(modal.inner, Reply::None) && modal.should_close() {
            Reply::Cancel
        } else {
            modal.inner
        };
        match reply {
            Reply::None => self.dialog = Some(Dialog::Meanwhile(meanwhile)),
            // The file stays as it is there; saving asks again.
            Reply::Cancel => {}
            Reply::SaveAs => self.ask_save_as(ctx, meanwhile.then),
            Reply::Merge => self.bring_together(ctx, *meanwhile),
        }
    }

    fn bring_together(&mut self, ctx: &Context, meanwhile: Meanwhile) {
        let lang = self.lang;
        let Meanwhile { path, theirs, seen, merge, picks, then, saving, .. } = meanwhile;
        let Some(document) = &mut self.document else { return };
        let label = lang.t("ほかの変更と合わせた", "Merged with changes from elsewhere").to_owned();
        let done =
            merge.resolve(&picks).and_then(|merged| document.merged_with(&theirs, merged, seen, label));
        if let Err(error) = done {
            self.messages.push(
                Kind::Alarm,
                lang.t(
                    "変更を合わせられませんでした。別の名前で保存してください。",
                    "The changes could not be merged; save under another name.",
                ),
                error.to_string(),
            );
            return;
        }
        self.journals.saved(document);
        if saving && document.is_dirty() {
            self.save_to(ctx, path, then);
            return;
        }
        let text = lang.t("ほかの変更を取り込みました。", "Changes from elsewhere are in.");
        self.messages.push(Kind::Good, text, "");
        if let Some(then) = then {
            self.leave(ctx, then);
        }
    }
}

/// Draws what they changed and where a choice is needed.
fn ask(ui: &mut Ui, lang: Lang, meanwhile: &mut Meanwhile) -> Reply {
    let (count, file) = (meanwhile.changed.len(), meanwhile.path.display());
    kit::prose(
        ui,
        &tr!(
            lang,
            "このファイルは、開いた後にほかで保存されました（{count} 箇所の変更）。双方の変更を合わせます。",
            "This file was saved elsewhere after it was opened here ({count} places changed). Both sides' changes are merged."
        ),
    );
    kit::note(ui, &file.to_string());
    ScrollArea::vertical().max_height(380.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.add_space(space::INSIDE);
        kit::subheading(ui, lang.t("ほかでの変更", "Changed elsewhere"));
        for changed in meanwhile.changed.iter().take(NAMED) {
            ui.label(format!("・{changed}"));
        }
        let more = count.saturating_sub(NAMED);
        if more > 0 {
            kit::note(ui, &tr!(lang, "ほか {more} 箇所", "and {more} more places"));
        }
        if meanwhile.merge.clashes.is_empty() {
            return;
        }
        ui.add_space(space::INSIDE);
        kit::subheading(ui, lang.t("双方で変更された箇所", "Changed on both sides"));
        kit::note(ui, lang.t("どちらを残すか選んでください。", "Choose which to keep."));
        for clash in &meanwhile.merge.clashes {
            choose(ui, lang, &meanwhile.theirs, clash, &mut meanwhile.picks);
        }
    });
    ui.add_space(space::INSIDE);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let deed = if meanwhile.saving {
            lang.t("合わせて保存する", "Merge and save")
        } else {
            lang.t("取り込む", "Take in")
        };
        if button::primary(ui, deed).clicked() {
            return Reply::Merge;
        }
        if button::plain(ui, lang.t("別の名前で保存…", "Save as…")).clicked() {
            return Reply::SaveAs;
        }
        if button::plain(ui, lang.t("やめる", "Cancel")).clicked() { Reply::Cancel } else { Reply::None }
    })
    .inner
}

fn choose(ui: &mut Ui, lang: Lang, dossier: &Dossier, clash: &Clash, picks: &mut BTreeMap<Place, Side>) {
    ui.add_space(space::INSIDE);
    ui.label(Type::Strong.text(place::say(dossier, &clash.place, lang)));
    let mut side = picks.get(&clash.place).copied().unwrap_or_default();
    let sides = [
        (Side::Mine, lang.t("こちら", "Here"), &clash.mine),
        (Side::Theirs, lang.t("ほか", "Elsewhere"), &clash.theirs),
    ];
    for (which, name, value) in sides {
        let shown = shown(lang, value.as_ref());
        let text = format!("{name}: {shown}");
        let radio = egui::RadioButton::new(side == which, Type::Body.text(text));
        if ui.add(radio).clicked() {
            side = which;
        }
    }
    picks.insert(clash.place.clone(), side);
}

/// A value in a line or two.
fn shown(lang: Lang, value: Option<&Value>) -> String {
    let text = match value {
        None => return lang.t("（空欄・削除）", "(blank or removed)").to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(rows)) => {
            let count = rows.len();
            return tr!(lang, "{count} 行の表", "a table of {count} rows");
        }
        Some(value) => texts(value).join(" / "),
    };
    if text.chars().count() > SHOWN { text.chars().take(SHOWN).chain(['…']).collect() } else { text }
}

/// The texts and numbers within a value, in order.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(rows) => rows.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "id").flat_map(|(_, value)| texts(value)).collect()
        }
        other => vec![other.to_string()],
    }
}

/// Somebody who has a document open, in words.
fn said(holder: &Holder, lang: Lang) -> String {
    let user = if holder.user.is_empty() { lang.t("ほかの人", "Somebody") } else { &holder.user };
    let host = if holder.host.is_empty() { String::new() } else { format!("（{}）", holder.host) };
    match (lang, holder.since) {
        (Lang::Ja, Some(since)) => format!("{user}{host}（{} から）", kit::moment(since)),
        (Lang::En, Some(since)) => format!("{user} on {} (since {})", holder.host, kit::moment(since)),
        (_, None) => format!("{user}{host}"),
    }
}
