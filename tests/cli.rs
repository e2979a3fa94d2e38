//! The contract of the command line: results, exit codes, and one sentence for each trouble.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test says what it skipped, and why")]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, ScoreCell};
use hyoka::round::Package;
use hyoka::store;
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// The means that the ministry's report prints for projects A, B and C, criteria 1 to 7, and how many members scored.
const PRINTED: [(&str, u64, [&str; 7]); 3] = [
    ("A", 5, ["3.0", "2.6", "2.2", "2.0", "2.6", "2.6", "2.6"]),
    ("B", 4, ["3.0", "2.5", "2.5", "3.0", "2.0", "2.3", "2.5"]),
    ("C", 5, ["3.0", "2.2", "2.2", "1.8", "1.8", "2.0", "2.2"]),
];

/// A folder with the sample in it, and the program run there.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let output = desk.run(&["sample", "-o", "s.ron"]);
        assert!(
            output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(),
            "{output:?}"
        );
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn sample(&self) -> String {
        fs::read_to_string(self.path("s.ron")).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(cargo_bin!("hyoka"))
            .args(arguments)
            .current_dir(self.folder.path())
            // Neither a screen nor a setting of the machine that runs the test has a say.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env_remove("HYOKA_LOG")
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The sentence with which a command is refused.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(sentence.lines().count(), 1, "{arguments:?}: {sentence}");
        assert!(sentence.starts_with("hyoka: "), "{sentence}");
        sentence
    }

    /// Every command refuses the dossier `name` in both languages, naming it and the words given, and leaves no trace.
    fn refuses(&self, name: &str, words: [&str; 2]) {
        let before = (self.names(), fs::read(self.path(name)).ok());
        for (lang, words) in ["ja", "en"].into_iter().zip(words) {
            for arguments in [
                &["show", name, "--lang", lang][..],
                &["stats", name, "--lang", lang],
                &["report", name, "-o", "out.zip", "--lang", lang],
            ] {
                let sentence = self.refused(arguments);
                assert!(sentence.contains(name) && sentence.contains(words), "{arguments:?}: {sentence}");
            }
        }
        assert_eq!((self.names(), fs::read(self.path(name)).ok()), before, "{name}");
    }
}

#[test]
fn the_sample_has_the_printed_means() {
    let desk = Desk::new();
    let json: serde_json::Value =
        serde_json::from_str(&desk.done(&["stats", "s.ron", "--format", "json"])).unwrap();
    let projects = json["projects"].as_array().unwrap();
    assert_eq!(projects.len(), PRINTED.len());
    for (project, (id, n, means)) in projects.iter().zip(PRINTED) {
        assert_eq!(project["id"], id);
        let criteria = project["criteria"].as_array().unwrap();
        assert_eq!(criteria.iter().map(|c| c["mean"].as_str().unwrap()).collect::<Vec<_>>(), means, "{id}");
        assert!(criteria.iter().all(|c| c["n"] == n), "{id}");
    }
}

#[test]
fn the_sample_is_written_and_shown_as_it_is() {
    let desk = Desk::new();
    assert_eq!(desk.sample(), hyoka::sample::RON);
    assert_eq!(desk.done(&["show", "s.ron", "--format", "ron"]), desk.sample());
    let json: serde_json::Value = serde_json::from_str(&desk.done(&["show", "s.ron"])).unwrap();
    let dossier = store::from_ron(&desk.sample()).unwrap().0;
    assert_eq!(json, serde_json::to_value(&dossier).unwrap());
    // Writing it again keeps what was there.
    desk.done(&["sample", "-o", "s.ron"]);
    assert_eq!(desk.names(), ["s.ron", "s.ron.bak"]);
}

#[test]
fn statistics_are_told_in_both_languages() {
    let desk = Desk::new();
    assert!(desk.done(&["stats", "s.ron"]).contains("  2.3  (n=4)  中央値 "));
    assert!(desk.done(&["--lang", "en", "stats", "s.ron"]).contains("  2.3  (n=4)  median "));
}

#[test]
fn what_is_no_dossier_is_refused_in_one_sentence() {
    let desk = Desk::new();
    let sample = desk.sample();
    let half = sample.char_indices().nth(sample.chars().count() / 2).unwrap().0;
    let line = sample[..half].split('\n').count();
    desk.write("truncated.ron", &sample[..half]);
    desk.refuses(
        "truncated.ron",
        [&format!(" {line} 行目で途切れて"), &format!("breaks off at line {line};")],
    );
    desk.write("empty.ron", "");
    desk.refuses("empty.ron", ["空です", "is empty"]);
    desk.write("binary.ron", [0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0xff, 0xfe, 0x80]);
    desk.refuses("binary.ron", ["テキストではありません", "not a text file"]);
    desk.write("other.ron", "(window: (width: 800))");
    desk.refuses("other.ron", ["評価データではありません", "not a dossier"]);
    let year = sample.find("year: 2022").unwrap();
    let line = sample[..year].split('\n').count();
    desk.write("half.ron", sample.replacen("year: 2022", "year: twenty", 1));
    desk.refuses("half.ron", [&format!("{line} 行"), &format!("line {line},")]);
    desk.write("newer.ron", sample.replacen(&format!("schema: {},", store::SCHEMA), "schema: 99,", 1));
    desk.refuses("newer.ron", ["書式 99", "schema 99"]);
    fs::create_dir(desk.path("folder.ron")).unwrap();
    desk.refuses("folder.ron", ["フォルダーです", "is a folder"]);
    desk.refuses("missing.ron", ["見つかりません", "does not exist"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::set_permissions(desk.path("s.ron"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(desk.path("s.ron")).is_ok() {
        eprintln!("skipped: this user may read anything; .ci/e2e/cli.sh lays that right down");
        return;
    }
    desk.refuses("s.ron", ["読む権限", "may not be read"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder")).unwrap();
    let before = desk.names();
    for lang in ["ja", "en"] {
        for target in ["nowhere/file", "folder"] {
            assert!(desk.refused(&["sample", "-o", target, "--lang", lang]).contains(target));
            assert!(
                desk.refused(&["report", "s.ron", "-o", target, "--format", "csv", "--lang", lang])
                    .contains(target)
            );
        }
    }
    assert_eq!(desk.names(), before);
}

#[test]
fn a_bundle_is_written_and_verified() {
    let desk = Desk::new();
    let told = desk.done(&["report", "s.ron", "-o", "b.zip", "--format", "csv", "--lang", "en"]);
    assert!(told.contains("b.zip"), "{told}");
    desk.done(&["verify", "b.zip"]);
    let mut bytes = fs::read(desk.path("b.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    desk.write("b.zip", bytes);
    assert_eq!(desk.run(&["verify", "b.zip"]).status.code(), Some(1));
    assert!(desk.refused(&["verify", "s.ron"]).contains("s.ron"));
    // The dossier itself is never taken for the bundle's target.
    let before = desk.sample();
    assert!(desk.refused(&["report", "s.ron", "-o", "s.ron"]).contains("s.ron"));
    assert_eq!(desk.sample(), before);
}

#[test]
fn mistaken_arguments_end_with_2_and_do_nothing() {
    let desk = Desk::new();
    for arguments in [
        &["show"][..],
        &["sample"],
        &["show", "s.ron", "--format", "nonsense"],
        &["report", "s.ron", "-o", "b.zip", "--format", "nonsense"],
        &["s.ron", "show", "s.ron"],
        &["s.ron", "other.ron"],
        &["--nonsense"],
    ] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(desk.names(), ["s.ron"]);
}

#[test]
fn help_and_readme_name_every_command() {
    let desk = Desk::new();
    let help = desk.done(&["--help"]);
    let readme = include_str!("../README.md");
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // A description that goes on in the next line stands further in.
        .filter(|line| line.strip_prefix("  ").is_some_and(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.contains(&"sample") && commands.contains(&"verify"), "{help}");
    for command in commands {
        assert!(readme.contains(&format!("`hyoka {command} ")), "README.md lacks {command}");
        assert!(desk.done(&[command, "--help"]).contains("Usage: hyoka"), "{command}");
    }
    assert!(desk.done(&["--version"]).starts_with("hyoka "));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_one_sentence_names_the_commands() {
    let desk = Desk::new();
    for arguments in [&[][..], &["s.ron"], &["--lang", "en"], &["s.ron", "--lang", "en"]] {
        let sentence = desk.refused(arguments);
        for words in ["sample", "show", "stats", "report", "verify", "hyoka --help"] {
            assert!(sentence.contains(words), "{sentence}");
        }
    }
}

/// Reads a damaged file. It may still be a dossier, and is then kept and read back as the same; otherwise it is refused
/// in one sentence that names it.
fn read_damaged(path: &Path, bytes: &[u8], what: &str) -> bool {
    fs::write(path, bytes).unwrap();
    match store::open(path) {
        Ok(opened) => {
            let again = store::to_ron(&opened.dossier).unwrap();
            assert!(store::from_ron(&again).unwrap().0 == opened.dossier, "{what}: not read back as it was");
            true
        }
        Err(error) => {
            for lang in Lang::ALL {
                let sentence = error.message(lang);
                assert_eq!(sentence.lines().count(), 1, "{what}: {sentence}");
                assert!(sentence.contains("damaged.ron"), "{what}: {sentence}");
            }
            false
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.ron");
    let whole = hyoka::sample::RON.trim_end().as_bytes();
    // A prime step, so that cuts fall on all parts of lines and of characters; and every place near both ends.
    let cuts = (0..whole.len()).step_by(4099).chain(0..64).chain(whole.len() - 64..whole.len());
    for cut in cuts {
        assert!(
            !read_damaged(&path, &whole[..cut], &format!("cut at {cut}")),
            "cut at {cut}: taken for whole"
        );
    }
}

#[test]
fn a_flipped_bit_never_breaks_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.ron");
    let whole = hyoka::sample::RON.as_bytes();
    // splitmix64 from a fixed seed: the same places on every machine.
    let mut state = 20_221_114_u64;
    let mut next = |below: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(below).unwrap()).unwrap()
    };
    for case in 0..60 {
        let mut bytes = whole.to_vec();
        let flips = 1 + case % 3;
        let places: Vec<(usize, usize)> = (0..flips).map(|_| (next(bytes.len()), next(8))).collect();
        for (at, bit) in &places {
            bytes[*at] ^= 1 << bit;
        }
        read_damaged(&path, &bytes, &format!("bits flipped at {places:?}"));
    }
}

#[test]
fn issuing_leaves_the_dossier_as_it_was_and_either_takes_the_ballots_back() {
    let desk = Desk::new();
    let before = desk.sample();
    let output = desk.run(&["--lang", "en", "issue", "s.ron", "-o", "ballots"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(desk.sample(), before);
    assert_eq!(desk.names(), ["ballots", "s.ron"]);
    let noted = store::open(&desk.path("ballots/s_issued.ron")).unwrap().dossier;
    assert_eq!(noted.rounds[0].issued.len(), 5);

    // A member gives a zero, as the window does it.
    let path = desk.path("ballots/ballot_r1_M1_1.ron");
    let package = Package::read(&fs::read(&path).unwrap()).unwrap();
    let mut own = package.dossier().unwrap();
    own.projects[0].evaluation.set_cell(&"M1".into(), CriterionNo(1), ScoreCell::Score(0));
    let back = package.saved(&own, Timestamp::UNIX_EPOCH, true).to_text().unwrap();
    fs::create_dir(desk.path("back")).unwrap();
    desk.write("back/m1.ron", back);
    for dossier in ["ballots/s_issued.ron", "s.ron"] {
        let arguments = ["--lang", "en", "merge", dossier, "back", "-o", "out.ron", "--receipts", "receipts"];
        let output = desk.run(&arguments);
        assert!(output.status.success(), "{dossier}: {output:?}");
        let merged = store::open(&desk.path("out.ron")).unwrap().dossier;
        let cell = merged.projects[0].evaluation.cell(&"M1".into(), CriterionNo(1));
        assert_eq!(cell, ScoreCell::Score(0), "{dossier}");
        assert!(fs::read_to_string(desk.path("receipts/receipt_r1_M1.txt")).unwrap().contains("1 0, "));
        assert_eq!(desk.sample(), before);
    }

    // What is out already is not written over.
    let again = desk.run(&["--lang", "en", "issue", "s.ron", "-o", "ballots"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("already exists"), "{again:?}");
    let next = desk.run(&["issue", "ballots/s_issued.ron", "-o", "ballots", "--member", "M1"]);
    assert!(next.status.success(), "{next:?}");
    let noted = store::open(&desk.path("ballots/s_issued_2.ron")).unwrap().dossier;
    assert_eq!(noted.rounds[0].latest_issue(&"M1".into()).map(|issued| issued.revision), Some(2));
}
