//! The import page before there is anything to look at: what goes here, and files being read.

use super::desk::Asked;
use crate::app::kit::{self, Icon, button};
use crate::app::theme::{Palette, Type, space};
use crate::locale::Lang;
use crate::tr;
use egui::Ui;

/// What goes here, and how.
pub(super) fn show(ui: &mut Ui, lang: Lang, trouble: Option<&str>) -> Option<Asked> {
    let mut asked = None;
    let subtitle = lang.t(
        "Excel などの表を読み取り、内容を確かめてから評価データに取り込みます。",
        "Reads tables from Excel and elsewhere, shows what was read, and takes it into the dossier when you confirm.",
    );
    let title = lang.t("取り込み", "Import");
    kit::page(
        ui,
        "import",
        title,
        Some(subtitle),
        |_| (),
        |ui| {
            if let Some(trouble) = trouble {
                let what = lang.t("読み取れませんでした", "Nothing could be read");
                let remedy = lang.t("評価データは変わっていません。", "The dossier is unchanged.");
                kit::trouble(ui, what, trouble, remedy);
            }
            kit::sheet(
                ui,
                lang.t("取り込むものを選ぶ", "Choose what to import"),
                None,
                |_| (),
                |ui| {
                    kit::prose(
                ui,
                lang.t(
                    "ファイルをこのウィンドウにドロップするか、ここで選んでください。いくつでも一度に取り込めます。",
                    "Drop files on this window, or choose them here; several at once if you like.",
                ),
            );
                    ui.add_space(space::TIGHT);
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::INSIDE);
                        if button::primary(ui, lang.t("ファイルを選ぶ…", "Choose files…")).clicked()
                        {
                            asked = Some(Asked::Files);
                        }
                        let paste = lang.t("表を貼り付ける", "Paste a table");
                        if button::with_icon(ui, Icon::Table, paste).clicked() {
                            asked = Some(Asked::Paste);
                        }
                    });
                    ui.add_space(space::INSIDE);
                    for (what, more) in [
                (
                    lang.t("Excel・ODS・CSV", "Excel, ODS, CSV"),
                    lang.t(
                        "報告書の体裁の表（資金配分、アウトプット、評点など）。シートのどこにあっても、いくつ並んでいても読み取ります。",
                        "Tables laid out as in the report (funding, outputs, scores …), anywhere on a sheet and several a sheet.",
                    ),
                ),
                (
                    lang.t("RSシステム・JUDGIT", "RS System, JUDGIT"),
                    lang.t("公表データの CSV・ZIP、JSON。", "Published data as CSV, zip and JSON."),
                ),
                (
                    lang.t("方眼紙の様式", "Forms on grid paper"),
                    lang.t(
                        "読み取れない表は、範囲を選んで何の表かを一度説明します。保存した対応付け（.ron）は、次からブックと一緒に選びます。",
                        "Where no table is recognised, mark a range and say what it is, once. Next time, bring the saved map (.ron) with the workbook.",
                    ),
                ),
                (
                    lang.t("評価データ（.ron）", "Dossiers (.ron)"),
                    lang.t("ほかの評価データの全部または一部。", "Another dossier, or a part of one."),
                ),
                (
                    lang.t("貼り付け（Ctrl+V）", "Paste (Ctrl+V)"),
                    lang.t(
                        "Excel でコピーした範囲。入力欄の外で貼り付けてください。",
                        "A range copied in Excel; paste while no field has the keyboard.",
                    ),
                ),
            ] {
                kit::labelled(ui, what, |ui| kit::prose(ui, more));
            }
                    ui.add_space(space::TIGHT);
                    kit::note(
                ui,
                lang.t(
                    "元のファイルは読むだけで、変えません。「取り込む」を押すまで評価データも変わらず、取り込んだ後もまとめて元に戻せます。",
                    "Files are only read. The dossier changes when you press Import, and all of it can be undone.",
                ),
            );
                },
            );
        },
    );
    asked
}

/// The files being read, which of them is at hand, and a way out. Whether that was taken.
pub(super) fn loading(ui: &mut Ui, lang: Lang, names: &[String], fraction: f32, what: &str) -> bool {
    let n = names.len();
    let title = tr!(lang, "{n} 件を読み込んでいます", "Reading {n}");
    let mut stop = false;
    kit::page(
        ui,
        "import reading",
        &title,
        None,
        |_| (),
        |ui| {
            kit::paper(ui, &title, |ui| {
                let p = Palette::of(ui);
                #[expect(clippy::cast_precision_loss, reason = "a number of files")]
                let at = fraction * n as f32;
                for (index, name) in names.iter().enumerate() {
                    #[expect(clippy::cast_precision_loss, reason = "a number of files")]
                    let begun = index as f32;
                    let (icon, colour, state) = if at >= begun + 1.0 {
                        (Icon::Check, p.good, lang.t("読み込み済み", "read"))
                    } else if at >= begun {
                        (Icon::Clock, p.accent, lang.t("読み込み中", "reading"))
                    } else {
                        (Icon::Document, p.secondary, lang.t("待ち", "waiting"))
                    };
                    ui.horizontal(|ui| {
                        icon.show(ui, 18.0, colour);
                        ui.label(Type::Body.text(name));
                        kit::note(ui, state);
                    });
                }
                ui.add_space(space::INSIDE);
                kit::progress(ui, what, Some(fraction));
                kit::note(ui, what);
                stop = button::plain(ui, lang.t("やめる", "Cancel")).clicked();
            });
        },
    );
    stop
}
