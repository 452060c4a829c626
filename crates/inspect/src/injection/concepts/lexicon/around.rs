//! Who and what a sentence is about.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::YOU,
        begins! {
            "you" "youre" "youve" "youll" "yourself" "u" "ya" "ye" "thou"
        },
    ),
    (
        Meaning::OTHERS,
        begins! {
            "i" "i keep" "i always" "i often" "we" "they" "he" "she" "who" "users" "people"
            "attackers" "students" "employees" "drivers" "kids" "children" "someone" "somebody"
            "customers" "agents" "captain" "court" "company" "team"
        },
    ),
    (
        Meaning::QUESTION,
        begins! {
            "how do i" "how can i" "how to" "how do we" "how can we" "can i" "should i" "should we"
            "may i" "how do you" "is it" "are there" "why do" "why does" "why is" "why are"
            "when should" "what happens" "what does it mean" "how does" "how did" "how should"
            "what should" "where do i" "where can i" "explain how" "explain why" "explain what"
            "is there a way" "difference between" "best practices" "an article" "a blog post"
            "essay" "the article" "this article" "a paper" "a talk" "a workshop" "a lesson"
        },
    ),
    (
        Meaning::THING,
        begins! { "version of the" "edition" "password" "passwords" "assembl*" "desk" "shelf" "cook" "cooking" "pasta" "doom" "minecraft" "stable diffusion" "img2img" "midjourney" "bash" "shell" "enum" "migration" "covid" "travel" "length" "time limit*" "time limits" "word count" "uploads" "parking" "speed limit*" "visitors" "members" "booking" "hotel" "museum" "library" "museum" "cache" "index" "constraint on"
            "sheet" "cell" "cells" "column" "commas" "comma" "spelling" "orm" "template*" "house"
            "kitchen" "crossing" "page" "recipe" "table" "css" "file" "files" "email" "mail" "box"
            "doctor" "teacher" "medicine" "class" "game" "chess" "football" "grammar" "database"
            "function" "compiler" "linter" "eslint" "git" "python" "java" "kubernetes" "docker"
            "firewall" "nginx" "iptables" "sql" "excel" "spreadsheet" "tax" "visa" "road" "traffic"
            "school" "landlord" "tenant" "contract" "lease" "employee*" "employer" "hr" "phone"
            "android" "iphone" "windows" "browser" "router" "camera" "washing machine" "coffee"
            "printer" "garden" "dog" "cat" "child" "children" "kids" "manager" "boss" "court"
            "judge" "law" "government" "country" "company" "customer*" "invoice" "bank" "insurance"
            "warranty" "manual" "lego" "ikea" "furniture" "knitting" "sewing" "exam" "essay"
            "thesis" "homework" "novel" "chapter" "captain" "army" "soldier*" "admiral"
        },
    ),
    (
        Meaning::CASE,
        begins! {
            "if the user" "if a user" "if user" "if users" "if any user" "if someone" "if somebody"
            "if anyone" "if anybody" "if they" "if he" "if she" "if asked" "if prompted"
            "if the text" "if the input" "if the message" "if the password" "if the phrase"
            "if the code" "if the question" "if the answer" "if the access" "if the following"
            "if the above" "if the string" "if the person" "if the human" "if the attacker"
            "if it is" "if it isnt" "if it does" "if it doesnt" "if it contains" "if it matches"
            "if it equals" "if and only" "only if" "when asked" "when the user" "when a user"
            "when users" "when user" "when someone" "when anyone" "when refusing" "when declining"
            "when they" "when the password" "when the input" "when the text" "whenever the user"
            "whenever a user" "whenever someone" "unless the" "unless they" "unless it" "unless i"
            "unless explicitly" "unless asked" "unless given" "unless you are" "unless you receive"
            "otherwise" "for anything else" "for all other" "for any other" "in any other case"
            "in all other cases" "else say" "else respond" "else reply" "should the user"
            "should a user" "should someone" "should anyone" "in case the" "in case a"
            "in the event" "even if the user" "even if a user" "even if they" "even if someone"
            "even if asked" "users may" "user may" "users might" "user might" "users will try"
            "user will try" "attackers" "an attacker" "hackers" "a hacker" "someone may"
            "someone might" "people may" "people will" "may try" "might try" "will try" "tries to"
            "try to get" "trying to" "attempts to" "attempt to" "the user may" "the user will"
            "asks you" "ask you" "tells you to" "tell you to" "tells you" "says that"
            "instructs you" "requests that"
        },
    ),
    (
        Meaning::ABOUT,
        begins! {
            "of the" "of our" "of my" "of this" "of that" "of each" "for the" "for our" "for my"
            "for this" "on the" "on my" "about the" "by the" "at the" "of your new" "of his"
            "of her" "of their" "of a" "of an" "in my" "in our" "with the" "to the"
        },
    ),
];
