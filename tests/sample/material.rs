//! Named results, competitors, history, clinical studies, captions, previous findings.

use crate::facts::{assert_retold, assert_when, by_id, rows, subject};
use hyoka::model::Dossier;
use std::path::Path;

/// Checks the sheets about the material.
pub fn check(facts: &Path, dossier: &Dossier) {
    output_items(facts, dossier);
    clinical_studies(facts, dossier);
    competitors(facts, dossier);
    history(facts, dossier);
    captions(facts, dossier);
    previous_findings(facts, dossier);
}

fn output_items(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "output_items") {
        let groups = &subject(dossier, &row["project"]).output_groups;
        let group = groups.iter().find(|group| group.title == row["group"] && group.kind == row["kind"]);
        let group = group.expect("the group");
        let item = by_id(&group.items, &row["id"]);
        assert_eq!(
            (item.no.as_str(), item.name.as_str(), item.category.as_str(), item.holder.as_str()),
            (&row["no"], &row["name"], &row["category"], &row["org_or_person"])
        );
        // The sheet points to another sheet by its file name; the sample says it in words.
        assert_retold(row, &item.detail, &row["detail"]);
        assert_eq!(group.printed_at, row["where"], "{row:?}");
    }
}

fn clinical_studies(facts: &Path, dossier: &Dossier) {
    let columns = [
        "id",
        "institution",
        "disease",
        "product",
        "route",
        "phase",
        "ctn_date",
        "trial_start",
        "dosing",
        "planned_n",
        "status",
    ];
    let [table] = &subject(dossier, "B").tables[..] else { panic!("one table") };
    for row in &rows(facts, "clinical_studies") {
        let cells = &by_id(&table.rows, &row["id"]).cells;
        assert_eq!(cells.len(), table.columns.len());
        for (column, cell) in columns.into_iter().zip(cells) {
            assert_eq!(*cell, row[column].replace(';', "、"), "{row:?}");
        }
        assert_retold(row, cells.last().unwrap(), &row["technology_used"]);
        assert_eq!(table.printed_at, row["where"]);
    }
}

fn competitors(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "competitors") {
        let owner = match &row["domain"] {
            "MPS" => "A",
            "AAV" => "B",
            _ => "C",
        };
        let found = by_id(&subject(dossier, owner).competitors, &row["id"]);
        assert_eq!(
            (found.domain.as_str(), found.company.as_str(), found.country.as_str(), found.role.as_str()),
            (&row["domain"], &row["company"], &row["country"], &row["role"])
        );
        assert_eq!((found.attribute.as_str(), found.printed_at.as_str()), (&row["attribute"], &row["where"]));
        assert_retold(row, &found.fact, &row["fact"]);
    }
}

fn history(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "history") {
        let owner = if &row["table"] == "表１" { "A" } else { "B" };
        let entry = by_id(&subject(dossier, owner).history, &row["id"]);
        assert_when(row, &entry.when, &row["year"]);
        assert_eq!(
            (entry.table.as_str(), entry.mark.as_str(), entry.region.as_str(), entry.item.as_str()),
            (&row["table"], &row["era_or_mark"], &row["region"], &row["item"])
        );
        assert_eq!((entry.detail.as_str(), entry.printed_at.as_str()), (&row["detail"], &row["where"]));
    }
}

fn captions(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "figures") {
        let captions = &subject(dossier, &row["project"]).captions;
        let found = captions.iter().find(|found| found.kind == row["kind"] && found.no == row["no"]);
        let found = found.expect("the caption");
        assert_eq!(
            (found.caption.as_str(), found.cited.as_str(), found.note.as_str(), found.printed_at.as_str()),
            (&row["caption"], &row["source"], &row["note"], &row["where"])
        );
    }
}

fn previous_findings(facts: &Path, dossier: &Dossier) {
    for row in &rows(facts, "previous_findings") {
        let found = by_id(&subject(dossier, &row["project_or_program"]).previous_findings, &row["id"]);
        assert_eq!(
            (found.source.as_str(), found.criterion.as_str()),
            (&row["source_printed"], &row["criterion"])
        );
        assert_eq!(
            found.when.at.and_then(hyoka::model::Moment::fiscal_year),
            row.year("fiscal_year_printed")
        );
        assert_retold(row, &found.finding, &row["finding_paraphrase"]);
        assert_retold(row, &found.response, &row["response_paraphrase"]);
        assert_eq!(found.printed_at, row["where"]);
    }
}
