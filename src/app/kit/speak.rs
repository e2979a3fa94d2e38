//! The language of the window, for widgets that speak of themselves.

use egui::{Context, Id};

use crate::locale::Lang;

fn key() -> Id {
    Id::unique("language of the window")
}

/// Says which language widgets are to speak.
pub fn speak(ctx: &Context, lang: Lang) {
    ctx.data_mut(|d| d.insert_temp(key(), lang));
}

/// The language that widgets are to speak.
pub fn spoken(ctx: &Context) -> Lang {
    ctx.data(|d| d.get_temp(key())).unwrap_or_default()
}
