//! What a heading, a label or any other text of a table says: which concept, which year, which unit, whose.

use super::super::normal::{self, Folded};
use super::words::{self, Concept};
use crate::model::{Certainty, Figure, FiscalYear, MentionedYear, Quantity, TargetKind, Unit, YearForm};

/// What a text is made of, before anyone asks what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// Nothing.
    #[default]
    Blank,
    /// A dash alone.
    Dash,
    /// A number, with or without unit and note; zero is one.
    Number,
    /// A year, and nothing but a qualifier beside it.
    Year,
    /// A unit alone.
    Unit,
    /// Anything else.
    Words,
}

/// Whose column or row it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MemberMark {
    /// The n-th member.
    Number(usize),
    /// A member of that name, as found.
    Named(String),
}

/// A text as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Head {
    /// What it is made of.
    pub form: Form,
    /// What it may speak of.
    pub concepts: Vec<Concept>,
    /// The year that it names; the last one if there are several.
    pub year: Option<MentionedYear>,
    /// How many years it names.
    pub years: usize,
    /// Whether the year is a number alone, which may be something else.
    pub plain_year: bool,
    /// 中間目標 or 最終目標, if it says so.
    pub kind: TargetKind,
    /// （予定）, if it says so.
    pub certainty: Certainty,
    /// The unit that it states.
    pub measure: Option<normal::Measure>,
    /// Whose it is.
    pub member: Option<MemberMark>,
    /// The first and the last year, if it names several years and nothing else: 令和3・4年度.
    pub span: Option<(MentionedYear, MentionedYear)>,
    /// The text, folded, without number, years, units and qualifiers.
    pub core: String,
}

/// A longer text is prose, and neither a heading nor a figure. Bytes.
const LONGEST: usize = 900;

/// Words for the kinds of targets, folded.
const KINDS: [(&str, TargetKind); 18] = [
    ("中間目標値", TargetKind::Interim),
    ("中間目標", TargetKind::Interim),
    ("中間時目標", TargetKind::Interim),
    ("中間評価時目標", TargetKind::Interim),
    ("中間評価時", TargetKind::Interim),
    ("中間", TargetKind::Interim),
    ("最終目標値", TargetKind::Final),
    ("最終目標", TargetKind::Final),
    ("最終年度目標", TargetKind::Final),
    ("終了時目標", TargetKind::Final),
    ("最終", TargetKind::Final),
    ("終了時", TargetKind::Final),
    ("推移", TargetKind::Trend),
    ("経年", TargetKind::Trend),
    ("見込値", TargetKind::Expected),
    ("見込", TargetKind::Expected),
    ("見込み", TargetKind::Expected),
    ("見込み値", TargetKind::Expected),
];

/// Words in brackets behind a year that say how firm it is, or nothing of it.
const QUALIFIERS: [(&str, Certainty); 15] = [
    ("予定", Certainty::Planned),
    ("見込み", Certainty::Planned),
    ("見込", Certainty::Planned),
    ("計画", Certainty::Planned),
    ("予算案", Certainty::Planned),
    ("要求", Certainty::Planned),
    ("要求額", Certainty::Planned),
    ("案", Certainty::Planned),
    ("予測", Certainty::Planned),
    ("見通し", Certainty::Planned),
    ("推計", Certainty::Planned),
    ("未確定", Certainty::Undetermined),
    ("実績", Certainty::Settled),
    ("決算", Certainty::Settled),
    ("確定", Certainty::Settled),
];

impl Head {
    /// Reads a text.
    pub fn read(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self { form: Form::Words, ..Self::default() };
        }
        let folded = Folded::new(text);
        let named = name_years(&folded.text);
        let all = named.as_str();
        if all.is_empty() {
            return Self::default();
        }
        if all.chars().all(|c| normal::is_dash(c) || c == 'ー') {
            return Self { form: Form::Dash, ..Self::default() };
        }
        if let Some(span) = normal::span(all) {
            return Self {
                span: Some(span),
                form: Form::Words,
                concepts: vec![Concept::Year],
                ..Self::default()
            };
        }
        let mut head = Self { member: member(text, all), ..Self::default() };
        let mentions = FiscalYear::mentions(all);
        let mut rest = all.to_owned();
        for mention in mentions.iter().rev() {
            rest.replace_range(mention.start..mention.end, "");
        }
        if mentions.len() > 1 {
            // 2019(R1)年度 and 平成31年(令和元年)度
            rest = ["()年度", "()度", "()年", "()"].iter().fold(rest, |rest, word| rest.replace(word, ""));
        }
        head.years = mentions.len();
        if let Some(last) = mentions.last() {
            head.year = Some(last.year);
            // Of two notations of one year the one that names it holds.
            if let Some(known) = mentions.iter().rev().find(|m| matches!(m.year, MentionedYear::Known(_))) {
                head.year = Some(known.year);
            }
            head.plain_year = mentions.iter().all(|m| m.form == YearForm::Plain) && all.len() == 4;
        }
        // 2022(予定) is a year above a column, and a figure within one.
        if let Some((digits, aside)) = all.split_once('(')
            && digits.len() == 4
            && QUALIFIERS.iter().any(|(word, _)| aside.strip_suffix(')') == Some(word))
            && let Some(year) = FiscalYear::read(digits)
        {
            (head.year, head.years, head.plain_year) = (Some(MentionedYear::Known(year)), 1, true);
            rest.replace_range(..digits.len(), "");
        }
        let unit_alone = normal::whole(all);
        head.measure = unit_alone.clone().or_else(|| normal::stated(all));
        let numbered = normal::numbered(&rest).map(|numbered| normal::key(numbered.rest));
        let body = numbered.filter(|body| !body.is_empty()).unwrap_or_else(|| rest.clone());
        let pieces = pieces(&body);
        for piece in &pieces {
            head.add(piece);
        }
        let outside: Vec<&str> = pieces.iter().filter(|piece| !is_aside(piece)).map(String::as_str).collect();
        head.core = outside.concat();
        head.add(&head.core.clone());
        head.add(&pieces.concat());
        head.form = if unit_alone.is_some() {
            Form::Unit
        } else if head.year.is_some() && head.core.is_empty() {
            Form::Year
        } else if is_figure(text) && !is_title(text) {
            Form::Number
        } else if Quantity::read(text, &Unit::default()).figure == Figure::Dash {
            // － with a note
            Form::Dash
        } else {
            Form::Words
        };
        head
    }

    /// Notes what a folded piece of the text stands for.
    fn add(&mut self, piece: &str) {
        for concept in words::concepts(piece) {
            if !self.concepts.contains(concept) {
                self.concepts.push(*concept);
            }
        }
        if let Some((_, kind)) = KINDS.iter().find(|(word, _)| *word == piece)
            && self.kind == TargetKind::Unstated
        {
            self.kind = *kind;
        }
        if let Some((_, certainty)) = QUALIFIERS.iter().find(|(word, _)| *word == piece)
            && *certainty != Certainty::Settled
        {
            self.certainty = *certainty;
        }
    }

    /// Whether it may speak of the concept.
    pub fn is(&self, concept: Concept) -> bool {
        self.concepts.contains(&concept)
    }

    /// Whether it may speak of any of the concepts.
    pub fn is_any(&self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|concept| self.is(*concept))
    }

    /// Whether it names exactly one year, in a column or row that is that year's.
    pub fn is_year(&self) -> bool {
        self.form == Form::Year
    }

    /// Whether it is a word that heads values of an indicator or a table, and so names nothing itself.
    pub fn is_heading_word(&self) -> bool {
        self.form == Form::Words
            && self.is_any(&[
                Concept::Target,
                Concept::Actual,
                Concept::TargetKind,
                Concept::TargetYear,
                Concept::Unit,
                Concept::Year,
                Concept::Outlook,
                Concept::Supplement,
                Concept::No,
                Concept::Item,
                Concept::Indicator,
                Concept::Amount,
            ])
    }

    /// A figure, a dash or nothing: what stands in a column of figures.
    pub fn is_figure_like(&self) -> bool {
        matches!(self.form, Form::Number | Form::Dash | Form::Blank) || self.plain_year
    }

    /// What it says together with a heading below it.
    pub fn under(&self, below: &Self) -> Self {
        let mut joined = below.clone();
        for concept in &self.concepts {
            if !joined.is(*concept) {
                joined.concepts.push(*concept);
            }
        }
        joined.year = joined.year.or(self.year);
        joined.years = joined.years.max(self.years);
        if joined.kind == TargetKind::Unstated {
            joined.kind = self.kind;
        }
        if joined.certainty == Certainty::Settled {
            joined.certainty = self.certainty;
        }
        joined.measure = joined.measure.or_else(|| self.measure.clone());
        joined.member = joined.member.or_else(|| self.member.clone());
        joined.span = joined.span.or(self.span);
        joined.core = format!("{}{}", self.core, below.core);
        for concept in words::concepts(&joined.core) {
            if !joined.is(*concept) {
                joined.concepts.push(*concept);
            }
        }
        joined
    }
}

/// A folded text in which the year behind the kind of a target is told to be one: 中間目標(2020).
pub(super) fn name_years(folded: &str) -> String {
    let Some((before, rest)) = folded.split_once('(') else { return folded.to_owned() };
    match rest.split_once(')') {
        Some((year, behind))
            if is_kind_word(before) && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("{before}({year}年度){behind}")
        }
        _ => folded.to_owned(),
    }
}

/// Whether a folded text is a word for a kind of target and nothing else.
pub(super) fn is_kind_word(folded: &str) -> bool {
    KINDS
        .iter()
        .any(|(word, _)| *word == folded || folded.strip_suffix("目標").is_some_and(|rest| rest == *word))
}

/// The parts of a folded text outside and inside brackets, and around slashes.
fn pieces(text: &str) -> Vec<String> {
    text.split(['(', ')'])
        .map(|piece| piece.trim_matches(['.', ':', '、', '※', '*', '・']).to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Whether a piece adds nothing to what the text names: a unit, a qualifier, a mark.
fn is_aside(piece: &str) -> bool {
    QUALIFIERS.iter().any(|(word, _)| *word == piece)
        || normal::whole(piece).is_some()
        || piece.starts_with("単位")
        || piece.chars().all(|c| c.is_ascii_punctuation() || c == '注')
        || (piece.starts_with('注') && piece.len() <= "注".len() + 2)
}

/// Whether what looks like a figure is a title with its number: 7．アウトカム.
fn is_title(text: &str) -> bool {
    normal::numbered(text).is_some_and(|numbered| {
        numbered.rest.chars().count() > 2
            && numbered.rest.starts_with(char::is_alphabetic)
            && normal::whole(numbered.rest).is_none()
    })
}

/// Whether the text is a figure, with whatever unit or note.
fn is_figure(text: &str) -> bool {
    let quantity = Quantity::read(text, &Unit::default());
    if quantity.value().is_none() && !matches!(quantity.figure, Figure::Range(..)) {
        return false;
    }
    // 2016年度以前 is no number of years.
    if quantity.unit.as_str().starts_with("年度") {
        return false;
    }
    // 「2019年に5」 would be a number of an odd unit; a unit is short.
    quantity.unit.as_str().chars().count() <= 6
}

/// 委員1, A委員, 山田委員, 座長, M3; not 各委員 or 委員会.
fn member(found: &str, folded: &str) -> Option<MemberMark> {
    if ["各委員", "委員会", "委員別", "全委員", "委員名", "委員の", "委員長"]
        .iter()
        .any(|word| folded.contains(word))
    {
        return None;
    }
    let number = |text: &str| text.parse::<usize>().ok().filter(|n| (1..=99).contains(n));
    if let Some(n) = folded.strip_prefix('m').and_then(number) {
        return Some(MemberMark::Number(n));
    }
    let rest = ["評価委員", "委員", "評価者"].into_iter().find_map(|word| {
        folded
            .strip_prefix(word)
            .or_else(|| folded.strip_suffix(word))
            .map(|rest| rest.trim_matches(['(', ')', '第']))
    });
    match rest {
        Some("") => None,
        Some(rest) => {
            Some(number(rest).map_or_else(|| MemberMark::Named(found.trim().to_owned()), MemberMark::Number))
        }
        None if folded == "座長" || folded.starts_with("座長(") => {
            Some(MemberMark::Named(found.trim().to_owned()))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_they_are_about() {
        let year = |year| Some(MentionedYear::Known(FiscalYear::new(year)));
        let head = Head::read("2022FY\n（予定）");
        assert_eq!((head.form, head.year, head.certainty), (Form::Year, year(2022), Certainty::Planned));
        let head = Head::read("中間目標\n（2019年度）");
        assert_eq!((head.kind, head.year, head.form), (TargetKind::Interim, year(2019), Form::Words));
        assert_eq!(Head::read("2018\n年度").form, Form::Year);
        assert_eq!(Head::read("R3").year, year(2021));
        assert_eq!(Head::read("5年度").year, Some(MentionedYear::Bare(5)));
        assert!(Head::read("2021").plain_year && Head::read("2021").form == Form::Year);
        for text in ["2019(R1)年度", "平成31／令和元年度", "平成31年(令和元年)度", "2019/R1年度"]
        {
            let head = Head::read(text);
            assert_eq!((head.form, head.year, head.span), (Form::Year, year(2019), None), "{text}");
        }
        let head = Head::read("令和３／４年度");
        assert_eq!((head.form, head.year, head.span), (Form::Words, None, year(2021).zip(year(2022))));
        let head = Head::read("契約額（百万円）");
        assert!(head.is(Concept::Contract));
        assert_eq!(head.measure.unwrap().unit, Unit::MillionYen);
        assert!(Head::read("１．評価項目").is(Concept::Criterion));
        assert!(Head::read("評点（平均）").is(Concept::Mean));
        assert!(Head::read("目標達成\nの見込み").is(Concept::Outlook));
        let head = Head::read("2019年度実績");
        assert!(head.is(Concept::Actual) && head.year == year(2019));
    }

    #[test]
    fn forms_are_told_apart() {
        for (text, form) in [
            ("", Form::Blank),
            ("－", Form::Dash),
            ("297\n（委託）", Form::Number),
            ("7.5億円", Form::Number),
            ("5 件", Form::Number),
            ("▲12", Form::Number),
            ("0", Form::Number),
            ("百万円", Form::Unit),
            ("令和3年度", Form::Year),
            ("未確定", Form::Words),
            ("７．アウトカム（A）", Form::Words),
            ("2022年末時点で20件", Form::Words),
            ("2030年（予測）", Form::Year),
            ("2016年度以前", Form::Words),
            ("－（※）", Form::Dash),
        ] {
            assert_eq!(Head::read(text).form, form, "{text}");
        }
    }

    #[test]
    fn members_are_named_or_numbered() {
        assert_eq!(Head::read("委員３").member, Some(MemberMark::Number(3)));
        assert_eq!(Head::read("委員①").member, Some(MemberMark::Number(1)));
        assert_eq!(Head::read("M2").member, Some(MemberMark::Number(2)));
        assert_eq!(Head::read("山田委員").member, Some(MemberMark::Named("山田委員".into())));
        for none in ["各委員の評価", "評価検討会委員会", "委員", "研究員"] {
            assert_eq!(Head::read(none).member, None, "{none}");
        }
    }
}
