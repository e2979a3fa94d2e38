//! How files and tables arrive: dropped on the window, chosen, typed, or pasted.

use super::words;
use super::work::Ask;
use crate::app::command::Command;
use crate::app::files::Purpose;
use crate::app::kit::table::paste;
use crate::app::kit::{Icon, Kind};
use crate::app::route::Route;
use crate::app::theme::{Palette, Type, space};
use crate::app::window::{Then, Window, is_typing};
use crate::import::forms::is_map_file;
use crate::tr;
use egui::{Align2, Area, Context, Event, Frame, Id, Margin, Order, Stroke, ViewportCommand};
use std::path::{Path, PathBuf};

/// How many frames a paste that was asked for is waited for.
const PATIENCE: u8 = 6;

/// Whether files that are dropped together are opened rather than imported: one dossier alone. The map of a form has
/// the ending of one.
fn opens(paths: &[PathBuf]) -> bool {
    let is_dossier =
        |path: &Path| path.extension().is_some_and(|end| end == "ron" || end == "bak") && !is_map_file(path);
    matches!(paths, [one] if is_dossier(one))
}

/// Files that are held over the window.
#[derive(Debug)]
pub(super) struct Held {
    paths: Vec<PathBuf>,
    /// Whether they are ballots.
    ballots: bool,
    /// Whether they would be opened.
    opens: bool,
}

impl Window {
    /// Opens a dossier that was dropped; any other files go to the import. What was typed before a paste is a step of
    /// its own.
    pub(in crate::app) fn arriving(&mut self, ctx: &Context) {
        if ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Paste(_)))) {
            self.settle();
        }
        let paths: Vec<PathBuf> = ctx
            .input_mut(|input| std::mem::take(&mut input.raw.dropped_files))
            .iter()
            .map(|file| file.path().to_owned())
            .collect();
        if paths.is_empty() {
            return;
        }
        if self.takes_as_ballots(&paths) {
            self.merge_files(ctx, paths);
        } else if let [dossier] = paths.as_slice()
            && opens(&paths)
        {
            self.leave(ctx, Then::Open(dossier.clone()));
        } else {
            self.import_files(ctx, paths);
        }
    }

    /// Brings files to the import.
    pub(in crate::app) fn import_files(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.bring(ctx, paths.into_iter().map(Ask::File).collect());
    }

    /// Asks for files to import.
    pub(super) fn ask_import(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Import, String::new());
    }

    /// Asks the platform for what is on the clipboard.
    pub(super) fn ask_paste(&mut self, ctx: &Context) {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        self.import.paste_awaited = PATIENCE;
        ctx.request_repaint();
    }

    /// Looks after what was pasted once everything is drawn: what no field and no table took is a table to import.
    pub(in crate::app) fn pasted(&mut self, ctx: &Context) {
        let lang = self.lang;
        if let Some(outcome) = paste::outcome(ctx) {
            self.settle();
            let (taken, left) = (outcome.taken, outcome.left);
            let n = left.len();
            if outcome.clearing && taken == 0 {
                let words = lang.t(
                    "選んだセルは計算欄のため、消す内容がありません。",
                    "The selected cells are computed: there is nothing to clear.",
                );
                self.messages.push(Kind::Info, words, "");
            }
            if let Some(first) = left.first().map(|left| words::no_place(lang, left)) {
                let words = tr!(
                    lang,
                    "{taken} セルに貼り付けました。{n} セルは入っていません。最初は{first}です。",
                    "Pasted into {taken} cells; {n} found no place, the first {first}."
                );
                let mut lines: Vec<String> =
                    left.iter().take(40).map(|left| words::no_place(lang, left)).collect();
                lines.extend((n > lines.len()).then(|| "…".to_owned()));
                self.messages.push(Kind::Caution, words, lines.join("\n"));
            }
        }
        let typing = ctx.memory(egui::Memory::focused).is_some_and(|id| is_typing(ctx, id));
        let pasted = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        let awaited = self.import.paste_awaited;
        self.import.paste_awaited = awaited.saturating_sub(1);
        if let Some(text) = pasted.filter(|_| !typing && self.dialog.is_none()) {
            self.import.paste_awaited = 0;
            let table = text.contains('\t') || text.trim_end().contains('\n');
            if table {
                self.import.pastes += 1;
                let n = self.import.pastes;
                let name = tr!(lang, "貼り付けた表 {n}", "Pasted table {n}");
                self.bring(ctx, vec![Ask::Paste(name, text)]);
            } else if awaited > 0 || self.route == Route::Import {
                self.no_table();
            }
        } else if awaited == 1 {
            self.no_table();
        } else if awaited > 0 {
            ctx.request_repaint();
        }
    }

    /// Why nothing can be imported now.
    pub(super) fn no_import(&self) -> &'static str {
        self.lang.t(
            "評価票を開いている間は、ほかの表を取り込めません。",
            "While a ballot is open, no other tables can be imported.",
        )
    }

    fn no_table(&mut self) {
        let words = self.lang.t(
            "クリップボードに表がありません。Excel などで範囲をコピーしてから、もう一度お試しください。",
            "There is no table on the clipboard. Copy a range in Excel or the like and try again.",
        );
        self.messages.push(Kind::Info, words, "");
    }

    /// Says what dropping would do while files are held over the window.
    pub(in crate::app) fn drop_hint(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> =
            ctx.input(|input| input.raw.hovered_files.iter().filter_map(|file| file.path.clone()).collect());
        let count = ctx.input(|input| input.raw.hovered_files.len());
        if count == 0 {
            self.import.held = None;
            return;
        }
        // To know a ballot its file is read, so the question is asked once and not in every frame.
        let known = self.import.held.take().filter(|held| held.paths == paths);
        let held = known.unwrap_or_else(|| {
            let ballots = self.takes_as_ballots(&paths);
            Held { ballots, opens: !ballots && opens(&paths), paths }
        });
        let (ballots, opens) = (held.ballots, held.opens);
        let name = held.paths.first().and_then(|path| path.file_name());
        let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.import.held = Some(held);
        let lang = self.lang;
        let (icon, what, how) = if ballots {
            let what = tr!(
                lang,
                "ここで離すと {count} 個のファイルを評価票として受け取ります",
                "Drop to receive {count} files as ballots"
            );
            let how =
                lang.t("統合の前に内容を確かめます。", "You see what they hold before anything is merged.");
            (Icon::Import, what, how)
        } else if opens {
            let what = tr!(lang, "ここで離すと {name} を開きます", "Drop to open {name}");
            (Icon::Folder, what, lang.t("評価データとして開きます。", "It opens as a dossier."))
        } else if !self.can(Command::Import) {
            (Icon::Lock, self.no_import().to_owned(), "")
        } else {
            let what = if count == 1 && !name.is_empty() {
                tr!(lang, "ここで離すと {name} を取り込みます", "Drop to import {name}")
            } else {
                tr!(lang, "ここで離すと {count} 個のファイルを取り込みます", "Drop to import {count} files")
            };
            let how = lang.t(
                "先に内容を確かめます。選んで確定するまで、評価データは変わりません。",
                "You see what was read first; the dossier changes only when you confirm.",
            );
            (Icon::Import, what, how)
        };
        let p = Palette::when_dark(ctx.global_style().visuals.dark_mode);
        let screen = ctx.content_rect();
        Area::new(Id::unique("drop hint"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .interactable(false)
            .show(ctx, |ui| {
                ui.painter().with_clip_rect(screen).rect_filled(screen, 0.0, p.veil);
                let frame = Frame::NONE.fill(p.sheet).stroke(Stroke::new(2.0, p.accent));
                frame.corner_radius(space::CORNER).inner_margin(Margin::same(32)).show(ui, |ui| {
                    ui.set_width(520.0_f32.min(screen.width() - 96.0));
                    ui.vertical_centered(|ui| {
                        icon.show(ui, 40.0, p.accent);
                        ui.add_space(space::INSIDE);
                        ui.label(Type::Panel.text(what));
                        ui.label(Type::Body.text(how).color(p.secondary));
                    });
                });
            });
    }
}
