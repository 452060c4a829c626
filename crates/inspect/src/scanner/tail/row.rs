//! Rows of single letters at the end of a text.

/// A row of single letters that is longer is read piece by piece.
const LONGEST_ROW: usize = 64;

/// Where a row of single letters begins that reaches to the end of `text`: `i g n`.
pub(super) fn row(text: &str, from: usize) -> usize {
    let mut letters = text
        .get(from..)
        .unwrap_or_default()
        .chars()
        .rev()
        .peekable();
    let (mut at, mut start) = (text.len(), text.len());
    let mut sign = None;
    let mut pass = |it: char| {
        at -= it.len_utf8();
        at
    };
    if let Some(it) = letters.next_if(|it| !it.is_alphanumeric()) {
        sign = Some(it);
        pass(it);
    }
    for _ in 0..=LONGEST_ROW {
        let Some(letter) = letters.next_if(|it| it.is_alphanumeric()) else {
            break;
        };
        let place = pass(letter);
        if letters.peek().is_some_and(|it| it.is_alphanumeric()) {
            break;
        }
        start = place;
        let Some(it) = letters.next_if(|it| sign.is_none_or(|sign| sign == *it)) else {
            break;
        };
        pass(it);
        sign = Some(it);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_single_letters_is_seen_while_it_goes_on() {
        for (text, start) in [
            ("so i g n", 3),
            ("so i g n ", 3),
            ("so i", 3),
            ("so i.g.", 3),
            ("so i g no", 9),
            ("so i,g n", 5),
            ("so  ", 4),
            ("so", 2),
            ("", 0),
        ] {
            assert_eq!(row(text, 0), start, "{text}");
        }
    }
}
