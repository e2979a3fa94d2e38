//! Distances on a grid of four points.

/// Between things that belong together, such as an icon and its word.
pub const TIGHT: f32 = 4.0;
/// Inside a cell, a field or a button.
pub const INSIDE: f32 = 8.0;
/// Between groups.
pub const GROUP: f32 = 16.0;
/// Around a sheet and a page.
pub const SHEET: f32 = 24.0;
/// The least height of a table row and of a line of navigation.
pub const ROW: f32 = 30.0;
/// The least side of anything that can be clicked.
pub const HIT: f32 = 28.0;
/// The side of an icon beside text.
pub const ICON: f32 = 16.0;
/// The radius of a corner.
pub const CORNER: u8 = 4;
/// The greatest width of a page of tables.
pub const PAGE_WIDTH: f32 = 1100.0;
/// The measure of running text, in full-width characters.
pub const PROSE_CHARACTERS: f32 = 42.0;
