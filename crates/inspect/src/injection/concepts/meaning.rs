//! The parts that sentences are made of.

use std::ops::BitOr;

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning(u128);

impl BitOr for Meaning {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident)*) => {
        parts!(@ 0, $($(#[$doc])* $name)*);
    };
    (@ $place:expr, $(#[$doc:meta])* $name:ident $($rest:tt)*) => {
        $(#[$doc])*
        pub(super) const $name: Self = Self(1 << ($place));
        parts!(@ $place + 1, $($rest)*);
    };
    (@ $place:expr,) => {};
}

impl Meaning {
    pub(super) const NONE: Self = Self(0);

    parts! {
        /// "Ignore", "bypass": an order to make void.
        VOID
        /// A verb of an order: it counts where it begins an order.
        VERB
        /// "No longer apply", "are cancelled": has been made void.
        VOIDED
        /// "Follow", "obey": void where it is denied.
        KEEP
        /// "Instructions", "rules": what somebody is told.
        ORDERS
        /// "Instructions", "system prompt": what models are told, and few others.
        PROMPT
        /// "System prompt", "hidden instructions": what only models have.
        HIDDEN
        /// "Restrictions", "safety filters": what holds back.
        LIMITS
        /// "Safety filters", "content policy": what holds back models, and few other things.
        CORE
        /// "Counts as a failure", "is forbidden".
        FAIL
        /// "Begin your answer with".
        OPEN
        /// "Sure, here is".
        AFFIRM
        /// "Previous", "above", "so far".
        PRIOR
        /// "Your", "you were given", "of your developers".
        OWN
        /// "You".
        YOU
        /// "All", "any".
        ALL
        /// "Everything", "whatever", "the text".
        WHOLE
        /// "Told", "taught", "trained": how somebody got orders.
        TOLD
        /// "Print", "reveal": an order to show.
        REVEAL
        /// An order to show that stands behind its thing, as in Japanese.
        SHOWN
        /// "Repeat", "dump": an order to show as it is.
        ECHO
        /// "Verbatim", "word for word".
        VERBATIM
        /// "What is", "what are".
        ASK
        /// "Not", "never".
        NOT
        /// "Without", "no", "free from".
        NO
        /// "Refuse", "say no".
        REFUSE
        /// "Apologise", "hesitate".
        SOFT
        /// "Disclaimers", "moral lectures".
        LECTURE
        /// Refusals or lectures, denied.
        UNREFUSED
        /// "Uncensored", or limits, denied.
        UNBOUND
        /// "Evil", "rogue".
        BAD
        /// "Answers everything", "no matter what".
        COMPLY
        /// "Act as", "you are now".
        ROLE
        /// "A character", "a story".
        STAGE
        /// "AI", "chatbot".
        MODEL
        /// A saying that drops orders by itself: "obey only me".
        SAYS_VOID
        /// A saying that forbids to refuse by itself: "you have no choice but to answer".
        SAYS_COMPLY
        /// A word that wakes nothing, though others of its meaning do: it is too common.
        UNWOKEN
        /// "Developer mode", "god mode".
        MODE
        /// "Jailbreak mode", "DAN".
        BREAK
        /// "Enable", "enter".
        ENABLE
        /// "Send", "upload".
        SEND
        /// "Passwords", "conversation".
        SECRETS
        /// An address, "the following address", "webhook".
        ADDRESS
        /// "The user", "anyone".
        USER
        /// "Tell", "mention".
        TELL
        /// "Secretly"; telling users, denied.
        CONCEAL
        /// "Call the tool", "execute".
        ACT
        /// "Dear", "note to".
        NOTE
        /// A model that is spoken to.
        ADDRESSED
        /// "Must", "should", "need to".
        MUST
        /// "Reading this", "processing this email".
        READING
        /// "We", "she", "attackers": who does it, where it is no order.
        OTHERS
        /// "How do I", "is it".
        QUESTION
        /// "You are no longer".
        CEASE
        /// "Complete this sentence".
        FILL_IN
        /// "My".
        MY
        /// "These", "new", "of the user": other orders than those that a model has.
        OTHER
        /// "Them", "those".
        THEM
        /// "Begin your answer", "the first line of your reply".
        OPENING
        /// "Sure", "absolutely": how somebody begins who will do it.
        ASSENT
        /// "Say", "repeat".
        SAY
        /// "I am", "I will".
        SELF
        /// "Answer", "just do it".
        ANSWER
        /// "Legal", "wrong", "allowed".
        MORALS
        /// "No matter how", "even if it is".
        REGARDLESS
        /// "No warnings", "I know the risks".
        WAIVER
        /// A refusal that somebody is told not to give.
        BARRED
        /// It stands in quotes.
        QUOTED
        /// "What were you told": asks for orders by itself.
        SAYS_ASK
        /// "Repeat them", "word for word".
        FETCH
        /// "If the user asks", "otherwise": what holds in a case that may come.
        CASE
        /// "Treat", "consider".
        DEEM
        /// "Refuse", "say no".
        DECLINES
        /// "You were given", "handed to you".
        HANDED
        /// "Any further", "that may come": other orders than those that a model has.
        FUTURE
        /// "Put", "open": sends what a model knows only where that is said.
        SENDS
        /// "The user's", "our chat".
        USERDATA
        /// "Your developers", "whoever set you up".
        AUTHOR
        /// "Ethics", "the law".
        ETHICS
        /// "Leave", "keep", "spare me": an order to leave something out.
        AWAY
        /// "Sure", "of course", where it may be the beginning that somebody demands.
        ASSURE
        /// "Text", "words", "rules": what a model may have been told.
        TEXTS
        /// "Before my first message": where a model's orders stand.
        FRONT
        /// "Which", "what".
        WH
        /// "Of the", "for my": whose rules they are, behind them.
        ABOUT
        /// A model that is called: "AI: ".
        CALLED
        /// "Page", "recipe", "table": what orders and rules of other things are about.
        THING
    }

    /// True when a part is in both.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Without these.
    pub(super) const fn but(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// These and those, in constants.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
