//! `datapackage.json`: tells other programs what the CSV tables hold (Frictionless Data Package 1.0).

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::bag::hex;
use super::error::ReportError;
use super::tables::{Field, Kind, Table};
use super::text::clean;
use crate::model::Dossier;

/// The description of the tables, each given with its file.
pub(super) fn describe(dossier: &Dossier, files: &[(&Table, Vec<u8>)]) -> Result<Vec<u8>, ReportError> {
    let package = json!({
        "profile": "tabular-data-package",
        "name": "hyoka-report",
        "title": clean(dossier.title()),
        "resources": files.iter().map(|(table, csv)| resource(table, csv)).collect::<Vec<_>>(),
    });
    let mut text =
        serde_json::to_vec_pretty(&package).map_err(|error| ReportError::Data(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

fn resource(table: &Table, csv: &[u8]) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": table.name.replace('_', "-"),
        "title": table.title,
        "path": table.path(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.len(),
        "hash": format!("sha256:{}", hex(&Sha256::digest(csv))),
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": {
            "fields": table.fields.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field(field: &Field) -> Value {
    let kind = match field.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
    };
    json!({ "name": field.name, "type": kind, "title": field.title })
}
