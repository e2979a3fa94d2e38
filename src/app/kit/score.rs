//! The buttons that give a score.

use egui::{
    EventFilter, FocusDirection, FontSelection, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind,
    TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use super::mark::badge;
use super::messages::Kind;
use crate::app::theme::{Palette, Type, space};

/// What the keys do, with their names in both languages, in the order of the list of shortcuts. The digits are those of
/// the usual scale; another scale is scored by its own labels.
pub const KEYS: [(&str, &str, &str); 5] = [
    ("0 – 3", "評点を付ける", "Give a score"),
    ("N", "該当なしにする", "Not applicable"),
    ("← / →", "評点を下げる・上げる", "Lower, raise the score"),
    ("Delete / Backspace", "評点を消す", "Clear the score"),
    ("↑ / ↓", "前・次の評価項目", "Previous, next criterion"),
];

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScoreChoice {
    /// Nothing yet.
    #[default]
    Blank,
    /// A value of the scale; zero is a value like any other.
    Value(i16),
    /// The criterion does not apply.
    NotApplicable,
}

/// One step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreLevel<'a> {
    /// What is stored.
    pub value: i16,
    /// What is shown, and the key that chooses it: "0" to "3", or "A" to "D".
    pub label: &'a str,
    /// What it means in words.
    pub meaning: &'a str,
}

/// A scale as it stands on a form.
#[derive(Debug, Clone, Copy)]
pub struct ScoreScale<'a> {
    /// Its steps, in the order in which they are shown.
    pub levels: &'a [ScoreLevel<'a>],
    /// The words of the button for a criterion that does not apply, where that is allowed.
    pub not_applicable: Option<&'a str>,
    /// Why no score can be given, for a member who is recused or absent.
    pub closed: Option<&'a str>,
}

/// The buttons of `scale`, joined in a row. The key of a step chooses it, N says that the criterion does not apply, left
/// and right move, Delete or Backspace clears; up and down go to the neighbouring criterion. The response is `changed` when the choice was.
pub fn score_buttons(
    ui: &mut Ui,
    id_salt: impl egui::AsIdSalt,
    accessible_name: &str,
    scale: &ScoreScale<'_>,
    current: &mut ScoreChoice,
) -> Response {
    if let Some(reason) = scale.closed {
        return badge(ui, Kind::Info, reason);
    }
    let id = ui.make_persistent_id(id_salt);
    let steps = steps(ui, scale);
    let before = *current;
    let (rect, mut response) = group(ui, id, &steps);
    response.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, ui.is_enabled(), accessible_name));
    let order = Order::with(ui, id);
    if response.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, arrows));
        keys(ui, &steps, current);
        order.walk(ui, id);
    }
    let mut x = rect.left();
    let p = Palette::of(ui);
    let last = steps.len().saturating_sub(1);
    for (index, step) in steps.iter().enumerate() {
        let area = Rect::from_min_size(pos2(x, rect.top()), vec2(step.width, rect.height()));
        x += step.width;
        let button = ui.interact(area, id.with(index), Sense::CLICK);
        let chosen = *current == step.choice;
        button.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, &step.name));
        if button.clicked() {
            *current = step.choice;
            response.request_focus();
        }
        let (fill, ink) = match (*current == step.choice, button.hovered()) {
            (true, _) => (p.accent, p.on_accent),
            (false, true) => (p.hover, p.ink),
            (false, false) => (p.sheet, p.ink),
        };
        let corner = egui::CornerRadius {
            nw: if index == 0 { space::CORNER } else { 0 },
            sw: if index == 0 { space::CORNER } else { 0 },
            ne: if index == last { space::CORNER } else { 0 },
            se: if index == last { space::CORNER } else { 0 },
        };
        ui.painter().rect_filled(area, corner, fill);
        if index > 0 {
            ui.painter().vline(area.left(), area.y_range(), Stroke::new(1.0, p.rule));
        }
        let font = if step.short { Type::Strong } else { Type::Body };
        ui.painter().text(area.center(), egui::Align2::CENTER_CENTER, step.label, font.font(), ink);
        if !step.meaning.is_empty() {
            button.on_hover_text(step.meaning);
        }
    }
    ui.painter().rect_stroke(rect, space::CORNER, Stroke::new(1.0, p.rule), StrokeKind::Inside);
    if response.has_focus() {
        let ring = Stroke::new(2.0, p.focus);
        ui.painter().rect_stroke(rect.expand(2.0), space::CORNER + 2, ring, StrokeKind::Inside);
    }
    if *current != before {
        response.mark_changed();
    }
    response
}

/// The groups of a window in the order in which they are drawn, so that up and down go from one to the next past the
/// comments between them.
#[derive(Debug, Clone, Default)]
struct Order {
    pass: u64,
    /// What this pass has drawn so far.
    now: Vec<Id>,
    /// What the pass before drew.
    before: Vec<Id>,
}

impl Order {
    /// The order so far, with a group added.
    fn with(ui: &Ui, id: Id) -> Self {
        let key = Id::unique("score groups");
        let pass = ui.ctx().cumulative_pass_nr();
        let mut order = ui.data(|d| d.get_temp::<Self>(key)).unwrap_or_default();
        if order.pass != pass {
            order = Self { pass, before: std::mem::take(&mut order.now), now: Vec::new() };
        }
        order.now.push(id);
        ui.data_mut(|d| d.insert_temp(key, order.clone()));
        order
    }

    /// Gives the keyboard to the neighbour that an arrow asks for; past the last one, to whatever comes next.
    fn walk(&self, ui: &Ui, id: Id) {
        let pressed = |key| ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
        let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        if down == up {
            return;
        }
        let at = self.before.iter().position(|other| *other == id);
        let next = if down { at.map(|at| at + 1) } else { at.and_then(|at| at.checked_sub(1)) };
        match next.and_then(|next| self.before.get(next)) {
            Some(next) => ui.memory_mut(|m| m.request_focus(*next)),
            None if down => ui.memory_mut(|m| m.move_focus(FocusDirection::Next)),
            None => ui.memory_mut(|m| m.move_focus(FocusDirection::Previous)),
        }
    }
}

struct Step<'a> {
    choice: ScoreChoice,
    label: &'a str,
    meaning: &'a str,
    name: String,
    width: f32,
    short: bool,
}

fn steps<'a>(ui: &Ui, scale: &ScoreScale<'a>) -> Vec<Step<'a>> {
    let wide = |label: &str, font: Type| {
        let font = FontSelection::FontId(font.font());
        let galley = WidgetText::from(label).into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, font);
        (galley.size().x + 20.0).ceil().max(36.0)
    };
    let levels = scale.levels.iter().map(|level| Step {
        choice: ScoreChoice::Value(level.value),
        label: level.label,
        meaning: level.meaning,
        name: format!("{} {}", level.label, level.meaning).trim().to_owned(),
        width: wide(level.label, Type::Strong),
        short: true,
    });
    let apart = scale.not_applicable.map(|label| Step {
        choice: ScoreChoice::NotApplicable,
        label,
        meaning: "",
        name: label.to_owned(),
        width: wide(label, Type::Body),
        short: false,
    });
    levels.chain(apart).collect()
}

fn group(ui: &mut Ui, id: egui::Id, steps: &[Step<'_>]) -> (Rect, Response) {
    let width = steps.iter().map(|step| step.width).sum();
    let (_, rect) = ui.allocate_space(vec2(width, space::ROW));
    (rect, ui.interact(rect, id, Sense::click()))
}

fn keys(ui: &Ui, steps: &[Step<'_>], current: &mut ScoreChoice) {
    let pressed: Vec<Key> = ui.input(|i| {
        i.events
            .iter()
            .filter_map(|event| match event {
                egui::Event::Key { key, pressed: true, modifiers, .. } if !modifiers.any() => Some(*key),
                _ => None,
            })
            .collect()
    });
    for key in pressed {
        let at = steps.iter().position(|step| step.choice == *current);
        let last = steps.len().saturating_sub(1);
        let moved = match key {
            Key::Delete | Key::Backspace => {
                *current = ScoreChoice::Blank;
                continue;
            }
            Key::ArrowLeft => Some(at.map_or(last, |at| at.saturating_sub(1))),
            Key::ArrowRight => Some(at.map_or(0, |at| (at + 1).min(last))),
            _ => {
                let labelled = |step: &Step<'_>| step.short && step.label.eq_ignore_ascii_case(key.name());
                // N says "not applicable", unless the scale has an N of its own.
                let apart = || steps.iter().position(|step| step.choice == ScoreChoice::NotApplicable);
                steps.iter().position(labelled).or_else(|| (key == Key::N).then(apart).flatten())
            }
        };
        if let Some(step) = moved.and_then(|index| steps.get(index)) {
            *current = step.choice;
        }
    }
}
