//! The start page: the sample, a file, a recent file, a new dossier.

use crate::app::command::Command;
use crate::app::cx::Action;
use crate::app::kit::{self, Icon, button};
use crate::app::route::Route;
use crate::app::theme::{Palette, Type, space};
use crate::locale::Lang;
use egui::{Label, Ui};
use std::path::{Path, PathBuf};

/// Draws the start page. `open` tells whether a dossier is open behind it.
pub(in crate::app) fn start(
    ui: &mut Ui,
    lang: Lang,
    recent: &[PathBuf],
    open: bool,
    actions: &mut Vec<Action>,
) {
    let subtitle = lang.t(
        "公的な研究開発プログラムの評価を、資料の整理から評点、報告書まで一つに。",
        "The evaluation of public R&D programmes, from the material through the scores to the report.",
    );
    kit::page(
        ui,
        "start",
        lang.t("Hyoka 評価", "Hyoka 評価"),
        Some(subtitle),
        |_| (),
        |ui| {
            kit::sheet(
                ui,
                lang.t("はじめる", "Begin"),
                None,
                |_| (),
                |ui| {
                    kit::prose(
                ui,
                lang.t(
                    "はじめての方は、実際の評価（再生医療・遺伝子治療の産業化に向けた基盤技術開発事業、2022年度）を収めたサンプルをご覧ください。",
                    "New here? The sample holds a real evaluation: the regenerative-medicine and gene-therapy programme, FY2022.",
                ),
            );
                    ui.add_space(space::INSIDE);
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::INSIDE);
                        if button::primary(ui, Command::OpenSample.label(lang)).clicked() {
                            actions.push(Action::Do(Command::OpenSample));
                        }
                        for (icon, command) in [
                            (Icon::Folder, Command::Open),
                            (Icon::Plus, Command::New),
                            (Icon::Import, Command::Import),
                        ] {
                            if button::with_icon(ui, icon, command.label(lang)).clicked() {
                                actions.push(Action::Do(command));
                            }
                        }
                        if open
                            && button::quiet(
                                ui,
                                None,
                                lang.t("開いている評価に戻る", "Back to the open dossier"),
                            )
                            .clicked()
                        {
                            actions.push(Action::Go(Route::programme()));
                        }
                    });
                    ui.add_space(space::TIGHT);
                    kit::note(
                        ui,
                        lang.t(
                            "評価データ（.ron）や Excel の表は、このウィンドウにドロップしても開く・取り込むことができます。",
                            "Dossiers (.ron) and tables from Excel can also be dropped on this window, to be opened or imported.",
                        ),
                    );
                },
            );
            kit::sheet(
                ui,
                lang.t("最近使ったファイル", "Recent files"),
                None,
                |_| (),
                |ui| {
                    if recent.is_empty() {
                        kit::note(
                            ui,
                            lang.t(
                                "開いたファイルがここに並びます。",
                                "Files that you open are listed here.",
                            ),
                        );
                    }
                    for path in recent {
                        recent_file(ui, path, actions);
                    }
                },
            );
        },
    );
}

fn recent_file(ui: &mut Ui, path: &Path, actions: &mut Vec<Action>) {
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    ui.horizontal(|ui| {
        if button::quiet(ui, Some(Icon::Document), &name).clicked() {
            actions.push(Action::Open(path.to_owned()));
        }
        let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let words = Type::Small.text(folder).color(Palette::of(ui).secondary);
        ui.add(Label::new(words).truncate());
    });
}
