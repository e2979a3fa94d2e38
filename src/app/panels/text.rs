//! 本文: the prose of the material, chapter by chapter.

use super::{blocks, form, parts};
use crate::app::cx::Cx;
use crate::app::kit::table::{RowAction, cell};
use crate::app::kit::{Icon, button, field, note, prose_width, sheet};
use crate::app::theme::{Type, space};
use crate::locale::{Lang, Term};
use crate::model::{Chapter, Section, SubjectId, grouped};
use crate::tr;
use egui::Ui;

/// The room in points that the line under a section needs in the longer language.
const FOOT_WIDTH: f32 = 680.0;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let sections = &mut cx.subject(id).sections;
    let (mut without, mut asked) = (Vec::new(), None);
    // Taken before anything is drawn: a section that is sent to a later chapter must not be drawn in both.
    let chapters: Vec<Chapter> = sections.iter().map(|section| section.chapter).collect();
    for chapter in Chapter::ALL {
        let places: Vec<usize> = (0..chapters.len()).filter(|place| chapters[*place] == chapter).collect();
        if places.is_empty() {
            without.push(chapter);
        } else if let Some(action) = self::chapter(ui, lang, chapter, sections, &places) {
            asked = Some((chapter, places, action));
        }
    }
    if !without.is_empty()
        && let Some(chapter) = chapters_without_text(ui, lang, &without)
    {
        asked = Some((chapter, Vec::new(), RowAction::Insert(0)));
    }
    if let Some((chapter, places, action)) = asked {
        let new = || Section { chapter, ..Section::default() };
        if let Some(id) = parts::apply_some(sections, &places, action, "r", new) {
            blocks::added(ui, id);
        }
    }
}

/// The sections of a chapter, at `places` of the whole list. What the user asked to happen to one of them.
fn chapter(
    ui: &mut Ui,
    lang: Lang,
    chapter: Chapter,
    sections: &mut [Section],
    places: &[usize],
) -> Option<RowAction> {
    let n = characters(places.iter().map(|place| sections[*place].body.as_str()));
    let count = tr!(lang, "{n} 字", "{n} characters");
    let title = chapter.term(lang);
    let mut action = None;
    sheet(
        ui,
        title,
        Some(&count),
        |_| (),
        |ui| {
            for (index, place) in places.iter().enumerate() {
                if index > 0 {
                    form::rule(ui);
                }
                let section = &mut sections[*place];
                let n = index + 1;
                let name = format!("{title} {n}");
                let id = section.id.clone();
                let asked = ui
                    .push_id(("section", id.as_str()), |ui| {
                        self::section(ui, lang, &name, section, index, places.len())
                    })
                    .inner;
                action = action.or(asked);
            }
            let add = lang.t("節を追加", "Add a section");
            let name = tr!(lang, "{title} に節を追加", "Add a section to {title}");
            if set_out(ui, |ui| button::quiet(ui, Some(Icon::Plus), add)).accessible_name(name).clicked() {
                action = Some(RowAction::Insert(places.len()));
            }
        },
    );
    action
}

/// One section. What the user asked to happen to it.
fn section(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    section: &mut Section,
    index: usize,
    count: usize,
) -> Option<RowAction> {
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    let (heading, action) = blocks::head(ui, lang, Type::Strong, name, index, count, |ui| {
        let placeholder =
            lang.t("見出しなし（章の直下の本文）", "No heading (text directly under the chapter)");
        let options = field::Options::default().bare().font(Type::Strong).placeholder(placeholder);
        let name = tr!(lang, "{name} 見出し", "{name} heading");
        field::wrapped(ui, "heading", &name, &mut section.heading, &options)
    });
    blocks::welcome(ui, &section.id, &heading);
    set_out(ui, |ui| {
        let width = prose_width().min(ui.available_width() - 2.0 * space::INSIDE);
        let placeholder = lang.t(
            "本文。一行が一段落になり、「・」で始まる行は箇条書きになります。",
            "The text. Each line is a paragraph; a line that begins with ・ is a bullet.",
        );
        let options = field::Options::default().bare().rows(2).width(width).placeholder(placeholder);
        field::comment(ui, "body", &tr!(lang, "{name} 本文", "{name} text"), &mut section.body, &options)
    });
    foot(ui, lang, name, section);
    action
}

/// Where a section was printed, to which chapter it belongs, and how long it is.
fn foot(ui: &mut Ui, lang: Lang, name: &str, section: &mut Section) {
    let n = characters([section.body.as_str()]);
    let printed_at = |ui: &mut Ui, text: &mut String| {
        let label = lang.t("印字箇所", "Printed at");
        note(ui, label);
        form::narrow(ui, "printed at", 144.0, |ui| {
            let options = field::Options::default().bare().font(Type::Table).placeholder("—");
            field::line(ui, "line", &format!("{name} {label}"), text, &options)
        });
    };
    let chapter = |ui: &mut Ui, chapter: &mut Chapter| {
        let label = lang.t("章", "Chapter");
        note(ui, label);
        form::narrow(ui, "chapter", 264.0, |ui| {
            let options = Chapter::ALL.map(|chapter| (chapter, chapter.term(lang)));
            cell::choice(ui, &format!("{name} {label}"), chapter, &options)
        });
        note(ui, &tr!(lang, "{n} 字", "{n} characters"))
            .on_hover_text(lang.t("空白と改行を除く文字数", "White space and line breaks not counted"));
    };
    if ui.available_width() < FOOT_WIDTH {
        form::side_by_side(ui, |ui| printed_at(ui, &mut section.printed_at));
        form::side_by_side(ui, |ui| chapter(ui, &mut section.chapter));
    } else {
        form::side_by_side(ui, |ui| {
            printed_at(ui, &mut section.printed_at);
            chapter(ui, &mut section.chapter);
        });
    }
}

/// The chapters that have no text yet, each to be begun. The one that was chosen.
fn chapters_without_text(ui: &mut Ui, lang: Lang, chapters: &[Chapter]) -> Option<Chapter> {
    let (title, what) = if chapters.len() == Chapter::ALL.len() {
        let what = lang.t(
            "報告書に載せる各章の本文を、節に分けてここへ書きます。章を選んで始めてください。",
            "The text of the report's chapters goes here, in sections. Choose a chapter to begin.",
        );
        (lang.t("本文", "Text"), what)
    } else {
        let what = lang.t("章を選んで本文を加えます。", "Choose a chapter to add text to it.");
        (lang.t("本文のない章", "Chapters without text"), what)
    };
    let mut chosen = None;
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            note(ui, what);
            set_out(ui, |ui| {
                form::side_by_side(ui, |ui| {
                    for chapter in chapters {
                        let term = chapter.term(lang);
                        let name = tr!(lang, "{term} に本文を加える", "Add text to {term}");
                        if button::quiet(ui, Some(Icon::Plus), term).accessible_name(name).clicked() {
                            chosen = Some(*chapter);
                        }
                    }
                });
            });
        },
    );
    chosen
}

/// Content whose text is set in from its edge, set out by as much, so that it stands under the title.
fn set_out<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = egui::Margin { left: -8, ..egui::Margin::ZERO };
    egui::Frame::NONE.outer_margin(margin).show(ui, content).inner
}

/// How many characters the texts have, white space not counted, with separators for thousands.
fn characters<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    grouped(texts.into_iter().map(field::characters).sum::<usize>().into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Window, choose, click, compose, fill, harness};
    use crate::locale::Lang;
    use crate::model::{Chapter, Dossier, Section, SubjectId};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    fn window(sections: &[(&str, Chapter, &str)]) -> Harness<'static, Window> {
        let mut dossier = Dossier::default();
        dossier.programme.sections = sections
            .iter()
            .map(|(id, chapter, heading)| Section {
                id: (*id).into(),
                chapter: *chapter,
                heading: (*heading).to_owned(),
                ..Section::default()
            })
            .collect();
        harness(dossier, |ui, cx| super::show(ui, cx, &SubjectId::programme()))
    }

    fn sections<'w>(window: &'w Harness<'_, Window>) -> &'w [Section] {
        &window.state().dossier.programme.sections
    }

    fn headings<'w>(window: &'w Harness<'_, Window>) -> Vec<&'w str> {
        sections(window).iter().map(|section| section.heading.as_str()).collect()
    }

    #[test]
    fn a_chapter_is_begun_from_the_list_of_those_without_text() {
        let mut window = window(&[]);
        click(&mut window, "ロードマップ に本文を加える");
        assert!(window.query_by_label("ロードマップ に本文を加える").is_none());
        window.get_by_label("ロードマップ 1 見出し").type_text("道筋");
        window.run();
        compose(&mut window, "ロードマップ 1 本文", "一　二\n・三");
        fill(&mut window, "ロードマップ 1 印字箇所", "1部1章8");
        let section = &sections(&window)[0];
        assert_eq!(section.chapter, Chapter::Roadmap);
        assert_eq!((section.heading.as_str(), section.body.as_str()), ("道筋", "一　二\n・三"));
        assert_eq!(section.printed_at, "1部1章8");
        assert_eq!(window.query_all_by_label("4 字").count(), 2, "the section's and the chapter's");
        window.state_mut().lang = Lang::En;
        window.run();
        assert!(window.query_by_label("Add text to Outcomes").is_some());
    }

    #[test]
    fn sections_move_within_their_chapter() {
        let mut window = window(&[
            ("r1", Chapter::Outputs, "甲"),
            ("r2", Chapter::Position, "乙"),
            ("r3", Chapter::Outputs, "丙"),
        ]);
        for (deed, then) in [
            ("上へ移動", vec!["丙", "乙", "甲"]),
            ("下に追加", vec!["丙", "乙", "甲", ""]),
            ("削除", vec!["丙", "乙", ""]),
        ] {
            click(&mut window, "アウトプット 2 の操作");
            click(&mut window, deed);
            assert_eq!(headings(&window), then);
        }
        click(&mut window, "政策的位置付け・背景 に節を追加");
        assert_eq!(headings(&window), ["丙", "乙", "", ""]);
        let added = &sections(&window)[2];
        assert_eq!((added.id.as_str(), added.chapter), ("r5", Chapter::Position));
    }

    #[test]
    fn a_section_goes_to_another_chapter() {
        let mut window = window(&[("r1", Chapter::Position, "甲")]);
        choose(&mut window, "政策的位置付け・背景 1 章", "費用対効果");
        assert_eq!(sections(&window)[0].chapter, Chapter::CostEffectiveness);
        window.run();
        assert!(window.query_by_label("費用対効果 1 本文").is_some());
        assert!(window.query_by_label("政策的位置付け・背景 に本文を加える").is_some());
    }

    #[test]
    fn white_space_is_not_counted() {
        assert_eq!(super::characters(["一 二　三\n\tab", &"字".repeat(1000)]), "1,005");
    }
}
