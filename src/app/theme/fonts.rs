//! The embedded fonts. Nothing depends on what a machine has installed.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

const REGULAR: &str = "noto-sans-jp";
const BOLD: &str = "noto-sans-jp-bold";

/// The family of bold text.
pub(super) const BOLD_FAMILY: &str = "bold";

/// Noto Sans JP as the only family, with its bold cut as a family of its own.
///
/// The bytes stay where the binary holds them: ten megabytes are not worth a copy.
pub(super) fn definitions() -> FontDefinitions {
    let regular = crate::fonts::SANS_REGULAR;
    let bold = crate::fonts::SANS_BOLD;
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert(REGULAR.to_owned(), Arc::new(FontData::from_static(regular)));
    fonts.font_data.insert(BOLD.to_owned(), Arc::new(FontData::from_static(bold)));
    fonts.families.insert(FontFamily::Proportional, vec![REGULAR.to_owned()]);
    fonts.families.insert(FontFamily::Monospace, vec![REGULAR.to_owned()]);
    fonts.families.insert(FontFamily::Name(BOLD_FAMILY.into()), vec![BOLD.to_owned(), REGULAR.to_owned()]);
    fonts
}
