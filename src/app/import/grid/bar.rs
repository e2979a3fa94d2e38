//! Above the grid: which range is marked, an address to go to, and the question what it is.

use crate::app::import::desk::Desk;
use crate::app::import::layout::Layout;
use crate::app::kit::{self, Icon, button, field};
use crate::app::theme::{Palette, Type, space};
use crate::sheets::Area;
use crate::tr;
use egui::Ui;

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, file: &str, layout: &Layout) {
    let lang = desk.lang;
    let here = desk.range_here();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::INSIDE, space::TIGHT);
        let name = lang.t("番地", "Address");
        ui.label(Type::Small.text(name).color(Palette::of(ui).secondary));
        let marked = desk.look.selection(layout).map(said).unwrap_or_default();
        let mut text = desk.look.address.clone().unwrap_or(marked);
        let options = field::Options::default().boxed().width(112.0).placeholder("B3:H20");
        let response = field::line(ui, "grid address", name, &mut text, &options);
        if response.changed() {
            desk.look.address = Some(text);
        }
        if response.lost_focus()
            && let Some(typed) = desk.look.address.take().filter(|typed| !typed.trim().is_empty())
        {
            if let Ok(area) = typed.trim().parse::<Area>() {
                desk.mark(layout.spanning(area));
            } else {
                let words = tr!(
                    lang,
                    "「{typed}」は番地として読めません。B3 や B3:H20 のように入力してください。",
                    "“{typed}” is no address; type something like B3 or B3:H20."
                );
                desk.said = Some(words);
            }
        }
        response.on_hover_text(lang.t(
            "B3 や B3:H20 のように入力して Enter を押すと、その範囲を選びます。",
            "Type B3 or B3:H20 and press Enter to mark that cell or range.",
        ));
        if !desk.can_mark(file) {
            return;
        }
        let open = desk.marks.open.is_some();
        let what = lang.t("これは何ですか…", "Say what this is…");
        ui.add_enabled_ui(here.is_some() && !open, |ui| {
            let asked = button::with_icon(ui, Icon::Edit, what);
            let asked = asked.on_disabled_hover_text(lang.t(
                "先に、ドラッグか Shift＋矢印キーで範囲を選んでください。",
                "First mark a range by dragging, or with Shift and the arrows.",
            ));
            if asked.clicked()
                && let Some(area) = here
            {
                desk.begin_marking(area);
            }
        });
        let words = match here {
            _ if open => String::new(),
            Some(area) => {
                let (area, rows, columns) = (said(area), area.rows(), area.columns());
                tr!(lang, "対象: {area}（{rows} 行 × {columns} 列）", "Range: {area} ({rows} × {columns})")
            }
            None => lang
                .t(
                    "ドラッグか Shift＋矢印キーで範囲を選べます。",
                    "Drag, or Shift and the arrows, marks a range.",
                )
                .to_owned(),
        };
        kit::note(ui, &words);
    });
}

/// A range as people say it: one cell by its own address.
fn said(area: Area) -> String {
    if area.first == area.last { area.first.to_string() } else { area.to_string() }
}
