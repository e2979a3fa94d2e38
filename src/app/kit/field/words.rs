//! Where a word ends when a text has no spaces.
//!
//! egui takes a run of Japanese for one word, so Ctrl+Backspace would delete a whole sentence. Here a run of one
//! script is a word.

/// What kind of writing a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Space,
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Mark,
}

fn script(c: char) -> Script {
    match c {
        _ if c.is_whitespace() => Script::Space,
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A0}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Katakana,
        '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::Kanji,
        _ if c.is_alphanumeric() || c == '_' => Script::Latin,
        _ => Script::Mark,
    }
}

/// How many of `characters`, taken in order away from the caret, make up the next word: white space first, if there
/// is any, then one run of one script.
pub(super) fn length(characters: impl IntoIterator<Item = char>) -> usize {
    let mut run = None;
    let mut count = 0;
    for c in characters {
        let this = script(c);
        match run {
            None if this == Script::Space => {}
            None => run = Some(this),
            Some(kind) if kind == this => {}
            Some(_) => break,
        }
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(text: &str) -> usize {
        length(text.chars().rev())
    }

    #[test]
    fn a_run_of_one_script_is_a_word() {
        assert_eq!(before("創薬支援基盤を開発する"), 2);
        assert_eq!(before("創薬支援基盤を開発"), 2);
        assert_eq!(before("創薬支援基盤"), 6);
        assert_eq!(before("ヒト細胞アトラス"), 4);
        assert_eq!(before("第2期iPS"), 3);
        assert_eq!(before("以上。"), 1);
        assert_eq!(before("two words  "), 7);
        assert_eq!(before(""), 0);
    }

    #[test]
    fn prolonged_sounds_and_repeats_stay_in_their_word() {
        assert_eq!(before("データ"), 3);
        assert_eq!(before("佐々木"), 3);
        assert_eq!(length("々に".chars()), 1);
    }
}
