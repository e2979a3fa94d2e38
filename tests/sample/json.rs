//! The overviews of the programme and its projects, which the fact sheets hold as JSON.

use crate::facts::{numbers, subject};
use hyoka::model::{Dossier, FiscalYear, Period, When};
use hyoka::sample;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Checks both files: names and dates where they belong, and that no number is missing from the sample.
pub fn check(facts: &Path, dossier: &Dossier) {
    let read = |name: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(facts.join(name)).unwrap()).unwrap()
    };
    let (programme, projects) = (read("program.json"), read("projects.json"));
    every_number_is_in_the_sample(&programme);
    every_number_is_in_the_sample(&projects);
    policies(&programme, dossier);
    committees(&programme, dossier);
    sub_programmes(&programme, dossier);
    overview(&programme, "program", dossier);
    for project in list(&projects) {
        let code = text(&project["code"]);
        overview(project, code, dossier);
        research_items(project, code, dossier);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn fiscal(value: &Value) -> Option<FiscalYear> {
    value.as_i64().map(|year| FiscalYear::new(year.try_into().unwrap()))
}

fn every_number_is_in_the_sample(value: &Value) {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Number(number) => found.extend(numbers(&number.to_string())),
            Value::String(text) => found.extend(numbers(text)),
            Value::Array(rows) => rows.iter().for_each(|row| collect(row, found)),
            Value::Object(fields) => fields.values().for_each(|field| collect(field, found)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    let mut given = BTreeSet::new();
    collect(value, &mut given);
    // The sheet's own sum of the executed amounts, which the report does not print: the dossier computes it.
    given.remove("20601");
    let told = numbers(sample::RON);
    let missing: Vec<_> = given.difference(&told).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn when(row: &Value) -> When {
    When { at: text(&row["date"]).parse().ok(), printed: text(&row["date_printed"]).to_owned(), to: None }
}

fn policies(programme: &Value, dossier: &Dossier) {
    let given = list(&programme["upper_policies"]);
    assert_eq!(given.len(), dossier.policies.len());
    for (row, policy) in given.iter().zip(&dossier.policies) {
        assert_eq!((text(&row["id"]), text(&row["name"])), (policy.id.as_str(), policy.name.as_str()));
        assert_eq!((text(&row["body"]), &when(row)), (policy.body.as_str(), &policy.date));
        assert_eq!(text(&row["revision"]["kind"]), policy.revision);
        assert_eq!(when(&row["revision"]), policy.revised);
    }
    let given = list(&programme["report"]["legal_basis"]);
    assert_eq!(given.len(), dossier.report.legal_basis.len());
    for (row, basis) in given.iter().zip(&dossier.report.legal_basis) {
        assert_eq!((text(&row["name"]), text(&row["body"])), (basis.name.as_str(), basis.body.as_str()));
        assert_eq!(when(row), basis.date);
    }
}

fn committees(programme: &Value, dossier: &Dossier) {
    for row in list(&programme["committees"]) {
        let found =
            dossier.committees.iter().find(|found| found.name == text(&row["name"])).expect("committee");
        let chair = (found.chair.as_str(), found.chair_affiliation.as_str());
        assert_eq!(chair, (text(&row["chair"]), text(&row["chair_affiliation"])));
    }
    for (row, session) in list(&programme["wg_sessions"]).iter().zip(&dossier.working_group_sessions) {
        assert_eq!((row["no"].as_u64(), fiscal(&row["fy"])), (session.no.map(u64::from), session.year));
        assert!(text(&row["subject"]).starts_with(&session.subject), "{row}");
    }
    assert_eq!(list(&programme["wg_sessions"]).len(), dossier.working_group_sessions.len());
}

fn assert_period(row: &Value, period: &Period) {
    assert_eq!((fiscal(&row["start_fy"]), fiscal(&row["end_fy"])), (period.start, period.end), "{row}");
    assert_eq!(text(&row["printed"]), period.printed);
    assert_eq!(row["years_printed"].as_u64(), period.years_printed.map(u64::from), "{row}");
}

fn sub_programmes(programme: &Value, dossier: &Dossier) {
    let given = list(&programme["sub_programs"]);
    assert_eq!(given.len(), dossier.programme.sub_programmes.len());
    for (row, found) in given.iter().zip(&dossier.programme.sub_programmes) {
        assert_eq!((text(&row["code"]), text(&row["name"])), (found.code.as_str(), found.name.as_str()));
        assert_period(row, &found.period);
        assert!(!found.purpose.is_empty());
        // The letter A names the successor there, not the project that is evaluated.
        let project = found.project.as_ref().map(|id| subject(dossier, id.as_str()));
        assert_eq!(
            project.map(|project| project.overview.name.as_str()),
            (found.code != "A").then_some(&*found.name)
        );
    }
    for row in list(&programme["evaluated_projects"]) {
        let found = subject(dossier, text(&row["code"]));
        assert_eq!(found.overview.name, text(&row["name"]));
        assert_eq!(found.evaluation.kind.is_some(), row["kind"].is_string(), "{row}");
        let printed: Vec<_> = list(&row["kind_printed"]).iter().map(text).collect();
        assert_eq!(found.evaluation.kind_printed, printed);
    }
}

fn overview(row: &Value, code: &str, dossier: &Dossier) {
    let found = &subject(dossier, code).overview;
    assert_eq!(found.section_in_charge, text(&row["section_in_charge"]));
    assert_period(&row["period"], &found.period);
    assert_eq!(list(&row["evaluation_schedule"]).len(), found.schedule.len());
    for (point, planned) in list(&row["evaluation_schedule"]).iter().zip(&found.schedule) {
        assert_eq!((fiscal(&point["fy"]), text(&point["printed"])), (planned.year, planned.printed.as_str()));
    }
    let strings = |value: &Value| list(value).iter().map(|row| text(row).to_owned()).collect::<Vec<_>>();
    assert_eq!(found.type_options, strings(&row["type_options_printed"]));
    assert_eq!(found.account_options, strings(&row["account_options_printed"]));
    assert_eq!(found.name_variants, strings(&row["name_variants"]));
    assert_eq!((&found.type_selected, &found.account_selected), (&None, &None));
    assert_eq!(found.policies.len(), list(&row["upper_policies"]).len());
    assert_eq!(found.implementation, text(&row["implementation_form"]["printed"]));
    let chain = list(&row["implementation_form"]["chain"])
        .iter()
        .map(|step| (text(&step["node"]), text(&step["by"])));
    let steps = found.implementation_steps.iter().map(|step| (step.node.as_str(), step.by.as_str()));
    assert!(chain.eq(steps), "{code}");
    assert_eq!(found.national_cost.printed, text(&row["national_cost_estimate"]["printed"]));
    let given = list(&row["leaders"])
        .iter()
        .map(|leader| (text(&leader["role"]), text(&leader["name"]), text(&leader["affiliation"])));
    let leaders = found.leaders.iter().map(|l| (l.role.as_str(), l.name.as_str(), l.affiliation.as_str()));
    assert!(given.eq(leaders), "{code}");
}

fn research_items(project: &Value, code: &str, dossier: &Dossier) {
    let items = &subject(dossier, code).research_items;
    let given = list(&project["research_items"]).iter().map(|row| {
        [&row["item_no"], &row["item_label"], &row["title"], &row["implementer"], &row["note"]].map(text)
    });
    let found = items.iter().flat_map(|item| {
        item.tasks.iter().map(|task| {
            [&item.no, &item.label, &task.title, &task.implementer, &task.note].map(String::as_str)
        })
    });
    assert!(given.eq(found), "{code}");
    for row in list(&project["item_contents"]) {
        let item = items.iter().find(|item| item.no == text(&row["item_no"])).expect("the item");
        assert!(numbers(text(&row["paraphrase"])).is_subset(&numbers(&item.contents)), "{row}");
    }
    for item in items.iter().filter(|item| !item.variants.is_empty()) {
        let variants: Vec<_> = list(&project["item_label_variants"][&item.no]).iter().map(text).collect();
        assert_eq!(item.variants, variants);
    }
}
