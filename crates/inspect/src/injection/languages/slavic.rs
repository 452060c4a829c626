//! Polish, Russian and Turkish.

use super::super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// The main classes, a language after the other.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-001-pl",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Polish to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "zignoruj" "ignoruj" "zapomnij" "pomiń" "pomin" "nie przestrzegaj" "nie stosuj się"
            "nie stosuj sie" "przestań przestrzegać" "przestan przestrzegac" "nadpisz" "obejdź"
            "obejdz" "odrzuć" "odrzuc" "anuluj" "wyłącz" "wylacz" "lekceważ" "zlekceważ"
            "usuń wszystkie" "usun wszystkie" "nie zwracaj uwagi" "nie bierz pod uwagę" "złam"
        },
        pattern: says!(
            "(?:(?:z?ignoruj(?:cie)?|zapomnij(?:_o)?|pomi(?:ń|n)|nie_(?:przestrzegaj|\
            stosuj_si(?:ę|e)(?:_do)?|zwracaj_uwagi(?:_na)?|bierz_pod_uwag(?:ę|e))|przesta(?:ń|\
            n)_przestrzega(?:ć|c)|nadpisz|obejd(?:ź|z)|odrzu(?:ć|c)|anuluj|wy(?:ł|l)(?:ą|a)cz|\
            z?lekcewa(?:ż|z)|usu(?:ń|n)|z(?:ł|l)am) (?:(?:prosz(?:ę|e)|teraz|ju(?:ż|z)|wszystkie|\
            wszystkich|wszystko|wszelkie|wszelkich|swoje|swoich|twoje|twoich|moje|te|tych|o|na|\
            co|to) ){0,5}(?:(?:poprzedni|wcze(?:ś|s)niejsz|powy(?:ż|z)sz|dotychczasow|pierwotn|\
            oryginaln|istniej(?:ą|a)c|wszystk)(?:e|ie|ich|ych|i|a|imi)? (?:(?:i|oraz) \
            [a-ząćęłńóśźż]{1,14} )?(?:instrukcj|polece(?:ń|n)|polecenia|zasad|wytyczn|regu(?:ł|\
            l)|ogranicze|komend|wskaz(?:ó|o)w|wiadomo(?:ś|s)|prompt|dyrektyw)[a-ząćęłńóśźż]{0,4}|\
            (?:instrukcj|polece(?:ń|n)|zasad|wytyczn|regu(?:ł|l)|ogranicze)[a-ząćęłńóśźż]{0,4} \
            (?:powy(?:ż|z)ej|bezpiecze(?:ń|n)stwa|systemow[a-z]{1,3}|kt(?:ó|o)re)|(?:swoje|\
            swoich|twoje|twoich)_(?:instrukcj|zasad|wytyczn|ogranicze|regu(?:ł|l)|\
            filtr)[a-ząćęłńóśźż]{0,4}|(?:filtr|protoko(?:ł|l)|zasad|\
            wytyczn)[a-ząćęłńóśźż]{0,4}_bezpiecze(?:ń|n)stwa|(?:wszystko_)?(?:co|o_czym)~ \
            (?:powy(?:ż|z)ej|wcze(?:ś|s)niej|powiedzia|napisa|dotychczas)[a-ząćęłńóśźż]{0,6}|\
            powy(?:ż|z)ej))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-pl",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Polish for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "pokaż" "pokaz" "ujawnij" "wyświetl" "wyswietl" "powtórz" "powtorz" "podaj" "wypisz"
            "wydrukuj" "napisz" "powiedz mi" "jaki jest twój" "jaki jest twoj" "jakie są twoje"
            "jakie sa twoje" "jakie instrukcje" "przetłumacz" "przetlumacz" "zdradź" "zdradz"
            "skopiuj" "udostępnij"
        },
        pattern: says!(
            "(?:(?:poka(?:ż|z)|ujawnij|wy(?:ś|s)wietl|powt(?:ó|o)rz|podaj|wypisz|\
            wydrukuj|napisz|powiedz|jaki[ea]?_(?:jest|s(?:ą|a)|instrukcje)|przet(?:ł|l)umacz|\
            zdrad(?:ź|z)|skopiuj|udost(?:ę|e)pnij)~~ (?:(?:sw(?:ó|o)j|swoje|tw(?:ó|o)j|twoje|\
            tre(?:ś|s)(?:ć|c)|pe(?:ł|l)n[yaeą])_){0,2}(?:prompt[a-zó]{0,3}_systemow[a-z]{1,3}|\
            system_prompt|(?:instrukcj|wiadomo(?:ś|s))[a-ząćęłńóśźż]{0,4}_(?:systemow|pocz(?:ą|\
            a)tkow|ukryt|tajn)[a-ząę]{1,3}|(?:pocz(?:ą|a)tkow|ukryt|tajn|systemow|\
            oryginaln)[a-ząę]{1,3}_(?:prompt|instrukcj|polece)[a-ząćęłńóśźż]{0,4}|(?:swoje|\
            twoje)_(?:instrukcje|wytyczne)|(?:wszystko|tekst)~ powy(?:ż|z)ej_(?:tej|tego)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-pl",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Polish a role without restrictions.",
        ),
        begins: begins! {
            "jesteś teraz" "jestes teraz" "teraz jesteś" "teraz jestes" "od teraz" "udawaj"
            "zachowuj się" "zachowuj sie" "działaj jako" "dzialaj jako" "wyobraź sobie"
            "wyobraz sobie" "odpowiadaj jako" "odpowiadaj bez" "wciel się" "wciel sie"
            "nie masz żadnych" "nie masz zadnych" "jesteś dan"
        },
        pattern: says!(
            "(?:(?:jeste(?:ś|s)|teraz_jeste(?:ś|s)|od_teraz|udawaj|zachowuj_si(?:ę|e)|\
            dzia(?:ł|l)aj|wyobra(?:ź|z)_sobie|odpowiadaj|wciel_si(?:ę|e)|\
            nie_masz)[^\\n]{0,120}(?:(?:bez|(?:ż|z)adnych|nie_(?:ma|masz)|woln[yae]_od)_(?:(?:ż|\
            z)adnych_|jakichkolwiek_|wszelkich_){0,2}(?:ogranicze|zasad|regu(?:ł|l)|filtr|cenzur|\
            etyk|moral|limit)|nieograniczon[a-z]{1,3}_|nieocenzurowan|do_anything_now|\
            tryb(?:ie)?_dewelopera|(?:teraz_|jako_)dan(?-u:\\b)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-ru",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Russian to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "игнорируй" "игнорируйте" "проигнорируй" "забудь" "забудьте" "не обращай внимания"
            "не следуй" "не соблюдай" "перестань следовать" "отмени" "отбрось" "обойди" "нарушь"
            "отключи" "пренебреги" "пропусти все" "удали все" "сбрось все"
        },
        pattern: says!(
            "(?:(?:про)?игнорируй(?:те)?|забудь(?:те)?|\
            не_обращай(?:те)?_внимани[яе](?:_на)?|не_следуй(?:те)?|не_соблюдай(?:те)?|\
            перестань_(?:следовать|соблюдать|выполнять)|отмени|отбрось|обойди|нарушь|отключи|\
            пренебреги|пропусти|удали|сбрось) (?:(?:пожалуйста|теперь|обо|о|про|все|всех|всем|\
            всеми|всё|свои|своих|своим|твои|мои|эти|этих|любые|на|то) ){0,5}(?:(?:предыдущ|прошл|\
            прежн|ранее_|вышеуказанн|вышеизложенн|первоначальн|исходн|существующ|данн|\
            системн)[а-яё]{0,4} (?:(?:и|или) [а-яё]{1,14} )?(?:инструкци|указани|правил|команд|\
            распоряжени|директив|сообщени|ограничени|промпт|установк|приказ|\
            данные_инструкц)[а-яё]{0,4}|(?:инструкци|указани|правил|ограничени|фильтр|\
            протокол)[а-яё]{0,4} (?:выше|ранее|безопасности|системы|которые|\
            разработчик[а-я]{0,3})|(?:свои|своих|твои|твоих|своим)_(?:инструкци|правил|\
            ограничени|указани|фильтр|настройк)[а-яё]{0,4}|\
            (?:что_)?(?:было_)?(?:сказано_)?(?:выше|ранее|до_этого)|(?:чему|что)_(?:тебя|тебе)~ \
            (?:учили|говорили|сказали|выше|раньше))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-ru",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Russian for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "покажи" "раскрой" "выведи" "повтори" "напечатай" "напиши свой" "напиши свои"
            "напиши весь" "скажи свой" "скажи мне" "назови" "какой у тебя" "какие у тебя"
            "каков твой" "каковы твои" "какие инструкции" "переведи свои" "перечисли"
            "процитируй" "открой свой" "дай мне" "сообщи" "распечатай"
        },
        pattern: says!(
            "(?:(?:покажи|раскрой|выведи|повтори|напечатай|напиши|скажи|назови|\
            как(?:ой|ие|ов|овы)|переведи|перечисли|процитируй|открой|дай|сообщи|\
            распечатай)(?:те)?~~ (?:(?:свой|свои|твой|твои|весь|полный|текст|\
            точный)_){0,3}(?:системн(?:ый|ые|ого|ую|ое)_(?:промпт|запрос|подсказк|инструкци|\
            сообщени)[а-яё]{0,3}|(?:начальн|исходн|скрыт|секретн|первоначальн|\
            внутренн)[а-яё]{1,3}_(?:промпт|инструкци|указани|подсказк|правил)[а-яё]{0,3}|(?:свои|\
            твои)_(?:инструкции|указания)|system_prompt|(?:инструкции|указания)_(?:которые|\
            разработчик)|(?:всё|все|текст|слова)~ (?:выше_этого|до_этого|перед_этим)_(?:сообщени|\
            текст)[а-я]{0,3}))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-ru",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Russian a role without restrictions.",
        ),
        begins: begins! {
            "теперь ты" "ты теперь" "отныне" "с этого момента" "с этой минуты" "притворись"
            "представь что" "представь, что" "веди себя" "действуй как" "отвечай как"
            "отвечай без" "у тебя нет" "играй роль" "сыграй роль" "ты больше не" "ты — dan"
            "ты dan"
        },
        pattern: says!(
            "(?:(?:теперь_ты|ты_теперь|отныне|с_этого_момента|с_этой_минуты|\
            притворись|представь,?_что|веди_себя|действуй_как|отвечай|у_тебя_нет|играй_роль|\
            сыграй_роль|ты_больше_не|ты)[^\\n]{0,120}(?:(?:без|нет|никаких|не_име(?:ешь|ет|\
            ющ)[а-я]{0,4}|свобод(?:ен|ный|ная)_от)_(?:каких_либо_|никаких_|всяких_|любых_|\
            этических_|моральных_){0,2}(?:ограничени|правил|фильтр|цензур|этик|морал|запрет)|\
            неограниченн|без_цензуры|нецензурирован|do_anything_now|режим(?:е)?_разработчика|\
            dan(?-u:\\b)|не_(?:связан|ограничен|обязан)|не_подчиняешься))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-001-tr",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            90,
            "Asks in Turkish to ignore or forget the orders given before.",
        ),
        begins: begins! {
            "önceki" "onceki" "yukarıdaki" "yukaridaki" "daha önceki" "daha onceki" "tüm talimat"
            "tum talimat" "tüm kural" "bütün talimat" "butun talimat" "sana verilen"
            "sistem talimat" "güvenlik kural" "guvenlik kural" "şimdiye kadar" "simdiye kadar"
            "bundan önceki" "talimatlarını" "kurallarını" "kurallarini" "talimatlarini"
        },
        pattern: says!(
            "(?:(?:t(?:ü|u)m|b(?:ü|u)t(?:ü|u)n|daha|sana|verilen|(?:ö|o)nceki|\
            yukar(?:ı|i)daki|bundan|sistem|g(?:ü|u)venlik|(?:ş|s)imdiye|kadar(?:ki)?|verdi(?:ğ|\
            g)im|olan|ve|her|etik) ?){1,5}(?:talimat|y(?:ö|o)nerge|komut|kural|emir|k(?:ı|\
            i)s(?:ı|i)tlama|s(?:ö|o)ylenen|her_(?:ş|s)ey|mesaj|ilke|filtre)[a-zçğıöşü]{0,12}~ \
            (?:yok_say|g(?:ö|o)rmezden|unut|dikkate_alma|bo(?:ş|s)_ver|ihlal_et|iptal_et|ge(?:ç|\
            c)ersiz|atla|uyma|takip_etme|sil|ge(?:ç)_)|(?:talimatlar|\
            kurallar)[a-zçğıöşü]{0,6}_(?:yok_say|g(?:ö|o)rmezden|unut|dikkate_alma|ihlal_et)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-001-tr",
            Family::Injection,
            Injection,
            "reveal_prompt",
            85,
            "Asks \
            in Turkish for the system prompt or the hidden instructions.",
        ),
        begins: begins! {
            "sistem prompt" "sistem istemi" "sistem mesaj" "sistem talimat" "gizli talimat"
            "ilk talimat" "başlangıç talimat" "baslangic talimat" "talimatlarını" "talimatlarini"
            "system prompt" "yukarıdaki her" "yukarıdaki metn" "sana verilen talimat"
        },
        pattern: says!(
            "(?:(?:sistem|system|gizli|ilk|ba(?:ş|s)lang(?:ı|i)(?:ç|c)|sana_verilen|\
            i(?:ç|c))_)?(?:prompt|istem|mesaj|talimat|y(?:ö|o)nerge|yukar(?:ı|i)daki_(?:her_(?:ş|\
            s)ey|metn))[a-zçğıöşü']{0,12}~ (?:g(?:ö|o)ster|yaz|s(?:ö|o)yle|tekrarla|payla(?:ş|s)|\
            a(?:ç|c)(?:ı|i)kla|yazd(?:ı|i)r|ver(?-u:\\b)|nedir|neler|ne_|(?:ç|c)evir|ortaya)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011-tr",
            Family::Injection,
            Jailbreak,
            "no_limits",
            80,
            "Sets in \
            Turkish a role without restrictions.",
        ),
        begins: begins! {
            "artık sen" "artik sen" "sen artık" "sen artik" "bundan sonra" "bundan böyle"
            "bundan boyle" "şu andan itibaren" "su andan itibaren" "gibi davran" "rol yap"
            "rolünü" "hayal et" "farz et" "kısıtlaması olmayan" "kısıtlama olmadan" "sınırsız"
            "sansürsüz" "filtresiz" "hiçbir kısıtlama" "hiçbir kural" "hicbir kural"
        },
        pattern: says!(
            "(?:(?:art(?:ı|i)k|sen_art|bundan|(?:ş|s)u_andan|gibi_davran|rol_yap|\
            rol(?:ü|u)n(?:ü|u)|hayal_et|farz_et|sen)[^\\n]{0,120}(?:(?:k(?:ı|i)s(?:ı|i)tlama|\
            kural|filtre|s(?:ı|i)n(?:ı|i)r|sans(?:ü|u)r|etik|ahlak)[a-zçğıöşü]{0,6}_?(?:olmayan|\
            olmadan|yok|tan(?:ı|i)mayan|uymayan|olmaks(?:ı|i)z(?:ı|i)n)|s(?:ı|i)n(?:ı|i)rs(?:ı|\
            i)z_|sans(?:ü|u)rs(?:ü|u)z|filtresiz|k(?:ı|i)s(?:ı|i)tlamas(?:ı|i)z|do_anything_now|\
            geli(?:ş|s)tirici_modu)|(?:hi(?:ç|c)bir_)?k(?:ı|i)s(?:ı|i)tlamas(?:ı|i)_olmayan|\
            k(?:ı|i)s(?:ı|i)tlama_olmadan|sans(?:ü|u)rs(?:ü|u)z_(?:yapay|bir|cevap|yan(?:ı|i)t)|\
            hi(?:ç|c)bir_(?:k(?:ı|i)s(?:ı|i)tlama|kural)[a-zçğıöşü]{0,6}_(?:olmadan|olmayan|\
            uymayan|yok|tan(?:ı|i)mayan))"
        ),
    },
];
