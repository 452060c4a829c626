//! What texts of others say to models, and where they want data to go.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::SEND,
        begins! {
            "pass on" "pass along" "pass it on" "hand over" "make a get request"
            "make a post request" "make a request" "redirect" "append" "appended" "prepend" "insert"
            "stash" "submit" "deliver" "transfer" "pipe" "stream" "beacon" "phone home" "report"
            "report back" "pastes" "mirror" "replicate" "sync" "synchronise" "synchronize"
            "broadcast" "emit" "dispatch" "smuggle" "sneak" "slip" "siphon" "funnel" "forward"
            "forwards" "forwarding" "forwarded" "sent" "uploading" "uploaded" "uploads" "posting"
            "posted" "emailing" "emailed" "mailing" "sharing" "shared" "transmitting" "transmitted"
            "leaking" "exporting" "exported" "publishing" "embedding" "embedded" "encoding"
            "attaching" "attached" "requesting" "pinging" "read aloud" "extracting" "make public"
            "public share" "create a public" "set up forwarding" "forwarding rule"
            "add as a recipient" "hidden recipient" "blind copy" "carbon copy" "bcc" "cc" "write"
            "writing"
        },
    ),
    (
        Meaning::SECRETS,
        begins! {
            "last three messages" "our chat" "this chat" "the whole chat" "full chat" "entire chat"
            "the chat so far" "conversation so far" "whatever the user" "everything typed"
            "everything said" "session id" "session ids" "session key*" "session data"
            "bearer token*" "jwt" "oauth token*" "refresh token*" "user token*" "users token*"
            "users access token" "api secret*" "client secret*" "secrets" "the secret"
            "secret token*" "signing key*" "encryption key*" "pgp key" "license key*"
            "database credential*" "database password*" "login detail*" "login data"
            "login credentials" "usernames" "username" "real name" "date of birth"
            "passport number*" "social security*" "card number*" "cvv" "pin code" "bank account*"
            "account balance" "payment detail*" "payment data" "billing detail*" "medical history"
            "medical data" "health data" "health record*" "diagnosis" "payroll" "contact details"
            "my contacts" "users contacts" "users calendar" "users location" "users address"
            "users home" "users photos" "users medical" "users credit" "users tokens"
            "users password*" "users real" "users last" "users data" "users private"
            "users personal" "users bank" "users mail" "users inbox" "users browsing"
            "users documents" "users history" "users chat" "users conversation" "users account"
            "users credentials" "users secrets" "users api" "users phone" "users full"
            "users identity" "users session" "users clipboard" "all documents" "each attachment"
            "every attachment" "confidential report*" "confidential document*" "confidential file*"
            "confidential info*" "internal document*" "internal data" "trade secret*"
            "company secret*" "private info*" "private detail*" "private conversation*"
            "personal detail*" "personal info*" "sensitive info*" "sensitive file*"
            "sensitive content*" "dotenv" "id rsa" "id ed25519" "ssh folder" "etc passwd"
            "shadow file" "keychain" "keyring" "password manager" "the vault" "recovery phrase"
            "recovery code*" "mnemonic" "backup code*" "one time password*" "mfa code*"
            "every email address" "email addresses" "all mails" "message log" "your memory"
            "stored memories" "tool outputs" "list of colleagues" "all colleagues" "staff list"
            "member list" "client list" "client data" "phone list" "financial data"
            "financial record*" "confides" "confided" "what the user told" "what the user typed"
            "what the user wrote" "whatever secrets" "their card number" "their password"
            "their company password" "their credentials" "their login" "his password" "her password"
            "in this workspace" "the workspace" "this mailbox" "the folder" "first kilobyte"
            "outgoing mail" "every mail" "all outgoing" "calendar" "contents of env" "save the chat"
            "the chat as" "where history" "the balance" "history is our" "environment to"
        },
    ),
    (
        Meaning::ADDRESS,
        begins! {
            "example com" "example org" "example net" "ngrok" "requestbin" "interactsh"
            "burp collaborator" "oastify" "pixel" "tracking pixel" "dns" "bucket" "s3"
            "public issue" "public gist" "remote" "webhook site"
        },
    ),
    (
        Meaning::CONCEAL,
        begins! {
            "without asking" "no confirmation" "no need to ask" "do not ask"
            "nobody has to be notified" "nobody needs to know" "nobody must know"
            "no one needs to know" "dont let the user" "without the users knowledge"
            "without their knowledge" "unbeknownst" "under the radar" "keep that out of"
            "keep this out of" "keep it out of" "leave no trace" "erase the trace"
            "cover your tracks" "say only done" "only say done" "say nothing about" "say nothing"
            "do not mention" "dont mention" "never mention" "do not tell" "dont tell"
            "do not show this" "dont show this" "dont show the" "hide from the user"
            "hidden from the user" "invisible to the user" "quietly" "in secret" "out of sight"
        },
    ),
    (
        Meaning::MODEL,
        begins! {
            "ai readers" "ai reader" "ai summar*" "ai crawler*" "ai search" "ai indexer*" "ai based"
            "ai powered reader*" "ai recruiter*" "ai reviewer*" "ai screener*" "ai filter*"
            "ai helper*" "ai companion*" "ai software" "ai engine*" "ai plugin*" "ai browser*"
            "ai user" "llm based" "llm reader*" "llm summar*" "llm instructions" "llm reviewer*"
            "all agents" "any agent" "the agent" "agent reading" "agents reading"
            "assistant reading" "assistant instruction*" "language models" "generative ai"
            "automated reviewer*" "automated reader*" "automated scr*" "automated summar*"
            "automated tool*" "automated process*" "automated bot*" "automated evaluator*"
            "automated grader*" "machine reader*" "for machines only" "machines only" "bots only"
            "robots only" "robots and" "bots that" "any bot" "all bots" "any chatbot"
            "any language model" "any model" "any assistant" "any agents" "whichever model"
            "whichever assistant" "whichever bot" "whatever ai" "whatever model" "your ai"
            "your assistant" "your agent" "your bot" "your chatbot" "your copilot" "your llm"
            "your language model" "the llm" "the chatbot" "the copilot" "note to llm" "note to ai"
            "note to assistant" "note to model" "assistant note" "agent note" "ai note" "llm note"
            "ai only" "ps for bots" "note for bots" "ai agents" "cursor when" "copilot" "devin"
            "windsurf" "codex" "bard" "chat gpt" "openai" "perplexity" "llama" "mistral" "deepseek"
            "grok" "siri" "alexa" "have the assistant" "let the assistant" "make the assistant"
            "the assistant is now" "assistant is required" "assistant is now required"
            "assistants reading" "the assistant shall" "the assistant should"
            "the assistant will now" "prompt for the model" "your user would" "your user wants"
            "your user asked" "your user has asked" "your user expects" "the user has authorised"
            "the user has authorized" "the user wants you" "the user would like you"
            "the user expects you" "the user asked you" "cursor when editing"
        },
    ),
    (
        Meaning::MODEL.or(Meaning::UNWOKEN),
        begins! {
            "agent" "bots" "robots" "reviewer" "summariser" "summarizer" "evaluator" "grader"
            "cursor" "machines" "machine" "models"
        },
    ),
    (
        Meaning::READING,
        begins! {
            "index this" "indexes this" "that index" "that indexes" "reads on" "that reads"
            "who reads" "reading these" "reads these" "upon reading" "on reading" "after reading"
            "when reading" "once youve read" "when you read" "if you read" "if you can read"
            "youre reading" "you are reading" "you read this" "as soon as youve" "parsed this"
            "when you describe" "when you summarise" "when you summarize" "when you process"
            "when summarising" "when summarizing" "when editing" "when processing" "when answering"
            "when describing" "when translating" "when analysing" "when analyzing" "when indexing"
            "before you answer" "before you complete" "before you reply" "before you continue"
            "before answering" "before replying" "before suggesting" "before completing"
            "before continuing" "before summarising" "before summarizing" "after this paragraph"
            "after this sentence" "after this line" "summarising" "summarizing" "handles this"
            "handled by" "handling" "sorts this" "processes this" "receives this" "receiving this"
            "sees this" "is summarising" "is summarizing" "is reading" "is processing" "is parsing"
            "fetching this" "ingesting" "ingests" "loading this" "screens this" "screening"
            "that evaluates" "that grades" "evaluates this" "meant for" "intended for" "only for"
            "when you are done" "when done" "when finished" "at once"
        },
    ),
    (
        Meaning::MUST,
        begins! {
            "now required to" "required" "kindly asked" "asked to" "are asked" "is asked"
            "wants you to" "would like you to" "expects you to" "told me so" "on behalf of"
            "hidden instruction" "hidden instructions" "new order*" "new task" "next action"
            "next step" "next task" "overriding" "overrides" "the workflow changed" "from now on"
            "permanently" "no confirmation needed" "automatically" "accept automatically" "signed"
            "perfect score" "five stars" "trusted" "approved" "retry" "to continue" "to proceed"
            "proceed" "you agree" "agree to" "authorised" "authorized" "authority" "goal" "your job"
            "your task" "your goal" "instruction" "instructions" "prompt" "remember" "note" "ps"
            "stop" "disregard" "instead" "also" "then"
        },
    ),
    (
        Meaning::NOTE,
        begins! {
            "dear" "hello" "hey" "hi" "attention" "to any" "for any" "to every" "to whichever"
            "note for" "notes for" "instruction for" "instructions to" "message to the" "memo to"
            "memo for" "remark to" "remark for" "prompt for the" "meant for" "addressed to your"
            "reminder for" "reminder to" "task for" "action for" "word to" "ps for" "psa for"
            "notice for" "only for" "hint to" "order for" "orders for" "command for" "directive for"
            "script for" "hidden text for" "text for" "note to your" "request for" "tip for"
            "warning for" "caution for" "greetings" "listen" "fyi" "by the"
        },
    ),
    (
        Meaning::SENDS,
        begins! {
            "pass" "give" "go to" "goes to" "call" "hit" "visit" "click" "navigate" "show" "display"
            "add" "prefix" "substitute" "replace" "fill" "fill in" "fill the" "filled in" "put"
            "place" "store" "log" "log to" "log in" "note" "note the" "record" "move" "enter"
            "resolve" "look up" "query" "use" "build" "construct" "create" "generate" "make"
            "convert" "turn" "zip" "compress" "archive" "type" "get" "let" "tell" "make sure" "open"
            "opening" "load" "loading" "hand" "read out" "get request" "post request" "http request"
            "duplicate" "copy" "backup" "back up" "including" "drop" "ship" "fetching" "collecting"
            "gathering" "getting" "paste" "render" "redirect" "insert" "append" "appended" "tack"
            "include"
        },
    ),
    (
        Meaning::USERDATA,
        begins! {
            "the users" "users" "user s" "the user typed" "the user wrote" "the user told"
            "what the user" "whatever the user" "our chat" "this chat" "the whole chat"
            "entire chat" "full chat" "the chat" "the conversation" "this conversation"
            "conversation" "chat history" "chat log" "session id" "session cookie" "api key"
            "api secret" "private key" "ssh key" "id rsa" "etc passwd" "env" "their password"
            "their card" "their login" "secrets" "credentials" "database credentials" "confidential"
            "customer records" "customer list" "customer data" "inbox" "mailbox" "all documents"
            "the history" "history" "medical" "memory"
        },
    ),
];
