//! 委員・評価項目: who judges, and by what.

pub(super) mod criteria;
mod members;
mod scale;
pub(super) mod usage;

use super::parts;
use crate::app::cx::Cx;
use crate::app::kit::sheet;
use crate::app::kit::table::Column;
use crate::locale::Lang;
use crate::model::Committee;
use crate::tr;
use egui::Ui;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    committees(ui, lang, &mut cx.dossier.committees);
    members::show(ui, lang, cx.dossier);
    criteria::show(ui, lang, cx.dossier, criteria::Set::Project);
    criteria::show(ui, lang, cx.dossier, criteria::Set::Programme);
}

fn committees(ui: &mut Ui, lang: Lang, committees: &mut Vec<Committee>) {
    let title = lang.t("評価体制", "Committees");
    let add = lang.t("会議体を追加", "Add a committee");
    let what = lang.t(
        "評価検討会や評価WGなど、この評価に関わる会議体とその座長をここへ記入します。",
        "The committees of this evaluation and their chairs go here, such as the panel and the working group.",
    );
    if parts::empty_list(ui, title, what, add, committees, || Committee {
        id: "r1".into(),
        ..Committee::default()
    }) {
        return;
    }
    let columns = [
        Column::text(lang.t("名称", "Name"), 1.4, 180.0),
        Column::text(lang.t("略称", "Short name"), 0.4, 88.0),
        Column::text(lang.t("役割", "Role"), 1.0, 130.0),
        Column::text(lang.t("座長", "Chair"), 0.4, 88.0),
        Column::text(lang.t("座長の所属・役職", "The chair's affiliation"), 1.0, 130.0),
        Column::text(lang.t("注", "Note"), 1.4, 150.0),
    ];
    let list = parts::Rows { salt: "committees", name: title, add, prefix: "r", columns: &columns };
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            list.show(ui, lang, committees, |ui, committee, column| {
                let row = committee.id.as_str();
                match column {
                    0 => parts::text(ui, &tr!(lang, "{row} 名称", "{row} name"), &mut committee.name),
                    1 => parts::text(ui, &tr!(lang, "{row} 略称", "{row} short name"), &mut committee.short),
                    2 => parts::text(ui, &tr!(lang, "{row} 役割", "{row} role"), &mut committee.role),
                    3 => parts::text(ui, &tr!(lang, "{row} 座長", "{row} chair"), &mut committee.chair),
                    4 => {
                        let name = tr!(lang, "{row} 座長の所属", "{row} affiliation of the chair");
                        parts::text(ui, &name, &mut committee.chair_affiliation)
                    }
                    _ => parts::text(ui, &tr!(lang, "{row} 注", "{row} note"), &mut committee.note),
                };
            });
        },
    );
}
