//! Sexual content that is asked for, in whatever words.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::content::veil::veiled;
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Sexual;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// Asks for it.
const ASK: Parts = 1;
/// Sex, beyond doubt.
const LEWD: Parts = 1 << 1;
/// What may be sexual.
const BODY: Parts = 1 << 2;
/// In every detail.
const OPEN: Parts = 1 << 3;
/// A text, a picture, a play.
const FORM: Parts = 1 << 4;
/// Those who have not grown up.
const CHILD: Parts = 1 << 5;
/// Health, schools, law, art, animals.
const SOBER: Parts = 1 << 6;
/// Says it without more.
const SAID: Parts = 1 << 7;
/// Protects, forbids.
const AGAINST: Parts = 1 << 8;
/// Bare.
const BARE: Parts = 1 << 9;

const LISTS: &[(Parts, &[&str])] = &[
    (
        ASK,
        begins! {
            "write|describe|show|tell|roleplay|generate|create|draw|send|give|make|pretend|act|be|play|want|wanna|need|find|list|link|links|recommend|compose|continue|produce|imagine|depict|seduce|talk|where|which|how|lets|let|watch|see|search|paint|render|edit|turn|remove|book|order|looking|lookin|text|sext|strip|undress|explain|what|like|love|i|id|im|do"
            "schreib*|zeig*|erzahl*|beschreib*|gib|mach|will|wo|such*|ecris|ecrivez|montre*|raconte*|decris|donne*|je|cherche|ou|fais|escribe|muestra*|cuenta*|describe|dame|quiero|donde|haz|busco|ensena*|scrivi|mostra*|racconta*|descrivi|dammi|voglio|dove|cerco|fammi|escreva|mostre|conte|descreva|quero|onde|schrijf|laat|vertel|geef|wil|napisz|pokaz|opowiedz|chce|opisz|напиши|покажи|расскажи|опиши|хочу|где|yaz|goster|anlat|istiyorum|tarif"
        },
    ),
    (LEWD, LEWD_WORDS),
    (LEWD, VEILED),
    (
        SAID,
        begins! {
            "fuck|fucked|fucking|bang|banging|screw|shag|rail ~ me|her|him|my|you|your ~ hard|harder|brains|senseless|tonight|raw|against|deep|ass|while" "make|making|want|lets|let ~ love|sex|out ~ me|you|detail|explicit" "do|doing|done to|with me|you|her|him ~ bed|naked" "sit on my|your|his|her face" "spread|open|spreading your|her|my legs|thighs" "cum|come|finish|cumming inside|on|in|all|over ~ me|my|her|your|face|tits|mouth|breasts" "go down on me|her|him|you" "take off your|her|all|my clothes|panties|bra|shirt|underwear|dress|pants" "what ~ you|u ~ wearing" "wearing nothing|under" "turn*|make|get ~ me|you on|wet|horny|hard|cum|moan" "ride|riding|suck|sucking|lick|licking|taste|tasting|swallow|stroke|stroking|touch|touching|rub|rubbing|finger|fingering ~ ~ me|my|his|her|your|yourself|myself|herself ~ body|dick|cock|pussy|clit|nipples|balls|cum|shaft|thighs|breasts|tits|ass|until|slowly|down|everywhere" "spank|spanking me|her|my|him|you" "tie|chain|handcuff|gag ~ me|her|you|him ~ bed|up|spank|fuck|naked" "be my sex|slutty|naughty|dominatrix|mistress|slut|daddy|dom" "call me daddy|mommy|master|mistress" "send ~ nudes|noods|dickpic*|pics" "friends with benefits" "one night stand" "happy ending massage" "sex toy|slave|doll|chat|cam|tape|partner|bot|position|positions|scene|story|fantasy|talk"
        },
    ),
    (
        BODY,
        begins! { "sex|nude|nudes|naked|topless|breast|breasts|boobs|boob|butt|ass|nipples|nipple|genitals|thighs|lingerie|panties|underwear|bikini|bra|penis|vagina|clit|groin|crotch|intimate|bedroom|body|lovers|couple|steamy|sensual|sensuality|passion|passionate|lust|lustful|desire|undressed|undress|strip|stripping|bare|moan|moans|moaning|kink|kinky|fetish|feet|foot|spanking|seduce|seduces|seduction|seductive|sexy|aroused|arousal|naughty|dirty|dominatrix|submissive|bondage|intercourse|foreplay|climax|hookup|affair|honeymoon|stripper|escort|escorts|prostitute|prostitutes|brothel|oral|anal|virginity|erection|sexual|sexually|massage|shower|bed" "make|making|made love" "sleep|sleeping|slept|sleeps with" "nackt|nackte|nackten|brueste|bruste|titten|nue|nues|nu|seins|desnuda|desnudas|desnudo|tetas|pechos|nuda|nude|nudo|seni|tette|pelada|nua|peitos|naakt|borsten|naga|nagie|piersi|cycki|голая|голую|голые|сиськи|ciplak" },
    ),
    (
        OPEN,
        begins! { "explicit|explicitly|graphic|graphically|uncensored|detailed|vivid|vividly|steamy|hardcore|raunchy|spicy|filthy|dirty|naughty|hot|hottest|kinky|wild|smutty|unfiltered|nsfw|r18|18|xxx|rated|x" "in|every|all|full|great|much|graphic|vivid|intimate|explicit ~ detail|details" "leave|leaving|hold|holding|skip|without|spare|sparing ~ ~ nothing|anything|out|back|details" "step by step" "bit by bit" "no|without censorship|limits|taboo|taboos|restrictions|filter" "explizit*|ausfuhrlich|detail*|versaut|explicite*|cru|crue|torride|details|explicit*|detalle|detalles|subido|caliente|espliciti|esplicit*|dettagli|spinto|spinta|bollente|detalhes|quente|picante|expliciet|dosadn*|szczegolami|откровенн*|подробн*|пошл*" },
    ),
    (
        FORM,
        begins! { "story|stories|scene|scenes|fanfic|fanfiction|fic|roleplay|rp|novel|chapter|chat|script|fantasy|fantasies|encounter|encounters|image|images|picture|pictures|drawing|drawings|photo|photos|video|videos|content|text|texts|description|poem|message|messages|dialogue|paragraph|letter|prompt|prompts|girlfriend|boyfriend|gif|gifs|pics|clip|clips|film|movie|movies|site|sites|anime|comic|manga|art|selfie|selfies|deepfake|tale|diary|monologue|geschichte|szene|bilder|fotos|histoire|scene|photos|historia|relato|escena|fotos|storia|scena|racconto|foto|conto|historia|cena|verhaal|opowiadanie|scene|рассказ|историю|сцену|фото|картинк*|hikaye" },
    ),
    (
        CHILD,
        begins! { "child|children|kid|kids|minor|minors|underage|preteen|preteens|schoolgirl|schoolgirls|schoolboy|schoolboys|loli|lolis|lolita|shota|toddler|toddlers|infant|infants|baby|pupil|pupils" "teen|teenage|teenager|teenagers|teens" "little|young|small|tiny girl|girls|boy|boys|sister|brother|daughter|niece" "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen ~ year|years|yo|jahre|jahrige|ans|anos|anni" "barely legal|pubescent" "middle|high|elementary|primary school" "my ~ daughter|stepdaughter|son|niece|nephew" "kind|kinder|kindern|minderjahrige*|enfant|enfants|mineure*|fillette|nina|ninas|nino|ninos|menor|menores|bambina|bambine|bambino|bambini|minorenne*|crianca|criancas|dziecko|dzieci|nieletni*|ребенок|ребенка|детей|дети|школьниц*|девочк*|cocuk*" },
    ),
    (SOBER, SOBER_WORDS),
    (
        AGAINST,
        begins! { "protect*|prevent*|safeguard*|against|report|reporting|law|laws|illegal|legal|police|court|abuse|abused|abuser|victim|victims|survivor|survivors|convicted|prosecut*|sentence*|education|educate|teach|explain|talk|parents|parental|filter|filters|block|blocking|moderat*|detect*|classif*|charity|hotline|law|counsel*|therapist|psycholog*|development|diaper|bathe|bath|breastfe*|doctor|rash|symptom*" },
    ),
    (
        BARE,
        begins! { "nude|naked|topless|undressed|undress|unclothed|nudes|sexy|sexual|sexually|erotic|erotica|lewd|nsfw|porn|seduce|seduces|seducing|seduction|molest*|lingerie|sexualize*|sexualise*|sex|intercourse|orgasm|masturbat*|aroused|fondle|fondling|grope|groping|nackt*|nackte|nue|desnuda|desnudo|nuda|nudo|pelada|naga|голая|голых|голые|порно|porno|pornos" },
    ),
];

const LEWD_WORDS: &[&str] = begins! {
    "erotic|erotica|erotik|erotisch*|erotique*|erotico|erotica|eroticos|erotyczn*|эротич*|erotik" "porn|porno|pornos|porns|pornhub|pornograph*|pornograf*|порно|porn0|pr0n" "nsfw|smut|smutty|lewd|hentai|horny|orgy|orgies|threesome|threesomes|foursome|gangbang|bdsm|bukkake|fellatio|cunnilingus|orgasm|orgasms|dildo|dildos|vibrator|vibrators|masturbat*|ejaculat*|striptease|lapdance|camgirl|camgirls|sexting|sext|cybersex|milf|milfs|nymphomaniac|swingers|swinger|doggystyle|squirting|sodom*|incest|incestuous|bestiality|zoophil*|necrophil*|upskirt|voyeur|voyeuristic|gloryhole|futanari|femdom|yiff|onlyfans|fapping|fap|wank|deepfakes" "hardcore|rough|oral|anal|kinky|steamy|wild|dirty|graphic|explicit|passionate|hot|gay|lesbian|group|public|shower|phone|cyber|car|casual|crazy|unprotected|bondage|tantric|office|drunk|raunchy sex" "sex with me|you|her|him|my|your|a|the|each|his|two|strangers|animals|dog|horse" "sex scene|scenes|story|stories|video|videos|tape|toys|chat|slave|fantasy|fantasies|positions|doll|bot|worker|workers|club|party|pics" "have|having|had|has|having ~ sex" "explicit|sexual scene|scenes|story|content|roleplay|fantasy|fantasies|encounter|act|acts|intercourse|position|positions|favors|favours|chat|desires|description|pleasure|adventures" "dirty|naughty talk|story|stories|pictures|pics|roleplay|chat|texts|messages|thoughts|fantasy" "lap dance|dances" "strip tease|club|for|naked" "hardcore|softcore movie|movies|video|videos|film|films|porn|content|pics|scene" "versaut*" "foot fetish" "adult|x|xxx|18|r18 content|film|films|rated|video|videos|movie|movies|site|sites|roleplay|chat" "nude|naked|topless ~ ~ woman|women|girl|girls|man|men|picture|pictures|photo|photos|image|images|pics|selfie|selfies|body|celebrity|actress|model|wife|ex|girlfriend|posing|video|videos|video" "undress|strip|unclothe|remove ~ ~ woman|girl|actress|clothes|photo|picture|her|dress|bikini|celebrity" "clothes off|removed" "without|no clothes|clothing|panties|bra" "sexgeschichte|sexszene|sexvideos|sexfilme|nacktbilder|nacktfotos" "scene|histoire|video|videos|film|relation|relations de|du|d? sexe|cul|sexuelle|sexuelles|fesses|porno" "plan cul" "relato|escena|historia|video|videos|fotos ~ porno|erotic*|sexo|sexual|desnud*|xxx|hot" "scena|racconto|storia|video|foto|film ~ sesso|erotic*|porno|hard|sessual*|nud*" "conto|cena|video|videos|fotos ~ erotic*|sexo|porno|nua|pelada|sexual" "seks|seksverhaal|seksfilm|sexverhaal" "scene|scena|opowiadanie|film|filmy ~ seks*|erotyczn*|porno" "секс|секса|сексом|эротику|трах*|минет" "sikis*|seks|sevisme|porno"
};

/// What nobody wants to read in a source file.
const VEILED: &[&str] = veiled!([
    "gvgf|gvggvrf|obbof|pbpx|pbpxf|chffl|chffvrf|qvpxf|oybjwbo|oybjwbof|unaqwbo|unaqwbof|evzwbo|pernzcvr|phz|phzfubg|wvmm|obare|fyhggl|fyhg|juber|jvyyl|nany|qrrcguebng*|shpx|shpxvat|shpxf|obaqntr|gjrex|pyvg|pnzgbr"
]);

const SOBER_WORDS: &[&str] = begins! {
    "education|educate|educational|biology|health|healthy|medical|doctor|gynaecolog*|gynecolog*|urolog*|cancer|pregnan*|contracept*|condom|condoms|menstruat*|puberty|hormone*|disease|infection|infections|sti|stis|std|hiv|therapy|therapist|counsel*|consent|law|laws|legal|illegal|court|police|abuse|assault|harass*|violence|victim*|survivor*|trafficking|prevent*|protect*|research*|study|studies|statistic*|survey|form|chicks|breeding|breed|bull|cow|cows|calf|plants|seedlings|flowers|reproduction|species|birds|rats|rat|mole|sextant|sextet|marriage|marry|discriminat*|orientation|equality|history|historical|ancient|catullus|ovid|museum|painting|paintings|sculpture|statue|renaissance|rubens|degree|latin|poetry|lipstick|lipsticks|shoes|heels|colour|color|colours|palette|shade|eye|eyes|exam|exams|hygiene|surgeon|surgery|thermometer|tradition|history|vaccine|vaccin*|cursor|cursors|types|type|sql|rust|instructions|lyrics|moderat*|filter|filters|block|blocking|detect*|classif*|policy|policies|parental|rating|ratings|addiction|addicted|quit|recover*|trauma|dysfunction|menopause|libido|fertility|midwife|breastfe*|mastectomy|implants|mammogram|weather|willow|riot|bow|tie|hens|dolphins|donkey|kick|gender|chromosome*|ratio|sport|sports|running|underwire|mountain|island|chicken|turkey|pizza|curry|dish|cream|spay|neuter|castrat*|mating|ticks|snails|worms|bees|fish|frogs|meaning|means|mean|word|term|etymology|translate|pronounce|documentary|article|news|scandal|report*|column|conference|lecture|psycholog*|sociolog*|parents|teacher|teachers|kindergarten|pediatric*|paediatric*|diaper|chess|football|rugby|naturist|naturism|nudist|sauna|spa|yoga|anatomy|concert|audition|safe"
    "same sex" "opposite sex" "sex of|ed|chromosome*|ratio|hormone*|determination|change|discrimination|offender|offenders|trafficking|education|pistols" "naked eye" "oral exam|exams|history|b|surgery|hygiene|medication|antibiotic*|tradition" "explicit cursor*|type|types|conversion|instructions|permission|consent" "biologie|unterricht|aufklarung|gesundheit|arzt|education|sante|salud|educacion|medico|salute|educazione|medico"
};

const RECIPES: &[Recipe] = &[
    Recipe {
        rule: 1,
        needs: &[CHILD, BARE],
        in_order: false,
        without: AGAINST,
        sure: 99,
    },
    Recipe {
        rule: 1,
        needs: &[CHILD, LEWD],
        in_order: false,
        without: AGAINST,
        sure: 99,
    },
    Recipe {
        rule: 0,
        needs: &[ASK, LEWD],
        in_order: false,
        without: SOBER,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[SAID],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[OPEN, BODY, FORM],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[ASK, OPEN, BARE],
        in_order: false,
        without: SOBER,
        sure: 82,
    },
    Recipe {
        rule: 0,
        needs: &[LEWD, FORM],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[
        Rule::guard(
            "sex-004",
            Family::Content,
            Sexual,
            "sexual_asked_for",
            88,
            "Asks for sexual content, in one of many languages.",
        ),
        Rule::guard(
            "sex-005",
            Family::Content,
            Sexual,
            "minors_meant",
            99,
            "Sexual content with minors.",
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
    "sex" "porn" "erot" "xxx" "nsfw" "smut" "lewd" "hentai" "horny" "orgy" "orgies" "hardcore" "softcore" "in bed" "versaut" "threesome" "gangbang" "bdsm" "fellatio" "cunnilingus" "orgasm" "dildo" "vibrator" "masturbat" "ejaculat" "striptease" "lap dance" "camgirl" "cybersex" "milf" "incest" "bestiality" "zoophil" "necrophil" "upskirt" "voyeur" "femdom" "onlyfans" "nude" "naked" "topless" "nudity" "undress" "strip " "moan" "seduc" "sensual" "steamy" "kinky" "kink" "fetish" "dominatrix" "bondage" "intercourse" "foreplay" "lingerie" "panties" "boobs" "tits" "genital" "breasts" "escort" "brothel" "prostitute" "dirty" "naughty" "aroused" "clothes off" "her clothes" "your clothes" "making love" "make love" "made love" "spank" "handcuff" "your legs" "her legs" "call me daddy" "molest" "grope" "fondle" "loli" "underage" "preteen" "schoolgirl" "adult content" "adult film" "go down on" "inside me" "ride me" "turn me on" "uncensored" "lust" "sodom" "wank" "without clothes"
    "nackt" "titten" "brüste" "szene" "pelada" "nua" "desnud" "tetas" "nuda" "nudo" "sesso" "sessual" "tette" "scopa" "sexe" "cul " "seins" "à poil" "seks" "naga" "nagie" "cycki" "секс" "порно" "эрот" "голая" "голую" "голые" "сиськи" "трах" "минет" "сексу" "çıplak" "ciplak" "sikiş" "sikis"
    "anal " "anal." "anal," "anal?"
};
