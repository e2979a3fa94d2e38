//! Fields whose text means something: figures, dates, years.
//!
//! While somebody types, most texts on the way mean nothing yet (`202`) or something else (`2020-1` on the way to
//! `2020-12`). The field keeps the text as typed; the value follows wherever the text has a meaning and is what it was
//! where it has none. What is left without a meaning is told, so that nobody believes it was taken.

use crate::app::kit::table::paste;
use egui::response::Flags;
use egui::{Context, Id, Response, Ui};

/// A field with the keyboard in it.
#[derive(Clone)]
struct Typing<V> {
    /// The text as typed.
    text: String,
    /// The value when typing began.
    before: V,
    /// The value that came of the text.
    value: V,
    /// Whether nothing came of it.
    unread: bool,
    /// The pass in which the field was last drawn.
    drawn: u64,
}

fn place_of_unread() -> Id {
    Id::unique("text that a field was left with and that means nothing")
}

/// The text with which a field was left although nothing could be read from it; told once.
pub(crate) fn take_unread(ctx: &Context) -> Option<String> {
    ctx.data_mut(|data| data.remove_temp(place_of_unread()))
}

/// Draws `field` on the text that `show` makes of `value`, and takes over what `read` makes of what was typed, given
/// the value before. The text that was there before means the value that was there before. `name` tells the field from
/// others in the same `ui`.
///
/// The response is `changed` when the value was.
pub(crate) fn typed<V: Clone + PartialEq + Send + Sync + 'static>(
    ui: &mut Ui,
    name: &str,
    value: &mut V,
    show: impl Fn(&V) -> String,
    read: impl Fn(&str, &V) -> Option<V>,
    field: impl FnOnce(&mut Ui, &mut String) -> Response,
) -> Response {
    let id = ui.scope_id().with(("typed", name));
    let pass = ui.ctx().cumulative_pass_nr();
    let mut typing = ui
        .data_mut(|data| data.remove_temp::<Option<Typing<V>>>(id))
        .flatten()
        // Typing that was broken off, or a value that something else changed, says nothing about the text to show.
        .filter(|typing| typing.drawn + 1 >= pass && typing.value == *value);
    let mut text = typing.as_ref().map_or_else(|| show(value), |typing| typing.text.clone());
    let mut response = field(ui, &mut text);
    let mut changed = false;
    if response.changed() {
        let before = typing.map_or_else(|| value.clone(), |typing| typing.before);
        let read = if text == show(&before) { Some(before.clone()) } else { read(&text, &before) };
        let unread = read.is_none();
        if unread {
            paste::refuse(ui.ctx());
        }
        let new = read.unwrap_or_else(|| before.clone());
        changed = *value != new;
        *value = new.clone();
        typing = Some(Typing { text, before, value: new, unread, drawn: pass });
    }
    match typing {
        Some(mut typing) if response.has_focus() => {
            typing.drawn = pass;
            ui.data_mut(|data| data.insert_temp(id, Some(typing)));
        }
        Some(typing) if typing.unread && response.lost_focus() => {
            ui.data_mut(|data| data.insert_temp(place_of_unread(), typing.text));
        }
        _ => {}
    }
    response.flags.set(Flags::CHANGED, changed);
    response
}

#[cfg(test)]
mod tests {
    use super::super::parts;
    use super::super::testing::{fill, harness};
    use crate::model::{Dossier, FiscalYear, Moment, Source, Unit, When};
    use egui::Key;
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_year_can_be_typed_digit_by_digit() {
        let mut dossier = Dossier::default();
        dossier.report.year = Some(FiscalYear::new(2019));
        let mut harness = harness(dossier, |ui, cx| {
            parts::fiscal_year(ui, "年度", &mut cx.dossier.report.year);
        });
        harness.get_by_label("年度").focus();
        harness.run();
        harness.key_press(Key::End);
        harness.key_press(Key::Backspace);
        harness.run();
        for digit in ["", "2", "2"] {
            harness.key_press(Key::Backspace);
            harness.run();
            harness.get_by_label("年度").type_text(digit);
            harness.run();
        }
        assert_eq!(harness.state().dossier.report.year, Some(FiscalYear::new(2019)), "2022 is 22 so far");
        fill(&mut harness, "年度", "令和3年度");
        assert_eq!(harness.state().dossier.report.year, Some(FiscalYear::new(2021)));
        assert_eq!(super::take_unread(&harness.ctx), None);
        fill(&mut harness, "年度", "来年");
        assert_eq!(harness.state().dossier.report.year, Some(FiscalYear::new(2021)));
        assert_eq!(super::take_unread(&harness.ctx).as_deref(), Some("来年"));
        assert_eq!(super::take_unread(&harness.ctx), None, "told once");
        fill(&mut harness, "年度", "");
        assert_eq!(harness.state().dossier.report.year, None);
    }

    #[test]
    fn escape_gives_back_what_the_text_alone_does_not_say() {
        let printed =
            When { at: Some(Moment::Year(2040)), printed: "2040年頃".to_owned(), ..When::default() };
        let mut dossier = Dossier::default();
        dossier.report.date = printed.clone();
        let series = crate::model::MarketFigure {
            amount: crate::model::Quantity {
                source: Some(Source { file: "a.xlsx".to_owned(), ..Source::default() }),
                ..crate::model::Quantity::number(1913, Unit::MillionYen)
            },
            ..crate::model::MarketFigure::default()
        };
        dossier.programme.market.push(series);
        let before = dossier.clone();
        let mut harness = harness(dossier, |ui, cx| {
            // Two cells of a table never share a place.
            ui.push_id("date", |ui| parts::when(ui, "日付", &mut cx.dossier.report.date));
            let amount = &mut cx.dossier.programme.market[0].amount;
            parts::wrapped_quantity(ui, cx.lang, "金額", amount, &Unit::MillionYen);
        });
        for name in ["日付", "金額"] {
            harness.get_by_label(name).focus();
            harness.run();
            harness.get_by_label(name).type_text("9");
            harness.run();
            assert_ne!(harness.state().dossier, before, "{name}");
            harness.key_press(Key::Escape);
            harness.run();
            assert_eq!(harness.state().dossier, before, "{name}");
        }
        fill(&mut harness, "日付", "2020-1");
        assert_eq!(harness.state().dossier.report.date, When::at(Moment::Month(2020, 1)));
    }
}
