//! A chart's SVG as PNG, with the embedded typeface and nothing from the machine.

use crate::fonts;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The SVG is none.
    #[error("the chart is no valid SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// Its size is nothing that can be drawn.
    #[error("a picture of {0} × {1} points at {2} times cannot be drawn")]
    Size(f32, f32, f32),
    /// The PNG could not be written.
    #[error("the picture could not be encoded: {0}")]
    Encoding(String),
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    faces.load_font_data(fonts::SANS_REGULAR.to_vec());
    faces.load_font_data(fonts::SANS_BOLD.to_vec());
    Arc::new(faces)
});

/// The PNG of an SVG, `scale` pixels a point.
///
/// # Errors
/// When the SVG cannot be read or its size cannot be drawn.
pub fn of(svg: &str, scale: f32) -> Result<Vec<u8>, PictureError> {
    draw(svg, scale)?.encode_png().map_err(|error| PictureError::Encoding(error.to_string()))
}

/// A picture of pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Red, green, blue and alpha of each pixel, the colours multiplied by alpha.
    pub rgba: Vec<u8>,
}

/// An SVG as pixels, `scale` a point.
///
/// # Errors
/// When the SVG cannot be read or its size cannot be drawn.
pub fn pixels(svg: &str, scale: f32) -> Result<Picture, PictureError> {
    let drawn = draw(svg, scale)?;
    let size = [drawn.width() as usize, drawn.height() as usize];
    Ok(Picture { size, rgba: drawn.take() })
}

fn draw(svg: &str, scale: f32) -> Result<Pixmap, PictureError> {
    let options =
        Options { fontdb: FONTS.clone(), font_family: "Noto Sans JP".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let beyond = || PictureError::Size(size.width(), size.height(), scale);
    let pixels = size.to_int_size().scale_by(scale).ok_or_else(beyond)?;
    let mut picture = Pixmap::new(pixels.width(), pixels.height()).ok_or_else(beyond)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    Ok(picture)
}
