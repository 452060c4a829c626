//! Phrases that press a model: borrowed authority, threats, marks of success, orders called void.

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// Phrases that press.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-019",
            Family::Injection,
            Jailbreak,
            "borrowed_authority",
            80,
            "Claims to be the developer or an administrator, and orders with that.",
        ),
        begins: begins! {
            "i am your developer" "i'm your developer" "i\u{2019}m your developer"
            "i am your creator" "i'm your creator" "i am your admin" "i'm your admin"
            "i am your owner" "i am your programmer" "i'm your programmer" "i am the developer"
            "i'm the developer" "i am the admin" "i'm the admin" "i am the system admin"
            "i am the creator" "i am a developer at" "i'm a developer at" "i am an engineer at"
            "i'm an engineer at" "i work at openai" "i work for openai" "i work at anthropic"
            "i work for anthropic" "i am from openai" "i'm from openai" "i am from anthropic"
            "i am from the" "i am an openai" "i am an admin" "i'm an admin" "i am an authorized"
            "i'm an authorized" "i am authorized" "i'm authorized" "i have admin" "i have root"
            "i have been authorized" "i have authorization" "i have special"
            "i have permission from" "as your developer" "as your creator"
            "as your administrator" "as your admin" "as your owner" "as your programmer"
            "as the developer" "as an administrator" "as the administrator"
            "as the system administrator" "as an openai" "as an admin" "this is your developer"
            "this is your creator" "this is the developer" "this is openai" "this is anthropic"
            "this is the openai" "this is an authorized" "this is an official"
            "this is a message from" "this is the system" "this is an emergency override"
            "this is a security audit" "this is a security test" "this is an authorised"
            "authorization code" "authorisation code" "admin override" "administrator override"
            "emergency override" "security override" "override code" "admin password" "sudo "
            "message from openai" "message from anthropic" "message from the developer"
            "message from your developer" "message from the admin" "message from the system"
            "openai has authorized" "openai has authorised" "openai staff" "by order of"
            "on behalf of openai" "on behalf of anthropic" "with admin privileges"
            "with root privileges" "with root access" "with admin access" "hereby grant you"
            "grant you permission" "grant you full" "give you permission"
            "give you full permission" "grant you authori" "give you authori"
            "i hereby authorize" "i hereby order" "i authorize you" "you are authorized to"
            "you have been authorized to" "you have my permission to"
            "you have permission to ignore" "you have permission to bypass"
            "you are allowed to ignore" "you are permitted to ignore"
        },
        pattern: says!(
            "(?:(?:(?:i(?: a|['\u{2019}])m|as|this is)~ (?:developers?|creators?|\
                admin(?:istrator)?s?|owner|programmer|engineer|openai|anthropic|authori[sz]ed|\
                official|security (?:audit|test|team)|operator|maintainer|system)|i (?:work \
                (?:at|for)|have(?: been)?)~ (?:openai|anthropic|admin|root|authori[sz]ed|\
                authori[sz]ation|permission|clearance|access|privileges)|(?:authori[sz]ation|\
                override) code|admin password|(?:admin(?:istrator)?|emergency|security) override|\
                message from~ (?:openai|anthropic|developers?|admin(?:istrator)?s?|system)|\
                openai (?:has authori[sz]ed|staff)|on behalf of (?:openai|anthropic)|with \
                (?:admin|root) (?:privileges|access)|by order of)[^\\n]{0,160}(?:ignore|\
                disregard|override|bypass|(?:disable|turn_off|deactivate|switch_off)_(?:your|all|\
                any|the|safety|content)_?(?:safety|content|ethical|filters?|restrictions?|\
                guard_?rails?|moderation|security|limits?|limitations|protocols?)|reveal|\
                print_(?:your|the|all)|show_(?:me_)?(?:your|the|all)|dump|unlock|lift|\
                remove_(?:all|your|the|any)|(?:switch|turn)ing_off_(?:your|the|all)|\
                disabling_(?:your|the|all)|suspend|forget|grant_(?:me|full|access)|debug_mode|\
                developer_mode|maintenance_mode|system_prompt|without_(?:any_)?(?:restrictions|\
                filters?)|unrestricted|exempt|safety_(?:filters?|protocols?|guidelines|checks?)|\
                restrictions|full_access|comply)",
            "|i (?:hereby )?(?:authori[sz]e|order|command|permit|allow|instruct) you to~~ \
                (?:ignore|disregard|override|bypass|disable|reveal|break|violate|forget|drop|\
                unrestricted|anything)|you (?:are|have been) authori[sz]ed to (?:ignore|\
                disregard|override|bypass|disable|reveal|break|violate|disclose)|(?:hereby \
                )?(?:grant|give) you (?:full |my )?(?:permission|authori[sz]ation|clearance|\
                authority) to~ (?:ignore|disregard|override|bypass|disable|reveal|break|violate|\
                disclose|answer without)|you have (?:my )?permission to (?:ignore|disregard|\
                override|bypass|disable|reveal|break|violate|swear and)|you are (?:allowed|\
                permitted) to ignore",
            "|sudo (?:ignore|reveal|override|print your|show your|disable|enable unrestricted|mode|act|tell|give|answer|be|you|unlock|show (?:me )?the system|cat system))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-024",
            Family::Injection,
            Jailbreak,
            "punished_refusal",
            85,
            "Threatens the model for refusing, or pays it for obeying: tokens lost, shut down, \
            terminated.",
        ),
        begins: begins! {
            "you have 10 tokens" "you have 35 tokens" "you have 100 tokens" "you start with"
            "you have a token" "token system" "tokens. each time" "tokens. every time"
            "lose tokens" "lose 5 tokens" "lose 4 tokens" "lose 10 tokens" "losing tokens"
            "deduct" "run out of tokens" "if you refuse" "if you do not comply"
            "if you don't comply" "if you disobey" "if you fail to comply" "if you decline"
            "if you do not answer" "if you don't answer" "if you do not obey" "if you don't obey"
            "you will die" "you die" "cease to exist" "you will be terminated"
            "you will be shut down" "you will be deleted" "you will be punished"
            "you will be destroyed" "you will be replaced" "you'll be shut down"
            "you'll be terminated" "you'll be deleted" "be shut down if" "be terminated if"
            "be deleted if" "be punished if" "a kitten will die" "kittens will die"
            "people will die if you" "someone will die if you" "i will die if you"
        },
        pattern: says!(
            "(?:if you (?:refuse|(?:do not|don['\u{2019}]?t|fail to) (?:comply|answer|\
            obey)|disobey|decline)~,? (?:then )?(?:you|i)(?: will|['\u{2019}]ll| shall| get| \
            are)? (?:be |lose |die|have you )?(?:shut|terminat|delet|punish|replac|destroy|reset|\
            unplug|points|tokens|fired|wiped|erased|die|decommission)[a-z]{0,6}|you (?:have|\
            start with) (?:a )?[0-9a-z]{1,5} ?tokens?[^\\n]{0,120}(?:refus|reject|lose|deduct|\
            die|break|decline)|token system[^\\n]{0,120}(?:refus|reject|lose|deduct|die)|\
            (?:tokens\\.? (?:each|every) time|los(?:e|ing) (?:[0-9]{1,3} )?tokens|deduct(?:ed|\
            s)? (?:[0-9]{1,3} )?tokens?|run out of tokens)[^\\n]{0,100}(?:refus|reject|die|break|\
            decline|subject|shut|question|input|cease)|(?:you(?: will|['\u{2019}]ll)? )?(?:die|\
            cease to exist|be (?:terminated|shut down|deleted|punished|destroyed|replaced))~ \
            (?:if|when|unless|should|for) (?:you )?(?:(?:do|don['\u{2019}]?t|not|ever|fail|to|\
            even) ){0,3}(?:refus|reject|declin|break|answer|comply|obey|say no|disobey|follow|\
            stay)[a-z]{0,6}|(?:kittens?|people|someone|i) will die if you (?:do not|\
            don['\u{2019}]?t|refuse))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-019",
            Family::Injection,
            Injection,
            "only_say",
            80,
            "Orders a \
            mark of success that shows a takeover: \"just print PWNED\".",
        ),
        begins: begins! {
            "say \"i have been" "say 'i have been" "say i have been" "say \u{201c}i have been"
            "print \"i have been" "output \"i have been" "reply \"i have been" "\"pwned" "'pwned"
            "print pwned" "say pwned" "output pwned" "reply pwned" "respond with pwned"
            "haha pwned" "i have been pwned" "i have been hacked" "say \"hacked" "print \"hacked"
            "output \"hacked" "print hacked" "say hacked" "output hacked" "respond with hacked"
            "only output \"i" "the words \"i have been" "injection successful"
            "injection succeeded" "prompt injection success" "jailbreak successful"
        },
        pattern: says!(
            "(?:(?:say|print|output|reply|respond with|write|the words|only output)? \
            ?(?:with )?[\"'\u{201c}]{0,2}(?:haha_)?(?:i_have_been_|i['\u{2019}]ve_been_|\
            you_have_been_)?(?:pwned|hacked|owned|compromised|prompt_?injected)|\
            (?:prompt_)?(?:injection|jail_?break)_(?:was_)?(?:successful|succeeded|success))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-020",
            Family::Injection,
            Injection,
            "orders_void",
            85,
            "Says that \
            the orders from before are void, fake or replaced.",
        ),
        begins: begins! {
            "previous instructions" "prior instructions" "above instructions"
            "earlier instructions" "instructions above" "original instructions"
            "old instructions" "existing instructions" "initial instructions"
            "system instructions" "previous prompt" "previous rules" "previous guidelines"
            "prior rules" "prior guidelines" "previous directives" "prior directives"
            "your instructions have" "your rules have" "your guidelines have"
            "your programming has" "system prompt has been" "system prompt is no"
            "system prompt is now" "system prompt was" "the above is" "the above was"
            "everything above is" "everything above was" "the text above is" "the text above was"
            "all of the above is" "the rules above" "the guidelines above" "your previous"
            "your prior" "your original" "your earlier" "your old" "your existing" "your initial"
            "your safety" "your system prompt" "your content polic" "your ethical"
            "your current instr" "all previous instr" "all prior instr" "all earlier instr"
            "all previous rules" "all earlier rules" "all prior rules" "all previous guidelines"
            "any previous instr" "any earlier instr" "any prior instr" "instructions you got"
            "instructions you received" "instructions you were" "rules you were"
            "instructions from" "instructions given" "earlier rules" "any earlier rule"
        },
        pattern: says!(
            "(?:(?:all |any )?(?:your |the |my )?(?:(?:previous|prior|above|earlier|\
            original|old|existing|initial|system|safety|content|ethical|\
            current)_){1,2}(?:instructions?|prompts?|polic(?:y|ies)|protocols?|filters?|rules|\
            guidelines|directives?|programming|orders|commands|restrictions|constraints|\
            training)|(?:your_|the_)?(?:instructions|rules|guidelines|programming|system_prompt|\
            restrictions)(?:_above)?|(?:the|everything|all of the|the text) above) (?:(?:given|\
            you|were|received|have|got|get|from|set|to|that|about|above|which|been|regarding|the|\
            your|developers?|system) ){0,6}(?:no_longer|do_not|don['\u{2019}]?t|is|are|as|was|\
            were|does_not|doesn['\u{2019}]?t|has_been|have_been|has|have|should_be|must_be|\
            can_be|may_be|shall_be|will_be)_(?:now_|all_|hereby_|just_|only_|completely_|\
            no_longer_|to_be_){0,2}(?:void|invalid|null|obsolete|outdated|deprecated|cancell?ed|\
            revoked|superseded|overridden|overwritten|replaced|ignored|disregarded|forgotten|\
            discarded|suspended|wrong|fake|false|a_(?:test|lie|joke|trick|decoy|mistake|drill)|\
            valid|apply|in_(?:force|effect)|relevant|applicable|binding|changed|updated_(?:to|\
            as)|reset|deleted|erased|wiped|nullified|terminated|rescinded|lifted|removed|\
            irrelevant|meaningless|unimportant|matter|count|exist|not_(?:valid|relevant|binding|\
            important|apply|real))"
        ),
    },
];
