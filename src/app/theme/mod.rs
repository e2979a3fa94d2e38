//! How the window looks: named colours, a type scale, spacing, and the egui style built from them.
//!
//! Panels never name a raw colour or a font size. They ask [`Palette::of`] for a colour by its meaning, [`Type`] for a
//! size by its role, and [`space`] for a distance.

mod fonts;
mod palette;
mod scale;
pub mod space;
mod visuals;

use egui::{Context, Theme, ThemePreference};

pub use palette::Palette;
pub use scale::{Type, prose_line_height};

/// Which of the two looks the window wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Paper-like, the default.
    #[default]
    Light,
    /// Dark.
    Dark,
    /// Whatever the desktop asks for.
    System,
}

/// Gives `ctx` the fonts, both styles and the chosen mode. Called once, before the first frame.
pub fn install(ctx: &Context, mode: Mode) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(Theme::Light, visuals::style(&Palette::LIGHT));
    ctx.set_style_of(Theme::Dark, visuals::style(&Palette::DARK));
    set_mode(ctx, mode);
}

/// Changes the look of a window that [`install`] has prepared.
pub fn set_mode(ctx: &Context, mode: Mode) {
    ctx.set_theme(match mode {
        Mode::Light => ThemePreference::Light,
        Mode::Dark => ThemePreference::Dark,
        Mode::System => ThemePreference::System,
    });
}
