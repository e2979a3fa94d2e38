//! What a criterion asks, beside it wherever it is scored.

use crate::app::kit::{self, Icon, icon_button};
use crate::app::theme::{Type, space};
use crate::locale::Lang;
use crate::model::{Criterion, Scale};
use crate::tr;
use egui::{Popup, Ui};

/// What a criterion asks and what its scores mean, behind a button beside it.
pub(crate) fn help(ui: &mut Ui, lang: Lang, criterion: &Criterion, scale: &Scale) {
    let no = criterion.no;
    let name = tr!(lang, "{no} の説明", "What {no} asks");
    let button = icon_button(ui, Icon::Question, &name);
    Popup::menu(&button).width(380.0).show(|ui| {
        ui.spacing_mut().item_spacing.y = space::INSIDE;
        egui::Frame::NONE.inner_margin(egui::Margin::same(8)).show(ui, |ui| {
            ui.add(egui::Label::new(Type::Strong.text(format!("{no}　{}", criterion.label))).wrap());
            if criterion.guidance.is_empty() {
                let words = lang.t(
                    "この項目の説明はまだありません。「委員・評価項目」で書けます。",
                    "Nothing is said about this criterion yet; it is written under “Members and criteria”.",
                );
                kit::note(ui, words);
            } else {
                kit::prose(ui, &criterion.guidance);
            }
            if criterion.scored {
                kit::note(ui, lang.t("評点の意味", "What the scores mean"));
                for step in &scale.steps {
                    ui.horizontal_top(|ui| {
                        ui.label(Type::Strong.text(&step.label));
                        ui.add(egui::Label::new(Type::Body.text(&step.meaning)).wrap());
                    });
                }
            } else {
                kit::note(
                    ui,
                    lang.t("評点は付けず、コメントだけを書きます。", "It has no score, only comments."),
                );
            }
        });
    });
}
