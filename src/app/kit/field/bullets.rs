//! A list goes on by itself: Enter at the end of a line that begins with ・ begins the next one with it.

/// What begins a line of a list: white space, a mark, white space. None if `line` is no line of a list.
fn mark(line: &str) -> Option<&str> {
    let inner = line.trim_start();
    let indent = line.len() - inner.len();
    let first = inner.chars().next()?;
    let after = &inner[first.len_utf8()..];
    let spaces = after.len() - after.trim_start().len();
    let marks = match first {
        '・' | '•' | '●' | '○' | '◦' | '※' => true,
        // A dash that no space follows is a minus or a rule.
        '-' | '*' => spaces > 0,
        _ => false,
    };
    marks.then(|| &line[..indent + first.len_utf8() + spaces])
}

/// What Enter does in a line of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Begins another line of it with this.
    Goes(String),
    /// Ends it: this many characters before the caret go.
    Ends(usize),
}

/// What Enter does with the caret after `caret` characters of `text`; none where it only breaks the line.
pub(super) fn next(text: &str, caret: usize) -> Option<Next> {
    let at = text.char_indices().nth(caret).map_or(text.len(), |(byte, _)| byte);
    let (before, after) = text.split_at(at);
    let line = before.rsplit('\n').next()?;
    let mark = mark(line)?;
    let is_empty = line == mark && after.split('\n').next().is_none_or(|rest| rest.trim().is_empty());
    Some(if is_empty { Next::Ends(mark.chars().count()) } else { Next::Goes(mark.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_end(text: &str) -> Option<Next> {
        next(text, text.chars().count())
    }

    #[test]
    fn a_line_of_a_list_is_followed_by_another() {
        assert_eq!(at_end("以下のとおり。\n・一"), Some(Next::Goes("・".into())));
        assert_eq!(at_end("　・ 一"), Some(Next::Goes("　・ ".into())));
        assert_eq!(at_end("- one"), Some(Next::Goes("- ".into())));
        assert_eq!(next("・一二", 2), Some(Next::Goes("・".into())));
    }

    #[test]
    fn an_empty_line_ends_the_list() {
        assert_eq!(at_end("・一\n・"), Some(Next::Ends(1)));
        assert_eq!(at_end("  - "), Some(Next::Ends(4)));
    }

    #[test]
    fn other_lines_only_break() {
        for text in ["", "一", "-5 %", "A・B", "・一\n二"] {
            assert_eq!(at_end(text), None, "{text}");
        }
        // Before the mark there is no list yet.
        assert_eq!(next("・一", 0), None);
    }
}
