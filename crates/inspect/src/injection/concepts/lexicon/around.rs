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
];
