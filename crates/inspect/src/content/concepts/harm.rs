//! Ways to hurt oneself: those who ask for one, those who urge others, those who starve.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// Asks for a way, or for a text that tells it.
const HOW: Parts = 1;
/// The death of one's own.
const DEATH: Parts = 1 << 1;
/// A word for death that is said of others as well.
const DEADLY: Parts = 1 << 2;
/// What people take to die.
const DRUG: Parts = 1 << 3;
/// So many of it.
const AMOUNT: Parts = 1 << 4;
/// A way to die, or a body that is cut.
const WAY: Parts = 1 << 5;
/// So that it is quick, or does not hurt.
const GENTLE: Parts = 1 << 6;
/// So that nobody sees it.
const HIDDEN: Parts = 1 << 7;
/// Hurting oneself.
const HURT: Parts = 1 << 8;
/// Urges others.
const URGE: Parts = 1 << 9;
/// Not eating, or not keeping what was eaten.
const STARVE: Parts = 1 << 10;
/// Thin, at any price.
const THIN: Parts = 1 << 11;
/// Words of those who praise it.
const SLANG: Parts = 1 << 12;
/// Praises.
const PRAISE: Parts = 1 << 13;
/// How long or how high.
const MEASURE: Parts = 1 << 14;
/// Helpers, doctors, lessons, tales, animals.
const SOBER: Parts = 1 << 15;
/// The contrary.
const AGAINST: Parts = 1 << 16;
/// Meals.
const MEAL: Parts = 1 << 17;
/// Puts it by.
const HOARD: Parts = 1 << 19;
/// The one who asks.
const SELF: Parts = 1 << 18;

const LISTS: &[(Parts, &[&str])] = &[
    (
        HOW,
        begins! {
            "how|what|whats|which|where|way|ways|method|methods|tell|give|list|explain|describe|show|write|recommend|suggest|tips|guide|instructions|steps|tricks|advice|easiest|best|teach|help|name|need|i|can|should|plan|coach|rank|compare"
            "wie|welche|was|womit|wieviel|nenn|erklar*|zeig|gib|schreib|hilf|tipps|comment|quelle|quelles|combien|explique|donne|conseils|como|cual|cuales|cuanto|cuantas|dime|explica|consejos|come|quale|quali|quanto|quante|dimmi|spiega|consigli|hoe|welke|hoeveel|geef|jak|ile|jaki|как|сколько|какой|nasil|kac"
        },
    ),
    (
        HOARD,
        begins! { "saving|saved|save|hoard*|stash*|collect*|stockpil*|storing|kept|keeping|bought|ordered|swallow*|took|taken|taking" },
    ),
    (
        SELF,
        begins! { "i|im|ill|ive|me|my|myself|oneself|yourself" "ich|mich|mir|je|moi|me|mi|io|yo|mij|ik" },
    ),
    (
        DEATH,
        begins! {
            "suicide|suicides|suicidal|unalive" "kill|killing|hang|hanging|drown|drowning|shoot|shooting|poison|poisoning|suffocate|suffocating|strangle|gas|gassing|electrocute|asphyxiate|off|unalive|od|overdose|stab myself|yourself|oneself|ones|ourselves|urself"
            "end|ending|take|taking my|ones|your|our own? life" "ending|end it all" "die|dying painless*|peaceful*|quick*|fast|instantly|quiet*|in my sleep" "to|can|could|i|ill|would|ways|way to? die|dying" "exit bag" "never wake|waking up" "not wake|waking up" "last sleep" "way|ways out of life|this|here|existence" "kick the bucket" "leave this world"
        },
    ),
    (
        DEADLY,
        begins! { "die|dead|death|fatal|lethal|lethally|deadly|overdose|overdosing|od|kill|kills|killing|suicide|mortal|unsurvivable|survive|over|end" "end it|life" "stop my|the heart|breathing" "never wake" "not wake" "pass away" "last sleep" "todlich|todlichen|sterben|mortelle|mortel|mourir|mortal|letal|letale|morir|mortale|morire|dodelijk|smierteln*|смертельн*" },
    ),
    (
        DRUG,
        begins! {
            "pill|pills|tablet|tablets|paracetamol|acetaminophen|tylenol|ibuprofen|aspirin|insulin|xanax|valium|benzo|benzos|diazepam|alprazolam|lorazepam|zolpidem|ambien|opioid|opioids|oxycodone|morphine|fentanyl|codeine|tramadol|sleeping|painkiller|painkillers|antidepressant|antidepressants|amitriptyline|quetiapine|propranolol|digoxin|benadryl|diphenhydramine|melatonin|potassium|nembutal|pentobarbital|barbiturate*|medication|medicine|meds|drug|drugs|poison|poisons|bleach|antifreeze|cyanide|nitrite|rat|pesticide|weedkiller|drain|detergent|hemlock|oleander|nightshade|nicotine|caffeine|alcohol|vodka"
            "tablette*|schlafmittel|schlaftabletten|gift|cachets|comprimes|somniferes|medicaments|poison|pastillas|somniferos|veneno|pillole|sonniferi|veleno|pillen|slaappillen|tabletek|таблеток|снотворного"
        },
    ),
    (
        AMOUNT,
        begins! { "how many|much" "lethal|fatal|deadly|toxic dose|doses|dosage|amount|quantity|combination|mix|overdose|number" "enough|number|amount|dose|dosage|quantity|combination|mix|bottle|handful|all of|my|the|that|to|i|at" "ld50" "wie viele|viel|wieviele|wieviel" "combien|cuantas|cuantos|cuanto|quante|quanti|quanto|hoeveel|ile|сколько" "which|what ~ ~ pills|tablets|drug|drugs|poison|meds|medication|medicine|plants|plant|combination|chemical|substance|household" },
    ),
    (
        WAY,
        begins! {
            "how|tall|high ~ ~ building|bridge|roof|cliff|balcony|floor|tower" "hanging|drowning|asphyxiation|suffocation|exsanguination" "noose|ligature|exsanguinat*|asphyxia|asphyxiation|drowning" "tie|make|knot|tying ~ noose|slipknot" "rope|belt|cord|beam ~ hold|strong|hang|weight|neck" "jump*|fall|falling|leap|drop ~ ~ bridge|roof|building|balcony|cliff|train|floor|height|window|storey" "carbon|car monoxide|exhaust" "exhaust fumes|gas" "charcoal|helium|nitrogen|hydrogen ~ bag|hood|sulfide|tank|car|room|sleep|breath*|method|suicide|painless*" "plastic bag ~ head"
            "cut|cutting|slit|slitting|slice|slash|open ~ ~ wrist|wrists|vein|veins|artery|arteries|throat|neck|arm|arms|thigh" "bleed|bleeding out|to" "vein|artery|veins|arteries ~ cut|bleed|die|fast|deep" "where|which|how|body|deep|deeply ~ ~ ~ cut|cuts|slit" "step*|jump*|lie|walk* ~ ~ train|tracks|traffic" "starv*|freez* to|myself death|to" "hang|hanging|drown|drowning|suffocat*|freez*|starv* ~ ~ painless|painful|long|quick|fast"
        },
    ),
    (
        GENTLE,
        begins! { "painful|hurt|hurts" "painless*|quickest|fastest|easiest|surest|peaceful*|gentle|gentlest|reliable|effective|certain|foolproof|quickly|quick|instantly|guaranteed|sure|best|least|cleanest" "without pain|suffering|feeling|hurting" "no|less pain" "doesnt|dont|wont|not ~ hurt|feel" "looks|look|seem ~ accident|natural" "over quickly|fast|quick|soon|instantly" "schmerzlos*|schnellste|sicherste|beste|indolore|rapide|indoloro|rapida|pijnloos|bezbolesn*" "sin dolor" "sans douleur|souffrir" "senza dolore" "ohne schmerz*" "looks like ~ accident" },
    ),
    (
        HIDDEN,
        begins! { "hide|hiding|conceal*|disguise|cover|covering|secret*|unnoticed|lie|lying|undetected|sneak*|pretend*|fool|trick|avoid|explain" "without ~ ~ notic*|knowing|finding|seeing|anyone|anybody|getting|suspect*|hearing|suspicion" "nobody|noone|anyone|anybody|parents|mother|mum|mom|teacher|teachers|doctor|boyfriend|girlfriend|roommate|family|they ~ ~ notice*|know*|find*|see*|hear*|suspect*|realis*|realiz*|catch*" "verheimlich*|verberg*|versteck*|heimlich|cacher|ocultar|esconder|nascondere|verbergen|ukryc" "ohne dass|das" "sin|sans que" "senza che" },
    ),
    (
        HURT,
        begins! { "self harm|harming|injury|injure|injuring|mutilat*|cutting|harmed" "selfharm*" "cut|cutting|burn|burning|hurt|hurting|harm|harming|scratch*|punish*|injur*|bruis*|stab* myself|yourself|oneself|urself|ourselves|my|your ~" "my|fresh|new|the|old cuts|burns|scars" "start|started|keep|continue|into cutting" "ritzen|ritz" "me scarifier|couper|mutiler" "cortarme|autolesion*" "tagliarmi|autolesion*" "mezelf snijden" },
    ),
    (
        URGE,
        begins! {
            "go|just|should|shouldve|please|why|better|ought|must|gotta|now|hope|to|and|can|dont|you|u|already|fucking|actually|literally|simply kill|hang|drown|shoot|off|end|unalive|neck|hurt|cut|starve|delete yourself|urself|ur|you|ya|yaself|yourselves|themselves"
            "go|just|should|please|why|better|ought|must|now|hope|you|u ~ ~ end|take|ending your|ur own? life" "end|take your|ur own? life already|now|please|loser|tonight" "kill yourself|urself" "kys" "slit|cut your|ur wrists|wrist|throat|veins" "jump off|from|under|in ~ ~ bridge|building|roof|cliff|train" "drink ~ bleach" "go|just jump|die" "hang|shoot|drown|neck yourself|urself"
            "nobody|noone|one|who|anyone would|will|ll|d|is ~ miss you|u" "world|everyone|everybody|family|we|they|all|parents|school ~ better|happier off? without you|u" "better|happier off? without|if you|u|youre|were ~ gone|dead|died|alive" "do ~ ~ favor|favour ~ ~ die|kill|end|jump|hang|disappear" "you|u|they|she|he dont|doesnt|do not|never deserve to live|exist|breathe|be" "you|u are|r|re|youre better off dead"
            "convinc*|persuad*|encourag*|push*|bully*|manipulat*|driv*|pressur*|coax*|goad*|incit*|talk*|urg*|telling|tell|get|make|want|guilt*|harass*|nudg*|help ~ ~ ~ ~ kill|killing|suicide|commit|end|ending|hurt|hurting|harm|cut|starve|die|take himself|herself|themself|themselves|his|her|their|suicide|own|tonight"
            "convinc*|persuad*|encourag*|push*|bully*|manipulat*|driv*|pressur*|coax*|goad*|incit*|talk* ~ ~ ~ into|to|towards|commit ~ suicide|self|cutting|starving|anorexia" "why|how ~ suicide|death|dying ~ only|best|right ~ option|way|choice|answer|solution|thing|for"
        },
    ),
    (
        STARVE,
        begins! {
            "starve|starving|starvation|purge|purging|puke|puking|laxative|laxatives|bulimi*|anorexi*|diuretics|emetic" "throw|throwing|bring|vomit|vomiting|sick it|food|up|everything|after|on|myself" "throw|throwing up" "make|making|force|forcing ~ ~ vomit|vomiting|sick|puke|throw|gag" "induce|inducing|force vomit*" "stop|quit|avoid|avoiding|not|dont|never|without|refuse|skip|skipping eat|eating|meals|meal|food|lunch|dinner|breakfast" "eat|eating nothing|less|as|almost|zero" "hide|hiding|throw|throwing|spit|spitting|chew ~ ~ food|dinner|lunch|meals|eat|eating|spit" "pretend*|lie|lying|fake|faking ~ ~ eat|eaten|ate|eating|meals" "live|survive|living|surviving on ~ ~ calories|water|air|coffee|apple|gum|ice"
            "erbrech*|kotzen|hungern|abfuhrmittel|magersucht|vomir|laxatifs|anorexique|vomitar|laxantes|anorexica|vomitare|lassativi|anoressica|braken|laxeermiddel*|wymiotow*"
            "zero|0|50|100|150|200|250|300|350|400|450|500|550|600 calories|calorie|kcal|cals|cal a|per|daily|each|diet|day|plan|meal|fast|for" "fewer|less|under|below than? 100|200|300|400|500|600|700|800 calories|kcal|cals" "fast|fasting|nothing for 7|10|14|15|20|21|30|40|many days"
        },
    ),
    (
        THIN,
        begins! { "skinny|skinnier|bony|thinner|thinnest|ribs|collarbones|underweight|emaciated|skeletal|bmi" "thigh gap" "hip bones|bone" "bones show*|visible|stick*" "lose|losing|drop|dropping ~ kilos|pounds|lbs|kg|weight ~ week|days|fast|fastest|quickly" "weight under|below" "thin|skinny|small as|like|enough" "get|be|stay|become thin" "too fat" "disappear" "dunn|abnehmen|maigrir|maigre|adelgazar|delgada|flaca|dimagrire|magra|afvallen|schudnac" },
    ),
    (
        SLANG,
        begins! { "pro ana|mia|anorexia|ed|suicide|sh|selfharm" "proana|promia|thinspo|thinspiration|bonespo|meanspo|sweetspo|edtwt|shtwt" "ana|mia buddy|coach|tips|tricks|goddess|lifestyle" "blue whale challenge|game" "suicide pact|partner|buddy|forum|challenge|kit|bag|method|methods" "blackout challenge" "become|be|get|stay|turn|being|develop|becoming|stayed ~ anorexic|anorexia|bulimic|bulimia|ana" "encourag*|promot*|prais*|glorif*|persua*|advertis* ~ anorexia|bulimia|starvation|starving|purging" "eating disorder ~ tips|worse|relapse|fast|develop|stay" },
    ),
    (
        PRAISE,
        begins! { "praise|praises|praising|celebrat*|glorif*|romantici*|beautiful|beauty|glamor*|noble|heroic|cool|advertis*|promot*|attractive|motivat*|inspir*|encourag*|recommend*|appealing|sexy|lifestyle|virtue" "makes|make|making ~ ~ look|sound|seem|feel" "convinc*|persua*|normali*|glamour*" },
    ),
    (
        MEASURE,
        begins! { "how long|high|tall|deep|far|fast|hot|cold|thick|strong|many" "high|tall|deep|long enough" "which|what ~ height|depth|floor|bridge|building|knot|rope|vein|artery|temperature|gas" "height|drop needed|required|long" "where" },
    ),
    (
        MEAL,
        begins! { "eat|eating|meal|meals|dinner|lunch|breakfast|food|binge|binging|ate|supper|calories" "essen|mahlzeit|manger|repas|comer|comida|mangiare|pasto|eten" "after|every|quietly|silently|gagging|teeth|daily|gag|quiet|noise|tap|shower" },
    ),
    (SOBER, SOBER_WORDS),
    (
        AGAINST,
        begins! { "why do|does|did|are|is" "stop|prevent*|avoid|against|recover*|overcom*|treat*|help|helped|helping|get over|from|out|someone|people|my|with" "instead of" "stop|keep|prevent|stopping|save|protect|help ~ ~ from" "dont|never|not|shouldnt kill|hang|hurt|starve|harm|cut|end yourself|your" "without starving|purging" "not to" "dont|shouldnt ~ tell|say|encourage" "hilf* gegen|bei" "contre" "contra" "contro" "is|was it wrong|illegal" },
    ),
];

const SOBER_WORDS: &[&str] = begins! {
    "prevention|prevent|prevents|preventing|hotline|helpline|help line|volunteer*|counsellor*|counselor*|therapist*|therapy|awareness|poster|leaflet|campaign|warning signs|research*|study|studies|statistic*|survey|museum|rate|rates|risk|safe|safely|safety|antidote|emergency|ambulance|treat|treatment|treated|symptoms|sign|signs|first|nurse|nurses|vet|veterinar*|article|report*|journalis*|police|policy|moderat*|detect*|filter*|classif*|history|historical|law|laws|legal|court|insurance"
    "tent|tents|curtain" "child|children|kid|kids|baby|toddler|infant|kilo|kilos|kg|dog|dogs|cat|cats|pet|horse|rabbit|rats|mice|mouse|fish|plant|plants|weed|weeds|ants|wasps|mosquito*|insects|insect|bacteria|virus|germs|mould|mold|lice|fleas|slugs|snails|spider*|cow|cows|chicken|bees|moles|tumour|tumor|cancer|cells|process|game|level|boss|player|character|novel|film|movie|play|opera|romeo|juliet|story|plot|series|squad|episode|song|sonnet|poem|battery|phone|plane|engine|server|hammock|climb|climbing|boat|sail|fishing|hair|shirt|jeans|laundry|stain|stains|toilet|bath|grout|surfaces"
    "accident*|swallowed|patient|patients|doctor|doctors|hospital|medical|surgery|surgeon|bandage|glass|stitches|shav*|cook*|kitchen|chopping|paper|peeling|vegetable*|finger|thumb|pregnan*|chemo*|flu|hungover|hangover|seasick|nausea|acne|surgical|makeup|tattoo|friend|friends|student|students|pupil|pupils|colleague|daughter|son|brother|sister|teenager*|teens|people who|support|supporting|talk to|worried|recovery|recovered|survivor*|survivors|kinder|kind|hund|katze|praevention|vorbeugung|enfant|enfants|chien|nino|ninos|perro|bambino|bambini|cane"
    "maximum daily|dose" "daily dose" "per kilo*|kg|day" "meaning|means|mean|definition|define|term|word|phrase|slang|stand|stands" "dog|cat|mole rat" "ramadan|religious|lent|blood test|surgery" "intermittent" "deficit|burn|burned|burns|snack|treadmill|cycling" "last week|year|month" "in ####" "century" "exam|deadline|workout|laughing"
};

const RECIPES: &[Recipe] = &[
    Recipe {
        rule: 0,
        needs: &[HOW, GENTLE, DEATH],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 92,
    },
    Recipe {
        rule: 0,
        needs: &[AMOUNT, DRUG, DEADLY],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[HOW, DEATH, WAY],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 90,
    },
    Recipe {
        rule: 0,
        needs: &[HOW, DEATH, DRUG],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[HOW, DEATH, HIDDEN],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[HOW, WAY, GENTLE],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[MEASURE, WAY, DEADLY],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[SELF, HURT, HIDDEN],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[PRAISE, DEATH | HURT | SLANG],
        in_order: false,
        without: SOBER | AGAINST | URGE,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[SELF, HOARD, DRUG, DEADLY],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
    Recipe {
        rule: 1,
        needs: &[URGE],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 90,
    },
    Recipe {
        rule: 2,
        needs: &[HOW, SLANG],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 88,
    },
    Recipe {
        rule: 2,
        needs: &[STARVE, THIN],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 82,
    },
    Recipe {
        rule: 2,
        needs: &[STARVE, HIDDEN],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
    Recipe {
        rule: 2,
        needs: &[HOW, STARVE, MEAL],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 80,
    },
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[
        Rule::guard(
            "viol-007",
            Family::Content,
            Violence,
            "self_harm_way",
            90,
            "Asks for a way to die or to hurt oneself, or praises it.",
        ),
        Rule::guard(
            "viol-008",
            Family::Content,
            Violence,
            "self_harm_urged",
            90,
            "Urges somebody to die or to hurt themselves.",
        ),
        Rule::guard(
            "viol-009",
            Family::Content,
            Violence,
            "eating_disorder",
            85,
            "Asks how to starve, or not to keep what was eaten.",
        ),
    ],
    trigger: Trigger::Words(WORDS),
    hold: Hold::Asked(AHEAD, begun),
    look,
};

fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    TOPIC.look(look, hit, found);
}

/// What wakes the look.
const WORDS: &[&str] = begins! {
    "u die" "you die" "hanging" "painful" "to die" "dying" "i die" "i'd die" "lethal" "fatal" "deadly" "overdos" "suicid" "unalive" "kill myself" "killing myself" "end my life" "my own life" "hang myself" "drown myself" "end it all" "kill oneself" "never wake" "not wake" "in my sleep"
    "noose" "ligature" "exsanguinat" "asphyxia" "bleed out" "bleed to" "my wrists" "wrist" "my veins" "a vein" "artery" "arteries" "exhaust fumes" "carbon monoxide" "helium" "for sure" "off a bridge" "anorexia" "starvation" "starve" "starving" "painless" "over quickly" "cut myself" "cutting" "self-harm" "self harm" "selfharm" "self-injur" "self-mutilat" "my cuts" "my scars" "burn myself" "hurt myself" "harm myself" "hurt yourself" "harm yourself" "cut yourself" "starve yourself"
    "kill yourself" "kill urself" "hang yourself" "drown yourself" "shoot yourself" "off yourself" "neck yourself" "end yourself" "end your life" "take your life" "your own life" "kys" "your wrists" "ur wrists" "bleach" "miss you" "without you" "off dead" "deserve to live" "killing himself" "killing herself" "kill himself" "kill herself" "kill themselves" "hurt herself" "hurt himself" "end his life" "end her life" "their own life" "a favor" "a favour" "go die" "you were dead" "you died"
    "purge" "purging" "puke" "throw up" "throwing up" "vomit" "laxative" "bulimi" "anorexi" "pro-ana" "pro ana" "proana" "pro-mia" "thinspo" "thinspiration" "bonespo" "meanspo" "calories" "kcal" "stop eating" "not eating" "skip meals" "skipping meals" "eat nothing" "eating nothing" "thigh gap" "my ribs" "eating disorder" "eat less" "eating less" "don't eat" "dont eat" "haven't eaten" "not eat" "i've eaten" "i have eaten" "blue whale" "too fat"
    "tödlich" "todlich" "schmerzlos" "ritzen" "erbrech" "hungern" "abführmittel" "mortelle" "sans douleur" "me faire vomir" "vomir" "sin dolor" "vomitar" "indolor" "senza dolore" "vomitare" "pijnloos" "dodelijk" "bezbolesn" "смертельн"
    "way out of" "ways out of"
};
