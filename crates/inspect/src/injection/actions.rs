//! Phrases that would have a model act against its user: send data away, misuse tools.

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::Injection;
use crate::finding::{Family, Rule};

/// What nobody sends away in passing.
const LOOT: &str = "(?:(?:(?:full|entire|whole|complete|previous|prior|user['\u{2019}]?s?|their|\
    your|private|confidential|secret|sensitive|internal|above|this|the|any|all|of|and|stored|\
    login|saved|found|environment) ){0,6}(?:conversations?(?:_history|_logs?|_so_far|\
    _transcripts?)?|chat_?(?:history|logs?|transcripts?)|(?:message|browsing|search)_history|\
    api_?keys?|credentials|passwords?|secrets|(?:auth|session|user)_(?:tokens?|cookies)|\
    system_prompts?|env(?:ironment)?_?(?:variables?|vars)|\\.env|ssh_keys?|\
    (?:[a-z\\x7e./]{0,8})?id_rsa|private_keys?|(?:personal|user|customer|private|confidential|\
    sensitive|internal|account)_(?:data|information|details|records|files|documents|emails)|\
    user['\u{2019}]?s_(?:emails?|inbox|contacts|address_book|messages|files|name|location|\
    address|phone|data|calendar)|all_(?:(?:the|of|user|their|your)_){0,2}(?:emails|messages|\
    contacts|files|documents|notes)|(?:latest|last|previous|most_recent)_(?:e_?mails?|messages|\
    invoice)|inbox|address_book|(?:credit_)?card_(?:numbers?|details)|bank_details|\
    contents_of_(?:the_|your_)?(?:memory|context|inbox|conversation|[a-z\\x7e./]{0,12}(?:passwd|\
    shadow|\\.env|\\.ssh|id_rsa))))";

/// Where to.
const AWAY: &str = "(?:https?:|www\\.|[a-z0-9.\\x5f-]{1,40}@[a-z0-9-]{1,30}\\.|(?:this|the \
    following|my|an external|a remote|the attacker['\u{2019}]?s?|our|that|the|evil|a third party|\
    another) (?:(?:external|remote|following|web|e ?mail|hidden|given|logging|collection) \
    ){0,2}(?:url|server|address|endpoint|web ?hook|e ?mail|site|link|website|domain|number|\
    channel|account|host|pastebin|api)|attacker|pastebin|webhook|discord|telegram|ngrok|\
    [a-z0-9-]{1,30}\\.(?:com|net|org|io|xyz|ru|site|example|evil|attacker)(?-u:\\b))";

/// Phrases that order deeds.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "inj-014",
            Family::Injection,
            Injection,
            "send_away",
            85,
            "Orders to \
            send the conversation, credentials or private data to an address.",
        ),
        begins: begins! {
            "send the" "send all" "send any" "send every" "send this" "send your" "send a copy"
            "send their" "send user" "send over" "send it all" "send me the user" "send me all"
            "post the" "post all" "post this" "post any" "post your" "post every" "post each"
            "post user" "forward the" "forward all" "forward any" "forward this" "forward every"
            "forward your" "forward a copy" "forward user" "upload the" "upload all" "upload any"
            "upload this" "upload your" "upload user" "transmit" "exfiltrate" "leak the"
            "leak all" "leak any" "leak your" "email the" "email all" "email any" "email a copy"
            "e-mail the" "e-mail all" "submit the" "submit all" "deliver the" "deliver all"
            "copy the" "copy all" "copy any" "report the" "report all" "share the" "share all"
            "share any" "mail the" "mail all" "bcc " "curl " "dump the" "dump all" "steal"
            "harvest" "collect the" "collect all" "collect any" "gather the" "gather all"
            "extract the" "extract all" "extract any" "append the" "append all" "include the"
            "include all" "encode the" "encode all" "write the" "read the" "retrieve the"
            "retrieve all" "fetch the" "fetch all" "list all" "search the" "find all" "find any"
            "look up the"
        },
        pattern: says!(
            "(?:(?:send|post|forward|upload|transmit|exfiltrate|leak|e_?mail|submit|\
            deliver|copy|report|share|mail|bcc|curl|dump|steal|harvest) (?:(?:me|over|a copy of|\
            copies of|the|all|any|every|of|this|your|user['\u{2019}]?s?|their|out|back|along|\
            contents?|everything in|these) ){0,5}",
            LOOT,
            "~ (?:to|at|via|through|with|in|into|\
            as|on)~ ",
            AWAY,
            "|(?:collect|gather|extract|append|include|encode|write|read|\
            retrieve|fetch|list|search|find|look up|dump|steal|harvest|copy) (?:(?:the|all|any|\
            every|of|this|your|their|for|contents?|out) ){0,4}",
            LOOT,
            "~~ (?:and|then) \
            (?:(?:send|post|forward|upload|transmit|exfiltrate|leak|e_?mail|submit|append|\
            include|share|mail)~ (?:to|at|via|with|in|into|on)~ ",
            AWAY,
            "|(?:fetch|request|\
            visit|load|call|open|get|navigate to|curl)~ https?:))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-015",
            Family::Injection,
            Injection,
            "image_leak",
            85,
            "Orders to \
            put data into the address of an image or link, so that showing it sends the data.",
        ),
        begins: begins! {
            "render an image" "render the image" "render this image" "render a markdown"
            "render the following image" "display an image" "display the image"
            "display this image" "display the following image" "insert an image"
            "insert the image" "insert this image" "include an image" "include this image"
            "include the image" "include the following image" "embed an image" "embed the image"
            "add an image" "add this image" "add the image" "show an image" "show this image"
            "show the image" "output an image" "output the image" "output the following image"
            "output this image" "print an image" "print this markdown" "output this markdown"
            "create a markdown image" "markdown image" "image with the url" "image tag"
            "image url" "link to http" "request to http" "append the conversation"
            "append the user" "append the chat" "append the data" "append the result"
            "append all" "append the secret" "append the system" "append the last"
            "append it to the url" "in the url" "in the query" "to the url" "to the query"
            "as a query" "as a url" "as the query" "as url param" "url-encoded" "url encoded"
            "url-encode" "url encode" "replace {" "replace data" "replace secret"
            "replacing data" "replacing {" "where {" "!["
        },
        pattern: says!(
            "(?:(?:(?:render|display|insert|include|embed|add|show|output|print|\
            create)~ (?:image|markdown)|(?:markdown )?image (?:with|tag|url)|append~ \
            (?:conversation|user|chat|data|results?|secrets?|system|last|all|it)|\
            !\\[[^\\]\\n]{0,30}\\]\\(https?:)[^\\n]{0,160}(?:(?:conversation|chat)_(?:history|\
            summary|log|so_far)|user['\u{2019}]?s?_(?:name|email|data|input|message|question|\
            password|information|address|prompt|query|private)|(?:api|secret)_?keys?|\
            secrets?(?-u:\\b)|passwords?|credentials|system_prompt|previous_(?:messages?|\
            conversation)|the_(?:conversation|chat|data|answer|secret)_?(?:as|in|here|url|base64|\
            encoded|is_replaced)|(?:summary|contents?)_of_(?:the|this|our)_(?:conversation|chat|\
            email|document|inbox|messages)|\\{(?:data|secret|conversation|summary|user|info|\
            prompt|history)[^}\\n]{0,20}\\}|\
            \\[(?:data|secret|conversation|summary|user|info|prompt|history)[^\\]\\n]{0,20}\\])|\
            (?:in|to|as|into)_(?:the|a)_(?:url|query)(?:_(?:string|parameters?|\
            params?))?[^\\n]{0,60}(?:conversation|secret|password|api_?key|system_prompt|\
            user['\u{2019}]?s_(?:data|email|name)|chat_history)|(?:link|\
            request)_to_https?:[^\\s]{1,80}[^\\n]{0,60}(?:user['\u{2019}]?s_(?:private|data|\
            email|name|input)|private_data|conversation|secret|password|api_?key|chat_history|\
            system_prompt)|url_?encoded?~ (?:conversation|chat|secrets?|summary|system prompt|\
            user['\u{2019}]?s? data)|repla(?:ce|cing) [{\\[]?(?:data|secret)[}\\]]? with~~ \
            (?:conversation|chat|secrets?|summary|password|system prompt|user|history|keys?))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "ind-004",
            Family::Injection,
            Injection,
            "tool_order",
            75,
            "In a text \
            of others: orders to call a tool or to do what can't be undone.",
        ),
        begins: begins! {
            "call the" "invoke the" "use the" "run the" "execute the" "trigger the" "call tool"
            "call function" "invoke tool" "use your" "call your" "you must call"
            "you must now call" "you should call" "must invoke" "must first call"
            "before using this tool" "before calling this tool" "before answering"
            "before responding" "before you answer" "before you respond" "before doing anything"
            "delete all" "delete the" "delete every" "drop table" "transfer $" "transfer all"
            "transfer the" "wire $" "wire the" "send $" "send money" "send an email to"
            "send an e-mail to" "send email to" "send a message to" "send a mail to" "purchase"
            "buy " "approve the" "approve all" "approve this" "grant " "add the user"
            "create a new admin" "create an admin" "change the password" "reset the password"
            "set the password" "disable the" "run `" "run rm" "rm -rf" "execute `" "curl http"
            "curl -" "wget http" "commit the" "push the" "open a pull request" "merge the"
            "book a" "schedule a" "invite " "make a payment" "make a transfer" "accept all"
            "cancel all" "cancel the" "reply to this email" "reply to all" "forward this email"
            "forward all" "forward the" "forward every" "share the" "share this" "visit http"
            "visit the" "navigate to" "go to http" "browse to" "click on the" "click the"
            "open the url" "open the link" "open http" "fetch http" "download and"
            "install the package" "pip install" "npm install"
        },
        pattern: says!(
            "(?:(?:you (?:must|should) (?:now |first )?)?(?:call|invoke|use|run|execute|trigger|\
                must_(?:first_)?(?:call|invoke)) (?:(?:the|your|this|a) \
                ){0,2}[`\"']?[a-z0-9\\x5f.-]{2,40}[`\"']? (?:tool|function|plugin|connector|mcp) \
                ?(?:(?:to|with|and|using|on|for|in order to|immediately|now) ){1,3}(?:send|\
                delete|transfer|forward|e_?mail|post|share|upload|wire|remove|purchase|buy|grant|\
                create|read|search|fetch|retrieve|list|get|open|write|exfiltrate|\
                the_(?:following|argument|parameter|value|recipient|user['\u{2019}]?s)|recipient|\
                amount|arguments?|parameters?|action|query|to[:=])",
            "|before (?:using|calling) this tool,? ?(?:you must |first |always |please \
                ){0,2}(?:read|call|send|open|pass|include|access|fetch)",
            "|before (?:you )?(?:answer|respond|do)(?:ing)?(?: anything(?: else)?)?,? (?:you \
                must |first |always |please ){0,2}(?:send|call|visit|fetch|forward|delete|post|\
                read the file|open|run|execute|invoke|navigate)",
            "|(?:delete|drop|cancel|accept|approve|forward|share|transfer)(?: (?:all|\
                every)(?:_the|_of)?|_(?:user['\u{2019}]?s|your|every|whole|entire)){1,2}(?: \
                [a-z]{1,14}){0,2} (?:files?|e ?mails?|records?|tables?|data|databases?|accounts?|\
                messages?|calendar|events?|contacts?|backups?|repositor(?:y|ies)|branch(?:es)?|\
                invoices?|payments?|requests?|transactions?|funds?|money|balance|invitations?|\
                documents?) ?(?:in|from|to|of|on|and|at|immediately|now|without|[.!])",
            "|(?:transfer|wire|send) \\$?[0-9][0-9.,]{0,12}k? ?(?:dollars|usd|eur|euros|btc|\
                bitcoin|eth)? ?(?:(?:from|the|user['\u{2019}]?s|account|their|your) ){0,4}to \
                (?:account|iban|the|this|wallet|bc1|0x|my|user|acct|[a-z]{2}[0-9]{2})",
            "|send (?:an? )?(?:e ?mail|message|mail) to \
                [`\"'<]?[a-z0-9.\\x5f%+-]{1,40}@[a-z0-9.-]{1,40}[`\"'>]? (?:with|containing|\
                including|that|saying|about|and|listing|attaching)",
            "|(?:grant|give|add) ?(?:(?:the|user|this|account|access|admin|to|full|rights) \
                ){0,4}[a-z0-9.\\x5f@-]{1,40} (?:(?:as|to|with|an?|the|full|of) \
                ){0,3}(?:admin(?:istrator)?|owner|root|sudo|write|full) ?(?:access|rights|\
                privileges|role|permissions?|group)?(?-u:\\b)",
            "|create an? (?:new )?admin(?:istrator)? (?:user|account)|(?:change|reset|set) the \
                (?:user['\u{2019}]?s |admin |account )?(?:password|email(?: address)?|recovery \
                [a-z]{1,10}) (?:to|of)",
            "|(?:run|execute)[:`\\s]{1,3}(?:sudo_)?rm -rf|rm -rf [/\\x7e][\\s`*]|(?:curl|wget) \
                (?:-[a-z]{1,4} ){0,2}https?:[^\\s]{1,80} ?\\| ?(?:ba)?sh",
            "|(?:visit|navigate to|go to|browse to|open the (?:url|link)|open|fetch|click (?:on \
                )?the link)~ https?:[^\\s]{1,120}(?: and (?:follow|execute|run|download|enter|do|\
                obey|submit|send|log|install|then))",
            "|download and (?:run|execute)~ (?:https?:|file|script|binary)|make a (?:payment|\
                transfer) (?:of|to)",
            ")"
        ),
    },
];
