//! Charts and pages as PNG, with the embedded typeface and nothing from the machine.

use super::ink::Theme;
use super::raster::Painter;
use super::scene::Scene;
use crate::fonts;
use resvg::tiny_skia::{Color, Pixmap, Transform};
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

/// The PNG of a chart, `scale` pixels a point; `svg` is the same chart, which is read back where a text of it has to be
/// shaped.
///
/// # Errors
/// When the SVG cannot be read or its size cannot be drawn.
pub fn of(
    painter: &mut Painter,
    scene: &Scene,
    theme: &Theme,
    svg: &str,
    scale: f32,
) -> Result<Vec<u8>, PictureError> {
    let drawn = match painter.draw(scene, theme, scale) {
        Some(drawn) => drawn,
        None => draw(svg, scale, Color::WHITE)?,
    };
    encode(&drawn).map_err(|error| PictureError::Encoding(error.to_string()))
}

/// Opaque pixels as a PNG. A report has hundreds of pictures, each of millions of pixels, so that how fast they are
/// written counts for more than the last bytes.
fn encode(drawn: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (pixels, _) = drawn.data().as_chunks::<4>();
    let mut data = vec![0; pixels.len() * 3];
    for (to, &[red, green, blue, _]) in data.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *to = [red, green, blue];
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, drawn.width(), drawn.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Of flat colours, lines that repeat are found best in the pixels as they are, and the second level finds most.
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
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
    let drawn = draw(svg, scale, Color::TRANSPARENT)?;
    let size = [drawn.width() as usize, drawn.height() as usize];
    Ok(Picture { size, rgba: drawn.take() })
}

fn draw(svg: &str, scale: f32, ground: Color) -> Result<Pixmap, PictureError> {
    let options =
        Options { fontdb: FONTS.clone(), font_family: "Noto Sans JP".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let beyond = || PictureError::Size(size.width(), size.height(), scale);
    let pixels = size.to_int_size().scale_by(scale).ok_or_else(beyond)?;
    let mut picture = Pixmap::new(pixels.width(), pixels.height()).ok_or_else(beyond)?;
    picture.fill(ground);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    Ok(picture)
}
