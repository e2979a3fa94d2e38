//! The anonymous variant: no member's name in any byte of it.

use crate::fixture::{dossier, files, table};
use crate::tables::column;
use flate2::read::ZlibDecoder;
use hyoka::locale::Lang;
use hyoka::model::{
    Comment, CommentKind, CriterionNo, Dossier, IssuedBallot, Member, MemberId, MergeEntry, Origin, Place,
    Receipt, Recusal, Round, ScoreCell, Source,
};
use hyoka::report::anonymous::{Decision, Names, anonymise};
use hyoka::report::{Options, ReportError, Variant, export};
use hyoka::store;
use hyoka::tasks::progress::Unwatched;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

const NAMES: [&str; 6] = ["山田 太郎", "髙橋　花子", "林 一", "John Smith", "東海林 さくら", "佐々木次郎"];

/// What must not be found: full names with and without spaces, and names with titles.
const FORBIDDEN: [&str; 16] = [
    "山田 太郎",
    "山田太郎",
    "山田委員",
    "髙橋　花子",
    "髙橋花子",
    "高橋花子",
    "高橋先生",
    "林 一",
    "林一",
    "林委員",
    "John Smith",
    "JohnSmith",
    "東海林",
    "佐々木次郎",
    "佐々木",
    "ひみつ大学",
];

/// The fixture with members of flesh and blood, named wherever a dossier can name them.
fn named() -> Dossier {
    let mut dossier = dossier();
    dossier.members = (NAMES.iter().enumerate())
        .map(|(at, name)| Member {
            id: format!("M{}", at + 1).into(),
            name: (*name).to_owned(),
            affiliation: "ひみつ大学 教授".to_owned(),
            note: format!("{name}の連絡先 yamada@example.org"),
            ..Member::default()
        })
        .collect();
    dossier.committees[0].chair = "山田 太郎".into();
    dossier.committees[0].chair_affiliation = "ひみつ大学".into();
    dossier.committees[0].note = "座長は山田太郎。".into();
    dossier.report.preface = "髙橋　花子委員の尽力による。".into();
    dossier.report.issuers.push("事務局（佐々木次郎）".into());
    dossier.report.title = "評価 林一".into();
    let project = &mut dossier.projects[0];
    let panel: Vec<MemberId> = (1..=6).map(|n| format!("M{n}").into()).collect();
    for (at, member) in panel.iter().enumerate() {
        let score = i16::try_from(at % 4).unwrap();
        project.evaluation.set_cell(member, CriterionNo(1), ScoreCell::Score(score));
        project.evaluation.comments.push(Comment {
            id: format!("{member}-1").as_str().into(),
            kind: if at % 2 == 0 { CommentKind::Positive } else { CommentKind::Issue },
            member: Some(member.clone()),
            text: format!("意見その{at}。山田委員、高橋先生、Prof. John Smith、林委員、東海林さん、佐々木次郎の言うとおり。"),
            ..Comment::default()
        });
    }
    project.evaluation.panel = panel;
    project.evaluation.used = vec!["M2-1".into()];
    project.overview.name = "電池（東海林 さくら）".into();
    project.market[0].amount.source = Some(source("佐々木次郎_市場.xlsx"));
    dossier.origins.insert(
        Place::from("projects/A/evaluation/scores/M1/1"),
        Origin { source: source("山田太郎_評価票.xlsx"), printed: "3（山田太郎）".into() },
    );
    dossier.rounds.push(Round {
        id: "r1".into(),
        title: "第1回".into(),
        recusals: vec![Recusal {
            id: "x".into(),
            member: "M1".into(),
            reason: "山田太郎の研究室".into(),
            ..Recusal::default()
        }],
        issued: vec![IssuedBallot {
            id: "M1-1".into(),
            member: "M1".into(),
            revision: 1,
            ..IssuedBallot::default()
        }],
        receipts: vec![Receipt {
            id: "a".into(),
            member: "M1".into(),
            file: "山田太郎.ron".into(),
            ..Receipt::default()
        }],
        merges: vec![MergeEntry {
            id: "b".into(),
            member: "M1".into(),
            file: "山田太郎.ron".into(),
            ..MergeEntry::default()
        }],
        ..Round::default()
    });
    dossier
}

fn source(file: &str) -> Source {
    Source { file: file.into(), ..Source::default() }
}

fn bundle(dossier: &Dossier, names: Names) -> Result<BTreeMap<String, Vec<u8>>, ReportError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    let options = Options { variant: Variant::Anonymous(names), checks: true, ..Options::default() };
    export(dossier, &options, &path, &Unwatched)?;
    Ok(files(&path))
}

/// A file with every compressed stream in it laid open: those of a PDF, and those of a zip such as xlsx or docx.
fn opened(name: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut layers = vec![bytes.to_vec()];
    if bytes.starts_with(b"%PDF") {
        let mut at = 0;
        let mut streams = 0;
        while let Some(begin) = find(&bytes[at..], b"stream\n").or_else(|| find(&bytes[at..], b"stream\r\n"))
        {
            let start = at + begin + 7;
            let mut out = Vec::new();
            // What is not compressed is in the file as it is.
            if ZlibDecoder::new(&bytes[start..]).read_to_end(&mut out).is_ok() || !out.is_empty() {
                layers.push(out);
                streams += 1;
            }
            at = start;
        }
        assert!(streams > 10, "{name}: {streams} streams");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let mut out = entry.name().unwrap().as_bytes().to_vec();
            entry.read_to_end(&mut out).unwrap();
            layers.push(out);
        }
    }
    layers
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

/// Every file with its layers.
fn laid_open(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<Vec<u8>>> {
    files.iter().map(|(name, bytes)| (name.clone(), opened(name, bytes))).collect()
}

/// A text in each encoding in which a file can hold it.
fn encodings(text: &str) -> Vec<Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let hex: String = units.iter().map(|unit| format!("{unit:04X}")).collect();
    let escaped: String = text.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    vec![
        text.as_bytes().to_vec(),
        // As RON writes a wide space.
        text.replace('\u{3000}', "\\u{3000}").into_bytes(),
        units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        hex.to_lowercase().into_bytes(),
        hex.into_bytes(),
        escaped.into_bytes(),
    ]
}

#[test]
fn no_name_is_in_any_stream_of_the_bundle() {
    let dossier = named();
    // The search finds what is there: in the full variant every name is in plain sight.
    let full = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.zip");
        export(&dossier, &Options::default(), &path, &Unwatched).unwrap();
        files(&path)
    };
    let hits = |files: &BTreeMap<String, Vec<Vec<u8>>>, words: &str| -> Vec<String> {
        let encoded = encodings(words);
        let held = |layers: &Vec<Vec<u8>>| {
            layers.iter().any(|layer| encoded.iter().any(|text| find(layer, text).is_some()))
        };
        files.iter().filter(|(_, layers)| held(layers)).map(|(name, _)| name.clone()).collect()
    };
    let full = laid_open(&full);
    for name in NAMES {
        assert!(hits(&full, name).iter().any(|file| file.ends_with("dossier.ron")), "{name}");
    }
    // A PDF's own description is searched as well.
    assert!(hits(&full, "林一").contains(&"data/report.pdf".to_owned()), "{:?}", hits(&full, "林一"));
    let anonymous = laid_open(&bundle(&dossier, Names::all(Decision::Replace)).unwrap());
    assert_eq!(full.keys().collect::<Vec<_>>(), anonymous.keys().collect::<Vec<_>>());
    for words in FORBIDDEN {
        assert_eq!(hits(&anonymous, words), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn names_in_texts_are_to_be_decided_on() {
    let dossier = named();
    let Err(ReportError::Names(mentions)) = bundle(&dossier, Names::default()) else { panic!("not refused") };
    // Six in each comment, and five in the texts of the report.
    assert_eq!(
        mentions.len(),
        6 * 6 + 5,
        "{:#?}",
        mentions.iter().map(|m| (&m.place, &m.words)).collect::<Vec<_>>()
    );
    let error = ReportError::Names(mentions.clone());
    assert!(error.message(Lang::Ja).contains("41 か所"), "{}", error.message(Lang::Ja));
    let mut names = Names::all(Decision::Replace);
    let kept = mentions.iter().find(|mention| mention.words == "林一").unwrap();
    names.decide(kept, Decision::Keep);
    let files = bundle(&dossier, names).unwrap();
    let text = String::from_utf8(files["data/dossier.ron"].clone()).unwrap();
    let written = store::from_ron(&text).unwrap().0;
    assert_eq!(written.report.title, "評価 林一");
    assert_eq!(written.report.preface, "委員の尽力による。");
    assert!(written.projects[0].evaluation.comments.iter().all(|c| !c.text.contains("山田")));
}

#[test]
fn what_tells_members_apart_is_gone_and_the_scores_are_kept() {
    let dossier = named();
    let plain = anonymise(&dossier).unwrap().settle(&Names::all(Decision::Replace)).unwrap();
    let names: Vec<_> = plain.members.iter().map(|member| member.name.clone()).collect();
    assert_eq!(names, ["委員1", "委員2", "委員3", "委員4", "委員5", "委員6"]);
    assert!(
        plain
            .members
            .iter()
            .all(|m| m.affiliation.is_empty() && m.note.is_empty() && m.role == Default::default())
    );
    assert!(plain.rounds.is_empty() && plain.origins.is_empty());
    assert!(plain.projects[0].market[0].amount.source.is_none());
    let (before, after) = (&dossier.projects[0].evaluation, &plain.projects[0].evaluation);
    assert!(after.comments.iter().all(|comment| comment.member.is_none()));
    // The comment taken up in the consensus is still marked, under its new name.
    let used = after.comments.iter().filter(|comment| after.used.contains(&comment.id)).collect::<Vec<_>>();
    assert!(used.len() == 1 && used[0].text.starts_with("意見その1。"), "{used:?}");
    for criterion in [CriterionNo(1), CriterionNo(6)] {
        let sorted = |mut scores: Vec<Option<i16>>| {
            scores.sort_unstable();
            scores
        };
        assert_eq!(sorted(before.scores_of(criterion)), sorted(after.scores_of(criterion)));
    }
    assert_eq!(hyoka::stats::printed_mean(&before.scores_of(CriterionNo(6))), Some("2.3".into()));
    // The full dossier is what it was.
    assert_eq!(dossier, named());
}

/// Where each member's scores stand in the anonymous table, told by scores that are all different.
fn seats(dossier: &Dossier) -> Vec<usize> {
    let mut dossier = dossier.clone();
    let evaluation = &mut dossier.projects[0].evaluation;
    evaluation.scores.clear();
    for (at, member) in evaluation.panel.clone().iter().enumerate() {
        evaluation.set_cell(member, CriterionNo(1), ScoreCell::Score(i16::try_from(at).unwrap()));
    }
    let plain = anonymise(&dossier).unwrap().settle(&Names::all(Decision::Replace)).unwrap();
    let scores = plain.projects[0].evaluation.scores_of(CriterionNo(1));
    scores.into_iter().flatten().map(|score| usize::try_from(score).unwrap()).collect()
}

#[test]
fn the_order_says_nothing_of_seats_and_stays_while_the_report_is_written() {
    let dossier = named();
    let order = seats(&dossier);
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [0, 1, 2, 3, 4, 5]);
    let mut edited = dossier.clone();
    edited.report.preface = "書き直した。".into();
    edited.projects[0].evaluation.comments.pop();
    assert_eq!(seats(&edited), order);
    // Rounds of the same members draw other orders, and every member gets every number.
    let mut first = BTreeSet::new();
    for n in 0..60 {
        let mut other = dossier.clone();
        other.members[0].note = format!("{n}");
        first.insert(seats(&other)[0]);
    }
    assert_eq!(first.len(), 6, "{first:?}");
}

#[test]
fn equal_dossiers_give_equal_anonymous_bytes_and_the_tables_have_new_ids() {
    let names = || Names::all(Decision::Replace);
    let files = bundle(&named(), names()).unwrap();
    assert_eq!(files, bundle(&named(), names()).unwrap());
    let scores = table(&files, "scores");
    let members: BTreeSet<&str> =
        scores[1..].iter().map(|row| row[column(&scores, "member")].as_str()).collect();
    assert_eq!(members.into_iter().collect::<Vec<_>>(), ["M1", "M2", "M3", "M4", "M5", "M6"]);
}
