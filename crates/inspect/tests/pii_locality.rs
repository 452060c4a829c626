//! What is found depends on little of what stands before: streams rely on it.

#[path = "pii_texts/mod.rs"]
mod texts;

use std::sync::Arc;

use inspect::stream::marker;
use inspect::{Act, Families, Family, Plan, Scanner, Stream, detector};
use proptest::prelude::*;

mod drawn;

const TEXTS: &[&str] = &[
    "card 4111 1111 1111 1111",
    "IBAN GB29 NWBK 6016 1331 9268 19,",
    "NHS number is 943 476 5919.",
    "call me at 4155552671",
    "+44 20 7946 0958",
    "Dear Mr. Ada Byron,",
    "passport number C01234567",
    "born on 14 March 1985,",
    "dob: 1985-03-14",
    "CPF 390.533.447-05",
    "AB 12 34 56 C",
    "SIN: 130 692 544",
    "ada@example.org",
    "192.0.2.17",
    "2001:db8::1",
    "RSSMRA85T10A562S",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "MRN 12345678",
    "MRN?",
    "\nbruno: ",
    "patente ",
    "90817263",
    "order no. 4539578763621486",
    "phone 555 0100, invoice 415-555-2671",
    "信用卡号4111111111111111，",
    "12345678-Z",
    "1 85 05 2A 004 001 58",
    "65 170839 J 008",
    "license plate AB51 ABC",
    "Kennzeichen ",
    "number plate?\n",
    "GM-424-WX",
    "34 ABC 1234",
    "Steuernummer 123/456/78901",
    "1EG4-TE5-MK73",
    "tax id",
    "social security",
    "1234",
    " 12/27 ",
    "\n",
    "- ",
    "The end. ",
    "é",
];

fn findings(text: &str) -> Vec<(u16, usize, usize, u8)> {
    let found = Scanner::builtin().scan(text, Families::of(&[Family::Pii]));
    let plain = found
        .iter()
        .map(|it| (it.rule.0, it.span.start, it.span.end, it.confidence));
    plain.collect()
}

/// The text with every finding replaced, as a whole.
fn redacted(text: &str) -> String {
    let scanner = Scanner::builtin();
    let mut out = String::new();
    let mut at = 0;
    for it in scanner.scan(text, Families::of(&[Family::Pii])) {
        let label = scanner.rule(it.rule).map_or("", |rule| &rule.label);
        out.push_str(text.get(at..it.span.start).unwrap_or_default());
        out.push_str(&marker(label));
        at = it.span.end;
    }
    out + text.get(at..).unwrap_or_default()
}

/// The same of a text that comes in pieces of these lengths, by turns.
fn streamed(text: &str, lengths: &[usize]) -> String {
    let scanner = Scanner::builtin();
    let plan = Plan {
        families: Families::of(&[Family::Pii]),
        acts: vec![(Act::Redact, 0); scanner.rules().count()],
        restore: None,
        leak: None,
    };
    let mut stream = Stream::new(scanner, Arc::new(plan));
    let mut out = String::new();
    let mut lengths = lengths.iter().cycle();
    let mut rest = text;
    while !rest.is_empty() {
        let mut long = lengths.next().copied().unwrap_or(1).min(rest.len());
        while !rest.is_char_boundary(long) {
            long += 1;
        }
        let (piece, behind) = rest.split_at(long);
        assert!(stream.push(piece, &mut out).is_ok());
        rest = behind;
    }
    assert!(stream.finish(&mut out).is_ok());
    out
}

proptest! {
    #![proptest_config(drawn::cases(300))]

    #[test]
    fn a_finding_stays_when_what_stands_far_before_it_is_cut(parts in prop::collection::vec(prop::sample::select(TEXTS), 1..30)) {
        let text = parts.join(" ");
        for (rule, start, end, sure) in findings(&text) {
            let mut cut = start.saturating_sub(detector::LEFT);
            while !text.is_char_boundary(cut) {
                cut += 1;
            }
            // What is cut within a run may make another run: only what is whole is compared.
            let before = text.get(..cut).unwrap_or_default();
            if before.ends_with(|it: char| it.is_alphanumeric()) {
                continue;
            }
            let rest = text.get(cut..).unwrap_or_default();
            let same = findings(rest).contains(&(rule, start - cut, end - cut, sure));
            prop_assert!(same, "{:?} in {rest:?}", rest.get(start - cut..end - cut));
        }
    }

    #[test]
    fn of_any_cut_the_same_is_redacted(
        parts in prop::collection::vec(prop::sample::select(TEXTS), 1..20),
        lengths in prop::collection::vec(1_usize..12, 1..6),
    ) {
        let text = parts.join(" ");
        prop_assert_eq!(streamed(&text, &lengths), redacted(&text));
    }

    #[test]
    fn nothing_panics_and_findings_are_cut_at_characters(text in "[0-9A-Za-z .,:/()+@_\\-éß年身份证\u{a0}\u{2011}]{0,200}") {
        for (_, start, end, sure) in findings(&text) {
            prop_assert!(text.get(start..end).is_some_and(|it| !it.is_empty()));
            prop_assert!((50..=100).contains(&sure));
        }
    }
}

#[test]
fn the_sample_texts_have_findings() {
    let all: usize = TEXTS.iter().map(|it| texts::found(it).len()).sum();
    assert!(all >= 20, "{all}");
}

#[test]
fn a_number_beneath_its_name_stays_one_whatever_follows_in_its_line() {
    let text = "patente  \n 12345678-Z dob: 1985-03-14 card 4111 1111 1111 1111";
    for length in 1..12 {
        assert_eq!(streamed(text, &[length]), redacted(text), "{length}");
    }
    assert!(redacted(text).contains("[REDACTED_DRIVERS_LICENSE] dob:"));
}
