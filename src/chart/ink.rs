//! The colours of charts, by what they mean: the one source for paper, pictures and the window.
//!
//! The eight series colours differ to the colour-blind and in greyscale (the window's theme, which takes them from here,
//! tests it). No meaning rests on them alone: each series also has a hatch, a dash and a symbol of its own.

/// A colour, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

const fn hex(rgb: u32) -> Rgb {
    let [_, r, g, b] = rgb.to_be_bytes();
    Rgb(r, g, b)
}

/// A colour by its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What everything lies on.
    Paper,
    /// Text.
    Text,
    /// Text of second rank.
    Quiet,
    /// Hairlines.
    Rule,
    /// 藍, for what is to be seen first.
    Accent,
    /// A tint of the accent.
    Soft,
    /// Every other stripe of the ground.
    Band,
    /// A series; after the eighth they begin again.
    Series(usize),
    /// A tint of a series.
    Tint(usize),
    /// The accent at so many per cent over paper: a scale from light to dark.
    Shade(u8),
    /// Text on a series.
    OnSeries(usize),
    /// Text on a shade.
    OnShade(u8),
}

/// The colours of one ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    paper: Rgb,
    text: Rgb,
    quiet: Rgb,
    rule: Rgb,
    accent: Rgb,
    soft: Rgb,
    band: Rgb,
    /// Series, in the order of use: neighbours differ most, and each has a lightness of its own.
    pub series: [Rgb; 8],
}

impl Theme {
    /// On paper, and in a window by day.
    pub const LIGHT: Self = Self {
        paper: hex(0x00FF_FFFF),
        text: hex(0x001F_2328),
        quiet: hex(0x005B_6470),
        rule: hex(0x00CD_D3D9),
        accent: hex(0x001F_4E79),
        soft: hex(0x00E6_EEF6),
        band: hex(0x00F5_F6F8),
        series: [
            hex(0x001F_4E79),
            hex(0x00D0_812B),
            hex(0x002F_7D6B),
            hex(0x00E2_C64B),
            hex(0x00A1_311F),
            hex(0x006F_B7DC),
            hex(0x008A_76BE),
            hex(0x002A_1D3D),
        ],
    };

    /// In a window by night.
    pub const DARK: Self = Self {
        paper: hex(0x001C_2026),
        text: hex(0x00E6_E8EA),
        quiet: hex(0x00A3_ABB5),
        rule: hex(0x0039_3F48),
        accent: hex(0x008D_B8E8),
        soft: hex(0x0022_344A),
        band: hex(0x0021_262D),
        series: [
            hex(0x0033_6EA3),
            hex(0x00F3_A559),
            hex(0x004E_9F8B),
            hex(0x00F4_E086),
            hex(0x00C9_5A43),
            hex(0x009C_D2EE),
            hex(0x00AA_98DB),
            hex(0x00F9_F6ED),
        ],
    };

    /// The colour of an ink on this ground.
    pub fn rgb(&self, ink: Ink) -> Rgb {
        let series = |index: usize| self.series[index % self.series.len()];
        match ink {
            Ink::Paper => self.paper,
            Ink::Text => self.text,
            Ink::Quiet => self.quiet,
            Ink::Rule => self.rule,
            Ink::Accent => self.accent,
            Ink::Soft => self.soft,
            Ink::Band => self.band,
            Ink::Series(index) => series(index),
            Ink::Tint(index) => mix(series(index), self.paper, 28),
            Ink::Shade(percent) => mix(self.accent, self.paper, percent),
            Ink::OnSeries(index) => self.on(series(index)),
            Ink::OnShade(percent) => self.on(mix(self.accent, self.paper, percent)),
        }
    }

    /// Text or paper, whichever is further from `ground` in lightness.
    fn on(&self, ground: Rgb) -> Rgb {
        let contrast = |a: Rgb| {
            let (a, b) = (luminance(a), luminance(ground));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        if contrast(self.text) >= contrast(self.paper) { self.text } else { self.paper }
    }
}

/// `percent` of the first colour over the second.
fn mix(over: Rgb, under: Rgb, percent: u8) -> Rgb {
    let part = |a: u8, b: u8| {
        let share = u16::from(percent.min(100));
        let sum = u16::from(a) * share + u16::from(b) * (100 - share);
        u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
    };
    Rgb(part(over.0, under.0), part(over.1, under.1), part(over.2, under.2))
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(colour: Rgb) -> f64 {
    let linear = |byte: u8| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Long strokes.
    Long,
    /// Short strokes.
    Short,
    /// A stroke and a dot in turn.
    DashDot,
    /// Dots.
    Dots,
}

impl Dash {
    /// The dash of a series.
    pub fn of(series: usize) -> Self {
        [Self::Solid, Self::Long, Self::DashDot, Self::Short, Self::Dots][series % 5]
    }

    /// Lengths of strokes and gaps in turn; empty if unbroken.
    pub fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Long => &[8.0, 4.0],
            Self::Short => &[4.0, 3.0],
            Self::DashDot => &[8.0, 3.0, 1.5, 3.0],
            Self::Dots => &[1.5, 3.0],
        }
    }
}

/// The lines drawn over an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hatch {
    /// None.
    #[default]
    Plain,
    /// From bottom left to top right.
    Rising,
    /// From top left to bottom right.
    Falling,
    /// Across.
    Level,
    /// Upright.
    Upright,
    /// Rising and falling.
    Crossed,
}

impl Hatch {
    /// The hatch of a series.
    pub fn of(series: usize) -> Self {
        [Self::Plain, Self::Rising, Self::Falling, Self::Level, Self::Crossed, Self::Upright][series % 6]
    }
}

/// The symbol of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Symbol {
    /// ●
    #[default]
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ▼
    Down,
    /// ▶, also for what lies beyond the right edge.
    Right,
    /// ◀, also for what lies beyond the left edge.
    Left,
}

impl Symbol {
    /// The symbol of a series.
    pub fn of(series: usize) -> Self {
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Down][series % 5]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_run_from_paper_to_accent() {
        let theme = Theme::LIGHT;
        assert_eq!(theme.rgb(Ink::Shade(0)), theme.rgb(Ink::Paper));
        assert_eq!(theme.rgb(Ink::Shade(100)), theme.rgb(Ink::Accent));
        assert_eq!(theme.rgb(Ink::Series(8)), theme.rgb(Ink::Series(0)));
    }

    #[test]
    fn text_on_a_fill_can_be_read() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for (ground, text) in (0..8)
                .map(|n| (Ink::Series(n), Ink::OnSeries(n)))
                .chain((0..=100).map(|p| (Ink::Shade(p), Ink::OnShade(p))))
            {
                let (a, b) = (luminance(theme.rgb(ground)), luminance(theme.rgb(text)));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 3.5, "{ground:?}: {contrast:.2}");
            }
        }
    }
}
