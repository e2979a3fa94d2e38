//! 総合評価: the boxed texts on which the committee agreed.

use super::parts;
use crate::app::cx::Cx;
use crate::app::kit::{self, Icon, button, field, icon_button};
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Lang, Term};
use crate::model::{
    Comment, CommentKind, Consensus, CriterionNo, Dossier, MemberId, Recommendation, RowId,
    SubjectEvaluation, SubjectId, fresh_id,
};
use crate::tr;
use egui::{Align, Layout, Ui};

/// Draws the consensus texts of a subject: one for the whole, and for the programme one for each criterion.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let by_criterion = cx.subject(id).is_programme();
    let mut boxes: Vec<(Option<CriterionNo>, String)> = Vec::new();
    if by_criterion {
        let criteria = &cx.dossier.criteria_for(id).criteria;
        boxes.extend(criteria.iter().map(|c| (Some(c.no), format!("{} {}", c.no, c.label))));
    }
    let subject = cx.subject(id);
    let consensus = &mut subject.evaluation.consensus;
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
        let characters = length(&cx.subject(id).evaluation.consensus, criterion);
        let note = (characters > 0).then(|| tr!(lang, "{characters} 字", "{characters} characters"));
        kit::sheet(
            ui,
            &heading,
            note.as_deref(),
            |_| (),
            |ui| {
                let choice = criterion.map_or(Choice::All, Choice::Criterion);
                let room = ui.available_width();
                if room < SIDE_BY_SIDE {
                    text_box(ui, lang, &mut cx.subject(id).evaluation.consensus, criterion, &heading);
                    gathered(ui, lang, cx.dossier, id, choice, &heading);
                    return;
                }
                let left = ((room - space::SHEET) * 0.48).floor();
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::SHEET;
                    ui.vertical(|ui| {
                        ui.set_width(left);
                        text_box(ui, lang, &mut cx.subject(id).evaluation.consensus, criterion, &heading);
                    });
                    ui.vertical(|ui| {
                        ui.set_width(room - space::SHEET - left);
                        ui.spacing_mut().item_spacing = egui::vec2(space::INSIDE, space::INSIDE);
                        beside(ui, lang, cx.dossier, id, choice, &heading);
                    });
                });
            },
        );
    }
}

/// With so much room the members' comments stand beside the text, otherwise beneath it.
const SIDE_BY_SIDE: f32 = 760.0;
/// The comments beside a text are at most so high, and scroll.
const HIGHEST: f32 = 460.0;

/// How many comments there are to draw on, and how many of them were taken up.
fn count(dossier: &Dossier, id: &SubjectId, choice: Choice) -> (usize, usize) {
    let Some(subject) = dossier.subject(id) else { return (0, 0) };
    let (mut n, mut used) = (0, 0);
    for comment in subject.evaluation.comments.iter().filter(|comment| belongs(comment, choice)) {
        n += 1;
        used += usize::from(subject.evaluation.used.contains(&comment.id));
    }
    (n, used)
}

fn counted(lang: Lang, (n, used): (usize, usize)) -> String {
    tr!(lang, "委員の意見 {n} 件（反映済み {used} 件）", "{n} comments of members ({used} taken up)")
}

/// The members' comments beside the text that is written of them.
fn beside(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, id: &SubjectId, choice: Choice, heading: &str) {
    let numbers = count(dossier, id, choice);
    if numbers.0 == 0 {
        let what = lang.t(
            "委員の意見は、評価票を取り込むとここに並びます。",
            "The members' comments stand here once their ballots are merged.",
        );
        kit::note(ui, what);
        return;
    }
    ui.label(Type::SmallStrong.text(counted(lang, numbers)));
    egui::ScrollArea::vertical()
        .id_salt(("beside", heading))
        .max_height(HIGHEST)
        .auto_shrink([false, true])
        .show(ui, |ui| opinions(ui, lang, dossier, id, choice, true));
}

/// Which comments stand beside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// All of the subject.
    All,
    /// Those on one criterion.
    Criterion(CriterionNo),
    /// What each member recommends.
    Recommendations,
}

/// The members' comments to draw on, folded away until they are asked for.
fn gathered(ui: &mut Ui, lang: Lang, dossier: &mut Dossier, id: &SubjectId, choice: Choice, heading: &str) {
    let numbers = count(dossier, id, choice);
    if numbers.0 == 0 {
        return;
    }
    let key = ui.scope_id().with(("gathered", heading));
    let mut open = ui.data(|data| data.get_temp(key).unwrap_or(false));
    let icon = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    let label = counted(lang, numbers);
    if button::quiet(ui, Some(icon), &label).clicked() {
        open = !open;
        ui.data_mut(|data| data.insert_temp(key, open));
    }
    if open {
        opinions(ui, lang, dossier, id, choice, true);
    }
}

fn belongs(comment: &Comment, choice: Choice) -> bool {
    match choice {
        Choice::All => comment.kind != CommentKind::Recommendation,
        Choice::Criterion(no) => comment.criterion == Some(no),
        Choice::Recommendations => comment.kind == CommentKind::Recommendation,
    }
}

/// What somebody wants of a comment.
enum Wish {
    Use(RowId, bool),
    Append(RowId),
    Swap(usize, usize),
}

/// The comments of each kind, member by member. With `editing`, they can be ordered, marked as taken up, and added to
/// the text.
pub(super) fn opinions(
    ui: &mut Ui,
    lang: Lang,
    dossier: &mut Dossier,
    id: &SubjectId,
    choice: Choice,
    editing: bool,
) {
    let named = !super::results::is_anonymous(ui);
    let members: Vec<(MemberId, String)> =
        dossier.members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let Some(subject) = dossier.subject_mut(id) else { return };
    let evaluation = &mut subject.evaluation;
    let mut wish = None;
    let mut any = false;
    for kind in CommentKind::ALL {
        let places: Vec<usize> = (evaluation.comments.iter().enumerate())
            .filter(|(_, comment)| comment.kind == kind && belongs(comment, choice))
            .map(|(at, _)| at)
            .collect();
        if places.is_empty() {
            continue;
        }
        any = true;
        kit::subheading(ui, kind.term(lang));
        for (nth, at) in places.iter().enumerate() {
            let comment = &evaluation.comments[*at];
            let of = comment.member.as_ref().filter(|_| named);
            let name = of.and_then(|id| members.iter().find(|(known, _)| known == id));
            let name = name.map_or("", |(_, name)| name.as_str());
            if !editing {
                if !name.is_empty() {
                    kit::note(ui, name);
                }
                kit::prose(ui, &comment.text);
                continue;
            }
            if nth > 0 {
                super::form::rule(ui);
            }
            let used = evaluation.used.contains(&comment.id);
            wish = tools(ui, lang, &places, nth, comment, (name, used)).or(wish.take());
            // What is in the text already steps back behind what is still to be weighed.
            ui.scope(|ui| {
                if used {
                    ui.visuals_mut().override_text_color = Some(Palette::of(ui).secondary);
                }
                kit::prose(ui, &comment.text);
            });
        }
    }
    if !any {
        kit::note(ui, lang.t("この項目への意見はありません。", "No comments on this criterion."));
    }
    if let Some(wish) = wish {
        grant(evaluation, choice, wish);
    }
}

/// Whose comment it is, and what can be done with it.
fn tools(
    ui: &mut Ui,
    lang: Lang,
    places: &[usize],
    nth: usize,
    comment: &Comment,
    (name, mut used): (&str, bool),
) -> Option<Wish> {
    let mut wish = None;
    let room = egui::vec2(ui.available_width(), space::HIT);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        let word = if comment.kind == CommentKind::Recommendation {
            lang.t("提言に加える", "Add to the recommendations")
        } else {
            lang.t("文案に加える", "Add to the text")
        };
        let spoken = parts::name(&comment.id, word);
        if icon_button(ui, Icon::Plus, &spoken).clicked() {
            wish = Some(Wish::Append(comment.id.clone()));
        }
        wish = arrows(ui, lang, places, nth, &comment.id).or(wish.take());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let word = lang.t("反映済み", "taken up");
            let spoken = parts::name(&comment.id, word);
            let words = Type::Small.text(word).color(Palette::of(ui).secondary);
            if ui.checkbox(&mut used, words).accessible_name(&spoken).changed() {
                wish = Some(Wish::Use(comment.id.clone(), used));
            }
            if !name.is_empty() {
                ui.add(egui::Label::new(Type::SmallStrong.text(name)).truncate());
            }
        });
    });
    wish
}

fn arrows(ui: &mut Ui, lang: Lang, places: &[usize], nth: usize, id: &RowId) -> Option<Wish> {
    let mut wish = None;
    // From right to left.
    for (icon, word, other) in [
        (Icon::ArrowDown, lang.t("下へ移動", "Move down"), Some(nth + 1)),
        (Icon::ArrowUp, lang.t("上へ移動", "Move up"), nth.checked_sub(1)),
    ] {
        let other = other.and_then(|other| places.get(other));
        let spoken = parts::name(id, word);
        let clicked = ui.add_enabled_ui(other.is_some(), |ui| icon_button(ui, icon, &spoken).clicked()).inner;
        if let Some(other) = other.filter(|_| clicked) {
            wish = Some(Wish::Swap(places[nth], *other));
        }
    }
    wish
}

fn grant(evaluation: &mut SubjectEvaluation, choice: Choice, wish: Wish) {
    match wish {
        Wish::Use(id, used) => {
            evaluation.used.retain(|other| *other != id);
            if used {
                evaluation.used.push(id);
            }
        }
        Wish::Swap(one, other) => evaluation.comments.swap(one, other),
        Wish::Append(id) => {
            let Some(comment) = evaluation.comments.iter().find(|comment| comment.id == id) else { return };
            if choice == Choice::Recommendations {
                let row = fresh_id(&evaluation.recommendations, "q");
                let text = comment.text.clone();
                evaluation.recommendations.push(Recommendation {
                    id: row,
                    text,
                    ..Recommendation::default()
                });
                if !evaluation.used.contains(&id) {
                    evaluation.used.push(id);
                }
                return;
            }
            let criterion = match choice {
                Choice::All | Choice::Recommendations => None,
                Choice::Criterion(no) => Some(no),
            };
            let text = comment.text.clone();
            match evaluation.consensus.iter_mut().find(|consensus| consensus.criterion == criterion) {
                Some(consensus) if consensus.text.is_empty() => consensus.text = text,
                Some(consensus) => {
                    consensus.text.push('\n');
                    consensus.text.push_str(&text);
                }
                None => {
                    let id = fresh_id(&evaluation.consensus, "s");
                    evaluation.consensus.push(Consensus { id, criterion, text, printed_at: String::new() });
                }
            }
            if !evaluation.used.contains(&id) {
                evaluation.used.push(id);
            }
        }
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
        .rows(8)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::testing::{click, harness};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_members_bullet_is_taken_up_and_ordered() {
        let dossier = crate::sample::dossier().unwrap();
        let first = dossier.projects[0].evaluation.comments[0].clone();
        let before = dossier.projects[0].evaluation.consensus[0].text.clone();
        let n = dossier.projects[0].evaluation.comments.iter().filter(|c| belongs(c, Choice::All)).count();
        let mut harness = harness(dossier, |ui, cx| show(ui, cx, &"A".into()));
        let counted = format!("委員の意見 {n} 件（反映済み 0 件）");
        // In a narrow window the comments are folded away beneath the text.
        if harness.query_all_by_role_and_label(egui::accesskit::Role::Button, &counted).next().is_some() {
            click(&mut harness, &counted);
        }
        click(&mut harness, &format!("{} 文案に加える", first.id));
        let evaluation = &harness.state().dossier.projects[0].evaluation;
        assert_eq!(evaluation.consensus[0].text, format!("{before}\n{}", first.text));
        assert_eq!(evaluation.used, std::slice::from_ref(&first.id));
        click(&mut harness, &format!("{} 下へ移動", first.id));
        assert_ne!(harness.state().dossier.projects[0].evaluation.comments[0].id, first.id);
        click(&mut harness, &format!("{} 反映済み", first.id));
        assert!(harness.state().dossier.projects[0].evaluation.used.is_empty());
    }
}
