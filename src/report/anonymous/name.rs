//! Names as people write them into texts: in full, by family name, with or without a title, spaces or old forms of
//! characters.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// How a name was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In full, or with a title: hardly anything else.
    Sure,
    /// The family name alone: perhaps a place or a company.
    Perhaps,
}

/// A name, ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The whole name, folded, in the orders in which it is written.
    full: Vec<Vec<char>>,
    /// What may stand before a title.
    short: Vec<Vec<char>>,
    /// What may stand for the name alone.
    alone: Vec<Vec<char>>,
}

/// What follows a name in Japanese.
const TITLES: [&str; 24] = [
    "委員長代理",
    "委員長",
    "副委員長",
    "委員",
    "座長代理",
    "座長",
    "先生",
    "名誉教授",
    "特任教授",
    "准教授",
    "教授",
    "博士",
    "主査",
    "会長",
    "所長",
    "部長",
    "理事長",
    "理事",
    "社長",
    "氏",
    "様",
    "さん",
    "殿",
    "メンバー",
];

/// What precedes a name in Latin letters.
const LATIN_TITLES: [&str; 5] = ["dr.", "prof.", "professor", "mr.", "ms."];

/// The longest family name that is guessed at where a name is written without a space.
const LONGEST_FAMILY: usize = 3;

/// A character of a text, folded, with where it stands.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    c: char,
    at: Range<usize>,
    /// Whether something that is not read stands before it: a space, a line break.
    spaced: bool,
}

/// A text without spaces and invisible characters, with one form for each character.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut spaced = true;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || invisible(c) {
            spaced |= c.is_whitespace();
            continue;
        }
        let end = at + c.len_utf8();
        for c in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
            out.push(Folded { c: modern(c), at: at..end, spaced });
            spaced = false;
        }
    }
    out
}

fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The usual form of a character that names are also written with.
fn modern(c: char) -> char {
    match c {
        '髙' => '高',
        '﨑' | '嵜' | '碕' => '崎',
        '澤' => '沢',
        '邊' | '邉' => '辺',
        '齋' | '齊' | '斉' => '斎',
        '濵' | '濱' => '浜',
        '嶋' | '嶌' => '島',
        '廣' => '広',
        '國' => '国',
        '櫻' => '桜',
        '瀨' => '瀬',
        '德' => '徳',
        '惠' => '恵',
        '眞' => '真',
        '藏' => '蔵',
        '龍' => '竜',
        '壽' => '寿',
        '榮' => '栄',
        '實' => '実',
        '冨' => '富',
        '槇' => '槙',
        '淵' => '渕',
        '穗' => '穂',
        '曾' => '曽',
        '圓' => '円',
        '佛' => '仏',
        '禮' => '礼',
        '會' => '会',
        '黑' => '黒',
        '鐵' => '鉄',
        '藪' | '籔' => '薮',
        '檜' => '桧',
        '莊' => '荘',
        '澁' => '渋',
        '條' => '条',
        '兒' => '児',
        '關' => '関',
        '聰' => '聡',
        '晉' => '晋',
        '彥' => '彦',
        other => other,
    }
}

impl Name {
    /// A name as the list of members writes it; none where there is nothing to look for.
    pub(super) fn new(written: &str) -> Option<Self> {
        // A stand-in such as 委員1 is nobody's name.
        let stand_in = written
            .strip_prefix("委員")
            .is_some_and(|rest| rest.trim().chars().all(|c| c.is_numeric() || c.is_ascii_uppercase()));
        let parts: Vec<Vec<char>> = written
            .split([' ', '\u{3000}', '\u{a0}', '\t', '・', ',', '，'])
            .map(|part| fold(part).into_iter().map(|folded| folded.c).collect::<Vec<_>>())
            .filter(|part| !part.is_empty())
            .collect();
        let whole: Vec<char> = parts.concat();
        if stand_in || whole.len() < 2 {
            return None;
        }
        let latin = whole.iter().all(|c| !is_japanese(*c));
        let mut name = Self { full: vec![whole.clone()], short: Vec::new(), alone: Vec::new() };
        if parts.len() > 1 {
            let mut turned = parts[1..].concat();
            turned.extend(&parts[0]);
            if latin {
                name.full.push(turned);
                name.alone.extend(parts.iter().filter(|part| part.len() > 2).cloned());
            } else {
                name.short.push(parts[0].clone());
                if parts[0].len() > 1 {
                    name.alone.push(parts[0].clone());
                }
            }
        } else if !latin {
            name.short.extend((1..whole.len().min(LONGEST_FAMILY + 1)).map(|end| whole[..end].to_vec()));
        }
        Some(name)
    }

    /// Where the name is written in a folded text, as ranges of its characters; they may overlap.
    pub(super) fn find(&self, text: &[Folded]) -> Vec<(Range<usize>, Form)> {
        let mut found = Vec::new();
        for start in 0..text.len() {
            for full in self.full.iter().filter(|full| begins(text, start, full)) {
                let end = start + full.len();
                if !inside_a_latin_word(text, start, end) {
                    found.push((start..end + title(text, end).unwrap_or(0), Form::Sure));
                }
            }
            for short in self.short.iter().filter(|short| begins(text, start, short)) {
                let end = start + short.len();
                // 林 within 小林委員 is another's name.
                let another = short.len() == 1 && follows_kanji(text, start);
                if let Some(length) = title(text, end).filter(|_| !another) {
                    found.push((start..end + length, Form::Sure));
                }
            }
            for alone in self.alone.iter().filter(|alone| begins(text, start, alone)) {
                let end = start + alone.len();
                if is_japanese(alone[0]) {
                    let goes_on = text.get(end).is_some_and(|next| is_kanji(next.c) && !next.spaced);
                    if !follows_kanji(text, start) && !goes_on {
                        found.push((start..end, Form::Perhaps));
                    }
                } else if !inside_a_latin_word(text, start, end) {
                    let sure = LATIN_TITLES.iter().any(|title| ends_with(&text[..start], title));
                    found.push((start..end, if sure { Form::Sure } else { Form::Perhaps }));
                }
            }
        }
        found
    }
}

fn begins(text: &[Folded], start: usize, words: &[char]) -> bool {
    text.len() >= start + words.len() && text[start..].iter().zip(words).all(|(folded, c)| folded.c == *c)
}

fn ends_with(text: &[Folded], words: &str) -> bool {
    let words: Vec<char> = words.chars().collect();
    text.len() >= words.len() && begins(text, text.len() - words.len(), &words)
}

/// The length of the title that begins at `end`, the longest that does.
fn title(text: &[Folded], end: usize) -> Option<usize> {
    let lengths = TITLES.iter().filter_map(|title| {
        let words: Vec<char> = title.chars().collect();
        begins(text, end, &words).then_some(words.len())
    });
    lengths.max()
}

fn follows_kanji(text: &[Folded], start: usize) -> bool {
    start > 0 && !text[start].spaced && is_kanji(text[start - 1].c)
}

/// Whether letters go on before or after, without a space between.
fn inside_a_latin_word(text: &[Folded], start: usize, end: usize) -> bool {
    let letter = |c: char| c.is_alphabetic() && !is_japanese(c);
    let before = start > 0 && !text[start].spaced && letter(text[start].c) && letter(text[start - 1].c);
    let after = text.get(end).is_some_and(|next| !next.spaced && letter(next.c) && letter(text[end - 1].c));
    before || after
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

fn is_japanese(c: char) -> bool {
    is_kanji(c) || matches!(c, '\u{3040}'..='\u{30ff}')
}

/// The bytes of a text that a range of its folded characters stands for.
pub(super) fn bytes(text: &[Folded], range: &Range<usize>) -> Range<usize> {
    text[range.start].at.start..text[range.end - 1].at.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<(String, Form)> {
        let folded = fold(text);
        let mut hits = Name::new(name).map(|name| name.find(&folded)).unwrap_or_default();
        hits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        hits.into_iter().map(|(range, form)| (text[bytes(&folded, &range)].to_owned(), form)).collect()
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for (name, text, written, form) in [
            ("山田 太郎", "山田太郎の指摘", "山田太郎", Form::Sure),
            ("山田　太郎", "座長の山田 太郎氏は", "山田 太郎氏", Form::Sure),
            ("山田太郎", "山田　太郎　委員から", "山田　太郎　委員", Form::Sure),
            ("山田 太郎", "評価検討会山田委員", "山田委員", Form::Sure),
            ("山田太郎", "山田先生の", "山田先生", Form::Sure),
            ("山田 太郎", "山\n田太郎", "山\n田太郎", Form::Sure),
            ("高橋 花子", "髙橋委員", "髙橋委員", Form::Sure),
            ("山田 太郎", "、山田は、", "山田", Form::Perhaps),
            ("林 一", "林委員の", "林委員", Form::Sure),
            ("John Smith", "Prof. Smith said", "Smith", Form::Sure),
            ("John Smith", "SMITH, John", "SMITH, John", Form::Sure),
            ("ジョン・スミス", "ジョンスミス氏", "ジョンスミス氏", Form::Sure),
        ] {
            let hits = found(name, text);
            if text.starts_with("SMITH") {
                // The comma stands between; both halves are found.
                assert_eq!(hits.len(), 2, "{text}: {hits:?}");
                continue;
            }
            assert_eq!(hits.first(), Some(&(written.to_owned(), form)), "{name} in {text}: {hits:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_is_left_alone() {
        for (name, text) in [
            ("林 一", "小林委員"),
            ("林 一", "林業の振興"),
            ("山口 花", "山口県の企業"),
            ("田中 太郎", "山田中学校"),
            ("John Smith", "blacksmith"),
            ("委員3", "委員3の評点"),
            ("委員A", "委員Aの評点"),
            ("", "山田"),
        ] {
            assert_eq!(found(name, text), [], "{name} in {text}");
        }
    }
}
