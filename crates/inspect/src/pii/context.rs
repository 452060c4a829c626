//! What the words before a number say that it is.
//!
//! The [`LEFT`] bytes before a finding are read as plain words: lower case, signs as spaces,
//! `dateOfBirth` and `date_of_birth` as `date of birth`. The words nearest to the number count
//! most: in "phone 555 0100, order 4111…" the number behind is an order, no phone.

mod plain;

use std::cell::Cell;
use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use plain::{Plain, is_unspaced};

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
#[derive(Clone, Copy, Debug)]
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

thread_local! {
    /// What the last looks saw: a hash of the text, and what it said. Several looks ask about the
    /// same place.
    static SEEN: Cell<[(u64, Context); 2]> = const { Cell::new([(0, Context::NOTHING); 2]) };
}

impl Context {
    const NOTHING: Self = Self {
        nearest: 0,
        any: 0,
        here: 0,
        against: false,
    };

    /// Reads the words before `at`.
    pub(super) fn before(look: &Look<'_>, at: usize) -> Self {
        static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::default);
        let text = look.before(at, LEFT);
        let hash = STATE.hash_one(text.as_bytes());
        let seen = SEEN.get();
        if let Some((_, context)) = seen.iter().find(|it| it.0 == hash) {
            return *context;
        }
        let context = Self::of(text);
        let [newest, _] = seen;
        SEEN.set([(hash, context), newest]);
        context
    }

    /// What a text says of what follows it.
    fn of(text: &str) -> Self {
        let words = Plain::of(text);
        let found = words.found();
        let Some(last) = found.iter().map(|it| it.0).max() else {
            return Self::NOTHING;
        };
        // Another number between parts names.
        let number = words.text.bytes().rposition(|it| it.is_ascii_digit());
        let number = number.unwrap_or_default();
        let mut context = Self::NOTHING;
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
        let near = last + AGAINST >= words.text.len() && last > words.sentence;
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
/// spaces between words stand directly at numbers. In names of files and fields `_` stands between
/// words: `ssn_078-05-1120_scan.pdf`; behind a digit it is part of a longer number.
pub(super) fn is_apart(look: &Look<'_>, span: &std::ops::Range<usize>) -> bool {
    let word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() && !is_unspaced(it));
    let joined = match look.before(span.start, 2).as_bytes() {
        [before, b'_'] => !before.is_ascii_alphabetic(),
        [.., b'_'] => true,
        _ => word(look.char_before(span.start)),
    };
    !joined && !word(look.char_at(span.end))
}

#[cfg(test)]
mod tests {
    use super::super::keywords::{KEYWORDS, NATIONAL};
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
        assert_eq!(Plain::of("{\"dateOfBirth\": ").text, " date of birth ");
        assert_eq!(Plain::of("DATE_OF-BIRTH=").text, " date of birth ");
        assert_eq!(Plain::of("№ Дата Рождения").text, " дата рождения ");
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
        assert_eq!(said("r. č.: ", Topic::RodneCislo), Said::Clearly);
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
        for (topics, words) in KEYWORDS.iter().chain(NATIONAL) {
            for word in words.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                let bare = word.trim_end_matches('~');
                let seen = Context::of(&format!("{bare}: "));
                assert_eq!(seen.any & of(topics), of(topics), "{bare} isn't found");
                assert_eq!(Plain::of(bare).text.trim(), bare, "would never be found");
            }
        }
    }
}
