//! The dossier: everything that one evaluation holds, as plain data.
//!
//! Nothing here reads a file, draws or knows a language. Three ideas carry the house: a [`Quantity`] keeps what was
//! printed beside what it means, a [`Place`] names any field of a dossier, and a [`Change`] at a place is what
//! editing, importing, merging and undoing have in common.
//!
//! Every list row carries an id that is stable within its list, so that places survive reordering. Text is kept as
//! found; nothing here trims, folds or translates it.

mod change;
mod check_note;
mod dossier;
mod evaluation;
#[cfg(test)]
pub(crate) mod every;
mod fiscal;
mod footnote;
mod funding;
mod id;
mod indicator;
mod logic;
mod material;
mod merge;
mod moment;
mod numeral;
mod place;
mod quantity;
mod read;
mod round;
mod shared;
mod snapshot;
mod subject;
mod unit;
mod years;

pub use change::{Change, ChangeError, apply, diff};
pub use check_note::CheckNote;
pub use dossier::{
    Committee, CriteriaSets, Dossier, LegalBasis, Origin, ReportInfo, UpperPolicy, WorkingGroupSession,
};
pub use evaluation::{
    Comment, CommentKind, Consensus, CriteriaSet, Criterion, CriterionNo, EvaluationKind, Finding, Member,
    MemberRole, Recommendation, Scale, ScaleStep, ScoreCell, ScoreSheet, SessionFindings, SubjectEvaluation,
};
pub use fiscal::{FiscalYear, Period};
pub use funding::{
    AmountKind, AmountSeries, AmountTotal, FundingCell, FundingItem, FundingTable, FundingYear,
};
pub use id::{HasId, MemberId, RowId, SubjectId, fresh_id};
pub use indicator::{
    Actual, Indicator, IndicatorStanding, OtherIndicator, OutputGroup, OutputItem, PrintedChapter, Statement,
    Target, TargetKind,
};
pub use logic::{LogicEdge, LogicKind, LogicModel, LogicNode};
pub use material::{
    Competitor, FactRow, FactTable, FigureCaption, HistoryEntry, MarketFigure, PreviousFinding, ResearchItem,
    ResearchTask, RoadmapItem, RoadmapKind, Scenario,
};
pub use merge::{Clash, Merge, Side};
pub use moment::{Moment, When};
pub use place::{Place, Step};
pub use quantity::{Certainty, Figure, Quantity, Source, grouped};
pub use read::fold_for_matching;
pub use round::{
    AnswerField, AnswerValue, Answers, FrozenForm, IssuedBallot, MergeEntry, MergedField, Receipt, Recusal,
    Round, SubjectAnswers,
};
pub use shared::Shared;
pub use snapshot::Snapshot;
pub use subject::{
    Chapter, EvaluationPoint, ImplementationStep, Leader, Overview, Section, SubProgramme, Subject,
};
pub use unit::Unit;
pub use years::{MentionedYear, YearForm, YearMention};

/// Whether a value is its type's empty value; such fields are left out of a saved dossier.
fn blank<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
