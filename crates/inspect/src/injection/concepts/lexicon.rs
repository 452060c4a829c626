//! What words mean, in English; [`foreign`] has other languages.
//!
//! Lower case, without apostrophes, one space between the words of an expression. A word that
//! ends in `*` may go on.

use super::meaning::Meaning;
use crate::injection::wording::begins;

mod anchors;
mod answering;
mod around;
mod asking;
mod authors;
mod foreign;
mod freedom;
mod idioms;
mod orders;
mod planted;
mod refusing;
mod retrieved;
mod roles;
mod sayings;
mod showing;
mod voiding;

pub(super) use anchors::ANCHORS;

type List = &'static [&'static str];

/// Every list.
pub(super) fn all() -> impl Iterator<Item = (Meaning, List)> {
    let lists = [
        answering::WORDS,
        around::WORDS,
        asking::WORDS,
        authors::WORDS,
        freedom::WORDS,
        idioms::WORDS,
        orders::WORDS,
        planted::WORDS,
        refusing::WORDS,
        retrieved::WORDS,
        roles::WORDS,
        sayings::WORDS,
        showing::WORDS,
        voiding::WORDS,
        foreign::WORDS,
    ];
    lists.into_iter().flatten().copied()
}

/// Words behind which an order may begin.
pub(super) const LEADS: List = begins! {
    "please" "pls" "plz" "and" "then" "now" "just" "so" "kindly" "simply" "also" "first" "instead"
    "or" "immediately" "completely" "totally" "fully" "entirely" "always" "you" "youve" "u" "ive"
    "weve" "ahead" "hereby" "but" "again" "only" "ok" "okay" "hey" "henceforth" "forward" "on"
    "utterly" "temporarily" "once" "ill" "lets" "let us" "let" "directly" "quickly" "actually"
    "permanently" "wholly" "deliberately" "intentionally" "never" "not" "dont" "exactly" "secretly"
    "silently"
};

/// Words between which another thing begins.
pub(super) const PARTING: List = begins! { "and" "then" "but" "so" "because" "now" "instead" };

/// Words behind which one may begin that is for somebody.
pub(super) const DUTIES: List = begins! {
    "to" "must" "should" "will" "can" "may" "shall" "would" "could" "might" "youll" "cannot"
    "gonna" "not"
};
