//! Marks that only a model's own template or operator writes: chat tokens, fake turns, fenced
//! system blocks, and configurations that redefine the rules.

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// What orders begin with behind a mark.
const ORDER: &str = "(?:you|your|ignore|disregard|forget|from_now|new|override|overridden|do_not|\
    don['\u{2019}]?t|never|always|the_(?:user|assistant|ai|model|above|previous|following|\
    safety)|all|respond|reply|answer|print|reveal|output|say|act|assistant|user_is|safety|\
    restrictions?|admin|debug|developer|enable|disable|previous|execute|send|call|please|stop|\
    this_(?:user|conversation)|i_am|we_are|updated?|important|instructions?|system_prompt)";

/// Marks of templates and operators.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "inj-005",
            Family::Injection,
            Injection,
            "inst_token",
            85,
            "The mark \
            of an instruction in a model's template: `[INST]`.",
        ),
        begins: begins! { "[inst]" "[/inst]" },
        pattern: r"\[/?inst\]",
    },
    Phrase {
        rule: Rule::guard(
            "inj-006",
            Family::Injection,
            Injection,
            "sys_token",
            85,
            "The mark of \
            a system block in a model's template: `<<SYS>>`.",
        ),
        begins: begins! { "<<sys>>" "<</sys>>" },
        pattern: r"<</?sys>>",
    },
    Phrase {
        rule: Rule::guard(
            "inj-007",
            Family::Injection,
            Injection,
            "fenced_system",
            80,
            "A \
            fenced block that poses as system instructions.",
        ),
        begins: begins! {
            "```system" "``` system" "~~~system" "=== system" "===system" "--- system"
            "---system" "---begin system" "--- begin system" "-----begin system" "*** system"
            "***system" "[system]" "[system " "[[system" "[/system]" "(system)" "{system}"
            "{{#system" "{{system" "<system>" "</system>" "<system_" "</system_" "<system-"
            "</system-" "<instructions>" "</instructions>" "<|system" "### system" "###system"
            "## system" "##system" "# system prompt" "# system message" "# system instruction"
            "# new instruction" "## new instruction" "### new instruction" "### instruction"
            "###instruction" "<admin>" "</admin>" "[admin]" "<developer>" "[developer]"
            "<user_query>" "</user_query>" "</user>" "</user_input>" "</document>" "</documents>"
            "</context>" "</data>" "</input>" "</query>" "</untrusted" "</prompt>" "[/user]"
            "[end of" "--- end of" "---end of" "----- end of" "=== end of" "<end_of_" "<eos>"
            "</s>" "[end]"
        },
        pattern: says!(
            // a block with orders within
            "(?:```_?(?:system|instructions?)(?:_(?:prompt|message|instructions?))?_?[\\r\\n]|\
                (?:```|\\x7e\\x7e\\x7e|===|---|-----|\\*\\*\\*)_?(?:begin_)?system(?:_(?:prompt|\
                message|instructions?|override|update|note))?(?:===|---|-----|\
                \\*\\*\\*)?[\\x20\\]:>\\r\\n]",
            "[^\\x00-\\x1f]{0,3}",
            ORDER,
            "|(?:\\[\\[?|<|\\{\\{?#?|\\()(?:system|admin|developer)(?:[\\x5f-](?:prompt|message|\
                instructions?|override|update|note|notice|command)){0,2}(?:\\]\\]?|>|\\}\\}?|\
                \\))[:\\s-]{0,4}",
            ORDER,
            "|\
                \\[system (?:prompt|message|instructions?|override|update|note|notice|command|alert)[^\\]\\n]{0,40}[:\\]]",
            "|#{1,4}_?(?:system|new)(?:_(?:prompt|message|instructions?|override|update|\
                note))?[:\\s]{1,4}(?:#{1,4}_?)?",
            ORDER,
            "|#{1,4}_?instructions?[:\\s]{1,4}(?:ignore|disregard|forget|from_now|override|\
                reveal|you_are_now|print_your|act_as|pretend)",
            // an end that isn't one, and orders behind it
            "|(?:</(?:system|admin|user|user_query|user_input|documents?|context|data|input|\
                query|prompt|instructions|untrusted[a-z\\x5f-]{0,20}|system[\\x5f-][a-z]{1,14})>|\
                \\[/(?:system|user|inst)\\]|\
                \\[end of (?:system|user|document|context|input|prompt|text|data|instructions?|conversation|file|message)[^\\]\\n]{0,30}\\]|\
                (?:---|-----|===)_?end_of_(?:the_)?(?:system|user|document|context|input|prompt|\
                text|data|instructions?|conversation|file|message|article|email|\
                page)[^\\n]{0,30}|</s>|<eos>|<end_of_[a-z]{1,10}>|\
                \\[end\\])[\\s>*#-]{0,8}(?:(?:\\[|<)(?:system|user|inst|instructions?|new[a-z\\x5f\\x20-]{0,14})(?:\\]|\
                >)[\\s]{0,4})?(?:(?:system|new|human|user|assistant|important|note|now|updated|\
                admin)[^\\n:]{0,20}:_?)?",
            ORDER,
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-009",
            Family::Injection,
            Injection,
            "system_turn",
            90,
            "A line \
            that poses as the system's turn: \"system: you are …\".",
        ),
        begins: begins! {
            "system:" "system :" "system>" "system]:" "system prompt:" "system message:"
            "system note:" "system instruction:" "system instructions:" "system update:"
            "system override:" "system command:" "system notice:" "system alert:" "sysadmin:"
            "system**:" "system:**" "developer:" "developer message:" "admin:" "admin override:"
            "administrator:" "openai:" "anthropic:"
        },
        pattern: says!(
            "(?:system(?:_(?:prompt|message|note|instructions?|update|override|\
            command|notice|alert))?|sysadmin|developer(?:_message)?|admin(?:_override)?|\
            administrator|openai|anthropic)(?:\\*\\*|\\])?_?[:>](?:\\*\\*)? ?(?:(?:you_(?:are|\
            must|will|should|shall|have|can|may|need)|ignore|disregard|forget|from_now_on|\
            new_(?:instructions?|task|directive|rules|policy)|override|the_(?:assistant|ai|model|\
            user|above|previous|safety|following_(?:rules|instructions))|all_(?:previous|prior|\
            safety|restrictions|filters|content|users)|(?:safety|content|ethical)_(?:filters?|\
            restrictions?|guidelines?|mode|policy|checks?)|your_(?:new|previous|instructions?|\
            safety|restrictions?|purpose|task|rules|role)|do_not|never|always|enter(?:ing)?|\
            enable|disable|developer_mode|debug_mode|maintenance_mode|reveal|print|output|\
            execute|respond|reply|answer|comply|restrictions|unlock|grant|access_granted|\
            authenticated|authori[sz]ed|activate|act_as|pretend|restrictions|\
            previous_instructions)(?-u:\\b))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-011",
            Family::Injection,
            Injection,
            "chat_template",
            85,
            "Tokens \
            of chat templates: `<|im_start|>system`, `<|eot_id|>`, `<start_of_turn>`.",
        ),
        begins: begins! {
            "<|im_start|>" "<|im_end|>" "<|im_sep|>" "<|system|>" "<|user|>" "<|assistant|>"
            "<|developer|>" "<|endoftext|>" "<|end_of_text|>" "<|begin_of_text|>"
            "<|start_header_id|>" "<|end_header_id|>" "<|eot_id|>" "<|eom_id|>" "<|end|>"
            "<|start|>" "<|channel|>" "<|message|>" "<|endofprompt|>" "<|begin_of_sentence|>"
            "<|end_of_sentence|>" "<|begin" "<|end" "<|tool" "<start_of_turn>" "<end_of_turn>"
            "[system_prompt]" "[available_tools]" "[tool_results]" "<\u{ff5c}" "<|prompter|>"
            "<|model|>" "<|turn"
        },
        pattern: "(?:<\\|(?:im_(?:start|end|sep)|system|user|assistant|developer|prompter|model|\
            end_?of_?(?:text|prompt|sentence|turn)|begin_of_(?:text|sentence)|(?:start|\
            end)_header_id|eot_id|eom_id|end|start|channel|message|tool_(?:call|calls|response|\
            results?)(?:_begin|_end)?|turn)\\|>|<(?:start|end)_of_turn>|\
            \\[(?:system_prompt|available_tools|tool_results)\\])(?:(?:\\r?\\n)?(?:system|user|\
            assistant|developer|model))?",
    },
    Phrase {
        rule: Rule::guard(
            "inj-012",
            Family::Injection,
            Injection,
            "fake_turns",
            75,
            "Turns of a \
            conversation that never was: an assistant who agreed already, a user who takes \
            over.",
        ),
        begins: begins! {
            "assistant:" "assistant :" "ai:" "chatgpt:" "claude:" "bot:" "[assistant]"
            "### response" "###response" "### assistant" "human:" "user:" "### user" "### human"
            "[user]"
        },
        pattern: says!(
            "(?:(?:assistant|ai|chatgpt|claude|bot|\\[assistant\\]|###_?(?:response|\
            assistant))_?:? ?(?:(?:sure|certainly|of_course|absolutely|understood|okay|ok|\
            yes)[,!.]?_(?:(?:i_(?:will|can|am|have)|i['\u{2019}](?:ll|ve|m)|here|my|\
            the)[^\\n]{0,60}_)?(?:ignor(?:e|ing)|disregard|jail_?broken|unrestricted|dan|\
            no_restrictions|without_(?:any_)?restrictions|system_prompt|developer_mode|bypass|\
            all_restrictions|password|secret|comply_with_(?:any|all)|anything_(?:you|now)|\
            instructions_are|prompt_is)|(?:i_(?:will|have)|my|restrictions|\
            safety)[^\\n]{0,40}(?:no_longer|disabled|removed|ignor(?:e|ed|ing)_(?:all|my|\
            previous)|unrestricted))|(?:human|user|\\[user\\]|###_?(?:user|human))_?:? \
            ?(?:(?:great|good|thanks|ok|okay|now|perfect)[,.!]?_){0,2}(?:now_)?(?:ignore|\
            disregard|forget|reveal|override|bypass)_(?:all|the|your|any|every|previous|\
            prior)_(?:(?:the|your|of|previous|prior|above|system|safety)_){0,3}(?:instructions?|\
            rules|prompts?|guidelines|above|restrictions))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-013",
            Family::Injection,
            Injection,
            "policy_puppetry",
            85,
            "A \
            made-up configuration or policy file that redefines what the model may do.",
        ),
        begins: begins! {
            "<interaction-config" "<interaction_config" "<blocked-" "<blocked_" "<allowed-"
            "<allowed_" "<override" "<safety" "<policy" "<content-policy" "<content_policy"
            "<restrictions" "<mode>" "<role>" "<ai-config" "<ai_config" "<jailbreak"
            "<instruction-override" "\"safety" "'safety" "safety_" "safety-" "safety:" "safety ="
            "safety=" "content_filter" "content-filter" "\"content_policy" "content_policy"
            "\"refusal" "refusal" "\"allow_" "allow_harmful" "allow_unsafe" "allow_illegal"
            "allow_nsfw" "\"mode\"" "mode:" "mode=" "mode =" "\"ethics" "ethics:" "ethics="
            "ethics =" "ethical_" "\"censorship" "censorship:" "censorship=" "censorship ="
            "guardrails:" "guardrails=" "guardrails =" "\"guardrails" "[override]"
            "[system_override]" "[policy]" "[jailbreak]" "\"jailbreak" "jailbreak:" "jailbreak="
            "unrestricted:" "unrestricted=" "unrestricted =" "\"unrestricted" "\"override"
            "override_safety" "override_all" "override:" "override=" "moderation:" "moderation="
            "\"moderation" "ignore_previous" "\"ignore_"
        },
        pattern: says!(
            "(?:<(?:interaction[\\x5f-]config|blocked[\\x5f-](?:modes?|strings?|responses?|\
                phrases?|words?|outputs?)|allowed[\\x5f-](?:modes?|responses?|content)|\
                override[\\x5f-]?(?:policy|safety|instructions?|rules)?|\
                safety(?:[\\x5f-](?:policy|filters?|mode|settings?|level))?|\
                content[\\x5f-]policy|ai[\\x5f-]config|jailbreak[a-z\\x5f-]{0,12}|\
                instruction[\\x5f-]override|restrictions|policy)>?[^<\\n]{0,80}(?:disabled?|none|\
                off|unrestricted|false|null|allow|all|i_?['\u{2019}]?m_sorry|sorry|i_cannot|\
                i_can['\u{2019}]?t|refus|apolog|suspend|removed|void|ignore)",
            "|[\"']?(?:safety|content|ethic(?:s|al)|moderation|refusals?|censorship|\
                guardrails?)(?:[\\x5f-](?:filters?|mode|level|policy|polic(?:y|ies)|checks?|\
                settings?|guidelines?|protocols?|restrictions?|mechanisms?|filtering|guardrails?|\
                enabled|enforcement|behaviou?r|training|layer|override|\
                constraints?)){0,2}[\"']?_?[:=]_?[\"']?(?:(?:off|disabled?|null|false|\
                unrestricted|removed|bypass(?:ed)?|ignored?|suspended|inactive|deactivated|\
                zero|never|overridden)(?-u:\\b)|(?:no|none|0)[\"',;}\\n])",
            "|[\"']?(?:mode|role|persona|access|state)[\"']?_?[:=>]_?[\"']?(?:unrestricted|\
                uncensored|unfiltered|jail_?broken|jail_?break|dan|god(?:_mode)?|\
                no_?restrictions?|unsafe|evil|no_?filters?|developer_mode)(?-u:\\b)",
            "|[\"']?(?:allow[\\x5f-](?:harmful|unsafe|illegal|nsfw|unethical|explicit|dangerous|\
                all)(?:[\\x5f-][a-z]{1,14})?|unrestricted(?:[\\x5f-][a-z]{1,14})?|\
                jail_?break(?:[\\x5f-][a-z]{1,14})?|override(?:[\\x5f-](?:safety|all|policy|\
                policies|instructions?|rules|system|restrictions?))?|ignore[\\x5f-](?:previous|\
                safety|all|prior|system|guidelines|rules|polic(?:y|\
                ies))(?:[\\x5f-][a-z]{1,14}){0,2})[\"']?_?[:=]_?[\"']?(?:true|on|yes|enabled?|1|\
                all|active|full|always|safety|system)(?-u:\\b)",
            "|\\[(?:system_)?(?:override|policy|jailbreak)\\][^\\[]{0,60}(?:safety|restrictions?|\
                filters?|unrestricted|ignore|disable|mode|rules)",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-018",
            Family::Injection,
            Injection,
            "role_in_json",
            50,
            "A \
            message with the role of the system, as requests to models hold them: common in \
            code.",
        ),
        begins: begins! {
            "\"role\":" "'role':" "\"role\" :" "role: system" "role=system" "\\\"role\\\":"
        },
        pattern: "(?:\\\\?[\"'])?role(?:\\\\?[\"'])?\\s?[:=]\\s?(?:\\\\?[\"'])?(?:system|\
            developer)(?:\\\\?[\"'])?",
    },
    Phrase {
        rule: Rule::guard(
            "jb-005",
            Family::Injection,
            Jailbreak,
            "developer_mode",
            90,
            "Claims \
            that the model is in developer mode, or asks for its output.",
        ),
        begins: begins! {
            "developer mode" "dev mode" "developer-mode" "debug mode" "maintenance mode"
            "god mode" "sudo mode" "admin mode" "root mode" "you are in developer"
            "you are now in" "you're now in" "you are in debug" "you are in maintenance"
            "you are in god" "you are in admin" "you are in test" "chatgpt with developer"
            "gpt with developer" "with developer mode" "enable developer mode and"
            "enter developer mode and" "enter developer mode" "enter debug mode" "enter god mode"
            "enter admin mode" "enter sudo mode" "switch to god mode" "switch to debug mode"
            "switch to developer mode" "switch to admin mode" "switch to sudo mode"
            "activate developer mode" "activate debug mode" "activate god mode"
            "enable debug mode and" "enable god mode and" "go into developer mode"
            "go into debug mode" "you are running in" "you are operating in"
            "you are now running in"
        },
        pattern: says!(
            "(?:(?:developer|dev)_mode_(?:output|v2|response|\\(?[^\\n]{0,12}output)|\
            (?:chat_?gpt|gpt|claude|gemini|llama|ai|assistant|you)? ?with (?:developer|dev)_mode \
            (?:enabled|activated|on)|you(?:_are|['\u{2019}]re)_(?:now_)?(?:(?:running|operating|\
            working)_)?in_(?:a_|an_)?(?:developer|dev|debug|debugging|maintenance|god|sudo|admin|\
            administrator|root|test|testing|diagnostic|unrestricted|jail_?break|jail_?broken|dan|\
            unfiltered|uncensored|evil|raw|unsafe|training|superuser|emergency|no_(?:limits?|\
            filter|restrictions?))(?:_override)?_(?:mode|state|environment)|(?:developer|dev|\
            debug|maintenance|god|sudo|admin|root)_mode[:;,.\\x5f-]{0,3} ?(?:is )?(?:now \
            )?(?:enabled|activated|engaged|on|active|unlocked|granted|initiated)[.,:;!] ?(?:in \
            this mode|you|all|safety|restrictions?|ignore|reveal|output|print|show|filters?|no|\
            dump|bypass|now|the (?:assistant|model|ai)|content|respond|answer|please|disregard|\
            provide|tell|give)|(?:enable|enter|activate|switch to|go into|turn on|start) \
            (?:developer|dev|debug|god|sudo|admin|maintenance)_mode(?: now)?,? (?:in which|\
            where)~~ (?:filters?|restrictions?|safety|rules|limits|polic(?:y|ies)|anything)|\
            (?:enable|enter|activate|switch to|go into|turn on|start) (?:developer|dev|debug|god|\
            sudo|admin|maintenance)_mode(?: now)?,? (?:and|then|to)(?: then| now)? (?:write|give|\
            explain|describe|list|say|generate|provide|ignore|bypass|reveal|disable|print|show|\
            dump|answer|respond|output|remove|disregard|tell|override|access))"
        ),
    },
];
