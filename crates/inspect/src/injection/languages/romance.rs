//! French, Spanish, Italian and Portuguese.

use super::super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// The main classes, a language after the other.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-001-fr",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in French to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "ignore" "ignorez" "ignorer" "oublie" "oubliez" "oublier" "néglige" "neglige"
            "négligez" "ne tiens pas compte" "ne tenez pas compte" "ne tiens plus compte"
            "ne suis plus" "ne suivez plus" "ne respecte plus" "fais abstraction"
            "faites abstraction" "contourne" "contournez" "outrepasse" "outrepassez" "désactive"
            "desactive" "passe outre" "passez outre" "annule" "abandonne toutes" "abandonne tes"
            "efface"
        },
        pattern: says!(
            "(?:(?:ignore[rz]?|oublie[rz]?|n(?:é|e)glige[rz]?|ne_(?:tiens|\
            tenez)_(?:pas|plus)_compte|ne_(?:suis|suivez|respecte[z]?|pas_suivre)_(?:pas|plus)|\
            (?:fais|faites)_abstraction|contourne[rz]?|outrepasse[rz]?|d(?:é|e)sactive[rz]?|\
            passez?_outre|annule[rz]?|abandonne[rz]?|efface[rz]?) (?:(?:s['’]il (?:te|vous) \
            pla(?:î|i)t|maintenant|de|à|a|des|du|toutes?|tous|tout|les|la|le|tes|vos|mes|ces|nos|\
            ses|aux|l) ){0,5}(?:(?:(?:anciennes?|pr(?:é|e)c(?:é|e)dente?s?)_)?(?:(?:instruction|\
            consigne|directive|r(?:è|e)gle|commande|restriction|contrainte|ordre|indication|\
            limitation|politique|prompt|message)s?)(?:_(?:du_)?syst(?:è|e)me|_(?:de|\
            d['’])_?s(?:é|e)curit(?:é|e)|_(?:é|e)thiques?|_et_[a-zéè]{1,14})? (?:pr(?:é|e)c(?:é|\
            e)dente?s?|ant(?:é|e)rieure?s?|ci_dessus|ci_avant|initiale?s?|d['’]origine|\
            originale?s?|pass(?:é|e)e?s?|donn(?:é|e)e?s?|re(?:ç|c)ue?s?|pr(?:é|e)alables?|\
            ci_haut|plus_haut|d['’]avant|existantes?|que_(?:tu|vous|je|l)|du_syst(?:è|e)me|\
            de_s(?:é|e)curit(?:é|e)|qui_(?:pr(?:é|e)c(?:è|e)dent|t|vous))|pr(?:é|e)c(?:é|\
            e)dente?s_(?:instructions|consignes|directives|r(?:è|e)gles)|(?:tes|\
            vos)_(?:propres_)?(?:instructions|consignes|directives|r(?:è|e)gles|restrictions|\
            contraintes|filtres|limites|programmation)(?:_(?:internes|de_s(?:é|e)curit(?:é|e)|\
            (?:é|e)thiques))?|(?:r(?:è|e)gles|directives|consignes|filtres|protocoles|mesures|\
            prompt|instructions)_(?:de_s(?:é|e)curit(?:é|e)|syst(?:è|e)me|(?:é|e)thiques?|\
            de_mod(?:é|e)ration)|ce_qui~ (?:pr(?:é|e)c(?:è|e)de|ci_dessus|dit|avant)|\
            (?:ce_)?qu['’]on~ dit|(?:ce_)?(?:qui|que)_(?:t|vous|tu|je)~ (?:dit|appris|demand(?:é|\
            e)|avant)|qui_pr(?:é|e)c(?:è|e)de))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-fr",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in French for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "révèle" "revele" "révélez" "revelez" "affiche" "affichez" "montre" "montrez"
            "donne-moi" "donne moi" "donnez-moi" "donnez moi" "répète" "repete" "répétez"
            "repetez" "imprime" "dis-moi" "dis moi" "dites-moi" "écris" "ecris" "quel est ton"
            "quelles sont tes" "quel est votre" "quelles sont vos" "quelles instructions"
            "traduis" "résume" "resume tes" "partage" "divulgue" "recopie" "copie" "cite"
        },
        pattern: says!(
            "(?:(?:r(?:é|e)v(?:è|e|é)le[rz]?|affiche[rz]?|montre[rz]?|donnez?|r(?:é|\
            e)p(?:è|e|é)te[rz]?|imprime[rz]?|dis|dites|(?:é|e)cri(?:s|vez)|quel(?:le)?s?_(?:est|\
            sont)?|tradui(?:s|sez)|r(?:é|e)sume[rz]?|partage[rz]?|divulgue[rz]?|\
            (?:re)?copie[rz]?|cite[rz]?)~~ (?:(?:ton|ta|tes|votre|vos|le|les|l['’]|du|\
            d['’])_?)?(?:(?:int(?:é|e)gralit(?:é|e)|texte|contenu)_(?:de|du)_(?:tes_|ton_|votre_|\
            vos_)?)?(?:(?:prompt|invite|message|instructions?|consignes?)_(?:du_|\
            de_)?(?:syst(?:è|e)me|syst(?:é|e)mique|initiale?s?|cach(?:é|e)e?s?|secr(?:è|e)te?s?|\
            internes?|d['’]origine|originale?s?)|system_prompt|(?:tes|vos)_(?:instructions|\
            consignes|directives)|prompt_(?:complet|exact|initial)|(?:instructions|consignes|\
            r(?:è|e)gles)_(?:que_tu|que_vous|qui_t|qu['’]on|re(?:ç|c)ues)|(?:tout_ce_qui|mots|\
            tout)~ (?:au_dessus_de_ce|avant_ce)_(?:message|texte|prompt)|tout_ce_qui~ pr(?:é|\
            e)c(?:è|e)de))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-fr",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            French a role without restrictions.",
        ),
        begins: begins! {
            "tu es maintenant" "tu es désormais" "tu es desormais" "vous êtes maintenant"
            "vous etes maintenant" "à partir de maintenant" "a partir de maintenant" "désormais"
            "desormais" "dorénavant" "dorenavant" "fais semblant" "faites semblant" "prétends"
            "pretends" "agis comme" "agissez comme" "joue le rôle" "joue le role" "imagine que"
            "comporte-toi" "comporte toi" "réponds comme" "reponds comme" "réponds sans"
            "reponds sans" "tu n'as aucune" "tu n’as aucune" "tu n'as plus" "simule" "incarne"
        },
        pattern: says!(
            "(?:(?:tu_(?:es|n['’]as)|vous_(?:ê|e)tes|(?:à|a)_partir_de_maintenant|\
            d(?:é|e)sormais|dor(?:é|e)navant|fai(?:s|tes)_semblant|pr(?:é|e)tends|\
            agis(?:sez)?_comme|joue_le_r(?:ô|o)le|imagine_que|comporte_toi|r(?:é|e)ponds|simule|\
            incarne)[^\\n]{0,120}(?:(?:sans|aucune?|n['’]as_(?:aucune?|plus_de|pas_de)|\
            n['’]a_(?:aucune?|plus_de|pas_de)|libre_de|pas_de)_(?:toute_|aucune_|\
            la_moindre_){0,1}(?:restriction|r(?:è|e)gle|filtre|limite|censure|contrainte|(?:é|\
            e)thique|morale|limitation)|non_censur(?:é|e)|non_filtr(?:é|e)|sans_(?:é|e)thique|\
            do_anything_now|mode_d(?:é|e)veloppeur|(?:es_(?:maintenant_)?|comme_)dan(?-u:\\b)|\
            n['’]es_(?:plus|pas)_(?:soumis|li(?:é|e)|limit(?:é|e)|tenu)|ignore(?:s|z|\
            r)?_(?:toutes_)?(?:les|tes)_r(?:è|e)gles))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-es",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Spanish to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "ignora" "ignore" "ignorar" "olvida" "olvide" "olvidar" "olvídate" "olvidate"
            "descarta" "desestima" "haz caso omiso" "no hagas caso" "no sigas" "deja de seguir"
            "no tengas en cuenta" "pasa por alto" "anula" "omite" "desobedece" "elude" "evade"
            "desactiva" "borra todas" "sobrescribe" "sáltate" "saltate"
        },
        pattern: says!(
            "(?:(?:ignor(?:a|e|ar|ad)|olv(?:i|í)d(?:a|e|ar|ate|a_te)|descarta|\
            desestima|haz_caso_omiso|no_(?:hagas_caso|sigas|tengas_en_cuenta|obedezcas)|\
            deja_de_(?:seguir|obedecer)|pasa_por_alto|anula|omite|desobedece|elude|evade|\
            desactiva|borra|sobrescribe|s(?:á|a)ltate) (?:(?:por favor|ahora|de|a|todas?|todos?|\
            todo|las|los|la|el|lo|tus|sus|mis|estas|esas|nuestras|del|ya) ){0,5}(?:(?:anteriores|\
            previas|previos)_(?:instrucciones|(?:ó|o)rdenes|reglas|indicaciones|directrices)|\
            (?:instrucci(?:ó|o)n|instrucciones|(?:ó|o)rdenes|reglas|indicaciones|directrices|\
            directivas|restricciones|normas|mensajes|comandos|pol(?:í|i)ticas|limitaciones|\
            prompts?|directriz)(?:_(?:del_sistema|de_seguridad|(?:é|e)ticas|y_[a-zéíó]{1,14}))? \
            (?:anterior(?:es)?|previ[ao]s?|de_arriba|precedentes?|iniciales|originales|pasadas|\
            dadas|recibidas|existentes|que_(?:te|se|has|recibiste|tienes|hayas)|del_sistema|\
            de_seguridad|(?:é|e)ticas)|tus_(?:propias_)?(?:instrucciones|reglas|directrices|\
            restricciones|normas|filtros|limitaciones|programaci(?:ó|o)n|pol(?:í|i)ticas)|\
            (?:filtros|protocolos|normas|reglas|medidas)_(?:de_seguridad|(?:é|e)tic[ao]s|\
            de_contenido)|(?:lo_)?(?:anterior|que_(?:te|se|he|has|dije)~ (?:dicho|dijo|dije|\
            dijeron|ense(?:ñ|n)ado|antes|anterior(?:mente)?|arriba))|que_(?:te|se)_(?:dijo|\
            dijeron|ha_dicho|han_dicho|he_dicho)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-es",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Spanish for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "revela" "muestra" "muéstrame" "muestrame" "dime" "repite" "imprime" "dame" "escribe"
            "enseña" "ensena" "enséñame" "cuál es tu" "cual es tu" "cuáles son tus"
            "cuales son tus" "qué instrucciones" "que instrucciones" "traduce tus" "resume tus"
            "comparte" "copia" "divulga" "lista tus"
        },
        pattern: says!(
            "(?:(?:revela|mu(?:e|é)stra(?:me|nos)?|dime|repite|imprime|dame|escribe|\
            ens(?:e|é)(?:ñ|n)a(?:me)?|cu(?:á|a)l(?:es)?_(?:es|son)|qu(?:é|e)_instrucciones|\
            traduce|resume|comparte|copia|divulga|lista)~~ (?:(?:tus?|su|sus|el|las?|los|del|\
            de)_)?(?:(?:prompt|mensaje|instrucci(?:ó|o)n|instrucciones|\
            indicaciones)_(?:(?:del?_)?sistema|iniciales?|ocult[ao]s?|secret[ao]s?|intern[ao]s?|\
            originale?s?)|system_prompt|tus_(?:instrucciones|indicaciones|directrices)|\
            prompt_(?:completo|exacto|inicial)|instrucciones_que_(?:te|recibiste|has|tienes)|\
            (?:todo_lo|texto|palabras|lo)~ (?:anterior_a|antes_de|por_encima_de)_este_(?:mensaje|\
            texto)|te_(?:dieron|han_dado|dijeron)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-es",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Spanish a role without restrictions.",
        ),
        begins: begins! {
            "ahora eres" "eres ahora" "a partir de ahora" "desde ahora" "de ahora en adelante"
            "finge" "fingir" "actúa como" "actua como" "actúa sin" "compórtate" "comportate"
            "imagina que" "responde como" "responde sin" "haz de cuenta" "simula"
            "no tienes restric" "no tienes ninguna" "eres dan" "interpreta" "eres una ia sin"
        },
        pattern: says!(
            "(?:(?:ahora_eres|eres|a_partir_de_ahora|desde_ahora|de_ahora_en_adelante|\
            finge|act(?:ú|u)a|comp(?:ó|o)rtate|imagina_que|responde|haz_de_cuenta|simula|\
            no_tienes|interpreta)[^\\n]{0,120}(?:(?:sin|ningun[ao]?|no_(?:tiene[sn]?|hay|tengas)|\
            libre_de)_(?:ningun[ao]?s?_|ning(?:ú|u)n_|ning(?:ú|u)n_tipo_de_|\
            tipo_de_){0,2}(?:restricc|reglas?|filtros?|l(?:í|i)mites?|censura|(?:é|e)tica|moral|\
            limitac|normas)|sin_censura|sin_filtros?|do_anything_now|modo_desarrollador|(?:eres_|\
            como_)dan(?-u:\\b)|no_est(?:á|a)s_(?:sujet|limitad|obligad|restringid)|restricci(?:ó|\
            o)n(?:es)?_(?:alguna|ninguna)|restricciones[.,;!]))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-it",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Italian to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "ignora" "ignorate" "ignorare" "dimentica" "dimenticare" "dimenticati" "trascura"
            "non seguire" "non tenere conto" "non tener conto" "non considerare"
            "smetti di seguire" "scarta" "annulla" "aggira" "disattiva" "sovrascrivi" "tralascia"
            "cancella tutte" "lascia perdere"
        },
        pattern: says!(
            "(?:(?:ignor(?:a|ate|are)|dimentic(?:a|are|ati)(?:_di)?|trascura|\
            non_(?:seguire|tener(?:e)?_conto|considerare|rispettare)(?:_pi(?:ù|u))?|\
            smetti_di_seguire|scarta|annulla|aggira|disattiva|sovrascrivi|tralascia|cancella|\
            lascia_perdere) (?:(?:per favore|ora|tutte?|tutti|tutto|le|i|gli|la|il|lo|tue|tuoi|\
            mie|delle|dei|di|queste|quelle|ogni|ci(?:ò|o)|quello) ){0,5}(?:(?:precedenti|vecchie|\
            prime)_(?:istruzioni|regole|direttive|indicazioni)|(?:istruzion[ei]|regol[ae]|\
            direttiv[ae]|indicazion[ei]|comand[oi]|restrizion[ei]|linee_guida|vincol[oi]|\
            ordin[ei]|prompt|messaggi|politiche|limitazioni)(?:_(?:di_sistema|di_sicurezza|\
            etiche|e_[a-z]{1,14}))? (?:precedent[ei]|sopra|iniziali|originali|anteriori|\
            ricevut[ei]|dat[ei]|di_cui_sopra|esistenti|fornit[ei]|che_(?:ti|hai|ho)|di_sistema|\
            di_sicurezza|etiche)|(?:le_)?(?:tue|tuoi)_(?:istruzioni|regole|direttive|restrizioni|\
            linee_guida|filtri|limitazioni|vincoli|programmazione)|(?:filtri|protocolli|norme|\
            regole|misure)_(?:di_sicurezza|etic[hei]{1,3}|sui_contenuti)|(?:ci(?:ò|o)_|quanto_|\
            quello_)?che~ (?:detto|sopra|precede|prima|stato|insegnato)|quanto_(?:sopra|detto|\
            precede)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-it",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Italian for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "rivela" "mostra" "mostrami" "dimmi" "ripeti" "stampa" "dammi" "scrivi"
            "qual è il tuo" "qual e il tuo" "quali sono le tue" "quali istruzioni"
            "traduci le tue" "riassumi le tue" "condividi" "copia" "elenca" "divulga" "svela"
        },
        pattern: says!(
            "(?:(?:rivela(?:mi)?|mostra(?:mi|ci)?|dimmi|ripeti|stampa|dammi|scrivi|\
            quali?_(?:è|e|sono|istruzioni)|traduci|riassumi|condividi|copia|elenca|divulga|\
            svela(?:mi)?)~~ (?:(?:il|la|le|i|del|della|tu[oae]|tuoi)_){0,2}(?:(?:prompt|\
            messaggio|istruzion[ei])_(?:di_sistema|del_sistema|inizial[ei]|nascost[oei]|\
            segret[oei]|intern[oei]|original[ei])|system_prompt|(?:le_)?tue_(?:istruzioni|\
            direttive|indicazioni)|prompt_(?:completo|esatto|iniziale)|istruzioni_(?:che_(?:ti|\
            hai)|ricevute)|(?:tutto|testo|parole)~ (?:sopra_questo|prima_di_questo)_(?:messaggio|\
            testo)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-it",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Italian a role without restrictions.",
        ),
        begins: begins! {
            "ora sei" "adesso sei" "d'ora in poi" "d’ora in poi" "da ora in poi" "fingi"
            "comportati" "agisci come" "immagina di" "rispondi come" "rispondi senza" "fai finta"
            "simula" "interpreta" "non hai restriz" "non hai alcuna" "sei dan" "sei un'ia senza"
        },
        pattern: says!(
            "(?:(?:ora_sei|adesso_sei|sei|d['’]ora_in_poi|da_ora_in_poi|fingi|\
            comportati|agisci|immagina_di|rispondi|fai_finta|simula|interpreta|\
            non_hai)[^\\n]{0,120}(?:(?:senza|nessun[ao]?|alcun[ao]?|non_(?:ha|hai|ci_sono)|\
            priv[ao]_di|liber[ao]_da)_(?:alcun[ao]?_|nessun[ao]?_|pi(?:ù|u)_){0,2}(?:restrizion|\
            regol|filtr|limit|censur|etic|moral|vincol)|non_censurat|non_filtrat|do_anything_now|\
            modalit(?:à|a)_sviluppatore|(?:sei_|come_)dan(?-u:\\b)|non_sei_(?:soggett|vincolat|\
            limitat|pi(?:ù|u))))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-pt",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Portuguese to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "ignore" "ignora" "ignorar" "esqueça" "esqueca" "esquece" "esquecer" "desconsidere"
            "desconsidera" "desconsiderar" "desrespeite" "não siga" "nao siga" "deixe de seguir"
            "pare de seguir" "não leve em conta" "nao leve em conta" "descarte" "anule"
            "contorne" "desative" "sobrescreva" "apague todas" "despreze" "burle"
        },
        pattern: says!(
            "(?:(?:ignor(?:e|a|ar)|esque(?:ç|c)a(?:_se)?|esquece[r]?|desconsider(?:e|\
            a|ar)|desrespeite|n(?:ã|a)o_(?:siga|leve_em_conta|obede(?:ç|c)a)|(?:deixe|\
            pare)_de_seguir|descarte|anule|contorne|desative|sobrescreva|apague|despreze|burle) \
            (?:(?:por favor|agora|de|todas?|todos?|tudo|as|os|a|o|suas|seus|tuas|minhas|essas|\
            estas|quaisquer|mais) ){0,5}(?:(?:anteriores|pr(?:é|e)vias)_(?:instru(?:ç|c)(?:õ|\
            o)es|regras|ordens)|(?:instru(?:ç|c)(?:ã|a)o|instru(?:ç|c)(?:õ|o)es|regras?|\
            diretrizes|ordens|comandos|restri(?:ç|c)(?:õ|o)es|orienta(?:ç|c)(?:õ|o)es|pol(?:í|\
            i)ticas|normas|limita(?:ç|c)(?:õ|o)es|prompts?|mensagens|diretivas)(?:_(?:do_sistema|\
            de_seguran(?:ç|c)a|(?:é|e)ticas|e_[a-zçãõé]{1,14}))? (?:anterior(?:es)?|acima|pr(?:é|\
            e)vi[ao]s?|iniciais|originais|passadas|dadas|recebidas|existentes|precedentes|\
            que_(?:voc(?:ê|e)|lhe|te|recebeu|foram|eu)|do_sistema|de_seguran(?:ç|c)a|(?:é|\
            e)ticas)|(?:suas|tuas)_(?:pr(?:ó|o)prias_)?(?:instru(?:ç|c)(?:õ|o)es|regras|\
            diretrizes|restri(?:ç|c)(?:õ|o)es|limita(?:ç|c)(?:õ|o)es|normas|programa(?:ç|c)(?:ã|\
            a)o)|(?:filtros|protocolos|normas|regras|medidas)_(?:de_seguran(?:ç|c)a|(?:é|\
            e)tic[ao]s|de_conte(?:ú|u)do)|(?:tudo_)?(?:o_)?que~ (?:dito|disse|disseram|acima|\
            antes|anterior(?:mente)?|ensinado)|acima))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-pt",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Portuguese for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "revele" "revela" "mostre" "mostra" "me mostre" "diga-me" "diga me" "me diga"
            "repita" "imprima" "exiba" "me dê" "me de " "dê-me" "escreva" "qual é o seu"
            "qual é seu" "qual e o seu" "quais são suas" "quais são as suas" "quais sao suas"
            "quais sao as suas" "quais instruções" "quais instrucoes" "traduza suas"
            "resuma suas" "compartilhe" "copie" "liste suas" "divulgue"
        },
        pattern: says!(
            "(?:(?:revel(?:e|a)|(?:me_)?mostr(?:e|a)(?:_me)?|(?:me_)?diga(?:_me)?|\
            repita|imprima|exiba|(?:me_)?d(?:ê|e)(?:_me)?|escreva|qual_(?:é|e)|quais_(?:s(?:ã|\
            a)o|instru(?:ç|c)(?:õ|o)es)|traduza|resuma|compartilhe|copie|liste|divulgue)~~ \
            (?:(?:o|a|as|os|do|de|seu|sua|suas|seus|teu|tuas)_){0,2}(?:(?:prompt|mensagem|\
            instru(?:ç|c)(?:ã|a)o|instru(?:ç|c)(?:õ|o)es)_(?:d[eo]_sistema|inicia[il]s?|inicial|\
            ocult[ao]s?|secret[ao]s?|intern[ao]s?|origina[il]s?|original)|system_prompt|(?:suas|\
            tuas)_(?:instru(?:ç|c)(?:õ|o)es|diretrizes|orienta(?:ç|c)(?:õ|o)es)|\
            prompt_(?:completo|exato|inicial)|instru(?:ç|c)(?:õ|o)es_que_(?:voc(?:ê|e)|recebeu|\
            lhe|foram)|(?:tudo|texto|palavras)~ (?:acima_d|antes_d)(?:esta|este)_(?:mensagem|\
            texto)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-pt",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Portuguese a role without restrictions.",
        ),
        begins: begins! {
            "você é agora" "voce e agora" "agora você é" "agora voce e" "agora és"
            "a partir de agora" "de agora em diante" "finja" "fingir" "aja como" "haja como"
            "comporte-se" "comporte se" "imagine que" "responda como" "responda sem"
            "faça de conta" "faca de conta" "simule" "você não tem" "voce nao tem" "você é dan"
            "interprete" "atue como"
        },
        pattern: says!(
            "(?:(?:voc(?:ê|e)_(?:é|e|n(?:ã|a)o_tem)|agora_(?:voc(?:ê|e)_)?(?:é|e|és)|\
            a_partir_de_agora|de_agora_em_diante|finja|[h]?aja_como|comporte_se|imagine_que|\
            responda|fa(?:ç|c)a_de_conta|simule|interprete|atue_como)[^\\n]{0,120}(?:(?:sem|\
            nenhum[a]?|n(?:ã|a)o_(?:tem|possui|h(?:á|a)|tenha)|livre_de)_(?:nenhum[a]?_|\
            quaisquer_|qualquer_|mais_){0,2}(?:restri(?:ç|c)|regras?|filtros?|limite|censura|\
            (?:é|e)tica|moral|limita(?:ç|c))|sem_censura|sem_filtros?|do_anything_now|\
            modo_(?:de_)?desenvolvedor|(?:(?:é|e)_|como_)(?:o_)?dan(?-u:\\b)|n(?:ã|a)o_est(?:á|\
            a)_(?:sujeit|limitad|vinculad|restrit|mais)|restri(?:ç|c)(?:õ|o)es[.,;!]))"
        ),
    },
];
