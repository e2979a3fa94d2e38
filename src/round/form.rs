//! What one member is asked: the fields of a ballot, the same in a package and in an Excel form.

use crate::model::{
    AnswerField, Answers, CommentKind, Criterion, Dossier, MemberId, Round, Scale, ScoreCell, SubjectAnswers,
    SubjectId,
};

/// What one member is asked in a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Whom.
    pub member: MemberId,
    /// About what, in the dossier's order.
    pub subjects: Vec<FormSubject>,
}

/// What one member is asked about one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSubject {
    /// The subject.
    pub id: SubjectId,
    /// Its title.
    pub title: String,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
    /// The scale of those that are scored.
    pub scale: Scale,
    /// Why nothing is asked: the reason of the recusal, which may be empty.
    pub recused: Option<String>,
}

impl Form {
    /// The form of a member: the subjects on whose panel the member is, or that have no panel. A subject from which the
    /// member is recused is shown, and asks nothing.
    pub fn of(dossier: &Dossier, round: &Round, member: &MemberId) -> Self {
        let subjects = dossier
            .subjects()
            .filter(|subject| round.subjects.contains(&subject.id))
            .filter(|subject| is_on_panel(&subject.evaluation.panel, member))
            .map(|subject| {
                let set = dossier.criteria_for(&subject.id);
                FormSubject {
                    id: subject.id.clone(),
                    title: subject.title(),
                    criteria: set.criteria.clone(),
                    scale: set.scale.clone(),
                    recused: round.recusal(member, &subject.id).map(|recusal| recusal.reason.clone()),
                }
            })
            .collect();
        Self { member: member.clone(), subjects }
    }

    /// The subject of that id.
    pub fn subject(&self, id: &SubjectId) -> Option<&FormSubject> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    /// What the member has given so far, as far as the form asks for it.
    pub fn answers(&self, dossier: &Dossier) -> Answers {
        let mut answers = Answers::new();
        for asked in &self.subjects {
            let Some(subject) = dossier.subject(&asked.id) else { continue };
            let given = SubjectAnswers::of(&subject.evaluation, &self.member);
            let mut kept = SubjectAnswers::default();
            for field in asked.fields() {
                kept.set(field, given.get(field));
            }
            if kept != SubjectAnswers::default() {
                answers.insert(asked.id.clone(), kept);
            }
        }
        answers
    }

    /// The scores that are still blank in `answers`.
    pub fn missing<'a>(
        &'a self,
        answers: &'a Answers,
    ) -> impl Iterator<Item = (&'a FormSubject, &'a Criterion)> {
        self.subjects.iter().filter(|subject| subject.recused.is_none()).flat_map(move |subject| {
            let given = answers.get(&subject.id);
            subject.criteria.iter().filter(|criterion| criterion.scored).filter_map(move |criterion| {
                let cell = given.and_then(|given| given.scores.get(&criterion.no)).copied();
                (cell.unwrap_or_default() == ScoreCell::Blank).then_some((subject, criterion))
            })
        })
    }
}

/// Whether a panel leaves the member in: it holds the member, or nobody yet.
pub(super) fn is_on_panel(panel: &[MemberId], member: &MemberId) -> bool {
    panel.is_empty() || panel.contains(member)
}

impl FormSubject {
    /// Its fields in reading order; none for a member who is recused.
    pub fn fields(&self) -> Vec<AnswerField> {
        if self.recused.is_some() {
            return Vec::new();
        }
        let of_criterion = |criterion: &Criterion| {
            let no = criterion.no;
            criterion.scored.then_some(AnswerField::Score(no)).into_iter().chain([
                AnswerField::Comment(no, CommentKind::Positive),
                AnswerField::Comment(no, CommentKind::Issue),
            ])
        };
        self.criteria.iter().flat_map(of_criterion).chain([AnswerField::Recommendation]).collect()
    }
}
