//! Number plates of vehicles, behind their name: letters and digits, often in groups.

use std::ops::Range;

use crate::beneath::beneath;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rule.
pub(super) const RULES: &[Rule] = &[Rule::pii(
    "license_plate",
    "LICENSE_PLATE",
    78,
    "Four to ten capital letters and digits, in up to four groups, behind a word for a vehicle's plate.",
)];

/// What a plate is called.
pub(super) const BEGINS: &[&str] = &[
    "license plate",
    "licence plate",
    "license_plate",
    "licence_plate",
    "licenseplate",
    "number plate",
    "numberplate",
    "plate number",
    "plate_number",
    "plate no",
    "registration plate",
    "vehicle registration",
    "vehicle_registration",
    "vehicle reg",
    "car registration",
    "car reg",
    "kfz-kennzeichen",
    "kennzeichen",
    "plaque d'immatriculation",
    "immatriculation",
    "matrícula",
    "matricula del",
    "placa del",
    "targa ",
    "targa:",
    "kenteken",
    "numer rejestracyjny",
    "tablica rejestracyjna",
    "plaka",
    "rekisterinumero",
    "registreringsskylt",
    "госномер",
    "номерной знак",
];

/// How far behind the beginning of the name a plate ends at the latest, in bytes.
pub(super) const FARTHEST: usize = 72;

/// Words between the name and the plate, at most.
const BETWEEN: usize = 4;

/// What stands behind a number that is no plate: `1200 EUR`.
const UNITS: [&str; 11] = [
    "EUR", "USD", "GBP", "CHF", "TRY", "TL", "KM", "KG", "UTC", "AM", "PM",
];

/// What ends the sentence that the name stands in.
const ENDS: [char; 5] = ['\n', ';', '?', '!', '\r'];

/// Finds the plate behind the name.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(name) = hit else {
        return;
    };
    if look
        .char_before(name.start)
        .is_some_and(char::is_alphanumeric)
    {
        return;
    }
    // The last byte is what stands behind the plate.
    let text = look.after(name.start, FARTHEST - 1);
    let below = beneath(look, name.end, name.start + FARTHEST).map(|it| it - name.start);
    let mut at = below.unwrap_or(name.len());
    for _ in 0..=BETWEEN {
        let rest = text.get(at..).unwrap_or_default();
        let Some(skipped) = rest.find(char::is_alphanumeric) else {
            return;
        };
        let signs = rest.get(..skipped).unwrap_or_default();
        if below.is_none() && (signs.contains(ENDS) || signs.contains(". ")) {
            return;
        }
        let start = at + skipped;
        if let Some(len) = plate_at(text.get(start..).unwrap_or_default()) {
            let span = name.start + start..name.start + start + len;
            let whole = span.end < name.start + text.len() || span.end == look.text.len();
            if whole && is_apart(look, &span) {
                found.add(0, span);
            }
            return;
        }
        at = start + word_len(text.get(start..).unwrap_or_default());
    }
}

/// Where a plate may begin that isn't known at the end of the text; none when the sentence is over.
pub(super) fn begun(look: &Look<'_>, name: &Range<usize>) -> Option<usize> {
    let behind = look.after(name.end, FARTHEST.saturating_sub(name.len()));
    // A plate may stand beneath, alone or as the reply to who asked.
    let is_last = behind
        .trim_start_matches(['?', ':', '.', ' '])
        .starts_with(['\n', '\r']);
    (is_last || !behind.contains(ENDS)).then_some(name.end)
}

fn word_len(text: &str) -> usize {
    text.find(|it: char| !it.is_alphanumeric())
        .unwrap_or(text.len())
}

/// The length of the plate that a text begins with.
fn plate_at(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut best = None;
    let (mut letters, mut digits) = (0, 0);
    for place in 0..4 {
        let rest = text.get(at..)?;
        let gap = usize::from(place > 0 && rest.starts_with([' ', '-']));
        let Some(group) = group(rest.get(gap..)?) else {
            break;
        };
        let word = rest.get(gap..gap + group.end).unwrap_or_default();
        if place > 0 && (gap == 0 || group.end > 6 || UNITS.contains(&word)) {
            break;
        }
        letters += group.letters;
        digits += group.digits;
        at += gap + group.end;
        let long = letters + digits;
        if long > 10 {
            break;
        }
        // A single letter behind is a word: `AB51 ABC I saw`.
        let is_word = place > 0 && group.letters == 1 && group.digits == 0;
        if long >= 4 && letters > 0 && digits > 0 && letters <= 6 && !is_word {
            best = Some(at);
        }
    }
    best
}

/// Capital letters and digits, up to where something else stands.
struct Group {
    end: usize,
    letters: usize,
    digits: usize,
}

/// The group that a text begins with; none when small letters belong to it.
fn group(text: &str) -> Option<Group> {
    let end = word_len(text);
    let word = text.get(..end)?;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.chars().filter(|it| it.is_uppercase()).count();
    let all = word.chars().count();
    (all > 0 && all <= 10 && letters + digits == all).then_some(Group {
        end,
        letters,
        digits,
    })
}
