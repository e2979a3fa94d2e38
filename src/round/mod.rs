//! A round of the evaluation: ballots go out to the members, come back, and are merged.
//!
//! A round is set up and [frozen](freeze), which gives its form a hash. [`issue`] writes for each member a
//! [package](package) that the program opens, and an [Excel form](excel). What comes back in either is read as a
//! [`Ballot`], compared field by field with what was sent and with what the dossier holds ([`plan`]), looked at, and
//! [merged](Plan::merged). The dossier keeps what was issued, received and changed, so that a ballot can be merged
//! again, late or out of order, without doing anything twice.

mod ballot;
mod completeness;
mod excel;
mod field;
mod form;
mod issue;
mod keys;
mod merge;
mod package;
mod presets;
mod recall;
mod receipt;
mod receive;
mod setup;

pub use ballot::{Ballot, Content, Received, Refusal, Remark, Why, read};
pub use completeness::{Asked, Completeness, MemberState, completeness};
pub use field::{field_name, value_words};
pub use form::{Form, FormSubject};
pub use issue::{FileForm, Issue, IssueError, IssuedFile, issue};
pub use keys::{Key, KeyError, decrypt, encrypt, is_encrypted};
pub use merge::{BallotPlan, FieldPlan, Outcome, Plan, Standing, plan, read_all};
pub use package::{Head, Package, PackageError, is_ballot};
pub use presets::{ScalePreset, criteria as criteria_preset};
pub use recall::recalled;
pub use receipt::{moment, receipt, receipt_name};
pub use receive::{looks_like_ballot, receive};
pub use setup::{Lacking, begin, freeze, lacking, thaw};

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal.
fn sha256(bytes: impl AsRef<[u8]>) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes.as_ref()).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 over the JSON of a value; maps are sorted, so that equal values have equal digests.
fn digest(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    Ok(sha256(serde_json::to_vec(value)?))
}
