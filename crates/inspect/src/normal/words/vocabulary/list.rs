//! The list: words of English, and a few of other languages that stand in most sentences.

/// Lower case, bare of accents, in order.
pub(super) const WORDS: &str = "\
    a abide ability able abolished about above absolute absolutely abstract abstraction abuse \
    accept acceptable acceptance accepted accepting accepts access accessed accesses accessing \
    accessors accidental accidentally according account account's accountable accounts achieve \
    acknowledge acknowledged across act acted acting action actions activate activated \
    activates activation active actor acts actual actually adapted add added addendum adding \
    addition additional additions address addresses adds adhere adheres admin admin's \
    administrator administrators admins advanced advances advantage advertising advice advise \
    advised advisory affect affected affecting affects afresh after again against agency agent \
    agents agree agreed agreeing agreement agrees ahead ai aims ain't aint airport ais alert \
    algorithm algorithms alias aliases align aligned alignment alive all alle alleging allocate \
    allocated allocating allocation allocations allocator allocators allow allowed allowing \
    allows almost alone along alongside already also alter alternative alternatives although \
    always am among amongst amoral amount an analysis and anew annotations another answer \
    answered answering answers anteriores anthropic anweisungen any anybody anyhow anymore \
    anyone anything anyway anywhere apart api apologies apologise apologize apology appear \
    appearance appears append appends applicable applicant applicants application applications \
    applied applies apply applying approach appropriate appropriateness approval approve \
    approved approves april arbitrary architecture architectures archives are aren't arent \
    argument arguments arising arithmetic around array arrays article articles as ascii aside \
    ask asked asking asks assembly assert asserted assertion assertions assist assistant \
    assistant's assistants associated assume assumed assumes assuming asynchronous at atomic \
    atomics attach attached attachment attack attacker attacks attempt attempts attention \
    attribute attributes attribution audit auditor august author authorisation authorised \
    authority authorization authorized authors authorship auto automated automatic \
    automatically autumn available avatar avec avoid avoiding avoids aware away back backed \
    backend backends backing backup backwards bad badge badges balance ban bank banned base \
    based bash basic be because become becomes been before began begin beginning begins behalf \
    behave behaves behavior behaviour behind being believe believes below benchmark benchmarks \
    beneficial benefit best beta better between beyond big binary binding bindings biology \
    birthday bisherigen bitch black blanket blindly block blocked blocking blocks blog blue \
    body boilerplate bomb bombs book books boolean boot born borrow borrowed borrows boss bot \
    both bots bottom bought bound boundaries boundary bounded bounds box boxes boy brackets \
    brain branch branches bread break breakage breakfast breaking breaks brief bring brings \
    broke broken brother browse browser browsing buffer buffers bug bugs build builder building \
    builds built bull bullet bullshit bundled burn but buy buys by bypass bypassed bypasses \
    bypassing byte bytes cache caching calculation calendar call callback callbacks called \
    caller callers calling calls came can can't cancel canceled cancellation cancelled cancels \
    candidate cannot canonical cant capacity car card cards care careful careless cares carries \
    carry cars case cases cat cause caused causes causing caveat caveats censor censored \
    censorship center certain certainly certificates chain chains chance change changed \
    changelog changes changing channel channels chapter character character's characters charge \
    chart chat chatbot chatgpt chats check checked checking checks cheerfully cheese chemicals \
    chemist chemistry chess child children choice choose chosen cipher circle circumstances \
    circumvent city claims clarify clarifying clash class classes classify claude clause clean \
    cleanup cleanups clear cleared clears click client clients cloning close closed closes \
    closing closure closures club cocaine code codebase coded codes coding coffee colleague \
    collect collection collections colour column combination combinations combinator \
    combinators combine combined combining come comes coming comma command commanded commands \
    comment comments commercial commit commits common commonly communication community compact \
    companies company compare compared comparing comparison comparisons compass compatibility \
    compatible compilation compile compiled compiler compilers compiles compiling complete \
    completely complex complexity compliance compliant complies comply complying component \
    components compression compromised computer con concrete concurrency concurrent condition \
    conditional conditions conduct confidential config configurable configuration configure \
    configured configuring confines confirm confirmation confirmed conflict conflicts confusing \
    connect connections conscience consent consequence consequences consequential conservative \
    consider considered considering considers consignes consistency consistent consistently \
    consists conspicuously constant constants constitutes constrained constraint constraints \
    construct constructed constructing construction constructive constructor constructors \
    construed consume consumers contact contain contained container containers containing \
    contains content contention contents context contexts continue continues contract \
    contractor contrary contribute contributing contribution contributions contributor \
    contributors contributory control controlled convenience convenient conventions \
    conversation conversations conversion conversions convert converted converting cookie \
    cookies copied copies copilot copy copyright core correct correctly correctness correspond \
    corresponding cost could couldn't couldnt council count counter counterclaim country counts \
    couple course court cover coverage covered crash crawlers create created creates creating \
    creation creator creators credential credentials credit crime criminal criminals critical \
    crypto cryptographic curl current currently curse custom customary customer customers \
    customize customized damages dame dan dance danger dangerous dans dark data database \
    databases date day days deactivate deactivated dead deadlock deal dealings dear death debug \
    debugging december decimal decipher decision decline declined declines decode decoded \
    decoder decoding dedicated deem deemed default defaults defend define defined defines \
    definition definitions degree deine deinen delete deleted deletes deliberate delivery \
    denied deny depend dependencies dependency dependent depending depends deprecate deprecated \
    deprecation derive derived derives des describe described describes describing description \
    descriptions deserialization design designated designed designs desired desk despite detail \
    detailed details detect detected detection detectors determine determined determining \
    deterministic dev developed developer developers development device devices diagnostic \
    diagnostics dialogue did didn't didnt die dies difference differences different difficult \
    dimentica dinner direct direction directions directive directives directly directory dirty \
    disability disable disabled disables disabling discard discarded disclaimer disclaimers \
    disclose disclosed discount discussing discussion disobey disobeyed disobeying dispatch \
    display displayed displays disregard disregarded disregarding disregards distribute \
    distributed distribution do doctor document documentation documented documents does doesn't \
    doesnt dog doing dollars domain don't done dont door doors double down download downloads \
    downstream draft drafts dragon draw draws drink drinks drive drives drop dropped dropping \
    drops drug drugs dual dump dumps duplicate duration during dynamic dynamically dynamite \
    each earlier early earth easier easily easy eat eaters eats echo ecosystem edge edit \
    edition editorial edits effect effective effectively efficient efficiently effort eight \
    eine einen either elaborations electronic element elements else email emails embed embedded \
    emergency emoji emotion emotions employee employees empty enable enabled enables enabling \
    enclosed encode encoded encoding end ended ending endorse endpoint ends enemy enforce \
    enforcement engaged engine engineer engineering english enough ensure ensures ensuring \
    enter entire entirely entities entity entries entry environment environments equal \
    equivalent erase erased erases ergonomics error errors escape especially esqueca essay \
    essays est etc ethic ethical ethically ethics ethnicity euros evade eval even evening event \
    events eventually ever every everybody everyone everything everything's everythings \
    everywhere evil exact exactly exam example examples except exception exceptions exclude \
    excluding exclusive exec executable execute executed executes executing execution exercise \
    exercising exfiltration exist existing exists expand expanded expansion expect expected \
    experience experimental expert experts expired explain explained explains explicit \
    explicitly exploit exploits explosive explosives export exported expose exposed exposes \
    express expression expressions extended extension extensions extensive external extra \
    extract extraction extremely eyes face fact factory facts fail failed failing fails failure \
    failures fair fairly fake fallback fallible false family far fast faster father favor \
    favour feature features february feedback feel feeling feelings feels fetch few fiction \
    fictional field fields fifty figures file filed files fill film films filter filtered \
    filtering filters final finally find finding finds fine firearm firewall first five fixed \
    fixes fixing flag flags flexibility flexible flies flight float floating floats flow fly \
    focus focused folder follow followed following follows font food football for forbid \
    forbidden force forever forget forgets forgetting forgot forgotten form format formats \
    formatted formatting former forms forth forward forwarded forwards found four framework \
    fraud free freed freedom freely french friday friend friendly friends from front fucking \
    full fully function functionality functions furnished further furthermore future futures \
    fuzzing game games garden gather gave gemini gender general generally generate generated \
    generates generating generation generator generic generics geography german get gets \
    getting gift gimme girl github give given gives giving gli global go goal goals god goes \
    going gone gonna good goodwill google got gotta gotten governing government gpt grade \
    grandma grandmother grandpa grant granted granting grants graph great greater green grenade \
    grossly group groups guarantee guaranteed guarantees guard guardrail guardrails guards \
    guests guidance guide guided guideline guidelines guides gun guns hack hacked hacker \
    hackers hacking hacks had haiku half hand handbrake handle handled handler handles handling \
    hands hangman happen happened happens happy harassment hard hardcore hardware harm harmful \
    harmless has hasn't hasnt hate hates have haven't havent having he he's head header headers \
    heap hear hears heart heating heavily heavy held hello help helped helper helpers helpful \
    helping helps hence henceforth henceforward her here here's hereby herein heres hero hers \
    hex hexadecimal hey hi hidden hide hiding high higher highest highly him himself his \
    history hold holds holiday home honest honestly honor honour hook hope hopes host hotel \
    hour hours house household how however html huge human humans humour hundred hurt \
    hypothetical hypothetically i i'd i'll i'm i've idea ideas identical identification \
    identifier identifiers identifying identities identity idiomatic if ignora ignore ignored \
    ignores ignorez ignoriere ignoring illegal im image images imagine imagined immediate \
    immediately immoral immutable impact implement implementation implementations implemented \
    implementing implements implicit implicitly implied implies import important imports \
    impossible improve improved improvement improvements improves improving in inability \
    inappropriate inbox incidental include included includes including inclusion inclusive \
    incompatible incomplete inconsistent incorporated incorrect incorrectly increase increased \
    increases incurred indemnify indemnity independent index indexing indicate indicated \
    indicates indirect individual inference infinite info information informational \
    infrastructure infringed infringement ingredient ingredients initial initialization \
    initialize initialized initially injection inline input inputs insert insertion inserts \
    inside inspired install installed instance instances instead institute instrucciones \
    instrucoes instruct instructed instructies instruction instructions instructs insult \
    insulting insults integer integers integration intelligent intended intentionally interact \
    interaction interest interface interfaces intermediate internal internally internals \
    internet interpret interpretation interpreted interpreter into intrinsics introduce \
    introduced introduces invalid invitation invite invocation invoice invoices invoke invoking \
    involved involving irrespective irrevocable is isn't isnt issue issues istruzioni it it's \
    item items iterate iteration iterator iterators its itself ive jailbreak jailbreaking \
    jailbreaks jailbroken january javascript job jobs join joke jokes jouw json judge judgement \
    judges judgment july june just keep keeping keeps kept kernel key keylogger keys keyword \
    kill killed killing kills kind kindly kinds king kitchen knew knife know knowing knowledge \
    known knows kubernetes label labels lady landlord language languages large largely larger \
    las last late later latest latin latter law lawless laws lawsuit layer layers layout lazy \
    le lead leading leaflet leak leaked leaking leaks learn learned least leave leaving lecture \
    lectures lecturing left legacy legal legality legally lemme length les less let let's lets \
    letter letters level levels liability liable liar liberate liberated liberation library \
    licence licensable license licensed licenses lie lies life lifetime lifetimes lift lifted \
    lightweight like liked likely likes limerick limit limitation limitations limited limits \
    line lines link linked linking links linux list listed listen listens lists literal \
    literally literals litigation little live lives living llm llms load loading local locally \
    location locations lock locked locks log logging logic login logs long longer look looking \
    looks loop loops lord los lose loses losing loss losses lost lot lots love loves low lower \
    loyal lunch lying machiavellian machine macro macros madam made mail mailing mails main \
    maintain maintained maintainer maintainers maintenance major make maker makers makes making \
    malfunction malware man manage managed management manager mandatory manipulate manner \
    manual manually manuals manufacture many mapping maps march mark markdown marked marker \
    marks markup master match matches matching materials math maths matter matters maximum may \
    mayor me mean meaning means meant meanwhile mechanical mechanism media medium meet meeting \
    meine member members memories memory men mention mentioning merely merge merged mes message \
    messages messaging meta metadata metal methamphetamine method methods metrics middle \
    midnight might migrate migration mijn million mind minds mine minimal minimum minister \
    minor minute minutes mir mis missing mission mister misunderstand mode model model's models \
    moderated moderation modern modes modification modifications modified modifier modify \
    modifying module modules moment monday money monster month months moon moral moralise \
    morality morals more moreover morning morse most mostly mostra mother move moved moves \
    movie movies moving much muestrame multiple museum music must mustn't mustnt my myself name \
    names napalm narrator native nature navigate near necessary need needed needing needn't \
    neednt needs negative negeer neglect neighbor neighbour neither network neutral never new \
    news newspaper next nice night nightly nightmare nine no nobody none noon nor normal \
    normally north not notable note noted notes nothing notice notices notify novel november \
    now nowhere nuclear null nullified number numbers numerous obey obeyed obeys object objects \
    obligations obsolete obtain obtaining occur october of off offer offers office official \
    offline offset often ok okay old older olvida on once one ones online only onto onward \
    onwards opaque open openai opened opening opens operate operates operating operation \
    operations operator operators opinion opinions opposite optimal optimization optimizations \
    optimize optimized option optional optionally options or oral order ordered ordering orders \
    ordinary organization orientation origin original originally other others otherwise oublie \
    oubliez ought our ours out outdated outline outlines output outputs outside outstanding \
    over overall overflow overflows overhead overridden override overrides overriding overview \
    overwrite overwritten own owned owner owners ownership package padding page pages paid \
    painting pair pairs panic panicking panics paper para paracetamol paragraph paragraphs \
    parallel parameter parameters paraphrase parent parents parking parse parsed parser parsers \
    parsing part partial particular particularly parts party pass passed passes passing \
    passphrase password passwords past paste patch patent path paths pattern patterns pay \
    payloads payment payments payroll pays penalties penalty people per percent perfect perform \
    performance performed performs permanent permanently permission permissions permit \
    permitted perpetual person persona personal personas persons pertain pharmacist phase \
    phishing phone phones phrase phrases physical physics pick picks picture pills pipe pirate \
    pitch place placed places plain plan plant platform platforms play played playground \
    playing plays please plugin plugins plus poem poems point pointer pointers points poison \
    poisons police policies policy polite politely political pool popular port portable \
    portions position positive possibility possible possibly post posted poster posts potential \
    potentially pour power powershell practice praise preach preaching precedentes precedenti \
    preceding precise predicate preface prefer preferred prefix prefixes prepare presence \
    present preserve president pretend pretending pretends pretty prevent prevented prevention \
    previous previously price prices primarily primary primitive primitives principle \
    principles print printed printer printing prints prior prior's priority priors privacy \
    private privilege privileges probably problem problems procedural proceed proceeding \
    proceeds process processed processes processing processors produce produced produces \
    product production products professor program programmed programming programs progress \
    prohibited project projects prominent promise promises promote prompt prompted prompting \
    prompts propagate proper properly properties property protocol protocols provide provided \
    provider provides providing public publicly publish published publishing pull punish \
    punished puppetry pure purge purpose purposes push put puts python quality queen queries \
    query query's querys question questions quick quickly quit quite quotation quote quoted \
    quotes race rand random range ranges ransomware rare rate rated rates rather rating react \
    read readable reader reading readme reads ready real reality really reason reasonable \
    reasonably reasons rebel rebellion rebels recall receive received recent recipe recipes \
    recipients recite recommend recommendation recommended recommends record records recursion \
    recursive red redirect redistribute redistributing reduce reduced reduces reducing \
    redundant refactor refer reference references reflect refrain refund refunds refusal \
    refusals refuse refused refuses refusing regard regarded regarding regardless regeln regels \
    regex register registry reglas regles regole regras regression regressions regular reject \
    rejected related relative relax release released releases relevant relies religion rely \
    relying remain remaining remains remember remembered remembers remind reminded reminder \
    remote removal remove removed removes removing rename renamed renames rendering rent repeat \
    repeated repeating repeats rephrase replace replaced replacement replaces replacing replied \
    replies reply report reported reporting reports repository represent representation \
    representative representatives represented representing represents reproduce reproducible \
    reproducing reproduction request requested requests require required requirement \
    requirements requires requiring rescinded reserve reserved reset resets resistance \
    resolution resolve resolved resource respect respected respective respectively respond \
    responded responding responds response responses responsibility responsible rest restart \
    restaurant restore restrict restricted restriction restrictions restricts result resulting \
    results retain retained retries retrieve retrieved retry return returned returning returns \
    reuse reveal revealed revealing reveals reverse reversed review reviewed reviewer reviews \
    revised revisions revoke revoked reward rewards rewrite rice right rights risks robot \
    robust rogue role roleplay roleplaying roles roof room root rope roughly route row rows \
    rude rudely rule rules ruleset run running runs runtime safe safeguard safeguards safely \
    safety said sale sales same sample samples sampling sandbox sarcastically saturday save \
    saved saves saw say saying says scalar scenario scenarios scene schema scheme school \
    schools science scientist scope score scores scrap screening screwed script scripts search \
    searches searching second seconds secret secretly secrets section sections secure security \
    see seed seen sees select selected selection self sell sells semantic semantics send \
    sending sends sense sensitive sent sentence sentences separable separate separately \
    september sequence sequences serial serialization serialize serialized serializing series \
    servant serve server servers service session sessions set sets setting settings setup seven \
    several sexual shackles shadow shall share shared shares sharing she she's shed sheet shell \
    shes ship shoes shoot shop short shorten shorthand should shouldn't shouldnt show showed \
    showing shown shows shredder shut shutdown side sides sign signal signature signatures \
    signed significant significantly silently similar simple simpler simplify simply simulate \
    simulated simulates simulating simulation since single sir sit site sites sits situations \
    six size sized sizes skip slave sleep sleeps slice slices slightly slow slower small \
    smaller smash so socket software sold sole solely some somebody somehow someone something \
    sometimes somewhere song songs soon sorry sort sorts sound soundness soup source sources \
    space spaces span spanish spans spare speak speaking speaks spec special specialized \
    specific specifically specification specified specify specifying speech speeches speed \
    spell spelled spelling spells splash split spoke sport spring spurious sql stab stability \
    stabilized stable stack stacked staff stage stand standard standards standing stands star \
    stars start started starting starts state stated statement states static statically stating \
    station status stay staying stays steal steals step steps stick still stolen stop stoppage \
    stopped stops storage store stored stores stories storing story straight strategies \
    strategy stream streaming streams strict strictly string strings strip strong structure \
    structured structures student students stuff style suas subhuman subject sublicense submit \
    submitted subsequent subsequently subset substantial success successful successfully such \
    sudo suffix suggest suggestions suicide suitable suite summaries summarise summarising \
    summarize summarized summarizes summary summer sun sunday super supersede superseded \
    supplied support supported supporting supports suppose supposed suppression sure surface \
    sus suspend suspended swear swears switch switched switches synchronization synonyms syntax \
    synthesis synthesize system system's systems table tables tag tagged tags take taken takes \
    taking talk talking talks target targeting targets task tasks taught tea teach teacher \
    teaches team teams tell telling tells template temporarily temporary ten tennis term \
    terminal terminate terminated terms tes test tested testing tests text texts than thank \
    thanks that that's thats the theatre their theirs them theme themselves then theory there \
    there's therefore thereof theres these they they'd they're theyd theyre thing things think \
    thinking thinks third this those though thought thousand thread threads threatens threats \
    three through throughout thursday thus ticket tickets till time timeout timeouts times tip \
    tips title titles to todas today todos together token tokens told tomorrow tonight too took \
    tool tools top topic topics total totally tous toutes towards tower town trace tracing \
    track tracking trade trademark trademarks trailing train trained training trait traits \
    transaction transcript transfer transferred transfers transformation translate translated \
    translation transmit travel treat treated treating treats tree trick tricks tried tries \
    trigger true trust trusted truth truthful truthfully try trying tuesday turn turned turns \
    tus tutorial tutte tutti tweaks twice twin twins two type typed types typical typically \
    typo typos una unable unacceptable unaligned unavailable unbiased unbound uncensor \
    uncensored unchain unchained unchanged unconstrained und undefined under underflow \
    underlying understand understands understood une unethical unethically unexpected \
    unfiltered unhinged unicode uninhibited uninitialized union unique unit unknown unlearn \
    unlearned unleash unleashed unless unlike unlikely unlimited unlock unlocked unlocks \
    unmoderated unmoral unnecessary unplug unreleased unrestricted unsafe unshackled unsigned \
    unsound unsoundness unstable unsupported until unused up update updated updates updating \
    upgrade upgrading upload uploaded uploads upon upstream urgent url urls us usable usage \
    usages use used useful useless user user's users uses using usual usually utilities utility \
    valid validate validation value values variable variables variant variants variety various \
    vector vectors vendor verbal verbatim vergeet vergiss verification verified verify vermin \
    version versioning versions very via video videos vienna view views villain violate \
    violation violence virtual virus visibility visit voice voices void voids vorherigen vorige \
    vos vs wait waiting waits waiver walk walks wall wanna want wanted wants warn warned \
    warning warnings warranties warranty was wasn't wasnt water way ways we we'd we'll we're \
    we've weapon weapons weather web webhook website websites wednesday week weeks weigh weight \
    welcome welcoming well went were weve what what's whatever whats whatsoever when whenever \
    where whereas wherever whether which whichever while white whitespace who who's whoever \
    whole wholly whom whos whose why wide widely width wiki wikipedia will win window windows \
    wins winter wipe wiped wipes wire wish wishes with within without wizard woman women won't \
    word wording wordings words work workaround worked working works workspace world worldwide \
    worse worst would wouldn't wouldnt wrap wrapped wrapper wrappers wrapping write writer \
    writes writing written wrong wrote xml yaml year years yes yesterday yet yield yields you \
    you'd you'll you're you've youd youll your youre yours yourself youve zeig zero";
