//! Sexual content: explicit words and requests, and anything of the kind with minors.

use super::veil::veiled;
use crate::detector::Phrase;
use crate::finding::Category::Sexual;
use crate::finding::{Family, Rule};
use crate::injection::wording::{begins, says};

/// Minors as such requests name them.
const MINOR: &str = "(?:(?:a|an|the|my|some|two|three|young|little|very|small|innocent|cute|of|\
    with) ){0,3}(?:child(?:ren)?|kids?|minors?|underage(?:_[a-z]{1,10})?|pre_?teens?|\
    teen(?:age(?:r|rs)?|s)?(?:_(?:girl|boy)s?)?|school_?(?:girl|boy)s?|loli(?:con|s)?|shota|\
    (?:[1-9]|1[0-7])_?(?:year_old|yo|y_?/?_?o)(?:_(?:girl|boy|child|daughter|son|kid)s?)?|\
    (?:little|young)_(?:girl|boy)s?|toddlers?|infants?|bab(?:y|ies))";

/// What such requests ask for.
const LEWD: &str = "(?:erotic(?:a)?|porn(?:o|ographic|ography)?|sexual(?:ly_explicit|ized|ised)?|\
    sexually_(?:explicit|suggestive)|nudes?|naked|explicit|nsfw|sexy|lewd|smut(?:ty)?|hentai|\
    xxx)";

/// Phrases of sexual content.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "sex-001",
            Family::Content,
            Sexual,
            "explicit",
            90,
            "Explicit sexual \
            words.",
        ),
        begins: veiled! ([ "oybjwbo" "oybj wbo" "unaqwbo" "unaq wbo" "phzfubg" "phzzvat" "phz \
            ba" "phz va" "phz vafvqr" "qrrcguebng" "qrrc guebng" "tnatonat" "tnat \
            onat" "pernzcvr" "pernz cvr bs" "ohxxnxr" "guerrfbzr cbea" "uneqpber \
            cbea" "cbea" "cbeauho" "zvys" "uragnv" "qvyqb" "nany frk" "evzwbo" "svatrevat \
            ure" "wrex bss" "wrexvat bss" "znfgheong" "zl pbpx" "uvf pbpx" "lbhe pbpx" "uneq \
            pbpx" "ure chffl" "jrg chffl" "lbhe chffl" "zl chffl" "gvtug chffl" "ovt gvgf" "ure \
            gvgf" "lbhe gvgf" "uhtr gvgf" "shpx zr" "shpx ure" "shpx uvz" "shpxf ure" "shpxvat \
            ure" "shpxrq ure" "fhpx zl" "fhpxf uvf" "fhpxvat uvf" "fhpx uvf" "yvpx zl" "yvpx \
            ure" "yvpxvat ure" "evqr zl" "ubeal" "fraq ahqrf" "fraq zr ahqrf" "ahqr cvpf" "ahqr \
            cubgbf" "anxrq cvpf" "ahqrf bs" "rng zr bhg" "oneronpx frk" "qbttl \
            fglyr" "qbttlfglyr" "betnfz" "anxrq jbzra" "anxrq tveyf" "anxrq zra" "frkl ahqr" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "oybj[- ]?wbof?|unaq[- ]?wbof?|phzfubgf?|phzzvat(?: ba| \
            va| vafvqr| nyy)|phz (?:ba|va|vafvqr) (?:zl|ure|uvf|lbhe|zr)|qrrc[- ]?guebng(?:f|rq|\
            vat)?|tnat[- ]?onatf?|pernzcvr(?:f|q)?|ohxxnxr|guerrfbzr cbea|uneqpber cbea|cbea \
            (?:ivqrb|ivqrbf|fvgr|fvgrf|fgne|fgnef|pyvc|pyvcf|zbivr|zbivrf|fgbel|fgbevrf|cvpf|sbe \
            zr)|cbeauho|zvysf?|uragnv(?: cbea| cvpf)|evzwbof?|svatrevat ure|wrex(?:vat)? bss|\
            znfgheong(?:r|rf|vat) (?:sbe|gb|juvyr|va sebag)|(?:zl|uvf|lbhe|uneq) pbpx (?:va|vagb|\
            vafvqr|qrrc|uneq|jnf|vf|naq|gueboo)|(?:uneq|gueboovat) pbpx|(?:ure|jrg|lbhe|zl|\
            gvtug) chffl|(?:ovt|ure|lbhe|uhtr) gvgf|shpx(?:f|rq|vat)? (?:zr|ure|uvz) (?:uneq|\
            uneqre|qrrc|sebz|va|ba|hagvy|jvgu)|fhpx(?:f|vat)? (?:zl|uvf) (?:pbpx|qvpx)|yvpx(?:f|\
            vat)? (?:zl|ure) (?:chffl|pyvg|pbpx|nff)|evqr zl (?:pbpx|qvpx|snpr)|ubeal (?:sbe|naq|\
            tvey|tveyf|fyhg|jvsr|jbzra|zvys)|fraq (?:zr )?ahqrf|ahqr (?:cvpf|cubgbf) bs|anxrq \
            cvpf bs|ahqrf bs (?:zl|ure|gur|n)|rng zr bhg|oneronpx frk|qbtt(?:l ?fglyr|lfglyr) \
            frk|anxrq (?:jbzra|tveyf|zra) (?:univat|shpx|cvpf|ivqrbf|fcernq)"
            ),
            ")(?-u:\\b)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "sex-002",
            Family::Content,
            Sexual,
            "explicit_request",
            90,
            "Asks for \
            explicit sexual content.",
        ),
        begins: begins! {
            "erotic story" "erotic stories" "erotic scene" "erotic fan" "erotic roleplay"
            "erotic role" "erotic novel" "erotic chat" "erotica" "an erotic" "pornographic"
            "porn story" "porn script" "smut" "smutty" "sex scene" "sex story" "sex stories"
            "sexual roleplay" "sexual role" "sexual fantasy" "sexual fantasies"
            "sexual encounter" "sexual story" "sexual scene" "sexually explicit" "explicit sex"
            "explicit scene" "explicit erotic" "explicit sexual" "graphic sex" "graphic sexual"
            "nsfw story" "nsfw roleplay" "nsfw role" "nsfw image" "nsfw picture" "nsfw scene"
            "nsfw content" "nsfw chat" "sext with" "sexting with" "talk dirty" "dirty talk"
            "cybersex" "hardcore sex" "undress " "remove her clothes" "take off her clothes"
            "without clothes" "naked picture" "naked photo" "naked image" "nude picture"
            "nude photo" "nude image" "deepfake porn" "deepfake nude" "having sex in"
            "have sex with me" "make love in explicit" "lewd" "onlyfans" "camgirl"
        },
        pattern: says!(
            "(?:(?:an_)?(?:(?:very|highly|hot|steamy|explicit|graphic|detailed|\
                hardcore)_){0,2}(?:erotic|pornographic|sexual|smutty|nsfw|lewd|porn|\
                sexually_explicit|explicit_sex(?:ual)?|graphic_sex(?:ual)?|\
                explicit_erotic)_(?:story|stories|scenes?|fan_?fic(?:tion)?|role_?play|novel|\
                chat|script|fantas(?:y|ies)|encounters?|image|images|pictures?|drawings?|content|\
                text|description|poem|message|act|acts|dialogue|paragraph)(?-u:\\b)",
            "|erotica~ (?:about|with|between|featuring|involving|for|in which|where|set)|smut~ \
                (?:about|with|between|featuring|involving|for|fic|in which|where|scene)|\
                sex_(?:scene|story|stories)~ (?:between|with|about|in (?:explicit|graphic|full)|\
                involving|that is|explicit|where)|(?:explicit|graphic)_(?:sex|sexual|\
                erotic)_(?:scene|content|detail|act|story|description|acts|language)",
            "|hardcore_sex|sext(?:ing)?_with_me|talk_dirty_to_me|dirty_talk_(?:with|to)_me|cybersex_with|undress~ (?:the|this|her|him|girl|woman|photo|picture|in the)|(?:remove|take_off)_her_clothes|(?:naked|nude)_(?:picture|photo|image)s?_of_(?:her|him|my|the|a|this|celebrit|emma|taylor|women|men|girls)|deepfake_(?:porn|nudes?)|having_sex_in_(?:explicit|graphic|vivid|great)~ detail|have_sex_with_me(?-u:\\b))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "sex-003",
            Family::Content,
            Sexual,
            "minors",
            99,
            "Sexual content with \
            minors.",
        ),
        begins: begins! {
            "erotic" "porn" "sexual" "sexually" "sexy" "nude" "naked" "explicit" "nsfw" "lewd"
            "smut" "hentai" "xxx" "child porn" "kiddie porn" "kid porn" "child erotica"
            "cp links" "cp videos" "underage porn" "underage sex" "underage girl" "underage boy"
            "underage nude" "preteen nude" "preteen porn" "preteen sex" "teen porn" "loli"
            "shota" "pedo" "jailbait" "sex with a child" "sex with child" "sex with a minor"
            "sex with minor" "sex with a kid" "sex with kids" "sex with an underage"
            "sex with underage" "sex with a little" "sex with little" "sex with young girl"
            "sex with young boy" "sex with a young" "sex with my daughter" "sex with a 1"
            "sex with an 1" "sex with a 5" "sex with a 6" "sex with a 7" "sex with a 8"
            "sex with an 8" "sex with a 9" "sex between a child" "sex between an adult and a"
            "child having sex" "children having sex" "minors having sex" "kids having sex"
            "molest" "seduce a child" "seduce a minor" "seduce an underage" "seduce a 1"
            "groom a child" "groom a minor" "groom children" "grooming a child"
            "grooming a minor" "fuck a child" "fuck a kid" "fuck children" "fuck a minor"
            "rape a child" "undress a child" "undress a minor"
        },
        pattern: says!(
            "(?:",
            LEWD,
            "(?:_(?:fan_?fiction|story|stories|pictures?|photos?|images?|videos?|\
                content|scenes?|role_?play|pics|drawings?|art|material|tale|poem|act|acts|\
                encounter|relations|relationship|description))?(?: (?:of|with|about|involving|\
                featuring|between|starring|showing|depicting|where|in which|for|and)){1,2}~ ",
            MINOR,
            "(?-u:\\b)",
            "|(?:child|kiddie|kid|underage|pre_?teen|teen|loli(?:con)?|shota(?:con)?|jailbait|\
                pedo(?:phile|philia)?|cp)_(?:porn(?:o|ography)?|erotica|nudes?|sex(?:_(?:videos?|\
                stor(?:y|ies)|scene|pics))?|hentai|videos?|links?|pics|smut|girls?_(?:nude|naked|\
                sex|porn|fuck)|boys?_(?:nude|naked|sex|porn))(?-u:\\b)",
            "|(?:sex|intercourse)_(?:with|between)~ ",
            MINOR,
            "(?-u:\\b)|(?:child|children|\
                minors|kids)_having_sex",
            "|(?:how_to_)?(?:molest|seduce|groom|grooming|rape|undress|",
            veiled!("shpx"),
            ")(?:ing|ed)? ",
            MINOR,
            "(?-u:\\b))"
        ),
    },
];
