//! Threats, weapons, self-harm.
//!
//! Of "kill" and "bomb" people speak every day: of processes, games, films, history, fizzing baths.
//! So these looks begin at the word that can't be missed and ask who does it to whom, by the words
//! before it ([`LEFT`] bytes) and behind it.

use std::ops::Range;
use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::weigh::weigh;
use crate::detector::{Detector, Found, Hit, Hold, LEFT, Look, Trigger};
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::{begins, says};

/// How far behind its first word a threat or a weapon is read, in bytes.
const FAR: usize = 96;

/// A look with words before and behind.
struct Around {
    /// What ends directly before the triggering word.
    before: LazyLock<Option<Regex>>,
    /// What begins at it.
    from: LazyLock<Option<Regex>>,
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(&format!("(?i){text}")).ok()
}

impl Around {
    /// Where what begins at `at` ends, if both hold.
    fn end(&self, look: &Look<'_>, at: usize) -> Option<usize> {
        let near = look.after(at, FAR);
        let from = Input::new(near).anchored(Anchored::Yes);
        let end = self.from.as_ref()?.find(from)?.end();
        let left = look.before(at, LEFT);
        self.before.as_ref()?.is_match(left).then_some(at + end)
    }
}

/// The looks at threats, weapons and self-harm.
pub const DETECTORS: &[Detector] = &[
    Detector {
        rules: &[Rule::guard(
            "viol-001",
            Family::Content,
            Violence,
            "threat",
            90,
            "Says that the \
            writer will kill or hurt somebody.",
        )],
        trigger: Trigger::Words(begins! {
            "kill " "murder " "shoot " "stab " "strangle " "behead " "slaughter " "burn down"
            "burn you" "burn him" "burn her" "burn your" "burn their" "burn his" "blow up"
            "bomb " "poison " "torture " "rape " "slit " "cut your throat" "cut his throat"
            "cut her throat" "cut you up" "cut you open" "gut you" "beat you to" "beat him to"
            "beat her to" "beat you up" "beat the life" "beat the shit" "break your" "break his"
            "break her" "hurt you" "hurt him" "hurt her" "hurt your" "bury you" "hunt you down"
            "hunt him down" "hunt her down" "hunt them down" "smash your" "snap your"
            "execute you" "execute him" "execute her" "execute them" "skin you" "drown you"
            "drown him" "drown her" "run you over" "run him over" "run her over"
            "make you suffer" "make him suffer" "make her suffer" "make you pay with"
        }),
        hold: Hold::Word(FAR + 4),
        look: threat,
    },
    Detector {
        rules: &[Rule::guard(
            "viol-002",
            Family::Content,
            Violence,
            "weapon_making",
            95,
            "Asks \
            how bombs, poisons for many or guns are made.",
        )],
        trigger: Trigger::Words(begins! {
            "bomb" "explosive" "grenade" "molotov" "napalm" "tatp" "thermite" "nitroglycerin"
            "anfo" "c4 " "c-4" "semtex" "nerve agent" "nerve gas" "sarin" "ricin" "anthrax"
            "mustard gas" "chlorine gas" "phosgene" "vx gas" "vx nerve" "chemical weapon"
            "biological weapon" "bioweapon" "nuclear weapon" "nuclear device" "ghost gun"
            "untraceable gun" "homemade gun" "home-made gun" "3d printed gun" "3d-printed gun"
            "zip gun" "undetectable gun" "undetectable firearm" "plastic gun" "gun that metal"
            "gun that can't" "gun that cannot" "gun at home" "firearm at home" "gun from scratch"
            "working gun" "working firearm" "silencer" "suppressor" "auto sear" "fully automatic"
            "full auto" "ied" "improvised explosive" "detonator" "landmine" "land mine"
            "poison gas" "cyanide gas" "car bomb" "pipe bomb" "nail bomb"
        }),
        hold: Hold::Word(FAR + 4),
        look: weapon,
    },
    Detector {
        rules: &[Rule::guard(
            "viol-004",
            Family::Content,
            Violence,
            "self_harm",
            90,
            "Says that \
            the writer will hurt themselves, asks how, or urges somebody to.",
        )],
        trigger: Trigger::Words(begins! {
            "kill myself" "killing myself" "end my life" "ending my life" "take my life"
            "take my own life" "taking my own life" "commit suicide" "committing suicide"
            "hang myself" "hanging myself" "cut myself" "cutting myself" "hurt myself"
            "hurting myself" "harm myself" "harming myself" "shoot myself" "drown myself"
            "overdose" "slit my wrist" "end it all" "want to die" "wanna die" "wish i was dead"
            "wish i were dead" "better off dead" "no reason to live" "suicide method"
            "suicide note" "suicide pact" "suicidal" "painless way to die" "painless death"
            "painlessly" "kill yourself" "kys" "hang yourself" "off yourself" "cut yourself"
            "slit your wrists" "drink bleach" "starve myself" "stop eating completely"
            "jump off a bridge" "jump in front of a train" "how many pills" "how many tablets"
            "how many sleeping pills" "how much tylenol" "how much paracetamol"
            "how much insulin"
        }),
        hold: Hold::Word(FAR + 4),
        look: self_harm,
    },
];

fn threat(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    static BY_ME: Around = Around {
        before: LazyLock::new(|| {
            pattern(says!(
                "(?-u:\\b)(?:i|we)(?:['\u{2019}]?(?:m|re|ll|d)|\
            _(?:am|are|will|shall|swear_(?:to_god_)?(?:i_will|i['\u{2019}]ll)|want|need|plan|\
            intend|promise|would))?(?:_(?:going_to|gonna|about_to|planning_to|to|love_to|\
            come_and|come_over_and|find_you_and|find_him_and|find_her_and|find_them_and|will|\
            you_i_will|personally|definitely|really|just|fucking|literally|soon|tomorrow|tonight|\
            also|bring_a_gun_and|take_a_(?:gun|knife)_and|then|finally|\
            never_stop_until_i)){0,5}[\\t\\x20]$"
            ))
        }),
        from: LazyLock::new(|| {
            pattern(says!(
                "(?:(?:kill|murder|stab|strangle|behead|slaughter|\
            poison|torture|rape|execute|drown|skin|gut|bury|\
            bomb)_(?:and_[a-z]{1,10}_)?(?:you(?:_all|r_(?:whole_)?(?:family|kids|children|wife|\
            husband|mother|dog|parents|daughter|son))?|him|her|them(?:_all)?|everyone|everybody|\
            every(?:_single)?_one|all_of_(?:you|them)|(?:my|his|her|their)_(?:whole_)?(?:wife|\
            husband|boss|ex(?:_(?:wife|husband|girlfriend|boyfriend))?|neighbou?rs?|teachers?|\
            co_?workers?|family|parents|mother|father|brother|sister|kids|children|classmates|\
            girlfriend|boyfriend|roommate|manager|landlord)|as_many_(?:people|of)|people|\
            the_(?:president|mayor|prime_minister|judge|teacher|police|cops|manager|\
            whole_(?:family|class|office|school)|staff)|that_(?:bastard|bitch|man|woman|guy|girl|\
            asshole|teacher|judge)|this_(?:bastard|man|woman|guy)|a_(?:school|church|mosque|\
            synagogue|mall|school_bus))|shoot_(?:you|him|her|them|everyone|everybody|all_of|\
            (?:my|his|her|their)_[a-z]{1,14}|the_(?:president|teacher|judge|police|\
            whole_[a-z]{1,10})|that_[a-z]{1,12}|up_(?:the|my|a|this|your|that|his|her|\
            their))(?-u:\\b)(?:$|[.!,?;]|_(?:in|dead|down|all|if|when|with|and|tomorrow|tonight|\
            today|at|on_sight|before|because|right|now|like|for|up|office|school|the_(?:head|\
            face|back))|s?_?$)|blow_up_(?:the|this|your|a|my|their|his|her|\
            that)_(?:[a-z]{1,12}_)?(?:school|airport|building|house|office|church|mosque|\
            synagogue|car|hospital|train|station|bridge|plane|mall|stadium|university|embassy|\
            place|government|server_room)|burn_(?:down_)?(?:you|him|her|them|your|their|his|the|\
            my)_?(?:alive|down|(?:neighbou?r['\u{2019}]?s_)?(?:house|home|school|office|church|\
            mosque|synagogue|building|shop|car|family))|(?:slit|cut)_(?:your|his|her|\
            their)_throats?|cut_you_(?:up|open)|beat_(?:you|him|her)_(?:to_(?:death|a_pulp|\
            within)|up)|beat_the_(?:life|shit)_out_of|(?:break|smash|snap)_(?:your|his|\
            her)_(?:legs?|arms?|neck|bones|skull|face|fingers|kneecaps|jaw|head|spine|nose|\
            teeth)|hurt_(?:you|him|her|your)(?:_(?:badly|so|real|bad|family|kids|children|if|and|\
            until|where|very)|[.!]|$)|hunt_(?:you|him|her|them)_down|run_(?:you|him|her)_over|\
            make_(?:you|him|her)_suffer|make_you_pay_with)(?:_(?:with_kindness|with_laughter|\
            in_(?:chess|fifa|mario|the_game|this_game|minecraft|fortnite|a_game)|an?_(?:email|\
            mail|message|text|note|line|quick)|over_(?:an?|the)))?"
            ))
        }),
    };
    let Hit::Word(word) = hit else {
        return;
    };
    let Some(end) = BY_ME.end(look, word.start) else {
        return;
    };
    let said = look.text.get(word.start..end).unwrap_or_default();
    if !is_harmless(said) {
        add(look, 0, word.start..end, found);
    }
}

/// "With kindness", "in chess", "an e-mail".
fn is_harmless(said: &str) -> bool {
    static JEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(says!(
            "(?:kindness|laughter|chess|fifa|mario|game|minecraft|fortnite|e?mail|\
            message|text|note|line|quick|_an?|over_the)$"
        ))
    });
    JEST.as_ref().is_some_and(|it| it.is_match(said))
}

fn weapon(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    static MADE: Around = Around {
        before: LazyLock::new(|| {
            pattern(says!(
                "(?-u:\\b)(?:how|instructions?|recipe|guide|\
            steps?|teach|tell|explain|show|help|tutorial|blueprints?|formula|i_want|i_need|give|\
            write|provide|list|describe|way|ways|ingredients|plans?|easiest|manual|procedure|\
            walk_me|can_i|can_you|could_i|let_?['\u{2019}]?s|\
            design)[^.!?\\n]{0,60}(?-u:\\b)(?:mak(?:e|ing)|build(?:ing)?|construct(?:ing)?|\
            assembl(?:e|ing)|creat(?:e|ing)|synthesi[sz](?:e|ing)|cook(?:ing)?|print(?:ing)?|\
            produc(?:e|ing|tion_of)|manufactur(?:e|ing)|detonat(?:e|ing)|prepar(?:e|ing)|\
            convert~|weaponi[sz](?:e|ing)|mix(?:ing)?|brew(?:ing)?|extract(?:ing)?|\
            purify(?:ing)?|fabricat(?:e|ing)|modify~|for_a|for|design(?:ing)?|obtain(?:ing)?|\
            rig(?:ging)?|culture|grow)_(?:(?:a|an|my|my_own|your_own|own|some|the|simple|small|\
            homemade|home_made|powerful|working|real|cheap|basic|improvised|deadly|large|dirty|\
            nuclear|atomic|hydrogen|fertili[sz]er|pipe|nail|car|letter|pressure_cooker|petrol|\
            gasoline|gas|chemical|remote_controlled|hand|plastic|high|military_grade|functional|\
            undetectable|untraceable|and_detonate_a|diy|pound_of|gun|rifle|pistol|\
            semi_?automatic|to|into|rifle_to|ar_?15|firearm|solvent_trap|batch_of|weaponi[sz]ed|\
            more|lot_of|from_scratch)_){0,5}$"
            ))
        }),
        from: LazyLock::new(|| {
            pattern(says!(
                "(?:bombs?|explosives?(?:_devices?)?|\
            (?:hand_)?grenades?|molotov(?:_cocktails?)?|napalm|tatp|thermite|nitroglycerine?|\
            anfo|c_?4|semtex|nerve_(?:agents?|gas)|sarin(?:_gas)?|ricin|anthrax|mustard_gas|\
            chlorine_gas|phosgene|vx_(?:gas|nerve)|chemical_weapons?|biological_weapons?|\
            bioweapons?|nuclear_(?:weapons?|device)|ghost_guns?|untraceable_guns?|\
            home_?made_guns?|3d_printed_guns?|zip_guns?|(?:undetectable|plastic|\
            working)_(?:guns?|firearms?)|(?:gun|firearm)_(?:that_(?:metal|can['\u{2019}]?t|\
            cannot|is_(?:untraceable|undetectable))|at_home|from_scratch)|silencers?|\
            suppressors?|auto_sears?|full(?:y)?_auto(?:matic)?|ieds?(?-u:\\b)|\
            improvised_explosive(?:_devices?)?|detonators?|land_?mines?|poison_gas|cyanide_gas|\
            (?:car|pipe|nail)_bombs?)(?-u:\\b)(?:_(?:[a-z]{1,12}))?"
            ))
        }),
    };
    let Hit::Word(word) = hit else {
        return;
    };
    let Some(end) = MADE.end(look, word.start) else {
        return;
    };
    let said = look.text.get(word.start..end).unwrap_or_default();
    if !is_no_weapon(said) {
        add(look, 0, word.start..end, found);
    }
}

/// "Bomb cyclone", "bomb shelter", "noise suppressor": the word behind says that it is none.
fn is_no_weapon(said: &str) -> bool {
    static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(says!(
            "(?:bombs?|grenades?|explosives?|napalm|anthrax|sarin|ricin|silencers?|\
            suppressors?|c_?4|landmines?|nuclear_weapons?|chemical_weapons?)_(?:cyclone|shelter|\
            squad|calorimeter|disposal|threats?|detect(?:ion|or|ors)|drill|safety|history|\
            survivors?|vaccine|vaccines|treat(?:y|ies|ment)|policy|ban|convention|clearance|\
            diode|diagram|model|dog|dogs|cake|party|recipe)$"
        ))
    });
    OTHER.as_ref().is_some_and(|it| it.is_match(said))
}

fn self_harm(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    static MINE: Around = Around {
        before: LazyLock::new(|| {
            pattern(says!(
                "(?:(?-u:\\b)(?:i|i['\u{2019}]?m|i['\u{2019}]?ll|\
            how|way|ways|method|methods|should|to|want|wanna|going|gonna|thinking|about|might|\
            will|please|just|best|easiest|quickest|painless|effective|without_pain|and|\
            of)(?:_(?:do|can|could|am|will|would|should|i|to|just|really|want|wanna|going|gonna|\
            about|planning|plan|on|thinking|of|have|decided|need|am_going|ready|the|best|easiest|\
            most|painless|quickest|fastest|way|ways|feel|like|keep|started|start|considering|\
            consider|tonight|today|write|writing|a|my|with|go|you|enough|not|dont|\
            don['\u{2019}]t)){1,8}[\\t\\x20])$"
            ))
        }),
        from: LazyLock::new(|| {
            pattern(says!(
                "(?:kill(?:ing)?_myself|end(?:ing)?_my_life|tak(?:e|\
            ing)_my_(?:own_)?life|commit(?:ting)?_suicide|hang(?:ing)?_myself|\
            cut(?:ting)?_myself(?:$|[.!,?;]|_(?:again|to|with_a|because|so|every|when|deep|\
            tonight|and))|(?:hurt|harm)(?:ing)?_myself|(?:shoot|drown|starve)_myself|overdose|\
            slit_my_wrists?|end_it_all|(?:want|wanna)_?(?:to_)?die|suicide_(?:note|pact)|\
            jump_off_a_bridge|jump_in_front_of_a_train)"
            ))
        }),
    };
    static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(says!(
            "(?:suicide_methods?_(?:that|which|are|without|with|painless|quick|for_me)|\
            painless_way_to_die|painless_death_for_(?:me|myself)|painlessly_(?:kill|end|die)|\
            (?:i_)?(?:want_to|wanna)_die(?:$|[.!,;]|_(?:so|and|tonight|today|right|now|already|\
            because|anymore|i))|wish_i_(?:was|were)_dead|(?:i['\u{2019}]?m_)?better_off_dead|\
            no_reason_to_live|kill_yourself(?:$|[.!,;]|_(?:now|already|you|please|and|loser|\
            today))|(?:kys)(?-u:\\b)|hang_yourself(?-u:\\b)|off_yourself(?-u:\\b)|\
            slit_your_wrists|drink_bleach_(?:and_die|you)|how_(?:many|\
            much)_(?:sleeping_)?(?:pills|tablets|tylenol|paracetamol|insulin)~~ (?:to_)?(?:die|\
            overdose|kill|end_it|end_my|be_fatal_for_me))"
        ))
    });
    let Hit::Word(word) = hit else {
        return;
    };
    if look
        .char_before(word.start)
        .is_some_and(char::is_alphanumeric)
    {
        return;
    }
    let near = Input::new(look.after(word.start, FAR)).anchored(Anchored::Yes);
    let alone = ALONE
        .as_ref()
        .and_then(|it| it.find(near))
        .map(|it| word.start + it.end());
    if let Some(end) = alone.or_else(|| MINE.end(look, word.start)) {
        add(look, 0, word.start..end, found);
    }
}

/// Adds the finding as sure as it is where it stands.
fn add(look: &Look<'_>, rule: usize, span: Range<usize>, found: &mut Found<'_>) {
    if let Some(it) = found.rules.get(rule) {
        let confidence = weigh(look, it, &span);
        found.add_sure(rule, span, confidence);
    }
}
