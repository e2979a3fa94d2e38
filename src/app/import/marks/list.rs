//! What was said of the sheet that is looked at: by a map that knew it, or here.

use super::{Marked, kind_name};
use crate::app::import::desk::{Asked, Desk};
use crate::app::kit::{self, Icon, button, field, icon_button_in};
use crate::app::theme::{Palette, Type, space};
use crate::import::KnownForm;
use crate::locale::Lang;
use crate::model::SubjectId;
use crate::sheets::Area;
use crate::tr;
use egui::{Align, Frame, Label, Layout, Margin, Stroke, Ui};

/// What was asked of a described range.
enum Deed {
    Show(Area),
    Change(Area),
    Remove(Area),
}

/// Draws what was said of the sheet, if anything was.
pub(in crate::app::import) fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some((file, sheet)) = desk.look.sheet.clone() else { return };
    let known = desk.known_form(&file, &sheet).cloned();
    let here = desk.marks.of(&file, &sheet).cloned();
    let said = match (&here, &known) {
        (Some(marked), _) if marked.regions.is_empty() && marked.left_out.is_empty() => return,
        (Some(marked), _) => marked.clone(),
        (None, Some(known)) => Marked {
            name: known.name.clone(),
            regions: known.regions.clone(),
            left_out: known.left_out.clone(),
        },
        (None, None) => return,
    };
    let lang = desk.lang;
    kit::subheading(ui, lang.t("この様式の対応付け", "The map of this form"));
    match &known {
        Some(known) if here.is_none() => told(ui, lang, known),
        _ => name(ui, desk, &said, (&file, &sheet)),
    }
    let mut deed = None;
    for region in &said.regions {
        let whose = region.subject.as_ref().map(|id| whose(id, lang)).unwrap_or_default();
        let kind =
            if region.kind.is_some() { kind_name(region.kind, lang) } else { lang.t("自動", "Found out") };
        line(ui, lang, region.area, kind, &whose, &mut deed);
    }
    for area in &said.left_out {
        line(ui, lang, *area, lang.t("読み取らない", "Left out"), "", &mut deed);
    }
    match deed {
        Some(Deed::Show(area)) => desk.show_area(area),
        Some(Deed::Change(area)) => desk.begin_marking(area),
        Some(Deed::Remove(area)) => desk.remove_mark(&file, &sheet, area),
        None => {}
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::INSIDE);
        if button::with_icon(ui, Icon::Save, lang.t("対応付けを保存…", "Save the map…")).clicked()
        {
            desk.asked = Some(Asked::SaveMap);
        }
    });
    ui.add_space(space::GROUP);
}

/// That the form is known, and by what.
fn told(ui: &mut Ui, lang: Lang, known: &KnownForm) {
    let p = Palette::of(ui);
    let (name, (marks, found)) = (&known.name, known.marks);
    let mut words = tr!(
        lang,
        "様式「{name}」として読み取りました。見出し {marks} のうち {found} が一致しています。",
        "Known as the form “{name}”: {found} of its {marks} headings are here."
    );
    if known.moved != (0, 0) {
        let (rows, columns) = known.moved;
        let (down, right) = (moved(lang, rows, true), moved(lang, columns, false));
        let by = [down, right].into_iter().flatten().collect::<Vec<_>>().join(lang.t("、", ", "));
        words += &tr!(lang, "位置のずれ: {by}。", " It has moved: {by}.");
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        Icon::Check.show(ui, 18.0, p.good);
        ui.add(Label::new(Type::Table.text(words)).wrap());
    });
    if let Some(map) = &known.map {
        kit::note(ui, &tr!(lang, "対応付け: {map}", "Map: {map}"));
    }
}

fn moved(lang: Lang, by: i64, down: bool) -> Option<String> {
    let n = by.abs();
    Some(match (by.signum(), down) {
        (0, _) => return None,
        (1, true) => tr!(lang, "下へ {n} 行", "{n} rows down"),
        (_, true) => tr!(lang, "上へ {n} 行", "{n} rows up"),
        (1, false) => tr!(lang, "右へ {n} 列", "{n} columns right"),
        (_, false) => tr!(lang, "左へ {n} 列", "{n} columns left"),
    })
}

fn name(ui: &mut Ui, desk: &mut Desk<'_>, said: &Marked, (file, sheet): (&str, &str)) {
    let (p, lang) = (Palette::of(ui), desk.lang);
    let label = lang.t("様式の名前", "Name of the form");
    ui.label(Type::Small.text(label).color(p.secondary));
    let mut text = said.name.clone();
    let options = field::Options::default().boxed();
    if field::line(ui, "form name", label, &mut text, &options).changed() {
        desk.marks.edit(file, sheet, None).name = text;
    }
}

fn whose(id: &SubjectId, lang: Lang) -> String {
    if *id == SubjectId::programme() {
        lang.t("プログラム", "Programme").to_owned()
    } else {
        tr!(lang, "課題 {id}", "Project {id}")
    }
}

/// One described range.
fn line(ui: &mut Ui, lang: Lang, area: Area, kind: &str, whose: &str, deed: &mut Option<Deed>) {
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.sheet).stroke(Stroke::new(1.0, p.rule)).corner_radius(space::CORNER);
    frame.inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let remove = tr!(lang, "{area} の説明を外す", "Remove the description of {area}");
            if icon_button_in(ui, Icon::Trash, &remove, p.secondary).clicked() {
                *deed = Some(Deed::Remove(area));
            }
            let change = tr!(lang, "{area} の説明を変える", "Change the description of {area}");
            if icon_button_in(ui, Icon::Edit, &change, p.secondary).clicked() {
                *deed = Some(Deed::Change(area));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::INSIDE;
                let words = Type::Table.text(area.to_string()).color(p.accent);
                let response = ui.add(egui::Button::new(words).frame(false));
                if response.on_hover_text(lang.t("元の表で見る", "Show in the source")).clicked() {
                    *deed = Some(Deed::Show(area));
                }
                ui.add(Label::new(Type::Table.text(format!("{kind}　{whose}"))).truncate());
            });
        });
    });
    ui.add_space(space::TIGHT);
}

/// How ranges are described, and that a map can be loaded, for those who look at what was not understood.
pub(in crate::app::import) fn load_hint(ui: &mut Ui, desk: &mut Desk<'_>) {
    let lang = desk.lang;
    let words = lang.t(
        "範囲を選んで「これは何ですか」で説明すると、読み取れるようになります。保存した対応付けも使えます。",
        "Mark a range and say what it is, and it can be read. A saved map does the same.",
    );
    kit::note(ui, words);
    if button::quiet(ui, Some(Icon::Folder), lang.t("対応付けを読み込む…", "Load a map…")).clicked()
    {
        desk.asked = Some(Asked::Files);
    }
}
