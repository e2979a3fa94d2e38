//! Hyoka (評価).
fn main() {}
