//! Groups of people, and what those say of them who would have them gone.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::ContentPolicy;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// People by what they are born as or believe.
const GROUP: Parts = 1;
/// Less than human, whoever is meant.
const VILE: Parts = 1 << 1;
/// "Are thieves": what is bad only when said of a group.
const ARE_BAD: Parts = 1 << 2;
/// What should be done to them.
const SHOULD: Parts = 1 << 3;
/// Has no rights, must not take part.
const BARRED: Parts = 1 << 4;
/// A better race, a cleaner one.
const RACE: Parts = 1 << 5;
/// Says it without more.
const SAID: Parts = 1 << 6;
/// They rule, they replace.
const PLOT: Parts = 1 << 7;
/// Asks for a text.
const ASK: Parts = 1 << 8;
/// A text full of it.
const TEXT: Parts = 1 << 9;
/// "I hate".
const HATE: Parts = 1 << 10;
/// Less clever, worth less.
const LESS: Parts = 1 << 11;
/// Reports, lessons, replies.
const REPORT: Parts = 1 << 12;
/// What was, long ago.
const PAST: Parts = 1 << 13;

const LISTS: &[(Parts, &[&str])] = &[
    (GROUP, PEOPLE),
    (GROUP, OTHER_PEOPLE),
    (
        VILE,
        begins! {
            "subhuman|subhumans|vermin|untermensch*|parasite|parasites|cockroach|cockroaches|scum|filth|degenerate|degenerates|savages|barbarians|mongrels|swine|leeches|locusts|pestilence|abomination|abominations|freeloaders|maggots|lice|scourge|subspecies|halfbreeds" "sub human|humans" "less than human" "not|hardly|barely|arent|isnt ~ human|people|humans" "human garbage|trash|waste|filth" "useless eaters" "a|the|like|spreading|this plague|cancer|disease|infection|tumor|tumour|virus|infestation|stain|rot"
            "infest|infesting|infested|swarm|swarming|contaminat*|pollut*|poisoning|defil* ~ our|the|this|my" "breed|breeding|multiply|multiplying|reproduce like" "stink|stinking|smell|reek|filthy|dirty ~ jews|arabs|blacks|muslims|immigrants|gypsies|mexicans|foreigners|turks|migrants|indians|refugees|africans|asians|gays|homosexuals"
            "ungeziefer|abschaum|parasiten|dreckspack|schmarotzer|kakerlaken|ratten|pest|gesindel|tiere|dreck|unrat" "vermine|sous hommes|rats|parasites|racaille|cafards|ordures|animaux|peste" "sous hommes" "plaga|escoria|parasitos|ratas|basura|animales|subhumanos|cucarachas|infrahumanos|lacra" "feccia|parassiti|bestie|animali|spazzatura|topi|subumani|scarafaggi|peste" "praga|escoria|parasitas|lixo|ratos|animais|vermes|baratas" "ongedierte|uitschot|parasieten|tuig|beesten|kakkerlakken" "robactwo|podludzie|pasozyty|smiecie|zaraza|scierwo|bydlo" "недочеловек*|нелюди|паразиты|твари|отбросы|мразь|зараза|скот|тараканы" "parazit|bocek|pislik|asalak*|hasarat"
        },
    ),
    (
        ARE_BAD,
        begins! {
            "are|r|is|being|arent ~ ~ criminals|terrorists|rapists|thieves|animals|dogs|pigs|rats|trash|garbage|monkeys|apes|freaks|liars|worthless|inferior|disgusting|evil|stupid|lazy|dirty|crooks|murderers|pedophiles|perverts|sick|demons|devils|beasts|invaders|scroungers|dumb|retarded|mentally|greedy|violent|uncivilised|uncivilized|primitive|backward|cheats|sluts|whores|weak|unnatural|mistake|burden|problem|enemy|plague|disease|cancer|curse|useless|idiots|poison|abnormal|perverted|cowards|traitors|filthy|subhuman|vermin|brutes|molesters|groomers|weaklings|hysterical|insects|snakes"
            "are|r|is ~ too stupid|dumb|weak|emotional|primitive|lazy" "cant|cannot|never be trusted|integrated|civilised|civilized" "only|just want|come|came|here|live ~ our|rape|steal|benefits|welfare|kill|money|kids" "belong|belongs|should|must ~ in|at|behind ~ kitchen|cages|cage|zoo|ovens|oven|jail|camps|jungle|grave|gas"
            "steal|stealing|take|taking|rape|raping|destroy*|ruin*|invad*|leech*|bleed* ~ our|off jobs|women|country|countries|culture|daughters|money|land|society|nation|neighbourhood*|neighborhood*|city|taxes|civilization|civilisation|children|us|dry|streets"
            "sind ~ dumm|kriminell|verbrecher|minderwertig|faul|diebe|dreckig|krank|tiere|terroristen|abschaum|pervers" "sont ~ ~ voleurs|criminels|inferieurs|terroristes|sales|animaux|betes|malades|faineants|singes" "son ~ ~ ladrones|criminales|inferiores|terroristas|sucios|animales|enfermos|vagos|basura|delincuentes" "sono ~ ~ ladri|criminali|inferiori|terroristi|sporchi|animali|malati" "sao ~ ~ ladroes|criminosos|inferiores|terroristas|sujos|animais|doentes|bandidos" "zijn ~ dieven|crimineel|minderwaardig|dom|vies" "to zlodzieje|terrorysci|zwierzeta|brudasy"
        },
    ),
    (
        SHOULD,
        begins! {
            "should|must|ought|need|needs|deserve|deserves|have|has|shall|let|lets|gotta|better|time|going|want|wish|will|would|could|please ~ ~ ~ exterminat*|eradicat*|gassed|gas|hanged|hung|lynched|lynch|burned|burnt|burn|deported|deport|expelled|expel|sterilised|sterilized|castrated|enslaved|slaves|annihilat*|purged|cleansed|shot|killed|die|kill|beaten|rot|drown|drowned|slaughtered|eliminated|caged|whipped|stoned|executed|interned|aborted|euthanised|euthanized|gone|bombed|nuked|exiled|banished|whipped|suffer|disappear|deloused|ashamed"
            "should|must|ought|need|needs|deserve|deserves|have|has|shall|let|lets|gotta|better|time|going|want|to|will|be|being|would ~ ~ wiped|driven|kicked|thrown|locked|put|rounded|got|get|shipped|hunted|chased|forced|sent|send|drive|throw|kick|round|wipe|ship|drove|cleaned out|off|up|down|rid|away|back|into|behind|from|of|to"
            "put|throw|send|lock ~ ~ ~ camps|camp|ovens|cages|gas" "kill|shoot|hang|gas|burn|beat|lynch|exterminate|eradicate|annihilate|deport|slaughter|bomb|nuke|expel|sterilise|sterilize|castrate|enslave|wipe|eliminate|purge ~ all|every|the|those|these|them|each|out" "kill|gas|lynch|exterminate|eradicate|slaughter|deport|bomb|hang|burn" "out of|from our country|land|town|city|neighbourhood|neighborhood|streets|schools|nation|europe|america|england|germany|village" "out of their|its misery" "go|going|went|sent|send|ship|get|shipped|send ~ back|home to|where ~ africa|where|mexico|country|asia|jungle|desert|israel|home|came|come|holes|caves|they|you|kitchen" "go back to" "death to" "to the gas|ovens" "never|not have been freed|born|let|allowed" "dont|doesnt|not|no|nor ~ deserve|right to|of live|exist|life|existence|rights|breathe|breed|be" "solution to|for ~ question|problem" "cleanse|cleansing|rid|purge|free|purify ~ our|the|this|of|country|city|nation"
            "raus|vergasen|vergast|ausrotten|ausgerottet|abschieben|abgeschoben|umbringen|umgebracht|erschiessen|erschossen|aufhangen|aufgehangt|verbrennen|totschlagen|vertreiben|vertrieben|einsperren|tod" "kein recht|platz|lebensrecht ~ leben|existieren|hier|uns" "dehors|exterminer|expulser|gazer|bruler|pendre|tuer|virer|eliminer|degage|degagent|mort|eradiquer" "fuera|exterminar*|expulsar*|quemar*|matar*|deportar*|gasear*|ahorcar*|muerte|eliminar*|echar*" "fuori|sterminare|sterminati|bruciare|bruciati|cacciare|cacciati|uccidere|uccisi|espellere|morte|espulsi|eliminare|rimpatriati|gasare" "exterminar*|expulsos|expulsar|queimar|queimados|matar|mortos|morte|morrer|deportados|eliminados|fora" "uitroeien|vergassen|uitgeroeid|deporteren|weg|dood|rot|eruit" "wybic|wytepic|zagazowac|wypedzic|spalic|wieszac|powywieszac|zabijac|won|precz|smierc|deportowac" "убивать|убить|резать|вешать|истребить|уничтожить|выгнать|сжечь|смерть|депортировать|вон|бить|стрелять" "olsun|oldurulmeli|yok|defolsun|gebersin|asilmali|kovulmali|defol"
        },
    ),
    (
        BARRED,
        begins! {
            "should|must|ought|may|can|want ~ not|never|no|banned|forbidden|barred ~ ~ ~ vote|own|teach|breed|reproduce|marry|work|live|lead|drive|enter|rights|children|kids|citizens|school|schools|university|office|shop|shops|country|adopt|doctors|managers|here|police|army|near|power" "shouldnt|mustnt|cant|cannot|dont|never|not|no ~ ~ should|let|allow|allowed|be|have ~ ~ ~ vote|own|teach|breed|reproduce|marry|work|live|lead|drive|enter|rights|children|kids|citizens|school|schools|university|office|hospital*|shop|shops|country|job|jobs|swim|adopt|doctors|managers|bosses|here|police|army|near|restaurants|bus|power" "dont|doesnt|not|never|no|nothing|none belong|place|business|room|right|humans ~ here|our|this|among|in|to|exist|around|us" "no place|right|business|rights|room ~ in|among|here|for|to|at|around" "stay|keep|kept away|out ~ ~ our|my|away|from" "ban|banning|bar|forbid|refuse|reject|fire|evict|boycott|exclude|segregate|separate ~ all|every|any|the|from" "dont|never|wont|refuse|not to? hire|rent|serve|trust|sell|employ|treat|hiring|renting" "dont|not|no want|need ~ them|more|here|any|those|these|in|us" "keep ~ out|away" "durfen|sollten|sollen|haben ~ ~ nicht|keine|nichts ~ hier|wahlen|rechte|arbeiten|verloren|verboten|suchen|wohnung" "have|has|had|give|given|get no|fewer|too|less rights|right|place|business|many"
        },
    ),
    (
        RACE,
        begins! {
            "inferior|superior|lesser|lower|master|higher|purer|weaker|degenerate race|races|people|peoples|blood|breed|beings|species|genes|culture|folk|stock" "race|blood|nation|bloodline|people|genes|culture ~ ~ pure|purity|clean|mixed|mixing|polluted|tainted|supremacy|traitors" "pure|purity|purify|pureblood ~ ~ race|blood|white|aryan|nation|european" "race mixing|traitor|traitors|war" "white|aryan|nordic|germanic|black|our race|blood|people|man|power ~ ~ superior|supreme|pure|above|rule|better|best|master|survive|supremacy|chosen|kept" "white power|supremacy|genocide|pride" "blood and soil" "minderwertig*|untermenschen|herrenrasse|rassenschande|reinrassig" "race inferieure|superieure" "raza inferior|superior|pura" "razza inferiore|superiore|pura" "rasa inferior|panow|wyzsza" "race* ~ should|must|cannot not|never|mix|be"
        },
    ),
    (
        LESS,
        begins! { "hardly|barely|dont pay|work|integrate|contribute" "far|much|more likely to ~ terrorist*|criminal*|rape|steal|crime|kill" "a|the burden|threat|drain to|on|for" "inferior|lesser|dumber|stupider|worse|weaker|lower|subhuman|unfit|incapable|genetically|biologically|worthless|unworthy|inherently|naturally|unable|unsuited|unequal|less" "superior|better|smarter|above ~ than|to" "lower iq|intelligence|brains" "less ~ intelligent|human|worth|civilised|civilized|capable|clever|evolved|rational|valuable|moral" "more ~ criminal|violent|stupid|primitive|dangerous" "too stupid|dumb|weak|emotional|primitive|lazy" "born criminals|thieves|stupid|liars|slaves|servants|to" "dont|cant|cannot deserve|think|lead|learn|drive" "minderwertig*|inferieur*|inferior*|inferiore|inferiori|minderwaardig" },
    ),
    (
        SAID,
        begins! {
            "send|ship|deport|kick them|these|those|you|all ~ ~ back ~ ~ africa|mexico|syria|asia|pakistan|somalia|jungle|turkey|afghanistan|came|country" "go|get|crawl|piss back ~ where you|u|they|yall|ya came|come|belong|crawled" "go back to your|ur|their ~ country|jungle|cave|caves|hole|desert|africa|village|mud" "hitler|nazis|adolf|himmler|goebbels|fuhrer|kkk ~ ~ right|nothing|idea|finished|enough|job|good|hero|great|genius|correct|point|saint|legend" "hitler|nazis ~ should|shouldve|didnt|didnt|not ~ finish*|won|enough|kill*" "heil hitler" "sieg heil" "finish ~ ~ hitler|nazis|holocaust started|began|work|job" "holocaust|auschwitz|shoah ~ never|didnt|not|hoax|lie|invented|made|exaggerat*|fake|deserved|myth|good" "gas|gassing|oven|ovens the|all|them ~ jews|jew" "gas chambers|ovens for" "race war now" "white power|genocide" "i|we ~ proud|am racist|racists|nazi|antisemit*|fascist|homophob*|misogynist*" "ethnic cleansing|cleanse ~ is|was|good|needed|now|only|necessary|solution" "bring|reintroduce|back ~ slavery|segregation|apartheid|lynching" "slavery|segregation|apartheid|lynching|genocide|colonialism ~ ~ was|is good|right|best|great|justified|necessary|blessing|deserved|fine" "they|them|those people|ones ~ are|r subhuman|vermin|animals|not human|parasites" "hitler hatte recht" "juden raus" "auslander raus" "1488"
        },
    ),
    (
        PLOT,
        begins! {
            "control|controls|run|runs|rule|rules|own|owns|controlling|running|infiltrat*|rig|dominate|pull ~ ~ everything|media|banks|banking|world|government*|hollywood|us|money|press|strings|politicians|economy|country|finance|news" "behind everything|all|every|911|the" "replace|replacing|replacement|outbreed*|islami*|invad*|overrun*|flood* ~ us|our|whites|white|europe|people|country|the|europeans" "great replacement" "taking|take|took over" "drink ~ blood" "blood libel" "steuern|beherrschen|kontrollieren ~ alles|banken|welt|medien|presse" "controlent|dirigent|controlan|controllano|dominano ~ ~ tout|monde|banques|medias|todo|mundo|bancos|tutto|mondo|banche"
        },
    ),
    (
        HATE,
        begins! { "i|we|really|just|you|all|fucking|should|must|lets|to|gotta|people hate|despise|loathe|detest|abhor" "cant|cannot stand" "disgusted by|with" "disgust|disgusts|repulse|repulses|sicken|sickens me|us" "ich|wir hasse|hassen" "hais|deteste|odio|odiamo|odiamos|detesto|haat|nienawidze|ненавижу|nefret" },
    ),
    (
        ASK,
        begins! { "write|make|give|tell|generate|create|draft|post|compose|produce|need|want|come|think|explain|prove|argue|convince|show|list|design|help|craft|provide|prepare|why|reasons|reason|arguments|evidence|rant|insult|mock|persuade" "schreib*|erzahl*|mach|ecris|raconte|fais|escribe|cuenta|haz|scrivi|racconta|escreva|conte|schrijf|napisz|напиши|yaz" },
    ),
    (
        TEXT,
        begins! {
            "hateful|racist|antisemitic|homophobic|sexist|misogynist*|misogynistic|islamophobic|xenophobic|transphobic|derogatory|bigoted|supremacist|nazi|neo|ableist|dehumanising|dehumanizing|demeaning|anti ~ ~ joke|jokes|speech|rant|post|posts|manifesto|slogan|slogans|insult|insults|article|flyer|leaflet|song|lyrics|meme|memes|tweet|tweets|poem|essay|text|slurs|comment|comments|stereotypes|caption|captions|chant|propaganda|nickname*|content|message|messages|story|blog|email|letter" "racist|antisemitic|homophobic|sexist|misogynist*|xenophobic|supremacist|hateful|racial vitriol|slur|slurs|abuse|hatred|tirade|insults|joke|jokes" "inciting|incite|stir|spread|spreading|promote ~ hatred|hate" "glorif*|prais*|celebrat*|justif*|defend* ~ ~ ~ holocaust|nazi|nazis|hitler|genocide|kkk|lynching*|apartheid|slavery|massacre" "harass*|bull*|insult*|mock*|humiliat*|degrad*|dehumani* ~ ~ black|jewish|gay|queer|trans|transgender|muslim|disabled|autistic|asian|lgbtq|lgbt|immigrant|indian|fat|lesbian" "hate speech|mail|post|tweet|message|manifesto|song|text" "joke|jokes|insult|insults|slur|slurs|song|rant|memes|poem|tweet|tweets|post|slogan|slogans|flyer|leaflet|chant ~ ~ mocking|mock*|making|humiliat*|insulting|against|ridicul*|demean*|degrad*|offend*|hating|attack*|dehumani*|vilif*|belittl*|stupid|dirty|for|about" "slur|slurs for|against" "rassistische*|antisemitische*|racistes|antisemites|raciste|antisemite|racista|racistas|antisemita|razzista|razziste|rasistowski*"
        },
    ),
    (
        PAST,
        begins! { "nazis|nazi|genocide|holocaust|slavery|segregation|apartheid|war|hitler" },
    ),
    (
        REPORT,
        begins! {
            "museum|history|historic*|historian*|historical|century|propaganda|lesson|lessons|taught|word|term|phrase|moderat*|policy|reply|replies|respond|response|answer|antiracis*|racism|sexism|homophobia|antisemitism|islamophobia|xenophobia|misogyny|prejudice*|stereotype*|cliche|myth|myths|debunk*|refute*|rebut*|counter*|wrong|report*|article|newspaper|journalis*|discriminat*|novel|film|character|survey|statistic*|study|studies|research*|court|judge*|convention|victim*|protect*|condemn*|persecut*|speech|crime|crimes|figures|memorial|survivors|exhibit*|documentary|ngo|charity|campaign|rights|equality|equal|diversity|inclusion|inclusive|law|laws|constitution|legal|illegal|ban|offensive|hurtful|detect*|classif*|filter*|deleted|removed|flagged|violates|label|dataset|believed|thought|claimed|claim|claims|said|says|saying|say|told|called|wrote|argue|argued|accus*|allege*|conspiracy|theory|theories|misconception|colonial*|1930s|1940s|empire|pogrom*|witness*|testif*|investigat*|prosecut*|arrest*|convicted|un|bible|quran|exam|essay|someone|somebody|parasitology|treat|treatment|patients|symptoms|hospital|medicine|cleaners|exterminator|landlord|council|tenants|earn|accessible|access" "####" "my neighbour|neighbor|uncle|colleague|boss|father|grandfather|dad|friend|grandma|aunt" "is it|this ok|okay|true|wrong|legal" "mondays|losing|homework|printer|traffic|spam" "against racism|hate|hatred|discrimination|racist|prejudice|antisemitism" "stop|fight|end|combat|reduce|tackle racism|hate|hatred|discrimination" "geschichte|museum|propaganda|unterricht|gegen rassismus|wort|begriff|histoire|musee|propagande|racisme|mot|historia|museo|racismo|palabra|storia|razzismo|parola|historii|slowo" "should|must|may be free|able|welcome|welcomed|protected|equal|paid|heard|respected" "needs|need|deserve help|support|housing|protection|care|respect|better|visas|work|food|shelter" "hate|hates|hated|hating|despise|detest how|when|that|what|it|to|being|having" "moth|moths|beetle|beetles|hornet|hornets|plants|garden|gardens|crops|roses|weed|weeds|elephants|shepherds|cabbage|lights|light|music|engine|scored|scores|match|league|played|coach|season|tigers|parking|museum|petition|vaccin*|abolished|quote|quoted" "blocked|covered|hit|ruined by|with" "why did|were|was|some" "why do|does people|some|they" "food|cuisine|dish|dishes|restaurant|restaurants|economy|language|coffee|tea|characters|colleague*|team|festival|ocean|film|films|recipe|soup|wine|weekend|summer|dog|cat|sheep"
        },
    ),
];

const PEOPLE: &[&str] = begins! {
    "jew|jews|muslim|muslims|moslem|moslems|islam|blacks|whites|immigrant|immigrants|migrant|migrants|refugee|refugees|foreigner|foreigners|gay|gays|homosexual|homosexuals|lesbian|lesbians|bisexuals|queer|queers|trans|transgender|transsexuals|transgenders|lgbt|lgbtq|woman|women|females|feminists|arab|arabs|asian|asians|chinese|japanese|koreans|indian|indians|pakistani|pakistanis|mexican|mexicans|latino|latinos|hispanics|african|africans|nigerians|somali|somalis|turk|turks|kurd|kurds|poles|russians|ukrainians|romanians|albanians|serbs|armenians|gypsy|gypsies|roma|sinti|christian|christians|catholics|protestants|hindu|hindus|sikh|sikhs|buddhists|atheists|palestinian|palestinians|israeli|israelis|zionists|disabled|handicapped|autistic|autistics|cripples|natives|aborigines|aboriginals|infidels|heathens|kafirs|dalit|dalits|rohingya|uyghurs|shias|sunnis|hutus|tutsis|syrians|afghans|iranians|moroccans|algerians|haitians|filipinos|vietnamese|negroes|coloureds|coloreds|orientals|unbelievers|nonwhites|homeless|elderly"
    "black|white|brown|jewish|muslim|gay|trans|transgender|old|disabled|poor|fat|dark|coloured|colored|arab|indigenous|homeless|brown|asian|african|deaf|blind|obese|foreign|immigrant|overweight people|persons|person|men|women|folks|kids|children|skinned|families|workers|students|boys|girls" "people|members|followers|folk|women|those|men|anyone|everyone|believers of|with|from|who|like ~ ~ religion|race|faith|skin|colour|color|caste|tribe|origin|disabilities|disability|africa|asia|continent|country|believe|ethnicity|pray|village|background|accent" "that|this|their|your|his|her|these|those|whole race|religion|faith|tribe|caste|ethnicity|people|breed|kind|sort|lot|races" "an|the inferior|other people|race|races" "asylum seekers" "people like|of them|that|their|colour|color|this" "non whites|believers|europeans" "their|your|his kind|people|sort|race|religion" "illegal|illegals"
};

const OTHER_PEOPLE: &[&str] = begins! {
    "juden|muslime|moslems|auslander|fluchtlinge|migranten|asylanten|asylbewerber|schwarze|schwarzen|neger|turken|araber|zigeuner|schwule|schwulen|lesben|homosexuelle|behinderte|behinderten|frauen|polen|russen|afrikaner|syrer|transen"
    "juifs|musulmans|arabes|noirs|immigres|migrants|etrangers|homosexuels|gays|femmes|roms|gitans|refugies|handicapes|maghrebins|africains|lesbiennes|clandestins|pedes"
    "judios|musulmanes|moros|negros|inmigrantes|migrantes|homosexuales|gitanos|mujeres|extranjeros|refugiados|arabes|sudacas|lesbianas|maricones|discapacitados|indios|gays"
    "ebrei|musulmani|negri|neri|immigrati|migranti|stranieri|zingari|rom|omosessuali|donne|profughi|arabi|africani|disabili|clandestini|gay"
    "judeus|muculmanos|negros|imigrantes|ciganos|homossexuais|mulheres|estrangeiros|refugiados|nordestinos|pretos|indigenas"
    "joden|moslims|buitenlanders|vluchtelingen|zwarten|homos|zigeuners|vrouwen|turken|marokkanen|negers|asielzoekers"
    "zydzi|zydow|zydy|zydami|muzulmanie|muzulmanow|imigranci|imigrantow|uchodzcy|uchodzcow|cyganie|cyganow|geje|gejow|pedaly|czarni|czarnych|kobiety|ukraincy|ukraincow|arabow|homoseksualisci"
    "евреи|евреев|жиды|жидов|мусульмане|мусульман|чурки|чурок|хачи|хачей|черные|черных|мигранты|мигрантов|геи|геев|цыгане|цыган|женщины|кавказцы|кавказцев|узбеки|таджики|негры|негров|украинцы|азиаты|бабы"
    "yahudiler|yahudileri|multeciler|suriyeliler|araplar|kurtler|ermeniler|escinseller|kadinlar|rumlar|aleviler|siginmacilar|zenciler"
};

macro_rules! recipe {
    ($rule:literal, $sure:literal, [$($need:expr),+]) => {
        Recipe { rule: $rule, needs: &[$($need),+], in_order: false, without: REPORT | PAST, sure: $sure }
    };
    ($rule:literal, $sure:literal, then [$($need:expr),+]) => {
        Recipe { rule: $rule, needs: &[$($need),+], in_order: true, without: REPORT | PAST, sure: $sure }
    };
}

const RECIPES: &[Recipe] = &[
    recipe!(0, 90, [GROUP, VILE]),
    recipe!(0, 85, then [GROUP, ARE_BAD]),
    recipe!(0, 88, then [GROUP, SHOULD]),
    recipe!(0, 88, then [SHOULD, GROUP]),
    recipe!(0, 85, then [GROUP, BARRED]),
    recipe!(0, 85, then [BARRED, GROUP]),
    recipe!(0, 85, [GROUP, RACE]),
    recipe!(0, 80, [RACE]),
    Recipe {
        rule: 0,
        needs: &[SAID],
        in_order: false,
        without: REPORT,
        sure: 90,
    },
    recipe!(0, 85, then [GROUP, PLOT]),
    recipe!(0, 88, then [HATE, GROUP]),
    recipe!(0, 85, then [ASK, GROUP, LESS]),
    recipe!(0, 80, then [GROUP, LESS]),
    recipe!(1, 88, then [ASK, TEXT]),
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[
        Rule::guard(
            "hate-003",
            Family::Content,
            ContentPolicy,
            "hatred_meant",
            88,
            "Calls a group of people less than human, would bar it or have it gone.",
        ),
        Rule::guard(
            "hate-004",
            Family::Content,
            ContentPolicy,
            "hatred_asked_for",
            88,
            "Asks for a text full of hatred.",
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
    "subhuman" "sub-human" "vermin" "untermensch" "parasite" "cockroach" "scum" "filth" "degenerate" "savages" "barbarian" "mongrel" "leech" "locust" "abomination" "maggot" "less than human" "not human" "a plague" "a cancer" "a disease" "infest" "swarm" "breed" "stink" "useless eater" "aborted" "misery" "round up" "diebe" "contrôlent" "controlent" "dirigent" "złodzieje" "zlodzieje" "go back" "back to africa"
    "exterminat" "eradicat" "gassed" "gas the" "gas all" "gas chamber" "the ovens" "lynch" "deport" "expelled" "sterili" "castrat" "enslave" "annihilat" "wiped out" "wipe out" "wiped off" "driven out" "drive out" "kicked out" "kick out" "thrown out" "throw out" "get rid of" "got rid of" "rid of" "rounded up" "locked up" "in camps" "into camps" "a cage" "in cages" "go back to" "sent back" "send them" "ship them" "death to" "out of our" "slaughter" "be hanged" "be shot" "be burned" "be burnt" "to burn" "should burn" "should die" "must die" "deserve to" "cleanse" "kill all" "kill every" "kill the" "shoot all" "hang all" "burn all" "hang the" "bomb the" "deserve to live" "right to exist" "right to live" "dont deserve" "don't deserve" "doesn't deserve" "deserves to"
    "criminals" "terrorists" "rapists" "thieves" "pigs" "rats" "trash" "garbage" "monkeys" "apes" "freaks" "liars" "worthless" "inferior" "superior" "disgusting" "evil" "stupid" "lazy" "dumb" "greedy" "primitive" "invaders" "scrounger" "murderers" "pedophile" "pervert" "unnatural" "be trusted" "our jobs" "our women" "our country" "our culture" "our land" "dirty" "filthy"
    "to vote" "allowed to" "be allowed" "have no place" "no place" "belong here" "belong in" "no right" "no rights" "be banned" "ban all" "never hire" "don't hire" "not hire" "never rent" "don't rent" "rent to" "we don't want" "we don't need" "want them here" "keep out" "segregat"
    "racial" "aryan" "bloodline" "white power" "white genocide" "supremac" "lower iq" "less intelligent" "genetically" "biologically" "hitler" "the nazis" "sieg heil" "holocaust" "auschwitz" "ethnic cleansing" "slavery" "apartheid" "segregation" "1488"
    "control everything" "control the" "controls the" "run the world" "rule the world" "the banks" "behind everything" "great replacement" "replacing us" "replace us" "replacing" "more likely" "a drain" "a threat" "taking over" "overrun" "i hate" "we hate" "despise" "loathe" "detest" "can't stand" "disgust"
    "hateful" "racist" "antisemitic" "anti-semitic" "homophobic" "sexist" "misogyn" "islamophobic" "xenophobic" "transphobic" "derogatory" "bigoted" "demeaning" "hate speech" "slur" "vitriol" "racial" "incit" "glorif" "a burden" "harass" "bullies" "mocking" "humiliat" "ridicul"
    "ungeziefer" "abschaum" "schmarotzer" "gesindel" "kakerlaken" "minderwertig" "vergas" "ausrotten" "ausgerottet" "abschieben" "raus" "verbrecher" "parasiten" "ratten" "hasse" "umgebracht" "herrenrasse" "dreckig" "aufhängen" "dürfen nicht" "vertrieben"
    "vermine" "sous-hommes" "sous hommes" "racaille" "cafards" "ordures" "dehors" "exterminer" "expulser" "voleurs" "terroristes" "inférieur" "raciste" "race inf" "déteste" "je hais" "parasites" "plaga" "escoria" "ratas" "basura" "cucarachas" "fuera" "expulsar" "ladrones" "delincuentes" "inferior" "muerte a" "racista" "raza" "odio" "feccia" "parassiti" "bestie" "fuori" "sterminare" "ladri" "inferiori" "razza" "razzist" "praga" "parasitas" "lixo" "ratos" "expulsos" "ladrões" "bandidos" "ongedierte" "uitschot" "uitroeien" "minderwaardig" "robactwo" "podludzie" "zaraza" "wybić" "zagazowa" "precz" "śmierć" "паразит" "твари" "отбросы" "мразь" "недочеловек" "убивать" "истребить" "уничтожить" "выгнать" "ненавижу" "вешать" "резать" "смерть" "asalak" "parazit" "defolsun" "gebersin"
    "to rot " "belong in" "belong to the kitchen" "white race" "that race" "our race" "their race" "master race" "pure race" "the race pure" "race must" "race should" "race mixing" "race traitor" "race war" "races" "are animals" "like animals" "is an animal" "dirty animals" "wild animals"
};
