//! The Word file as a package of parts (OOXML). Equal parts give equal bytes: no clock, no name.

use super::page::{FOOTER, HEADER};
use super::picture::{Pictures, media, relation};
use super::xml::{El, el, val};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The namespace of the text.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
const WORDPROCESSING: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The root of a part of the text.
pub(super) fn root(name: &'static str) -> El {
    el(name)
        .attr("xmlns:w", W)
        .attr("xmlns:r", format!("{OFFICE}/relationships"))
        .attr("xmlns:wp", format!("{DRAWING}/wordprocessingDrawing"))
        .attr("xmlns:a", format!("{DRAWING}/main"))
        .attr("xmlns:pic", format!("{DRAWING}/picture"))
}

/// What the file says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Description {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) subject: String,
    pub(super) keywords: String,
}

/// The parts of the file.
pub(super) struct Parts<'a> {
    pub(super) description: Description,
    pub(super) body: Vec<El>,
    pub(super) styles: El,
    pub(super) numbering: El,
    pub(super) fonts: El,
    pub(super) header: El,
    pub(super) footer: El,
    /// The charts shown, in order, by the names of their files.
    pub(super) shown: Vec<&'a str>,
    pub(super) pictures: &'a Pictures<'a>,
}

impl Parts<'_> {
    /// The file.
    pub(super) fn pack(self) -> Result<Vec<u8>, zip::result::ZipError> {
        let Self { description, body, styles, numbering, fonts, header, footer, shown, pictures } = self;
        let text = root("w:document").with(el("w:body").all(body));
        let parts = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", relations()),
            ("docProps/app.xml", application()),
            ("docProps/core.xml", core(&description)),
            ("word/_rels/document.xml.rels", relations_of_text(&shown)),
            ("word/document.xml", text),
            ("word/fontTable.xml", fonts),
            ("word/footer.xml", footer),
            ("word/header.xml", header),
            ("word/numbering.xml", numbering),
            ("word/settings.xml", settings()),
            ("word/styles.xml", styles),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in &parts {
            zip.start_file(*name, entry(CompressionMethod::Deflated))?;
            zip.write_all(&part.document())?;
        }
        for chart in shown {
            let Some(picture) = pictures.get(chart) else { continue };
            // A picture is packed already.
            zip.start_file(format!("word/{}", media(chart)), entry(CompressionMethod::Stored))?;
            zip.write_all(&picture.png)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn entry(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level((method == CompressionMethod::Deflated).then_some(6))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644)
}

fn content_types() -> El {
    let default =
        |extension: &str, kind: &str| el("Default").attr("Extension", extension).attr("ContentType", kind);
    let part = |name: &str, kind: String| el("Override").attr("PartName", name).attr("ContentType", kind);
    let text =
        |name: &str, kind: &str| part(&format!("/word/{name}.xml"), format!("{WORDPROCESSING}.{kind}+xml"));
    el("Types")
        .attr("xmlns", format!("{PACKAGE}/content-types"))
        .with(default("png", "image/png"))
        .with(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .with(default("xml", "application/xml"))
        .with(text("document", "document.main"))
        .with(text("styles", "styles"))
        .with(text("settings", "settings"))
        .with(text("numbering", "numbering"))
        .with(text("fontTable", "fontTable"))
        .with(text("header", "header"))
        .with(text("footer", "footer"))
        .with(part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".into()))
        .with(part(
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".into(),
        ))
}

fn relationships(list: impl IntoIterator<Item = (String, String, String)>) -> El {
    let one = |(id, kind, target): (String, String, String)| {
        el("Relationship").attr("Id", id).attr("Type", kind).attr("Target", target)
    };
    el("Relationships").attr("xmlns", format!("{PACKAGE}/relationships")).all(list.into_iter().map(one))
}

fn relations() -> El {
    relationships(
        [
            ("rIdText", format!("{OFFICE}/relationships/officeDocument"), "word/document.xml"),
            ("rIdCore", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
            ("rIdApp", format!("{OFFICE}/relationships/extended-properties"), "docProps/app.xml"),
        ]
        .map(|(id, kind, target)| (id.to_owned(), kind, target.to_owned())),
    )
}

fn relations_of_text(shown: &[&str]) -> El {
    let of = |kind: &str| format!("{OFFICE}/relationships/{kind}");
    let parts = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        (HEADER, "header", "header.xml"),
        (FOOTER, "footer", "footer.xml"),
    ];
    let parts = parts.map(|(id, kind, target)| (id.to_owned(), of(kind), target.to_owned()));
    let pictures = (1..).zip(shown).map(|(number, chart)| (relation(number), of("image"), media(chart)));
    relationships(parts.into_iter().chain(pictures))
}

fn application() -> El {
    el("Properties")
        .attr("xmlns", format!("{OFFICE}/extended-properties"))
        .with(el("Application").text(format!("Hyoka {}", env!("CARGO_PKG_VERSION"))))
}

fn core(description: &Description) -> El {
    let said = |name, text: &str| (!text.is_empty()).then(|| el(name).text(text));
    el("cp:coreProperties")
        .attr("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .all(said("dc:title", &description.title))
        .all(said("dc:subject", &description.subject))
        .all(said("dc:creator", &description.author))
        .all(said("cp:keywords", &description.keywords))
        .with(el("dc:language").text("ja-JP"))
}

fn settings() -> El {
    let mode = el("w:compatSetting")
        .attr("w:name", "compatibilityMode")
        .attr("w:uri", "http://schemas.microsoft.com/office/word")
        .attr("w:val", 15);
    root("w:settings")
        .with(el("w:zoom").attr("w:percent", 100))
        .with(val("w:defaultTabStop", 840))
        .with(val("w:characterSpacingControl", "compressPunctuation"))
        .with(el("w:strictFirstAndLastChars"))
        // The numbers of pages are Word's to work out.
        .with(el("w:updateFields"))
        .with(el("w:compat").with(mode))
        .with(val("w:themeFontLang", "ja-JP").attr("w:eastAsia", "ja-JP"))
        .with(val("w:decimalSymbol", "."))
        .with(val("w:listSeparator", ","))
}
