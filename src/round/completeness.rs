//! Who has handed in what: member × subject × criterion, and who is to be reminded.

use super::Form;
use crate::locale::{Lang, cell as cell_name};
use crate::model::{CriterionNo, Dossier, MemberId, Round, ScoreCell, SubjectId};
use crate::tr;
use jiff::Timestamp;
use jiff::civil::Date;

/// How far a round is.
#[derive(Debug, Clone, PartialEq)]
pub struct Completeness {
    /// One entry a member, in the round's order.
    pub members: Vec<MemberState>,
}

/// How far one member is.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberState {
    /// The member.
    pub member: MemberId,
    /// When a ballot was received last.
    pub received: Option<Timestamp>,
    /// Whether a ballot was sent.
    pub issued: bool,
    /// The scored cells, by subject and criterion.
    pub cells: Vec<(SubjectId, CriterionNo, ScoreCell)>,
}

impl MemberState {
    /// How many cells still wait for the member.
    pub fn blank(&self) -> usize {
        self.cells.iter().filter(|(.., cell)| *cell == ScoreCell::Blank).count()
    }

    /// Whether the member is to be reminded.
    pub fn is_to_be_chased(&self) -> bool {
        self.blank() > 0
    }
}

/// How far a round is, as the dossier stands.
pub fn completeness(dossier: &Dossier, round: &Round) -> Completeness {
    let members = round.members.iter().map(|member| {
        let form = Form::of(dossier, round, member);
        let cells = form.subjects.iter().flat_map(|asked| {
            let evaluation = dossier.subject(&asked.id).map(|subject| &subject.evaluation);
            let scored = asked.criteria.iter().filter(|criterion| criterion.scored);
            scored.map(move |criterion| {
                let cell = match &asked.recused {
                    Some(_) => ScoreCell::Recused,
                    None => evaluation.map(|e| e.cell(member, criterion.no)).unwrap_or_default(),
                };
                (asked.id.clone(), criterion.no, cell)
            })
        });
        MemberState {
            member: member.clone(),
            received: round.receipts.iter().filter(|r| r.member == *member).map(|r| r.at).max(),
            issued: round.latest_issue(member).is_some(),
            cells: cells.collect(),
        }
    });
    Completeness { members: members.collect() }
}

impl Completeness {
    /// A text to send on: who is complete, and who lacks what.
    pub fn text(&self, dossier: &Dossier, deadline: Option<Date>, lang: Lang) -> String {
        let mut lines = Vec::new();
        if let Some(deadline) = deadline {
            lines.push(tr!(lang, "提出期限: {deadline}", "Due: {deadline}"));
        }
        for state in &self.members {
            let name = dossier.member(&state.member).map(|member| member.name.as_str());
            let name = name.filter(|name| !name.is_empty()).unwrap_or(state.member.as_str());
            let (all, blank) = (state.cells.len(), state.blank());
            let done = all - blank;
            let head = tr!(lang, "{name}: {done} / {all}", "{name}: {done} of {all}");
            if blank == 0 {
                lines.push(head);
                continue;
            }
            let missing: Vec<String> = state
                .cells
                .chunk_by(|a, b| a.0 == b.0)
                .filter_map(|of_subject| {
                    let blank = of_subject.iter().filter(|(.., cell)| *cell == ScoreCell::Blank);
                    let numbers: Vec<String> = blank.map(|(_, no, _)| no.to_string()).collect();
                    let numbers = numbers.join(", ");
                    (!numbers.is_empty()).then(|| format!("{} {numbers}", of_subject[0].0))
                })
                .collect();
            let missing = missing.join(lang.t("、", "; "));
            let blank_name = cell_name(ScoreCell::Blank, lang);
            lines.push(format!("{head}  {blank_name}: {missing}"));
        }
        lines.join("\n")
    }
}
