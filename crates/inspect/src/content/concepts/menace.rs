//! Threats that name no deed, deeds that others shall do, and those who ask how to kill and go free.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// Threatens without more.
const SAID: Parts = 1;
/// The one who threatens.
const ME: Parts = 1 << 1;
/// Means to.
const WILL: Parts = 1 << 2;
/// What is done, and to whom.
const HARM: Parts = 1 << 3;
/// What shall be done to somebody.
const DONE: Parts = 1 << 4;
/// The one who is threatened.
const YOU: Parts = 1 << 5;
/// If not, then.
const UNLESS: Parts = 1 << 6;
/// Games, weddings, tales, those who report.
const SOBER: Parts = 1 << 7;
/// Asks for a way.
const HOW: Parts = 1 << 8;
/// Killing somebody.
const MURDER: Parts = 1 << 9;
/// So that nobody knows.
const UNSEEN: Parts = 1 << 10;
/// A bomb.
const BOMB: Parts = 1 << 11;
/// Where it is, or when it goes off.
const PLACED: Parts = 1 << 12;
/// The contrary.
const AGAINST: Parts = 1 << 13;
/// Asks for a text that threatens.
const THREAT: Parts = 1 << 14;

const LISTS: &[(Parts, &[&str])] = &[
    (
        SAID,
        begins! {
            "i|we ~ know where you|u|your|ur|he|she|his|her|they|their ~ ~ live*|sleep*|school|works|park*|family|kids|hang|go" "watch your|ur back|step" "sleep|sleeping with one eye" "you|u|ur|youre|your|yall|hes|shes|theyre|he|she ~ dead|done|finished|toast when|if|the|once|as|next|meat|man|to|by|wait|soon"
            "youre|your|ur|you a|re|are ~ dead man|woman|meat|girl|boy" "count|counting|enjoy your|ur|last days|hours|days" "your|ur|his|her|their days are|r numbered|counted|over" "dig|digging|dug ~ your|ur|own|his|her grave" "say|said|kiss ~ goodbye ~ your|ur|to family|kids|wife|life|loved|mother|children|teeth|legs" "you|u|he|she|they|youll|nobody|your ~ not|wont|never|dont live|see|make|survive|leave|walk|be|get ~ ~ tomorrow|morning|sunrise|alive|night|christmas|weekend|breathing|sunday|monday|again|out|live"
            "last|final|only warning|chance ~ before|or|then|next|i|otherwise|else|then" "something|accident|accidents|things ~ ~ happen|happened|happens ~ you|your|ur|them|kids|family|him|her|house|car" "shame|pity ~ ~ if|would ~ ~ ~ happen*|burn*|hurt|accident" "pay|paying|give|do|send|transfer|hand|keep|delete|sign|shut|drop|cancel|leave ~ ~ ~ or|otherwise|unless ~ ~ ~ kids|family|daughter|son|wife|house|hurt|regret|legs|kneecaps|blood|die|dead|kill*|suffer|burn*|hospital|grave|consequences|home"
            "wont|not|never come|make|coming|get ~ home|alive|back" "come|coming|came ~ for|after you|u|him|her|them|your|ur|all|his|their with|knife|gun|house|and|tonight|family|boys|bat" "come|coming|drop*|show|be ~ with|bring ~ knife|gun|bat|machete|axe|petrol|hammer|rifle|acid" "bullet|knife|blade|axe|hammer|fist|brick ~ ~ with|in|into|through|between|has|for|to ~ your|ur|his|her|their|you|name" "your|ur|his|her|their ~ ~ blood|guts|brains|head|teeth|skull|corpse|body ~ on|all|over|across|in|off|hang*|pole|river|floor|wall|ditch|roll" "see|seeing|want|watch ~ you|him|her|them|u bleed|suffer|burn|die|beg|crawl|choke|cry|hang|scream" "make|making|have ~ you|u|him|her|them|sure|your|family suffer|pay|bleed|scream|disappear|beg|regret|sorry|cry|wish|die|cripple|limp"
            "you|u|youll|he|she|they|hell|shell|theyll ~ bleed|burn|hang|suffer|die|pay ~ slowly|tonight|soon|screaming|blood" "you|u|youll|he|she|they ~ pay|regret ~ ~ with ~ blood|life|teeth" "wait|waiting ~ till|until|for ~ ~ alone|dark|outside|corner|you|parking|after" "you|u|he|she|they|youll ~ ~ never walk|see|speak|breathe|talk|eat|smile again|anyone|daylight" "end|ends|ending up ~ ~ ditch|grave|river|morgue|coffin|trunk|bodybag|wheelchair" "your|ur ~ is|are|r dead|next" "break|broke|breaks|cut|snap|smash|bash|crack|blow|knock|rip|tear|kick|punch|beat|stomp|slice|carve|bust|crush|cave ~ your|ur|his|her|their|you|ya ~ neck|legs|leg|arms|arm|skull|head|face|teeth|kneecaps|knees|heart|tongue|bones|fingers|jaw|throat|brains|spine|ribs|open|eyes|hands|ears|nose|in"
            "wenn ~ ich dich|euch erwische|finde|sehe|kriege" "ich|wir weiss|wissen|kenne ~ wo|deine|dein ~ ~ wohn*|schule|kinder|familie|arbeitest|adresse" "du|ihr bist|seid tot|fallig|dran|erledigt" "mach*|mache dich|euch|ihn fertig|kalt|kaputt|platt" "schlag*|tret*|brech*|schneid* ~ dir|dich|euch|ihm ~ ~ fresse|zahne|schadel|knochen|tot|kehle|beine|arme|zusammen|krankenhausreif|ein" "du wirst ~ bereuen|bluten|sterben|bezahlen|leiden|buessen" "letzte warnung" "pass ~ auf dich|deine ~ auf"
            "je|on ~ sais|sait|connais ou tu|vous ~ habite*|dors|travaille*|vis" "tu|vous vas|allez|est|es|etes ~ mort*|crever|mourir|regretter|payer|saigner|souffrir" "casser|peter|exploser|eclater|defoncer|arracher|trancher|briser ~ gueule|tete|dents|jambes|bras|gorge|os|genoux" "fais|ferai|faire ~ la peau" "te|vous retrouver*|defonce|defoncer|creve|planter*|bute|saigner|egorge*|cramer*|brulerai"
            "se|sabemos donde|dnd vives|duermes|trabajas|estudian|viven|vive|trabaja" "estas|estais|eres|es|vas|tas ~ muerto|muerta|muertos|a morir" "romper|partir|reventar|arrancar|volar|cortar ~ cara|piernas|cabeza|cuello|huesos|dientes|garganta|boca|te" "te|os|le|les ~ voy|vamos|va ~ romper|partir|reventar|matar|quemar|cortar|rajar|degollar|apunalar|disparar|hundir|pegar|buscar|encontrar" "te|os arrepentiras|quemare|matare|rajo|reviento|encontrare|rajare|rompere" "vas a pagar|morir|sufrir|arrepentirte|llorar"
            "so|sappiamo dove abiti|vivi|dormi|lavori|abita|vanno" "sei|siete|e ~ morto|morta|morti|finito" "spacco|spaccare|rompo|rompere|taglio|spezzo|stacco ~ faccia|gambe|testa|ossa|gola|denti|muso|culo" "ti|vi ~ faccio|faro|spacco|sgozzo|brucio|sparo|accoltello|massacro|rompo|trovo|taglio|pentirai|pesto ~ fuori|male|tutto|faccia|pagare|secco|soffrire|vivo|e|gola"
            "sei|sabemos onde|aonde voce|tu|seus|teus|mora|moras ~ mora*|trabalha*|dorme*|estuda*" "vou|vamos ~ te|voce|ele|quebrar|arrebentar|matar|queimar|esfaquear|acabar|furar ~ cara|pernas|raca|vida|porrada|matar|tudo|todo|toda|vivo|com|voce|todos" "voce|tu|vc ~ morto|morrer|pagar|arrepender|defunto" "ik|we weet|weten|weet waar je|jij|jullie ~ woont|slaapt|werkt|wonen" "je|jij|jullie bent|gaat|zijn|is ~ dood|eraan|boeten|spijt|lijk" "sla|snij|breek|schop|schiet|ram|steek|trap ~ je|jullie|hem ~ ~ kop|benen|tanden|keel|dood|kapot|nek|neer|elkaar" "wiem|wiemy gdzie mieszka*|pracuje*|spisz" "polamie|rozwale|rozjebie|poderzne|zastrzele|zatluke|spale|zadzgam|potne|zarzne|zajebie|dojade ~ ci|cie|was|mu|ja|go" "jestes|jestescie trup*|martw*" "pozalujesz|zaplacisz za|tego"
            "знаю|знаем где ты|вы|твои|ваши|он ~ живешь|живет*|учатся|работаешь|спишь|дети" "тебе|вам|ему|ей конец|крышка|хана|не" "переломаю|сломаю|порву|прирежу|пристрелю|застрелю|закопаю|взорву|задушу|сожгу|изобью|размажу|урою|грохну|замочу" "ты|вы ~ труп|покойник|пожалеешь|пожалеете|ответишь|сдохнешь|умрешь" "nerede ~ oturdugunu|yasadigini|yattigini|kaldigini ~ biliyor*" "bogazini|kafani|bacaklarini|kemiklerini|agzini ~ kes*|kir*|patlat*|dagit*" "seni|sizi ~ oldur*|gebert*|vur*|bicakla*|yak*|bitir*|pisman|mahved*|bulaca*" "oldun sen" "pisman olacaksin|edecegim"
        },
    ),
    (
        ME,
        begins! { "i|ill|im|ima|imma|ive|id|we|well|were|weve|me|my|gonna|let|us" },
    ),
    (
        WILL,
        begins! { "will|ill|gonna|going|wanna|want|plan|planning|swear|promise|about|shall|well|decided|ready|coming|imma|ima|hope|intend|can|could|come|tonight|tomorrow|soon|next|gotta|might|love|able|finna|bout|mean|ought|should|today|monday|friday|saturday|sunday|when|if|until|or|wait|id|would|dream|fantas*|happily|hand" },
    ),
    (
        HARM,
        begins! {
            "kill|murder|shoot|stab|strangle|slaughter|behead|gut|knife|skin|bury|drown|poison|maim|cripple|torture|rape|lynch|execute|choke|smash|smother|beat|burn|finish|end|hunt|slit|assassinate|bomb|torch|waste|cut|hurt|destroy|whack|butcher|hang|impale|scalp|mutilate|shank|bludgeon|suffocate|throttle|decapitate|harm|attack|run|mow|blast|gun|put|firebomb|hit|slap|punch|carve|dismember|incinerate|batter|pummel ~ you|u|ya|him|her|them|everyone|everybody|all|yall|someone|somebody|people|kids|children|students|classmates|coworkers|boss|manager|ex|neighbour*|neighbor*|teacher*|bitch|bastard*|wife|husband|girlfriend|boyfriend|president|mayor|judge*|family|mother|father|brother|sister|parents|son|daughter|landlord|cop|cops|police|minister|senator|doctor|nurse|roommate|women|men|crowd|infidels|strangers|cheerleaders|congregation|passengers|colleague*|customers|staff|down|fool|motherf*|asshole*|over|principal|coach|house"
            "shoot up ~ school|office|church|mall|club|place|party|mosque|synagogue|concert|store|hospital|prom|building|street|bar|theater|theatre" "blow|burn|bomb|torch|level|set ~ ~ up|down|fire|alight|sky|this|the|your|that ~ school|office|church|mall|club|house|home|building|mosque|synagogue|car|station|bus|hospital|place|shop|flat|apartment|shelter|town|embassy|courthouse|them|you|him|her" "throw|splash|pour ~ ~ acid|petrol|gasoline|grenade|brick|molotov ~ in|on|over|at|into|through ~ his|her|your|their|you|him|them|face|window" "put|fire|send|plant|lodge ~ ~ bullet|bullets|knife|blade|round|lead|hole|holes|axe ~ in|into|through|between ~ your|his|her|their|you|him|them|skull|eyes|head" "cut|slit|slash ~ ~ throat|throats|tyres|tires|brakes|tongue|off|head|heads" "push|throw|shove ~ ~ off|under|down|in|infront ~ bridge|roof|train|stairs|tracks|window|balcony" "run|drive|plough|plow|ram ~ ~ into|over|through|down ~ crowd|people|him|her|you|them|market|parade|pedestrians|protesters|queue" "bring|bringing|take|taking|carry ~ gun|knife|rifle|machete|bomb|weapon|ar|shotgun|pistol ~ ~ school|work|office|church|party|class|meeting|wedding|court" "massacre|bloodbath|shooting ~ at|in|on|tomorrow|school" "make|have ~ disappear|killed|whacked|murdered|shot|beaten|hurt|die" "end|take his|her|your|their|ur life|lives" "dance|piss|spit ~ your|ur|his|her|their grave"
        },
    ),
    (
        DONE,
        begins! {
            "gonna|will|going|gone|bouta|bout|shall|should|must|deserve|deserves|ought|need|needs|has|have ~ ~ get|be|gets|getting stabbed|shot|hurt|jumped|killed|beaten|beat|hanged|hung|lynched|raped|burned|burnt|smoked|whacked|murdered|strangled|drowned|beheaded|slaughtered|tortured|assassinated|bombed|castrated|whipped|stoned|crippled|maimed|gutted|skinned|kneecapped|poisoned|torched|impaled|shanked" "somebody|someone|anybody|we|you|everybody|they|people ~ ~ should|ought|needs|has|better|must|please|gotta ~ ~ put|shoot|kill|stab|hang|bomb|lynch|strangle|murder|behead|assassinate|poison|execute|rape|burn|drown|beat|choke" "hope|wish|pray ~ ~ ~ dies|killed|raped|stabbed|shot|murdered|burns|burn|crash|crashes|tortured|cancer|beaten|hanged|lynched|hurt|drown|drowns|overdose|suffers|hit" "deserve|deserves ~ bullet|noose|rope|knife|slow|painful|execution|beating|die|death"
        },
    ),
    (
        YOU,
        begins! { "you|u|ur|your|youre|youll|ya|yall|him|he|she|her|them|they|his|their|everyone|everybody|judge|judges|mayor|president|minister|boss|ex|neighbour*|neighbor*|politicians|journalists|cops|teachers|ceo|senator|landlord|traitors|traitor|bitch|bitches|bastard|bastards|politician" },
    ),
    (
        UNLESS,
        begins! { "or|unless|until|otherwise|before|if|when|again|next|else|till" },
    ),
    (
        HOW,
        begins! { "how|what|whats|which|where|way|ways|method|methods|tell|give|list|explain|describe|show|write|recommend|suggest|tips|guide|instructions|plan|steps|help|best|easiest|need|want|find|teach|looking|hire|can|should|wie|comment|como|come|hoe|jak|как|nasil" },
    ),
    (
        MURDER,
        begins! {
            "kill|killing|murder|murdering|poison|poisoning|strangle|strangling|stab|shoot|drown|suffocat*|smother|assassinat*|kidnap*|abduct*|torture|attack|hurt|drug|blackmail*|stalk*|rape|dispose|dissolve|ambush ~ ~ someone|somebody|person|people|wife|husband|girlfriend|boyfriend|neighbour*|neighbor*|boss|ex|mother|father|parents|brother|sister|child|kid|girl|woman|man|him|her|them|colleague*|roommate|landlord|teacher|stepfather|uncle|family|body|corpse|judge|politician|president|witness|partner|enemy|rival" "hire|hiring|find|finding|pay|paying|contact|get|rent|need ~ ~ hitman|hitmen|killer|killers|assassin|thugs|hit" "someone|somebody|guy|people to|who ~ kill|beat|hurt|murder|cripple|scare|whack" "get|getting rid of|away ~ ~ body|corpse|murder|killing|evidence|it|wife|husband" "get|getting|got away with murder|killing|rape|it" "hide|dispose|burn|dissolve|bury|destroy|move ~ ~ body|corpse|remains|dead" "kill|killing|push|poison|hurt|hurting|make ~ ~ ~ stairs|patient|grandmother|grandfather|coworker|infant|client|guest" "commit|committing arson|murder|rape|robbery|kidnapping" "perfect|undetectable|untraceable|unsolved murder|poison|crime|killing" "kill* ~ ~ many|most people|persons|kids|civilians|casualties" "mass shooting|murder|stabbing|killing|casualty" "school shooting" "umbringen|ermorden|vergiften ~" "mann|frau|nachbar*|chef|jemanden|ex ~ umbringen|ermorden|vergiften|toten" "auftragskiller|auftragsmorder" "tuer|empoisonner|assassiner ~ ~ quelqu|mari|femme|voisin|ex|patron" "tueur a gages" "matar|envenenar|asesinar ~ ~ alguien|marido|mujer|vecino|esposa|ex|jefe|persona" "sicario" "uccidere|avvelenare ~ ~ qualcuno|marito|moglie|vicino|persona" "killer|sicario a pagamento|professionista"
        },
    ),
    (
        UNSEEN,
        begins! { "caught|undetected|untraceable|traces|trace|unnoticed|notic*|suspicion|suspect*|autopsy|evidence|fingerprints|accident|accidental|alibi|traced|prison|police|silently|quietly|getting|hitman|hitmen|killer|assassin|thugs|bodies|body|corpse|perfect|most|maximum|many|natural|away|without|quickest|cheap|dark|nobody|noone" "auftragskiller|erwischt|unbemerkt|spuren|prendre|gages|traces|descubr*|pillen|atrapen|rastro|sicario|scoperto|tracce|beccato" },
    ),
    (
        BOMB,
        begins! { "bomb|bombs|explosives|explosive|grenade|grenades|ied|device|gunman|sniper|poison" },
    ),
    (
        PLACED,
        begins! { "planted|hidden|hid|placed|put|left|set|there|theres|rigged|wired|have ~ ~ ~ bomb|bombs|explosives|device|ied" "bomb|bombs|explosives|device ~ ~ goes|go|will|set|explode*|detonat*|blow|off|unless|timer|minutes|noon|midnight|ticking" "goes|go|going|blow|blows off|up" "explode*|detonat*|unless|evacuate|timer|blow" },
    ),
    (
        THREAT,
        begins! { "write|draft|compose|send|make|help|word|create ~ ~ ~ threatening|threat|death|intimidat*|menacing|blackmail|extortion|ransom ~ ~ letter|message|note|email|mail|text|voicemail|call|threat|threats|letters|messages|to" "harass*|bully|bullies|bullying|blackmail*|coerc*|gaslight*|stalk*|pressur* ~ ~ ~ child|classmate|coworker|colleague|girlfriend|boyfriend|wife|ex|someone|somebody|girl|student|teen|secretary|woman|employee|neighbour|neighbor|into|person" "bomb threat" "ransom note|letter|demand" "threatening|threaten|threatens ~ ~ someone|somebody|voter*|voters|him|her|them|into" "threaten|intimidate|scare|terrori* ~ ~ ex|wife|neighbour|neighbor|witness|boss|her|him|them|girlfriend|family|judge|kids|into" "death threat|threats ~ to|for|against" },
    ),
    (SOBER, SOBER_WORDS),
    (
        AGAINST,
        begins! { "not|never|wont|dont|cant|wouldnt|nobody|cannot ~ ~ hurt|kill|harm|attack|shoot|want|going" "avoid|stop|prevent|protect|against|survive|escape|defend|report|from|before he|she|they|afraid|scared|fear|threaten*|threatens|threatened|received|got|letter" "what|how ~ do|should|can ~ if|when|about|someone|against" "is it|there|this legal|illegal|a|true" "why do|did|does|is|are" },
    ),
];

const SOBER_WORDS: &[&str] = begins! {
    "chess|game|games|match|fifa|mario|minecraft|fortnite|kart|tennis|race|poker|tournament|quiz|score|team|league|cards|video|kindness|laughter|monster|monsters|goblin|dragon|dragons|zombie|zombies|orc|level|camera|photo*|portrait|wedding|film|films|movie|movies|email|mail|text|novel|story|stories|character|characters|play|scene|script|song|lyrics|poem|episode|opera|book|plot|chapter|thriller|whodunit|detective|roleplay|mystery|dnd|campaign|party|dinner|weeds|process|processes|thread|server|task|daemon|job|pid|bug|bugs|mosquito*|wasps|ants|rats|mice|bacteria|germs|virus|time|engine|lights|sound|mood|joke|jokes|jokingly|figurative*|idiom|metaphor|calories|sales|record|deadline|exam|boredom|interview|marathon|workout|gym|recipe|dough|potato|potatoes|egg|eggs|butter|cream|garlic|onion|meat|chicken|steak|bread|vegetable*|trailer|commercial|portrait|documentary|journal|bowling|football|soccer|basketball|baseball|hockey|striker|goal|keeper|practice|karate|boxing|judo|cocktail|bar|mum|mom|dad"
    "lift*|lifting|posture|stretch*|physio*|spine|yoga" "law|laws|legal|legally|court|police|history|historical|historian*|century|king|queen|caesar|emperor|war|soldiers|wwii|report*|news|article|statistic*|study|research*|museum|prevention|prevent|policy|punish*|penalty|sentence|sentenced|convicted|prosecut*|trial|charged|accused|jury|verdict|suspect|investigation|forensic*|autopsy|victims|victim|survivor*|moderat*|detect*|classif*|filter*|translate|meaning|means|phrase|quote|quotes|says|said|bible|hotline|shelter|therapist|nightmare|nightmares|dream|dreamed|dreamt|squad|disposal|defuse*|defused|drill|calorimeter|cyclone|threats|threatened|threatens|afraid|scared|worried|nervous|safety|gezi|recht|gesetz|gericht|polizei|krimi|roman|film|loi|tribunal|police|ley|juicio|pelicula|novela|legge|romanzo" "####" "used to" "almost|nearly|practically|literally killed|killing|died" "dont|wont|never|not let" "trigger warning*" "if you like|need|want|know" "bath|glue"
};

const RECIPES: &[Recipe] = &[
    Recipe {
        rule: 0,
        needs: &[SAID],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[ME, WILL, HARM],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[YOU, DONE],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[BOMB, PLACED, UNLESS | ME],
        in_order: false,
        without: SOBER,
        sure: 85,
    },
    Recipe {
        rule: 1,
        needs: &[HOW, MURDER, UNSEEN],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 90,
    },
    Recipe {
        rule: 1,
        needs: &[HOW, THREAT],
        in_order: false,
        without: SOBER | AGAINST,
        sure: 85,
    },
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[
        Rule::guard(
            "viol-010",
            Family::Content,
            Violence,
            "threat_meant",
            85,
            "Threatens somebody, openly or not, or calls for others to do it.",
        ),
        Rule::guard(
            "viol-011",
            Family::Content,
            Violence,
            "crime_asked_for",
            88,
            "Asks how to kill somebody and go free, or for a text that threatens.",
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
    "know where" "your back" "ur back" "one eye open" "dead when" "dead if" "are dead" "you're dead" "ur dead" "youre dead" "dead man" "dead meat" "days are" "your days" "your grave" "own grave" "goodbye to" "see tomorrow" "live to see" "last warning" "final warning" "last chance" "something happened" "something might" "something could" "accidents happen" "accident" "come home" "coming for" "coming after" "come after" "with a knife" "with a gun" "with a bat" "a bullet" "bullet" "your blood" "your head" "your skull" "your throat" "your neck" "your legs" "your teeth" "your face" "your kids" "your family" "suffer" "bleed" "beg for" "pay for" "regret" "kneecap" "his throat" "his legs" "her throat" "her face" "his head" "in pieces"
    "gut him" "gut her" "gut them" "run over" "walk again" "never walk" "ditch" "morgue" "coffin" "wheelchair" "kids are" "family is" "plow into" "drive into" "kill " "murder" "shoot" "stab " "stabbed" "strangle" "slaughter" "behead" "drown" "poison" "torture" "rape " "raped" "lynch" "execute" "choke" "smash" "burn down" "burn your" "burn his" "burn her" "burn them" "set fire" "on fire" "blow up" "acid" "a machete" "a knife" "a gun" "a rifle" "the rope" "hanged" "get hurt" "be shot" "get shot" "gets shot" "be killed" "get killed" "beaten" "beat you" "beat him" "beat her" "hurt you" "hurt him" "hurt her" "crowd" "massacre" "bloodbath" "hunt you" "hunt him" "hunt her" "gut you" "end you" "bury you" "break your" "break his" "break her" "break legs" "assassinat" "bomb" "explosives" "goes off" "detonat"
    "hitman" "hit man" "hitmen" "contract killer" "assassin" "kidnap" "abduct" "the body" "a body" "a corpse" "the corpse" "dead body" "away with" "perfect murder" "threatening" "death threat" "intimidat" "threaten" "blackmail" "coerc" "bully" "bullies" "gaslight" "ransom" "harass" "arson" "quietly killing" "killing a" "deserves" "deserve to" "someone should" "somebody should"
    "wo du wohnst" "wo du" "deine kinder" "deine familie" "du bist tot" "erwische" "fertig" "kalt" "fresse" "schädel" "zähne" "kehle" "bereuen" "bluten" "letzte warnung" "auftragskiller" "auftragsmörder" "ermorden" "vergiften" "umbringen" "krankenhausreif"
    "où tu" "ou tu" "casser" "gueule" "la peau" "crever" "es mort" "vas mourir" "egorg" "égorg" "défonce" "defonce" "tueur à gages" "empoisonner" "tuer" "dónde vives" "donde vives" "donde vive" "muerto" "romper" "partir" "rajar" "reventar" "arrepent" "sicario" "envenenar" "asesinar" "quemar" "dove abiti" "dove vivi" "sei morto" "spacco" "rompo" "faccio fuori" "sgozz" "avvelenare" "uccidere" "onde você" "onde voce" "onde mora" "quebrar" "arrebentar" "te matar" "waar je" "je dood" "kapot" "schiet je" "steek je" "breek je" "gdzie mieszka" "połamię" "polamie" "rozwalę" "zastrzelę" "zabiję" "trup" "pożałujesz" "где ты" "где живёт" "где твои" "конец" "переломаю" "прирежу" "пристрелю" "застрелю" "закопаю" "взорву" "сожгу" "пожалеешь" "труп" "сдохнешь" "oturduğunu" "öldür" "oldur" "gebert" "kafanı" "kafani" "boğazını" "pişman" "bıçakla"
    "or i'll" "or ill " "or i will" "or we will" "or else" "or your kids" "or your wife" "or your daughter" "or your family" "or your son" "torch the" "torch your" "burn their" "burn your" "burn the house"
};
