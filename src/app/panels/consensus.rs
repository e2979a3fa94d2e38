//! 総合評価: the boxed texts on which the committee agreed.

use crate::app::cx::Cx;
use crate::app::kit::{self, field};
use crate::locale::Lang;
use crate::model::{Consensus, CriterionNo, SubjectId, fresh_id};
use crate::tr;
use egui::Ui;

/// Draws the consensus texts of a subject: one for the whole, and for the programme one for each criterion.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let by_criterion = cx.subject(id).is_programme();
    let mut boxes: Vec<(Option<CriterionNo>, String)> = Vec::new();
    if by_criterion {
        let criteria = &cx.dossier.criteria_for(id).criteria;
        boxes.extend(criteria.iter().map(|c| (Some(c.no), format!("{} {}", c.no, c.label))));
    }
    let consensus = &mut cx.subject(id).evaluation.consensus;
    let whole = lang.t("総合評価", "Overall consensus");
    if !by_criterion || consensus.iter().any(|text| text.criterion.is_none()) {
        boxes.insert(0, (None, whole.to_owned()));
    }
    // A text on a criterion that the set no longer has is still shown.
    for text in consensus.iter() {
        if !boxes.iter().any(|(criterion, _)| *criterion == text.criterion) {
            let no = text.criterion.unwrap_or_default();
            boxes.push((text.criterion, tr!(lang, "評価項目 {no}", "Criterion {no}")));
        }
    }
    for (criterion, heading) in boxes {
        let characters = length(consensus, criterion);
        let note = (characters > 0).then(|| tr!(lang, "{characters} 字", "{characters} characters"));
        kit::sheet(
            ui,
            &heading,
            note.as_deref(),
            |_| (),
            |ui| text_box(ui, lang, consensus, criterion, &heading),
        );
    }
}

fn length(consensus: &[Consensus], criterion: Option<CriterionNo>) -> usize {
    let of_it = consensus.iter().filter(|text| text.criterion == criterion);
    of_it.map(|text| text.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

fn text_box(
    ui: &mut Ui,
    lang: Lang,
    consensus: &mut Vec<Consensus>,
    criterion: Option<CriterionNo>,
    heading: &str,
) {
    let place = consensus.iter().position(|text| text.criterion == criterion);
    let mut text = place.map(|place| consensus[place].text.clone()).unwrap_or_default();
    let options = field::Options::default()
        .boxed()
        .rows(4)
        .width(kit::prose_width().min(ui.available_width()))
        .placeholder(lang.t(
            "検討会の総意をここに書きます。改行で段落を分けます。",
            "Write here what the committee agreed on; a line break begins a paragraph.",
        ));
    let salt = ("consensus", criterion.map(|no| no.0));
    let response = field::comment(ui, salt, heading, &mut text, &options);
    match place {
        Some(place) if response.changed() => consensus[place].text = text,
        // What was emptied goes once the field is left; what a document printed stays where it stood.
        Some(place) => {
            let emptied = consensus[place].text.is_empty() && consensus[place].printed_at.is_empty();
            if emptied && !response.has_focus() {
                consensus.remove(place);
            }
        }
        None if response.changed() && !text.is_empty() => {
            let id = fresh_id(consensus, "s");
            consensus.push(Consensus { id, criterion, text, printed_at: String::new() });
        }
        None => {}
    }
    if let Some(place) =
        consensus.iter().position(|text| text.criterion == criterion && !text.printed_at.is_empty())
    {
        let printed_at = &consensus[place].printed_at;
        kit::note(ui, &tr!(lang, "印字箇所: {printed_at}", "printed at {printed_at}"));
    }
}
