//! 競合・歴史: who else is in the field, and how it came to be what it is.

use super::{groups, parts};
use crate::app::cx::Cx;
use crate::app::kit::Icon;
use crate::app::kit::table::Column;
use crate::app::kit::{button, empty, sheet};
use crate::app::theme::space;
use crate::locale::Lang;
use crate::model::{Competitor, HistoryEntry, SubjectId};
use crate::tr;
use egui::Ui;

/// Draws the panel.
pub(crate) fn show(ui: &mut Ui, cx: &mut Cx<'_>, id: &SubjectId) {
    let lang = cx.lang;
    let subject = cx.subject(id);
    competitors(ui, lang, &mut subject.competitors);
    history(ui, lang, &mut subject.history);
}

fn competitors(ui: &mut Ui, lang: Lang, rows: &mut Vec<Competitor>) {
    let title = lang.t("国内外の競合", "Competitors at home and abroad");
    let what = lang.t(
        "同じ分野の企業が何をしているかを、分野ごとにここへ記入します。",
        "What the companies of the same field do goes here, field by field.",
    );
    let words = Words {
        first: lang.t("最初の企業を追加", "Add the first company"),
        group: lang.t("分野", "Field"),
        unnamed: lang.t("分野名を記入", "Name of the field"),
        another: lang.t("分野を追加", "Add a field"),
    };
    grouped(
        ui,
        title,
        what,
        &words,
        rows,
        "K",
        |row| &mut row.domain,
        |row| &row.domain,
        |ui, domain, places, rows| {
            let columns = [
                Column::text(lang.t("企業", "Company"), 0.8, 110.0),
                Column::text(lang.t("国・地域", "Country"), 0.3, 80.0),
                Column::text(lang.t("位置付け", "Role"), 0.5, 130.0),
                Column::text(lang.t("観点", "Attribute"), 0.6, 96.0),
                Column::text(lang.t("内容", "Fact"), 3.0, 220.0),
                Column::text(lang.t("印字箇所", "Printed at"), 0.6, 96.0),
            ];
            let company = groups::repeating(rows, places, |a, b| a.company == b.company);
            let country =
                groups::repeating(rows, places, |a, b| (&a.company, &a.country) == (&b.company, &b.country));
            let role = groups::repeating(rows, places, |a, b| (&a.company, &a.role) == (&b.company, &b.role));
            let table = parts::Rows {
                salt: "competitors",
                name: &tr!(lang, "競合 {domain}", "Competitors {domain}"),
                add: &tr!(lang, "企業を追加 {domain}", "Add a company {domain}"),
                prefix: "K",
                columns: &columns,
            };
            let fresh = || Competitor { domain: domain.to_owned(), ..Competitor::default() };
            table.show_some(ui, lang, rows, places, fresh, |ui, row, column| {
                let id = row.id.as_str();
                match column {
                    0 => groups::text(
                        ui,
                        &tr!(lang, "{id} 企業", "{id} company"),
                        &mut row.company,
                        company.contains(&row.id),
                    ),
                    1 => groups::text(
                        ui,
                        &tr!(lang, "{id} 国", "{id} country"),
                        &mut row.country,
                        country.contains(&row.id),
                    ),
                    2 => groups::text(
                        ui,
                        &tr!(lang, "{id} 位置付け", "{id} role"),
                        &mut row.role,
                        role.contains(&row.id),
                    ),
                    3 => parts::text(ui, &tr!(lang, "{id} 観点", "{id} attribute"), &mut row.attribute),
                    4 => parts::text(ui, &tr!(lang, "{id} 内容", "{id} fact"), &mut row.fact),
                    _ => parts::text(ui, &tr!(lang, "{id} 印字箇所", "{id} printed at"), &mut row.printed_at),
                };
            });
        },
    );
}

fn history(ui: &mut Ui, lang: Lang, rows: &mut Vec<HistoryEntry>) {
    let title = lang.t("歴史", "History");
    let what = lang.t(
        "技術や規制がどう歩んできたかを、年表ごとにここへ記入します。",
        "How the technology and its rules came about goes here, one table after another.",
    );
    let words = Words {
        first: lang.t("最初の出来事を追加", "Add the first event"),
        group: lang.t("年表", "Table"),
        unnamed: lang.t("年表の名前を記入", "Name of the table"),
        another: lang.t("年表を追加", "Add a table"),
    };
    grouped(
        ui,
        title,
        what,
        &words,
        rows,
        "H",
        |row| &mut row.table,
        |row| &row.table,
        |ui, table, places, rows| {
            let columns = [
                Column::text(lang.t("時期", "When"), 0.4, 104.0),
                Column::text(lang.t("区分・印", "Era or mark"), 0.3, 80.0),
                Column::text(lang.t("地域・主題", "Region or theme"), 0.7, 120.0),
                Column::text(lang.t("出来事", "Event"), 1.4, 160.0),
                Column::text(lang.t("詳細", "Detail"), 2.0, 180.0),
                Column::text(lang.t("印字箇所", "Printed at"), 0.6, 96.0),
            ];
            let mark = groups::repeating(rows, places, |a, b| (&a.when, &a.mark) == (&b.when, &b.mark));
            let region = groups::repeating(rows, places, |a, b| (&a.when, &a.region) == (&b.when, &b.region));
            let list = parts::Rows {
                salt: "history",
                name: &tr!(lang, "歴史 {table}", "History {table}"),
                add: &tr!(lang, "出来事を追加 {table}", "Add an event {table}"),
                prefix: "H",
                columns: &columns,
            };
            let fresh = || HistoryEntry { table: table.to_owned(), ..HistoryEntry::default() };
            list.show_some(ui, lang, rows, places, fresh, |ui, row, column| {
                let id = row.id.as_str();
                match column {
                    0 => parts::when(ui, &tr!(lang, "{id} 時期", "{id} when"), &mut row.when),
                    1 => groups::text(
                        ui,
                        &tr!(lang, "{id} 区分", "{id} mark"),
                        &mut row.mark,
                        mark.contains(&row.id),
                    ),
                    2 => groups::text(
                        ui,
                        &tr!(lang, "{id} 地域", "{id} region"),
                        &mut row.region,
                        region.contains(&row.id),
                    ),
                    3 => parts::text(ui, &tr!(lang, "{id} 出来事", "{id} event"), &mut row.item),
                    4 => parts::text(ui, &tr!(lang, "{id} 詳細", "{id} detail"), &mut row.detail),
                    _ => parts::text(ui, &tr!(lang, "{id} 印字箇所", "{id} printed at"), &mut row.printed_at),
                };
            });
        },
    );
}

/// What a grouped list says.
struct Words {
    first: &'static str,
    group: &'static str,
    unnamed: &'static str,
    another: &'static str,
}

/// A sheet with one table for each value of a key. The key stands above its table and renames all its rows.
#[expect(
    clippy::too_many_arguments,
    reason = "two callers in this file; a type for the four closures says no more"
)]
fn grouped<R: crate::model::HasId + Default>(
    ui: &mut Ui,
    title: &str,
    what: &str,
    words: &Words,
    rows: &mut Vec<R>,
    prefix: &str,
    key_mut: impl Fn(&mut R) -> &mut String,
    key: impl Fn(&R) -> &String,
    mut table: impl FnMut(&mut Ui, &str, &[usize], &mut Vec<R>),
) {
    let push = |rows: &mut Vec<R>| {
        let mut row = R::default();
        row.set_id(crate::model::fresh_id(rows, prefix));
        rows.push(row);
    };
    sheet(
        ui,
        title,
        None,
        |_| (),
        |ui| {
            if rows.is_empty() {
                if empty(ui, what, words.first) {
                    push(rows);
                }
                return;
            }
            let found = groups::groups(rows, |row| key(row));
            let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
            let unnamed = found.iter().any(|(name, _)| name.is_empty());
            let count = rows.len();
            for (index, (name, places)) in found.into_iter().enumerate() {
                // A row may have gone with the table above; the next frame has the groups right.
                if rows.len() != count {
                    return;
                }
                if index > 0 {
                    ui.add_space(space::INSIDE);
                }
                let salt = places.first().map(|place| rows[*place].id().clone()).unwrap_or_default();
                ui.push_id(salt.as_str(), |ui| {
                    let label = format!("{} {}", words.group, index + 1);
                    let taken = |text: &str| names.iter().any(|name| name == text);
                    let renamed = groups::heading(ui, words.group, &label, words.unnamed, &name, taken);
                    if let Some(renamed) = renamed {
                        for place in &places {
                            key_mut(&mut rows[*place]).clone_from(&renamed);
                        }
                    }
                    table(ui, &name, &places, rows);
                });
            }
            // One group without a name at a time: two would be one.
            if !unnamed && button::quiet(ui, Some(Icon::Plus), words.another).clicked() {
                push(rows);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{click, fill, harness};
    use crate::model::{Competitor, Dossier, HistoryEntry, SubjectId};
    use egui_kittest::kittest::Queryable;

    fn competitor(id: &str, domain: &str, company: &str) -> Competitor {
        Competitor {
            id: id.into(),
            domain: domain.to_owned(),
            company: company.to_owned(),
            ..Competitor::default()
        }
    }

    #[test]
    fn a_new_row_belongs_to_its_group_and_a_group_is_renamed_as_one() {
        let mut dossier = Dossier::default();
        dossier.programme.competitors =
            vec![competitor("K1", "MPS", "甲"), competitor("K2", "AAV", "乙"), competitor("K3", "MPS", "丙")];
        let mut harness = harness(dossier, |ui, cx| super::show(ui, cx, &SubjectId::programme()));
        click(&mut harness, "企業を追加 MPS");
        fill(&mut harness, "K4 企業", "丁");
        fill(&mut harness, "分野 1", "臓器チップ");
        let rows = &harness.state().dossier.programme.competitors;
        let shown: Vec<_> = rows.iter().map(|row| (row.domain.as_str(), row.company.as_str())).collect();
        assert_eq!(shown, [("臓器チップ", "甲"), ("AAV", "乙"), ("臓器チップ", "丙"), ("臓器チップ", "丁")]);
    }

    #[test]
    fn typing_past_the_name_of_another_group_does_not_join_it() {
        let mut dossier = Dossier::default();
        dossier.programme.competitors = vec![competitor("K1", "A", "甲"), competitor("K2", "", "乙")];
        let mut harness = harness(dossier, |ui, cx| super::show(ui, cx, &SubjectId::programme()));
        harness.get_by_label("分野 2").focus();
        harness.run();
        for letter in ["A", "A", "V"] {
            harness.get_by_label("分野 2").type_text(letter);
            harness.run();
        }
        let domains = |dossier: &Dossier| -> Vec<String> {
            dossier.programme.competitors.iter().map(|row| row.domain.clone()).collect()
        };
        assert_eq!(domains(&harness.state().dossier), ["A", "AAV"]);
        fill(&mut harness, "分野 2", "A");
        assert_eq!(domains(&harness.state().dossier), ["A", "A"]);
    }

    #[test]
    fn a_group_is_begun_without_a_name() {
        let mut harness = harness(Dossier::default(), |ui, cx| super::show(ui, cx, &SubjectId::programme()));
        click(&mut harness, "最初の出来事を追加");
        assert!(harness.query_by_label("年表を追加").is_none());
        fill(&mut harness, "年表 1", "表１");
        fill(&mut harness, "H1 時期", "2010～2015");
        click(&mut harness, "年表を追加");
        let rows = &harness.state().dossier.programme.history;
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].table.as_str(), rows[0].when.display().as_str()), ("表１", "2010～2015"));
        assert_eq!(rows[1], HistoryEntry { id: "H2".into(), ..HistoryEntry::default() });
    }
}
