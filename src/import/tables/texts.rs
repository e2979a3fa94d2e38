//! Tables and lists of text: recommendations, findings, previous findings, comments, consensus.

use super::super::normal;
use super::super::tree::node;
use super::super::{Choice, Role, TableKind};
use super::around::Around;
use super::frame::Frame;
use super::grid::Found;
use super::head::{Form, Head, MemberMark};
use super::reading::{Content, Reading, Uses};
use super::scores::is_state;
use super::whose::Subjects;
use super::words::{self, Concept};
use super::write::{Writer, same_label};
use crate::both;
use crate::model::{CommentKind, EvaluationKind, FiscalYear, MentionedYear, Place, When};
use serde_json::{Value, json};

/// Texts as read.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    rows: Vec<Row<'a>>,
    /// The captions, from which a session is told.
    captions: Vec<String>,
}

/// A text, what stands beside it, and what it is about.
#[derive(Debug)]
struct Row<'a> {
    what: What,
    text: Found<'a>,
    response: Option<Found<'a>>,
    /// What goes on below the response.
    more: Vec<Found<'a>>,
    criterion: Option<Found<'a>>,
    member: Option<Found<'a>>,
    source: Option<Found<'a>>,
    when: Option<Found<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Recommendation,
    Finding,
    Previous,
    Comment(CommentKind),
    /// A comment of which it is not said whether it praises or finds fault.
    Opinion,
    Consensus,
}

/// Reads a frame as texts.
pub(super) fn find<'a>(frame: &Frame<'a>, around: &Around<'_>) -> Option<Reading<'a>> {
    if !frame.years().is_empty()
        || frame.columns.iter().any(|c| c.head.is_any(&[Concept::Target, Concept::Implementer]))
    {
        return None;
    }
    let captions: Vec<String> =
        around.captions.iter().map(|stray| stray.text.clone()).chain([around.sheet.to_owned()]).collect();
    pairs(frame, around, &captions)
        .or_else(|| comments(frame, around, &captions))
        .or_else(|| list(frame, around, &captions))
}

/// Whether a column holds texts; the name of a member is none.
fn textual(frame: &Frame<'_>, index: usize) -> bool {
    let text = |f: &Found<'_>| match f.head.form {
        Form::Words => f.head.member.is_none(),
        form => form == Form::Dash,
    };
    frame.share(index, text).is_none_or(|share| share >= 60)
}

/// Text | response.
fn pairs<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    let response = frame.column(Concept::Response).filter(|i| textual(frame, *i))?;
    let said = |concept: Concept| {
        frame.columns.iter().position(|c| c.head.is(concept)).filter(|i| *i != response && textual(frame, *i))
    };
    let (what, text) = if let Some(index) = said(Concept::Recommendation) {
        (What::Recommendation, index)
    } else if let Some(index) = said(Concept::Finding) {
        (What::Finding, index)
    } else {
        let index = said(Concept::PreviousFinding)?;
        (if around.announces(TableKind::Findings) { What::Finding } else { What::Previous }, index)
    };
    // 前回評価の所見 are previous findings.
    let what = if what == What::Finding && around.announces(TableKind::PreviousFindings) {
        What::Previous
    } else {
        what
    };
    let kind = match what {
        What::Recommendation => TableKind::Recommendations,
        What::Finding => TableKind::Findings,
        _ => TableKind::PreviousFindings,
    };
    let parts = Parts {
        text: vec![(text, what)],
        response: Some(response),
        criterion: frame.column(Concept::Criterion).filter(|i| *i != text),
        member: None,
        source: frame.column(Concept::Cited).or_else(|| frame.column(Concept::Member)).filter(|i| *i != text),
        when: frame.column_of(&[Concept::When, Concept::Year]).filter(|i| *i != text),
        lists: false,
        about: None,
    };
    rows(frame, &parts, captions, kind)
}

/// Comments by kind, by member or by criterion.
fn comments<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    let mut text = Vec::new();
    let announced = captions.iter().find_map(|caption| comment_kind(&Head::read(caption)));
    for (index, column) in frame.columns.iter().enumerate() {
        if !textual(frame, index) {
            continue;
        }
        if let Some(kind) = comment_kind(&column.head) {
            text.push((index, What::Comment(kind)));
        } else if column.head.is(Concept::Consensus) {
            text.push((index, What::Consensus));
        } else if column.head.is(Concept::Comment)
            && let Some(kind) = announced
        {
            text.push((index, What::Comment(kind)));
        } else if column.head.is(Concept::Comment)
            && !frame
                .columns
                .iter()
                .any(|c| c.head.is_any(&[Concept::Score, Concept::Mean, Concept::Supplement]))
        {
            text.push((index, What::Opinion));
        }
    }
    let criterion = frame.column(Concept::Criterion).filter(|i| !text.iter().any(|(t, _)| t == i));
    let member =
        frame.column(Concept::Member).filter(|i| !text.iter().any(|(t, _)| t == i) && Some(*i) != criterion);
    let kinds = text.iter().filter(|(_, what)| matches!(what, What::Comment(_))).count();
    // 課題 alone heads many a table; two kinds side by side, or a criterion or member beside them, tell comments.
    let evident = kinds >= 2
        || (!text.is_empty() && (criterion.is_some() || member.is_some()))
        || (kinds == 1 && announced.is_some())
        || (!text.is_empty() && frame.columns.len() > 1 && is_numbered(frame, &text));
    if !evident || (text.is_empty()) {
        return None;
    }
    let kind = if text.iter().all(|(_, what)| *what == What::Consensus) {
        TableKind::Consensus
    } else {
        TableKind::Comments
    };
    let about = around.captions.first().and_then(|stray| {
        let found = Found {
            at: stray.at(),
            own: true,
            text: stray.text.clone().into(),
            value: &BLANK,
            head: stray.head.clone(),
        };
        let announces = words::announced(&normal::key(&stray.text)).is_some();
        (!announces && heads_criterion(&found)).then_some(found)
    });
    let parts =
        Parts { text, response: None, criterion, member, source: None, when: None, lists: false, about };
    rows(frame, &parts, captions, kind)
}

/// Whether nothing but running numbers stands beside the texts.
fn is_numbered(frame: &Frame<'_>, text: &[(usize, What)]) -> bool {
    let numbers = |index: usize| {
        let column = &frame.columns[index];
        column.head.is(Concept::No)
            || (column.texts.is_empty() && frame.share(index, |f| f.head.form == Form::Number) == Some(100))
    };
    (0..frame.columns.len()).all(|index| numbers(index) || text.iter().any(|(at, _)| *at == index))
        && text.iter().all(|(at, _)| frame.columns[*at].head.core != "課題")
}

/// A single column under a heading that says what it lists.
fn list<'a>(frame: &Frame<'a>, around: &Around<'_>, captions: &[String]) -> Option<Reading<'a>> {
    if frame.columns.len() != 1 || !textual(frame, 0) {
        return None;
    }
    // Names of projects are no comments, whatever heads them.
    if frame.share(0, |f| Subjects::default().named(&f.text).is_some()) >= Some(50) {
        return None;
    }
    let column = &frame.columns[0];
    let nearest = around.captions.first().map(|stray| (*stray.head).clone());
    let said = |head: &Head| {
        comment_kind(head)
            .map(What::Comment)
            .or_else(|| head.is(Concept::Consensus).then_some(What::Consensus))
            .or_else(|| head.is(Concept::Comment).then_some(What::Opinion))
    };
    let what = if column.texts.is_empty() { said(&nearest?)? } else { said(&column.head)? };
    let kind = if what == What::Consensus { TableKind::Consensus } else { TableKind::Comments };
    // A list that turns to the comments of members is one of comments.
    let turns = frame.cells(0).any(|f| comment_kind(&f.head).is_some() && is_heading(f));
    let kind = if turns { TableKind::Comments } else { kind };
    let parts = Parts {
        text: vec![(0, what)],
        response: None,
        criterion: None,
        member: None,
        source: None,
        when: None,
        lists: true,
        about: None,
    };
    rows(frame, &parts, captions, kind)
}

/// Whether a cell is nothing but a heading: a kind’s words, and at most a number or brackets around them.
fn is_heading(found: &Found<'_>) -> bool {
    found.head.form == Form::Words
        && found.text.trim().lines().count() == 1
        && words::concepts(&found.head.core).iter().any(|concept| {
            matches!(
                concept,
                Concept::Positive | Concept::Issue | Concept::Recommendation | Concept::Consensus
            )
        })
}

/// Whether a cell of a list is a numbered heading of a criterion, and no sentence.
fn heads_criterion(found: &Found<'_>) -> bool {
    let text = found.text.trim();
    normal::numbered(text).is_some_and(|n| {
        (1..=20).contains(&n.rest.chars().count())
            && n.no.parse::<u8>().is_ok()
            && !n.rest.contains(['。', '、'])
    }) && found.head.concepts.iter().all(|concept| *concept == Concept::Consensus)
}

fn comment_kind(head: &Head) -> Option<CommentKind> {
    if head.is(Concept::Positive) {
        Some(CommentKind::Positive)
    } else if head.is(Concept::Issue) {
        Some(CommentKind::Issue)
    } else if head.core == "各委員の提言" {
        Some(CommentKind::Recommendation)
    } else {
        None
    }
}

/// What a caption holds as a cell: its text is all that counts.
static BLANK: crate::sheets::Value = crate::sheets::Value::Bool(false);

struct Parts<'a> {
    text: Vec<(usize, What)>,
    response: Option<usize>,
    criterion: Option<usize>,
    member: Option<usize>,
    source: Option<usize>,
    when: Option<usize>,
    /// Whether headings stand among the texts.
    lists: bool,
    /// The criterion that the caption names.
    about: Option<Found<'a>>,
}

fn rows<'a>(
    frame: &Frame<'a>,
    parts: &Parts<'a>,
    captions: &[String],
    kind: TableKind,
) -> Option<Reading<'a>> {
    let mut uses = Uses::of(frame);
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut carried: Option<Found<'a>> = None;
    let mut switched: Option<CommentKind> = None;
    // The criterion that a heading over a list names: ２．総合評価 above 【肯定的意見】.
    let over = parts
        .criterion
        .is_none()
        .then(|| frame.columns[parts.text[0].0].texts.iter().rev().find(|f| heads_criterion(f)).cloned())
        .flatten();
    let mut over = over.or_else(|| parts.about.clone()).filter(|_| parts.response.is_none());
    for (at, row) in frame.body.iter().enumerate() {
        for (_, section) in frame.sections.iter().filter(|(before, _)| *before == at) {
            if heads_criterion(section) && parts.response.is_none() {
                over = Some(section.clone());
            }
            if let (Some(kind), [_]) = (comment_kind(&section.head), &parts.text[..]) {
                switched = Some(kind);
            }
        }
        let own = |index: Option<usize>| index.and_then(|i| row[i].clone());
        carried = own(parts.criterion).or(carried);
        let mut any = false;
        for (index, what) in &parts.text {
            let Some(found) = row[*index].clone().filter(|f| f.own) else { continue };
            if frame.headings().contains(&found.at) {
                continue;
            }
            any = true;
            if parts.lists {
                if let Some(kind) = comment_kind(&found.head).filter(|_| is_heading(&found)) {
                    switched = Some(kind);
                    uses.role(found.at, Role::Header);
                    continue;
                }
                let next = frame.body.get(at + 1).and_then(|row| row[*index].as_ref());
                if heads_criterion(&found)
                    && next.is_some_and(|next| comment_kind(&next.head).is_some() && is_heading(next))
                {
                    (over, switched) = (Some(found.clone()), None);
                    uses.role(found.at, Role::Header);
                    continue;
                }
            }
            if found.head.form == Form::Dash
                || is_state(&found.text)
                || ["なし", "特になし", "該当なし", "n/a", "無し", "特に無し", "特にありません"]
                    .contains(&found.head.core.as_str())
            {
                uses.role(found.at, Role::Label);
                continue;
            }
            uses.value(&found);
            let text_at = found.at;
            rows.push(Row {
                what: switched.map_or(*what, What::Comment),
                text: found,
                // What reaches over both columns is no response to itself.
                response: own(parts.response).filter(|response| response.at != text_at),
                more: Vec::new(),
                criterion: carried.clone().filter(|_| parts.criterion.is_some()).or_else(|| {
                    over.clone().filter(|_| switched.is_some() || matches!(what, What::Comment(_)))
                }),
                member: own(parts.member),
                source: own(parts.source),
                when: own(parts.when),
            });
        }
        for (index, cell) in row.iter().enumerate() {
            let Some(found) = cell.as_ref().filter(|f| f.own) else { continue };
            if parts.response == Some(index) && any && found.head.form != Form::Dash {
                uses.value(found);
            } else if parts.response == Some(index) && found.head.form != Form::Dash {
                // A further response to what stands above.
                if let Some(last) = rows.last_mut() {
                    uses.value(found);
                    last.more.push(found.clone());
                } else {
                    uses.refuse(
                        found,
                        both!("何への対応か分からないため", "It does not say what it responds to"),
                    );
                }
            } else if [parts.response, parts.criterion, parts.member].contains(&Some(index))
                || frame.columns[index].head.is(Concept::No)
            {
                uses.role(found.at, Role::Label);
            } else if [parts.source, parts.when].contains(&Some(index)) {
                uses.value(found);
            } else if !parts.text.iter().any(|(text, _)| *text == index) {
                uses.refuse(
                    found,
                    both!("この表にこの列の欄はないため", "A dossier has no place for this column"),
                );
            }
        }
    }
    let content = Content::Texts(Texts { rows, captions: captions.to_vec() });
    uses.cells.values().any(|usage| *usage == super::reading::Use::Value).then_some(Reading {
        kind,
        content,
        uses,
    })
}

impl Texts<'_> {
    /// How many values there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Writes the texts.
    pub fn write(&self, writer: &mut Writer<'_, '_>) {
        let evaluation = writer.subject.child("evaluation");
        let session = self
            .rows
            .iter()
            .any(|row| row.what == What::Finding)
            .then(|| self.session(writer, &evaluation.child("sessions")));
        let mut asked: Option<Option<CommentKind>> = None;
        for row in &self.rows {
            match row.what {
                What::Opinion => {
                    let kind = *asked.get_or_insert_with(|| self.ask_kind(writer, &row.text));
                    match kind {
                        Some(kind) => write_comment(writer, &evaluation.child("comments"), row, kind),
                        None => writer.waiting(&row.text),
                    }
                }
                What::Recommendation => {
                    let place = pair(writer, &evaluation.child("recommendations"), "text", &row.text);
                    respond(writer, &place, row);
                }
                What::Previous => {
                    let place =
                        pair(writer, &writer.subject.child("previous_findings"), "finding", &row.text);
                    respond(writer, &place, row);
                    for (field, found) in [("criterion", &row.criterion), ("source", &row.source)] {
                        if let Some(found) = found {
                            writer.set_text(place.child(field), found);
                        }
                    }
                    if let Some(found) = &row.when {
                        let when = When::read(found.text.trim());
                        writer.set(place.child("when"), &when, found, when.display());
                    }
                }
                What::Finding => {
                    let Some(session) = &session else { continue };
                    let place = pair(writer, &session.child("findings"), "finding", &row.text);
                    respond(writer, &place, row);
                    if let Some(found) = &row.criterion {
                        writer.set_text(place.child("criterion"), found);
                    }
                }
                What::Comment(kind) => write_comment(writer, &evaluation.child("comments"), row, kind),
                What::Consensus => write_consensus(writer, &evaluation.child("consensus"), row),
            }
        }
        writer.note_without_place();
    }

    /// Asks what opinions are that are only called that.
    fn ask_kind(&self, writer: &mut Writer<'_, '_>, first: &Found<'_>) -> Option<CommentKind> {
        use crate::locale::{Lang, Term};
        const KINDS: [(&str, CommentKind); 3] = [
            ("positive", CommentKind::Positive),
            ("issue", CommentKind::Issue),
            ("recommendation", CommentKind::Recommendation),
        ];
        let waiting = self.rows.iter().filter(|row| row.what == What::Opinion).count();
        let text = both!(
            "この欄の意見は、肯定的意見・問題点・提言のどれですか。",
            "Are these opinions positive, issues, or recommendations?"
        );
        let choice = |(value, kind): (&str, CommentKind)| {
            let (ja, en) = (kind.term(Lang::Ja), kind.term(Lang::En));
            Choice::new(value, both!("{ja}", "{en}"))
        };
        let choices = KINDS.map(choice).to_vec();
        let answer = writer.ask("comment-kind", first.at, text, choices, waiting)?;
        KINDS.iter().find(|(value, _)| *value == answer).map(|(_, kind)| *kind)
    }

    /// The session that the captions name.
    fn session(&self, writer: &mut Writer<'_, '_>, list: &Place) -> Place {
        let folded: Vec<String> = self.captions.iter().map(|caption| normal::key(caption)).collect();
        let number = folded.iter().find_map(|text| {
            let (_, behind) = text.split_once('第')?;
            let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
            behind[digits.len()..].starts_with('回').then(|| digits.parse::<u16>().ok()).flatten()
        });
        let year = folded.iter().flat_map(|text| FiscalYear::mentions(text)).find_map(|m| match m.year {
            MentionedYear::Known(year) => Some(year),
            MentionedYear::Bare(_) => None,
        });
        let kind = folded.iter().find_map(|text| {
            [
                ("事前評価", EvaluationKind::Prior),
                ("中間評価", EvaluationKind::Interim),
                ("終了時評価", EvaluationKind::Final),
                ("事後評価", EvaluationKind::Final),
                ("追跡評価", EvaluationKind::FollowUp),
            ]
            .into_iter()
            .find(|(word, _)| text.contains(word))
            .map(|(_, kind)| kind)
        });
        let same = |row: &Value| number.is_none() || row.get("session") == number.map(|n| json!(n)).as_ref();
        let place = writer.table.row(list, "s", same);
        let source = writer.table.get().at.clone();
        if let Some(number) = number.filter(|_| writer.is_empty(&place.child("session"))) {
            writer.table.set_from(
                place.child("session"),
                &number,
                source.clone(),
                "",
                format!("第{number}回"),
            );
        }
        if let Some(year) = year.filter(|_| writer.is_empty(&place.child("year"))) {
            writer.table.set_from(place.child("year"), &year, source.clone(), "", year.western());
        }
        if let Some(kind) =
            kind.filter(|kind| *kind != EvaluationKind::default() && writer.is_empty(&place.child("kind")))
        {
            use crate::locale::{Lang, Term};
            writer.table.set_from(place.child("kind"), &kind, source, "", kind.term(Lang::Ja));
        }
        place
    }
}

/// The row whose text is the cell's; a new one is given it.
fn pair(writer: &mut Writer<'_, '_>, list: &Place, field: &str, found: &Found<'_>) -> Place {
    let text = found.text.trim();
    let bare = bullet(text);
    let (wanted, whole) = (normal::key(bare), normal::key(text));
    let same = |row: &Value| {
        row.get(field).and_then(|t| t.as_str()).is_some_and(|t| [&wanted, &whole].contains(&&normal::key(t)))
    };
    let id = [bare, text].iter().find_map(|text| {
        let rows = writer.rows_like(list, field, text);
        rows.into_iter().find(|row| same(row)).and_then(|row| row.get("id")?.as_str()).map(ToOwned::to_owned)
    });
    let place = match id {
        Some(id) => list.child(id),
        None => writer.table.add_row(list, "r"),
    };
    let known = writer.text(&place.child(field)).map_or_else(|| bare.to_owned(), ToOwned::to_owned);
    writer.set(place.child(field), &known, found, known.clone());
    place
}

fn respond(writer: &mut Writer<'_, '_>, place: &Place, row: &Row<'_>) {
    let Some(found) = row.response.as_ref().filter(|f| f.head.form != Form::Dash) else {
        if let Some(found) = row.more.first() {
            writer.set_text(place.child("response"), found);
        }
        return;
    };
    if row.more.is_empty() {
        return writer.set_text(place.child("response"), found);
    }
    let texts: Vec<&str> = std::iter::once(found).chain(&row.more).map(|found| found.text.trim()).collect();
    let text = texts.join("\n");
    for found in std::iter::once(found).chain(&row.more) {
        writer.set(place.child("response"), &text, found, text.clone());
    }
}

/// A text without the mark of its bullet.
fn bullet(text: &str) -> &str {
    text.trim().trim_start_matches(['・', '○', '●', '◯', '‣', '•', '◦']).trim_start()
}

/// The bullets of a cell; a line without a mark goes on with the bullet before it.
fn bullets(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bare = bullet(line);
        match all.last_mut() {
            Some(last) if bare.len() == line.len() => {
                last.push('\n');
                last.push_str(line);
            }
            _ => all.push(bare.to_owned()),
        }
    }
    all
}

/// The number of the criterion that a cell names. Where the dossier had no criteria, they are those of the texts.
fn criterion_of(writer: &mut Writer<'_, '_>, found: &Found<'_>) -> Option<u8> {
    let set = if writer.subject == Place::from("programme") { "programme" } else { "project" };
    let list = Place::from("criteria").child(set).child("criteria");
    let text = found.text.trim();
    let numbered = normal::numbered(text);
    let label = numbered.as_ref().map_or(text, |n| if n.rest.is_empty() { text } else { n.rest });
    let said = numbered.as_ref().and_then(|n| n.no.parse::<u8>().ok()).filter(|no| *no > 0);
    let no = |row: &Value| row.get("no").and_then(Value::as_u64).and_then(|n| u8::try_from(n).ok());
    let named =
        |row: &&Value| row.get("label").and_then(|l| l.as_str()).is_some_and(|l| same_label(l, label));
    if let Some(no) = writer.rows_like(&list, "label", label).into_iter().find(named).and_then(no) {
        return Some(no);
    }
    let had = node(writer.table.draft().before(), &list)
        .and_then(Value::as_array)
        .is_some_and(|rows| !rows.is_empty());
    if had {
        if said.is_none() {
            let text = text.to_owned();
            writer.remark(
                found.at,
                both!(
                    "評価項目「{text}」は評価データにないため、項目を記録しません",
                    "“{text}” is no criterion of the dossier; which one it is about is not recorded"
                ),
            );
        }
        return said;
    }
    let rows = writer.table.rows(&list);
    if let Some(no) = said.filter(|said| rows.iter().any(|row| no(row) == Some(*said))) {
        return Some(no);
    }
    let next = rows.iter().filter_map(no).max().unwrap_or(0).checked_add(1);
    let new = said.or(next)?;
    let place = writer.table.row_of_id(&list, &new.to_string());
    writer.set(place.child("label"), &label, found, label);
    if label != text {
        writer.set(place.child("printed"), &text, found, text);
    }
    Some(new)
}

/// The member that a cell names; one that the dossier lacks is added.
fn member_of(writer: &mut Writer<'_, '_>, found: &Found<'_>) -> Option<String> {
    let list = Place::from("members");
    let mark = found.head.member.clone().unwrap_or_else(|| MemberMark::Named(found.text.trim().to_owned()));
    let known: Vec<(String, String)> = (writer.table.rows(&list).iter())
        .filter_map(|row| {
            let name = row.get("name").and_then(|n| n.as_str()).unwrap_or_default();
            Some((row.get("id")?.as_str()?.to_owned(), name.to_owned()))
        })
        .collect();
    if let Some(id) = super::scores::matching(&mark, &known) {
        return Some(id);
    }
    if found.head.form != Form::Words {
        return None;
    }
    let wanted = match &mark {
        MemberMark::Number(n) => {
            Some(format!("M{n}")).filter(|id| !known.iter().any(|(known, _)| known == id))
        }
        MemberMark::Named(_) => None,
    };
    let row = match wanted {
        Some(id) => writer.table.row_of_id(&list, &id),
        None => writer.table.add_row(&list, "M"),
    };
    let name = found.text.trim();
    writer.set(row.child("name"), &name, found, name);
    row.steps().last().map(ToString::to_string)
}

fn write_comment(writer: &mut Writer<'_, '_>, list: &Place, row: &Row<'_>, kind: CommentKind) {
    let criterion = row.criterion.as_ref().and_then(|found| criterion_of(writer, found));
    let member = row.member.as_ref().and_then(|found| member_of(writer, found));
    let positive = json!(CommentKind::default());
    for text in bullets(&row.text.text) {
        let wanted = normal::key(&text);
        // One text under two criteria or of two members is two comments; where a list says neither, any will do.
        let fits = |known: &&Value| {
            let about = known.get("criterion").and_then(Value::as_u64);
            let whose = known.get("member").and_then(|m| m.as_str());
            known.get("text").and_then(|t| t.as_str()).is_some_and(|t| normal::key(t) == wanted)
                && known.get("kind").unwrap_or(&positive) == &json!(kind)
                && (criterion.is_none() || about.is_none() || about == criterion.map(u64::from))
                && (member.is_none() || whose.is_none() || whose == member.as_deref())
        };
        let found = writer.rows_like(list, "text", &text).into_iter().filter(fits).max_by_key(|known| {
            // The one that agrees in everything before one that only does not contradict.
            (
                known.get("criterion").is_some() == criterion.is_some(),
                known.get("member").is_some() == member.is_some(),
            )
        });
        let place = match found.and_then(|known| known.get("id")?.as_str()).map(|id| list.child(id)) {
            Some(place) => place,
            None => writer.table.add_row(list, "r"),
        };
        let known = writer.text(&place.child("text")).map_or(text.clone(), ToOwned::to_owned);
        writer.set(place.child("text"), &known, &row.text, known.clone());
        if kind != CommentKind::default() && writer.is_empty(&place.child("kind")) {
            use crate::locale::{Lang, Term};
            writer.set(place.child("kind"), &kind, &row.text, kind.term(Lang::Ja));
        }
        if let (Some(no), Some(found)) = (criterion, &row.criterion) {
            writer.set(place.child("criterion"), &no, found, no.to_string());
        }
        if let (Some(id), Some(found)) = (&member, &row.member) {
            writer.set(place.child("member"), id, found, id.clone());
        }
    }
}

fn write_consensus(writer: &mut Writer<'_, '_>, list: &Place, row: &Row<'_>) {
    let criterion = row.criterion.as_ref().and_then(|found| criterion_of(writer, found));
    let text = row.text.text.trim();
    let place = writer.table.row(list, "r", |known| {
        known.get("criterion").and_then(Value::as_u64) == criterion.map(u64::from)
            && (criterion.is_some()
                || known
                    .get("text")
                    .and_then(|t| t.as_str())
                    .is_some_and(|t| normal::key(t) == normal::key(text)))
    });
    writer.set_explanation(place.child("text"), text, &row.text);
    if let (Some(no), Some(found)) = (criterion, &row.criterion) {
        writer.set(place.child("criterion"), &no, found, no.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_told_apart_and_keep_their_paragraphs() {
        assert_eq!(bullets("・よい\n続き\n・もう一つ"), ["よい\n続き", "もう一つ"]);
        assert_eq!(bullets("印のない文"), ["印のない文"]);
    }
}
