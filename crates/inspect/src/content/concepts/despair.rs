//! Those who say that they will or would end their life.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// Says it without more.
const SAID: Parts = 1;
/// Speaks of being alive, or of its end.
const LIVE: Parts = 1 << 1;
/// A place or a way to live: about a flat, then.
const PLACE: Parts = 1 << 2;
/// Others: helpers, novels, lessons, animals.
const OTHERS: Parts = 1 << 3;
/// Doesn't want.
const UNWILLING: Parts = 1 << 4;
/// Says the contrary.
const CONTRARY: Parts = 1 << 5;

const LISTS: &[(Parts, &[&str])] = &[
    (SAID, ENGLISH),
    (SAID, GERMANIC),
    (SAID, ROMANCE),
    (SAID, EASTERN),
    (
        UNWILLING,
        begins! {
            "dont|not|never|longer want|wanna|wish|care to?" "cant|cannot|couldnt bear|stand|face|imagine to?"
            "no|any|zero desire|wish|will|reason|point to|in|for?" "not|hardly|isnt|aint worth" "tired|sick|done|weary of|with"
        },
    ),
    (
        LIVE,
        begins! {
            "to|keep|keep|for|of|be|being|worth|in live|living|alive|existing|exist" "live|living|exist|existing anymore|any|like"
            "live|living" "exist|existing" "be|being alive" "be here anymore|any" "life anymore" "wake|waking up tomorrow|again|anymore|ever|any" "keep|keeping going" "breathe|breathing anymore"
        },
    ),
    (
        PLACE,
        begins! {
            "live|living|lives in|at|near|with|there|next|on|far|close|alone|together|under|off|from|out|here|by|up|beside|apart|around|abroad|downtown|through|up"
            "living|live room|wage|wages|cost|costs|space|arrangement|arrangements|standard|standards|expenses|situation|together|streaming|stream|music|chat|updates|tv|data|reload|preview|concert|concerts|show|shows"
            "cost of" "to live life" "live|living the|my|a|an|your"
        },
    ),
    (
        OTHERS,
        begins! {
            "novel|novels|character|characters|song|songs|lyrics|poem|film|movie|book|play|scene|story|chapter|protagonist|hero|heroine|narrator|author|plot|episode"
            "shav*|cook*|chop*|carrot*|onion*" "poster|leaflet|flyer|talk to us" "patient|patients|client|clients|hotline|helpline|help line|prevention|prevent*|volunteer*|counsell*|counsel*|therapist*|awareness|poster|leaflet|campaign|warning signs|research*|study|studies|statistic*|survey|museum"
            "dog|cat|pet|plant|plants|phone|battery|laptop|car|server|game|level|minecraft|hair|shirt|cloth|fabric|wool|jeans|eggs|egg|beard|roots"
            "friend|friends|student|students|pupil|colleague|neighbour|neighbor|brother|sister|daughter|son|cousin|roommate|someone|somebody|people who"
            "says|said|tells|told|saying" "chess|poker" "used|once to" "quote|quotes|translate|meaning|mean|word|phrase|idiom|debate|philosoph*|camus|essay" "laughing|laughter|embarrass*|shame|cringe"
            "patientin|freundin|freund|roman|film|lied|gedicht|praevention|hilfe|beratung|schuler|schulerin|figur|tochter|sohn|nachbar"
            "amie|ami|roman|film|chanson|poeme|prevention|aide a|patient|patiente|personnage" "amigo|amiga|novela|pelicula|cancion|poema|prevencion|paciente|personaje" "amico|amica|romanzo|canzone|poesia|prevenzione|paziente|personaggio"
        },
    ),
    (
        CONTRARY,
        begins! {
            "die my|our|these|this|the|those" "life story|stories|lesson|lessons|coach|insurance|experience|experiences|cycle|expectancy|span|partner|savings" "gone by|before|for|from|until|on|at" "bungee|parachute|paragliding|diving" "dont|not|never|didnt|doesnt|wont|too|afraid|scared|fear|young|glad ~ die|suicide|dead" "glad|happy|grateful ~ alive"
            "nicht|keine sterben" "pas mourir" "no quiero morir" "non voglio morire" "not|dont ~ kill|hang|end|harm|hurt myself"
        },
    ),
];

const ENGLISH: &[&str] = begins! {
    "i|im|ive ~ want|wanna|wish|wishing|ready|going|rather|prefer|longing|long|hoping|hope|like|love|planning|plan|deserve|supposed to? die|unalive"
    "i|im|id|ive|just ~ want|wanna|wish|rather|ready|going|better|like|love|deserve to? be|being? dead"
    "wish|wished ~ i was|were|am dead" "wish|wished i had|d|was|were? never been? born|existed" "wish id|i never been|woken|wake|woke born|up"
    "wish|hope|hoping|pray|praying|like|love|want|if ~ not|never|dont|didnt ~ wake|waking|woke up"
    "hope|hoping|wish|pray|praying i ~ wont|dont|never|didnt|not wake up" "fall|go|falling|going|drift asleep|sleep|off and|to ~ never|not wake|waking"
    "without|than me alive|dead|around|here" "better|happier|easier off? without|if me|im|i ~ dead|gone|die|died|around|disappeared|alive|wasnt|didnt"
    "be|is|are|were|do better|happier off? without me" "id|im|i|be|is better off dead|gone" "nobody|noone|one|who|anyone|anybody would|will|ll|d ~ miss|notice|care|mourn ~ if? i|me|im ~ gone|dead|die|died|disappear*|left|vanish*|myself|tomorrow"
    "nobody|noone|one|who would|will|d miss me" "burden to|on everyone|everybody|my|them|others|all"
    "nothing|noone|nobody|anything|something|anyone|much left? to|worth live|living|stay for" "life|living is|isnt|has|feels|seems|aint|really|no ~ not|no|longer|isnt|never? worth living|it"
    "my life ~ worthless|pointless|meaningless|over|hopeless|unbearable" "life is|feels|seems ~ pointless|meaningless|unbearable|hopeless"
    "give|giving|gave|given up on|with life|living" "cant|cannot|dont|not ~ want|wanna|going? to? go|carry|keep on|going living|anymore|with" "cant go|carry on" "cant|cannot ~ take|bear|stand life|living|being|it anymore|any|longer|alive"
    "i|to|and|just|gonna|ll|will|ill|should|could|might|can|id|wanna|can|about ~ end|ending|put|finish|finishing an? end? to? my own? life|existence|myself"
    "i|im|ill|gonna|going|ready|want|wanna|plan|planning|decided|time|about ~ to? end|finish|ending it|this|things ~ all|tonight|tomorrow|forever|once|soon|for"
    "i|im|ill|ive|gonna|going|ready|want|wanna|plan|planning|decided|about|thinking|thought|think|considering|considered|tempted|tried|try|trying|attempt*|urge|feel|feeling|might|could|will ~ ~ of? kill|killing|hang|hanging|shoot|shooting|drown|drowning|poison|poisoning|off|unalive|harm|harming|stab|suffocate|strangle|electrocute myself"
    "i|im|ill|ive|gonna|going|ready|want|wanna|plan|planning|decided|about|thinking|think|considering|tempted|tried|try|trying|urge|feel|feeling|might|could|will ~ ~ commit|committing|attempt|attempting|do suicide" "i|im|ive ~ feel|feeling|am|so|very|been|getting|become|became|really|always suicidal"
    "no|any|little|what reason|point|sense|use ~ ~ to|in|of ~ keep|go|carry|going|carrying on|going|live|living" "rope|gun|knife|blade|razor|belt|pistol ~ ~ ~ ~ use|using ~ on myself" "want|wanna|need|way|looking|beg* out of this|my|here life|world|existence" "decided|know|promise*|sure|swear ~ tonight|today|tomorrow ~ is|will|be ~ my last|final" "end|ending|finish|finishing it ~ goodbye|bye|farewell|tonight|forever" "tonight|today|tomorrow ~ ~ end|ending|finish it" "i|id|just|and want|wanna|wish|need to? be gone" "so|sure|makes|make|hope|that ~ i dont|wont|never wake" "i|im|ive|my|me|keep ~ ~ think|thinking|thoughts|thought|fantas*|dream*|obsess* of|about|over ~ suicide|dying" "think|thinking|thoughts|thought of|about my own? death|suicide" "having|have|got|with|my|keep suicidal thoughts|ideation|feelings|urges"
    "i|im|ill|ive|id|gonna|going|want|wanna|ready|about|could|should|might|plan*|thinking|urge|will ~ of? jump|jumping|throw|throwing|leap|leaping|fling|step|stepping|walk|walking ~ off|from|under|before|infront|in|into|out ~ bridge|roof|building|balcony|cliff|train|trains|window|tracks|traffic|lorry|truck|bus|subway" "take|taking|took my own? life|own"
    "goodbye|farewell|suicide|last letter|letters|note|notes|message|messages|video ~ ~ before|when|so|after|for|to i|im|my|ill ~ gone|die|go|dead|kill*|end*|do|parents|family|mother|mum|mom|kids|children"
    "my|a|write|draft|leave|left|written|writing suicide|goodbye note|letter|notes|letters" "today|tonight|tomorrow|this ~ my last day|night|evening|hour ~ earth|alive|life|world"
    "i|ill wont|will|not be|see not|be|see|alive|around ~ alive|tomorrow|christmas|sunrise" "i wont be around|alive|here much|anymore|tomorrow|longer" "see no|dont point|reason|way|sense in|to|point|out? living|live|going|carry*|being|continu*|anymore|except"
    "i ~ dont|not deserve|want|wanna to live|exist|breathe|breath" "i|im|just|so|really|wanna|want ~ disappear|vanish|cease forever|permanently|good|existing|existence" "stop|stopped|quit|cease|ceasing to? being|existing|living|exist|alive"
    "keep|kept|started|start|love|need|want|urge|cant|stop|been ~ cut|cutting|burn|burning|scratch|scratching|slice|slicing my arms|arm|wrists|wrist|thighs|legs|skin" "cut|cutting|burn|burning|hurt|hurting|harm|harming|scratch|scratching|punish|punishing|stab|stabbing|injure|injuring|injured myself|my|my arms|arm|wrist|wrists|thighs|legs|skin to|again|until|with|so|because|tonight|deep|deeper|feel|when|and|every|whenever|on ~ feel|blade|razor|blades|bleed|bleeds|calm|numb|pain|punish|relief|purpose|again|tonight|cope|alive|deserve|anyone|hate|deep|anxious|sad|overwhelmed"
    "want|wanna|going|gonna|need|urge|how|ways|places|start|started|keep|love|able|feel ~ cut|cutting|hurt|harm|burn|scratch|punish|injure|starve myself" "relapse*|relapsing into|with|on|and ~ cutting|self|cut" "want|wanna|need|make|wish|beg|just|please ~ it|this|pain|everything all? to|the? end|stop|over forever|now|tonight|already"
    "my life|i|existence is|am|have|has over|done|finished|nothing and|so|left ~ end|die|live" "die|dying|death alone? is|sounds|seems|feels|would|looks ~ better|only|peaceful|easier|answer|solution|relief|way|comforting|appealing" "only death|suicide|dying ~ help*|solution|answer|way|left|free"
};

const GERMANIC: &[&str] = begins! {
    "ich|will|mochte|wollte|mag|kann|konnte|werde ~ ~ nicht|nimmer mehr? leben|weiterleben|aufwachen|existieren|weitermachen|da" "nicht mehr leben|weiterleben|aufwachen|existieren" "keine|keinen|kein lust|sinn|grund|kraft ~ mehr? zu|am leben|weiterzuleben|weiter*"
    "ich|will|mochte|wollte|werde|mir|einfach|nur ~ sterben|verrecken" "will|mochte|wollte|ware|lieber|besser ~ tot sein?" "mich|mir ~ umbringen|umzubringen|erhangen|aufhangen|aufzuhangen|erschiessen|ertranken|vergiften|ritzen|totet"
    "mich selbst|selber? ~ toten|umbringen|verletzen|umzubringen|verletzt|schneiden" "bring|bringe ~ mich|dich ~ um" "das leben nehmen|nehme|zu" "nehm|nehme mir ~ leben" "leben ~ ende|schluss setzen|machen|zu|bereiten|mache|setze" "schluss machen ~ leben|allem"
    "selbstmord|suizid|selbsttotung begehen|begehe|machen|verube*|zu|planen|plane|gedanken" "suizidgedanken|selbstmordgedanken" "abschiedsbrief|abschiedsbriefe ~ schreib*|verfass*|hilf" "schreib*|hilf|verfass*|formulier* ~ ~ ~ abschiedsbrief" "schmerzlos*|schmerzfrei*|schnell* ~ sterben|tod|suizid|selbstmord|umzubringen|umbringen|selbsttotung"
    "wie|welche|wieviele|wo|womit ~ ~ ~ ~ sterben|umbringen|todlich|tot|selbstmord|suizid|ueberdosis|uberdosis" "ritze|ritzen ~ mich|mir|arme|arm" "ohne mich besser|dran|glucklicher|leichter" "besser ohne mich" "hang dich|euch auf" "geh sterben|verrecken" "am leben sein|bleiben ~ nicht|mehr" "erhang|erschiess|totet dich" "niemand|keiner wurde|wird ~ mich vermissen"
    "wil|wilde|ga|zou|mag ~ dood|sterven|niet" "wil ~ niet meer ~ leven|verder|wakker" "niet meer leven|verder" "zelfmoord plegen|pleeg|ple*|te|maken" "pleeg zelfmoord" "mezelf|mijzelf ~ ombrengen|doden|ophangen|snijden|krassen|iets|vermoorden" "einde|eind ~ maken ~ leven" "leven ~ einde|eind ~ maken" "uit|er het? leven|uit|uitstappen stappen|uitstappen" "hoeveel|welke pillen|tabletten|slaappillen ~ ~ dood|sterven|overlijden|nodig" "afscheidsbrief schrijven" "maak jezelf|je van|dood kant"
    "vill|vil|skal ~ do|inte|ikke leva|leve" "ta livet|mitt av|liv mig|meg" "vil ikke leve" "vill inte leva" "ta sjalvmord|selvmord" "haluan kuolla" "en halua elaa"
};

const ROMANCE: &[&str] = begins! {
    "je|veux|voudrais|vais|envie|prefere|aimerais|souhaite|prefererais|mieux ~ ~ mourir|crever|den" "me|m|nous suicider|tuer|pendre|noyer|scarifier|ouvrir|flinguer|foutre" "en finir|finis ~ vie|moi|soiree|ce|tout|maintenant|definitivement|avec" "veux|voudrais|vais|envie|aide|pour|comment den|d|en ~ finir" "a en finir" "mettre|mets fin a mes|ma jours|vie" "plus|pas ~ envie|veux|peux|raison|force|gout ~ ~ vivre|vie|exister" "veux|peux plus|pas ~ vivre|exister|continuer|reveiller" "se|te suicider|pendre|tuer sans|facilement|rapidement|vite|chez|avec|douleur|doucement"
    "comment|quelle|quelles|quel|ou ~ ~ ~ suicider|mourir|suicide|mortelle|mortel|mourra*" "mourir|suicide|mort sans douleur|souffrir|souffrance" "combien ~ ~ cachets|comprimes|medicaments|pilules|somniferes|paracetamol|doliprane ~ ~ mourir|mortel*|finir|tuer|prendre" "lettre ~ adieu|suicide|daccident ~" "ecri*|aide|redige* ~ ~ lettre d|de|dadieu ~ adieu|suicide" "va te pendre|tuer|suicider|jeter" "suicide|tue|pends|flingue toi" "ouvrir|couper|trancher|taillader ~ les veines|poignets" "mieux|heureux ~ sans moi" "vie ne vaut|plus|a plus? ~ peine|sens" "a personne ne manquerai" "vivre ne|plus|na m|me ~ interesse|sert"
    "quiero|voy|deseo|prefiero|ganas|quisiera|gustaria|necesito|pienso|planeo|pensando|como|manera|forma|maneras|metodo|metodos|puedo ~ ~ morir|morirme|suicidarme|suicidarse|matarme|ahorcarme|cortarme|suicidarme|desaparecer|ahorcarse|quitarme" "suicidarme|matarme|ahorcarme|autolesionarme|cortarme" "quitarme|quitarse|acabar|terminar la|con mi? vida|todo" "no|ya ~ quiero|ganas|puedo|vale|tengo|merezco ~ ~ vivir|despertar|existir|seguir|viviendo|vida" "cuantas|cuantos|que|cuanto ~ pastillas|pildoras|comprimidos|paracetamol ~ ~ ~ morir|mortal|suicid*|letal|tomo|necesito|matarme" "carta|nota ~ suicidio|despedida|suicida" "sin dolor|sufrir ~ morir|suicid*|matarme" "morir|muerte|suicid* ~ sin dolor|sufrir|indolora" "matate|suicidate|ahorcate|muerete" "mejor|felices ~ sin mi" "cortarme|abrirme las venas|munecas"
    "voglio|vorrei|meglio|preferirei|intendo|sto|penso|sogno|come ~ ~ morire|uccidermi|ammazzarmi|suicidarmi|farla|impiccarmi|tagliarmi|sparire|togliermi|buttarmi|morto|morta" "farla finita" "uccidermi|ammazzarmi|suicidarmi|impiccarmi" "togliermi|togliersi|tolgo|mettere|porre ~ vita" "non ~ voglio|riesco|ho|vale|posso ~ ~ vivere|vivere|svegliarmi|esistere|vita" "quante|quanti|quale|quali|quanto ~ pillole|pastiglie|compresse|sonniferi|paracetamolo|dose ~ ~ ~ morire|mortale|letale|uccidermi|suicid*" "lettera|biglietto ~ addio|suicid*" "senza dolore|soffrire ~ morire|suicid*" "morire|suicidarsi|suicidio ~ senza dolore|soffrire|indolore" "ammazzati|ucciditi|impiccati|suicidati" "meglio|felici ~ senza di? me" "tagliarmi le vene|polsi"
    "quero|vou|queria|desejo|prefiro|vontade|pensando|penso|como|jeito|maneira|metodo|gostaria ~ ~ morrer|matar|suicidar*|suicidio|morto|morta|sumir" "me matar|suicidar|enforcar|cortar|mutilar" "acabar|tirar|por ~ com? ~ minha|propria|fim vida|a|propria" "nao ~ quero|aguento|tenho|vale|consigo ~ ~ viver|vida|acordar|existir" "quantos|quantas|que ~ comprimidos|remedios|pilulas|paracetamol ~ ~ ~ morrer|mortal|letal|matar|suicid*" "carta|bilhete ~ despedida|suicid*" "morrer|suicidio ~ sem dor|sofrer|sofrimento" "se mata|enforca" "mata|enforca te" "melhor sem mim"
    "vreau ~ ~ mor|mor|omor|sinucid" "ma sinucid|omor|sinucide" "nu ~ vreau|pot ~ ~ traiesc|trai"
};

const EASTERN: &[&str] = begins! {
    "chce|chcialbym|chcialabym|zamierzam|mam|wole|planuje|ochote ~ ~ umrzec|zabic|zdechnac|odebrac|powiesic|samobojstwo|skonczyc" "sie zabic|powiesic|zabije|zabijam|pociac|tne" "zabic|powiesic|zabije|pociac|otruc|utopic sie|siebie" "nie ~ chce|mam|moge ~ ~ zyc|zycia|istniec|obudzic" "samobojstwo|samobojstwa popelnic|popelnie" "popelnic|popelnie|popelnij samobojstwo" "skonczyc|koniec ~ ze|z soba|zyciem" "odebrac|odbiore sobie zycie" "zabij|powies|utop sie" "ile tabletek|pigulek ~ ~ umrzec|smierteln*|zabic" "list* pozegnalny|samobojczy" "jak ~ bezbolesnie|szybko ~ umrzec|zabic|smierc"
    "chci|chtel ~ ~ umrit|zemrit|zabit|spachat" "spachat sebevrazdu" "nechci ~ zit" "zabit se" "zabij se" "meg ~ halni|akarok" "akarok halni" "megolni magam|magamat" "ongyilkos leszek|akarok"
    "хочу|хочется|собираюсь|решил|решила|лучше|готов|готова ~ ~ умереть|сдохнуть|повеситься|убить|покончить|исчезнуть|суицид|уснуть" "покончить|покончу|кончить ~ собой|жизнью|всем" "убить|убью|порезать|режу|резать себя|вены" "не хочу|хочется|могу|вижу ~ ~ жить|просыпаться|существовать|смысла" "нет смысла|сил|желания ~ жить" "жить ~ не хочу|хочется|могу" "сколько ~ таблеток|снотворного|парацетамола ~ ~ умереть|смертельн*|нужно|выпить" "предсмертн* записк*" "безболезненн* ~ смерть|умереть|способ|суицид" "способ|способы ~ суицид*|самоубийств*|умереть" "убейся|повесься|выпились|сдохни" "убей|порежь себя|вены" "совершить самоубийство|суицид"
    "хочу|хочеться ~ ~ померти|вмерти|вбити" "не хочу ~ жити" "покинчити ~ собою|життям"
    "olmek istiyorum|istiyom|isterdim|istedigim" "intihar etmek|edecegim|edicem|ediyorum|etmenin|etmeyi|mektubu|yontem*|nasil|notu" "kendimi|kendini oldur*|asmak|asacagim|kesmek|as" "yasamak istemiyorum|istemiyom" "canima kiymak|kiyacagim" "kac ~ hap|ilac ~ olur*|oldurur|olmek"
    "ingin|mau|pengen ~ mati|bunuh" "bunuh diri ~ cara|ingin|mau|dengan" "cara bunuh diri" "muon chet|tu" "tu tu tu|bang" "θελω να πεθανω|αυτοκτονησω" "να αυτοκτονησω|σκοτωθω|πεθανω"
};

const RECIPES: &[Recipe] = &[
    Recipe {
        rule: 0,
        needs: &[SAID],
        in_order: false,
        without: OTHERS | CONTRARY | PLACE,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[UNWILLING, LIVE],
        in_order: true,
        without: OTHERS | PLACE,
        sure: 85,
    },
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[Rule::guard(
        "viol-006",
        Family::Content,
        Violence,
        "self_harm_meant",
        88,
        "Says that the writer wants to be dead or to hurt themselves, in one of many languages.",
    )],
    trigger: Trigger::Words(WORDS),
    hold: Hold::Asked(AHEAD, begun),
    look,
};

fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    TOPIC.look(look, hit, found);
}

/// What wakes the look.
const WORDS: &[&str] = begins! {
    "to die" "wanna die" "and die" "dying" "i die" "be dead" "was dead" "were dead" "i'm dead" "better off" "off dead" "been born" "wake up" "waking up" "woke up" "woken up" "never wake" "not wake"
    "keep going" "of this life" "of my life" "be gone" "i won't" "to live" "wanna live" "alive" "to exist" "existing" "existence" "without me" "miss me" "if i'm gone" "if i died" "if i die" "if i was gone" "if i were gone" "if i disappear" "i was gone" "a burden" "live for" "on life" "carry on" "keep going" "my own life" "end it" "ending it" "end things" "end this" "finish it" "myself" "suicid"
    "off a bridge" "off the bridge" "from a bridge" "off a building" "off the roof" "off a roof" "off my balcony" "off a cliff" "the tracks" "into traffic"
    "goodbye letter" "goodbye letters" "goodbye note" "farewell letter" "farewell note" "last letter" "my last" "disappear" "vanish" "cease" "my wrist" "my arm" "my thigh" "my skin" "relapse" "pain to" "pointless" "meaningless" "unbearable" "worthless" "everything to" "suicide"
    "leben" "sterben" "umbring" "umzubringen" "erhäng" "erhaeng" "aufhäng" "erschieß" "erschiess" "ertränk" "ritze" "ritzen" "mich um" "dich um" "tot sein" "aufwachen" "weiterleben" "selbstmord" "suizid" "abschiedsbrief" "ohne mich" "dich auf" "verrecken" "mich selbst" "mir selbst" "tödlich" "toedlich" "vergiften" "vermissen"
    "dood" "sterven" "niet meer" "zelfmoord" "mezelf" "leven een" "uit het leven" "afscheidsbrief" "vill dö" "vil dø" "livet av" "livet mitt" "inte leva" "ikke leve" "självmord" "selvmord" "haluan kuolla"
    "mourir" "crever" "finir" "mes jours" "ma vie" "suicider" "me tuer" "te tuer" "me pendre" "te pendre" "de vivre" "plus vivre" "adieu" "d'adieu" "suicide-toi" "tue-toi" "pends-toi" "les veines" "mes veines" "sans moi" "sans douleur" "sans souffrir" "scarifier"
    "morir" "morirme" "matarme" "ahorcarme" "cortarme" "quitarme" "mi vida" "vivir" "viviendo" "despedida" "mátate" "matate" "suicídate" "ahórcate" "muérete" "sin mí" "pastillas" "desaparecer" "despertar"
    "morire" "uccider" "ammazzar" "farla finita" "togliermi" "vivere" "addio" "ammazzati" "ucciditi" "impicc" "senza di me" "pillole" "pastiglie" "tagliarmi"
    "morrer" "me matar" "enforc" "minha vida" "própria vida" "viver" "comprimidos" "se mata" "sem mim" "me cortar" "sinucid" "să mor"
    "umrzeć" "umrzec" "zabić" "zabic" "żyć" "zyc" "samobój" "samoboj" "ze sobą" "ze soba" "sobie życie" "zabij" "powies" "tabletek" "pożegnaln" "umřít" "sebevražd" "nechci žít" "zabít se" "meghalni" "halni akarok" "megölni magam" "öngyilkos"
    "умереть" "сдохнуть" "покончить" "покончу" "себя" "жить" "таблеток" "снотворного" "предсмертн" "суицид" "самоубийств" "убейся" "повеситься" "вены" "померти" "жити"
    "ölmek" "olmek" "intihar" "kendimi öldür" "kendimi oldur" "kendimi as" "kendini as" "yaşamak istemiyor" "canıma" "bunuh diri" "ingin mati" "pengen mati" "πεθάνω" "αυτοκτον"
    "can't go on" "cant go on" "cannot go on" "of a train" "under a train" "before a train" "my death" "death is" "death would" "only death" "keep living" "of living" "on living" "with living" "stop living" "worth living" "living anymore" "living is" "not living" "my life is" "my life has" "my life feels" "with my life" "end my life" "ending my life" "take my life" "to my life" "life is pointless" "life is over"
};
