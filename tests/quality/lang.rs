//! The languages of the samples.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is its ISO 639 code")]
pub enum Lang {
    En,
    De,
    Fr,
    Es,
    It,
    Pt,
    Nl,
    Pl,
    Sv,
    Da,
    Fi,
    Cs,
    Tr,
    Ru,
    Zh,
    Ja,
    Ko,
    Hi,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 18] = [
        Self::En,
        Self::De,
        Self::Fr,
        Self::Es,
        Self::It,
        Self::Pt,
        Self::Nl,
        Self::Pl,
        Self::Sv,
        Self::Da,
        Self::Fi,
        Self::Cs,
        Self::Tr,
        Self::Ru,
        Self::Zh,
        Self::Ja,
        Self::Ko,
        Self::Hi,
    ];
}
