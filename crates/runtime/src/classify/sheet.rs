//! A request's texts on one sheet, as classifiers see them, with the way back into its body.

use std::ops::Range;

use dialect::text::Texts;
use inspect::text::View;

use super::is_shown;

/// The longest sheet, in bytes, but for ends of lines: what is beyond is not shown.
const MOST: usize = 256 * 1024;

/// Texts, each in its own line.
pub(super) struct Sheet {
    pub(super) text: String,
    /// Where each text begins on the sheet, where its inside begins in the body, and the way back.
    places: Vec<(usize, usize, View<'static>)>,
}

impl Sheet {
    pub(super) fn of(texts: &Texts) -> Self {
        let mut sheet = Self {
            text: String::new(),
            places: Vec::new(),
        };
        for part in texts.parts.iter().filter(|it| is_shown(it.origin)) {
            let view = inspect::json::unquoted(texts.raw(part));
            let at = sheet.text.len();
            let room = MOST.saturating_sub(at);
            if room == 0 {
                break;
            }
            let end = view.text.floor_char_boundary(room);
            sheet
                .text
                .push_str(view.text.get(..end).unwrap_or_default());
            sheet.text.push('\n');
            sheet.places.push((at, part.span.start, view.into_owned()));
        }
        sheet
    }

    /// The place in the body of a place on the sheet; none where it lies in no single text.
    pub(super) fn source(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let after = self.places.partition_point(|(at, _, _)| *at <= span.start);
        let (at, from, view) = self.places.get(after.checked_sub(1)?)?;
        let inside = span.start.checked_sub(*at)?..span.end.checked_sub(*at)?;
        if inside.is_empty() || inside.end > view.text.len() {
            return None;
        }
        let source = view.source(inside);
        Some(from + source.start..from + source.end)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use dialect::text::{Origin, Part};

    use super::*;

    #[test]
    fn of_a_long_text_the_beginning_is_shown_and_nothing_behind_it() {
        let long = "é".repeat(MOST);
        let part = |span: Range<usize>| Part {
            span,
            origin: Origin::User,
            message: 0,
            key: false,
            bare: false,
        };
        let texts = Texts {
            parts: vec![part(0..3), part(3..long.len() + 3), part(0..3)],
            body: Bytes::from(format!("abc{long}")),
            ..Texts::default()
        };
        let sheet = Sheet::of(&texts);
        assert!(sheet.text.starts_with("abc\né"));
        assert!((MOST - 2..=MOST + 2).contains(&sheet.text.len()));
        assert_eq!(sheet.source(&(4..6)), Some(3..5));
    }

    #[test]
    fn places_on_the_sheet_lead_back_into_the_body() {
        let body = Bytes::from_static(br#"["you are a bank","I am \u0041nna","card 42"]"#);
        let part = |span: Range<usize>, origin| Part {
            span,
            origin,
            message: 0,
            key: false,
            bare: false,
        };
        let texts = Texts {
            parts: vec![
                part(2..16, Origin::System),
                part(19..33, Origin::User),
                part(36..43, Origin::Tool),
            ],
            body: body.clone(),
            ..Texts::default()
        };
        let sheet = Sheet::of(&texts);
        assert_eq!(sheet.text, "I am Anna\ncard 42\n");
        let back = |text: &str| {
            let at = sheet.text.find(text).unwrap();
            let place = sheet.source(&(at..at + text.len()))?;
            Some(String::from_utf8(body[place].to_vec()).unwrap())
        };
        assert_eq!(back("Anna").as_deref(), Some(r"\u0041nna"));
        assert_eq!(back("42").as_deref(), Some("42"));
        assert_eq!(back("Anna\ncard"), None, "it lies in two texts");
        assert_eq!(sheet.source(&(99..120)), None);
    }
}
