//! What a page is called, and the pages that it lies in.

use super::route::{EvaluationTab, MaterialTab, Route};
use crate::locale::Lang;
use crate::model::{Dossier, Subject, SubjectId};

/// A page on the way to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// What it is called.
    pub(crate) words: String,
    /// Where it is.
    pub(crate) route: Route,
}

/// The way to a page from the programme down, the page itself last; nothing for the start page.
pub(crate) fn crumbs(route: &Route, dossier: &Dossier, lang: Lang) -> Vec<Crumb> {
    let crumb = |words: &str, route: Route| Crumb { words: words.to_owned(), route };
    let mut way = vec![crumb(lang.t("プログラム", "Programme"), Route::programme())];
    let project = |id: &SubjectId, way: &mut Vec<Crumb>| {
        if *id != SubjectId::programme() {
            let title = dossier.subject(id).map(Subject::title).unwrap_or_default();
            let title = if title.trim().is_empty() {
                lang.t("（名称未入力）", "(no name yet)")
            } else {
                &title
            };
            way.push(crumb(title, Route::Material(id.clone(), MaterialTab::default())));
        }
    };
    match route {
        Route::Start => way.clear(),
        Route::Material(id, tab) => {
            project(id, &mut way);
            way.push(crumb(tab.label(lang), route.clone()));
        }
        Route::Evaluation(id, tab) => {
            project(id, &mut way);
            way.push(crumb(
                lang.t("評価", "Evaluation"),
                Route::Evaluation(id.clone(), EvaluationTab::default()),
            ));
            way.push(crumb(tab.label(lang), route.clone()));
        }
        page => way.push(crumb(name(page, lang), page.clone())),
    }
    way
}

/// What a page of no subject is called.
pub(crate) fn name(route: &Route, lang: Lang) -> &'static str {
    match route {
        Route::Start => lang.t("スタートページ", "Start page"),
        Route::Material(..) => lang.t("資料", "Material"),
        Route::Evaluation(..) => lang.t("評価", "Evaluation"),
        Route::WorkingGroup => lang.t("評価ワーキンググループ", "Working group"),
        Route::People => lang.t("委員・評価項目", "Members and criteria"),
        Route::Round => lang.t("評価の実施", "Rounds"),
        Route::Merge => lang.t("評価票の取り込み", "Merging ballots"),
        Route::OwnBallot => lang.t("評価票の確認・提出", "Check and hand in"),
        Route::Checks(_) => lang.t("確認", "Checks"),
        Route::ReportTexts => lang.t("報告書の本文", "Texts of the report"),
        Route::Import => lang.t("表を取り込む", "Import tables"),
        Route::Export => lang.t("書き出し", "Export"),
    }
}

/// The way to a page in words: 「A 創薬支援 › 予算」. The programme is named where nothing else would be.
pub(crate) fn said(route: &Route, dossier: &Dossier, lang: Lang) -> String {
    let way = crumbs(route, dossier, lang);
    let shown = match route {
        Route::Material(id, _) | Route::Evaluation(id, _) if *id == SubjectId::programme() => &way[..],
        _ => way.get(1..).unwrap_or_default(),
    };
    shown.iter().map(|crumb| crumb.words.as_str()).collect::<Vec<_>>().join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_said_with_the_pages_that_it_lies_in() {
        let dossier = crate::sample::dossier().unwrap();
        let a = "A 再生医療技術を応用した創薬支援基盤技術開発";
        for (route, way, said) in [
            (Route::Start, String::new(), String::new()),
            (
                Route::Material("A".into(), MaterialTab::Budget),
                format!("プログラム / {a} / 予算"),
                format!("{a} › 予算"),
            ),
            (
                Route::Evaluation("A".into(), EvaluationTab::Comments),
                format!("プログラム / {a} / 評価 / コメント"),
                format!("{a} › 評価 › コメント"),
            ),
            (
                Route::Evaluation(SubjectId::programme(), EvaluationTab::Results),
                "プログラム / 評価 / 結果".to_owned(),
                "プログラム › 評価 › 結果".to_owned(),
            ),
            (Route::People, "プログラム / 委員・評価項目".to_owned(), "委員・評価項目".to_owned()),
        ] {
            let crumbs = crumbs(&route, &dossier, Lang::Ja);
            assert_eq!(crumbs.iter().map(|crumb| crumb.words.as_str()).collect::<Vec<_>>().join(" / "), way);
            assert_eq!(super::said(&route, &dossier, Lang::Ja), said);
            assert!(crumbs.last().is_none_or(|last| last.route == route));
        }
    }
}
