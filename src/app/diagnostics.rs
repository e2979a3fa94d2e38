//! What somebody who is asked for help wants to know of this program and this machine. Nothing of a dossier.

use super::kit::{self, button};
use super::theme::{Palette, Type, space};
use crate::locale::Lang;
use crate::store;
use egui::{Context, Ui};
use std::fmt::Write as _;
use std::path::Path;

/// The facts, as they were when the dialog was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostics {
    rows: Vec<(&'static str, String)>,
}

/// What only the window knows.
pub(crate) struct About<'a> {
    /// What draws.
    pub(crate) renderer: &'a str,
    /// Where preferences are kept.
    pub(crate) prefs: Option<&'a Path>,
    /// Where edits are noted.
    pub(crate) journal: Option<&'a Path>,
    /// Whether dossiers save of themselves.
    pub(crate) autosave: bool,
}

impl Diagnostics {
    /// Looks at everything now.
    pub(crate) fn now(ctx: &Context, lang: Lang, about: &About<'_>) -> Self {
        let none = || lang.t("なし", "none").to_owned();
        let place = |path: Option<&Path>| path.map_or_else(none, |path| path.display().to_string());
        let (native, zoom) = (ctx.native_pixels_per_point().unwrap_or(1.0), ctx.zoom_factor());
        let size = ctx.content_rect().size() * ctx.pixels_per_point();
        let renderer = if about.renderer.is_empty() { none() } else { about.renderer.to_owned() };
        let dark = ctx.global_style().visuals.dark_mode;
        let on_off = |on| if on { lang.t("入", "on") } else { lang.t("切", "off") };
        let log = crate::log::place();
        let rows = vec![
            (lang.t("版", "Version"), env!("CARGO_PKG_VERSION").to_owned()),
            (lang.t("評価データの書式", "Dossier format"), store::SCHEMA.to_string()),
            (lang.t("基本ソフト", "System"), system()),
            (lang.t("描画", "Drawn with"), renderer),
            (lang.t("画面", "Window"), format!("{:.0} × {:.0} px", size.x, size.y)),
            (lang.t("画面の倍率", "Scale"), format!("{:.0} % × {:.0} %", native * 100.0, zoom * 100.0)),
            (
                lang.t("表示", "Display"),
                [lang.name(), if dark { lang.t("暗い", "dark") } else { lang.t("明るい", "light") }]
                    .join(", "),
            ),
            (lang.t("自動保存", "Automatic saving"), on_off(about.autosave).to_owned()),
            (lang.t("書体", "Typeface"), typeface(lang)),
            (lang.t("メモリー", "Memory"), memory().unwrap_or_else(|| lang.t("不明", "unknown").to_owned())),
            (lang.t("設定ファイル", "Preferences"), place(about.prefs)),
            (lang.t("ログのフォルダー", "Folder of the log"), place(log.as_deref())),
            (lang.t("編集中の控えのフォルダー", "Folder of the journals"), place(about.journal)),
        ];
        Self { rows }
    }

    /// Everything as text to send.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from("Hyoka\n");
        for (label, value) in &self.rows {
            let _ = writeln!(text, "{label}: {value}");
        }
        text
    }

    /// Draws the facts, and the button that copies them.
    pub(crate) fn show(&self, ui: &mut Ui, lang: Lang) {
        let p = Palette::of(ui);
        kit::note(
            ui,
            lang.t(
                "お問い合わせのときに、ここの内容をお知らせください。評価データの中身は含まれません。",
                "Send this along when you ask for help. It holds nothing of a dossier.",
            ),
        );
        let label = 168.0_f32.min(ui.available_width() * 0.36);
        let room = (ui.ctx().content_rect().height() - 260.0).max(120.0);
        egui::ScrollArea::vertical().max_height(room).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 0.0;
            for (name, value) in &self.rows {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::INSIDE;
                    let words = egui::Label::new(Type::Small.text(*name).color(p.secondary)).wrap();
                    ui.allocate_ui(egui::vec2(label, 0.0), |ui| {
                        ui.set_width(label);
                        ui.add(words);
                    });
                    ui.add(egui::Label::new(Type::Small.text(value)).wrap());
                });
            }
        });
        ui.add_space(space::TIGHT);
        if button::plain(ui, lang.t("コピー", "Copy")).clicked() {
            ui.copy_text(self.text());
        }
    }
}

/// The system's name, as it calls itself where that is known.
fn system() -> String {
    let own = std::fs::read_to_string("/etc/os-release").ok().and_then(|text| {
        let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
        Some(name.trim_matches('"').to_owned())
    });
    let (kind, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let session = std::env::var("XDG_SESSION_TYPE").ok().filter(|session| !session.is_empty());
    let known = [own, Some(format!("{kind} {arch}")), session];
    known.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn typeface(lang: Lang) -> String {
    let kib = (crate::fonts::SANS_REGULAR.len() + crate::fonts::SANS_BOLD.len()).div_ceil(1024);
    crate::tr!(lang, "Noto Sans JP（内蔵、{kib} KiB）", "Noto Sans JP (embedded, {kib} KiB)")
}

/// What the program takes of the memory now, and at most so far; none where the system does not say.
fn memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kib.div_ceil(1024))
    };
    let (now, most) = (of("VmRSS:")?, of("VmHWM:")?);
    Some(format!("{now} MiB (≤ {most} MiB)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::kit::testing::harness;
    use egui_kittest::kittest::Queryable;

    #[test]
    fn what_is_shown_is_what_is_copied() {
        for lang in Lang::ALL {
            let mut desk = harness((), move |ui, ()| {
                let about = About { renderer: "OpenGL", prefs: None, journal: None, autosave: false };
                Diagnostics::now(ui.ctx(), lang, &about).show(ui, lang);
            });
            desk.run();
            let version = env!("CARGO_PKG_VERSION");
            desk.get_by_label(version);
            desk.get_by_label(lang.t("コピー", "Copy")).click();
            desk.step();
            let copied = desk.output().platform_output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            let copied = copied.unwrap();
            assert!(copied.contains(version) && copied.contains("OpenGL"), "{copied}");
            assert_eq!(copied.lines().count(), 14);
        }
    }
}
