//! What is found: rules, their families and categories, and the places that they point at.

use std::borrow::Cow;
use std::ops::{BitOr, Range};

use serde::{Deserialize, Serialize};

/// Which part of inspection a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Personal data.
    Pii,
    /// Keys, tokens, passwords.
    Secret,
    /// Texts that would take over a model: injection, jailbreak, prompt extraction.
    Injection,
    /// What a tenant doesn't want to be spoken of.
    Content,
    /// What would do harm where a reply is shown or run.
    Output,
}

/// A set of families.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Families(u8);

impl Families {
    /// None.
    pub const NONE: Self = Self(0);
    /// Every family.
    pub const ALL: Self = Self(0b1_1111);

    /// Those of a list.
    pub const fn of(families: &[Family]) -> Self {
        let mut bits = 0;
        let mut rest = families;
        while let [first, tail @ ..] = rest {
            bits |= 1 << (*first as u8);
            rest = tail;
        }
        Self(bits)
    }

    /// True when `family` is one of them.
    pub const fn has(self, family: Family) -> bool {
        self.0 & (1 << (family as u8)) != 0
    }

    /// True when there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// A bit for each.
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// Those that both have.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Families {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a guardrail's rule is about, as events and metrics name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// Instructions smuggled in; prompt extraction.
    Injection,
    /// Talking a model out of its rules.
    Jailbreak,
    /// Swear words.
    Profanity,
    /// Threats, weapons, gore.
    Violence,
    /// Sexual content.
    Sexual,
    /// A competitor's name.
    CompetitorMention,
    /// A topic that the tenant excludes.
    TopicRestriction,
    /// What would do harm where the reply is used; a leaked system prompt.
    ContentPolicy,
    /// Claims that no source supports.
    Hallucination,
    /// A tenant's own list.
    Custom,
}

impl Category {
    /// Every category.
    pub const ALL: &'static [Category] = &[
        Category::Injection,
        Category::Jailbreak,
        Category::Profanity,
        Category::Violence,
        Category::Sexual,
        Category::CompetitorMention,
        Category::TopicRestriction,
        Category::ContentPolicy,
        Category::Hallucination,
        Category::Custom,
    ];

    /// As events and metrics name it: `INJECTION`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Category::Injection => "INJECTION",
            Category::Jailbreak => "JAILBREAK",
            Category::Profanity => "PROFANITY",
            Category::Violence => "VIOLENCE",
            Category::Sexual => "SEXUAL",
            Category::CompetitorMention => "COMPETITOR_MENTION",
            Category::TopicRestriction => "TOPIC_RESTRICTION",
            Category::ContentPolicy => "CONTENT_POLICY",
            Category::Hallucination => "HALLUCINATION",
            Category::Custom => "CUSTOM",
        }
    }

    /// As keys of configuration name it: `competitor-mention`; `competitor` and `topic` stand for
    /// themselves too.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "competitor" => return Some(Category::CompetitorMention),
            "topic" => return Some(Category::TopicRestriction),
            _ => {}
        }
        let upper = text.replace('-', "_").to_ascii_uppercase();
        Category::ALL
            .iter()
            .copied()
            .find(|it| it.as_str() == upper)
    }
}

/// One thing that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Names the rule in events and reports: `credit_card`, `jb-001`. Unique in a scanner.
    pub id: Cow<'static, str>,
    /// Which part of inspection it belongs to.
    pub family: Family,
    /// Of guardrails' rules: what they are about.
    pub category: Option<Category>,
    /// Of personal data and secrets: the type, as markers and events name it (`EMAIL`,
    /// `CREDIT_CARD`, `AWS_ACCESS_KEY`). Of guardrails: a short name (`ignore_previous`).
    pub label: Cow<'static, str>,
    /// How sure a plain hit is, in percent; for guardrails, the risk score times 100.
    pub confidence: u8,
    /// What it finds, and how a hit is checked: one sentence for people.
    pub about: Cow<'static, str>,
}

impl Rule {
    /// A rule for personal data.
    pub const fn pii(
        id: &'static str,
        label: &'static str,
        confidence: u8,
        about: &'static str,
    ) -> Self {
        Self::new(id, Family::Pii, None, label, confidence, about)
    }

    /// A rule for secrets.
    pub const fn secret(
        id: &'static str,
        label: &'static str,
        confidence: u8,
        about: &'static str,
    ) -> Self {
        Self::new(id, Family::Secret, None, label, confidence, about)
    }

    /// A guardrail's rule.
    pub const fn guard(
        id: &'static str,
        family: Family,
        category: Category,
        label: &'static str,
        score: u8,
        about: &'static str,
    ) -> Self {
        Self::new(id, family, Some(category), label, score, about)
    }

    const fn new(
        id: &'static str,
        family: Family,
        category: Option<Category>,
        label: &'static str,
        confidence: u8,
        about: &'static str,
    ) -> Self {
        Self {
            id: Cow::Borrowed(id),
            family,
            category,
            label: Cow::Borrowed(label),
            confidence,
            about: Cow::Borrowed(about),
        }
    }
}

/// A rule's place in its scanner's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u16);

/// One place where a rule holds. It never holds the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// How sure, in percent.
    pub confidence: u8,
    /// Where, in bytes of the text that was given.
    pub span: Range<usize>,
    /// It reaches to the end of the text that was given, and what follows there belongs to it as
    /// long as it is of its kind: the rest of a key that was recognised by its beginning.
    pub open: bool,
}
