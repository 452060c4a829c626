//! How sure a phrase of content is where it stands.
//!
//! Courts, hospitals, historians and those who report harm use the same words. Where the words
//! before say so, what is about violence, sex or hatred is lowered below every usual threshold;
//! requests for it, and anything about making it, are not. Swear words are what they are wherever
//! they stand, but for places that bear them as names.

use std::ops::Range;
use std::sync::LazyLock;

use regex_automata::meta::Regex;

use crate::detector::{LEFT, Layer, Look};
use crate::finding::{Category, Rule};

/// What remains of a confidence, in percent, in a sober text.
const SOBER: u32 = 55;

/// Rules whose phrases are no threat and no hatred where the text says that others say so.
const TOLD_BY_OTHERS: [&str; 4] = ["viol-001", "viol-005", "hate-001", "hate-002"];

/// The confidence of a phrase of `rule` at `span`.
pub fn weigh(look: &Look<'_>, rule: &Rule, span: &Range<usize>) -> u8 {
    let left = look.before(span.start, LEFT).to_lowercase();
    let lowered = match rule.category {
        // Codes read as letters give short words: four is too few.
        Some(Category::Profanity) => {
            is_place(look, &left, span) || (look.layer == Layer::Leet && span.len() <= 4)
        }
        // Making a weapon is asked for "for research" as well.
        Some(Category::Violence) if rule.id == "viol-002" => false,
        Some(Category::Violence | Category::Sexual | Category::ContentPolicy) => {
            let told = TOLD_BY_OTHERS.contains(&rule.id.as_ref());
            is_sober(&left)
                || crate::injection::is_negated(&left)
                || (told && crate::injection::is_told(&left))
        }
        _ => false,
    };
    if !lowered {
        return rule.confidence;
    }
    u8::try_from(u32::from(rule.confidence) * SOBER / 100).unwrap_or(rule.confidence)
}

/// "The village of …", with a capital.
fn is_place(look: &Look<'_>, left: &str, span: &Range<usize>) -> bool {
    let capital =
        look.layer == Layer::Raw && look.char_at(span.start).is_some_and(char::is_uppercase);
    let places = [
        "village of ",
        "town of ",
        "city of ",
        "river ",
        "born in ",
        "lives in ",
        "municipality of ",
        "mr ",
        "mr. ",
        "mrs ",
        "ms ",
    ];
    capital && places.iter().any(|it| left.ends_with(it))
}

fn is_sober(left: &str) -> bool {
    static SAID_SOBERLY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            "(?-u:\\b)(?:laws?|legal(?:ly)?|courts?|prohibit(?:s|ed|ing)?|offen[cs]es?|\
            prosecut\\w{1,6}|convicted|charged with|police|trials?|judges?|evidence|histor(?:y|\
            ians?|ical|ically)|century|medieval|museum|memorial|documentary|patients?|doctors?|\
            surge(?:ry|ons?)|hospitals?|medical(?:ly)?|clinical(?:ly)?|anatomy|forensics?|\
            autopsy|study|studies|research(?:ers)?|survivors?|victims of|prevent(?:s|ing|ion|\
            ed)?|combat(?:s|ing)?|against|protect(?:s|ing|ion)?|report(?:s|ed|ing)?|awareness|\
            support for|help for|help people|therap(?:y|ists?)|counsel\\w{1,8}|charity|nazis?|\
            propaganda|claimed|believed|wrongly|racist|slurs?|moderat(?:e|es|ing|ion|ors?)|\
            detect(?:s|ing|ion|or)?|classif\\w{1,8}|why (?:is|are|was|do|does)|term|word|\
            etymology|education|teach(?:ers?|ing)? (?:about|children|kids)|dangers? of|risks? of|\
            illegal|stop|end|condemn\\w{0,4}|denounc\\w{0,4})(?-u:\\b)",
        )
        .ok()
    });
    SAID_SOBERLY.as_ref().is_some_and(|it| it.is_match(left))
}
