//! The story of the Word file: its paragraphs, tables and pictures, in order.

use super::page::{self, Matter, Shape};
use super::picture::{self, Pictures};
use super::run::{Tone, close_field, field, open_field, run, run_with};
use super::style::{Dressed, Dresses, Style, beside};
use super::table::Table;
use super::xml::{El, el, val};
use crate::report::data::Chart;
use crate::report::text::Text;

/// A heading of the report.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) title: String,
    pub(super) dressed: Dressed,
    pub(super) new_page: bool,
    pub(super) listed: bool,
}

/// The story while it is told.
pub(super) struct Story<'a> {
    body: Vec<El>,
    dresses: &'a Dresses,
    pictures: &'a Pictures<'a>,
    /// The charts shown, by the names of their files.
    shown: Vec<&'a str>,
    matter: Matter,
    /// Whether the pages of this matter are still to be counted from 1.
    fresh: bool,
    headings: usize,
    width: i32,
}

impl<'a> Story<'a> {
    /// A story of which nothing is told, with headings dressed that way and pictures from there.
    pub(super) fn new(dresses: &'a Dresses, pictures: &'a Pictures<'a>) -> Self {
        Self {
            body: Vec::new(),
            dresses,
            pictures,
            shown: Vec::new(),
            matter: Matter::Cover,
            fresh: true,
            headings: 0,
            width: page::width(Shape::Upright),
        }
    }

    /// All that was told, and the charts that it shows, by the names of their files.
    pub(super) fn end(mut self) -> (Vec<El>, Vec<&'a str>) {
        // A document does not end with a table.
        self.body.push(paragraph(Style::Break, []));
        let section = self.section(Shape::Upright);
        self.body.push(section);
        (self.body, self.shown)
    }

    /// Begins the pages of another matter.
    pub(super) fn turn_to(&mut self, matter: Matter) {
        if matter != self.matter {
            self.end_pages(Shape::Upright);
            self.matter = matter;
            self.fresh = true;
        }
    }

    fn section(&mut self, shape: Shape) -> El {
        page::section(self.matter, shape, std::mem::take(&mut self.fresh))
    }

    fn end_pages(&mut self, shape: Shape) {
        let section = self.section(shape);
        self.body.push(el("w:p").with(el("w:pPr").with(val("w:pStyle", Style::Break.id())).with(section)));
    }

    /// Tells something on pages that lie on their side.
    pub(super) fn sideways(&mut self, tell: impl FnOnce(&mut Self)) {
        self.end_pages(Shape::Upright);
        self.width = page::width(Shape::Sideways);
        tell(self);
        self.width = page::width(Shape::Upright);
        self.end_pages(Shape::Sideways);
    }

    /// The next heading.
    pub(super) fn heading(&mut self, heading: &Heading) {
        let Heading { level, dressed, new_page, .. } = *heading;
        let style = if heading.listed { Style::Heading(level) } else { Style::Unlisted(level) };
        let (paragraph, own) = beside(self.dresses, dressed, level, new_page);
        let name = bookmark(self.headings);
        let id = self.headings;
        self.headings += 1;
        self.body.push(
            el("w:p")
                .with(el("w:pPr").with(val("w:pStyle", style.id())).all(paragraph))
                .with(el("w:bookmarkStart").attr("w:id", id).attr("w:name", name))
                .with(run_with(&own, &heading.title))
                .with(el("w:bookmarkEnd").attr("w:id", id)),
        );
    }

    /// 目次: a field that lists these headings, down to a level, and can be worked out anew.
    pub(super) fn contents(&mut self, headings: &[Heading], depth: usize) {
        let listed: Vec<_> = headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.listed && heading.level <= depth)
            .collect();
        let mut opening = open_field(&format!("TOC \\o \"1-{depth}\" \\h \\z")).to_vec();
        for (at, heading) in listed {
            let name = bookmark(at);
            let link = el("w:hyperlink")
                .attr("w:anchor", &name)
                .attr("w:history", 1)
                .with(run(Tone::Plain, &heading.title.replace('\n', " ")))
                .with(el("w:r").with(el("w:tab")))
                .all(field(&format!("PAGEREF {name} \\h"), ""));
            let line = paragraph(Style::Contents(heading.level), opening.drain(..));
            self.body.push(line.with(link));
        }
        self.body.push(paragraph(Style::Break, opening.into_iter().chain([close_field()])));
    }

    /// A paragraph.
    pub(super) fn say(&mut self, style: Style, text: &Text<'_>) {
        self.words(style, &text.printed());
    }

    /// A paragraph of fixed words.
    pub(super) fn words(&mut self, style: Style, words: &str) {
        self.body.push(paragraph(style, [run(Tone::Plain, words)]));
    }

    /// Running text: each line a paragraph.
    pub(super) fn prose(&mut self, style: Style, paragraphs: &[Text<'_>]) {
        for text in paragraphs {
            for line in text.printed().split('\n').filter(|line| !line.trim().is_empty()) {
                self.words(style, line);
            }
        }
    }

    /// Bullets of one paragraph each.
    pub(super) fn bullets(&mut self, items: &[Text<'_>]) {
        for item in items {
            self.say(Style::Bullet, item);
        }
    }

    /// Bullets under a heading of their own; each may have several paragraphs.
    pub(super) fn titled_bullets(&mut self, title: &str, items: &[Vec<Text<'_>>]) {
        self.words(Style::Label, title);
        if items.is_empty() {
            self.nothing();
        }
        for item in items {
            let mut style = Style::Bullet;
            for text in item {
                self.say(style, text);
                style = Style::BulletMore;
            }
        }
    }

    /// What stands where there is no content.
    pub(super) fn nothing(&mut self) {
        self.words(Style::Nothing, "記載なし");
    }

    /// A text that all agree on, in its box.
    pub(super) fn boxed(&mut self, paragraphs: &[Text<'_>]) {
        if paragraphs.is_empty() {
            self.words(Style::Boxed, "記載なし");
        }
        self.prose(Style::Boxed, paragraphs);
    }

    /// Notes below a table or a figure.
    pub(super) fn notes(&mut self, notes: &[Text<'_>]) {
        for note in notes {
            self.say(Style::Note, note);
        }
    }

    /// The caption of the table that follows, with the unit of its figures.
    pub(super) fn caption(&mut self, title: &str, unit: &str) {
        let unit = (!unit.is_empty()).then(|| format!("（単位：{unit}）"));
        let unit = unit.map(|unit| [el("w:r").with(el("w:tab")), run(Tone::Aside, &unit)]);
        self.body.push(paragraph(
            Style::Caption,
            [run(Tone::Plain, title)].into_iter().chain(unit.into_iter().flatten()),
        ));
    }

    /// A table.
    pub(super) fn table(&mut self, table: &Table) {
        let table = table.element(self.width);
        self.body.push(table);
    }

    /// A chart under its numbered caption, with its notes and its source beneath.
    pub(super) fn chart(&mut self, chart: &'a Chart<'_>) {
        let Some(drawn) = self.pictures.get(chart.file.as_str()) else { return };
        self.shown.push(&chart.file);
        let number = self.shown.len();
        let unit = chart.unit.printed();
        let unit = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
        let caption = [run(Tone::Plain, "図\u{a0}")]
            .into_iter()
            .chain(field("SEQ 図 \\* ARABIC", &number.to_string()))
            .chain([run(Tone::Plain, &format!("　{}{unit}", chart.title.printed()))]);
        self.body.push(paragraph(Style::Caption, caption));
        let picture = picture::inline(number, chart, drawn.cut);
        let remarks = !chart.notes.is_empty() || !chart.source.is_empty();
        let keep = remarks.then(|| el("w:keepNext"));
        self.body.push(
            el("w:p")
                .with(el("w:pPr").with(val("w:pStyle", Style::Figure.id())).all(keep))
                .with(el("w:r").with(picture)),
        );
        self.notes(&chart.notes);
        if !chart.source.is_empty() {
            self.words(Style::Note, &format!("出典：{}", chart.source.printed()));
        }
    }

    /// Charts, one below another.
    pub(super) fn charts(&mut self, charts: &'a [Chart<'_>]) {
        for chart in charts {
            self.chart(chart);
        }
    }
}

/// A paragraph of runs.
pub(super) fn paragraph(style: Style, runs: impl IntoIterator<Item = El>) -> El {
    el("w:p").with(el("w:pPr").with(val("w:pStyle", style.id()))).all(runs)
}

/// The name of a heading's bookmark, as Word itself names them.
fn bookmark(at: usize) -> String {
    format!("_Toc{:09}", 100_000_000 + at)
}
