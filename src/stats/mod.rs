//! What the scores say: pure functions over scores. What is printed is exact until its last step; only agreement and
//! its bootstrap use floats. A measure that is undefined says why.

mod agreement;
mod concordance;
mod exact;
mod profile;
mod record;
mod sensitivity;
mod summary;
mod undefined;
mod weighting;
mod words;

pub use agreement::{Coincidences, Interval, Level};
pub use concordance::{Concordance, kendall_w};
pub use exact::Fraction;
pub use profile::{ENOUGH, Profile, profiles};
pub use record::{
    AlphaRecord, Alphas, CriterionStatistics, MemberRecord, OrderRecord, ProjectStatistics, Statistics,
    WRecord, of_project, statistics,
};
pub use sensitivity::{LeaveOneOut, OrderChange, Turn, leave_one_out, order_changes, order_changes_of};
pub use summary::{Summary, distribution, printed_mean, summarise};
pub use undefined::Undefined;
pub use weighting::weighted_mean;
pub use words::{agreement, in_words};
