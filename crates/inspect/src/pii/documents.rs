//! Numbers of documents that only their name tells: passports, driving licences, cards with
//! letters and digits.

use std::ops::Range;

use super::checks::{byte, travel};
use crate::beneath::beneath;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// A document: what it is called, and what its number is like.
#[derive(Debug)]
pub(super) struct Document {
    /// Letters and digits: the fewest and the most.
    long: (usize, usize),
    /// Digits at least.
    digits: usize,
    /// What else must hold, of letters (upper case) and digits.
    check: fn(&[u8]) -> bool,
}

/// Words between the name and the number, at most.
const BETWEEN: usize = 5;

/// How far behind the name's beginning all is decided, in bytes.
pub(super) const FARTHEST: usize = 84;

/// Words that say that what follows is something else.
const ELSE: &[&str] = &[
    "order",
    "invoice",
    "expires",
    "expiry",
    "expired",
    "expiration",
    "valid",
    "until",
    "issued",
    "fee",
    "cost",
    "costs",
    "page",
    "form",
    "photo",
    "photos",
    "renewal",
    "office",
    "since",
    "phone",
    "tel",
    "version",
    "born",
    "dob",
    "date",
    "and",
    "or",
    "ticket",
    "tracking",
    "case",
    "room",
    "gate",
    "flight",
    "class",
    "section",
    "requires",
    "price",
    "plate",
    "g\u{fc}ltig",
    "expire",
    "valable",
];

macro_rules! documents {
    ($($name:ident, $rules:ident, $begins:ident, $look:ident: $id:literal, $label:literal, $sure:literal, $document:expr, $about:literal, [$($word:literal),* $(,)?];)*) => {
        $(
            /// The rule.
            pub(super) const $rules: &[Rule] = &[Rule::pii($id, $label, $sure, $about)];
            /// What it is called.
            pub(super) const $begins: &[&str] = &[$($word),*];
            const $name: Document = $document;
            /// Finds its number behind its name.
            pub(super) fn $look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
                behind(&$name, look, hit, found);
            }
        )*
    };
}

documents! {
    PASSPORT, PASSPORT_RULES, PASSPORT_BEGINS, passport: "passport", "PASSPORT_NUMBER", 82,
        Document { long: (6, 10), digits: 1, check: passport_like },
        "Six to ten letters and digits behind a word for passport.",
        ["passport", "passeport", "reisepass", "pasaporte", "passaporto", "passaporte", "paspoort", "paszport", "passnummer", "pasaport", "cestovn\u{ed} pas", "ausweisnr", "passnr", "pasport"];
    LICENCE, LICENCE_RULES, LICENCE_BEGINS, licence: "drivers_license", "DRIVERS_LICENSE", 80,
        Document { long: (5, 18), digits: 4, check: no_patent },
        "Five to eighteen letters and digits behind a word for a driving licence.",
        ["driver's lic", "drivers lic", "driver lic", "driver\u{2019}s lic", "driving lic",
        "driving_lic",
        "drivinglic",
        "patente_di_guida",
        "permis_de_conduire",
        "licencia_de_conducir",
        "permiso_de_conducir",
        "prawo_jazdy", "driver_lic", "drivers_lic", "driverlic", "driverslic", "driver-lic", "dl no", "dl number",
        "dl_number",
        "dl_no",
        "dlnumber", "dl#", "dl #", "dl:", "hrerschein",
         "permis de conduire", "permiso de conducir", "licencia de conducir", "patente di guida", "carta de condu", "carteira de habilita", "cnh:", "cnh ", "rijbewijs", "prawo jazdy", "prawa jazdy", "rkort", "ajokort", "ehliyet",
         "patente ", "patente:", "patente=", "patente\"", "patente'", "patente,", "patente;", "patente|", "patente>", "patente?", "patente\t",
         "idi\u{10d}sk\u{fd} pr\u{16f}kaz", "permis auto"];
    MRN, MRN_RULES, MRN_BEGINS, mrn: "mrn", "MEDICAL_RECORD_NUMBER", 88,
        Document { long: (4, 14), digits: 4, check: mostly_digits },
        "Four to twelve digits behind a word for a patient's record.",
        ["mrn", "medical record", "medical_record", "medicalrecord", "patient id", "patient_id", "patientid", "patient number", "patient no", "patient record", "health record", "chart number", "chart no", "hospital number", "patientennummer", "patienten-id", "patientennr",
         "num\u{e9}ro de dossier", "historia cl", "cartella clinica", "pati\u{eb}ntnummer", "numer pacjenta"];
    MBI, MBI_RULES, MBI_BEGINS, medicare: "us_mbi", "US_MBI", 93,
        Document { long: (11, 11), digits: 4, check: mbi },
        "A US Medicare beneficiary identifier: eleven characters, each of the kind that its place demands, behind its name.",
        ["medicare", "mbi"];
    CARD, CARD_RULES, CARD_BEGINS, identity_card: "de_id_card", "DE_ID_CARD", 88,
        Document { long: (9, 10), digits: 1, check: german_card },
        "The number of a German identity card behind its name, with its check digit when it is there.",
        ["personalausweis", "ausweisnummer", "ausweis-nr", "ausweisnr", "ausweis nr", "perso-nr", "german id card"];
}

/// Two digits at least; one among letters that such numbers have and words can't be made of.
fn passport_like(text: &[u8]) -> bool {
    let digits = text.iter().filter(|it| it.is_ascii_digit()).count();
    digits > 1 || text.len() == 9 && text.iter().all(|it| is_travel(*it))
}

/// True for characters of German documents: vowels and letters that look like digits aren't used.
fn is_travel(it: u8) -> bool {
    it.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(&it)
}

/// `Patente EP1234567` is a patent.
fn no_patent(text: &[u8]) -> bool {
    let is_office = [b"EP", b"US", b"WO"].iter().any(|it| text.starts_with(*it));
    !is_office || text.iter().skip(2).any(|it| !it.is_ascii_digit())
}

fn mostly_digits(text: &[u8]) -> bool {
    let letters = text.iter().filter(|it| it.is_ascii_alphabetic()).count();
    letters <= 3 && text.len() - letters <= 12
}

/// Letters leave out S, L, O, I, B, Z; the first digit is no 0.
fn mbi(text: &[u8]) -> bool {
    let digit = |it: u8| it.is_ascii_digit();
    let letter = |it: u8| it.is_ascii_uppercase() && !b"SLOIBZ".contains(&it);
    let kinds = b"9AX9AX9AA99";
    byte(text, 0) != b'0'
        && kinds.iter().zip(text).all(|(kind, it)| match kind {
            b'9' => digit(*it),
            b'A' => letter(*it),
            _ => digit(*it) || letter(*it),
        })
}

fn german_card(text: &[u8]) -> bool {
    let known = text.iter().all(|it| is_travel(*it));
    let digits = text.iter().filter(|it| it.is_ascii_digit()).count();
    known
        && byte(text, 0).is_ascii_uppercase()
        && if text.len() == 9 {
            digits > 2
        } else {
            travel(text)
        }
}

/// The number behind a name.
fn behind(document: &Document, look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(name) = hit else {
        return;
    };
    // Short names must be words of their own: `mrn`, `dl:`, `mbi`.
    let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let inside = letter(look.char_before(name.start)) || letter(look.char_at(name.end));
    if name.len() < 6 && inside {
        return;
    }
    let text = look.after(name.start, FARTHEST);
    let mut at = name.len();
    // A full stop ends the sentence, but for that of `No.`.
    let mut short = false;
    for _ in 0..=BETWEEN {
        let rest = text.get(at..).unwrap_or_default();
        let Some(skipped) = rest.find(char::is_alphanumeric) else {
            return;
        };
        let signs = rest.get(..skipped).unwrap_or_default();
        // `I typed the passport number. It should be …`
        let same = rest.get(skipped..).is_some_and(|it| it.starts_with("It "));
        let ends = signs.contains(['?', '!']) || signs.contains("\n\n");
        let below = beneath(look, name.start + at, name.start + FARTHEST);
        if (ends && below.is_none()) || (signs.contains(". ") && !short && !same) {
            return;
        }
        let start = below.map_or(at + skipped, |it| it - name.start);
        let word = word_at(text, start);
        let value = text.get(word.clone()).unwrap_or_default();
        if value.bytes().any(|it| it.is_ascii_digit()) {
            let span = name.start + word.start..name.start + word.end;
            let whole = word.end < text.len() || span.end == look.text.len();
            if whole && fits(document, value) && is_apart(look, &span) {
                found.add(0, span);
            }
            return;
        }
        if ELSE.contains(&value.to_lowercase().as_str()) {
            return;
        }
        short = value.len() <= 4;
        at = word.end;
    }
}

/// The letters, digits and dashes that stand here.
fn word_at(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .find(|it: char| !it.is_alphanumeric() && it != '-')
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().trim_end_matches('-');
    start..start + word.len()
}

/// True when the number is like those of the document, and no day.
fn fits(document: &Document, value: &str) -> bool {
    let plain: Vec<u8> = value
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|it| it.to_ascii_uppercase())
        .collect();
    let digits = plain.iter().filter(|it| it.is_ascii_digit()).count();
    let sizes: Vec<usize> = value.split('-').map(str::len).collect();
    let day = matches!(sizes.as_slice(), [4, 2, 2] | [2, 2, 4]) && plain.len() == digits;
    value.is_ascii()
        && (document.long.0..=document.long.1).contains(&plain.len())
        && digits >= document.digits
        && !day
        && (document.check)(&plain)
}
