//! `hyoka check`: its forms and its exit codes.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use hyoka::{check, sample, store};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("hyoka")).args(arguments).current_dir(folder).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn findings_are_printed_as_json_and_as_text_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    store::save(&folder.path().join("s.ron"), &sample::dossier().unwrap()).unwrap();
    let output = run(folder.path(), &["check", "s.ron", "--format", "json", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let findings = json(&output)["findings"].as_array().unwrap().clone();
    assert_eq!(findings.len(), check::run(&sample::dossier().unwrap()).len());
    for finding in &findings {
        for field in ["rule", "severity", "message", "expected", "found", "why"] {
            assert!(finding[field].is_string(), "{field}: {finding}");
        }
        assert!(["error", "warning", "notice"].contains(&finding["severity"].as_str().unwrap()));
        let places = finding["places"].as_array().unwrap();
        assert!(
            !places.is_empty() && places.iter().all(|place| !place.as_str().unwrap().is_empty()),
            "{finding}"
        );
        assert_eq!(finding["noted"], false);
    }
    let over = findings.iter().find(|finding| finding["rule"] == "amount-over-budget").unwrap();
    assert!(over["message"].as_str().unwrap().contains("54.0 − 48.8 = +5.2億円"), "{over}");
    assert!(over["places"][0].as_str().unwrap().contains("総契約額"), "{over}");
    let text = |lang: &str| {
        let output = run(folder.path(), &["check", "s.ron", "--lang", lang]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(text("ja").contains("総予算額 48.8億円を超えています"));
    assert!(text("en").contains("exceeds 総予算額 48.8億円"));
}

#[test]
fn noted_findings_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = sample::dossier().unwrap();
    let findings = check::run(&dossier);
    let note =
        |(n, finding): (usize, &check::Finding)| finding.note(format!("n{n}").into(), "説明済み", "", "");
    dossier.check_notes = findings.iter().enumerate().map(note).collect();
    store::save(&folder.path().join("s.ron"), &dossier).unwrap();
    let output = run(folder.path(), &["check", "s.ron", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let noted = json(&output)["findings"].as_array().unwrap().clone();
    assert_eq!(noted.len(), findings.len());
    assert!(noted.iter().all(|finding| finding["noted"] == true && finding["reason"] == "説明済み"));
    // One figure changes, and its finding is open again.
    dossier.check_notes[0].found = "別の値".into();
    store::save(&folder.path().join("s.ron"), &dossier).unwrap();
    let output = run(folder.path(), &["check", "s.ron", "--lang", "ja"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("以前の注記"));
}

#[test]
fn an_empty_dossier_has_nothing_to_disagree_and_a_broken_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    store::save(&folder.path().join("e.ron"), &hyoka::model::Dossier::default()).unwrap();
    let output = run(folder.path(), &["check", "e.ron", "--format", "json"]);
    assert_eq!((output.status.code(), json(&output)["findings"].as_array().unwrap().len()), (Some(0), 0));
    std::fs::write(folder.path().join("b.ron"), "(schema: 2, dossier: (").unwrap();
    let output = run(folder.path(), &["check", "b.ron"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && String::from_utf8(output.stderr).unwrap().contains("b.ron"));
}
