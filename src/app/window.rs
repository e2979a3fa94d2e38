//! The state of the window, and what happens in a frame.

use super::autosave::Autosave;
use super::charts::Pictures;
use super::checks::Checks;
use super::command::Command;
use super::cx::{Action, Cx};
use super::diagnostics::{self, Diagnostics};
use super::dialogs::Dialog;
use super::document::Document;
use super::export::Export;
use super::files::{Files, Purpose};
use super::find::Find;
use super::import::Import;
use super::journal::Journals;
use super::kit::{Kind, Messages};
use super::meanwhile::Others;
use super::palette::Palette;
use super::panels::ballot::Ballot;
use super::prefs::{Frame, Page, Prefs};
use super::print::Printing;
use super::refocus::Refocus;
use super::rounds::RoundDesk;
use super::route::Route;
use super::stamp::Stamp;
use super::trail::Trail;
use super::{kit, panels, shell, theme};
use crate::locale::Lang;
use crate::model::Dossier;
use crate::sheets::Reader;
use crate::tr;
use egui::{Context, Event, Id, PointerButton, Ui, ViewportCommand};
use std::path::PathBuf;
use std::time::Instant;

/// How a window begins.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The dossier to open.
    pub dossier: Option<PathBuf>,
    /// The language asked for on the command line; otherwise the remembered one, or Japanese.
    pub lang: Option<Lang>,
    /// Where preferences are kept; none keeps none, as tests want it.
    pub prefs_place: Option<PathBuf>,
    /// Where what is edited is noted until it is saved; none notes nothing, as most tests want it.
    pub journal_place: Option<PathBuf>,
    /// When the program began, to tell how long the first frame took.
    pub started: Option<Instant>,
    /// Whether the platform's file dialogs are opened beside the window's own.
    pub native_dialogs: bool,
    /// What draws, in words; empty where nobody knows.
    pub renderer: String,
    /// What reads files of tables; otherwise a child process of this program.
    pub reader: Option<Reader>,
}

/// The steps of the zoom; 1 is 100 %.
const ZOOMS: [f32; 9] = [0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

/// What to go on with once unsaved changes are dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Then {
    /// Opens a file.
    Open(PathBuf),
    /// Asks for a file to open.
    AskOpen,
    /// Opens the sample.
    OpenSample,
    /// Begins an empty dossier.
    New,
    /// Closes the window.
    Quit,
}

/// What stands at the right of a page besides the ballot, in whose place it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The search.
    Find,
    /// The steps that can be undone and done again.
    Steps,
}

/// The window.
#[derive(Debug)]
pub struct Window {
    pub(super) lang: Lang,
    pub(super) prefs: Prefs,
    pub(super) document: Option<Document>,
    pub(super) route: Route,
    pub(super) ballot: Option<Ballot>,
    pub(super) side: Option<Side>,
    pub(super) find: Find,
    trail: Trail,
    pub(super) export: Export,
    pub(super) import: Import,
    pub(super) round: RoundDesk,
    pub(super) checks: Checks,
    pub(super) messages: Messages,
    pub(super) dialog: Option<Dialog>,
    pub(super) refocus: Refocus,
    pub(super) files: Files,
    pub(super) journals: Journals,
    pub(super) autosave: Autosave,
    pub(super) printing: Printing,
    /// The step of the tour that is shown.
    pub(super) tour: Option<usize>,
    renderer: String,
    pub(super) others: Others,
    pub(super) pictures: Pictures,
    prefs_place: Option<PathBuf>,
    /// Whether something happened that may have changed the dossier since it was last settled.
    touched: bool,
    /// How many frames began after something that may have been edited, and how many are still to come.
    edits: (u64, u8),
    focus: Option<Id>,
    quitting: bool,
    frames: u64,
    started: Option<Instant>,
}

impl Window {
    /// A window on `ctx`, whose theme is installed.
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        let mut prefs = setup.prefs_place.as_deref().map(Prefs::load).unwrap_or_default();
        if let Some(lang) = setup.lang {
            prefs.lang = Some(lang);
        }
        ctx.set_zoom_factor(prefs.zoom);
        theme::set_mode(ctx, prefs.mode());
        // The shortcuts are the window's own, so that they show in the menus.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let tour = (setup.prefs_place.is_some() && !prefs.toured).then_some(0);
        let mut window = Self {
            lang: prefs.lang.unwrap_or_default(),
            prefs,
            document: None,
            route: Route::Start,
            ballot: None,
            side: None,
            find: Find::default(),
            trail: Trail::default(),
            export: Export::default(),
            round: RoundDesk::new(setup.reader.clone()),
            import: Import::new(setup.reader),
            checks: Checks::default(),
            messages: Messages::default(),
            dialog: None,
            refocus: Refocus::default(),
            files: Files::new(setup.native_dialogs),
            journals: Journals::new(ctx, setup.journal_place),
            autosave: Autosave::default(),
            printing: Printing::default(),
            tour,
            renderer: setup.renderer,
            others: Others::default(),
            pictures: Pictures::default(),
            prefs_place: setup.prefs_place,
            touched: false,
            edits: (0, 0),
            focus: None,
            quitting: false,
            frames: 0,
            started: setup.started,
        };
        if let Some(path) = setup.dossier {
            window.open(ctx, path);
        }
        window
    }

    /// The dossier as it stands in the window, edits under way included.
    pub fn dossier(&self) -> Option<&Dossier> {
        self.document.as_ref().map(|document| &document.dossier)
    }

    /// Whether something is not saved.
    pub fn is_dirty(&self) -> bool {
        self.document.as_ref().is_some_and(Document::is_dirty)
    }

    /// What was said last.
    pub fn latest_message(&self) -> Option<&str> {
        self.messages.latest().map(|message| message.text.as_str())
    }

    /// What happens before drawing: jobs, shortcuts, files dropped, the wish to close.
    pub fn logic(&mut self, ctx: &Context) {
        self.files_logic(ctx);
        self.others_logic(ctx);
        self.export_logic(ctx);
        self.import_logic(ctx);
        self.round_logic(ctx);
        self.autosave_logic(ctx);
        self.print_logic();
        self.checks_logic(ctx);
        self.shortcuts(ctx);
        self.find_logic(ctx);
        self.arriving(ctx);
        if ctx.input(|input| input.viewport().close_requested()) && !self.quitting {
            self.settle();
            self.note_place(ctx);
            if self.files.quit_when_saved()
                || self.export.quit_when_done()
                || self.round.quit_when_handed_in()
            {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            } else if self.is_dirty() || self.has_unsaved_ballot() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.leave(ctx, Then::Quit);
            }
        }
    }

    /// Draws the window.
    pub fn show(&mut self, ui: &mut Ui) {
        self.stamp(ui);
        kit::speak(ui.ctx(), self.lang);
        self.touched |= ui.input(|input| {
            input.events.iter().any(|event| {
                // Neither the pointer on its way nor scrolling edits anything.
                !matches!(
                    event,
                    Event::PointerMoved(_)
                        | Event::MouseMoved(_)
                        | Event::PointerGone
                        | Event::MouseWheel { .. }
                )
            })
        });
        if self.touched {
            // A field may hand over what was typed in the frame after the one in which it was left.
            self.edits.1 = 2;
        }
        let mut actions = Vec::new();
        shell::menu(ui, self, &mut actions);
        shell::status(ui, self, &mut actions);
        // While another dossier is being read, this one is not to be edited: it is about to be put away.
        let whole = self.route == Route::Start || (self.route == Route::Import && self.import.is_wide());
        if self.document.is_some() && !whole && !self.files.is_opening() {
            shell::navigation(ui, self);
            match self.side {
                Some(Side::Find) => self.find_panel(ui, &mut actions),
                Some(Side::Steps) => self.steps_panel(ui),
                None => self.drawer(ui, &mut actions),
            }
            shell::crumbs(ui, self, &mut actions);
        }
        self.tour_panel(ui, &mut actions);
        let canvas = egui::Frame::NONE.fill(theme::Palette::of(ui).canvas);
        egui::CentralPanel::default().frame(canvas).show(ui, |ui| {
            kit::areas::begin(ui, kit::areas::Area::Page);
            self.find.begin_seeking(ui.ctx());
            self.page(ui, &mut actions);
            self.find.end_seeking(ui.ctx());
        });
        self.note_focus(ui.ctx());
        self.dialogs(ui.ctx());
        self.give_focus_back(ui.ctx());
        self.messages.toasts(ui.ctx(), self.lang);
        self.pasted(ui.ctx());
        self.tell_unread(ui.ctx());
        self.drop_hint(ui.ctx());
        self.note_news(ui.ctx());
        self.keep_phrases(ui.ctx());
        let touched = self.touched;
        self.settle_at_edge(ui.ctx());
        self.journal_logic(ui.ctx(), touched);
        // What has just been settled is checked soon, whether or not anything else happens.
        self.checks_logic(ui.ctx());
        self.frames += 1;
        tracing::debug!(frame = self.frames, since_start = ?self.started.map(|start| start.elapsed()), "drawn");
        self.act(ui.ctx(), actions);
        self.leave_what_is_gone();
        self.trail.observe(&self.route, self.document.as_ref().map(Document::serial));
    }

    /// Says that a field was left with something that it cannot hold, and with what.
    fn tell_unread(&mut self, ctx: &Context) {
        let Some(text) = panels::typed::take_unread(ctx) else { return };
        let words = tr!(
            self.lang,
            "「{text}」はこの欄の値として読めないため、元の値のままにしました。",
            "“{text}” cannot be read in this field, whose value stays as it was."
        );
        self.messages.push(kit::Kind::Caution, words, "");
    }

    /// Goes from a project that is no longer there, as after an undo, to the last page that is.
    fn leave_what_is_gone(&mut self) {
        let of_project = matches!(self.route, Route::Material(..) | Route::Evaluation(..));
        if of_project && self.document.is_some() && !self.has_page(&self.route) {
            let mut trail = std::mem::take(&mut self.trail);
            let last = trail.back(|route| self.has_page(route));
            self.trail = trail;
            self.route = last.unwrap_or_else(Route::programme);
        }
    }

    /// Does what the panels ask for.
    pub(super) fn act(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Do(command) => self.command(ctx, command),
                Action::Go(route) => self.route = route,
                Action::Open(path) => self.leave(ctx, Then::Open(path)),
                Action::SavePicture(chart, kind) => {
                    let suggestion = self.pictures.ask(chart, kind);
                    self.ask(ctx, Purpose::Picture(kind), suggestion);
                }
                Action::Round(ask) => self.round_ask(ctx, ask),
            }
        }
    }

    /// Says in which state the dossier is as the frame begins. What was edited in the frame before and settled at its
    /// end, its settled state tells; all else that may have been edited is counted.
    fn stamp(&mut self, ui: &Ui) {
        let (edits, left) = &mut self.edits;
        if self.touched || *left > 0 || ui.input(|input| input.pointer.any_down()) {
            *edits += 1;
        }
        *left = left.saturating_sub(1);
        let settled = self.document.as_ref().map(|document| (document.serial(), document.revision()));
        Stamp { settled: settled.unwrap_or_default(), edits: *edits }.put(ui.ctx());
    }

    fn page(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let lang = self.lang;
        if self.files.is_opening() {
            if kit::loading(
                ui,
                lang.t("評価データを読み込んでいます…", "Opening the dossier…"),
                None,
                lang.t("やめる", "Cancel"),
            ) {
                self.files.cancel_opening();
            }
            return;
        }
        match self.route {
            Route::Import => return self.import_page(ui),
            Route::Merge => return self.merge_page(ui),
            Route::OwnBallot => return self.own_ballot_page(ui, actions),
            _ => {}
        }
        let Some(document) = self.document.as_mut().filter(|_| self.route != Route::Start) else {
            shell::start(ui, lang, &self.prefs.recent, self.document.is_some(), actions);
            return;
        };
        let read_only = document.package.is_some();
        let mut cx = Cx { lang, dossier: document.shown(), read_only, actions };
        match self.route.clone() {
            Route::Start | Route::Import | Route::Merge | Route::OwnBallot => {}
            Route::Material(id, tab) => panels::material(ui, &mut cx, &id, tab),
            Route::Evaluation(id, tab) => panels::evaluation(ui, &mut cx, &id, tab),
            Route::WorkingGroup => panels::whole_page(
                ui,
                &mut cx,
                "working group",
                lang.t("評価ワーキンググループ", "Working group"),
                panels::working_group::show,
            ),
            Route::People => panels::whole_page(
                ui,
                &mut cx,
                "people",
                lang.t("委員・評価項目", "Members and criteria"),
                panels::people::show,
            ),
            Route::Round => {
                panels::whole_page(ui, &mut cx, "round", lang.t("評価の実施", "Rounds"), panels::round::show);
            }
            Route::ReportTexts => panels::whole_page(
                ui,
                &mut cx,
                "report texts",
                lang.t("報告書の本文", "Texts of the report"),
                panels::report_info::show,
            ),
            Route::Checks(aim) => self.checks_page(ui, aim.as_ref(), actions),
            Route::Export => self.export_page(ui),
        }
    }

    fn drawer(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let (Some(ballot), Some(document)) = (self.ballot.as_mut(), self.document.as_mut()) else { return };
        let subject = match &self.route {
            Route::Material(id, _) | Route::Evaluation(id, _) => Some(id.clone()),
            _ => None,
        };
        let read_only = document.package.is_some();
        let mut cx = Cx { lang: self.lang, dossier: &mut document.dossier, read_only, actions };
        let saved = panels::ballot::Saved {
            at: document.autosaved,
            trouble: self.round.autosave_trouble.as_ref().map(|what| what.t(self.lang)),
        };
        if panels::ballot::drawer(ui, &mut cx, ballot, subject.as_ref(), &saved, &mut self.prefs.drawer) {
            self.ballot = None;
        }
    }

    /// Records what changed once the user has come to a rest: the focus moved, a button was released.
    fn settle_at_edge(&mut self, ctx: &Context) {
        let focus = ctx.memory(egui::Memory::focused);
        let moved = std::mem::replace(&mut self.focus, focus) != focus;
        let resting =
            focus.is_none_or(|id| !is_typing(ctx, id)) && !ctx.input(|input| input.pointer.any_down());
        // A block that is waiting for its rows becomes one step with them.
        if self.touched && (moved || resting) && !kit::table::paste::is_underway(ctx) {
            self.settle();
        }
    }

    /// Whether something happened since the last settling that may have changed the dossier.
    pub(super) fn is_touched(&self) -> bool {
        self.touched
    }

    /// Records what changed now.
    pub(super) fn settle(&mut self) {
        self.touched = false;
        if let Some(document) = &mut self.document
            && let Err(error) = document.settle()
        {
            self.messages.push(
                Kind::Alarm,
                self.lang.t("変更を記録できませんでした。", "The change could not be recorded."),
                error.to_string(),
            );
        }
    }

    fn shortcuts(&mut self, ctx: &Context) {
        if self.dialog.is_some() {
            return;
        }
        kit::areas::walk(ctx);
        let typing = ctx.memory(egui::Memory::focused).is_some_and(|id| is_typing(ctx, id));
        // A shortcut matches whether or not Shift is held, so those that ask for Shift are looked for first.
        let with_shift = |command: &Command| command.shortcut().is_some_and(|keys| keys.modifiers.shift);
        let (first, then): (Vec<_>, Vec<_>) = Command::ALL.into_iter().partition(with_shift);
        let (shift, back, forward) = ctx.input(|input| {
            let pressed = |button| input.pointer.button_pressed(button);
            (input.modifiers.shift, pressed(PointerButton::Extra1), pressed(PointerButton::Extra2))
        });
        for (pressed, command) in [(back, Command::Back), (forward, Command::Forward)] {
            if pressed {
                self.command(ctx, command);
            }
        }
        for command in first.into_iter().chain(then) {
            let Some(keys) = command.shortcut().filter(|_| !(typing && command.yields_to_text())) else {
                continue;
            };
            // With Shift, these arrows make a column wider.
            if keys.modifiers.alt && shift {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&keys)) {
                self.command(ctx, command);
            }
        }
    }

    /// Whether a command can be given now.
    pub(super) fn can(&self, command: Command) -> bool {
        match command {
            Command::Undo => {
                self.document.as_ref().is_some_and(|document| document.next_undo(self.lang).is_some())
            }
            Command::Import | Command::Export | Command::Print | Command::Steps
                if self.in_members_hands() =>
            {
                false
            }
            Command::Redo => {
                self.document.as_ref().is_some_and(|document| document.next_redo(self.lang).is_some())
            }
            Command::Back => self.trail.can_go_back(|route| self.has_page(route)),
            Command::Forward => self.trail.can_go_forward(|route| self.has_page(route)),
            command => !command.needs_document() || (self.document.is_some() && !self.files.is_opening()),
        }
    }

    /// Carries out a command.
    pub(super) fn command(&mut self, ctx: &Context, command: Command) {
        let lang = self.lang;
        // What is being typed belongs to the dossier before anything is done with it.
        self.settle();
        if !self.can(command) {
            return;
        }
        match command {
            Command::New => self.leave(ctx, Then::New),
            Command::Open => self.leave(ctx, Then::AskOpen),
            Command::OpenSample => self.leave(ctx, Then::OpenSample),
            Command::Save => self.save(ctx, None),
            Command::SaveAs => self.ask_save_as(ctx, None),
            Command::Import => self.go_to_import(),
            Command::Export => self.route = Route::Export,
            Command::Print => self.print(ctx),
            Command::Start => self.route = Route::Start,
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Undo | Command::Redo => self.step(ctx, command == Command::Undo),
            Command::Steps => self.side = (self.side != Some(Side::Steps)).then_some(Side::Steps),
            Command::Palette => self.dialog = Some(Dialog::Palette(Palette::default())),
            Command::Find | Command::Replace => {
                self.side = Some(Side::Find);
                self.find.open(command == Command::Replace);
            }
            Command::FindNext | Command::FindPrevious => {
                self.step_through_hits(ctx, command == Command::FindNext);
            }
            Command::Back | Command::Forward => {
                let mut trail = std::mem::take(&mut self.trail);
                let exists = |route: &Route| self.has_page(route);
                let route = if command == Command::Back { trail.back(exists) } else { trail.forward(exists) };
                self.trail = trail;
                self.route = route.unwrap_or_else(|| self.route.clone());
            }
            Command::ZoomIn => self.zoom(ctx, ZOOMS.into_iter().find(|zoom| *zoom > self.prefs.zoom + 0.01)),
            Command::ZoomOut => {
                self.zoom(ctx, ZOOMS.into_iter().rev().find(|zoom| *zoom < self.prefs.zoom - 0.01));
            }
            Command::ZoomReset => self.zoom(ctx, Some(1.0)),
            Command::Brightness => {
                self.prefs.dark = !self.prefs.dark;
                theme::set_mode(ctx, self.prefs.mode());
                self.remember();
            }
            Command::Language => {
                self.lang = if lang == Lang::Ja { Lang::En } else { Lang::Ja };
                self.prefs.lang = Some(self.lang);
                self.remember();
            }
            Command::Ballot => {
                self.ballot = match self.ballot {
                    Some(_) => None,
                    None => Some(self.fresh_ballot()),
                };
            }
            Command::Autosave => {
                self.prefs.autosave = !self.prefs.autosave;
                self.remember();
            }
            Command::Messages => self.dialog = Some(Dialog::Messages),
            Command::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Command::Tour => self.tour = Some(0),
            Command::Diagnostics => {
                let about = diagnostics::About {
                    renderer: &self.renderer,
                    prefs: self.prefs_place.as_deref(),
                    journal: self.journals.folder(),
                    autosave: self.prefs.autosave,
                };
                let facts = Diagnostics::now(ctx, lang, &about);
                self.dialog = Some(Dialog::Diagnostics(Box::new(facts)));
            }
            Command::About => self.dialog = Some(Dialog::About),
        }
    }

    fn step(&mut self, ctx: &Context, back: bool) {
        let lang = self.lang;
        let Some(document) = &mut self.document else { return };
        // A field with the focus would write its draft over what is taken back; a cell has none and keeps the keyboard.
        if let Some(id) = ctx.memory(egui::Memory::focused).filter(|id| is_typing(ctx, *id)) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        let done = if back { document.undo(lang) } else { document.redo(lang) };
        match done {
            Ok(Some(label)) => {
                let text = if back {
                    tr!(lang, "元に戻しました: {label}", "Undone: {label}")
                } else {
                    tr!(lang, "やり直しました: {label}", "Done again: {label}")
                };
                self.messages.push(Kind::Info, text, "");
            }
            Ok(None) => {}
            Err(error) => self.messages.push(
                Kind::Alarm,
                lang.t(
                    "元に戻せませんでした。評価データは変わっていません。",
                    "That could not be undone; the dossier is unchanged.",
                ),
                error.to_string(),
            ),
        }
    }

    /// Zooms to a step; past the last one, nothing happens.
    fn zoom(&mut self, ctx: &Context, step: Option<f32>) {
        if let Some(zoom) = step {
            self.prefs.zoom = zoom;
            ctx.set_zoom_factor(zoom);
            self.remember();
        }
    }

    /// Keeps the preferences. A failure is worth a line in the log: nothing of the user's is at stake.
    pub(super) fn remember(&self) {
        if let Some(place) = &self.prefs_place
            && let Err(error) = self.prefs.save(place)
        {
            tracing::warn!("preferences could not be kept: {error}");
        }
    }

    /// Lets fields find the user's phrases, and keeps what was changed among them.
    fn keep_phrases(&mut self, ctx: &Context) {
        match kit::field::phrases::all(ctx) {
            None => kit::field::phrases::put(ctx, self.prefs.phrases.clone()),
            Some(phrases) if *phrases != self.prefs.phrases => {
                self.prefs.phrases.clone_from(&phrases);
                self.remember();
            }
            Some(_) => {}
        }
    }

    /// Remembers where the window stands and which page is shown.
    fn note_place(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let (inner, outer, monitor, maximised) = ctx.input(|input| {
            let view = input.viewport();
            (view.inner_rect, view.outer_rect, view.monitor_size, view.maximized.unwrap_or(false))
        });
        if let Some(inner) = inner {
            // A place on another screen may be nowhere the next time.
            let seen = outer.zip(monitor).filter(|(outer, monitor)| {
                egui::Rect::from_min_size(egui::Pos2::ZERO, *monitor).shrink(80.0).contains(outer.center())
                    && outer.min.x >= 0.0
                    && outer.min.y >= 0.0
            });
            let before = self.prefs.frame;
            self.prefs.frame = Some(Frame {
                size: match before {
                    Some(before) if maximised => before.size,
                    _ => [inner.width() * zoom, inner.height() * zoom],
                },
                at: seen.map(|(outer, _)| [outer.min.x * zoom, outer.min.y * zoom]),
                maximised,
            });
        }
        self.note_page();
        self.remember();
    }

    /// Remembers which page of the open file is shown.
    fn note_page(&mut self) {
        let Some(document) = self.document.as_ref().filter(|document| document.package.is_none()) else {
            return;
        };
        if let Some(file) = document.path.as_ref().filter(|_| self.route.is_of(&document.dossier)) {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            self.prefs.page = Some(Page { file, route: self.route.clone(), ballot: self.ballot.is_some() });
        }
    }

    /// Goes to the page of the open file that was shown last, if that is the one.
    pub(super) fn back_to_page(&mut self) {
        let Some(document) = &self.document else { return };
        let file = document.path.as_ref().and_then(|path| std::path::absolute(path).ok());
        let Some(page) = self.prefs.page.clone().filter(|page| Some(&page.file) == file.as_ref()) else {
            return;
        };
        if page.route.is_of(&document.dossier) {
            self.route = page.route;
            self.ballot = page.ballot.then(|| self.fresh_ballot());
        }
    }

    /// Shows a document, beginning with its programme.
    pub(super) fn show_document(&mut self, document: Document) {
        self.note_page();
        self.route = Route::programme();
        self.ballot = None;
        self.side = None;
        self.find.forget_document();
        self.export.forget_document();
        self.others = Others::default();
        self.document = Some(document);
    }

    /// Goes on with `then`, after asking what to do with unsaved changes.
    pub(super) fn leave(&mut self, ctx: &Context, then: Then) {
        self.settle();
        if self.has_unsaved_ballot() {
            // A ballot in a member's hands saves of itself: there is nothing to ask.
            self.save(ctx, Some(then));
        } else if self.is_dirty() {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go_on(ctx, then);
        }
    }

    /// Goes on with `then`, whatever is unsaved.
    pub(super) fn go_on(&mut self, ctx: &Context, then: Then) {
        self.files.cancel_opening();
        match then {
            Then::Open(path) => self.open(ctx, path),
            Then::AskOpen => self.ask_open(ctx),
            Then::OpenSample => match crate::sample::dossier() {
                Ok(dossier) => self.show_document(Document::new(dossier, None)),
                Err(error) => self.messages.push(
                    Kind::Alarm,
                    self.lang.t("サンプルを開けませんでした。", "The sample could not be opened."),
                    format!("{error:?}"),
                ),
            },
            Then::New => self.show_document(Document::new(crate::sample::blank(), None)),
            Then::Quit => {
                self.quitting = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A program that breaks down keeps what was edited for its next start.
        if std::thread::panicking() {
            self.journals.rescue(self.document.as_ref());
        }
    }
}

/// Whether the widget that has the focus takes text.
pub(super) fn is_typing(ctx: &Context, id: Id) -> bool {
    egui::text_edit::TextEditState::load(ctx, id).is_some()
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::Palette::when_dark(visuals.dark_mode).canvas.to_normalized_gamma_f32()
    }
}
