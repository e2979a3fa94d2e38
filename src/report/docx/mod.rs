//! The report as a Word file, which the secretariat edits.
//!
//! It is written as OOXML with the zip crate that packs the bundle. The crate docx-rs (0.4.22) was weighed: it is kept
//! well, but it knows neither heads of tables that are repeated, nor alternative texts of pictures, nor fields of
//! captions and running heads, and would bring an image decoder and a second zip.
//!
//! A [`xml::El`] is an element; `style` says what paragraphs there are and how they look; `story` strings paragraphs,
//! tables (`table`) and pictures (`picture`) together on pages (`page`); `section` walks the report's sections and
//! tells what each holds with the functions of `front`, `material`, `evaluation` and `annex`; `package` packs the
//! parts. All words come from the view that the typeset report reads too.

mod annex;
mod evaluation;
mod front;
mod material;
mod package;
mod page;
mod picture;
mod run;
mod section;
mod story;
mod style;
mod table;
mod xml;

pub(super) use picture::Pictures;

use super::data::Report;
use super::error::ReportError;
use super::outline::Entry;
use super::text::Text;
use package::{Description, Parts};
use section::headings;
use story::Story;
use style::{Dressed, Dresses};

/// The report as a Word file: its sections, what they hold, and the pictures of its charts.
///
/// # Errors
/// When the parts cannot be packed.
pub(super) fn write(
    report: &Report<'_>,
    entries: &[Entry<'_>],
    pictures: &Pictures<'_>,
) -> Result<Vec<u8>, ReportError> {
    let headings = headings(entries);
    let dresses = usual(&headings);
    let mut story = Story::new(&dresses, pictures);
    front::cover(&mut story, &report.cover);
    section::tell(&mut story, report, entries, &headings);
    let (body, shown) = story.end();
    // The running head names the chapter.
    let chapter = entries.iter().find(|entry| !entry.front && entry.look == super::outline::Look::Chapter);
    let parts = Parts {
        description: describe(report),
        body,
        styles: style::styles(&dresses),
        numbering: style::numbering(),
        fonts: style::fonts(),
        header: page::header(&report.document.title.printed(), chapter.map_or(1, |entry| entry.level)),
        footer: page::footer(),
        shown,
        pictures,
    };
    parts.pack().map_err(|error| ReportError::Data(error.to_string()))
}

/// How the headings of each level are dressed most often.
fn usual(headings: &[story::Heading]) -> Dresses {
    let mut dresses = Dresses::default();
    for (at, usual) in dresses.iter_mut().enumerate() {
        let mut seen: Vec<(Dressed, usize)> = Vec::new();
        for heading in headings.iter().filter(|heading| heading.level == at + 1) {
            match seen.iter_mut().find(|(dressed, _)| *dressed == heading.dressed) {
                Some((_, times)) => *times += 1,
                None => seen.push((heading.dressed, 1)),
            }
        }
        // Of equals the first: it opens the report.
        let most = seen.iter().rev().max_by_key(|(_, times)| *times);
        *usual = most.map_or(Dressed { depth: at, ..Dressed::default() }, |(dressed, _)| *dressed);
    }
    dresses
}

fn describe(report: &Report<'_>) -> Description {
    let joined = |texts: &[Text<'_>], between: &str| {
        texts.iter().map(|text| text.printed()).collect::<Vec<_>>().join(between)
    };
    let document = &report.document;
    Description {
        title: document.title.printed().into_owned(),
        author: joined(&document.author, "、"),
        subject: document.description.printed().into_owned(),
        keywords: joined(&document.keywords, "、"),
    }
}
