//! What the committee and the working group say.

use super::story::Story;
use super::table::{Align, Cell, Column, Table, Width};
use crate::report::data::{Chart, Opinion, ScoreRow, Scores};
use crate::report::text::Text;

const POSITIVE: &str = "【肯定的意見】";
const ISSUES: &str = "【問題点・改善すべき点】";

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
        score_table(story, scores);
    }
    story.charts(charts);
}

fn score_table(story: &mut Story<'_>, scores: &Scores<'_>) {
    let mean = |row: &ScoreRow<'_>| {
        if row.mean.is_empty() { Cell::words("－") } else { Cell::strong(&row.mean) }
    };
    let (columns, rows) = if scores.side_by_side {
        let narrow = |label| Column::new(label, Width::Mm(15.0), Align::Centre);
        let columns = [Column::new("評価項目", Width::Share(1.0), Align::Left), narrow("平均".to_owned())]
            .into_iter()
            .chain(scores.members.iter().map(|name| narrow(name.printed().into_owned())))
            .collect();
        let rows = scores.rows.iter().map(|row| {
            [Cell::of(&row.label), mean(row)].into_iter().chain(row.cells.iter().map(Cell::of)).collect()
        });
        (columns, rows.collect())
    } else {
        let criterion =
            |row: &ScoreRow<'_>| Column::new(row.label.printed(), Width::Share(1.0), Align::Centre);
        let columns = std::iter::once(Column::new("委員", Width::Mm(26.0), Align::Left))
            .chain(scores.rows.iter().map(criterion))
            .collect();
        let means = std::iter::once(Cell::words("平均")).chain(scores.rows.iter().map(mean)).collect();
        let members = scores.members.iter().enumerate().map(|(at, name)| {
            let given = scores.rows.iter().filter_map(|row| row.cells.get(at)).map(Cell::of);
            std::iter::once(Cell::of(name)).chain(given).collect()
        });
        (columns, std::iter::once(means).chain(members).collect())
    };
    story.table(&Table::new("評点法による評点結果", columns, rows));
    story.notes(&scores.notes);
}
