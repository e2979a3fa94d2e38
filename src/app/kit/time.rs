//! Moments as people here read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment in this machine's time, to the minute.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
