//! 評価票: one member's form, beside the material or on its own.

use super::criterion::help;
use super::scores::legend;
use crate::app::cx::{Action, Cx};
use crate::app::kit::areas::{self, Area};
use crate::app::kit::table::cell;
use crate::app::kit::{
    self, Icon, ScoreChoice, ScoreLevel, ScoreScale, button, field, icon_button, score_buttons,
};
use crate::app::rounds::Ask;
use crate::app::theme::{Palette, Type, space};
use crate::locale::{Lang, Term, cell as state_name};
use crate::model::{
    Comment, CommentKind, Criterion, CriterionNo, MemberId, Scale, ScoreCell, SubjectEvaluation, SubjectId,
    fresh_id,
};
use crate::round::Form;
use crate::tr;
use egui::{Align, Frame, Layout, Margin, Panel, Response, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Whose form is open, and for which subject when the page does not say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ballot {
    member: MemberId,
    subject: SubjectId,
    /// Whether it is the one member's whose hands the ballot is in, and nobody else's.
    own: bool,
    /// The criterion to be shown and given the keyboard.
    jump: Option<CriterionNo>,
}

/// How the ballot in a member's hands stands on disk.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Saved<'a> {
    /// When it was saved last.
    pub(crate) at: Option<Timestamp>,
    /// Why it could not be.
    pub(crate) trouble: Option<&'a str>,
}

impl Ballot {
    /// The ballot of one member, in that member's hands.
    pub(crate) fn own(member: MemberId) -> Self {
        Self { member, own: true, ..Self::default() }
    }

    /// Shows a criterion of a subject next, with the keyboard on it.
    pub(crate) fn jump(&mut self, subject: SubjectId, criterion: CriterionNo) {
        self.subject = subject;
        self.jump = Some(criterion);
    }
}

/// Draws the form in a drawer at the right edge; true when it is closed.
pub(crate) fn drawer(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    ballot: &mut Ballot,
    page: Option<&SubjectId>,
    saved: &Saved<'_>,
    width: &mut f32,
) -> bool {
    let lang = cx.lang;
    let p = Palette::of(ui);
    let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin::symmetric(16, 12));
    let mut close = false;
    // The material keeps room to be read, also in a narrow window.
    let widest = (ui.available_width() - 360.0).clamp(300.0, 720.0);
    let panel = Panel::right("ballot").frame(frame).default_size(*width).size_range(300.0..=widest);
    let shown = panel.show(ui, |ui| {
        areas::begin(ui, Area::Drawer);
        ui.horizontal(|ui| {
            ui.label(Type::Panel.text(lang.t("評価票", "Ballot")));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = icon_button(ui, Icon::Close, lang.t("評価票を閉じる", "Close the ballot")).clicked();
            });
        });
        if ballot.own {
            let frame = Frame::NONE.fill(p.sheet).inner_margin(Margin { top: 8, ..Margin::ZERO });
            Panel::bottom("ballot foot").frame(frame).show(ui, |ui| foot(ui, cx, ballot, saved));
        }
        kit::scroll(ui, "ballot", |ui| {
            ui.spacing_mut().item_spacing.y = space::INSIDE;
            form(ui, cx, ballot, page);
        });
    });
    *width = shown.response.rect.width();
    close
}

/// What is missing, when it was saved, and the way to hand it in: in view wherever the form is scrolled to.
fn foot(ui: &mut Ui, cx: &mut Cx<'_>, ballot: &Ballot, saved: &Saved<'_>) {
    let lang = cx.lang;
    let p = Palette::of(ui);
    let Some(round) = cx.dossier.rounds.last() else { return };
    let form = Form::of(cx.dossier, round, &ballot.member);
    let answers = form.answers(cx.dossier);
    let missing: Vec<(SubjectId, CriterionNo)> =
        form.missing(&answers).map(|(subject, criterion)| (subject.id.clone(), criterion.no)).collect();
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        if missing.is_empty() {
            let words = lang.t("評点はすべて記入されています", "Every score is given");
            ui.label(Type::Small.text(words).color(p.good));
            return;
        }
        ui.label(Type::Small.text(lang.t("未記入", "Missing")).color(p.caution));
        let (here, there): (Vec<_>, Vec<_>) = missing.iter().partition(|(id, _)| *id == ballot.subject);
        for (subject, no) in here {
            missing_chip(ui, cx, subject, *no, &no.to_string());
        }
        for others in there.chunk_by(|a, b| a.0 == b.0) {
            let (subject, no) = others[0];
            let n = others.len();
            missing_chip(ui, cx, subject, *no, &tr!(lang, "{subject} に {n} 件", "{n} in {subject}"));
        }
    });
    ui.horizontal(|ui| {
        let words = lang.t("提出用に保存…", "Save to hand in…");
        if button::primary(ui, words).clicked() {
            cx.actions.push(Action::Round(Ask::HandIn));
        }
        let (words, colour) = match (saved.trouble, saved.at) {
            (Some(_), _) => (
                lang.t(
                    "自動保存できません。名前を付けて保存してください（Ctrl+Shift+S）",
                    "It cannot save itself; save it under another name (Ctrl+Shift+S)",
                )
                .to_owned(),
                p.alarm,
            ),
            (None, Some(at)) => {
                let at = at.to_zoned(TimeZone::system()).strftime("%H:%M:%S");
                (tr!(lang, "自動保存 {at}", "Saved {at}"), p.secondary)
            }
            (None, None) => (
                lang.t("記入すると自動で保存されます", "What you enter is saved of itself").to_owned(),
                p.secondary,
            ),
        };
        let label = egui::Label::new(Type::Small.text(words).color(colour)).wrap();
        let response = ui.add(label);
        if let Some(trouble) = saved.trouble {
            response.on_hover_text(trouble);
        }
    });
}

/// A way to a score that is missing.
fn missing_chip(ui: &mut Ui, cx: &mut Cx<'_>, subject: &SubjectId, no: CriterionNo, words: &str) {
    let spoken = tr!(cx.lang, "未記入の {subject} {no} へ", "go to {subject} {no}, which is missing");
    if button::chip(ui, words).accessible_name(&spoken).on_hover_text(&spoken).clicked() {
        cx.actions.push(Action::Round(Ask::Jump(subject.clone(), no)));
    }
}

fn form(ui: &mut Ui, cx: &mut Cx<'_>, ballot: &mut Ballot, page: Option<&SubjectId>) {
    let lang = cx.lang;
    let asked = cx.dossier.rounds.last().filter(|_| ballot.own);
    let asked = asked.map(|round| Form::of(cx.dossier, round, &ballot.member));
    let scored: Vec<(SubjectId, String)> = match &asked {
        Some(form) => form.subjects.iter().map(|asked| (asked.id.clone(), asked.title.clone())).collect(),
        None => (cx.dossier.projects.iter())
            .filter(|project| project.is_evaluated() && !project.evaluation.panel.is_empty())
            .map(|project| (project.id.clone(), project.title()))
            .collect(),
    };
    if let Some(page) = page.filter(|page| scored.iter().any(|(id, _)| id == *page)) {
        ballot.subject = page.clone();
    }
    if !scored.iter().any(|(id, _)| *id == ballot.subject) {
        let Some((first, _)) = scored.first() else {
            kit::prose(
                ui,
                lang.t(
                    "採点の対象がありません。「委員・評価項目」で委員を割り当ててください。",
                    "Nothing is scored yet; assign members under “Members and criteria”.",
                ),
            );
            return;
        };
        ballot.subject = first.clone();
    }
    let id = ballot.subject.clone();
    let panel = cx.subject(&id).evaluation.panel.clone();
    if ballot.member == MemberId::default() {
        ballot.member = panel.first().cloned().unwrap_or_default();
    }
    let scores_it = ballot.own || panel.contains(&ballot.member);
    let members: Vec<(MemberId, String)> = panel
        .into_iter()
        .map(|member| {
            let name =
                cx.dossier.member(&member).map_or_else(|| member.to_string(), |known| known.name.clone());
            (member, name)
        })
        .collect();
    if ballot.own {
        let name = cx.dossier.member(&ballot.member).map_or("", |member| member.name.as_str());
        kit::note(ui, name);
    } else {
        choose(ui, lang.t("委員", "Member"), &mut ballot.member, &members);
    }
    // On a scored project's page the form is that project's.
    if page.is_none_or(|page| scored.iter().all(|(id, _)| id != page)) {
        choose(ui, lang.t("対象", "Subject"), &mut ballot.subject, &scored);
    } else {
        let title = cx.subject(&id).title();
        kit::note(ui, &title);
    }
    if ballot.subject != id {
        return;
    }
    if !scores_it {
        // Never another member's form in the place of the one that was chosen.
        let name = cx.dossier.member(&ballot.member).map_or("", |member| member.name.as_str());
        let words = tr!(
            lang,
            "{name} はこのプロジェクトを採点しません。採点する委員を上で選んでください。",
            "{name} does not score this project. Choose a member who does above."
        );
        kit::prose(ui, &words);
        return;
    }
    if asked.as_ref().and_then(|form| form.subject(&id)).is_some_and(|asked| asked.recused.is_some()) {
        let words = lang.t(
            "利害関係による除斥のため、この課題は評価しません。資料は読めます。",
            "You are recused from this project and do not judge it. Its material can be read.",
        );
        kit::prose(ui, words);
        return;
    }
    let mut set = cx.dossier.criteria_for(&id).clone();
    // The buttons rise from left to right, as the number keys do.
    set.scale.steps.sort_by_key(|step| step.value);
    let member = ballot.member.clone();
    let jump = ballot.jump.take();
    let limit = cx.dossier.rounds.last().and_then(|round| field::stated_limit(&round.instructions));
    let evaluation = &mut cx.subject(&id).evaluation;
    progress(ui, lang, evaluation, &member, &set.criteria);
    ui.separator();
    for criterion in &set.criteria {
        let here = jump == Some(criterion.no);
        item(ui, lang, evaluation, &member, criterion, &set.scale, (&id, here, limit));
    }
    ui.label(Type::Strong.text(CommentKind::Recommendation.term(lang)));
    comment(ui, lang, evaluation, &member, None, CommentKind::Recommendation, (&id, limit));
    ui.separator();
    legend(ui, lang, &set.scale);
}

fn choose<T: PartialEq + Clone>(ui: &mut Ui, label: &str, current: &mut T, options: &[(T, String)]) {
    let options: Vec<(T, &str)> =
        options.iter().map(|(value, label)| (value.clone(), label.as_str())).collect();
    ui.horizontal(|ui| {
        ui.add_sized(
            [48.0, space::ROW],
            egui::Label::new(Type::Small.text(label).color(Palette::of(ui).secondary)),
        );
        ui.vertical(|ui| cell::choice(ui, label, current, &options));
    });
}

/// How much is filled in, and what is missing.
fn progress(
    ui: &mut Ui,
    lang: Lang,
    evaluation: &SubjectEvaluation,
    member: &MemberId,
    criteria: &[Criterion],
) {
    let scored: Vec<_> = criteria.iter().filter(|criterion| criterion.scored).collect();
    let missing: Vec<String> = scored
        .iter()
        .filter(|criterion| evaluation.cell(member, criterion.no) == ScoreCell::Blank)
        .map(|criterion| criterion.no.to_string())
        .collect();
    if scored.is_empty() {
        kit::note(
            ui,
            lang.t(
                "評点はなく、コメントと提言だけを書きます。",
                "There are no scores, only comments and recommendations.",
            ),
        );
        return;
    }
    let (done, all) = (scored.len() - missing.len(), scored.len());
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Strong.text(tr!(lang, "{done} / {all} 記入", "{done} of {all} filled in")));
        if missing.is_empty() {
            ui.label(
                Type::Small
                    .text(lang.t("評点はすべて記入されています", "every score is given"))
                    .color(p.good),
            );
        } else {
            let list = missing.join(", ");
            ui.label(Type::Small.text(tr!(lang, "未記入: {list}", "missing: {list}")).color(p.caution));
        }
    });
}

fn item(
    ui: &mut Ui,
    lang: Lang,
    evaluation: &mut SubjectEvaluation,
    member: &MemberId,
    criterion: &Criterion,
    scale: &Scale,
    (subject, jump, limit): (&SubjectId, bool, Option<usize>),
) {
    let no = criterion.no;
    let heading = format!("{no}　{}", criterion.label);
    ui.horizontal_top(|ui| {
        let room = (ui.available_width() - space::HIT - space::INSIDE).max(0.0);
        ui.allocate_ui(egui::vec2(room, space::HIT), |ui| {
            ui.set_width(room);
            let title = ui.add(egui::Label::new(Type::Strong.text(&heading)).wrap());
            if !criterion.guidance.is_empty() {
                title.on_hover_text(&criterion.guidance);
            }
        });
        help(ui, lang, criterion, scale);
    });
    if criterion.scored {
        let current = evaluation.cell(member, no);
        let levels: Vec<_> = scale
            .steps
            .iter()
            .map(|step| ScoreLevel { value: step.value, label: &step.label, meaning: &step.meaning })
            .collect();
        let closed = match current {
            ScoreCell::Recused | ScoreCell::Absent => Some(state_name(current, lang)),
            _ => None,
        };
        let scale = ScoreScale {
            levels: &levels,
            not_applicable: Some(state_name(ScoreCell::NotApplicable, lang)),
            closed,
        };
        let mut choice = match current {
            ScoreCell::Score(value) => ScoreChoice::Value(value),
            ScoreCell::NotApplicable => ScoreChoice::NotApplicable,
            _ => ScoreChoice::Blank,
        };
        let salt = ("score", member.as_str(), no.0, subject.as_str());
        let response = score_buttons(ui, salt, &heading, &scale, &mut choice);
        if jump {
            response.request_focus();
            response.scroll_to_me(Some(egui::Align::Center));
        }
        if response.changed() {
            let chosen = match choice {
                ScoreChoice::Value(value) => ScoreCell::Score(value),
                ScoreChoice::NotApplicable => ScoreCell::NotApplicable,
                ScoreChoice::Blank => ScoreCell::Blank,
            };
            evaluation.set_cell(member, no, chosen);
        }
    }
    // Comments open where there is one, and where the member asks for them.
    let key = egui::Id::unique(("ballot comments", subject.as_str(), member.as_str(), no.0));
    let has_any =
        evaluation.comments.iter().any(|c| c.member.as_ref() == Some(member) && c.criterion == Some(no));
    let mut open = has_any || ui.data(|data| data.get_temp(key).unwrap_or(false));
    let mut opened = false;
    if !open {
        let label = tr!(lang, "{no} にコメントを書く", "Comment on {no}");
        if button::quiet(ui, Some(Icon::Plus), &label).clicked() {
            (open, opened) = (true, true);
            ui.data_mut(|data| data.insert_temp(key, true));
        }
    }
    if open {
        for kind in [CommentKind::Positive, CommentKind::Issue] {
            kit::note(ui, kind.term(lang));
            let response = comment(ui, lang, evaluation, member, Some(no), kind, (subject, limit));
            // Who opened it goes on writing there; the button that had the keyboard is gone.
            if std::mem::take(&mut opened) {
                response.request_focus();
            }
        }
    }
    ui.add_space(space::INSIDE);
}

/// How long a comment is, beside the limit that the round's instructions state, if they do.
fn length(ui: &mut Ui, lang: Lang, text: &str, limit: Option<usize>) {
    let p = Palette::of(ui);
    let n = field::characters(text);
    let (words, colour) = match limit {
        None if n == 0 => return,
        None => (tr!(lang, "{n} 字", "{n} characters"), p.secondary),
        Some(limit) if n > limit => {
            let over = n - limit;
            (
                tr!(lang, "{n} / {limit} 字（{over} 字超過）", "{n} of {limit} characters ({over} too many)"),
                p.alarm,
            )
        }
        Some(limit) => (tr!(lang, "{n} / {limit} 字", "{n} of {limit} characters"), p.secondary),
    };
    ui.label(Type::Small.text(words).color(colour))
        .on_hover_text(lang.t("空白と改行を除く文字数", "White space and line breaks not counted"));
}

/// The member's comment of one kind on one criterion. It comes into being with its first character and goes when the
/// emptied field is left.
fn comment(
    ui: &mut Ui,
    lang: Lang,
    evaluation: &mut SubjectEvaluation,
    member: &MemberId,
    criterion: Option<CriterionNo>,
    kind: CommentKind,
    (subject, limit): (&SubjectId, Option<usize>),
) -> Response {
    let place = evaluation
        .comments
        .iter()
        .position(|c| c.member.as_ref() == Some(member) && c.criterion == criterion && c.kind == kind);
    let mut text = place.map(|place| evaluation.comments[place].text.clone()).unwrap_or_default();
    let kind_name = kind.term(lang);
    let name = match criterion {
        Some(no) => format!("{no} {kind_name}"),
        None => kind_name.to_owned(),
    };
    let salt = ("comment", member.as_str(), criterion.map(|no| no.0), kind_name, subject.as_str());
    let rows = if criterion.is_some() { 2 } else { 3 };
    let options = field::Options::default().boxed().rows(rows);
    let mut response = field::comment(ui, salt, &name, &mut text, &options);
    ui.horizontal(|ui| {
        if field::phrases::menu(ui, lang, response.id, &name, &mut text) {
            response.mark_changed();
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| length(ui, lang, &text, limit));
    });
    match place {
        Some(place) if response.changed() => evaluation.comments[place].text = text,
        // What was emptied goes once the field is left; what a document printed stays where it stood.
        Some(place) => {
            let comment = &evaluation.comments[place];
            if comment.text.is_empty() && comment.printed_at.is_empty() && !response.has_focus() {
                evaluation.comments.remove(place);
            }
        }
        None if response.changed() && !text.is_empty() => {
            let id = fresh_id(&evaluation.comments, "c");
            let member = Some(member.clone());
            evaluation.comments.push(Comment {
                id,
                criterion,
                kind,
                member,
                text,
                printed_at: String::new(),
            });
        }
        None => {}
    }
    response
}
