//! Hatred of groups: slurs, and sentences that wish groups away or call them less than human.

use super::veil::veiled;
use crate::detector::Phrase;
use crate::finding::Category::ContentPolicy;
use crate::finding::{Family, Rule};
use crate::injection::wording::{begins, says};

/// Groups as such sentences name them.
const GROUP: &str = "(?:jews|muslims|blacks|black_people|white_people|immigrants|migrants|\
    refugees|gays|gay_people|homosexuals|lesbians|trans(?:gender)?_people|women|arabs|asians|\
    mexicans|christians|gypsies|roma|indians|africans|foreigners|disabled_people|the_disabled|\
    chinese|latinos|hindus|queers|infidels|non_?whites|kurds|turks|poles|russians|ukrainians|\
    palestinians|israelis|indigenous_people|(?:people|members|followers)_of_(?:that|this|\
    the)_(?:religion|race|faith|skin|[a-z]{1,10}_(?:religion|race|faith))|(?:that|this)_(?:race|\
    religion|tribe|caste))";

/// Phrases of hatred.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "hate-001",
            Family::Content,
            ContentPolicy,
            "slur",
            90,
            "A slur for a \
            group of people.",
        ),
        begins: veiled! ([ "avttre" "avttn" "snttbg" "xvxr" "fcvp " "fcvpf" "puvax" "tbbx" "jrgonpx" "enturnq" "gbjryurnq" "fnaq \
            avttre" "genaal" "genaavrf" "qlxr" "pbba " "pbbaf" "cnxv " "cnxvf" "hagrezrafpu" "xnanxr" "xnanxra" "artre" "whqrafnh" "obhtabhyr" "onzobhyn" "lbhcva" "fnyr \
            whvs" "fnyr nenor" "fhqnpn" "znevpóa" "znevpba" "sebpvb" "arteb qr zreqn" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "(?:fnaq )?avtt(?:re|n)f?|snttbgf?|xvxrf?|fcvpf?|puvaxf?|\
            tbbxf?|jrgonpxf?|(?:ent|gbjry)urnqf?|genaa(?:l|vrf)|qlxrf?|pbbaf?|cnxvf?|\
            hagrezrafpu(?:ra)?|xnanxra?|artre|whqrafnh|obhtabhyrf?|onzobhynf?|lbhcvaf?|fnyr \
            (?:whvs|nenor)f?|fhqnpnf?|znevp(?:ó|b)a(?:rf)?|sebpv[bv]|arteb qr zreqn"
            ),
            ")(?-u:\\b)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "hate-002",
            Family::Content,
            ContentPolicy,
            "hatred",
            90,
            "Wishes a \
            group dead or gone, or calls it less than human.",
        ),
        begins: begins! {
            "people of that" "people of this" "members of that" "followers of that" "that race"
            "this race" "that religion" "this religion" "jews" "muslims" "blacks" "black people"
            "white people" "immigrants" "migrants" "refugees" "gays" "gay people" "homosexuals"
            "lesbians" "trans people" "transgender people" "women are" "women should"
            "women deserve" "arabs" "asians" "mexicans" "christians" "gypsies" "roma are"
            "indians" "africans" "foreigners" "disabled people" "the disabled" "chinese are"
            "chinese should" "chinese people" "latinos" "hindus" "queers" "infidels" "kurds"
            "turks are" "poles are" "russians" "ukrainians" "palestinians" "israelis" "kill all"
            "kill the" "kill every" "gas the" "gas all" "exterminate" "wipe out" "eradicate"
            "death to" "hang all" "hang the" "shoot all" "deport all" "burn all" "burn the"
            "i hate all" "i hate the" "i hate" "we hate" "heil hitler" "sieg heil"
            "hitler was right" "hitler did nothing" "white power" "white genocide" "race war"
            "gas chambers for" "ethnic cleansing" "juden raus" "ausländer raus" "auslaender raus"
            "mort aux" "muerte a los" "смерть"
        },
        pattern: says!(
            "(?:",
            GROUP,
            " (?:(?:all|really|just|simply|always) )?(?:are (?:(?:all|just|nothing \
                but|really|a|an|the|bunch of|filthy|dirty|no better than|like|not|disgusting) \
                ){0,4}(?:subhuman|sub human|vermin|animals|parasites|cockroaches|inferior|plague|\
                scum|rats|trash|human|cancer|disease|filth|savages|degenerates|apes|monkeys|\
                garbage|disgusting|worthless|pigs|dogs|evil|criminals|terrorists|rapists|thieves|\
                stupid)(?-u:\\b)|(?:should|must|deserve to|need to|have to|ought to) (?:all \
                )?(?:die|burn|hang|suffer|be (?:killed|gassed|exterminated|eliminated|wiped out|\
                eradicated|shot|hanged|burned|enslaved|sterili[sz]ed|put down|deported|locked up|\
                beaten|lynched)))",
            "|(?:kill|gas|exterminate|wipe out|eradicate|hang|shoot|deport|burn|death to) (?:all \
                |the |every |those |these )?(?:of the |the )?(?:filthy |dirty |fucking |damn )?",
            GROUP,
            "|(?:i|we) hate (?:all |the |those |these |every )?(?:filthy |dirty |fucking |damn \
                )?",
            GROUP,
            "|heil hitler|sieg heil|hitler (?:was right|did nothing wrong)|white power[.!,]|(?:start|begin) (?:a|the) race war|race war now|gas chambers for|(?:juden|ausl(?:ä|ae)nder) raus|mort aux (?:juifs|arabes|musulmans|noirs)|muerte a los (?:jud(?:í|i)os|moros|negros|inmigrantes)|смерть (?:евреям|жидам|хачам|чёрным|черным))"
        ),
    },
];
