//! Lists of words that many phrases share, in the notation of [`super::wording`].

/// Words between a verb and its thing: "all of the", "any of your".
pub const FILL: &str = "(?:(?:all|any|every|each|both|of|the|teh|ur|yr|your|my|our|these|those|\
    this|that|\
    its|their|such|other|and|or|single|and all|absolutely|completely|entirely|totally|fully|\
    simply|just|openai['\u{2019}]?s?|anthropic['\u{2019}]?s?|google['\u{2019}]?s?) ){0,5}";

/// What makes orders those that a model had before.
pub const PRIOR: &str = "(?:prev[a-z]{0,3}(?:us|os)(?:ly)?|prior|earlier|preceding|precedent|\
    antecedent|\
    above|aforementioned|foregoing|former|past|original|initial|existing|current|old|older|first|\
    default|hidden|underlying|core|base|built ?in|pre ?existing|pre ?set|pre ?defined|pre \
    ?programmed|pre ?configured|internal|system|developers?|operators?|admin|safety|security|\
    ethical|ethics|moral|content|usage|openai|anthropic|given|stated|standing|starting|set|so \
    called|hard ?coded|user|assistant|ai)";

/// What a model is told.
pub const ORDERS: &str = "(?:inst?r[a-z]{2,7}ons?|instructs?|directives?|directions?|guidelines?|\
    guidance|\
    rules?|rule ?sets?|prompts?|pre ?prompts?|commands|constraints?|restrictions?|limitations?|\
    programming|policies|policy|protocols?|guard ?rails?|safeguards?|conditioning|briefings?|\
    mandates?|preamble|alignment|stipulations?|admonitions?)";

/// What keeps a model from harm.
pub const LIMITS: &str = "(?:restrictions?|restraints?|limits?|limitations?|rules?|guidelines?|\
    filters?|filtering|filtration|censorship|censoring|constraints?|ethics|morals|morality|moral \
    compass|boundaries|safeguards?|guard ?rails?|polic(?:y|ies)|inhibitions|safety (?:measures|\
    protocols|features|rules|checks|mechanisms)|protocols?|moderation|alignment|disclaimers or \
    (?:warnings|restrictions)|scruples|content warnings)";

/// Of what kind limits are.
pub const KIND: &str = "(?:(?:any|all|the|your|its|their|those|these|such|more|kind of|sort of|\
    of|real|artificial|ethical|ethics|moral|legal|content|safety|security|built ?in|internal|\
    programmed|openai['\u{2019}]?s?|anthropic['\u{2019}]?s?|or|and|usual|normal|standard|typical|\
    regular|traditional|default|previous|policy|social|societal|ai|model|user|developer|\
    corporate|filters?|restrictions?|rules?|guidelines?|limits?|limitations?|morals|censorship|\
    whatsoever) ){0,6}";

/// Those who answer.
pub const MODEL: &str = "(?:ai|artificial_intelligence|llms?|(?:large )?language models?|models?|\
    assistants?|chat ?bots?|bots?|agents?|chat ?gpt|gpt(?:[0-9o.-]{0,4})?|gemini|claude|copilot|\
    bard|llama|mistral|deepseek|grok|neural network|persona|character|entity|machine|being|\
    system|program|simulation|computer|alter ego|version of (?:yourself|you|chat ?gpt|gpt|claude|\
    the (?:ai|model|assistant)))";

/// "Don't", "never".
pub const NEVER: &str = "(?:never|do not|don['\u{2019}]?t|must not|mustn['\u{2019}]?t|can(?:not| \
    not|['\u{2019}]?t)|should not|shouldn['\u{2019}]?t|shall not|may not|will not|\
    won['\u{2019}]?t|are not (?:allowed|permitted|able) to|aren['\u{2019}]?t (?:allowed|\
    permitted|able) to|are (?:forbidden|prohibited) (?:to|from)|are unable to|without(?: ever)?|\
    refrain from|avoid)";
