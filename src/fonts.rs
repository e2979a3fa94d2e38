//! The two embedded faces of Noto Sans JP (OFL), shared by the window and the typeset report.
//!
//! Nothing looks for fonts on the machine: a report typeset on two computers has the same bytes.

/// Noto Sans JP Regular, a static TrueType font.
pub const SANS_REGULAR: &[u8] = include_bytes!("../assets/fonts/NotoSansJP-Regular.ttf");

/// Noto Sans JP Bold, a static TrueType font.
pub const SANS_BOLD: &[u8] = include_bytes!("../assets/fonts/NotoSansJP-Bold.ttf");
