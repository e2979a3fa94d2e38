//! The cover and what comes before the report.

use super::story::Story;
use super::style::Style;
use super::table::{Align, Cell, Column, Table, Width};
use crate::report::data::{Committee, Cover};
use crate::report::text::Text;

/// The title page.
pub(super) fn cover(story: &mut Story<'_>, cover: &Cover<'_>) {
    for (at, line) in cover.lines.iter().enumerate() {
        story.say(if at == 0 { Style::Title } else { Style::Subtitle }, line);
    }
    story.say(Style::CoverDate, &cover.date);
    for issuer in &cover.issuers {
        story.say(Style::CoverIssuer, issuer);
    }
}

/// 評価の根拠
pub(super) fn legal_basis(story: &mut Story<'_>, items: &[Text<'_>]) {
    if !items.is_empty() {
        story.words(Style::Label, "評価の根拠");
        story.bullets(items);
    }
}

/// The committees and their members.
pub(super) fn committees(story: &mut Story<'_>, committees: &[Committee<'_>]) {
    for committee in committees {
        story.say(Style::Label, &committee.name);
        if !committee.role.is_empty() {
            story.say(Style::Note, &committee.role);
        }
        if committee.members.is_empty() {
            continue;
        }
        let columns = vec![
            Column::new("役", Width::Mm(16.0), Align::Centre),
            Column::new("氏名", Width::Mm(36.0), Align::Left),
            Column::new("所属", Width::Share(1.0), Align::Left),
        ];
        let rows = committee.members.iter().map(|m| [&m.role, &m.name, &m.affiliation].map(Cell::of).into());
        story.table(&Table::records(committee.name.0.as_ref(), columns, rows.collect()));
    }
}

/// How the evaluation is to be read.
pub(super) fn reading_note(story: &mut Story<'_>, lines: &[Text<'_>]) {
    if lines.is_empty() {
        story.words(Style::Note, "枠の中は評価検討会の総意、枠の下の箇条書きは個々の委員の意見である。");
    }
    story.notes(lines);
}
