//! How long a merge takes, and an interval of agreement: `cargo bench --bench round`.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use divan::Bencher;
use hyoka::locale::Lang;
use hyoka::model::{CriterionNo, Dossier, Member, MemberId, ScoreCell, SubjectId};
use hyoka::round::{Content, FileForm, Package, Received, begin, freeze, issue, plan};
use hyoka::stats::{Coincidences, Level};
use jiff::Timestamp;

fn main() {
    divan::main();
}

/// The sample with `n` members, and a ballot of each, all scores and a comment on each criterion given.
fn ballots(n: usize) -> (Dossier, Vec<Received>) {
    let mut dossier = hyoka::sample::dossier().unwrap();
    let members: Vec<MemberId> = (1..=n).map(|no| MemberId::from(format!("M{no}"))).collect();
    let member = |id: &MemberId| Member { id: id.clone(), ..Member::default() };
    dossier.members = members.iter().map(member).collect();
    for project in &mut dossier.projects {
        project.evaluation.scores.clear();
        project.evaluation.panel.clone_from(&members);
    }
    let round = begin(&dossier);
    let id = round.id.clone();
    dossier.rounds.push(round);
    freeze(&mut dossier, &id, Timestamp::UNIX_EPOCH).unwrap();
    let issued = issue(&dossier, &id, &members, Timestamp::UNIX_EPOCH, Lang::Ja).unwrap();
    let files = issued.files.iter().filter(|file| file.form == FileForm::Package).map(|file| {
        let mut package = Package::read(&file.bytes).unwrap();
        for project in ["A", "B", "C"] {
            let answers = package.head.answers.entry(SubjectId::from(project)).or_default();
            for no in 1..=7 {
                answers.scores.insert(CriterionNo(no), ScoreCell::Score(i16::from(no) % 4));
                answers.positive.insert(CriterionNo(no), "よく計画されている。\n続けてほしい。".to_owned());
            }
        }
        package.head.edition = 1;
        let text = package.to_text().unwrap();
        Received { file: file.name.clone(), content: Content::Package(text.into_bytes()) }
    });
    (issued.dossier, files.collect())
}

/// A thousand ballots read, checked, compared and merged.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn merge_a_thousand(bencher: Bencher<'_, '_>) {
    let (dossier, files) = ballots(1000);
    bencher.bench_local(|| plan(&dossier, &files).merged(&dossier, Timestamp::UNIX_EPOCH));
}

/// Alpha with an interval of 1,000 draws: five members, three projects, seven criteria.
#[divan::bench(args = [Level::Nominal, Level::Ordinal, Level::Interval])]
fn bootstrap(bencher: Bencher<'_, '_>, level: Level) {
    let units: Vec<Vec<Option<i16>>> = (0..21_i16)
        .map(|unit| (0..5_i16).map(|member| Some((unit * 7 + member * member) % 4)).collect())
        .collect();
    bencher.bench(|| Coincidences::of(&units).bootstrap(level, 1000, 7));
}
