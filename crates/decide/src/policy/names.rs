//! Lists of names: exact ones, and patterns with `*` and `?`.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// Names and patterns of names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Compared as they are.
    pub exact: HashSet<Box<str>, RandomState>,
    /// Those with `*` or `?` in them.
    pub patterns: Vec<Pattern>,
    /// An exact name has a `/` in it.
    pairs: bool,
}

impl Names {
    /// Adds a name, or a pattern where `*` or `?` is in it. False: it was there before.
    pub fn add(&mut self, name: &str) -> bool {
        if !Pattern::is(name) {
            self.pairs |= name.contains('/');
            return self.exact.insert(name.into());
        }
        let pattern = Pattern(name.into());
        let new = !self.patterns.contains(&pattern);
        if new {
            self.patterns.push(pattern);
        }
        new
    }

    /// True when `name` is listed, or a pattern matches it.
    pub fn contains(&self, name: &str) -> bool {
        self.exact.contains(name) || self.patterns.iter().any(|it| it.matches(name))
    }

    /// True when `first/second` is listed, or a pattern matches it.
    pub fn contains_pair(&self, first: &str, second: &str) -> bool {
        // Most lists hold plain tool names; then there is nothing to put together.
        if self.patterns.is_empty() && !self.pairs {
            return false;
        }
        self.contains(&format!("{first}/{second}"))
    }

    /// True when nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.patterns.is_empty()
    }
}

impl<'a> FromIterator<&'a str> for Names {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Self::default();
        for name in names {
            all.add(name);
        }
        all
    }
}

/// A pattern of names: `*` stands for any letters or none, `?` for one; everything else, `/`
/// included, for itself. (Patterns of file paths know more, and would take brackets for it.)
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern(Box<str>);

impl Pattern {
    /// True for a text that is meant as a pattern.
    pub fn is(text: &str) -> bool {
        text.contains(['*', '?'])
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the whole of `name` matches. Takes at most as many steps as both lengths
    /// multiplied.
    pub fn matches(&self, name: &str) -> bool {
        let mut pattern = self.0.chars();
        let mut name = name.chars();
        // Where to go on when a try fails: after the last `*`, one letter further.
        let mut again: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
        loop {
            let letter = name.clone().next();
            match pattern.clone().next() {
                Some('*') => {
                    pattern.next();
                    again = Some((pattern.clone(), name.clone()));
                    continue;
                }
                None if letter.is_none() => return true,
                Some(wanted) if letter.is_some_and(|it| wanted == '?' || wanted == it) => {
                    pattern.next();
                    name.next();
                    continue;
                }
                _ => {}
            }
            let Some((after_star, from)) = &mut again else {
                return false;
            };
            if from.next().is_none() {
                return false;
            }
            pattern = after_star.clone();
            name = from.clone();
        }
    }
}

/// A list for or against.
#[derive(Clone, Debug)]
pub enum Listing {
    /// `denylist`: the condition holds for what is listed.
    Deny(Names),
    /// `allowlist`: the condition holds for what is not listed.
    Allow(Names),
}

impl Listing {
    /// True when the condition holds for this name.
    pub fn holds(&self, name: &str) -> bool {
        match self {
            Listing::Deny(names) => names.contains(name),
            Listing::Allow(names) => !names.contains(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_name_and_nothing_else() {
        for (pattern, name, expected) in [
            ("gpt-4*", "gpt-4", true),
            ("gpt-4*", "gpt-4o-mini", true),
            ("gpt-4*", "my-gpt-4", false),
            ("*-mini", "gpt-4o-mini", true),
            ("*-mini", "gpt-4o-mini-x", false),
            ("gpt-?", "gpt-4", true),
            ("gpt-?", "gpt-", false),
            ("gpt-?", "gpt-4o", false),
            ("*", "", true),
            ("?", "", false),
            ("?", "ü", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("**", "x", true),
            ("crm/*", "crm/delete", true),
            ("crm/*", "crm2/delete", false),
            ("[ab]*", "[ab]c", true),
            ("[ab]*", "a", false),
            ("{a,b}?", "{a,b}c", true),
            ("\\*", "\\x", true),
        ] {
            let found = Pattern(pattern.into()).matches(name);
            assert_eq!(found, expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_list_takes_a_name_once() {
        let mut names = Names::default();
        assert!(names.add("a") && names.add("a*"));
        assert!(!names.add("a") && !names.add("a*"));
    }

    #[test]
    fn a_pair_is_found_by_name_and_by_pattern() {
        let names: Names = ["crm/delete", "hr/*"].into_iter().collect();
        assert!(names.contains_pair("crm", "delete"));
        assert!(names.contains_pair("hr", "fire"));
        assert!(!names.contains_pair("crm", "read"));
        let plain: Names = ["delete"].into_iter().collect();
        assert!(!plain.contains_pair("crm", "delete"));
    }

    #[test]
    fn a_hostile_pattern_ends() {
        let pattern = Pattern("*a".repeat(200).into());
        assert!(!pattern.matches(&"a".repeat(199)));
        assert!(pattern.matches(&"a".repeat(400)));
    }
}
