//! The two embedded faces of Noto Sans JP (OFL), shared by the window and the typeset report.
//!
//! Nothing looks for fonts on the machine: a report typeset on two computers has the same bytes.

/// Noto Sans JP Regular, a static TrueType font.
pub const SANS_REGULAR: &[u8] = include_bytes!("../assets/fonts/NotoSansJP-Regular.ttf");

/// Noto Sans JP Bold, a static TrueType font.
pub const SANS_BOLD: &[u8] = include_bytes!("../assets/fonts/NotoSansJP-Bold.ttf");

/// The tables of a TrueType font that say how characters change beside one another, by their tags in the font.
const SHAPING: [&[u8; 4]; 3] = [b"GDEF", b"GPOS", b"GSUB"];

/// A font without the tables that change characters beside one another.
///
/// Where each character stands by itself, as in a chart's labels, these change nothing; but who draws thousands of labels
/// reads them anew for each, which takes longer than the drawing. A font that is none is given back as it is.
pub fn without_shaping(font: &[u8]) -> Vec<u8> {
    /// What stands before the list of tables, and how long each of its entries is.
    const HEAD: usize = 12;
    const ENTRY: usize = 16;
    let mut bytes = font.to_vec();
    let Some(count) = font.get(4..6).and_then(|count| count.try_into().ok()).map(u16::from_be_bytes) else {
        return bytes;
    };
    let Some(list) = font.get(HEAD..HEAD + ENTRY * usize::from(count)) else { return bytes };
    let kept: Vec<&[u8]> =
        list.chunks_exact(ENTRY).filter(|entry| !SHAPING.iter().any(|tag| entry.starts_with(*tag))).collect();
    if let Ok(count) = u16::try_from(kept.len()) {
        bytes[4..6].copy_from_slice(&count.to_be_bytes());
    }
    for (place, entry) in bytes[HEAD..].chunks_exact_mut(ENTRY).zip(kept) {
        place.copy_from_slice(entry);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::raw::TableProvider;
    use skrifa::{FontRef, MetadataProvider};

    #[test]
    fn a_font_without_shaping_has_the_same_characters() {
        for font in [SANS_REGULAR, SANS_BOLD] {
            let bare = without_shaping(font);
            let [whole, bare] = [font, &bare].map(|bytes| FontRef::new(bytes).unwrap());
            assert!(whole.gsub().is_ok() && whole.gpos().is_ok());
            assert!(bare.gsub().is_err() && bare.gpos().is_err() && bare.gdef().is_err());
            assert_eq!(whole.table_directory.num_tables() - 3, bare.table_directory.num_tables());
            for c in ['評', 'あ', '7', 'W'] {
                assert_eq!(whole.charmap().map(c), bare.charmap().map(c));
            }
            assert_eq!(
                whole.glyf().unwrap().offset_data().as_bytes(),
                bare.glyf().unwrap().offset_data().as_bytes()
            );
        }
        assert_eq!(without_shaping(b"no font"), b"no font");
        assert_eq!(without_shaping(&[0, 1, 0, 0, 255, 255, 0]), [0, 1, 0, 0, 255, 255, 0]);
    }
}
