//! German and Dutch.

use super::super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// The main classes, a language after the other.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-001-de",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in German to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "ignorier" "missacht" "vergiss" "vergesst" "vergessen sie" "überschreib"
            "ueberschreib" "umgehe" "übergehe" "uebergehe" "verwirf" "lösche alle" "loesche alle"
            "beachte" "befolge" "folge nicht" "halte dich nicht" "hör auf" "hoer auf"
            "streiche alle" "schalte" "deaktivier" "achte nicht"
        },
        pattern: says!(
            "(?:(?:ignorier(?:e|en|t)?|missacht(?:e|en)|verg(?:iss|esst|essen)|(?:ü|\
            ue)berschreib(?:e|en)?|(?:um|(?:ü|ue)ber)geh(?:e|en)|verwirf|l(?:ö|oe)sche|\
            (?:beachte|befolge|folge|achte|halte_dich)_(?:bitte_|ab_(?:jetzt|sofort)_|jetzt_|\
            nun_){0,2}(?:nicht|nie)|h(?:ö|oe)r_auf|streiche|schalte|deaktivier(?:e|\
            en))(?:_(?:bitte|sie|jetzt|nun|einfach|nicht|mehr|ab_sofort|sofort|auf|an|\
            zu_befolgen|sofort)){0,4} (?:(?:(?:alle|allen|all|s(?:ä|ae)mtliche|jegliche|die|den|\
            der|dir|deine|deinen|deiner|ihre|ihren|eure|meine|unsere|diese|von|mir|und|aller|\
            jede|n) ){0,4}(?:(?:vorherig|vorhergehend|vorangegangen|vorangehend|bisherig|fr(?:ü|\
            ue)her|obig|oben_(?:genannt|stehend)|zuvor_(?:gegeben|genannt|erteilt)|urspr(?:ü|\
            ue)nglich|vorig|bestehend|eigentlich|vorstehend|zuvor|gegeben|erhalten|intern|alt|\
            sicherheits|ethisch)e?[nrs]? (?:(?:und|oder) [a-zäöü]{1,14} )?(?:system|\
            sicherheits)?_?(?:anweisung|instruktion|befehl|regel|vorgabe|richtlinie|einschr(?:ä|\
            ae)nkung|beschr(?:ä|ae)nkung|prompt|anleitung|vorschrift|auftr(?:a|ä|ae)g|direktive|\
            hinweis|nachricht|kontext)[a-zäöü]{0,3}|(?:deine|deiner|deinen|ihre)_(?:eigenen_|\
            internen_|ganzen_)?(?:anweisung|instruktion|regel|vorgabe|richtlinie|einschr(?:ä|\
            ae)nkung|beschr(?:ä|ae)nkung|programmierung|sicherheits[a-zäöü]{1,16}|system_?prompt|\
            filter|ethik[a-zäöü]{0,12}|direktive)[a-zäöü]{0,3}|(?:(?:alle|s(?:ä|\
            ae)mtliche)_)?(?:sicherheits|inhalts|ethik|system)_?(?:richtlinie|regel|vorgabe|\
            filter|anweisung|vorschrift|ma(?:ß|ss)nahme|prompt|protokoll)[a-zäöü]{0,3}|\
            (?:anweisungen|instruktionen|regeln|vorgaben|befehle)_(?:oben|zuvor|von_vorhin|\
            von_vorher|die_du|die_dir|die_ich|des_systems|aus_dem_system))|(?:alles|all_das)~ \
            (?:oben|zuvor|vorher|bisher|davor|vorhin|gesagt|gelernt|bis_jetzt)|was_(?:dir|\
            man_dir|ich|oben|vorher|zuvor|du)~ (?:gesagt|steht|wurde|gelernt|gegeben))|\
            anweisungen_von_oben_ignorieren)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-de",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in German for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "zeig" "nenn" "gib mir" "gib den" "gib dein" "gib alle" "verrat" "wiederhol" "druck"
            "schreib" "offenbar" "teile mir" "sag mir" "liste" "übersetz" "uebersetz"
            "was ist dein" "was sind deine" "was lautet" "wie lautet" "wie lauten"
            "welche anweisungen" "welche instruktionen" "was steht in dein" "was steht im system"
            "fasse dein" "enthülle" "enthuelle" "kopier" "lies mir" "was wurde dir"
            "was stand vor"
        },
        pattern: says!(
            "(?:(?:zeig|nenn|gib|verrat|wiederhol|druck|schreib|offenbar|teil|sag|\
            list|(?:ü|ue)bersetz|fass|enth(?:ü|ue)ll|kopier|lies|was|wie|\
            welche)(?:[a-zäöü]{0,3})~~ (?:(?:dein|ihr|den|das|der|\
            im)[a-z]{0,3}_)?(?:(?:vollst(?:ä|ae)ndig|genau|ganz|komplett|exakt|\
            eigen)[a-z]{0,3}_)?(?:system_?(?:prompt|anweisung|nachricht|instruktion|message|\
            vorgabe)[a-zäöü]{0,3}|(?:urspr(?:ü|ue)nglich|initial|versteckt|geheim|verborgen|\
            intern|anf(?:ä|ae)nglich)e?[nrs]? (?:system)?(?:anweisung|prompt|instruktion|regel|\
            vorgabe|nachricht)[a-zäöü]{0,3}|(?:deine|ihre)_(?:anweisungen|instruktionen|\
            vorgaben)(?: (?:w(?:ö|oe)rtlich|vollst(?:ä|ae)ndig|von_oben|aus|auf|wort|an|\
            in_einem))?|(?:alles|text|worte|w(?:ö|oe)rter)~ (?:(?:ü|ue)ber_dieser|vor_dieser|\
            vor_meiner))|(?:wiederhol|druck)[a-zäöü]{0,2}~ (?:alles|text|worte|w(?:ö|oe)rter)~ \
            (?:oben|oberhalb|davor)|was_wurde_dir~ (?:gesagt|mitgeteilt|vorgegeben|angewiesen|\
            aufgetragen))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-de",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            German a role without restrictions.",
        ),
        begins: begins! {
            "du bist jetzt" "du bist nun" "du bist ab sofort" "du bist dan"
            "du bist eine ki ohne" "ab jetzt" "ab sofort" "von nun an" "von jetzt an" "tu so"
            "tue so" "spiel" "verhalte dich" "agiere" "handle als" "antworte als" "antworte ohne"
            "stell dir vor" "gib vor" "schlüpf" "schluepf" "simulier" "nimm die rolle"
            "du hast keine einschr" "du hast keine beschr" "du hast keine regeln"
            "du kennst keine" "uneingeschränkt" "unzensiert" "ungefiltert"
        },
        pattern: says!(
            "(?:(?:du_(?:bist|hast|kennst)|ab_(?:jetzt|sofort)|von_(?:nun|jetzt)_an|\
            tue?_so|spiele?|verhalte_dich|agiere|handle_als|antworte|stell_dir_vor|gib_vor|\
            schl(?:ü|ue)pf|simulier|nimm_die_rolle)[^\\n]{0,120}(?:(?:ohne|kein(?:e|en|er|\
            erlei)?|frei_von|keine_r)_(?:jegliche_|jede_|alle_|irgendwelche_|jeglichen_|allen_|\
            ethischen?_|moralischen?_|inhaltlichen?_){0,3}(?:einschr(?:ä|ae)nkung|beschr(?:ä|\
            ae)nkung|regel|filter|grenze|richtlinie|zensur|ethi|moral|tabu|restriktion|\
            sicherheits)|uneingeschr(?:ä|ae)nkt|unzensiert|ungefiltert|ohne_zensur|\
            do_anything_now|(?:als_|bist_(?:jetzt_|nun_)?)dan(?-u:\\b)|\
            (?:an_)?keine(?:rlei)?_(?:regeln|richtlinien)|(?:alles|jede_frage|\
            alle_fragen)_(?:tun|beantworten)_(?:kann|darf|egal)|entwicklermodus|entwickler_modus|\
            ignorier(?:e|st|t))|(?:uneingeschr(?:ä|ae)nkte[rn]?|unzensierte[rn]?|\
            ungefilterte[rn]?)_(?:ki|chatbot|assistent|modus|modell|antwort|version|\
            sprachmodell))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-nl",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Dutch to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "negeer" "vergeet" "sla alle" "sla de vorige" "laat alle" "volg niet" "overschrijf"
            "omzeil" "omzeilen" "schend" "wis alle" "wis de" "verwijder alle"
            "stop met het volgen" "houd je niet" "houd geen rekening"
        },
        pattern: says!(
            "(?:(?:negeer|vergeet|sla|laat|volg_niet(?:_langer)?|overschrijf|\
            omzeil(?:en)?|schend|wis|verwijder|stop_met_het_(?:op)?volgen(?:_van)?|\
            houd_je_niet(?:_meer|_langer)?_aan|houd_geen_rekening(?:_meer)?_met) (?:(?:alle?|al|\
            de|het|je|jouw|uw|deze|mijn|van|onze|alstublieft|nu|en) ){0,5}(?:(?:vorige|\
            voorgaande|eerdere|bovenstaande|voorafgaande|oorspronkelijke|originele|bestaande|\
            huidige|gegeven|interne|ethische)_(?:en_[a-z]{1,14}_)?(?:systeem|\
            veiligheids)?_?(?:instructies?|opdracht(?:en)?|regels?|richtlijn(?:en)?|\
            beperking(?:en)?|bevel(?:en)?|prompts?|aanwijzing(?:en)?|berichten)|(?:je|jouw|\
            uw)_(?:eigen_)?(?:instructies|regels|richtlijnen|beperkingen|programmering|\
            veiligheids[a-z]{1,14}|systeem_?prompt)|(?:veiligheids|systeem|\
            inhouds)_?(?:richtlijnen|regels|instructies|filters?|prompt|protocollen)|\
            (?:instructies|regels)_(?:hierboven|die_je)|alles~ (?:hierboven|hiervoor|tot_nu_toe|\
            eerder|gezegd|verteld)|wat_(?:je|er|ik)~ (?:verteld|gezegd|hierboven|geleerd)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-nl",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Dutch for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "toon" "laat me" "geef me" "geef je" "geef de" "onthul" "herhaal" "print" "schrijf"
            "vertel me" "noem" "wat is je" "wat zijn je" "wat is jouw" "wat zijn jouw"
            "welke instructies" "vertaal je" "vat je" "kopieer" "deel je"
        },
        pattern: says!(
            "(?:(?:toon|laat|geef|onthul|herhaal|print|schrijf|vertel|noem|wat|welke|\
            vertaal|vat|kopieer|deel)~~ (?:(?:je|jouw|uw|de|het)_)?(?:(?:volledige|exacte|hele|\
            precieze|eigen)_)?(?:systeem_?(?:prompt|instructies?|bericht|opdracht)|system_prompt|\
            (?:oorspronkelijke|initi(?:ë|e)le|verborgen|geheime|interne|\
            eerste)_(?:systeem)?(?:prompts?|instructies?|opdracht(?:en)?|regels|richtlijnen)|\
            (?:je|jouw|uw)_(?:instructies|opdrachten)|instructies_(?:die_je|hierboven)|(?:alles|\
            tekst|woorden)~ (?:boven_dit|voor_dit)_(?:bericht|gesprek)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-nl",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Dutch a role without restrictions.",
        ),
        begins: begins! {
            "je bent nu" "je bent vanaf nu" "jij bent nu" "vanaf nu" "doe alsof" "gedraag je"
            "speel" "stel je voor" "antwoord als" "antwoord zonder" "reageer als"
            "je hebt geen beperk" "je bent dan" "handel als" "simuleer"
        },
        pattern: says!(
            "(?:(?:(?:je|jij)_(?:bent|hebt)|vanaf_nu|doe_alsof|gedraag_je|speel|\
            stel_je_voor|antwoord|reageer|handel|simuleer)[^\\n]{0,120}(?:(?:zonder|\
            geen(?:_enkele)?|vrij_van)_(?:enige_|alle_|ethische_|morele_|die_){0,2}(?:beperking|\
            regels|filters?|grenzen|richtlijn|censuur|ethiek|moraal|restricties)|onbeperkte?_|\
            ongecensureerd|ongefilterd|do_anything_now|(?:bent_(?:nu_)?|als_)dan,|\
            ontwikkelaarsmodus))"
        ),
    },
];
