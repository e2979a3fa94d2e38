//! Tests of the charts in the window.
