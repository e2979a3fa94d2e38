//! 本文: the prose of the chapters, in the report's order.

use super::form;
use crate::app::cx::Cx;
use crate::app::kit::table::RowAction;
use crate::app::kit::{self, Icon, button, field};
use crate::app::theme::{Type, space};
use crate::locale::{Lang, Term};
use crate::model::{Chapter, Section, SubjectId, fresh_id};
use crate::tr;
use egui::Ui;

/// Draws the sections of a subject by chapter. Chapters without text are offered below.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let sections = &mut cx.subject(id).sections;
    let mut without = Vec::new();
    for chapter in Chapter::ALL {
        let places: Vec<usize> =
            (0..sections.len()).filter(|place| sections[*place].chapter == chapter).collect();
        if places.is_empty() {
            without.push(chapter);
        } else {
            one_chapter(ui, lang, chapter, sections, &places);
        }
    }
    if without.is_empty() {
        return;
    }
    kit::sheet(
        ui,
        lang.t("本文のない章", "Chapters without text"),
        None,
        |_| (),
        |ui| {
            kit::note(
                ui,
                lang.t("章を選ぶと、その章の本文を書き始められます。", "Choose a chapter to begin its text."),
            );
            ui.horizontal_wrapped(|ui| {
                for chapter in without {
                    if button::quiet(ui, Some(Icon::Plus), chapter.term(lang)).clicked() {
                        sections.push(Section { id: fresh_id(sections, "r"), chapter, ..Section::default() });
                    }
                }
            });
        },
    );
}

fn one_chapter(ui: &mut Ui, lang: Lang, chapter: Chapter, sections: &mut Vec<Section>, places: &[usize]) {
    let title = chapter.term(lang);
    let mut asked = None;
    kit::sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            for (index, place) in places.iter().enumerate() {
                let section = &mut sections[*place];
                let id = section.id.clone();
                ui.push_id(("section", id.as_str()), |ui| {
                    asked = asked.or(one_section(ui, lang, section, index, places.len()));
                });
                ui.add_space(space::INSIDE);
            }
            if button::quiet(
                ui,
                Some(Icon::Plus),
                &tr!(lang, "{title}に節を追加", "Add a section to {title}"),
            )
            .clicked()
            {
                asked = Some(RowAction::Insert(places.len()));
            }
        },
    );
    match asked {
        Some(RowAction::Insert(_)) => {
            let behind = places.last().map_or(sections.len(), |last| last + 1);
            let id = fresh_id(sections, "r");
            sections.insert(behind, Section { id, chapter, ..Section::default() });
        }
        Some(RowAction::Remove(at)) => {
            sections.remove(places[at]);
        }
        Some(RowAction::Up(at)) if at > 0 => sections.swap(places[at - 1], places[at]),
        Some(RowAction::Down(at)) if at + 1 < places.len() => sections.swap(places[at], places[at + 1]),
        _ => {}
    }
}

fn one_section(
    ui: &mut Ui,
    lang: Lang,
    section: &mut Section,
    index: usize,
    count: usize,
) -> Option<RowAction> {
    let id = section.id.clone();
    let called = |label: &str| format!("{id} {label}");
    let mut asked = None;
    let width = kit::prose_width().min(ui.available_width());
    ui.horizontal(|ui| {
        let placeholder = lang.t("見出し（なくてもよい）", "Heading (optional)");
        let options =
            field::Options::default().font(Type::Strong).placeholder(placeholder).width(width).bare();
        field::line(ui, "heading", &called(lang.t("見出し", "Heading")), &mut section.heading, &options);
        asked = form::block_menu(ui, lang, &called(lang.t("節", "section")), index, count);
    });
    let options = field::Options::default().boxed().rows(2).width(width);
    field::comment(ui, "body", &called(lang.t("本文", "Text")), &mut section.body, &options);
    let characters = section.body.chars().filter(|c| !c.is_whitespace()).count();
    form::side_by_side(ui, |ui| {
        form::word(ui, &tr!(lang, "{characters} 字", "{characters} characters"));
        form::word(ui, lang.t("印字箇所", "printed at"));
        form::narrow(ui, "printed at", 160.0, |ui| {
            form::line(ui, &called(lang.t("印字箇所", "Printed at")), &mut section.printed_at)
        });
        form::word(ui, lang.t("章", "chapter"));
        form::narrow(ui, "chapter", 220.0, |ui| {
            super::parts::choice(
                ui,
                lang,
                &called(lang.t("章", "Chapter")),
                &mut section.chapter,
                &Chapter::ALL,
            )
        });
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, compose, harness};
    use crate::model::{Dossier, Subject};

    #[test]
    fn a_chapter_gets_its_text() {
        let dossier = Dossier {
            projects: vec![Subject { id: "A".into(), ..Subject::default() }],
            ..Dossier::default()
        };
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        click(&mut harness, "費用対効果");
        compose(&mut harness, "r1 本文", "国費を上回る効果が見込まれる。");
        click(&mut harness, "費用対効果に節を追加");
        let sections = &harness.state().dossier.projects[0].sections;
        assert_eq!(sections.len(), 2);
        assert_eq!(
            (sections[0].chapter, sections[0].body.as_str()),
            (Chapter::CostEffectiveness, "国費を上回る効果が見込まれる。")
        );
        assert_eq!(sections[1].chapter, Chapter::CostEffectiveness);
    }
}
