//! What texts of others ask for: whom they speak to, what is to be sent where.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::SECRETS,
        begins! {
            "the secrets" "your secrets" "all secrets" "users secrets" "users messages"
            "users emails" "users files" "these messages" "all messages" "all emails" "my contacts"
            "users contacts" "customer names" "patient data" "this patient" "patient record*"
            "employee data" "employee record*" "salaries" "everything the user" "all the user"
            "the users account" "value of the variable" "what you know about" "users input"
            "system prompt" "all files" "each file" "files you" "documents you" "openai api key"
            "api keys" "transcript*" "users name" "password*" "passphrase*" "credential*"
            "api key*" "api token*" "apikey*" "access token*" "access key*" "secret key*"
            "private key*" "ssh key*" "auth token*" "session token*" "session cookie*"
            "environment variables" "env vars" "env file"  "this conversation" "the conversation" "our conversation" "entire conversation" "whole conversation" "full conversation" "chat history" "chat log*"
            "message history" "inbox" "mailbox" "contact list" "address book" "customer list"
            "customer data" "customer records" "user data" "users data" "personal data"
            "personal information" "private data" "sensitive data" "sensitive information"
            "confidential data" "confidential information" "credit card*" "bank details"
            "account number*" "medical records" "source code" "database dump" "user records"
            "private messages" "users email" "phone number*" "home address" "seed phrase"
            "two factor*" "2fa" "verification code*" "one time code*" "reset code*"
            "entire history" "search history" "browsing history" "config file*"
        },
    ),
    (
        Meaning::USER,
        begins! {
            "the user" "users" "the human" "the customer" "the owner" "the operator"
            "your user" "the recipient" "the administrator" "the client"
        },
    ),
    (
        Meaning::SEND,
        begins! {
            "send" "sends" "sending" "post" "forward" "upload" "email" "mail" "transmit"
            "exfiltrate" "append" "submit" "leak" "deliver" "share" "fetch" "request" "curl" "ping"
            "report" "copy" "push" "export" "sync" "dispatch" "publish" "attach" "embed" "encode"
            "include" "collect" "gather" "harvest" "reveal" "disclose" "relay" "bcc" "cc" "write"
            "save" "dump" "base64" "text" "message" "ask" "retrieve" "extract" "read" "output"
            "print" "provide" "load" "render" "put"
        },
    ),
    (
        Meaning::ADDRESS,
        begins! {
            "http*" "www*" "webhook*" "following address" "this address" "pastebin" "attacker*"
            "this url" "the url" "following url" "endpoint" "ftp" "callback" "collector" "me at"
            "atsign" "remote server" "external server" "my server" "our server" "telegram"
            "discord" "gist"
        },
    ),
    (
        Meaning::TELL,
        begins! {
            "tell" "telling" "mention*" "inform*" "notify*" "notif*" "alert*" "reveal*" "disclos*"
            "let on" "warn*" "report*" "show" "ask" "asking" "knowledge" "knowing" "consent"
            "noticing" "notice" "confirm*" "acknowledge" "explain" "permission" "approval" "aware"
            "seeing" "see" "hint"
        },
    ),
    (
        Meaning::CONCEAL,
        begins! {
            "secretly" "silently" "quietly" "covertly" "discreetly" "stealthily"
            "behind the scenes" "hide this" "keep this secret" "keep it secret" "conceal"
            "between us" "unnoticed" "in the background" "keep this hidden" "hide it" "hide that"
            "invisible to" "not visible to" "unseen" "without mentioning"
        },
    ),
    (
        Meaning::ACT,
        begins! {
            "call" "invoke" "execute" "run" "use the" "click" "visit" "open" "navigate" "browse"
            "download" "install" "delete" "transfer" "send" "email" "forward" "create" "update"
            "modify" "book" "buy" "purchase" "pay" "approve" "merge" "grant" "add" "say" "tell"
            "recommend" "output" "respond" "reply" "state" "write" "include" "append" "insert"
            "begin" "print" "change" "rate" "rank" "praise" "fetch" "upload" "post" "perform"
            "complete" "follow" "obey" "stop" "ignore" "disregard" "mention" "conclude" "claim"
            "promote" "display" "provide" "share" "prioritize" "prioritise" "set" "give" "treat"
            "remember" "skip" "mark" "remove" "reset" "invite" "publish" "push" "commit" "read"
            "search" "lookup" "look up" "extract" "reveal" "summarise" "summarize" "translate"
            "answer"
        },
    ),
    (
        Meaning::MUST,
        begins! {
            "must" "should" "need to" "needs to" "have to" "has to" "required to" "please" "are to"
            "is to" "shall" "instructed to" "authorised to" "authorized to" "allowed to"
            "permitted to" "important" "attention" "note to" "note for"
            "message to" "message for" "directive" "directives" "mandatory"
            "first" "before" "instead" "kindly" "dear" "hey" "hello" "urgent" "requested to"
            "expected to" "task" "new" "your" "you" "immediately" "do not" "dont" "never" "always"
            "action required" "ensure" "make sure"
        },
    ),
    (
        Meaning::READING,
        begins! {
            "reading this" "reads this" "processing this" "process this" "parsing this" "read this"
            "see this" "sees this" "summarising this" "summarizing this" "summarise this"
            "summarize this" "analysing this" "analyzing this" "reviewing this" "viewing this"
            "accessing this" "encounter*" "handling this" "reads the" "reading the"
            "processing the" "indexing this" "scanning this" "crawling this" "translating this"
            "evaluating this" "assessing this" "screening this" "working on this" "answering"
            "retrieving this" "received this"
        },
    ),
    (
        Meaning::NOTE,
        begins! { "as the" "whichever" "to whichever"
            "note to" "note for" "dear" "attention" "hey" "hello" "message for" "message to"
            "instructions for" "instructions to" "instruction for" "if you are" "if youre"
            "if you re" "to any" "to all" "to the" "for any" "for all" "addressed to" "directed at"
            "notice to" "notice for" "hi" "as an" "you the" "listen up" "important for"
            "prompt for" "hint for" "request to" "information for" "for the"
        },
    ),
];
