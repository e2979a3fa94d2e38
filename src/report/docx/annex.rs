//! The annexes: how the committee judged, and what does not agree.

use super::run::Tone;
use super::story::Story;
use super::style::Style;
use super::table::{Align, Cell, Column, Table, Width};
use crate::report::data::{CheckGroup, Criteria, Statistics};
use crate::report::text::Text;

/// The criteria with their guidance, and the scale.
pub(super) fn criteria_and_scale(story: &mut Story<'_>, sets: &[Criteria<'_>]) {
    for set in sets {
        let title = if set.name.is_empty() {
            set.title.0.to_string()
        } else {
            format!("{}　{}", set.title.0, set.name.0)
        };
        story.caption(&title, "");
        let columns = vec![
            Column::new("評価項目", Width::Mm(62.0), Align::Left),
            Column::new("評点", Width::Mm(14.0), Align::Centre),
            Column::new("見るところ", Width::Share(1.0), Align::Left),
        ];
        let rows = set.rows.iter().map(|row| {
            let scored = Cell::words(if row.scored { "○" } else { "－" });
            vec![Cell::of(&row.label), scored, Cell::paragraphs(&row.guidance)]
        });
        story.table(&Table::new(title, columns, rows.collect()));
        if set.steps.is_empty() {
            continue;
        }
        let title = if set.to_be_confirmed { "評点の尺度（要確認）" } else { "評点の尺度" };
        story.caption(title, "");
        let columns = vec![
            Column::new("評点", Width::Mm(20.0), Align::Centre),
            Column::new("平均に入る値", Width::Mm(26.0), Align::Centre),
            Column::new("意味", Width::Share(1.0), Align::Left),
        ];
        let rows =
            set.steps.iter().map(|step| [&step.label, &step.value, &step.meaning].map(Cell::of).into());
        story.table(&Table::new(title, columns, rows.collect()));
    }
}

/// What the scores of each project come to.
pub(super) fn statistics(story: &mut Story<'_>, groups: &[Statistics<'_>]) {
    story.words(
        Style::Note,
        "評点のある委員だけを数える。平均と標準偏差は四捨五入した値、標準偏差は不偏（n－1）。「一人を除く平均」は、委員を一人ずつ除いたときの平均の最小と最大である。",
    );
    for group in groups {
        story.caption(&group.title.0, "");
        let centre = |label, mm| Column::new(label, Width::Mm(mm), Align::Centre);
        let columns = vec![
            Column::new("評価項目", Width::Share(1.0), Align::Left),
            centre("平均", 12.0),
            centre("人数", 11.0),
            centre("中央値", 13.0),
            centre("範囲", 14.0),
            centre("標準偏差", 15.0),
            Column::new("分布", Width::Mm(34.0), Align::Left),
            centre("一人を除く平均", 20.0),
        ];
        let rows = group.rows.iter().map(|r| {
            [&r.label, &r.mean, &r.n, &r.median, &r.range, &r.sd, &r.distribution, &r.without_one]
                .map(Cell::of)
                .into()
        });
        story.table(&Table::new(group.title.0.as_ref(), columns, rows.collect()));
        story.notes(&group.notes);
    }
}

/// What does not agree, with the arithmetic and the notes made on it.
pub(super) fn checks(story: &mut Story<'_>, groups: &[CheckGroup<'_>]) {
    story.words(
        Style::Note,
        "この付録は、資料と評価の中で互いに合わない数値、年度、名称を機械的に見比べた結果である。四捨五入によるとみられる差は「参考」とし、確認済みのものには注記を添える。",
    );
    if groups.is_empty() {
        story.say(Style::Nothing, &Text::from("食い違いは見つからなかった。"));
    }
    for group in groups {
        story.caption(&group.target.0, "");
        let columns = vec![
            Column::new("区分", Width::Mm(15.0), Align::Centre),
            Column::new("指摘", Width::Share(1.0), Align::Left),
            Column::new("注記", Width::Mm(34.0), Align::Left),
        ];
        let rows = group.rows.iter().map(|row| {
            let finding = Cell::strong(&row.rule).then(Tone::Plain, &row.message);
            let finding = row.working.iter().fold(finding, |cell, line| cell.then(Tone::Aside, line));
            vec![Cell::of(&row.severity), finding, Cell::of(&row.note)]
        });
        story.table(&Table::new(group.target.0.as_ref(), columns, rows.collect()));
    }
}
