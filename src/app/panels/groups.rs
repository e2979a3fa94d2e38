//! Long lists are read in groups: by lane, by field, by table.

use super::parts;
use crate::app::kit::{field, note};
use crate::app::theme::{Palette, Type};
use crate::model::{HasId, RowId};
use egui::{Response, Ui};
use std::collections::{HashMap, HashSet};

/// The values of a key over a list, each once, in the order of their first appearance, with the places of their rows.
pub(crate) fn groups<R>(rows: &[R], key: impl Fn(&R) -> &str) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        let key = key(row);
        let group = *known.entry(key).or_insert_with(|| {
            groups.push((key.to_owned(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(place);
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

/// What is being typed into a heading.
#[derive(Clone)]
struct Renaming {
    text: String,
    /// The pass in which the field was last drawn.
    drawn: u64,
}

/// The name of a group as the heading above its rows, and the name it was given, if it was given another.
///
/// A name that `taken` says another group has is handed over only when the field is left: on the way to `AAV2`, typing
/// `AAV` must not pour two groups into one.
pub(crate) fn heading(
    ui: &mut Ui,
    what: &str,
    accessible_name: &str,
    placeholder: &str,
    name: &str,
    taken: impl FnOnce(&str) -> bool,
) -> Option<String> {
    let id = ui.scope_id().with("renaming");
    let pass = ui.ctx().cumulative_pass_nr();
    let renaming = ui
        .data_mut(|data| data.remove_temp::<Option<Renaming>>(id))
        .flatten()
        .filter(|renaming| renaming.drawn + 1 >= pass);
    let typing = renaming.is_some();
    let mut text = renaming.map_or_else(|| name.to_owned(), |renaming| renaming.text);
    let response = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            note(ui, what);
            let options = field::Options::default().bare().font(Type::Strong).placeholder(placeholder);
            field::line(ui, "heading", accessible_name, &mut text, &options)
        })
        .inner;
    let focused = response.has_focus();
    let settled = (typing || response.changed()) && text != name && (!focused || !taken(&text));
    if focused {
        let renaming = Renaming { text: text.clone(), drawn: pass };
        ui.data_mut(|data| data.insert_temp(id, Some(renaming)));
    }
    settled.then_some(text)
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
