//! Known figures stand where they should.

use crate::{SAMPLE, chart, mark, near, place};
use hyoka::chart::axis::Scale;
use hyoka::chart::{Shape, roadmap, scores};
use hyoka::locale::Lang;
use hyoka::model::ScoreCell;

fn notes(id: &str, lang: Lang) -> String {
    chart(id).notes.iter().map(|note| note.t(lang)).collect::<Vec<_>>().join("\n")
}

#[test]
fn periods_begin_in_april() {
    let (x, _) = place(mark(chart("a-roadmap"), &["再生医療技術を応用した", "5年間"]));
    assert_eq!(x, [2017.0, 2022.0]);
    // 23 December 2022 lies in FY2022, 266 days after it began.
    let (x, _) = place(mark(chart("a-roadmap"), &["FDA Modernization Act 2.0", "2022年12月23日"]));
    assert!(near(x[0], 2022.0 + 266.5 / 365.0), "{x:?}");
}

#[test]
fn what_lies_beyond_the_roadmap_says_when() {
    let roadmap = chart("a-roadmap");
    let (x, _) = place(mark(roadmap, &["EPA 動物実験の廃止"]));
    assert!(x[0] < roadmap.x.to && x[0] > roadmap.x.to - 0.5, "{x:?}");
    let says = |text: &str| {
        roadmap.marks.iter().any(|mark| matches!(&mark.shape, Shape::Label { text: t, .. } if t.ja == text))
    };
    assert!(says("EPA 動物実験の廃止（2035年）"));
}

#[test]
fn every_entry_of_the_roadmaps_is_drawn_or_told() {
    for project in &SAMPLE.projects {
        let charts = [
            roadmap::chart(&SAMPLE, project, &roadmap::Choice::default()),
            roadmap::history(&SAMPLE, project),
            roadmap::steps(project),
        ];
        let charts: Vec<_> = charts.into_iter().flatten().collect();
        if charts.is_empty() {
            continue;
        }
        for item in &project.roadmap {
            let drawn = charts.iter().flat_map(|chart| &chart.marks).any(|mark| {
                mark.place
                    .as_ref()
                    .is_some_and(|place| place.to_string().ends_with(&format!("roadmap/{}", item.id)))
            });
            let told = charts.iter().flat_map(|chart| &chart.notes).any(|note| note.ja.contains(&item.label));
            assert!(drawn || told, "{} {} {}", project.id, item.id, item.label);
        }
    }
}

#[test]
fn steps_stand_in_their_order() {
    let steps = chart("c-steps");
    let (first, lane) = place(mark(steps, &["CPMS草稿づくり"]));
    let (last, same) = place(mark(steps, &["JIS文書の発行"]));
    assert!(near(first[0], 0.07) && near(last[0], 6.07), "{first:?} {last:?}");
    assert_eq!(lane, same);
    let Scale::Rows(rows) = &steps.y.scale else { panic!() };
    assert_eq!(rows.len(), 8);
}

#[test]
fn a_market_grows_by_the_printed_figures() {
    let market = chart("programme-market");
    assert_eq!(place(mark(market, &["世界市場 2020年", "6,270億円"])), ([2020.0; 2], [0.627; 2]));
    assert_eq!(place(mark(market, &["世界市場 2040年", "11.6兆円"])), ([2040.0; 2], [11.6; 2]));
    let said = notes("programme-market", Lang::Ja);
    assert!(said.contains("（11.6兆円 ÷ 6,270億円）^(1/20) － 1 = 15.7 %"), "{said}");
    assert!(notes("programme-market", Lang::En).contains("(11.6兆円 ÷ 6,270億円)^(1/20) − 1 = 15.7 %"));
}

#[test]
fn a_stated_growth_is_carried_on_with_its_formula() {
    let market = chart("a-market");
    let (x, y) = place(mark(market, &["2兆円 × (1 + 13.5 %)^6 = 4.3兆円（2024年、計算）"]));
    assert!(near(x[0], 2024.0) && (y[0] - 4.275_7).abs() < 1e-3, "{x:?} {y:?}");
}

#[test]
fn a_scenario_stands_beside_the_printed_claim() {
    let said = notes("programme-market-value", Lang::Ja);
    assert!(said.contains("11.6兆円 × 9 % = 1.04兆円、÷ 248億円 = 42倍（計算）"), "{said}");
    assert!(said.contains("資料の印字：1.04兆円、50倍"), "{said}");
    let (x, _) = place(mark(chart("programme-market-value"), &["予算額を費用とする（計算）", "42倍"]));
    assert!((x[1] - 1.044 / 0.0248).abs() < 1e-9, "{x:?}");
}

#[test]
fn the_last_rate_leads_to_twenty_four() {
    let outcome = chart("a-outcome");
    assert_eq!(place(mark(outcome, &["目標 2023年度末 30件"])), ([2024.0; 2], [30.0; 2]));
    assert_eq!(place(mark(outcome, &["年4件の増加が続くと、2023年度末に24件"])), ([2024.0; 2], [24.0; 2]));
    // A printed zero is an actual.
    assert_eq!(place(mark(outcome, &["実績 2019年度 0件"])), ([2020.0; 2], [0.0; 2]));
    assert!(notes("a-outcome", Lang::En).contains("At 4 a year, 24 by FY2023 against a target of 30"));
}

#[test]
fn both_chapters_keep_their_figures() {
    let output = chart("c-output");
    assert_eq!(place(mark(output, &["実績 2021年度", "2件"])), ([2022.0; 2], [2.0; 2]));
    assert_eq!(place(mark(output, &["実績 2022年度", "1件"])), ([2023.0; 2], [1.0; 2]));
    let (x, _) = place(mark(chart("programme-outcome"), &["3件 ÷ 5件 = 60 %"]));
    assert_eq!(x, [0.0, 60.0]);
}

#[test]
fn money_adds_up_exactly() {
    let funding = chart("a-funding");
    let (x, y) = place(mark(funding, &["項目４", "2019年度"]));
    assert_eq!((x, y[1]), ([2019.16, 2019.84], 1281.0));
    let total = funding.table.rows.last().unwrap();
    assert_eq!(
        total.iter().map(|cell| cell.ja.as_str()).collect::<Vec<_>>()[1..],
        ["750", "1,094", "1,281", "1,213", "1,071", "5,409"]
    );
    // 12.8 + 48.6 億円 of contracts, 7,148 百万円 executed.
    let roll_up = chart("programme-projects");
    let row = &roll_up.table.rows[2];
    assert_eq!(
        row.iter().map(|cell| cell.ja.as_str()).collect::<Vec<_>>(),
        ["2019年度", "12.8", "48.6", "", "61.4", "71.48"]
    );
    let (_, y) = place(mark(roll_up, &["プログラム 執行額 71.48億円"]));
    assert_eq!(y, [71.48; 2]);
    assert!(notes("a-amounts", Lang::Ja).contains("総予算額 48.8億円（印字）、年度計 ÷ 総予算額 = 110.7 %"));
}

#[test]
fn means_lie_where_they_are_and_say_how_many_scored() {
    let means = chart("b-scores");
    let (x, _) = place(mark(means, &["費用対効果 平均 2.3（4名）"]));
    assert_eq!(x, [0.0, 2.25]);
}

#[test]
fn zero_is_a_score() {
    let mut dossier = SAMPLE.clone();
    let project = &mut dossier.projects[0];
    for member in project.evaluation.panel.clone() {
        project.evaluation.set_cell(&member, hyoka::model::CriterionNo(4), ScoreCell::Score(0));
    }
    let project = &dossier.projects[0];
    let means = scores::means(&dossier, project).unwrap();
    let (x, _) = place(mark(&means, &["事業アウトカム 平均 0.0（5名）"]));
    assert_eq!(x, [0.0, 0.0]);
    let dots = means.marks.iter().filter(|mark| mark.detail.ja.starts_with("事業アウトカム 委員"));
    assert_eq!(dots.filter(|mark| place(mark).0 == [0.0; 2]).count(), 5);
    let heat = scores::heat(&dossier, project).unwrap();
    let row = &heat.table.rows[3];
    assert!(row[1..].iter().all(|cell| cell.ja == "0"));
    let spread = scores::distribution(&dossier, project).unwrap();
    assert_eq!(place(mark(&spread, &["事業アウトカム 評点0：5名"])).0, [0.0, 5.0]);
}

#[test]
fn comparisons_follow_the_shape_of_the_data() {
    let counts = chart("programme-comparison");
    let labels: Vec<_> =
        counts.table.rows.iter().map(|row| (row[0].ja.as_str(), row[1].ja.as_str())).collect();
    assert_eq!(labels, [("米国", "238"), ("欧州", "100"), ("中国", "54"), ("日本", "35")]);
    assert_eq!(place(mark(chart("a-ranges"), &["研究開発費の低減", "10～26%"])).0, [10.0, 26.0]);
    let results = chart("b-results");
    let all: u32 = results.table.rows.iter().map(|row| row[1].ja.parse::<u32>().unwrap()).sum();
    assert_eq!(all, 49);
    assert!(chart("programme-growth").table.rows.iter().any(|row| row[2].ja == "50%/年以上"));
}

#[test]
fn a_year_of_which_nothing_is_known_is_not_zero() {
    let funding = chart("c-funding");
    let foot = funding.table.rows.last().unwrap();
    let shown: Vec<_> = foot.iter().map(|cell| cell.ja.as_str()).collect();
    assert_eq!(shown, ["計（計算）", "299", "620", "709", "-", "-", "1,628"]);
}
