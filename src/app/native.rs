//! Opening a real window, or saying in one sentence why there is none.

use super::kit;
use super::prefs::{LEAST, Prefs};
use super::theme;
use super::window::{Setup, Window};
use crate::locale::Lang;
use crate::tr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Why no window could be opened.
#[derive(Debug)]
pub enum StartError {
    /// There is no display to open it on.
    NoDisplay,
    /// A display is named, but no window can be opened on it, for the reason given.
    NoGraphics(String),
    /// The window broke down, for the reason given. What was edited is in the journal.
    BrokeDown(String),
}

impl StartError {
    /// The sentence to show.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NoDisplay => lang
                .t(
                    "画面がないためウィンドウを開けません。画面なしでは sample・show・stats・report・verify の各コマンドを使えます（hyoka --help）。",
                    "there is no display to open a window on; without one use the commands sample, show, stats, report and verify (hyoka --help).",
                )
                .to_owned(),
            Self::BrokeDown(what) => tr!(
                lang,
                "Hyoka が予期せず終了しました（{what}）。編集中の内容は残してあります。もう一度起動すると復元できます。",
                "Hyoka ended unexpectedly ({what}). What was being edited has been kept; start it again to restore it."
            ),
            Self::NoGraphics(what) => tr!(
                lang,
                "この画面にはウィンドウを開けません（{what}）。画面の指定、OpenGL ドライバー、README にあるライブラリーを確かめるか、画面なしのコマンドを使ってください（hyoka --help）。",
                "no window can be opened on this display ({what}); check the display, its OpenGL driver and the libraries that the README names, or use the commands that need no window (hyoka --help)."
            ),
        }
    }
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// If there is no display or nothing can draw on it.
pub fn run(dossier: Option<&Path>, lang: Option<Lang>) -> Result<(), StartError> {
    let started = Instant::now();
    if !has_display() {
        return Err(StartError::NoDisplay);
    }
    let attempts = renderers();
    let mut last = String::new();
    for renderer in attempts {
        let setup = Setup {
            dossier: dossier.map(Path::to_owned),
            lang,
            prefs_place: Prefs::place(),
            journal_place: super::journal::place(),
            native_dialogs: true,
            started: Some(started),
            reader: None,
            renderer: if renderer == eframe::Renderer::Glow { "OpenGL" } else { "wgpu" }.to_owned(),
        };
        let opened = Arc::new(AtomicBool::new(false));
        match catch_unwind(AssertUnwindSafe(|| open(renderer, setup, &opened))) {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => last = reason(&error),
            // A library that the windowing needs and this machine lacks is told by a panic.
            Err(panic) if !opened.load(Ordering::Relaxed) => last = words(&*panic),
            Err(panic) => {
                let error = StartError::BrokeDown(words(&*panic));
                tracing::error!("the window broke down");
                tell(&error, lang);
                return Err(error);
            }
        }
    }
    let error = StartError::NoGraphics(last);
    tell(&error, lang);
    Err(error)
}

/// Says in a box why there is no window, where nobody may be reading standard error.
fn tell(error: &StartError, lang: Option<Lang>) {
    // On Linux such a box would need the very display that is missing.
    if cfg!(target_os = "linux") && !matches!(error, StartError::BrokeDown(_)) {
        return;
    }
    let sentence = error.message(lang.unwrap_or_default());
    let _ = rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Hyoka 評価")
        .set_description(sentence)
        .show();
}

/// Why eframe could not start, without the source places and settings that it prints along.
fn reason(error: &eframe::Error) -> String {
    match error {
        eframe::Error::NoGlutinConfigs(_, cause) => format!("OpenGL: {cause}"),
        other => {
            let text = other.to_string();
            text.rsplit(": ").next().unwrap_or(&text).to_owned()
        }
    }
}

/// What a panic says.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    text.and_then(|text| text.lines().next()).unwrap_or_default().trim_end_matches('.').to_owned()
}

fn open(renderer: eframe::Renderer, setup: Setup, opened: &Arc<AtomicBool>) -> eframe::Result {
    let opened = Arc::clone(opened);
    let stood = setup.prefs_place.as_deref().map(Prefs::load).and_then(|prefs| prefs.frame);
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id("hyoka")
        .with_title("Hyoka 評価")
        .with_inner_size(stood.map_or([1360.0, 860.0], |frame| frame.size))
        .with_min_inner_size(LEAST)
        .with_maximized(stood.is_some_and(|frame| frame.maximised))
        .with_icon(icon());
    if let Some(at) = stood.and_then(|frame| frame.at) {
        viewport = viewport.with_position(at);
    }
    let options = eframe::NativeOptions { viewport, renderer, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "hyoka",
        options,
        Box::new(move |creation| {
            opened.store(true, Ordering::Relaxed);
            let (version, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
            tracing::info!("Hyoka {version} on {os}, {renderer:?}");
            kit::keyboard::install(&creation.egui_ctx);
            theme::install(&creation.egui_ctx, theme::Mode::default());
            Ok(Box::new(Window::new(&creation.egui_ctx, setup)))
        }),
    )
}

/// Linux has OpenGL wherever Mesa is. Elsewhere wgpu comes first, because remote desktops often lack OpenGL 2.
#[cfg(target_os = "linux")]
fn renderers() -> Vec<eframe::Renderer> {
    vec![eframe::Renderer::Glow]
}
#[cfg(not(target_os = "linux"))]
fn renderers() -> Vec<eframe::Renderer> {
    vec![eframe::Renderer::Wgpu, eframe::Renderer::Glow]
}

#[cfg(target_os = "linux")]
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
#[cfg(not(target_os = "linux"))]
fn has_display() -> bool {
    true
}

/// The window's icon: a sheet of paper in 藍 with three scored lines, drawn here so that no picture has to be kept.
fn icon() -> egui::IconData {
    const SIDE: u32 = 64;
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let sheet = (10..54).contains(&x) && (5..59).contains(&y);
            let row = y.checked_sub(17).filter(|from| from % 12 < 5 && *from < 29);
            let line = row.is_some() && (18..34).contains(&x);
            let score = row.is_some_and(|from| (38 + 4 * (from / 12) % 8..46).contains(&x));
            rgba.extend_from_slice(match (sheet, line, score) {
                (false, ..) => &[0, 0, 0, 0],
                (_, true, _) => &[0xff, 0xff, 0xff, 0xff],
                (_, _, true) => &[0xe2, 0xc6, 0x4b, 0xff],
                _ => &[0x1f, 0x4e, 0x79, 0xff],
            });
        }
    }
    egui::IconData { rgba, width: SIDE, height: SIDE }
}
