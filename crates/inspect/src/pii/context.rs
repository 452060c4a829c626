//! What the words before a number say that it is.
//!
//! The [`LEFT`] bytes before a finding are read as plain words: lower case, signs as spaces,
//! `dateOfBirth` and `date_of_birth` as `date of birth`. The words nearest to the number count
//! most: in "phone 555 0100, order 4111…" the number behind is an order, no phone.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use smallvec::SmallVec;

use super::keywords::{KEYWORDS, NATIONAL};
use crate::detector::{LEFT, Look};

/// What a number can be called. At most 128.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Something that is no person's: an order, a parcel, a version, a price.
    Other,
    /// An identity number of some country.
    Identity,
    /// A tax number of some country.
    Tax,
    /// A number of social insurance or health insurance.
    Insurance,
    /// A value added tax number.
    Vat,
    Card,
    Phone,
    Birth,
    /// A document or a record; its number is found behind its name.
    Record,
    Account,
    Routing,
    Ip,
    Version,
    Wallet,
    Vehicle,
    Device,
    Licence,
    Dea,
    Npi,
    Ssn,
    Itin,
    Ein,
    Mbi,
    Nhs,
    Nino,
    Utr,
    Nir,
    Bsn,
    Pps,
    Svnr,
    Cpr,
    Personnummer,
    Fodsel,
    Hetu,
    Kennitala,
    Pesel,
    Nip,
    Egn,
    Cnp,
    RodneCislo,
    Oib,
    Jmbg,
    Amka,
    Afm,
    Taj,
    Baltic,
    Inn,
    Snils,
    Rnokpp,
    Iin,
    Sin,
    Tfn,
    AuMedicare,
    Abn,
    Ird,
    Aadhaar,
    Pan,
    MyNumber,
    Rrn,
    China,
    Taiwan,
    Nric,
    Hkid,
    Malaysia,
    Thai,
    Nik,
    SouthAfrica,
    Israel,
    Emirates,
    Turkey,
    Cpf,
    Cnpj,
    Cuit,
    Rut,
    Curp,
    Rfc,
    Cedula,
    Nit,
    Dni,
    Nif,
    CodiceFiscale,
    SteuerId,
    Ahv,
    Belgium,
    Nigeria,
    Egypt,
    Cnic,
    Iran,
    Vietnam,
    Kuwait,
    Saudi,
    Voter,
}

impl Topic {
    /// Its bit.
    pub(super) const fn bit(self) -> u128 {
        1 << (self as u8)
    }
}

/// The bits of several topics.
pub(super) const fn of(topics: &[Topic]) -> u128 {
    let mut bits = 0;
    let mut rest = topics;
    while let [first, tail @ ..] = rest {
        bits |= first.bit();
        rest = tail;
    }
    bits
}

/// How strongly words speak for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The words nearest to the number call it something that is no person's.
    Against,
    /// Nothing is said.
    Nothing,
    /// It is said, but other things are called by their name between.
    Earlier,
    /// It is said in general terms.
    Vaguely,
    /// It is what the number is called.
    Clearly,
}

/// What the words before a place say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    nearest: u128,
    any: u128,
    here: u128,
    against: bool,
}

/// Keywords this close together (bytes of plain words) are one name: `Tax file number (TFN)`.
const ONE_NAME: usize = 20;

/// How far from the number a word may stand that says it is nobody's (bytes of plain words).
const AGAINST: usize = 28;

impl Context {
    /// Reads the words before `at`.
    pub(super) fn before(look: &Look<'_>, at: usize) -> Self {
        let words = plain(look.before(at, LEFT));
        let text = words.text.as_str();
        let mut found = SmallVec::<[(usize, u128); 8]>::new();
        for hit in WORDS.automaton.find_overlapping_iter(text) {
            let bits = WORDS.bits.get(hit.pattern().as_usize());
            found.push((hit.end(), bits.copied().unwrap_or_default()));
        }
        let Some(&(last, _)) = found.last() else {
            return Self::default();
        };
        // Another number between parts names.
        let number = text
            .rfind(|it: char| it.is_ascii_digit())
            .unwrap_or_default();
        let mut context = Self::default();
        let mut at_last = 0;
        for &(end, bits) in &found {
            context.any |= bits;
            if end == last || (end + ONE_NAME >= last && end > number) {
                context.nearest |= bits;
            }
            if end == last {
                at_last |= bits;
            }
        }
        let near = last + AGAINST >= text.len() && last > words.sentence;
        context.against = at_last == Topic::Other.bit() && near;
        context.here = if near { at_last } else { 0 };
        context
    }

    /// What is said for these topics. `general` are wider terms ("national id"), which never say
    /// it clearly.
    pub(super) fn said(self, topics: u128, general: u128) -> Said {
        match () {
            () if self.nearest & topics != 0 && !self.against => Said::Clearly,
            () if self.nearest & (topics | general) != 0 => Said::Vaguely,
            () if self.against => Said::Against,
            () if self.any & (topics | general) != 0 => Said::Earlier,
            () => Said::Nothing,
        }
    }

    /// True when the last words of the same sentence, close by, name one of these topics.
    pub(super) fn is_here(self, topics: u128) -> bool {
        self.here & topics != 0
    }
}

/// True when no letter or digit stands directly before the place nor behind it. Scripts without
/// spaces between words stand directly at numbers.
pub(super) fn is_apart(look: &Look<'_>, span: &std::ops::Range<usize>) -> bool {
    let word = |it: Option<char>| {
        it.is_some_and(|it| (it.is_alphanumeric() && !is_unspaced(it)) || it == '_')
    };
    !word(look.char_before(span.start)) && !word(look.char_at(span.end))
}

struct Words {
    automaton: AhoCorasick,
    bits: Vec<u128>,
}

/// Scripts that put no spaces between words begin here.
fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x0e00..=0x0eff | 0x1100..=0x11ff | 0x2e80..)
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut texts = Vec::new();
    let mut bits = Vec::new();
    for (topics, words) in KEYWORDS.iter().chain(NATIONAL) {
        for word in words.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let open = word.ends_with('~');
            let word = word.trim_end_matches('~');
            let unspaced = word.chars().any(is_unspaced);
            texts.push(match (unspaced, open) {
                (true, _) => word.to_owned(),
                (false, true) => format!(" {word}"),
                (false, false) => format!(" {word} "),
            });
            bits.push(of(topics));
        }
    }
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&texts);
    // Building fails only for more patterns than 32 bits can count.
    #[expect(
        clippy::expect_used,
        reason = "the words are constants, and a test builds them"
    )]
    let automaton = automaton.expect("the words of context are few");
    Words { automaton, bits }
});

/// Plain words, and where the last sentence (or line) begins in them.
struct Plain {
    text: String,
    sentence: usize,
}

/// Letters and digits in lower case, everything else as one space; a space where a capital
/// follows a small letter, and at both ends.
fn plain(text: &str) -> Plain {
    let mut out = String::with_capacity(text.len() + 16);
    out.push(' ');
    let mut sentence = 0;
    let mut small = false;
    let mut spaced = true;
    // A sign that ends a sentence was seen, and a space behind it.
    let (mut stop, mut ended) = (false, false);
    for letter in text.chars() {
        if !letter.is_alphanumeric() && !is_mark(letter) {
            if !spaced {
                out.push(' ');
            }
            (small, spaced) = (false, true);
            ended |= (stop && letter.is_whitespace()) || matches!(letter, '。' | '！' | '？');
            stop = matches!(letter, '.' | '!' | '?');
            if letter == '\n' {
                sentence = out.len();
            }
            continue;
        }
        if ended && (letter.is_uppercase() || is_unspaced(letter)) {
            sentence = out.len();
        }
        (stop, ended) = (false, false);
        if small && letter.is_uppercase() {
            out.push(' ');
        }
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
        } else {
            out.extend(letter.to_lowercase().filter(|it| *it != '\u{307}'));
        }
        (small, spaced) = (letter.is_lowercase(), false);
    }
    if !spaced {
        out.push(' ');
    }
    Plain {
        text: out,
        sentence,
    }
}

/// Vowel signs of Thai and of India's scripts, combining accents: parts of words that are no letters.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x0300..=0x036f | 0x0900..=0x0dff | 0x0e30..=0x0e4f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::Layer;

    fn said(text: &str, topic: Topic) -> Said {
        let look = Look {
            text,
            layer: Layer::Raw,
        };
        Context::before(&look, text.len()).said(topic.bit(), Topic::Identity.bit())
    }

    #[test]
    fn names_of_fields_are_read_as_words() {
        assert_eq!(plain("{\"dateOfBirth\": ").text, " date of birth ");
        assert_eq!(plain("DATE_OF-BIRTH=").text, " date of birth ");
        assert_eq!(plain("№ Дата Рождения").text, " дата рождения ");
    }

    #[test]
    fn the_nearest_words_count_most() {
        assert_eq!(said("My SSN is ", Topic::Ssn), Said::Clearly);
        assert_eq!(
            said("SSN unknown, so take my phone number ", Topic::Ssn),
            Said::Earlier
        );
        assert_eq!(
            said("phone 555 0100, order no. ", Topic::Phone),
            Said::Against
        );
        assert_eq!(said("national id ", Topic::Bsn), Said::Vaguely);
        assert_eq!(said("I have ", Topic::Bsn), Said::Nothing);
        assert_eq!(said("信用卡号：", Topic::Card), Said::Clearly);
    }

    #[test]
    fn what_another_sentence_speaks_of_says_nothing_against() {
        assert_eq!(said("The invoice is here.\n", Topic::Card), Said::Nothing);
        assert_eq!(
            said("The invoice is here. It was ", Topic::Card),
            Said::Nothing
        );
        assert_eq!(said("the invoice no. ", Topic::Card), Said::Against);
    }

    #[test]
    fn words_are_whole_words() {
        assert_eq!(said("the excellence ", Topic::Phone), Said::Nothing);
        assert_eq!(said("cell ", Topic::Phone), Said::Clearly);
    }

    #[test]
    fn every_word_is_plain_already() {
        for (_, words) in KEYWORDS.iter().chain(NATIONAL) {
            for word in words.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                let bare = word.trim_end_matches('~');
                assert_eq!(plain(bare).text.trim(), bare, "would never be found");
            }
        }
    }
}
