//! Characters as pixels, drawn once for each size and place between pixels and then laid down.
//!
//! What is set this way stands character by character, as [`measure`](crate::chart::measure) counts it. A text that
//! needs more (marks that join what is before them, right-to-left scripts, characters without a glyph) is not set here.

use crate::chart::ink::Rgb;
use crate::fonts;
use resvg::tiny_skia::{FillRule, Mask, PathBuilder, Pixmap, Transform};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Places between two pixels at which a character may stand.
const STEPS: u8 = 4;

/// A face, ready to give outlines.
struct Face {
    characters: Charmap<'static>,
    advances: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
    em: f32,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        // In units of the face, since scaling to one em would round.
        let (size, place) = (Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(size, place).units_per_em);
        let face = Self {
            characters: font.charmap(),
            advances: font.glyph_metrics(size, place),
            outlines: font.outline_glyphs(),
            em,
        };
        (em > 0.0).then_some(face)
    }
}

static FACES: LazyLock<[Option<Face>; 2]> =
    LazyLock::new(|| [fonts::SANS_REGULAR, fonts::SANS_BOLD].map(Face::new));

fn face(bold: bool) -> Option<&'static Face> {
    FACES[usize::from(bold)].as_ref()
}

/// Whether a text is set character by character.
pub(super) fn sets(text: &str, bold: bool) -> bool {
    let Some(face) = face(bold) else { return false };
    text.chars().all(|c| plain(c) && face.characters.map(c).is_some())
}

/// Whether a character stands by itself, from left to right.
fn plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{482}'
        | '\u{48a}'..='\u{4ff}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{2070}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}' | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
        | '\u{309b}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// A character as pixels.
#[derive(Debug)]
struct Cut {
    /// From the place it is set at to its left and upper edge.
    left: i32,
    top: i32,
    width: usize,
    /// How much of each pixel it covers, row by row.
    cover: Vec<u8>,
}

/// The characters that were drawn.
#[derive(Debug, Default)]
pub(super) struct TypeCase {
    cuts: HashMap<(bool, GlyphId, u64, u8), Option<Cut>>,
}

impl TypeCase {
    /// Sets a text with its baseline at `start`, all in pixels.
    pub(super) fn set(
        &mut self,
        picture: &mut Pixmap,
        start: [f64; 2],
        text: &str,
        size: f64,
        bold: bool,
        colour: Rgb,
    ) {
        let Some(face) = face(bold) else { return };
        let mut x = start[0];
        for c in text.chars() {
            let glyph = face.characters.map(c).unwrap_or_default();
            let (whole, step) = placed(x);
            let cut = self
                .cuts
                .entry((bold, glyph, size.to_bits(), step))
                .or_insert_with(|| cut(face, glyph, size, step));
            if let Some(cut) = cut {
                lay(
                    picture,
                    cut,
                    whole + i64::from(cut.left),
                    rounded(start[1]) + i64::from(cut.top),
                    colour,
                );
            }
            let advance = face.advances.advance_width(glyph).unwrap_or(face.em) / face.em;
            x += f64::from(advance) * size;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places in a picture are small")]
fn rounded(place: f64) -> i64 {
    place.round() as i64
}

/// A place as a pixel and a step beyond it.
fn placed(x: f64) -> (i64, u8) {
    let steps = rounded(x * f64::from(STEPS));
    let step = u8::try_from(steps.rem_euclid(i64::from(STEPS))).unwrap_or_default();
    (steps.div_euclid(i64::from(STEPS)), step)
}

/// Draws a character; none where it has no outline, as a space.
#[expect(clippy::cast_possible_truncation, reason = "a character is a few pixels large")]
fn cut(face: &Face, glyph: GlyphId, size: f64, step: u8) -> Option<Cut> {
    let outline = face.outlines.get(glyph)?;
    let mut pen = Pen(PathBuilder::new());
    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    let scale = size as f32 / face.em;
    let beyond = f32::from(step) / f32::from(STEPS);
    let path = pen.0.finish()?.transform(Transform::from_row(scale, 0.0, 0.0, -scale, beyond, 0.0))?;
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let (wide, high) = ((bounds.right() - left).ceil().max(1.0), (bounds.bottom() - top).ceil().max(1.0));
    #[expect(clippy::cast_sign_loss, reason = "at least one")]
    let mut mask = Mask::new(wide as u32, high as u32)?;
    mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-left, -top));
    let width = usize::try_from(mask.width()).ok()?;
    Some(Cut { left: left as i32, top: top as i32, width, cover: mask.take() })
}

/// Lays a character down in a colour.
fn lay(picture: &mut Pixmap, cut: &Cut, left: i64, top: i64, Rgb(red, green, blue): Rgb) {
    let (Ok(wide), Ok(high)) = (usize::try_from(picture.width()), usize::try_from(picture.height())) else {
        return;
    };
    // What stands left of the picture is not seen.
    let hidden = usize::try_from(-left).unwrap_or_default().min(cut.width);
    let from = usize::try_from(left).unwrap_or_default().min(wide);
    let (pixels, _) = picture.data_mut().as_chunks_mut::<4>();
    for (cover, y) in cut.cover.chunks_exact(cut.width).zip(top..) {
        let Some(y) = usize::try_from(y).ok().filter(|y| *y < high) else { continue };
        let row = &mut pixels[y * wide + from..(y + 1) * wide];
        for ([r, g, b, _], &cover) in row.iter_mut().zip(&cover[hidden..]) {
            match cover {
                0 => {}
                u8::MAX => (*r, *g, *b) = (red, green, blue),
                _ => {
                    *r = mixed(*r, red, cover);
                    *g = mixed(*g, green, cover);
                    *b = mixed(*b, blue, cover);
                }
            }
        }
    }
}

/// A colour under another that covers so many 255ths of it.
fn mixed(under: u8, over: u8, cover: u8) -> u8 {
    let (under, over, cover) = (u16::from(under), u16::from(over), u16::from(cover));
    // Within 255 × 255 + 127; the quotient is a share of 255.
    #[expect(clippy::cast_possible_truncation, reason = "a mean of two bytes is a byte")]
    let mean = ((under * (255 - cover) + over * cover + 127) / 255) as u8;
    mean
}

/// Writes an outline down as a path, y upwards.
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_by_itself_is_set_by_character() {
        for text in ["2021年度", "ＤＡＳＨ – 66 % （目標）", "再生医療", "A&B <c>", "①Ⅲ㎡", ""]
        {
            assert!(sets(text, false) && sets(text, true), "{text}");
        }
        for text in ["か\u{3099}", "葛\u{fe00}", "שלום", "a\u{200b}b", "😀", "a\tb", "\u{202e}abc"] {
            assert!(!sets(text, false), "{text:?}");
        }
    }

    #[test]
    fn places_are_quarters_of_a_pixel() {
        assert_eq!(
            [0.0, 0.1, 0.13, 0.9, 2.5, -0.25].map(placed),
            [(0, 0), (0, 0), (0, 1), (1, 0), (2, 2), (-1, 3)]
        );
        assert_eq!([mixed(255, 0, 0), mixed(255, 0, 255), mixed(0, 200, 128)], [255, 0, 100]);
    }

    #[test]
    fn a_character_beyond_the_edge_is_cut_off() {
        let mut picture = Pixmap::new(12, 12).unwrap();
        picture.fill(resvg::tiny_skia::Color::WHITE);
        let mut types = TypeCase::default();
        for start in [[-6.0, 10.0], [8.0, 10.0], [2.0, 2.0], [2.0, 18.0], [-90.0, 5.0], [90.0, 5.0]] {
            types.set(&mut picture, start, "評", 16.0, false, Rgb(0, 0, 0));
        }
        assert!(picture.data().iter().any(|channel| *channel < 80));
        assert!(picture.data().as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255));
    }
}
