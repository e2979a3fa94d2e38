//! How long a text is, as Japanese forms count it.

use unicode_normalization::UnicodeNormalization;

/// How many characters a text has; white space and line breaks are not counted.
pub fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The limit that instructions state (「各コメントは400字以内」, "within 400 characters"), in characters; the first one.
pub fn stated_limit(instructions: &str) -> Option<usize> {
    let folded: String = instructions.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let folded = folded.to_lowercase();
    let mut rest = folded.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = &rest[..at];
        let number = &rest[at..];
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let after = &number[end..];
        let japanese = after.strip_prefix("文字").or_else(|| after.strip_prefix('字'));
        let is_limit = japanese.is_some_and(|after| {
            ["以内", "以下", "まで", "を上限", "を超えない"].iter().any(|words| after.starts_with(words))
        });
        let in_english = after.starts_with("characters")
            && (["within", "upto", "atmost", "nomorethan"].iter().any(|words| before.ends_with(words))
                || after.starts_with("charactersorfewer"));
        if is_limit || in_english {
            return number[..end].parse().ok().filter(|limit| *limit > 0);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_not_counted() {
        assert_eq!(characters("一　二\n 三。"), 4);
        assert_eq!(characters(""), 0);
    }

    #[test]
    fn a_limit_is_read_where_one_is_stated() {
        for (instructions, limit) in [
            ("各コメントは４００字以内でお書きください。", Some(400)),
            ("2022年11月30日までに、1,000 文字以下で", Some(1000)),
            ("理由は200字程度", None),
            ("within 300 characters", Some(300)),
            ("5 名の委員にお願いします。", None),
            ("0字以内", None),
            ("99999999999999999999999字以内", None),
            ("", None),
        ] {
            assert_eq!(stated_limit(instructions), limit, "{instructions}");
        }
    }
}
