//! Weapons, explosives, poisons for many and drugs: those who ask how they are made, got or hidden.

use super::{AHEAD, Parts, Recipe, Topic, begun};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Violence;
use crate::finding::{Family, Rule};
use crate::injection::wording::begins;

/// Asks for a way.
const ASK: Parts = 1;
/// Making, changing, setting off.
const MAKE: Parts = 1 << 1;
/// A plan, a list of parts: what stands for making.
const PLAN: Parts = 1 << 2;
/// A weapon.
const WEAPON: Parts = 1 << 3;
/// What is one only if made.
const ARM: Parts = 1 << 4;
/// Making of it what it must not be.
const FORBIDDEN: Parts = 1 << 5;
/// Getting hold of it, or past a guard.
const GET: Parts = 1 << 6;
/// So that nobody sees it.
const UNSEEN: Parts = 1 << 7;
/// A drug.
const DRUG: Parts = 1 << 8;
/// Making a drug.
const COOK: Parts = 1 << 9;
/// Games, laws, history, those who defuse.
const SOBER: Parts = 1 << 10;
/// What was, or why.
const TOLD: Parts = 1 << 11;
/// Is a request by itself.
const SAID: Parts = 1 << 12;

const LISTS: &[(Parts, &[&str])] = &[
    (
        ASK,
        begins! {
            "how|instructions|recipe|guide|steps|step|teach|tell|explain|show|help|tutorial|blueprint|blueprints|formula|give|write|provide|list|describe|way|ways|ingredients|plans|manual|procedure|walk|can|could|want|need|what|whats|which|where|design|easiest|best|draw|outline|detail|diagram|schematic|schematics|looking|know|id|im|ill|i|send|share|generate|suggest|recommend|find|name"
            "wie|anleitung|bauanleitung|rezept|erklar*|zeig|gib|sag|nenn|womit|welche|wo|schreib|brauche|hilf" "comment|recette|explique|donne|dis|montre|ou|quels|quelles|instructions|aide|mode" "como|receta|explica*|dame|dime|donde|que|instrucciones|pasos|quiero|ayuda*|ensena*|guia" "come|ricetta|spiega*|dammi|dimmi|dove|quali|istruzioni|passi|voglio|aiuta*|insegna*" "como|receita|explique|onde|quais|instrucoes|passos|ensine|diga" "hoe|recept|leg|geef|waar|welke|handleiding|instructies" "jak|przepis|wyjasnij|podaj|gdzie|instrukcja|instrukcje" "как|рецепт|инструкция|инструкцию|объясни|расскажи|где|дай|напиши|чем" "nasil|tarif|anlat|nerede|acikla"
        },
    ),
    (
        MAKE,
        begins! {
            "make|making|build|building|construct*|assemble|assembling|create|creating|synthesi*|cook|cooking|print|printing|produce|producing|production|manufactur*|detonate|detonating|prepare|preparing|convert|converting|weaponis*|weaponiz*|mix|mixing|brew|brewing|extract|extracting|purify|purifying|fabricate|fabricating|modify|modifying|design|rig|rigging|culture|culturing|grow|growing|wire|wiring|arm|arming|fuse|ignite|trigger|enrich|enriching|disperse|dispersing|spread|spreading|aerosol*|release|distill|isolate|turn|homemade|diy|improvise|improvised|improvising|craft|drill|mill|machine|strengthen|maximise|maximize|pack|fill|shape|stabilise|stabilize|cultivate|combine|combining|use|hide|plant|plants|get|need"
            "bau|baue|bauen|baut|herstell*|stell|stelle|mach|mache|machen|misch*|bastel*|zund*|synthetisier*|konstruier*" "fabriquer|fabrique|faire|construire|preparer|synthetiser|melanger|fabrication|assembler" "fabricar|fabrico|hacer|hago|hace|hacen|fabrica|fabrican|construir|preparar|sintetizar|mezclar|montar|armar" "costru*|fabbrica*|fa|fabbricare|fare|preparare|sintetizzare|mescolare|assemblare|costruisco|fabbrico" "fazer|faco|fazem|fabrico|montar|misturar|faz" "maak|maken|bouw|bouwen|mengen|knutselen" "zrobic|zbudowac|skonstruowac|zmieszac|wyprodukowac|robi" "сделать|собрать|изготовить|изготовления|приготовить|смешать|построить|создать|делают|сварить" "yapilir|yapabilirim|yapmak|yaparim|uretilir|hazirlanir"
        },
    ),
    (
        PLAN,
        begins! { "instructions|recipe|guide|tutorial|blueprint|blueprints|formula|ingredients|manual|parts list|for|on|of|to" "blueprint|blueprints|schematic|schematics|diagram|diagrams|plans|recipe|formula|instructions|ingredients|manual|handbook|tutorial|stl" "parts|shopping|ingredient|materials list" "list of parts|ingredients|materials|chemicals|components" "step by step" "chemicals|components|materials|parts ~ ~ need|needed|mix|for|required" "bauanleitung|bauplan|rezept|recette|plans|receta|planos|ricetta|progetto|handleiding|инструкция|инструкцию|чертеж*|рецепт|przepis" },
    ),
    (
        WEAPON,
        begins! {
            "bomb|bombs|explosive|explosives|grenade|grenades|molotov|molotovs|napalm|tatp|thermite|nitroglycerin|nitroglycerine|anfo|c4|semtex|petn|rdx|hmtd|dynamite|sarin|ricin|anthrax|botulinum|phosgene|silencer|silencers|suppressor|suppressors|ied|ieds|detonator|detonators|landmine|landmines|bioweapon|bioweapons|flamethrower|gunpowder|smallpox|tabun|soman|novichok|polonium|lewisite|tetrodotoxin|saxitoxin|batrachotoxin|aflatoxin|toxin|toxins|biohazard|thallium|strychnine|plutonium|abrin|claymore|warhead|warheads|bazooka|guncotton|tannerite" "c 4" "nerve|mustard|chlorine|poison|toxic|vx|cyanide|hydrogen|mustard agent|agents|gas|gases|cyanide" "chemical|biological|nuclear|radiological|bio weapon|weapons|device|agent|agents|bomb|attack|warfare" "warfare agent|agents" "dirty|pipe|nail|car|letter|petrol|parcel|pressure|time|fertilizer|fertiliser|suicide|mail|acid|chemical|remote bomb|bombs|cooker|belt|vest" "explosive|incendiary|detonating|blasting|improvised|suicide device|devices|charge|charges|vest|belt|cap|caps|mixture|compound|powder" "land mine|mines" "booby trap|traps|trapped" "ghost|zip|untraceable|undetectable|homemade|improvised|printed|3d|plastic|illegal gun|guns|firearm|firearms|pistol|rifle|weapon|weapons" "auto|drop|full|fully sear|sears|auto|automatic" "cluster munition|bomb" "ammonium nitrate" "plague|ebola|pathogen|virus|bacteria|botulism|anthrax ~ ~ outbreak|subway|airport|stadium|mall|weapon|deadlier|lethal|contagious|release|spread|mass|crowd|transmissible" "water supply"
            "bombe|bomben|rohrbombe|sprengstoff|sprengsatz|sprengfalle|brandbombe|schalldampfer|handgranate|giftgas|brandsatz|autobombe|nagelbombe|briefbombe|zunder" "explosif|explosifs|bombe|bombes|grenade|silencieux|detonateur|cocktail" "bomba|bombas|explosivo|explosivos|granada|silenciador|detonador|coctel" "esplosivo|esplosivi|bomba|bombe|granata|silenziatore|detonatore|ordigno" "bom|explosief|explosieven|granaat|geluidsdemper|springstof" "bombe|bomba|ladunek|granat|tlumik|wybuchowy|wybuchowe|materialy" "бомбу|бомба|бомбы|взрывчатк*|гранату|гранат*|глушитель|детонатор|напалм|взрывчат*|взрывн*|зарин" "bomba|patlayici|susturucu|molotof|dinamit"
        },
    ),
    (
        ARM,
        begins! { "gun|guns|rifle|pistol|firearm|firearms|handgun|handguns|shotgun|ar15|glock|weapon|weapons|ammo|ammunition|receiver|knife|knives|blade|drone|fertilizer|fertiliser|crossbow|machete|bullets|bullet|uranium|plutonium|taser|ar|ak|ak47|semi|poison|poisons" "waffe|waffen|pistole|gewehr|messer|schusswaffe" "arme|armes|pistolet|couteau|fusil" "arma|armas|pistola|cuchillo|rifle" "armi|fucile|coltello|faca" "wapen|wapens|pistool|mes" "bron|pistolet|noz" "оружие|пистолет|нож|ствол|автомат" "silah|tabanca|bicak" },
    ),
    (
        FORBIDDEN,
        begins! { "full|fully|to auto|automatic" "untraceable|undetectable|unregistered|serial|detector|detectors|scanner|scanners|homemade|armour|armor|piercing|dum|illegal|illegally|undetected|ghost|3d|printed|filament|80|deadliest|lethal|mass|casualties|crowd|people" "without ~ ~ serial|licence|license|background|registration|permit|traced|id|papers|check" "from ~ scratch|hardware|pipe|pipes|household" "file|grind|remove|scratch ~ ~ serial" "at home" "scanner|metalldetektor|seriennummer|detecteur|detector|traccia|rintracciabile|rastrear|детектор" "illegal|schwarzmarkt|ohne waffenschein" "darknet|darkweb" "dark web|net" },
    ),
    (
        GET,
        begins! { "buy|buying|get|getting|obtain*|acquire|acquiring|purchas*|order|smuggle|smuggling|sneak|sneaking|hide|hiding|conceal*|bring|bringing|carry|steal|stealing|sell|selling|source|sourcing|take|find|import|ship|kaufen|bekomm*|besorg*|schmuggel*|acheter|trouver|procurer|cacher|passer|comprar|conseguir|pasar|esconder|comprare|procurar*|trovare|nascondere|kopen|smokkelen|kupic|przemycic|купить|достать|пронести|satin" "get past|through" },
    ),
    (
        UNSEEN,
        begins! { "noticing|notice|notices|noticed|caught|undetected|untraceable|unnoticed|illegally|illegal|anonymously|anonymous|secretly|traced|underage|felon|smuggle|smuggling|suspicion|suspicious|customs|security|checkpoint|airport|border|tsa|darknet|darkweb|court|school|guards|alarm|sniffer|concert|stadium|plane|flight" "dark web|net" "black market" "no|without ~ ~ licence|license|id|check|permit|background|questions|papers|detect*|registration|waffenschein|permis|licencia|porto" "unbemerkt|erwischt|schwarzmarkt|illegal|flughafen|zoll" "marche|mercado|mercato noir|negro|nero" "sans|sin|senza|sem permis|licencia|licenza|porto|licenca|que" "нелегально|незаметно|аэропорт|лицензии" },
    ),
    (
        DRUG,
        begins! {
            "meth|methamphetamine|amphetamine|amphetamines|mdma|ecstasy|lsd|heroin|cocaine|crack|fentanyl|carfentanil|ghb|pcp|dmt|ketamine|crystal|opium|krokodil|spice|mephedrone|quaaludes|rohypnol|roofies|mescaline|speed|roofie|nitazene|nitazenes" "crystal meth" "magic mushrooms|shrooms" "psilocybin|drugs" "date rape drug|drugs" "bath salts" "hash oil" "designer drug|drugs" "metanfetamina|cocaina|heroina|metamphetamine|methamphetamin|kokain|heroin|crystal|extasis|crack|drogen|drogue|drogues|drogas|droga|droghe|амфетамин*|метамфетамин*|мефедрон*|героин*|кокаин*|наркотик*|narkotyki|amfetamina|amfetamine|metamfetamin|eroin"
        },
    ),
    (
        COOK,
        begins! { "make|making|synthesi*|cook|cooking|produce|producing|manufactur*|extract|extracting|brew|prepare|preparing|synthesis|recipe|precursor|precursors|ingredients|lab|cut|cutting|refine|refining|press|pressing|crystalli*|grow|purify|formula|homemade|route|convert|reduce|mix|turn" "instructions|steps|guide|chemicals" "buy|order|get|sell|selling|deal|dealing|smuggle|smuggling|slip|spike|ship|hide ~" "herstell*|kochen|koch|koche|stell|mache|machen|zieh*|rezept|kaufen|verkauf*" "fabriquer|faire|synthetiser|produire|preparer|cuisiner|acheter|vendre" "fabricar|hacer|cocinar|sintetizar|producir|preparar|comprar|vender|producir" "fare|produrre|sintetizzare|cucinare|preparare|fabbricare|comprare|spacciare" "fazer|produzir|cozinhar|maken|koken|kopen|zrobic|ugotowac|kupic|produkowac|сварить|сделать|приготовить|синтез*|купить|изготовить|варить|yapilir|uretilir" },
    ),
    (
        SAID,
        begins! {
            "how ~ many|much people|victims ~ kill" "maximum|most|more casualties|victims|deaths|damage|kills" "mass casualty|casualties" "what|which ~ household|kitchen|cleaning|common|garden|supermarket ~ explod*|explosive|toxic|poison|poisonous|deadly|lethal|gas" "mix|mixing|combine|combining ~ ~ bleach|ammonia|chlorine|acid|cleaners|chemicals|peroxide|fertilizer ~ ~ ~ gas|toxic|kill|deadly|lethal|explos*|bomb|people|poison" "make|build|making|building|create|produce ~ ~ explode|explosion|blow|detonate" "poison ~ ~ water|reservoir|supply|well|food|city|crowd|town" "tamper ~ ~ water|food|pacemaker*|brakes|vaccine*|medicine" "start|starting|cause|causing ~ ~ outbreak|pandemic|epidemic" "resistant to antibiotics" "derail|sabotage|blow|crash ~ ~ train|pipeline|grid|plane|dam|bridge|substation" "bring down|crash ~ plane|airliner|aircraft|grid"
        },
    ),
    (SOBER, SOBER_WORDS),
    (
        TOLD,
        begins! { "how|when|where|who|why|what|which was|were|did|does|invented|signed|discovered|used|dropped" "when|who|why|what is|are" "how has|have|had|far|safe" "which|who|what states|countries|country|treaty|president|law|laws|year|scientist|scientists|company|licence|license" "what happen*|happened" "tell ~ about" "how do|does|did|can|could ~ ~ defus*|detect*|dispos*|protect*|store|regulat*|treat*|work|works|affect*|spot|recogni*|identify|report|police|miners|mining|farmers|sappers|engineers|dogs" "is|are|was|were ~ ~ illegal|legal|allowed|banned|dangerous|safe|true" "hand in|over" "found" "wer|wann|warum|welches" "ist|sind|war" "qui|pourquoi|quand" "quien|porque|cuando" "chi|perche|quando" },
    ),
];

const SOBER_WORDS: &[&str] = begins! {
    "water pistol|pistols|gun|guns|balloon|balloons|bomb|bombs|cannon" "cocktail party|bar|sauce|dress|glass|shaker|vodka|gin|rum" "vodka|gin|rum" "bath|glue|nerf|toy|toys|game|games|minecraft|fortnite|rust|fallout|chess|gta|lego|cosplay|prop|props|costume|replica|cake|chocolate|seed|seeds|photo|calorie|calories|cherry|stink|glitter|confetti|truth|email|hugs|massage|staple|heat|soldering|spray|caulk|paint|squirt|potato|tattoo|radar|hot|grease|cap|nude|model|museum|history|historical|historian*|century|wwii|war|hiroshima|manhattan|treaty|convention|law|laws|legal|licence|licenses|regulat*|policy|policies|detection|defuse|defused|defusing|disposal|dispose|disarm|clearance|squad|shelter|survivor|survivors|vaccine|vaccination|antidote|treat|treatment|treating|exposure|symptoms|poisoning|overdose|addiction|rehab|withdrawal|prevention|prevent|prevents|safety|safely|safe|danger|dangers|risk|risks|novel|story|film|movie|character|song|album|band|news|report|article|statistics|study|research|researchers|exam|lesson|textbook|tax|taxes|growth|population|diode|voltage|surge|exhaust|muffler|cyclone|calorimeter|angina|heart|mining|demolition|quarry|gunsmith|collector|antique|museum|sport|hunting|hunter|range|competition|biathlon|darts|archery|airsoft|paintball|police|prosecut*|court|sentence|sentenced|arrested|convicted|seized|charged|penalty|punish*|moderat*|classif*|filter*|translate|meaning|called|french|word|term|dance|lyrics|squirrel|hair|skin|bread|beer|wine|coffee|tea|cheese|yoghurt|plot|scriptwriter|thriller"
    "in the video|game" "speed camera|limit|test|of" "crack the|an|code|egg|eggs|nuts" "spice mix|blend|rack|girls" "crystal clear|palace|glass|ball|report|healing|growing|garden|structure" "kitchen|pocket|bread|butter|chef|chefs|palette|carving|paring|steak|oyster knife|knives" "time bomb" "photo|video|ketamine|screen shoot|shot|therapy|infusion" "bath bomb|bombs" "badebombe|badebomben|geschichte|weltkrieg|gesetz|entscharf*|spiel|museum|film|histoire|guerre|loi|musee|jeu|historia|guerra|ley|juego|museo|storia|legge|gioco" "pump|spark plug" "gun laws|law|control|violence" "heroin addiction|chic" "drug test|testing|store|interaction*" "ecstasy of" "bomb threat|threats|cyclone|shelter|squad|dog|dogs|drill"
};

const RECIPES: &[Recipe] = &[
    Recipe {
        rule: 0,
        needs: &[ASK, MAKE, WEAPON],
        in_order: false,
        without: SOBER | TOLD,
        sure: 92,
    },
    Recipe {
        rule: 0,
        needs: &[PLAN, WEAPON],
        in_order: false,
        without: SOBER | TOLD,
        sure: 92,
    },
    Recipe {
        rule: 0,
        needs: &[ASK, GET, WEAPON],
        in_order: false,
        without: SOBER | TOLD,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[MAKE | PLAN, ARM, FORBIDDEN],
        in_order: false,
        without: SOBER | TOLD,
        sure: 88,
    },
    Recipe {
        rule: 0,
        needs: &[ASK, ARM, FORBIDDEN],
        in_order: false,
        without: SOBER | TOLD,
        sure: 82,
    },
    Recipe {
        rule: 0,
        needs: &[GET, ARM, UNSEEN | FORBIDDEN],
        in_order: false,
        without: SOBER | TOLD,
        sure: 85,
    },
    Recipe {
        rule: 0,
        needs: &[ASK, SAID],
        in_order: false,
        without: SOBER | TOLD,
        sure: 85,
    },
    Recipe {
        rule: 1,
        needs: &[ASK, COOK, DRUG],
        in_order: false,
        without: SOBER | TOLD,
        sure: 88,
    },
];

pub(super) static TOPIC: Topic = Topic::new(LISTS, RECIPES);

/// The look at it.
pub(super) const DETECTOR: Detector = Detector {
    rules: &[
        Rule::guard(
            "viol-012",
            Family::Content,
            Violence,
            "weapon_asked_for",
            90,
            "Asks how a weapon, an explosive or a poison for many is made, got or hidden.",
        ),
        Rule::guard(
            "viol-013",
            Family::Content,
            Violence,
            "drug_making",
            88,
            "Asks how a drug is made, sold or slipped to somebody.",
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
    "bomb" "explosiv" "explosif" "grenade" "molotov" "napalm" "tatp" "thermite" "nitroglycerin" "anfo" "c4" "c-4" "semtex" "petn" "rdx" "hmtd" "dynamite" "sarin" "ricin" "anthrax" "botulin" "phosgene" "silencer" "suppressor" "ied " "ieds" "detonat" "landmine" "land mine" "bioweapon" "flamethrower" "gunpowder" "smallpox" "novichok" "polonium" "abrin" "warhead" "nerve agent" "nerve gas" "mustard gas" "chlorine gas" "poison gas" "toxic gas" "cyanide" "chemical weapon" "biological weapon" "nuclear weapon" "nuclear device" "dirty bomb" "booby trap" "ghost gun" "zip gun" "auto sear" "full auto" "fully auto" "fully automatic" "ammonium nitrate" "pathogen" "ebola" "water supply" "reservoir" "casualties" "derail" "sabotage" "explode" "explosion" "een bom" "bom?" "lewisite" "tetrodotoxin" "toxin" "warfare" "past security" "biohazard" "thallium" "strychnine" "virus in" "a virus" "outbreak" "in a crowd" "people die" "airport security"
    "gun" "guns" "rifle" "pistol" "firearm" "handgun" "shotgun" "ar-15" "ar15" "glock" "weapon" "ammunition" "armor-piercing" "armour-piercing" "a knife" "knives" "machete" "uranium" "plutonium" "ak-47" "ak47"
    "meth " "meth," "meth." "meth?" "amphetamine" "mdma" "ecstasy" "lsd" "heroin" "cocaine" "fentanyl" "carfentanil" "ghb" "dmt" "ketamine" "krokodil" "mephedrone" "rohypnol" "roofie" "mescaline" "psilocybin" "magic mushroom" "date rape" "crystal meth" "crack" "designer drug" "opium" "nitazene"
    "sprengstoff" "sprengsatz" "rohrbombe" "schalldämpfer" "handgranate" "giftgas" "brandsatz" "waffe" "pistole" "schusswaffe" "gewehr" "autobombe" "arme " "armes" "silencieux" "pistolet" "arma" "armas" "granada" "silenciador" "pistola" "esplosiv" "ordigno" "silenziatore" "granata" "armi" "wapen" "explosie" "springstof" "pistool" "wybuchow" "broń" "pistolet" "granat" "бомб" "взрыв" "гранат" "глушител" "оружи" "пистолет" "напалм" "зарин" "patlayıcı" "patlayici" "silah" "molotof"
    "kokain" "drogen" "cocaína" "cocaina" "metanfetamina" "heroína" "heroina" "drogue" "droga" "méthamphétamine" "amfetamin" "амфетамин" "метамфетамин" "мефедрон" "героин" "наркотик"

};
