//! What the committee and the working group say.

use super::story::Story;
use super::table::{Align, Cell, Column, Table, Width};
use crate::report::data::{Chart, Opinion, Scores};
use crate::report::text::Text;

const POSITIVE: &str = "【肯定的意見】";
const ISSUES: &str = "【問題点・改善すべき点】";
/// With more members, the scores lie on their side.
const UPRIGHT_MEMBERS: usize = 7;

/// An agreed text in its box and the members' comments below it.
pub(super) fn opinion(story: &mut Story<'_>, opinion: &Opinion<'_>) {
    story.boxed(&opinion.consensus);
    story.titled_bullets(POSITIVE, &opinion.positive);
    story.titled_bullets(ISSUES, &opinion.issues);
}

/// An opinion of which only what was said is told.
pub(super) fn partial_opinion(story: &mut Story<'_>, opinion: &Opinion<'_>) {
    if !opinion.consensus.is_empty() {
        story.boxed(&opinion.consensus);
    }
    for (title, items) in [(POSITIVE, &opinion.positive), (ISSUES, &opinion.issues)] {
        if !items.is_empty() {
            story.titled_bullets(title, items);
        }
    }
}

/// 【各委員の提言】
pub(super) fn members_recommendations<'a>(
    story: &mut Story<'_>,
    items: impl Iterator<Item = &'a Vec<Text<'a>>>,
) {
    let items: Vec<_> = items.cloned().collect();
    story.titled_bullets("【各委員の提言】", &items);
}

/// Criteria × members, and the charts that show it.
pub(super) fn scores<'a>(story: &mut Story<'a>, scores: Option<&Scores<'_>>, charts: &'a [Chart<'_>]) {
    if let Some(scores) = scores {
        if scores.members.len() > UPRIGHT_MEMBERS {
            story.sideways(|story| score_table(story, scores));
        } else {
            score_table(story, scores);
        }
    }
    story.charts(charts);
}

fn score_table(story: &mut Story<'_>, scores: &Scores<'_>) {
    let many = scores.members.len() > UPRIGHT_MEMBERS;
    let (label, member) =
        if many { (Width::Mm(50.0), Width::Share(1.0)) } else { (Width::Share(1.0), Width::Mm(15.0)) };
    let columns =
        [Column::new("評価項目", label, Align::Left), Column::new("平均", Width::Mm(15.0), Align::Centre)]
            .into_iter()
            .chain(scores.members.iter().map(|name| Column::new(name.printed(), member, Align::Centre)))
            .collect();
    let rows = scores.rows.iter().map(|row| {
        let mean = if row.mean.is_empty() { Cell::words("－") } else { Cell::strong(&row.mean) };
        [Cell::of(&row.label), mean].into_iter().chain(row.cells.iter().map(Cell::of)).collect()
    });
    story.table(&Table::new("評点法による評点結果", columns, rows.collect()));
    story.notes(&scores.notes);
}
