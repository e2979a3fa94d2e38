//! Long lists are read in groups: by lane, by field, by table.

use super::parts;
use crate::app::theme::Palette;
use crate::model::{HasId, RowId};
use egui::{Response, Ui};
use std::collections::HashSet;

/// The values of a key over a list, each once, in the order of their first appearance, with the places of their rows.
pub(crate) fn groups<R>(rows: &[R], key: impl Fn(&R) -> &str) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let key = key(row);
        match groups.iter_mut().find(|(known, _)| known == key) {
            Some((_, places)) => places.push(place),
            None => groups.push((key.to_owned(), vec![place])),
        }
    }
    groups
}

/// The rows at `places` that say the same as the one above.
pub(crate) fn repeating<R: HasId>(
    rows: &[R],
    places: &[usize],
    same: impl Fn(&R, &R) -> bool,
) -> HashSet<RowId> {
    let pairs = places.windows(2).filter_map(|pair| Some((rows.get(pair[0])?, rows.get(pair[1])?)));
    pairs.filter(|(above, row)| same(above, row)).map(|(_, row)| row.id().clone()).collect()
}

/// A text cell; one that says the same as the row above stands back, so that the eye sees where a group begins.
pub(crate) fn text(ui: &mut Ui, name: &str, value: &mut String, repeats: bool) -> Response {
    if repeats {
        let secondary = Palette::of(ui).secondary.gamma_multiply(0.75);
        ui.visuals_mut().override_text_color = Some(secondary);
    }
    parts::text(ui, name, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RoadmapItem;

    #[test]
    fn groups_stand_in_the_order_of_their_first_rows() {
        let rows = ["x1", "y1", "x2"];
        let groups = groups(&rows, |row| &row[..1]);
        assert_eq!(groups, [("x".to_owned(), vec![0, 2]), ("y".to_owned(), vec![1])]);
    }

    #[test]
    fn a_row_repeats_the_shown_row_above_it() {
        let row = |id: &str, lane: &str| RoadmapItem {
            id: id.into(),
            lane: lane.to_owned(),
            ..RoadmapItem::default()
        };
        let rows = [row("a", "x"), row("b", "y"), row("c", "x"), row("d", "x")];
        let of = |places: &[usize]| repeating(&rows, places, |above, row| above.lane == row.lane);
        assert_eq!(of(&[0, 1, 2, 3]), HashSet::from(["d".into()]));
        assert_eq!(of(&[0, 2]), HashSet::from(["c".into()]));
    }
}
