//! What stands where on the form: the same for writing it and for checking what came back.

use super::{IDENTITY, KEYS, VERSION, checksum};
use crate::locale::{Lang, Term, cell as cell_name};
use crate::model::{AnswerField, CommentKind, CriterionNo, Dossier, Round, Scale, ScoreCell, SubjectId};
use crate::round::{Form, FormSubject};
use crate::sheets::Address;
use crate::tr;

/// The form of one member.
pub(in crate::round) struct Layout {
    /// The sheets to read and fill in.
    pub(super) sheets: Vec<LaidSheet>,
    /// The hidden sheet: key and value.
    pub(super) identity: Vec<[String; 2]>,
    pub(in crate::round) checksum: String,
    pub(super) form: Form,
    pub(super) lang: Lang,
}

pub(super) struct LaidSheet {
    pub(super) name: String,
    pub(super) cells: Vec<LaidCell>,
    pub(super) entries: Vec<EntryCell>,
}

/// A cell that is not to be edited.
pub(super) struct LaidCell {
    pub(super) at: Address,
    pub(super) text: String,
    pub(super) style: Style,
}

/// A cell to fill in.
pub(super) struct EntryCell {
    pub(super) at: Address,
    pub(super) subject: SubjectId,
    pub(super) field: AnswerField,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Line,
    Small,
    Header,
    /// A subject's name across the columns.
    Band,
    Id,
    /// A criterion's name, its guidance beneath after a line break.
    Criterion,
    /// What cannot be filled in, and why.
    Closed,
}

/// The columns of the sheets to fill in.
pub(super) const SCORE_COLUMN: u32 = 3;
pub(super) const LAST_COLUMN: u32 = 5;

impl LaidSheet {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), cells: Vec::new(), entries: Vec::new() }
    }

    fn put(&mut self, row: u32, column: u32, style: Style, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.cells.push(LaidCell { at: Address::new(row, column), text, style });
        }
    }

    fn ask(&mut self, row: u32, column: u32, subject: &SubjectId, field: AnswerField) {
        self.entries.push(EntryCell { at: Address::new(row, column), subject: subject.clone(), field });
    }
}

impl Layout {
    /// The form of one member of a round; `given` is the digest of what it holds already.
    pub(in crate::round) fn of(
        dossier: &Dossier,
        round: &Round,
        form: &Form,
        (revision, given): (u32, &str),
        lang: Lang,
    ) -> Self {
        let name = dossier.member(&form.member).map(|member| member.name.clone()).unwrap_or_default();
        let name = if name.is_empty() { form.member.to_string() } else { name };
        let sheets = vec![
            instructions(dossier, round, form, &name, lang),
            scores(form, &name, lang),
            recommendations(form, &name, lang),
        ];
        let head = [
            VERSION.to_owned(),
            round.id.to_string(),
            round.frozen.as_ref().map(|frozen| frozen.hash.clone()).unwrap_or_default(),
            form.member.to_string(),
            revision.to_string(),
            given.to_owned(),
        ];
        let mut identity: Vec<[String; 2]> =
            KEYS.iter().zip(head).map(|(key, value)| [(*key).to_owned(), value]).collect();
        for sheet in &sheets {
            identity.push(["sheet".to_owned(), sheet.name.clone()]);
            let fixed = sheet.cells.iter().map(|cell| ["fixed".to_owned(), cell.at.to_string()]);
            identity.extend(fixed);
            let entries = sheet.entries.iter().map(|entry| {
                [entry.at.to_string(), format!("{} {}", field_code(entry.field), entry.subject)]
            });
            identity.extend(entries);
        }
        let fixed = sheets.iter().flat_map(|sheet| {
            sheet.cells.iter().map(|cell| (sheet.name.as_str(), cell.at, cell.text.clone()))
        });
        let checksum = checksum(&identity, fixed);
        identity.insert(KEYS.len() - 1, [KEYS[KEYS.len() - 1].to_owned(), checksum.clone()]);
        Self { sheets, identity, checksum, form: form.clone(), lang }
    }
}

/// A field as the hidden sheet writes it: `score 3`, `positive 3`, `issue 3`, `recommendation`.
fn field_code(field: AnswerField) -> String {
    match field {
        AnswerField::Score(no) => format!("score {no}"),
        AnswerField::Comment(no, CommentKind::Positive) => format!("positive {no}"),
        AnswerField::Comment(no, _) => format!("issue {no}"),
        AnswerField::Recommendation => "recommendation".to_owned(),
    }
}

/// Subject and field from the hidden sheet.
pub(super) fn field_of(code: &str) -> Option<(SubjectId, AnswerField)> {
    let (kind, rest) = code.split_once(' ')?;
    if kind == "recommendation" {
        return Some((rest.into(), AnswerField::Recommendation));
    }
    let (no, subject) = rest.split_once(' ')?;
    let no = CriterionNo(no.parse().ok()?);
    let field = match kind {
        "score" => AnswerField::Score(no),
        "positive" => AnswerField::Comment(no, CommentKind::Positive),
        "issue" => AnswerField::Comment(no, CommentKind::Issue),
        _ => return None,
    };
    Some((subject.into(), field))
}

/// The words that a drop-down offers: the scale's labels, lowest first, and 該当なし.
pub(super) fn choices(scale: &Scale, lang: Lang) -> Vec<String> {
    let mut steps: Vec<_> = scale.steps.iter().collect();
    steps.sort_by_key(|step| step.value);
    let labels = steps.into_iter().map(|step| step.label.clone());
    labels.chain([cell_name(ScoreCell::NotApplicable, lang).to_owned()]).collect()
}

fn instructions(dossier: &Dossier, round: &Round, form: &Form, name: &str, lang: Lang) -> LaidSheet {
    let mut sheet = LaidSheet::new(lang.t("記入要領", "Instructions"));
    let mut row = 0;
    let mut line = |sheet: &mut LaidSheet, style, text: String| {
        sheet.put(row, 0, style, text);
        row += 1;
    };
    line(&mut sheet, Style::Title, tr!(lang, "評価票　{name}", "Ballot: {name}"));
    line(&mut sheet, Style::Line, dossier.title().to_owned());
    line(&mut sheet, Style::Line, round.title.clone());
    if let Some(date) = round.deadline {
        line(&mut sheet, Style::Line, tr!(lang, "提出期限　{date}", "Due {date}"));
    }
    line(&mut sheet, Style::Line, String::new());
    for paragraph in round.instructions.lines() {
        line(&mut sheet, Style::Line, paragraph.to_owned());
    }
    let how = [
        lang.t(
            "1　「評点」の色の付いた欄に記入します。評点は一覧から選びます（数字の入力もできます）。",
            "1  Fill in the tinted cells of “Scores”. Choose a score from the list, or type it.",
        ),
        lang.t(
            "2　コメントは評価項目ごとに、肯定的意見と問題点・改善すべき点に分けて書きます。",
            "2  Write comments for each criterion, what is good and what is to be improved apart.",
        ),
        lang.t(
            "3　提言は「提言」に書きます。0 も評点です。該当しない項目は「該当なし」を選びます。",
            "3  Recommendations go to “Recommendations”. 0 is a score; choose “Not applicable” where a criterion does not apply.",
        ),
        lang.t(
            "4　行や列を足さず、保存してこのファイルを事務局へ送り返します。未記入の欄は、あとから送り直せます。",
            "4  Do not add rows or columns. Save, and send this file back. Blank cells can be sent later.",
        ),
    ];
    for text in how {
        line(&mut sheet, Style::Line, text.to_owned());
    }
    let scored = |asked: &&FormSubject| asked.criteria.iter().any(|criterion| criterion.scored);
    if let Some(asked) = form.subjects.iter().find(scored) {
        line(&mut sheet, Style::Line, String::new());
        line(&mut sheet, Style::Header, lang.t("評点の尺度", "The scale").to_owned());
        for step in &asked.scale.steps {
            line(&mut sheet, Style::Line, format!("{}　{}", step.label, step.meaning));
        }
        if asked.scale.to_be_confirmed {
            let text = lang.t("（評語は要確認）", "(meanings to be confirmed)");
            line(&mut sheet, Style::Small, text.to_owned());
        }
    }
    sheet
}

fn scores(form: &Form, name: &str, lang: Lang) -> LaidSheet {
    let mut sheet = LaidSheet::new(lang.t("評点", "Scores"));
    sheet.put(0, 0, Style::Title, tr!(lang, "評点とコメント　{name}", "Scores and comments: {name}"));
    let legend = form.subjects.iter().find(|asked| asked.criteria.iter().any(|c| c.scored));
    let legend = legend.map(|asked| {
        let steps = asked.scale.steps.iter().map(|step| format!("{} {}", step.label, step.meaning));
        steps.collect::<Vec<_>>().join(lang.t("　", "   "))
    });
    sheet.put(1, 0, Style::Small, legend.unwrap_or_default());
    let headers = [
        lang.t("課題", "Project"),
        "No.",
        lang.t("評価項目", "Criterion"),
        lang.t("評点", "Score"),
        CommentKind::Positive.term(lang),
        CommentKind::Issue.term(lang),
    ];
    for (column, header) in (0..).zip(headers) {
        sheet.put(HEADER_ROW, column, Style::Header, header);
    }
    let mut row = HEADER_ROW + 1;
    for asked in &form.subjects {
        sheet.put(row, 0, Style::Band, asked.title.clone());
        row += 1;
        for criterion in &asked.criteria {
            let short = if asked.id == SubjectId::programme() { "" } else { asked.id.as_str() };
            sheet.put(row, 0, Style::Id, short);
            sheet.put(row, 1, Style::Id, criterion.no.to_string());
            let label = [criterion.label.as_str(), criterion.guidance.as_str()];
            let label: Vec<_> = label.into_iter().filter(|text| !text.trim().is_empty()).collect();
            sheet.put(row, 2, Style::Criterion, label.join("\n"));
            if asked.recused.is_some() {
                for column in SCORE_COLUMN..=LAST_COLUMN {
                    let word =
                        if column == SCORE_COLUMN { cell_name(ScoreCell::Recused, lang) } else { "―" };
                    sheet.put(row, column, Style::Closed, word);
                }
            } else {
                if criterion.scored {
                    sheet.ask(row, SCORE_COLUMN, &asked.id, AnswerField::Score(criterion.no));
                } else {
                    sheet.put(row, SCORE_COLUMN, Style::Closed, "―");
                }
                for (column, kind) in [(4, CommentKind::Positive), (5, CommentKind::Issue)] {
                    sheet.ask(row, column, &asked.id, AnswerField::Comment(criterion.no, kind));
                }
            }
            row += 1;
        }
    }
    sheet
}

/// The row of the headings on the sheet of scores.
pub(super) const HEADER_ROW: u32 = 3;

fn recommendations(form: &Form, name: &str, lang: Lang) -> LaidSheet {
    let mut sheet = LaidSheet::new(lang.t("提言", "Recommendations"));
    sheet.put(0, 0, Style::Title, tr!(lang, "提言　{name}", "Recommendations: {name}"));
    sheet.put(2, 0, Style::Header, lang.t("課題", "Project"));
    sheet.put(2, 1, Style::Header, lang.t("提言", "Recommendation"));
    for (row, asked) in (3..).zip(&form.subjects) {
        sheet.put(row, 0, Style::Criterion, asked.title.clone());
        if asked.recused.is_some() {
            sheet.put(row, 1, Style::Closed, cell_name(ScoreCell::Recused, lang));
        } else {
            sheet.ask(row, 1, &asked.id, AnswerField::Recommendation);
        }
    }
    sheet
}

/// Whether a sheet is the hidden one.
pub(super) fn is_identity(name: &str) -> bool {
    name == IDENTITY
}
