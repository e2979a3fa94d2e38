//! The Word file: well-formed, in the report's order, whole.

use crate::fixture::{dossier, exported_as};
use crate::hostile::{TEXTS, poisoned};
use hyoka::chart;
use hyoka::model::{CriterionNo, Dossier, Figure, Quantity, ScoreCell, grouped};
use hyoka::report::outline::{BUNDLED, resolve};
use hyoka::report::{Format, Options, Order};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts of a Word file.
struct Word(BTreeMap<String, Vec<u8>>);

impl Word {
    fn of(dossier: &Dossier) -> Self {
        Self::with(dossier, Options { formats: [Format::Docx].into(), ..Options::default() })
    }

    fn with(dossier: &Dossier, options: Options) -> Self {
        let files = exported_as(dossier, &options);
        let mut zip = ZipArchive::new(Cursor::new(&files["data/report.docx"])).unwrap();
        let parts = (0..zip.len()).map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().to_string(), content)
        });
        Self(parts.collect())
    }

    fn xml(&self, part: &str) -> &str {
        std::str::from_utf8(&self.0[part]).unwrap()
    }

    fn document(&self) -> Document<'_> {
        Document::parse(self.xml("word/document.xml")).unwrap()
    }
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(node, name))
}

fn value<'a>(node: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    all(node, name).next().and_then(|found| found.attribute((W, "val")))
}

/// The text of a paragraph or of anything larger.
fn text(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "br" | "p" => text.push('\n'),
            "tab" if node.parent().is_some_and(|parent| is(&parent, "r")) => text.push('\t'),
            _ => {}
        }
    }
    text
}

fn style<'a>(paragraph: Node<'a, '_>) -> &'a str {
    value(paragraph, "pStyle").unwrap_or_default()
}

/// The headings: level and words.
fn headings(document: &Document<'_>) -> Vec<(usize, String)> {
    all(document.root(), "p")
        .filter_map(|paragraph| {
            let style = style(paragraph);
            let level = style.strip_prefix("Heading").or_else(|| style.strip_prefix("Unlisted"))?;
            Some((level.parse().unwrap(), text(paragraph).trim().to_owned()))
        })
        .collect()
}

#[test]
fn every_part_is_well_formed_and_named() {
    for dossier in [dossier(), Dossier::default()] {
        let word = Word::of(&dossier);
        let types = word.xml("[Content_Types].xml").to_owned();
        for (name, content) in &word.0 {
            if name.ends_with(".png") {
                assert!(content.starts_with(b"\x89PNG"), "{name}");
                continue;
            }
            Document::parse(std::str::from_utf8(content).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
            let named = types.contains(&format!("\"/{name}\"")) || name.ends_with(".rels");
            assert!(named || name == "[Content_Types].xml", "{name}");
        }
        // Whatever is referred to is there, and nothing else is.
        let relations = Document::parse(word.xml("word/_rels/document.xml.rels")).unwrap();
        let mut targets = BTreeSet::new();
        for relation in relations.root_element().children() {
            let target = format!("word/{}", relation.attribute("Target").unwrap());
            assert!(word.0.contains_key(&target), "{target}");
            targets.insert(target);
        }
        let media = word.0.keys().filter(|name| name.starts_with("word/media/"));
        assert!(media.clone().all(|name| targets.contains(name)));
    }
}

#[test]
fn headings_stand_in_the_report_s_order_with_its_numbers_and_levels() {
    let sample = hyoka::sample::dossier().unwrap();
    for bundled in &BUNDLED {
        let structure = bundled.structure().unwrap();
        let entries = resolve(&structure, &sample, &chart::all(&sample), None, &BTreeSet::new());
        let wanted: Vec<_> = entries
            .iter()
            .filter(|entry| !entry.heading.is_empty())
            .map(|entry| (entry.level, entry.title().trim().to_owned()))
            .collect();
        let options = Options {
            formats: [Format::Docx].into(),
            template: Order::Bundled(bundled),
            ..Options::default()
        };
        let word = Word::with(&sample, options);
        let document = word.document();
        assert_eq!(headings(&document), wanted);

        // The contents list those that are to be listed, each with a link that leads somewhere.
        let lines: Vec<_> =
            all(document.root(), "p").filter(|p| style(*p).starts_with("TOC")).map(text).collect();
        let listed: Vec<_> = entries
            .iter()
            .filter(|entry| entry.listed && !entry.heading.is_empty() && entry.level <= 4)
            .map(|entry| entry.title().trim().to_owned())
            .collect();
        let lines: Vec<_> = lines.iter().map(|line| line.trim().to_owned()).collect();
        assert_eq!(lines, listed);
        let marks: Vec<_> =
            all(document.root(), "bookmarkStart").filter_map(|mark| mark.attribute((W, "name"))).collect();
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
        for link in all(document.root(), "hyperlink") {
            assert!(marks.contains(&link.attribute((W, "anchor")).unwrap()));
        }
    }
}

/// How a figure may be printed.
fn printed(quantity: &Quantity) -> Vec<String> {
    match quantity.figure {
        Figure::Number(number) => vec![grouped(number), quantity.printed.clone()],
        _ => Vec::new(),
    }
}

#[test]
fn the_sample_is_there_as_a_whole() {
    let sample = hyoka::sample::dossier().unwrap();
    let word = Word::of(&sample);
    let said = text(word.document().root());
    let mut wanted: Vec<String> = Vec::new();
    let mut figures: Vec<Vec<String>> = Vec::new();
    for subject in sample.subjects() {
        let said = &subject.evaluation;
        wanted.push(subject.overview.name.clone());
        wanted.extend(said.comments.iter().flat_map(|c| c.text.lines()).map(str::to_owned));
        wanted.extend(said.consensus.iter().flat_map(|c| c.text.lines()).map(str::to_owned));
        wanted.extend(said.recommendations.iter().flat_map(|r| [r.text.clone(), r.response.clone()]));
        for finding in said.sessions.iter().flat_map(|session| &session.findings) {
            wanted.extend([finding.finding.clone(), finding.response.clone()]);
        }
        wanted.extend(
            subject
                .sections
                .iter()
                .flat_map(|s| s.body.lines())
                .map(|line| line.trim_start().trim_start_matches('・').to_owned()),
        );
        let funding = subject.funding.items.iter().flat_map(|item| item.amounts.values());
        figures.extend(funding.map(|cell| printed(&cell.amount)));
        figures.extend(subject.amounts.iter().flat_map(|s| s.years.values()).map(printed));
        let statements = subject.outputs.iter().chain(&subject.outcomes).flat_map(|i| &i.statements);
        figures.extend(statements.flat_map(|s| [&s.target.amount, &s.actual.amount]).map(printed));
        wanted.extend(subject.tables.iter().flat_map(|t| &t.rows).flat_map(|r| r.cells.clone()));
        for criterion in &sample.criteria_for(&subject.id).criteria {
            wanted.push(
                if criterion.printed.is_empty() { &criterion.label } else { &criterion.printed }.clone(),
            );
        }
    }
    assert!(wanted.len() > 400, "{}", wanted.len());
    figures.retain(|ways| !ways.is_empty());
    assert!(figures.len() > 60, "{}", figures.len());
    for ways in figures {
        let there = ways.iter().any(|way| !way.is_empty() && said.contains(way.as_str()));
        assert!(there, "not in the Word file: {ways:?}");
    }
    for words in wanted.iter().filter(|words| !words.trim().is_empty()) {
        assert!(said.contains(words.trim()), "not in the Word file: {words}");
    }
}

#[test]
fn every_table_has_a_head_and_every_picture_is_described() {
    for dossier in [dossier(), hyoka::sample::dossier().unwrap()] {
        let word = Word::of(&dossier);
        let document = word.document();
        let tables: Vec<_> = all(document.root(), "tbl").collect();
        assert!(tables.len() > 10, "{}", tables.len());
        for table in tables {
            let first = all(table, "tr").next().unwrap();
            assert!(all(first, "tblHeader").next().is_some(), "{}", text(table));
            // All rows are as wide as the grid.
            let grid = all(table, "gridCol").count();
            for row in all(table, "tr") {
                assert_eq!(all(row, "tc").count(), grid, "{}", text(row));
                assert!(all(row, "tc").all(|cell| all(cell, "p").next().is_some()));
            }
        }
        let described: Vec<_> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "docPr")
            .map(|node| (node.attribute("id").unwrap(), node.attribute("descr").unwrap().to_owned()))
            .collect();
        assert_eq!(described.len(), chart::all(&dossier).len());
        assert!(described.iter().all(|(_, words)| words.chars().count() > 10), "{described:?}");
        let captions = all(document.root(), "instrText").filter(|f| f.text().unwrap().contains("SEQ 図"));
        assert_eq!(captions.count(), described.len());
    }
}

#[test]
fn zero_is_a_score_and_what_is_none_is_no_zero() {
    let mut dossier = dossier();
    let evaluation = &mut dossier.projects[0].evaluation;
    let member = evaluation.panel[1].clone();
    evaluation.scores.get_mut(&member).unwrap().insert(CriterionNo(7), ScoreCell::Blank);
    let word = Word::of(&dossier);
    let document = word.document();
    let table = all(document.root(), "tbl").find(|table| text(*table).contains("委員4")).unwrap();
    let cells: Vec<Vec<String>> = all(table, "tr")
        .map(|row| all(row, "tc").map(|cell| text(cell).trim().to_owned()).collect())
        .collect();
    assert_eq!(cells[0][2..], ["委員1", "委員2", "委員3", "委員4"]);
    assert_eq!(cells[1][1..], ["3.0", "3", "除斥", "該当なし", "欠席"]);
    assert_eq!(cells[2][1..], ["2.3", "1", "3", "2", "3"]);
    assert_eq!(cells[3][1..], ["0.0", "0", "", "", ""]);
}

#[test]
fn whatever_a_text_holds_it_comes_out_as_text() {
    let folded =
        |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    let long = "A".repeat(10_000);
    for trick in TEXTS.into_iter().chain(["../../x", "]]>--><!--", long.as_str()]) {
        let word = Word::of(&poisoned(trick));
        for (name, content) in word.0.iter().filter(|(name, _)| !name.ends_with(".png")) {
            let xml = std::str::from_utf8(content).unwrap();
            Document::parse(xml).unwrap_or_else(|error| panic!("{trick}: {name}: {error}"));
            assert!(!name.contains(".."), "{name}");
        }
        let document = word.document();
        // Texts that change the direction of others and code points that are no characters are left out.
        let wanted: String =
            folded(trick).chars().filter(|c| !matches!(c, '\u{202e}' | '\u{ffff}')).collect();
        let said = folded(&text(document.root()));
        assert!(said.matches(wanted.as_str()).count() > 30, "{trick}");
        assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
    }
}

#[test]
fn the_file_tells_nothing_of_who_made_it_or_when() {
    let word = Word::of(&dossier());
    let core = word.xml("docProps/core.xml");
    assert!(core.contains("<dc:language>ja-JP</dc:language>"), "{core}");
    assert!(core.contains("移動体の電動化に向けた研究開発事業 中間評価 技術評価報告書"), "{core}");
    assert!(!core.contains("lastModifiedBy") && !core.contains("created"), "{core}");
    let files = exported_as(&dossier(), &Options { formats: [Format::Docx].into(), ..Options::default() });
    let mut zip = ZipArchive::new(Cursor::new(&files["data/report.docx"])).unwrap();
    for at in 0..zip.len() {
        let part = zip.by_index(at).unwrap();
        assert_eq!(part.last_modified().unwrap().year(), 1980);
    }
}
