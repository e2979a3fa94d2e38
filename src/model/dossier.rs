//! The dossier itself, and what belongs to no single subject.

use super::id::has_id;
use super::{
    CheckNote, CriteriaSet, FiscalYear, Member, MemberId, Place, Round, RowId, Shared, Source, Subject,
    SubjectId, When, blank,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One evaluation: a programme, its projects, and what the committee says of them.
///
/// Whatever is large in it is [`Shared`], so that a copy costs next to nothing until it is edited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dossier {
    /// The report to be published.
    #[serde(skip_serializing_if = "blank")]
    pub report: ReportInfo,
    /// 上位施策, referred to by overview sheets.
    #[serde(skip_serializing_if = "blank")]
    pub policies: Vec<UpperPolicy>,
    /// The criteria for projects and for the programme.
    #[serde(skip_serializing_if = "blank")]
    pub criteria: CriteriaSets,
    /// 評価検討会 and 評価WG
    #[serde(skip_serializing_if = "blank")]
    pub committees: Vec<Committee>,
    /// The members who score.
    #[serde(skip_serializing_if = "blank")]
    pub members: Vec<Member>,
    /// Sessions of the working group.
    #[serde(skip_serializing_if = "blank")]
    pub working_group_sessions: Vec<WorkingGroupSession>,
    /// The programme.
    #[serde(skip_serializing_if = "blank")]
    pub programme: Shared<Subject>,
    /// Its projects, in order.
    #[serde(skip_serializing_if = "blank")]
    pub projects: Vec<Shared<Subject>>,
    /// The rounds in which members were asked, in order.
    #[serde(skip_serializing_if = "blank")]
    pub rounds: Vec<Round>,
    /// Where values were imported from that carry no [`Source`] of their own: scores, texts, years, choices.
    #[serde(skip_serializing_if = "blank")]
    pub origins: Shared<BTreeMap<Place, Origin>>,
    /// Findings of the consistency checks that were looked at and accepted.
    #[serde(skip_serializing_if = "blank")]
    pub check_notes: Vec<CheckNote>,
}

/// Where a value was imported from, and how it stood there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// The cell.
    pub source: Source,
    /// Its text as found. The value may have been edited since.
    #[serde(skip_serializing_if = "blank")]
    pub printed: String,
}

/// What the report says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportInfo {
    /// Title on the cover.
    #[serde(skip_serializing_if = "blank")]
    pub title: String,
    /// The fiscal year of the evaluation.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// The month or day on the cover.
    #[serde(skip_serializing_if = "blank")]
    pub date: When,
    /// Who issues it, line by line as on the cover.
    #[serde(skip_serializing_if = "blank")]
    pub issuers: Vec<String>,
    /// はじめに
    #[serde(skip_serializing_if = "blank")]
    pub preface: String,
    /// The guidelines that it follows.
    #[serde(skip_serializing_if = "blank")]
    pub legal_basis: Vec<LegalBasis>,
    /// How to read its evaluation part.
    #[serde(skip_serializing_if = "blank")]
    pub reading_note: String,
}

/// A guideline under which the evaluation is made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LegalBasis {
    /// Names the row within its list.
    pub id: RowId,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Who decided it.
    #[serde(skip_serializing_if = "blank")]
    pub body: String,
    /// When.
    #[serde(skip_serializing_if = "blank")]
    pub date: When,
}

/// 上位施策
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpperPolicy {
    /// Names the policy; overview sheets refer to it.
    pub id: RowId,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Who decided it.
    #[serde(skip_serializing_if = "blank")]
    pub body: String,
    /// When.
    #[serde(skip_serializing_if = "blank")]
    pub date: When,
    /// What was revised (一部変更), if it was.
    #[serde(skip_serializing_if = "blank")]
    pub revision: String,
    /// When it was revised.
    #[serde(skip_serializing_if = "blank")]
    pub revised: When,
}

/// The two sets of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CriteriaSets {
    /// For each project.
    pub project: CriteriaSet,
    /// For the programme.
    pub programme: CriteriaSet,
}

/// A committee that takes part in the evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Committee {
    /// Names the row within its list.
    pub id: RowId,
    /// Its name.
    #[serde(skip_serializing_if = "blank")]
    pub name: String,
    /// Its short name (評価WG).
    #[serde(skip_serializing_if = "blank")]
    pub short: String,
    /// What it does.
    #[serde(skip_serializing_if = "blank")]
    pub role: String,
    /// 座長
    #[serde(skip_serializing_if = "blank")]
    pub chair: String,
    /// The chair's affiliation.
    #[serde(skip_serializing_if = "blank")]
    pub chair_affiliation: String,
    /// A note.
    #[serde(skip_serializing_if = "blank")]
    pub note: String,
}

/// A session of the working group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkingGroupSession {
    /// Names the row within its list.
    pub id: RowId,
    /// 第n回
    #[serde(skip_serializing_if = "blank")]
    pub no: Option<u16>,
    /// Its fiscal year.
    #[serde(skip_serializing_if = "blank")]
    pub year: Option<FiscalYear>,
    /// What it dealt with.
    #[serde(skip_serializing_if = "blank")]
    pub subject: String,
}

has_id!(LegalBasis, UpperPolicy, Committee, WorkingGroupSession);

/// Hands what a dossier holds beside its subjects to a macro, so that it is listed once. [`Dossier::beside_subjects`]
/// does not compile while a field is missing here.
macro_rules! beside_subjects {
    ($what:ident) => {
        $what!(
            check_notes,
            committees,
            criteria,
            members,
            origins,
            policies,
            report,
            rounds,
            working_group_sessions
        )
    };
}
pub(super) use beside_subjects;

impl Dossier {
    /// The dossier without its programme and its projects.
    pub(crate) fn beside_subjects(&self) -> Self {
        macro_rules! copy_each {
            ($($field:ident),*) => {
                Self { $($field: self.$field.clone(),)* programme: Shared::default(), projects: Vec::new() }
            };
        }
        beside_subjects!(copy_each)
    }

    /// Whether another dossier is the same but for the programme and the projects.
    pub(super) fn is_same_beside_subjects(&self, other: &Self) -> bool {
        macro_rules! compare_each {
            ($($field:ident),*) => { true $(&& self.$field == other.$field)* };
        }
        beside_subjects!(compare_each)
    }

    /// The programme or the project of that id.
    pub fn subject(&self, id: &SubjectId) -> Option<&Subject> {
        self.subjects().find(|subject| subject.id == *id)
    }

    /// The programme or the project of that id, to change it.
    pub fn subject_mut(&mut self, id: &SubjectId) -> Option<&mut Subject> {
        self.shared_subjects_mut().find(|subject| subject.id == *id).map(|subject| &mut **subject)
    }

    /// The programme, then its projects in order.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.shared_subjects().map(|subject| &**subject)
    }

    /// The programme, then its projects in order, as copies of the dossier share them.
    pub fn shared_subjects(&self) -> impl Iterator<Item = &Shared<Subject>> {
        std::iter::once(&self.programme).chain(&self.projects)
    }

    /// The same, to be edited; each is one's own from when it is reached for.
    pub fn shared_subjects_mut(&mut self) -> impl Iterator<Item = &mut Shared<Subject>> {
        std::iter::once(&mut self.programme).chain(&mut self.projects)
    }

    /// The criteria by which a subject is judged.
    pub fn criteria_for(&self, subject: &SubjectId) -> &CriteriaSet {
        if *subject == SubjectId::programme() { &self.criteria.programme } else { &self.criteria.project }
    }

    /// The member of that id.
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == *id)
    }

    /// The name to show for the whole evaluation: the report's title, or else the programme's name.
    pub fn title(&self) -> &str {
        if self.report.title.is_empty() { &self.programme.overview.name } else { &self.report.title }
    }
}
