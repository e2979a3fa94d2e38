//! The few dialogs: unsaved changes, a path, past messages, shortcuts, about.

use super::command::Command;
use super::diagnostics::Diagnostics;
use super::files::{PathPrompt, Purpose};
use super::kit::{self, Answer, button, confirm, field};
use super::meanwhile::Meanwhile;
use super::palette::Palette;
use super::shortcuts;
use super::theme::{self, Type, space};
use super::window::{Then, Window};
use crate::locale::Lang;
use egui::{Context, Id, Key, Ui};

/// The dialog that is open.
#[derive(Debug)]
pub(crate) enum Dialog {
    /// Asks what to do with unsaved changes before going on.
    Unsaved(Then),
    /// Asks for a path.
    Path(PathPrompt),
    /// Offers to restore what a crash has left.
    Restore,
    /// Asks how to bring together what was edited here and elsewhere.
    Meanwhile(Box<Meanwhile>),
    /// Past messages.
    Messages,
    /// The list of shortcuts.
    Shortcuts,
    /// Commands and pages by their names.
    Palette(Palette),
    /// What helps to find trouble.
    Diagnostics(Box<Diagnostics>),
    /// Says that a PDF is being made to be printed.
    Printing,
    /// Version and licences.
    About,
}

impl Dialog {
    /// Whether this asks for a path, and for that purpose.
    pub(crate) fn asks_for(&self, purpose: &Purpose) -> bool {
        matches!(self, Self::Path(prompt) if prompt.purpose == *purpose)
    }
}

/// What a dialog asks to happen next.
enum Next {
    Stay,
    Close,
    AcceptPath,
}

impl Window {
    /// Draws the dialog that is open.
    pub(super) fn dialogs(&mut self, ctx: &Context) {
        let lang = self.lang;
        let next = match &mut self.dialog {
            None => return,
            Some(Dialog::Unsaved(then)) => {
                let then = then.clone();
                return self.unsaved(ctx, then);
            }
            Some(Dialog::Meanwhile(_)) => return self.meanwhile_dialog(ctx),
            Some(Dialog::Palette(palette)) => {
                let palette = std::mem::take(palette);
                self.dialog = None;
                return self.palette_dialog(ctx, palette);
            }
            Some(Dialog::Printing) => return self.printing_dialog(ctx),
            Some(Dialog::Restore) => return self.restore_dialog(ctx),
            Some(Dialog::Path(prompt)) => path(ctx, lang, prompt),
            Some(Dialog::Messages) => {
                let messages = &mut self.messages;
                plain(ctx, lang, "messages", Command::Messages.label(lang), 560.0, |ui| {
                    egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                        messages.history(ui, lang.t("メッセージはまだありません。", "No messages yet."));
                    });
                    let copy = lang.t("すべてコピー", "Copy all");
                    if !messages.all().is_empty() && button::quiet(ui, None, copy).clicked() {
                        ui.copy_text(messages.text());
                    }
                })
            }
            Some(Dialog::Shortcuts) => {
                plain(ctx, lang, "shortcuts", Command::Shortcuts.label(lang), 900.0, |ui| {
                    let height = (ui.ctx().content_rect().height() - 200.0).max(160.0);
                    let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
                    area.show(ui, |ui| shortcuts::show(ui, lang));
                })
            }
            Some(Dialog::Diagnostics(facts)) => {
                plain(ctx, lang, "diagnostics", Command::Diagnostics.label(lang), 600.0, |ui| {
                    facts.show(ui, lang);
                })
            }
            Some(Dialog::About) => {
                plain(ctx, lang, "about", Command::About.label(lang), 520.0, |ui| about(ui, lang))
            }
        };
        match next {
            Next::Stay => {}
            Next::Close => self.dialog = None,
            Next::AcceptPath => self.accept_path(ctx),
        }
    }

    fn unsaved(&mut self, ctx: &Context, then: Then) {
        let lang = self.lang;
        let answers = [
            Answer::Primary(lang.t("保存する", "Save")),
            Answer::Danger(lang.t("保存しない", "Don't save")),
            Answer::Plain(lang.t("やめる", "Cancel")),
        ];
        let answer = confirm(
            ctx,
            Id::unique("unsaved changes"),
            lang.t("変更を保存しますか。", "Save the changes?"),
            lang.t(
                "保存しないと、前回の保存より後の変更は失われます。",
                "Without saving, what changed since the last save is lost.",
            ),
            &answers,
        );
        if let Some(answer) = answer {
            self.dialog = None;
            match answer {
                0 => self.save(ctx, Some(then)),
                1 => self.go_on(ctx, then),
                _ => {}
            }
        }
    }
}

/// A dialog with a title, content, and one button that closes it.
fn plain(
    ctx: &Context,
    lang: Lang,
    id: &str,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui),
) -> Next {
    let modal = kit::dialog(ctx, Id::unique(id), title, width, |ui| {
        content(ui);
        ui.add_space(space::INSIDE);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            button::plain(ui, lang.t("閉じる", "Close")).clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() { Next::Close } else { Next::Stay }
}

fn path(ctx: &Context, lang: Lang, prompt: &mut PathPrompt) -> Next {
    let (title, deed) = match prompt.purpose {
        Purpose::Open => (lang.t("評価データを開く", "Open a dossier"), lang.t("開く", "Open")),
        Purpose::Import => (lang.t("取り込むファイル", "Files to import"), lang.t("読み込む", "Read")),
        Purpose::FormMap => (lang.t("対応付けの保存先", "Where to save the map"), lang.t("保存する", "Save")),
        Purpose::SaveAs(_) => (lang.t("名前を付けて保存", "Save as"), lang.t("保存する", "Save")),
        Purpose::Picture(_) => (lang.t("図の保存先", "Where to save the figure"), lang.t("保存する", "Save")),
        Purpose::Issue(_) => {
            (lang.t("評価票を書き出すフォルダー", "Folder for the ballots"), lang.t("発行する", "Issue"))
        }
        Purpose::Merge => (lang.t("評価票を取り込む", "Merge ballots"), lang.t("読み込む", "Read")),
        Purpose::Chase(_) => (
            lang.t("未記入の一覧を書き出す", "Write the list of what is missing"),
            lang.t("書き出す", "Write"),
        ),
        Purpose::Receipts(_) => {
            (lang.t("受領書を書き出すフォルダー", "Folder for the receipts"), lang.t("書き出す", "Write"))
        }
        Purpose::Key(_) => (lang.t("鍵ファイルの保存", "Save the key file"), lang.t("作る", "Make")),
        Purpose::HandIn => {
            (lang.t("提出する評価票を保存", "Save the ballot to hand in"), lang.t("保存する", "Save"))
        }
        Purpose::ReadTemplate => {
            (lang.t("報告書のひな形を読み込む", "Read a template of the report"), lang.t("読み込む", "Read"))
        }
        Purpose::WriteTemplate(_) => (
            lang.t("報告書のひな形を書き出す", "Write a template of the report"),
            lang.t("書き出す", "Write"),
        ),
        Purpose::Export => (
            lang.t("報告書一式の書き出し先", "Where to write the report bundle"),
            lang.t("書き出す", "Export"),
        ),
    };
    let first = ctx.read_response(Id::unique("path prompt")).is_none();
    let modal = kit::dialog(ctx, Id::unique("path prompt"), title, 560.0, |ui| {
        kit::note(
            ui,
            lang.t(
                "ファイルの選択画面が開かないときは、ここに場所を入力してください。",
                "If no file chooser opens, type the place here.",
            ),
        );
        let name = lang.t("ファイルの場所", "Place of the file");
        let options = field::Options::default().boxed();
        let response = if matches!(prompt.purpose, Purpose::Import | Purpose::Merge) {
            kit::note(
                ui,
                lang.t(
                    "複数のときは Shift+Enter で改行し、一行に一つ。",
                    "Several: one a line, with Shift+Enter between.",
                ),
            );
            field::wrapped(ui, "path", name, &mut prompt.text, &options)
        } else {
            field::line(ui, "path", name, &mut prompt.text, &options)
        };
        if first {
            response.request_focus();
        }
        if response.changed() {
            prompt.overwrite = false;
            prompt.trouble = None;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if let Some(trouble) = &prompt.trouble {
            ui.label(Type::Body.text(trouble).color(theme::Palette::of(ui).alarm));
        }
        ui.add_space(space::INSIDE);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if button::primary(ui, deed).clicked() || entered {
                return Next::AcceptPath;
            }
            if button::plain(ui, lang.t("やめる", "Cancel")).clicked() { Next::Close } else { Next::Stay }
        })
        .inner
    });
    if matches!(modal.inner, Next::Stay) && modal.should_close() { Next::Close } else { modal.inner }
}

fn about(ui: &mut Ui, lang: Lang) {
    let version = env!("CARGO_PKG_VERSION");
    ui.label(Type::Strong.text(crate::tr!(
        lang,
        "Hyoka 評価  第 {version} 版",
        "Hyoka 評価  version {version}"
    )));
    kit::prose(
        ui,
        lang.t(
            "公的な研究開発プログラムの評価を、資料の整理から評点、報告書まで一つにまとめる作業台です。",
            "A workbench for the evaluation of public R&D programmes, from the material through the scores to the report.",
        ),
    );
    kit::note(
        ui,
        lang.t(
            "ライセンス: MIT または Apache-2.0。書体: Noto Sans JP（SIL Open Font License 1.1）。",
            "Licence: MIT or Apache-2.0. Typeface: Noto Sans JP (SIL Open Font License 1.1).",
        ),
    );
}
