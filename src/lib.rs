//! Hyoka (評価).
