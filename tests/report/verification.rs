//! Whether a bundle proves what it should, and whether anything can be smuggled past.

use crate::fixture::{bundle, dossier, files};
use hyoka::locale::Lang;
use hyoka::report::verify::{Problem, Verification, VerifyError, verify};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn check(bytes: &[u8]) -> Result<Verification, VerifyError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    std::fs::write(&path, bytes).unwrap();
    verify(&path)
}

/// A zip of the given files, as another tool would write it.
fn packed<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The fixture's bundle, unpacked, changed and packed again.
fn repacked(change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    std::fs::write(&path, bundle(&dossier())).unwrap();
    let mut files = files(&path);
    change(&mut files);
    let named: Vec<_> = files.iter().map(|(name, content)| (format!("folder/{name}"), content)).collect();
    packed(named.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

#[test]
fn an_untouched_bundle_is_intact_also_when_packed_again() {
    let found = check(&bundle(&dossier())).unwrap();
    assert!(found.intact(), "{:?}", found.problems);
    assert_eq!(found.folder, "hyoka-report");
    assert!(found.files > 20);
    assert!(check(&repacked(|_| ())).unwrap().intact());
}

#[test]
fn one_altered_byte_is_found_by_name() {
    for name in
        ["data/report.pdf", "data/tables/scores.csv", "bag-info.txt", "manifest-sha256.txt", "bagit.txt"]
    {
        let found = check(&repacked(|files| *files.get_mut(name).unwrap().last_mut().unwrap() ^= 1)).unwrap();
        assert!(found.problems.contains(&Problem::Altered(name.into())), "{name}: {:?}", found.problems);
    }
}

#[test]
fn missing_and_added_files_are_found_by_name() {
    let found = check(&repacked(|files| drop(files.remove("data/dossier.ron")))).unwrap();
    assert_eq!(found.problems, [Problem::Missing("data/dossier.ron".into())]);
    let found = check(&repacked(|files| drop(files.insert("data/more.txt".into(), vec![1])))).unwrap();
    assert_eq!(found.problems, [Problem::Extra("data/more.txt".into())]);
    let found = check(&repacked(|files| drop(files.remove("tagmanifest-sha256.txt")))).unwrap();
    assert!(found.problems.contains(&Problem::Missing("tagmanifest-sha256.txt".into())));
}

#[test]
fn a_rewritten_manifest_does_not_hide_a_change() {
    let found = check(&repacked(|files| {
        files.insert("data/report.pdf".into(), b"other".to_vec());
        let manifest = String::from_utf8(files["manifest-sha256.txt"].clone()).unwrap();
        let kept = manifest.lines().filter(|line| !line.ends_with("report.pdf"));
        let sum = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";
        let lines: Vec<_> = kept.map(str::to_owned).chain([format!("{sum}  data/report.pdf\n")]).collect();
        files.insert("manifest-sha256.txt".into(), lines.join("\n").into_bytes());
    }))
    .unwrap();
    assert_eq!(found.problems, [Problem::Altered("manifest-sha256.txt".into())]);
}

#[test]
fn a_bit_flipped_anywhere_is_never_called_intact() {
    let whole = bundle(&dossier());
    let ends = whole.len() - 2_000..whole.len() - 22;
    for at in (0..whole.len()).step_by(997).chain(ends.step_by(53)) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        if let Ok(found) = check(&bytes) {
            // What no file's content depends on (a time, a right) may differ; the content must be proven all the same.
            assert!(!found.intact() || same_content(&bytes, &whole), "byte {at}");
        }
    }
}

fn same_content(a: &[u8], b: &[u8]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let unpacked = [a, b].map(|bytes| {
        let path = folder.path().join("x.zip");
        std::fs::write(&path, bytes).unwrap();
        files(&path)
    });
    unpacked[0] == unpacked[1]
}

#[test]
fn names_that_climb_out_are_refused() {
    for name in ["../x", "folder/../../x", "/etc/x", "folder\\..\\x", "C:/x", "folder//x", "folder/./x"] {
        let zip = packed([("folder/bagit.txt", &b""[..]), (name, b"")]);
        assert!(matches!(check(&zip), Err(VerifyError::Unsafe { .. })), "{name}");
    }
    let zip = packed([("folder/bagit.txt", &b""[..]), ("folder/BAGIT.TXT", b"")]);
    assert!(matches!(check(&zip), Err(VerifyError::Unsafe { .. })));
}

#[test]
fn a_file_that_unfolds_without_end_is_stopped() {
    let zeros = vec![0; 64 << 20];
    let zip = packed([("folder/bagit.txt", &b""[..]), ("folder/data/bomb", &zeros)]);
    assert!(zip.len() < 1 << 20);
    assert!(matches!(check(&zip), Err(VerifyError::TooLarge(_))));
}

#[test]
fn what_is_no_bundle_is_refused_in_one_sentence() {
    let no_bag = packed([("readme.txt", &b"x"[..])]);
    let two_bags = packed([("a/bagit.txt", &b""[..]), ("b/bagit.txt", b"")]);
    for zip in [no_bag, two_bags] {
        assert!(matches!(check(&zip), Err(VerifyError::NotBag(_))));
    }
    let half = bundle(&dossier());
    for bytes in [&b""[..], b"not a zip", &half[..half.len() / 2]] {
        assert!(matches!(check(bytes), Err(VerifyError::NotZip(_))));
    }
    for path in ["nowhere.zip", "."] {
        let error = verify(Path::new(path)).unwrap_err();
        assert!(matches!(error, VerifyError::Read { .. }));
        for lang in Lang::ALL {
            assert!(error.message(lang).contains(path) && !error.message(lang).contains('\n'));
        }
    }
}
