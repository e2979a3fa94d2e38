//! The type scale: each size and weight has a role, and roles are what panels name.

use std::collections::BTreeMap;

use egui::{FontFamily, FontId, RichText, TextStyle};

use super::fonts::BOLD_FAMILY;

/// The role of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Running text and controls, 15.
    Body,
    /// Emphasis in running text, 15 bold.
    Strong,
    /// Table cells, 14.
    Table,
    /// Table headers and totals, 14 bold.
    TableStrong,
    /// Notes, units and hints, 12.5.
    Small,
    /// A short mark such as a badge, 12.5 bold.
    SmallStrong,
    /// The title of a sheet, 20 bold.
    Panel,
    /// The title of a page, 24 bold.
    Page,
}

impl Type {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Body,
        Self::Strong,
        Self::Table,
        Self::TableStrong,
        Self::Small,
        Self::SmallStrong,
        Self::Panel,
        Self::Page,
    ];

    /// The size in points.
    pub const fn size(self) -> f32 {
        match self {
            Self::Body | Self::Strong => 15.0,
            Self::Table | Self::TableStrong => 14.0,
            Self::Small | Self::SmallStrong => 12.5,
            Self::Panel => 20.0,
            Self::Page => 24.0,
        }
    }

    const fn is_bold(self) -> bool {
        matches!(self, Self::Strong | Self::TableStrong | Self::SmallStrong | Self::Panel | Self::Page)
    }

    /// The font of this role.
    pub fn font(self) -> FontId {
        let family =
            if self.is_bold() { FontFamily::Name(BOLD_FAMILY.into()) } else { FontFamily::Proportional };
        FontId::new(self.size(), family)
    }

    /// The egui style of this role, for widgets that take a style rather than a font.
    pub fn style(self) -> TextStyle {
        match self {
            Self::Body => TextStyle::Body,
            Self::Small => TextStyle::Small,
            Self::Panel => TextStyle::Heading,
            Self::Strong => TextStyle::Name("strong".into()),
            Self::Table => TextStyle::Name("table".into()),
            Self::TableStrong => TextStyle::Name("table-strong".into()),
            Self::SmallStrong => TextStyle::Name("small-strong".into()),
            Self::Page => TextStyle::Name("page".into()),
        }
    }

    /// `text` in this role.
    pub fn text(self, text: impl Into<String>) -> RichText {
        RichText::new(text).font(self.font())
    }
}

/// The height in points of one line of running text of `size` points: one and two thirds of it, on the grid of egui.
pub fn prose_line_height(size: f32) -> f32 {
    (size * 5.0 / 3.0).round()
}

/// Every egui text style with its font.
pub(super) fn text_styles() -> BTreeMap<TextStyle, FontId> {
    let mut styles: BTreeMap<_, _> = Type::ALL.into_iter().map(|role| (role.style(), role.font())).collect();
    styles.insert(TextStyle::Button, Type::Body.font());
    styles.insert(TextStyle::Monospace, FontId::new(Type::Table.size(), FontFamily::Monospace));
    styles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_has_air_between_its_lines() {
        for role in Type::ALL {
            assert!(prose_line_height(role.size()) >= role.size() * 1.5, "{role:?}");
        }
    }

    #[test]
    fn each_role_has_its_own_style() {
        let styles = text_styles();
        for role in Type::ALL {
            assert_eq!(styles.get(&role.style()), Some(&role.font()), "{role:?}");
        }
    }
}
