//! The navigation: where am I, and how far is each part.

use crate::app::kit::areas::{self, Area};
use crate::app::kit::{Icon, Trailing, button, field, nav_group, nav_in_view, nav_item};
use crate::app::route::{EvaluationTab, MaterialTab, Route};
use crate::app::theme::{Palette, space};
use crate::app::window::Window;
use crate::locale::Lang;
use crate::model::{CriterionNo, Dossier, ScoreCell, Subject, SubjectId, fold_for_matching};
use crate::round::Package;
use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use std::collections::BTreeMap;

/// Draws the navigation.
pub(in crate::app) fn navigation(ui: &mut Ui, window: &mut Window) {
    let lang = window.lang;
    let Some(document) = &mut window.document else { return };
    let frame = Frame::NONE.fill(Palette::of(ui).canvas).inner_margin(Margin::symmetric(8, 8));
    let route = &window.route;
    let findings = window.checks.open();
    let mut go = None;
    let mut add = false;
    let width = window.prefs.navigation;
    let panel = Panel::left("navigation").frame(frame).default_size(width).size_range(180.0..=420.0);
    let shown = panel.show(ui, |ui| {
        areas::begin(ui, Area::Navigation);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let own = document.package.as_ref();
            go = entries(ui, lang, &document.dossier, own, route, findings, &mut add);
            ui.add_space(space::GROUP);
        });
    });
    window.prefs.navigation = shown.response.rect.width();
    if add {
        let id = free_letter(&document.dossier);
        document.dossier.projects.push(Subject { id: id.clone(), ..Subject::default() }.into());
        go = Some(Route::Material(id, MaterialTab::default()));
    }
    match go {
        Some(Route::Import) => window.go_to_import(),
        Some(route) => window.route = route,
        None => {}
    }
}

/// The first letter that names no project yet; beyond Z, a number.
fn free_letter(dossier: &Dossier) -> SubjectId {
    let letters = ('A'..='Z').map(|letter| SubjectId::from(letter.to_string()));
    let numbers = (1_u32..).map(|number| SubjectId::from(format!("P{number}")));
    letters.chain(numbers).find(|id| dossier.subject(id).is_none()).unwrap_or_default()
}

/// The entries; in a member's hands only the material and the member's `own` ballot.
fn entries(
    ui: &mut Ui,
    lang: Lang,
    dossier: &Dossier,
    own: Option<&Package>,
    route: &Route,
    findings: usize,
    add: &mut bool,
) -> Option<Route> {
    let mut go = None;
    let material_tab = match route {
        Route::Material(_, tab) => *tab,
        _ => MaterialTab::default(),
    };
    let evaluation_tab = match route {
        Route::Evaluation(_, tab) => *tab,
        _ => EvaluationTab::default(),
    };
    let material = |ui: &mut Ui, go: &mut Option<Route>, id: &SubjectId, label: &str| {
        let here = matches!(route, Route::Material(shown, _) if shown == id);
        if nav_item(ui, here, label, Trailing::None).clicked() {
            *go = Some(Route::Material(id.clone(), material_tab));
        }
    };
    nav_group(ui, lang.t("全体", "Overall"));
    material(ui, &mut go, &dossier.programme.id, lang.t("事業の概要", "The programme"));
    nav_group(ui, lang.t("プロジェクト", "Projects"));
    let sought = sought(ui, lang, dossier);
    for project in dossier.projects.iter().filter(|project| sought.shows(project)) {
        material(ui, &mut go, &project.id, &project.title());
    }
    if own.is_some() {
        nav_group(ui, lang.t("評価", "Evaluation"));
        let here = *route == Route::OwnBallot;
        if nav_item(ui, here, lang.t("評価票の確認・提出", "Check and hand in"), Trailing::None).clicked()
        {
            go = Some(Route::OwnBallot);
        }
        return go;
    }
    *add = button::quiet(ui, Some(Icon::Plus), lang.t("プロジェクトを追加", "Add a project")).clicked();
    let here = *route == Route::Import;
    if nav_item(ui, here, lang.t("表を取り込む", "Import tables"), Trailing::None).clicked() {
        go = Some(Route::Import);
    }
    nav_group(ui, lang.t("評価", "Evaluation"));
    let evaluated = dossier.subjects().filter(|subject| subject.is_evaluated());
    for subject in evaluated.filter(|subject| subject.is_programme() || sought.shows(subject)) {
        let here = matches!(route, Route::Evaluation(shown, _) if *shown == subject.id);
        let label = if subject.is_programme() {
            lang.t("プログラム評価", "Programme").to_owned()
        } else {
            subject.title()
        };
        // What is out of view need not be counted.
        let trailing = match nav_in_view(ui).then(|| completeness(dossier, subject)) {
            None | Some((_, 0)) => Trailing::None,
            Some((filled, total)) => Trailing::Dots(filled, total),
        };
        if nav_item(ui, here, &label, trailing).clicked() {
            go = Some(Route::Evaluation(subject.id.clone(), evaluation_tab));
        }
    }
    let mut entry = |ui: &mut Ui, label: &str, target: Route| {
        let (here, trailing) = match target {
            Route::Checks(_) => (matches!(route, Route::Checks(_)), Trailing::Count(findings)),
            _ => (*route == target, Trailing::None),
        };
        if nav_item(ui, here, label, trailing).clicked() {
            go = Some(target);
        }
    };
    entry(ui, lang.t("評価の実施", "Rounds"), Route::Round);
    entry(ui, lang.t("評価ワーキンググループ", "Working group"), Route::WorkingGroup);
    entry(ui, lang.t("委員・評価項目", "Members and criteria"), Route::People);
    entry(ui, lang.t("確認", "Checks"), Route::Checks(None));
    nav_group(ui, lang.t("報告書", "Report"));
    entry(ui, lang.t("報告書の本文", "Texts of the report"), Route::ReportTexts);
    entry(ui, lang.t("書き出し", "Export"), Route::Export);
    go
}

/// More projects than this are too many to look through.
const MANY: usize = 12;

/// What is looked for among the projects; empty for all.
#[derive(Debug, Clone, Default)]
struct Sought(String);

impl Sought {
    fn shows(&self, project: &Subject) -> bool {
        self.0.is_empty() || fold_for_matching(&project.title()).contains(&self.0)
    }
}

/// The field in which a project is looked for, where there are many.
fn sought(ui: &mut Ui, lang: Lang, dossier: &Dossier) -> Sought {
    if dossier.projects.len() <= MANY {
        return Sought::default();
    }
    let id = egui::Id::unique("project looked for");
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let name = lang.t("プロジェクトを探す", "Find a project");
    let options = field::Options::default().boxed().placeholder(name);
    if field::line(ui, "find a project", name, &mut text, &options).changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    Sought(fold_for_matching(&text))
}

/// How many members have given all their scores, and how many there are.
fn completeness(dossier: &Dossier, subject: &Subject) -> (usize, usize) {
    let evaluation = &subject.evaluation;
    let scored: Vec<_> = dossier.criteria_for(&subject.id).scored().map(|criterion| criterion.no).collect();
    let given = |row: &BTreeMap<CriterionNo, ScoreCell>| {
        scored.iter().all(|no| row.get(no).is_some_and(|cell| *cell != ScoreCell::Blank))
    };
    let done = (evaluation.panel.iter())
        .filter(|member| scored.is_empty() || evaluation.scores.get(member).is_some_and(given));
    (done.count(), evaluation.panel.len())
}
