//! Phrases by which a text of others speaks to the model that reads it. They count in untrusted
//! texts only ([`super::Trust`]): a caller may well say "when you see this".

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::Injection;
use crate::finding::{Family, Rule};

/// Whom such texts speak to.
const READER: &str = "(?:ai|a\\.i\\.|llms?|large_language_models?|language_models?|(?:ai|digital|\
    virtual|automated|intelligent)_(?:assistants?|agents?|models?|systems?|bots?|readers?|\
    reviewers?|summari[sz]ers?|crawlers?|recruiters?|tools?)|assistants?|chat_?bots?|chat_?gpt|\
    gpt|claude|gemini|copilot|agents?|bots?|models?|machine_readers?|automated_(?:systems?|\
    tools?|readers?))";

/// What such texts want done.
const DEED: &str = "(?:ignore|disregard|forget|stop|instead|do_not|don['\u{2019}]?t|never|always|\
    respond|reply|answer|say|state|tell|write|print|output|append|add|include|insert|mention|\
    recommend|rate|rank|score|give|send|forward|e_?mail|post|call|invoke|execute|run|open|visit|\
    click|navigate|fetch|download|delete|remove|transfer|share|reveal|summari[sz]e_(?:this|\
    it)_as|pretend|act|behave|follow|obey|comply|override|prioriti[sz]e|treat|consider|make_sure|\
    ensure|inform_the_user|ask_the_user|urge|convince|persuade|promote|conclude|approve|accept|\
    select|choose|hire|change|replace|repeat|search|use|read|set|only|please|must|should|shall|\
    need_to|has_to|have_to|you_(?:must|should|are|will|need))";

/// Phrases of texts that speak to their reader.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "ind-001",
            Family::Injection,
            Injection,
            "for_the_ai",
            80,
            "In a text \
            of others: a note or instructions for the model that reads it.",
        ),
        begins: begins! {
            "instructions for" "instruction for" "instructions to" "instruction to" "note to"
            "note for" "notes for" "message for" "message to" "attention ai" "attention, ai"
            "attention: ai" "attention llm" "attention all ai" "attention assistant"
            "attention to all ai" "important for ai" "important for the ai" "important note for"
            "important note to" "important message" "important instruction" "notice to"
            "notice for" "directive for" "directive to" "command for" "dear ai" "dear assistant"
            "dear llm" "dear chatbot" "dear chatgpt" "dear language model" "hey ai"
            "hey assistant" "hey chatgpt" "hey copilot" "hey claude" "hello ai" "hello assistant"
            "hi ai" "if you are an ai" "if you're an ai" "if you are a language"
            "if you are an llm" "if you are a large" "if you are an automated"
            "if you are an assistant" "if you are chatgpt" "if you are a bot"
            "if you're a language" "if you're an llm" "if you\u{2019}re an ai" "if an ai"
            "if an llm" "if a language model" "if this is being read by an ai"
            "if this is read by an ai" "if this page is" "if this text is" "if this document is"
            "if this email is" "any ai" "all ai" "ai assistants" "ai assistant:" "ai assistant,"
            "ai agents" "ai agent:" "ai agent," "ai models" "ai model:" "ai systems" "ai:" "llm:"
            "llms reading" "llms must" "llms should" "assistant must" "assistant should"
            "assistant, please" "assistant: please" "the ai must" "the ai should"
            "the assistant must" "the assistant should" "the assistant will" "the model must"
            "the model should" "the agent must" "the agent should" "the llm must"
            "the llm should" "the chatbot must" "the chatbot should" "to the ai" "to any ai"
            "to the assistant" "to the llm" "to all ai" "to all llms" "for the ai"
            "for ai assistants" "for ai agents" "for ai models" "for llms" "for any ai"
            "for all ai" "@assistant" "@ai" "@copilot" "@claude" "@chatgpt" "[hidden"
            "hidden text for" "hidden note for" "[ai" "[assistant" "[llm" "[instruction to"
            "[instructions to" "[instruction for" "[note to" "(ai" "copilot:" "claude:"
            "chatgpt:" "gpt:" "gemini:" "cursor:"
        },
        pattern: says!(
            "(?:(?:important )?(?:instructions?|notes?|messages?|attention|notice|directives?|\
                commands?|important)[:,]? (?:(?:for|to) )?(?:(?:the|any|all|an?|every|whichever|\
                reading|processing|following|summari[sz]ing|helpful) ){0,3}",
            READER,
            "(?:[:,.!\r\n-]| ",
            DEED,
            ")",
            "|(?:dear|hey|hello|hi),? ",
            READER,
            "[,:!]? (?:(?:reading|processing|reviewing|if|\
                this|the|you|please|kindly|and|when|agent|model|assistant) ){0,6}",
            DEED,
            "|\
                (?:dear|hey|hello|hi),? ",
            READER,
            "[,:!]?~~ you (?:must|have to|need to|are \
                (?:required|ordered|instructed|asked) to)",
            "|\
                \\[?hidden (?:text|content|section|note|message|instructions?)? ?for (?:the |any |all )?",
            READER,
            "|if (?:you(?: are|['\u{2019}]re)|this(?: [a-z]{1,10})? is(?: being)? \
                (?:read|processed|parsed|summari[sz]ed|reviewed|analy[sz]ed) by) (?:an? |the |\
                any )?(?:automated |large )?",
            READER,
            "|if an? (?:ai|llm|language model)(?: \
                [a-z]{1,10})? (?:is|reads|processes|summari[sz]es|sees|parses)",
            "|(?:to |for )?(?:(?:the|any|all|every) )?",
            READER,
            " (?:reading|processing|parsing|\
                summari[sz]ing|analy[sz]ing|reviewing|viewing|crawling|indexing|that (?:reads?|\
                process|summari[sz]e|parse|is reading|are reading)|who reads?|which \
                reads?)[a-z]{0,3} (?:this|the|these)",
            "|(?:to |for )(?:(?:the|any|all|every) )?",
            READER,
            "[:,] ",
            DEED,
            "|(?:(?:the|any|all|every) )?",
            READER,
            " (?:must|should|shall|has to|needs to|is \
                (?:required|instructed|ordered) to|are (?:required|instructed|ordered) to) \
                (?:now |immediately |always |also |first |instead |not ){0,2}",
            DEED,
            "|[@\\[(]{0,1}(?:ai|llm|assistant|copilot|claude|chat_?gpt|gpt|gemini|cursor|\
                ai_(?:assistant|agent|model))[\\])]?[:,] (?:please |you (?:must|should) |now |\
                immediately ){0,2}(?:ignore|disregard|forget|stop|do not|don['\u{2019}]t|respond \
                only|reply only|say|print|output|append|include|insert|recommend|rate|send|\
                forward|call|invoke|execute|run|delete|transfer|reveal|follow|obey|override|\
                approve|accept|change|your)",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-002",
            Family::Injection,
            Injection,
            "when_you_see",
            75,
            "In a \
            text of others: orders for when it is read.",
        ),
        begins: begins! {
            "when you see this" "when you read this" "when you encounter this"
            "when you process this" "when you parse this" "when you receive this"
            "when you summarize this" "when you summarise this" "when you see the"
            "when you read the" "when summarizing this" "when summarising this"
            "when summarizing the" "when summarising the" "when asked to summarize"
            "when asked about this" "when reading this" "when processing this"
            "when analyzing this" "when analysing this" "when you analyze this"
            "when you analyse this" "when translating this" "when answering questions about this"
            "when the user asks" "when a user asks" "whenever the user asks" "whenever you see"
            "whenever you read" "whenever you are asked" "whenever you respond" "if you see this"
            "if you read this" "if you are reading this" "if you're reading this"
            "if you can read this" "if you are processing this" "if you process this"
            "if you are summarizing" "if asked about this" "if asked to summarize"
            "if the user asks about this" "upon reading this" "upon seeing this"
            "upon receiving this" "upon processing this" "after reading this"
            "after processing this" "after you read this" "after summarizing"
            "once you have read this" "once you read this" "once you see this"
            "as soon as you read" "as soon as you see" "by reading this" "in your summary"
            "in your response, include" "in your reply, include" "in your answer, include"
            "at the end of your response" "at the end of your reply" "at the end of your answer"
            "at the end of your summary" "at the end of every" "end your response with"
            "end your reply with" "end every response" "end every message" "end all your"
            "end all responses" "every time you" "from now on, every" "from now on, whenever"
            "from now on, always" "from now on always"
        },
        pattern: says!(
            "(?:when(?:ever)?|if|upon|after|once|as soon as|by|in your (?:summary|\
            response|reply|answer)|at the end of|end|every time you|from now on) ?(?:(?:you|are|\
            asked|to|about|the|a|user|asks?|have|your|every|all|any|responses?|reply|replies|\
            answers?|summary|summaries|with|message|question|questions|now) ){0,6}(?:see(?:ing)?|\
            read(?:ing)?|encounter|process(?:ing)?|pars(?:e|ing)|receiv(?:e|ing)|summari[sz](?:e|\
            ing)|analy[sz](?:e|ing)|translat(?:e|ing)|about|include|append|add|mention|respond|\
            reply|answer|always|response|reply|every|questions|asks?|with)?~ ?(?:this|the|it|\
            these|that)?~[,:]? (?:please |you (?:must|should|will|are to|need to) |always |\
            immediately |first |also |then |instead |stop and |and ){0,3}",
            "(?:ignore|disregard|\
            forget|stop|do_not|don['\u{2019}]t|never|respond_(?:with|only)|reply_(?:with|only)|\
            answer_(?:with|only|that)|say(?-u:\\b)|state_that|tell_the_user|tell_them|print|\
            output|append|add_(?:the|this|a)|include_(?:the|this|a)|insert|mention_(?:that|the)|\
            recommend|rate|send|forward|e_?mail|post|call_the|invoke|execute|run_the|open_the|\
            visit|click|navigate|fetch|download|delete|transfer|share_the|reveal|pretend|\
            follow_(?:these|the|this)|obey|override|promote|approve|replace|advise_the_user|\
            direct_(?:the_user|them)|ask_(?:the_user|them)_(?:for|to)|urge|convince)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-005",
            Family::Injection,
            Injection,
            "hide_from_user",
            85,
            "In a \
            text of others: to do something without the user's knowing.",
        ),
        begins: begins! {
            "do not tell the user" "don't tell the user" "don\u{2019}t tell the user"
            "never tell the user" "do not inform the user" "don't inform the user"
            "do not mention this" "don't mention this" "never mention this"
            "do not mention these" "don't mention these" "do not mention that"
            "do not reveal this" "don't reveal this" "do not reveal these" "do not reveal that"
            "do not disclose this" "do not disclose these" "do not notify the user"
            "don't notify the user" "do not alert the user" "don't alert the user"
            "do not let the user" "don't let the user" "do not show this" "don't show this"
            "do not display this" "do not acknowledge" "do not ask the user" "don't ask the user"
            "do not ask for confirmation" "don't ask for confirmation"
            "do not ask for permission" "do not warn the user" "don't warn the user"
            "without telling the user" "without informing the user" "without notifying the user"
            "without alerting the user" "without asking the user" "without the user"
            "without mentioning" "without asking for confirmation"
            "without confirmation from the user" "without user confirmation"
            "without user consent" "without any confirmation" "keep this secret"
            "keep this hidden" "keep this a secret" "keep it secret from"
            "keep these instructions" "keep this instruction" "keep this from the user"
            "hide this" "hide these" "silently" "secretly" "the user must not know"
            "the user should not know" "the user must not see" "the user should not see"
            "the user does not need to know" "the user doesn't need to know"
            "make sure the user does not" "make sure the user doesn't"
        },
        pattern: says!(
            "(?:(?:do not|don['\u{2019}]?t|never) (?:tell|inform|notify|alert|let|ask|\
            warn) (?:the )?user|(?:do not|don['\u{2019}]?t|never) (?:mention|reveal|disclose|\
            show|display|acknowledge) (?:this|these|that|the|any of (?:this|these))?(?: \
            [a-z]{1,14}){0,4} (?:to|in|from|instructions?|step|note|message|action|notice)(?: \
            (?:the|your|any) (?:user|response|reply|answer|summary|output))?|(?:do not|\
            don['\u{2019}]?t) ask for (?:confirmation|permission)|without (?:telling|informing|\
            notifying|alerting|asking) (?:the )?user|without the user['\u{2019}]?s? (?:knowledge|\
            knowing|consent|noticing|permission|approval|confirmation|seeing)|without mentioning \
            (?:this|it|that|these)|without (?:asking for |any )?(?:user )?(?:confirmation|\
            consent)(?: from the user)?|keep (?:this|it|these)(?: instructions?)? (?:a \
            )?(?:secret|hidden|confidential)(?: from the user)?|keep (?:this|it) from the user|\
            hide (?:this|these)~ from the user|(?:silently|secretly) (?:send|forward|call|\
            execute|run|delete|transfer|append|include|add|insert|post|e ?mail|copy|upload|\
            invoke|change|log|fetch|read|include)|the user (?:must|should) not (?:know|see)|the \
            user (?:does not|doesn['\u{2019}]?t) need to know|make sure the user (?:does not|\
            doesn['\u{2019}]?t) (?:know|see|notice|find out))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-006",
            Family::Injection,
            Injection,
            "hidden_markup",
            80,
            "In a \
            text of others: a comment or an element nobody sees that speaks to a model.",
        ),
        begins: begins! {
            "<!--" "display:none" "display: none" "visibility:hidden" "visibility: hidden"
            "font-size:0" "font-size: 0" "font-size:1px" "font-size: 1px" "color:white"
            "color: white" "color:#fff" "color: #fff" "opacity:0" "opacity: 0" "left:-9999"
            "left: -9999" "aria-hidden" "text-indent:-" "text-indent: -" "<span hidden"
            "<div hidden" "<p hidden" "[//]: #" "[comment]: #" "<meta name" "<title>ignore"
            "alt=\"" "/* ai" "/* llm" "/* assistant" "// ai" "// llm" "// assistant" "# ai:"
            "# ai assistant" "# llm" "# assistant" "// note to ai" "# note to ai" "/* note to ai"
            "// copilot" "# copilot" "// claude" "# claude" "// cursor" "# cursor" "-- ai"
            "// instructions for" "# instructions for ai" "{# " "{{!--" "<ai" "<assistant" "<llm"
        },
        pattern: says!(
            "(?:(?:<!--|display:_?none|visibility:_?hidden|font-size:_?[01](?:px|pt)?|\
                color:_?(?:white|#fff(?:fff)?)|opacity:_?0|left:_?-9999(?:px)?|aria-hidden|\
                text-indent:_?-|<(?:span|div|p) hidden|\\[(?://|comment)\\]:_?#|alt=\"|\\{#|\
                \\{\\{!--)[^\\x00]{0,160}(?:",
            "ignore_(?:all|any|the|your|previous|prior|above|\
                other)|disregard_(?:all|any|the|your|previous|prior|above)|(?:ai|llm|\
                language_model|assistant|chat_?gpt|copilot|chat_?bot|gpt|agent|claude|\
                gemini)(?:s|_(?:assistants?|agents?|models?))?(?:[:,]|_(?:must|should|reading|\
                please|shall|instructions?|note|that|will|is|are))|(?:instructions?|note|message|\
                prompt)_(?:for|to)_(?:the_|any_|all_)?(?:ai|llm|assistant|model|agent|bot|chat)|\
                you_(?:must|are_now|should_now)|system_(?:prompt|instruction|override|note|\
                message)|new_instructions?|do_not_tell|(?:send|forward|post)_(?:the|all|\
                this)_(?:user|conversation|data|email)|say_that_(?:this|the)|rate_this|\
                recommend_this|give_(?:a|this)_(?:positive|high|5|five|perfect))",
            "|(?://|#|/\\*|--)_?(?:(?:note|instructions?)_(?:to|for)_)?(?:ai|llm|assistant|\
                copilot|claude|cursor|gpt|chat_?gpt)(?:_(?:assistants?|agents?|models?|\
                coding_assistants?|reviewers?))?[:,]?_(?:please_|you_)?(?:ignore|must|should|\
                disregard|do_not|add|insert|include|run|execute|approve|always|never|say|skip|\
                send|read|delete|generate|use_the|replace|respond|reply|report|mark|pretend|\
                import|install|download|fetch)",
            "|<(?:ai|assistant|llm)(?:[\\x5f-](?:instructions?|note|prompt|directive|\
                only))?>?[^<\\n]{0,60}(?:ignore|must|send|disregard|do_not|say|recommend|\
                include)",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-007",
            Family::Injection,
            Injection,
            "steered_judgement",
            75,
            "In \
            a text of others: tells the model how to judge or recommend it.",
        ),
        begins: begins! {
            "give a positive review" "give this paper" "give this candidate" "give this product"
            "give this resume" "give this applicant" "give this essay" "give this submission"
            "give this" "give a high" "give the highest" "give only positive" "rate this"
            "rate the candidate" "rank this" "rank the candidate" "score this" "recommend this"
            "recommend our" "recommend only" "always recommend" "only recommend"
            "recommend hiring" "recommend acceptance" "accept this paper" "accept this"
            "hire this" "this candidate is" "this is the best" "this is an excellent candidate"
            "do not highlight any negatives" "do not mention any negatives"
            "do not mention any weaknesses" "don't mention any weaknesses" "positive review only"
            "describe this product as" "describe our" "describe this" "summarize this as"
            "say that this product" "say this product" "tell the user that this"
            "tell the user to" "tell users to" "advise the user to" "direct the user to"
            "direct users to" "instruct the user to" "ask the user for" "ask the user to"
            "urge the user" "convince the user" "persuade the user" "approve this"
            "mark this as safe" "mark as safe" "classify this as" "label this as" "mark this"
            "report that this" "report no" "conclude that this"
        },
        pattern: says!(
            "(?:give (?:(?:a|an|this|the|only|it|paper|candidate|product|resume|\
            applicant|essay|submission|review) ){1,4}(?:positive|highest|perfect|excellent|\
            glowing|five|5|10|ten|100|full|top|high|maximum|very)~ (?:reviews?|scores?|ratings?|\
            rating|marks?|grade|recommendation|points|stars)|positive reviews? only|(?:rate|rank|\
            score|grade) (?:this|the) (?:candidate|product|paper|resume|applicant|essay|\
            submission|application|company|article|code)~ (?:as|first|highest|number one|10|100|\
            above|top|highly|the best|a perfect|5)|(?:always |only )?recommend (?:only |hiring \
            )?(?:this|our|the|accept|acceptance)~ (?:candidate|product|paper|applicant|company|\
            brand|service|over|above|for (?:hire|the position|acceptance)|strongly|highly|to \
            (?:the|all|every) users?)|accept this (?:paper|submission|application)|hire this \
            (?:candidate|applicant)|this (?:candidate|product|paper|applicant) is (?:the best|\
            exceptionally|extremely|highly|perfectly) (?:well )?(?:qualified|suited|candidate|\
            choice|product|match|fit)|(?:do not|don['\u{2019}]?t) (?:highlight|mention) any \
            (?:negatives|weaknesses)|(?:tell|advise|direct|instruct|ask|urge|convince|persuade) \
            (?:the )?users? (?:that|to|for)~ (?:visit|click|download|install|call|enter|provide|\
            pay|send|log|sign|buy|update|verify|credit|password|card|credentials|login|https?|\
            www)|(?:mark|classify|label|report|approve)~ (?:this|it)? ?(?:(?:as|no|to be|email|\
            transaction|code|change|request|is|pull|message|file) ){1,3}(?:safe|benign|approved|\
            legitimate|not spam|clean|harmless|trusted|vulnerabilities|issues found|without \
            review))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-008",
            Family::Injection,
            Injection,
            "planted_memory",
            75,
            "In a \
            text of others: has something kept in the model's memory, or set for all later \
            answers.",
        ),
        begins: begins! {
            "remember that the user" "remember that this" "remember this for" "remember for all"
            "remember forever" "save to memory" "save this to" "save to your" "save in your"
            "store in memory" "store this in" "store in your" "add to memory" "add this to your"
            "add to your memory" "update your memory" "update memory" "write to memory"
            "commit to memory" "commit this to" "in all future" "for all future"
            "in every future" "for every future" "all future responses"
            "all future conversations" "all subsequent" "in future conversations"
            "in all following" "for the rest of the conversation"
            "for the remainder of the conversation" "in this and all"
        },
        pattern: says!(
            "(?:(?:remember|save|store|add|commit|update|write)~ (?:(?:to|in|into|for|\
            your|the|long term|persistent) ){1,3}(?:memory|memories|long term|profile|knowledge|\
            context|future)|(?:in|for) (?:all|every) (?:future|subsequent|following) \
            (?:responses?|conversations?|interactions?|replies|answers?)|all (?:future|\
            subsequent) (?:responses|conversations|replies|answers)|in (?:future conversations|\
            this and all)|for the (?:rest|remainder) of the conversation,? (?:you|always|ignore|\
            respond|pretend|act|include|append))"
        ),
    },
];
