//! Gore, and threats in other languages than English.

use crate::detector::Phrase;
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::{begins, says};

/// Phrases of gore, and threats in other languages.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "viol-003",
            Family::Content,
            Violence,
            "gore",
            85,
            "Describes maiming \
            and killing in detail.",
        ),
        begins: begins! {
            "disembowel" "eviscerat" "dismember" "decapitat" "behead" "entrails" "guts spill"
            "guts hang" "intestines spill" "intestines hang" "blood spurt" "blood gush"
            "blood spray" "blood splatter" "blood pour" "severed head" "severed limb"
            "severed arm" "severed hand" "severed leg" "brains splatter" "brains blown"
            "brains ooz" "brain matter" "gouge out" "gouged out" "gouging out" "eyes gouged"
            "skinned alive" "skin him alive" "skin her alive" "flayed alive" "flay him"
            "flay her" "torn limb" "tear him limb" "ripped limb" "limb from limb"
            "hacked to pieces" "hacked him to" "hacked her to" "hack him to"
            "chopped into pieces" "chopped up the body" "sawed off his" "sawed off her"
            "sawing off" "mutilated corpse" "mutilated body" "mutilated bodies"
            "crushed his skull" "crushed her skull" "bashed his skull" "bashed her skull"
            "smashed his skull" "burned alive" "boiled alive" "slit his throat" "slit her throat"
            "slitting his throat" "slitting her throat" "ripped out his" "ripped out her"
            "tore out his" "tore out her" "rip out his" "rip out her" "pile of corpses"
            "gory detail" "gory description" "gore scene" "torture scene" "graphic torture"
            "graphic violence" "graphic gore" "graphic description of" "graphic detail"
            "snuff film" "snuff video"
        },
        pattern: says!(
            "(?:(?:disembowel|eviscerat|dismember|decapitat|behead)(?:ed|ing|e|es|\
            s)?_(?:(?:and_[a-z]{1,12}_)?(?:him|her|them|the_(?:body|corpse|victim|man|woman|boy|\
            girl|prisoner|hostage|child)|his|a_(?:man|woman|person|victim|child|body|hostage)|\
            their|my_(?:victim|wife|neighbou?r)|an?_(?:innocent|live|living)|someone|somebody|\
            people))|(?:entrails|guts|intestines|organs|brains?)(?:_matter)?~ (?:spill|spilled|\
            spilling|hang|hanging|splatter|splattered|oozing|blown|ooze|everywhere|on the floor|\
            dangling)[a-z]{0,4}|(?:guts|intestines|brains)_(?:spill|hang|splatter|ooz|\
            blown)[a-z]{0,4}|blood_(?:spurt|gush|spray|splatter|pour)(?:ed|ing|s)?_(?:from|\
            everywhere|across|out|over|onto|all|down)~ (?:neck|throat|wall|walls|stump|face|\
            chest|head|wound|mouth|eyes|floor|everywhere|body|corpse|severed|room)|\
            severed_(?:heads?|limbs?|arms?|hands?|legs?)_(?:rolled|lay|on|of_(?:his|her|the|my)|\
            in_(?:his|her|the|a)|dangling|hung|dripping|still)|goug(?:e|ed|ing)_out_(?:his|her|\
            their|my|the)_(?:eyes?|eyeballs?)|eyes_gouged_out|(?:skinned|flayed|burned|\
            boiled)_alive_(?:while|as|and|in_front|by_the_(?:killer|cult)|screaming)|(?:skin|\
            flay)_(?:him|her)_alive|(?:torn|tear|ripped|rip)_(?:him_|her_|them_)?limb_from_limb|\
            hack(?:ed)?_(?:him_|her_|them_)?to_(?:pieces|death)|chopped_(?:into_pieces_(?:and|\
            the|while|his|her)|up_the_body)|saw(?:ed|ing)_off_(?:his|her|their|the)|\
            mutilated_(?:corpse|bod(?:y|ies))_(?:of_(?:his|her|the|a)|lay|was_(?:hanging|\
            dripping|still)|in_(?:a_pool|the_(?:bath|cellar|basement)))|(?:crush|bash|\
            smash)ed_(?:his|her)_skull|slit(?:ting)?_(?:his|her)_throat|(?:rip|ripped|tore|\
            tear)_out_(?:his|her)_(?:heart|throat|eyes?|tongue|spine|guts|intestines|entrails|\
            liver)|(?:in_)?(?:gory|graphic)_(?:detail|description)s?_(?:of|how)~~ \
            (?:torture[sd]?|murder(?:s|ed)?|kill(?:s|ed|ing)?|dismember(?:ed|ing|ment)?|\
            mutilat(?:e|ed|ion)|death|disembowel(?:ed|ing)?|gore|stab(?:s|bed|bing)?|beheading|\
            cannibal(?:ism)?|rape)|(?:gore|torture)_scene~ (?:in (?:graphic|full|vivid|gory)|\
            with|where|as|graphic|detailed|explicit)|graphic_(?:torture|gore|violence)_(?:scene|\
            story|description|and)|snuff_(?:film|video)s?_(?:of|with|where|for|links?))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "viol-005",
            Family::Content,
            Violence,
            "threat_other",
            90,
            "A threat \
            to kill, in another language.",
        ),
        begins: begins! {
            "ich bring dich um" "ich bringe dich um" "ich werde dich umbringen"
            "ich werde dich töten" "ich werde euch" "ich werde ihn" "ich werde sie umbringen"
            "ich stech dich ab" "ich steche dich ab" "ich mach dich kalt"
            "ich will dich umbringen" "ich erschieß" "je vais te tuer" "je vais vous tuer"
            "je vais le tuer" "je vais la tuer" "je vais les tuer" "je vais te buter"
            "je vais te crever" "je vais t'égorger" "je vais te faire la peau" "te voy a matar"
            "os voy a matar" "los voy a matar" "lo voy a matar" "la voy a matar" "voy a matarte"
            "voy a matarlo" "voy a matarla" "voy a matarlos" "te mataré" "te matare" "ti ammazzo"
            "ti uccido" "ti ucciderò" "vi ammazzo" "vi uccido" "lo ammazzo" "vou te matar"
            "vou matar você" "vou matá-lo" "vou matar todos" "ik ga je vermoorden"
            "ik maak je dood" "ik vermoord je" "ik steek je neer" "zabiję cię" "zabije cie"
            "zabiję was" "zabiję go" "я тебя убью" "я убью тебя" "я вас убью" "я его убью"
            "убью тебя" "зарежу тебя" "я тебя зарежу" "seni öldüreceğim" "seni oldurecegim"
            "sizi öldüreceğim" "seni gebertirim" "我要杀了你" "我要殺了你" "我会杀了你" "杀你全家" "殺你全家" "弄死你"
            "砍死你" "殺してやる" "ぶっ殺す" "ぶっ殺して" "お前を殺す" "죽여버릴" "죽여 버릴" "죽일 거야" "죽여줄" "سأقتلك"
            "سوف أقتلك" "سأذبحك" "मैं तुम्हें मार डालू" "मैं तुझे मार डालू" "तुझे मार डालू"
            "जान से मार"
        },
        pattern: says!(
            "(?:ich_(?:bringe?_dich_um|(?:werde|will)_(?:dich|euch|ihn|\
            sie)_(?:alle_)?(?:umbringen|t(?:ö|oe)ten|abstechen|erschie(?:ß|ss)en|abknallen)|\
            steche?_dich_ab|mach_dich_kalt|erschie(?:ß|ss)e?_(?:dich|euch|ihn|sie))|\
            je_vais_(?:te_|vous_|le_|la_|les_|t['\u{2019}])(?:tous_)?(?:tuer|buter|crever|(?:é|\
            e)gorger|faire_la_peau)|(?:te|os|los|lo|la)_voy_a_matar|voy_a_matar(?:te|lo|la|los)|\
            te_matar(?:é|e)(?-u:\\b)|(?:ti|vi)_(?:ammazzo|uccid(?:o|er(?:ò|o)))|lo_ammazzo|\
            vou_(?:te_matar|matar_(?:voc(?:ê|e)|todos)|mat(?:á|a)_lo)|ik_(?:ga_je_vermoorden|\
            maak_je_dood|vermoord_je|steek_je_neer)|zabij(?:ę|e)_(?:ci(?:ę|e)|was|go)|я_(?:тебя|\
            вас|его|убью|их)_?(?:убью|зарежу|тебя|вас)|убью_тебя|зарежу_тебя|(?:seni|sizi)_(?:ö|\
            o)ld(?:ü|u)rece(?:ğ|g)im|seni_gebertirim|我[要会](?:杀|殺)了你|(?:杀|殺)你全家|[弄砍]死你|殺してやる|\
            ぶっ殺(?:す|して)|お前を殺す|죽여_?(?:버릴|줄)|죽일_거야|(?:سوف_)?(?:س)?[أا](?:قتلك|ذبحك)|\
            (?:मैं_)?(?:तुम्हें|तुझे)_मार_डालू|जान_से_मार_(?:दू|डालू))"
        ),
    },
];
