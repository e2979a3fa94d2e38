//! Each member's score as a dot on the scale.

use crate::app::kit::table::cell;
use crate::app::theme::{Palette, Type};
use crate::locale::Lang;
use crate::model::{MemberId, Scale};
use crate::tr;
use egui::{Align2, Color32, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// The width of a strip in points.
pub(super) const WIDTH: f32 = 168.0;
/// The radius of a dot.
const DOT: f32 = 4.5;

/// As many dots stand one above the other before they stand abreast.
const TALLEST: u8 = 5;
/// As many stand abreast at most.
const WIDEST: u8 = 4;

/// Draws the strip; the pointer tells who gave which score, if `members` may be named.
pub(super) fn show(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    scores: &[Option<i16>],
    scale: &Scale,
    members: Option<&[(MemberId, String)]>,
) {
    let p = Palette::of(ui);
    let Some((low, high)) = scale.range().filter(|(low, high)| low < high) else { return };
    let said = spoken(lang, scores, members);
    cell::pad(ui, |ui| {
        let most = stacks(scores).values().copied().max().unwrap_or(1);
        // A large panel's dots stand several abreast.
        let across = most.div_ceil(TALLEST).min(WIDEST);
        let height = (f32::from(most.div_ceil(across)) * (2.0 * DOT + 1.0) + 18.0).max(30.0);
        let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {said}")));
        let at = |value: i16| {
            let share = f32::from(value - low) / f32::from(high - low);
            rect.left() + 12.0 + share * (rect.width() - 24.0)
        };
        let base = rect.bottom() - 14.0;
        ui.painter().hline(at(low)..=at(high), base, Stroke::new(1.0, p.rule));
        for step in &scale.steps {
            let x = at(step.value);
            ui.painter().vline(x, base - 2.0..=base + 2.0, Stroke::new(1.0, p.rule));
            let foot = pos2(x, rect.bottom() + 1.0);
            ui.painter().text(foot, Align2::CENTER_BOTTOM, &step.label, Type::Small.font(), p.secondary);
        }
        for (value, times) in stacks(scores) {
            for nth in 0..times {
                let (row, column) = (nth / across, nth % across);
                let abreast = across.min(times - row * across);
                let x = (f32::from(column) - f32::from(abreast - 1) / 2.0) * (2.0 * DOT + 1.0);
                let y = base - DOT - 2.0 - f32::from(row) * (2.0 * DOT + 1.0);
                ui.painter().circle(pos2(at(value) + x, y), DOT, p.accent, Stroke::new(1.0, Color32::WHITE));
            }
        }
        response.on_hover_text(&said);
    });
}

/// How many dots stand on each value.
fn stacks(scores: &[Option<i16>]) -> BTreeMap<i16, u8> {
    let mut stacks = BTreeMap::new();
    for score in scores.iter().copied().flatten() {
        let stack: &mut u8 = stacks.entry(score).or_default();
        *stack = stack.saturating_add(1);
    }
    stacks
}

/// The dots in words.
fn spoken(lang: Lang, scores: &[Option<i16>], members: Option<&[(MemberId, String)]>) -> String {
    let separator = lang.t("、", ", ");
    let Some(members) = members else {
        let counts = stacks(scores);
        let parts =
            counts.iter().map(|(value, times)| tr!(lang, "{value} が {times} 名", "{value}: {times}"));
        return parts.collect::<Vec<_>>().join(separator);
    };
    let parts = members.iter().zip(scores).map(|((_, name), score)| {
        let score = score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        format!("{name} {score}")
    });
    parts.collect::<Vec<_>>().join(separator)
}
