//! The named colours, light and dark.

use crate::chart::ink::{Rgb, Theme};
use egui::{Color32, Ui};

/// Colours by what they mean. The only place where raw colours are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Whether this is the dark set.
    pub dark: bool,
    /// Behind everything.
    pub canvas: Color32,
    /// The paper: sheets, fields, menus.
    pub sheet: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of second rank: units, notes, computed values.
    pub secondary: Color32,
    /// Hairlines and borders.
    pub rule: Color32,
    /// The outline of what can be filled in or ticked.
    pub border: Color32,
    /// 藍: what is current, chosen or first to do.
    pub accent: Color32,
    /// A tint of the accent: table headers, the current line of the navigation.
    pub accent_soft: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// All is well.
    pub good: Color32,
    /// A tint of good.
    pub good_soft: Color32,
    /// Look here.
    pub caution: Color32,
    /// A tint of caution.
    pub caution_soft: Color32,
    /// Something is wrong.
    pub alarm: Color32,
    /// A tint of alarm.
    pub alarm_soft: Color32,
    /// The ring around what the keyboard acts on.
    pub focus: Color32,
    /// Behind a dialog.
    pub veil: Color32,
    /// The shadow of a menu.
    pub shadow: Color32,
    /// Chart series, in the order of use: neighbours differ most, and each has a lightness of its own.
    pub series: [Color32; 8],
}

const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// The colours of the charts, which print has, too.
const fn series(theme: &Theme) -> [Color32; 8] {
    let mut colours = [Color32::BLACK; 8];
    let mut n = 0;
    while n < colours.len() {
        let Rgb(r, g, b) = theme.series[n];
        colours[n] = Color32::from_rgb(r, g, b);
        n += 1;
    }
    colours
}

impl Palette {
    /// Paper in daylight.
    pub const LIGHT: Self = Self {
        dark: false,
        canvas: hex(0x00F7_F6F2),
        sheet: hex(0x00FF_FFFF),
        ink: hex(0x001F_2328),
        secondary: hex(0x005B_6470),
        rule: hex(0x00DA_D7CF),
        border: hex(0x0087_8580),
        accent: hex(0x001F_4E79),
        accent_soft: hex(0x00E6_EEF6),
        on_accent: hex(0x00FF_FFFF),
        hover: hex(0x00F2_F1EC),
        selection: hex(0x00D6_E6F6),
        good: hex(0x002E_6B4F),
        good_soft: hex(0x00E4_F0EA),
        caution: hex(0x008A_5C00),
        caution_soft: hex(0x00FB_F3E0),
        alarm: hex(0x00A1_311F),
        alarm_soft: hex(0x00FA_EAE7),
        focus: hex(0x002F_81F7),
        veil: Color32::from_black_alpha(72),
        shadow: Color32::from_black_alpha(28),
        series: series(&Theme::LIGHT),
    };

    /// The same meanings by night.
    pub const DARK: Self = Self {
        dark: true,
        canvas: hex(0x0015_181C),
        sheet: hex(0x001C_2026),
        ink: hex(0x00E6_E8EA),
        secondary: hex(0x00A3_ABB5),
        rule: hex(0x0039_3F48),
        border: hex(0x0078_818D),
        accent: hex(0x008D_B8E8),
        accent_soft: hex(0x0022_344A),
        on_accent: hex(0x0010_151B),
        hover: hex(0x0026_2B33),
        selection: hex(0x0027_405E),
        good: hex(0x007C_C3A0),
        good_soft: hex(0x001C_3329),
        caution: hex(0x00E0_B45A),
        caution_soft: hex(0x0038_2E17),
        alarm: hex(0x00F0_907F),
        alarm_soft: hex(0x0040_231E),
        focus: hex(0x005A_A2FF),
        veil: Color32::from_black_alpha(140),
        shadow: Color32::from_black_alpha(110),
        series: series(&Theme::DARK),
    };

    /// The palette that `ui` is drawn with.
    pub fn of(ui: &Ui) -> &'static Self {
        Self::when_dark(ui.visuals().dark_mode)
    }

    /// The palette of a dark or a light window.
    pub const fn when_dark(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }

    /// The colour of chart series `index`; after the eighth they begin again.
    pub const fn series(&self, index: usize) -> Color32 {
        self.series[index % self.series.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [&Palette; 2] = [&Palette::LIGHT, &Palette::DARK];

    fn linear(colour: Color32) -> [f64; 3] {
        [colour.r(), colour.g(), colour.b()].map(|byte| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance([r, g, b]: [f64; 3]) -> f64 {
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio of WCAG 2.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(linear(a)), luminance(linear(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn lab(rgb: [f64; 3]) -> [f64; 3] {
        let [red, green, blue] = rgb;
        let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
        let x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
        let y = f(luminance(rgb));
        let z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// What text is written in.
    fn inks(p: &Palette) -> [(&'static str, Color32); 6] {
        [
            ("ink", p.ink),
            ("secondary", p.secondary),
            ("accent", p.accent),
            ("good", p.good),
            ("caution", p.caution),
            ("alarm", p.alarm),
        ]
    }

    /// What text may stand on.
    fn grounds(p: &Palette) -> [(&'static str, Color32); 8] {
        [
            ("canvas", p.canvas),
            ("sheet", p.sheet),
            ("hover", p.hover),
            ("accent_soft", p.accent_soft),
            ("selection", p.selection),
            ("good_soft", p.good_soft),
            ("caution_soft", p.caution_soft),
            ("alarm_soft", p.alarm_soft),
        ]
    }

    /// Each on each, so that no panel can put a pair together that cannot be read. WCAG 2 asks for 4.5; what is switched
    /// off is exempt and fades to 55 %, still beside its words in full strength elsewhere.
    #[test]
    fn every_text_colour_can_be_read_on_every_ground() {
        for p in BOTH {
            let pairs = inks(p).into_iter().flat_map(|ink| grounds(p).map(|ground| (ink, ground)));
            for ((name, colour), (ground, behind)) in
                pairs.chain([(("on_accent", p.on_accent), ("accent", p.accent))])
            {
                let ratio = contrast(colour, behind);
                assert!(ratio >= 4.5, "{name} on {ground}, dark {}: {ratio:.2}", p.dark);
            }
        }
    }

    /// Outlines of what can be filled in and the ring around what the keyboard acts on: three to one.
    #[test]
    fn outlines_and_the_focus_can_be_seen() {
        for p in BOTH {
            for (name, colour) in [("border", p.border), ("focus", p.focus)] {
                for (ground, behind) in grounds(p).into_iter().filter(|(ground, _)| *ground != "selection") {
                    let ratio = contrast(colour, behind);
                    assert!(ratio >= 3.0, "{name} on {ground}, dark {}: {ratio:.2}", p.dark);
                }
            }
        }
    }

    /// A selection is a ground of its own, and seen as one.
    #[test]
    fn a_selection_differs_from_what_it_lies_on() {
        for p in BOTH {
            assert!(contrast(p.selection, p.sheet) >= 1.2, "dark {}", p.dark);
        }
    }

    #[test]
    fn series_differ_in_greyscale() {
        for p in BOTH {
            for (i, a) in p.series.iter().enumerate() {
                for b in &p.series[i + 1..] {
                    let difference = (lab(linear(*a))[0] - lab(linear(*b))[0]).abs();
                    assert!(difference >= 5.0, "{a:?} and {b:?}: {difference:.1}");
                }
            }
        }
    }

    /// Simulated colour vision after Machado, Oliveira and Fernandes (2009), severity 1.
    #[test]
    fn series_differ_to_the_colour_blind() {
        let simulations = [
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ];
        let seen = |colour: Color32, matrix: [[f64; 3]; 3]| {
            let [r, g, b] = linear(colour);
            lab(matrix.map(|[x, y, z]| (x * r + y * g + z * b).clamp(0.0, 1.0)))
        };
        for p in BOTH {
            for matrix in simulations {
                for (i, a) in p.series.iter().enumerate() {
                    for b in &p.series[i + 1..] {
                        let (la, lb) = (seen(*a, matrix), seen(*b, matrix));
                        let distance = la.iter().zip(lb).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt();
                        assert!(distance >= 12.0, "{a:?} and {b:?}: {distance:.1}");
                    }
                }
            }
        }
    }
}
