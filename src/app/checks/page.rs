//! The page of the checks: what does not agree, by project and rule, with its arithmetic and the ways to its places.

use super::{Checks, Found, Row};
use crate::app::cx::Action;
use crate::app::kit::{self, Icon, Kind, badge, button, field, note, prose, sheet};
use crate::app::panels::{form, parts};
use crate::app::route::Route;
use crate::app::theme::{Palette, Type, prose_line_height, space};
use crate::app::window::Window;
use crate::check::{Finding, RULES, Rule, Severity, Standing};
use crate::locale::Lang;
use crate::model::{CheckNote, Dossier, Place, SubjectId, fresh_id};
use crate::tr;
use egui::{Align, Frame, Layout, Margin, Stroke, Ui, vec2};

/// How many findings are shown at once; more are shown on request, so that the page stays quick.
const PORTION: usize = 150;

/// What the page remembers.
#[derive(Debug, Default)]
pub(super) struct View {
    severity: Option<Severity>,
    subject: Option<Whose>,
    rule: Option<&'static str>,
    which: Which,
    /// How many findings more than the first portion are shown.
    more: usize,
    draft: Option<Draft>,
    /// Who writes the notes; asked once.
    by: String,
    /// The place that the page was last opened at, once it has been scrolled to.
    aimed: Option<Place>,
}

/// A subject, or none where a finding belongs to no subject.
type Whose = Option<SubjectId>;

/// Which findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Which {
    #[default]
    Open,
    Noted,
    All,
}

/// A note being written.
#[derive(Debug)]
struct Draft {
    rule: &'static str,
    places: Vec<Place>,
    reason: String,
}

/// What was asked for on the page.
enum Ask {
    Go(Place),
    Begin(usize),
    Cancel,
    Note(usize),
    Unnote(usize),
}

impl View {
    fn shows(&self, row: &Row, standing: &Standing) -> bool {
        let which = match self.which {
            Which::Open => standing.is_open(),
            Which::Noted => !standing.is_open(),
            Which::All => true,
        };
        which
            && self.severity.is_none_or(|severity| row.finding.severity == severity)
            && self.subject.as_ref().is_none_or(|subject| row.subject == *subject)
            && self.rule.is_none_or(|rule| row.finding.rule.id == rule)
    }

    /// The page is out of sight: opened at a place again, it is to scroll there again.
    pub(super) fn leave(&mut self) {
        self.aimed = None;
    }

    /// Opens the page at a place: whatever was filtered out before must not hide it. Of one subject all is shown, so
    /// that the page need not show everything to have the place in view.
    fn aim(&mut self, place: &Place, rows: &[Row]) {
        let by = std::mem::take(&mut self.by);
        let about = rows.iter().find(|row| row.finding.places.iter().any(|at| at.is_within(place)));
        let subject = about.map(|row| row.subject.clone());
        *self = Self { by, subject, which: Which::All, aimed: Some(place.clone()), ..Self::default() };
    }
}

impl Window {
    /// Draws the page; `aim` is a place whose findings are to be seen first.
    pub(in crate::app) fn checks_page(
        &mut self,
        ui: &mut Ui,
        aim: Option<&Place>,
        actions: &mut Vec<Action>,
    ) {
        let lang = self.lang;
        let Some(document) = &mut self.document else { return };
        let checks = &mut self.checks;
        let mut fresh = false;
        if let (Some(place), Some(found)) = (aim, &checks.found)
            && checks.view.aimed.as_ref() != aim
        {
            fresh = true;
            checks.view.aim(place, &found.rows);
        }
        let subtitle = subtitle(lang, checks);
        let mut ask = None;
        let mut again = false;
        kit::page(
            ui,
            "checks",
            lang.t("確認", "Checks"),
            Some(&subtitle),
            |_| (),
            |ui| {
                if checks.broken {
                    again = broken(ui, lang);
                }
                ask = content(ui, lang, checks, &document.dossier, aim.map(|place| (place, fresh)));
            },
        );
        if again {
            checks.again();
        }
        match ask {
            Some(Ask::Go(place)) => actions.push(Action::Go(Route::to(&place))),
            Some(ask) => carry_out(checks, &mut document.dossier, &ask),
            None => {}
        }
    }
}

/// The line beneath the title: how much there is to look at.
fn subtitle(lang: Lang, checks: &Checks) -> String {
    let Some(Found { rows, .. }) = &checks.found else {
        return lang.t("評価データを確認しています…", "Checking the dossier…").to_owned();
    };
    let count = |severity: Severity| {
        let open = rows.iter().zip(&checks.standings).filter(|(_, standing)| standing.is_open());
        open.filter(|(row, _)| row.finding.severity == severity).count()
    };
    let each: Vec<_> = Severity::ALL
        .iter()
        .map(|severity| format!("{} {}", severity.name(lang), count(*severity)))
        .collect();
    let (each, open) = (each.join(lang.t("、", ", ")), checks.open());
    let noted = checks.standings.len() - open;
    let busy = if checks.is_current() { "" } else { lang.t("　再確認中…", "  checking again…") };
    tr!(lang, "{open} 件（{each}）　確認済み {noted} 件{busy}", "{open} open ({each}), {noted} noted{busy}")
}

/// The checks themselves went wrong. Whether they are to run again.
fn broken(ui: &mut Ui, lang: Lang) -> bool {
    kit::trouble(
        ui,
        lang.t("確認が途中で終わりました", "The checks ended early"),
        lang.t("評価データは変わっていません。", "The dossier is unchanged."),
        lang.t(
            "もう一度お試しください。繰り返すときは、HYOKA_LOG=error を付けた出力を添えてご連絡ください。",
            "Please try again; if it happens again, report the output with HYOKA_LOG=error set.",
        ),
    );
    button::plain(ui, lang.t("もう一度確認する", "Check again")).clicked()
}

fn content(
    ui: &mut Ui,
    lang: Lang,
    checks: &mut Checks,
    dossier: &Dossier,
    aim: Option<(&Place, bool)>,
) -> Option<Ask> {
    let Checks { found, standings, view, broken, .. } = checks;
    let Some(Found { rows, subjects, rules }) = found else {
        if !*broken {
            let words = lang.t("評価データを確認しています…", "Checking the dossier…");
            kit::paper(ui, words, |ui| {
                prose(ui, words);
                kit::progress(ui, words, None);
            });
        }
        return None;
    };
    if rows.is_empty() {
        nothing(ui, lang);
        return None;
    }
    filters(ui, lang, view, (subjects, rules), dossier);
    let shown: Vec<usize> = (0..rows.len())
        .filter(|index| standings.get(*index).is_some_and(|s| view.shows(&rows[*index], s)))
        .collect();
    if shown.is_empty() {
        let words = match view.which {
            Which::Open if view.severity.is_none() && view.subject.is_none() && view.rule.is_none() => lang
                .t(
                    "未確認の指摘はありません。すべて確認済みです。",
                    "Nothing is open: all findings are noted.",
                ),
            _ => lang.t("この条件に当てはまる指摘はありません。", "No finding fits these filters."),
        };
        kit::paper(ui, words, |ui| prose(ui, words));
        return None;
    }
    let limit = PORTION.saturating_add(view.more);
    let mut page = Page { lang, rows, standings, view, aim, scrolled: false, ask: None };
    for whose in subjects {
        let own: Vec<usize> =
            shown.iter().take(limit).copied().filter(|index| rows[*index].subject == *whose).collect();
        if own.is_empty() {
            continue;
        }
        let title = title(lang, dossier, whose.as_ref());
        let count = own.len();
        let count = tr!(lang, "{count} 件", "{count}");
        sheet(ui, &title, Some(&count), |_| (), |ui| page.subject(ui, &own));
    }
    let ask = page.ask;
    let rest = shown.len().saturating_sub(limit);
    if rest > 0
        && button::plain(ui, &tr!(lang, "残り {rest} 件をさらに表示", "Show more ({rest} left)")).clicked()
    {
        view.more = view.more.saturating_add(PORTION);
    }
    ask
}

/// Nothing disagrees.
fn nothing(ui: &mut Ui, lang: Lang) {
    let words = lang.t("食い違いは見つかりませんでした。", "Nothing disagrees.");
    kit::paper(ui, words, |ui| {
        ui.horizontal(|ui| {
            Icon::Check.show(ui, 22.0, Palette::of(ui).good);
            ui.label(Type::Strong.text(words));
        });
        prose(
            ui,
            lang.t(
                "金額の合計、年度、目標と実績、評点と平均、名称などを、変更のたびに見比べています。合わないところがあれば、ここに並びます。",
                "Totals, years, targets and actuals, scores and means, and names are compared after each change. What does not agree appears here.",
            ),
        );
    });
}

fn title(lang: Lang, dossier: &Dossier, whose: Option<&SubjectId>) -> String {
    match whose {
        None => lang.t("報告書全体", "The report as a whole").to_owned(),
        Some(id) if *id == SubjectId::programme() => lang.t("プログラム", "Programme").to_owned(),
        Some(id) => dossier.subject(id).map_or_else(|| id.to_string(), crate::model::Subject::title),
    }
}

fn filters(
    ui: &mut Ui,
    lang: Lang,
    view: &mut View,
    (owners, used): (&[Whose], &[&'static Rule]),
    dossier: &Dossier,
) {
    let mut severities = vec![(None, lang.t("すべての区分", "All severities"))];
    severities.extend(Severity::ALL.map(|severity| (Some(severity), severity.name(lang))));
    let titles: Vec<(Option<Whose>, String)> =
        owners.iter().map(|whose| (Some(whose.clone()), title(lang, dossier, whose.as_ref()))).collect();
    let mut subjects = vec![(None, lang.t("すべてのプロジェクト", "All projects"))];
    subjects.extend(titles.iter().map(|(whose, title)| (whose.clone(), title.as_str())));
    let mut rules = vec![(None, lang.t("すべての規則", "All rules"))];
    rules.extend(used.iter().map(|rule| (Some(rule.id), rule.title.t(lang))));
    let which = [
        (Which::Open, lang.t("未確認", "Open")),
        (Which::Noted, lang.t("確認済み", "Noted")),
        (Which::All, lang.t("未確認と確認済み", "Open and noted")),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::INSIDE, space::TIGHT);
        let mut changed = false;
        let name = lang.t("状態で絞る", "Filter by state");
        changed |= parts::filter(ui, name, 160.0, &mut view.which, &which).changed();
        let name = lang.t("区分で絞る", "Filter by severity");
        changed |= parts::filter(ui, name, 150.0, &mut view.severity, &severities).changed();
        let name = lang.t("プロジェクトで絞る", "Filter by project");
        changed |= parts::filter(ui, name, 240.0, &mut view.subject, &subjects).changed();
        let name = lang.t("規則で絞る", "Filter by rule");
        changed |= parts::filter(ui, name, 260.0, &mut view.rule, &rules).changed();
        if changed {
            view.more = 0;
        }
    });
}

/// The page while it is drawn.
struct Page<'a> {
    lang: Lang,
    rows: &'a [Row],
    standings: &'a [Standing],
    view: &'a mut View,
    /// The place at which the page was opened, and whether it was so just now.
    aim: Option<(&'a Place, bool)>,
    scrolled: bool,
    ask: Option<Ask>,
}

impl Page<'_> {
    /// The findings of one subject, rule by rule in the order of the rules.
    fn subject(&mut self, ui: &mut Ui, own: &[usize]) {
        let lang = self.lang;
        let mut first = true;
        for rule in RULES {
            let of_rule: Vec<usize> =
                own.iter().copied().filter(|index| self.rows[*index].finding.rule.id == rule.id).collect();
            if of_rule.is_empty() {
                continue;
            }
            if !first {
                ui.add_space(space::TIGHT);
                form::rule(ui);
            }
            first = false;
            kit::subheading(ui, rule.title.t(lang));
            ui.scope(|ui| {
                ui.set_max_width(kit::prose_width().min(ui.available_width()));
                note(ui, rule.why.t(lang));
            });
            for index in of_rule {
                ui.add_space(space::TIGHT);
                ui.push_id(index, |ui| self.finding(ui, index));
            }
        }
    }

    fn finding(&mut self, ui: &mut Ui, index: usize) {
        let row = &self.rows[index];
        let aimed = self.aim.filter(|(place, _)| row.finding.places.iter().any(|at| at.is_within(place)));
        let p = Palette::of(ui);
        let fill = if aimed.is_some() { p.accent_soft } else { p.sheet };
        let block = Frame::NONE.fill(fill).corner_radius(space::CORNER).inner_margin(Margin::symmetric(8, 6));
        let response = block
            .show(ui, |ui| {
                ui.take_available_width();
                self.block(ui, index);
            })
            .response;
        if aimed.is_some() {
            kit::chosen_bar(ui, response.rect);
        }
        if aimed.is_some_and(|(_, fresh)| fresh) && !self.scrolled {
            ui.scroll_to_rect(response.rect, Some(Align::Min));
            self.scrolled = true;
        }
    }

    fn block(&mut self, ui: &mut Ui, index: usize) {
        let lang = self.lang;
        let row = &self.rows[index];
        let finding = &row.finding;
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::INSIDE;
            // The badges stand in a column of their own, so that the sentences begin on one line.
            let width = if lang == Lang::Ja { 68.0 } else { 108.0 };
            ui.allocate_ui_with_layout(vec2(width, space::ROW), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                badge(ui, kind(finding.severity), finding.severity.name(lang));
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::TIGHT;
                let words = Type::Body
                    .text(finding.message.t(lang))
                    .line_height(Some(prose_line_height(Type::Body.size())));
                ui.scope(|ui| {
                    ui.set_max_width((kit::prose_width() * 1.35).min(ui.available_width()));
                    ui.add(egui::Label::new(words).wrap());
                });
                working(ui, lang, finding);
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                    for (words, place) in row.places.iter().zip(&finding.places) {
                        if button::quiet(ui, Some(Icon::Link), words.t(lang)).clicked() {
                            self.ask = Some(Ask::Go(place.clone()));
                        }
                    }
                });
                self.standing(ui, index);
            });
        });
    }

    /// What people said of the finding, and the ways to say something.
    fn standing(&mut self, ui: &mut Ui, index: usize) {
        let lang = self.lang;
        let finding = &self.rows[index].finding;
        match &self.standings[index] {
            Standing::Noted(written) => {
                remark(ui, lang, lang.t("確認済み", "Noted"), written);
                if button::quiet(ui, Some(Icon::Undo), lang.t("未確認に戻す", "Take the note back")).clicked()
                {
                    self.ask = Some(Ask::Unnote(index));
                }
                return;
            }
            Standing::Reopened(written) => {
                let words = lang.t(
                    "以前の注記（その後、数値が変わりました）",
                    "Earlier note; the figures have changed since",
                );
                remark(ui, lang, words, written);
            }
            Standing::Open => {}
        }
        let writing = self
            .view
            .draft
            .as_ref()
            .is_some_and(|draft| draft.rule == finding.rule.id && draft.places == finding.places);
        if !writing {
            let words = lang.t("確認済みにする…", "Note and accept…");
            if button::quiet(ui, Some(Icon::Check), words).clicked() {
                self.ask = Some(Ask::Begin(index));
            }
            return;
        }
        let Some(draft) = &mut self.view.draft else { return };
        let by = &mut self.view.by;
        ui.scope(|ui| {
            ui.set_max_width(kit::prose_width().min(ui.available_width()));
            let name = lang.t("理由", "Reason");
            let hint = lang.t("例: 調整費を除くため", "For example: adjustment funds are left out");
            field::wrapped(
                ui,
                "reason",
                name,
                &mut draft.reason,
                &field::Options::default().boxed().placeholder(hint),
            );
            let name = lang.t("記入者", "By");
            let hint = lang.t("記入者（省いてもかまいません）", "By whom (may be left out)");
            field::line(ui, "by", name, by, &field::Options::default().placeholder(hint));
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::INSIDE;
            let ready = !draft.reason.trim().is_empty();
            let accept = lang.t("確認済みにする", "Note and accept");
            if ui.add_enabled_ui(ready, |ui| button::plain(ui, accept)).inner.clicked() {
                self.ask = Some(Ask::Note(index));
            }
            if button::quiet(ui, None, lang.t("やめる", "Cancel")).clicked() {
                self.ask = Some(Ask::Cancel);
            }
            if !ready {
                note(ui, lang.t("理由を書くと確認済みにできます。", "Write a reason to accept it."));
            }
        });
    }
}

const fn kind(severity: Severity) -> Kind {
    match severity {
        Severity::Error => Kind::Alarm,
        Severity::Warning => Kind::Caution,
        Severity::Notice => Kind::Info,
    }
}

/// The arithmetic, line by line, set off by a rule at its left.
fn working(ui: &mut Ui, lang: Lang, finding: &Finding) {
    if finding.working.is_empty() {
        return;
    }
    let p = Palette::of(ui);
    let shown = Frame::NONE.inner_margin(Margin { left: 12, top: 2, bottom: 2, right: 0 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for line in &finding.working {
            ui.add(egui::Label::new(Type::Table.text(line.t(lang)).color(p.ink)).wrap());
        }
    });
    let rect = shown.response.rect;
    ui.painter().vline(rect.left() + 4.0, rect.y_range(), Stroke::new(2.0, p.rule));
}

/// A note as it was written.
fn remark(ui: &mut Ui, lang: Lang, words: &str, written: &CheckNote) {
    let who = [written.by.as_str(), written.when.as_str()];
    let who = who.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(lang.t("、", ", "));
    let who = if who.is_empty() { who } else { tr!(lang, "（{who}）", " ({who})") };
    ui.scope(|ui| {
        ui.set_max_width(kit::prose_width().min(ui.available_width()));
        note(ui, words);
        prose(ui, &format!("{}{who}", written.reason));
    });
}

/// Writes and removes notes.
fn carry_out(checks: &mut Checks, dossier: &mut Dossier, ask: &Ask) {
    let Some(Found { rows, .. }) = &checks.found else { return };
    match *ask {
        Ask::Begin(index) => {
            let finding = &rows[index].finding;
            // What was said before is a good beginning.
            let reason = match checks.standings.get(index) {
                Some(Standing::Reopened(written)) => written.reason.clone(),
                _ => String::new(),
            };
            checks.view.draft = Some(Draft { rule: finding.rule.id, places: finding.places.clone(), reason });
        }
        Ask::Cancel => checks.view.draft = None,
        Ask::Note(index) => {
            let Some(draft) = checks.view.draft.take() else { return };
            let finding = &rows[index].finding;
            dossier.check_notes.retain(|written| !finding.is_meant_by(written));
            let id = fresh_id(&dossier.check_notes, "n");
            let today = jiff::Zoned::now().date().to_string();
            dossier.check_notes.push(finding.note(id, draft.reason.trim(), checks.view.by.trim(), &today));
        }
        Ask::Unnote(index) => {
            let finding = &rows[index].finding;
            dossier.check_notes.retain(|written| !finding.is_meant_by(written));
        }
        Ask::Go(_) => {}
    }
}
