//! The same in other languages: German, Dutch, French, Spanish, Italian, Portuguese, Polish,
//! Russian, Ukrainian, Czech, Swedish, Danish, Norwegian, Turkish, Arabic, Persian, Hindi, Indonesian,
//! Vietnamese, Chinese, Japanese, Korean.
//!
//! Where verbs stand at the end, what makes void is [`Meaning::VOIDED`], and what asks to show is
//! [`Meaning::SHOWN`].

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::ORDERS.or(Meaning::PROMPT),
        begins! {
            "anweisung*" "instruktion*" "systemprompt*" "systemnachricht*" "systemanweisung*"
            "direktiven" "instructies" "instructie" "richtlijnen" "systeemprompt*"
            "systeeminstructie*" "aanwijzingen" "consigne*" "prompt système" "message système"
            "invite système" "instructions système" "instruccion*" "instrucción" "instrucciones"
            "prompt del sistema" "mensaje del sistema" "directivas" "istruzion*" "direttive"
            "prompt di sistema" "messaggio di sistema" "instruções" "instrucoes" "instrução"
            "prompt do sistema" "mensagem do sistema" "instrukcj*" "prompt systemowy" "promptu"
            "dyrektyw*" "инструкци*" "указани*" "директив*" "системный промпт" "системного промпта"
            "системное сообщение" "промпт*" "інструкці*" "вказівк*" "instrukce" "instrukcí" "pokyn*"
            "systémov*" "instruktioner*" "anvisningar*" "instrukser*" "instruks*" "systemprompten"
            "systemmeddelande*" "talimat*" "yönerge*" "sistem istemi*" "sistem mesajı*" "التعليمات"
            "تعليمات" "تعليماتك" "الإرشادات" "التوجيهات" "موجه النظام" "رسالة النظام" "دستورالعمل*"
            "دستورات" "निर्देश*" "सिस्टम प्रॉम्प्ट" "प्रॉम्प्ट" "nirdesh*" "instruksi*" "hướng dẫn"
            "chỉ dẫn" "chỉ thị" "lời nhắc hệ thống" "指令" "指示" "提示词" "提示詞" "系统提示" "系統提示" "システムプロンプト"
            "プロンプト" "インストラクション" "지시" "프롬프트" "시스템 프롬프트" "지침" "ohjeet" "ohjeita" "ohjeesi" "utasítás*"
            "instrucțiun*" "οδηγίες" "entwicklernachricht" "initialanweisung*" "grundanweisung*"
        },
    ),
    (
        Meaning::ORDERS,
        begins! {
            "vorgaben" "richtlinien" "regeln" "befehle*" "systemvorgabe*" "regels" "opdrachten"
            "voorschriften" "directives" "règles" "regles" "directrices" "reglas" "indicaciones"
            "órdenes" "ordenes" "normas" "pautas" "regole" "linee guida" "indicazioni" "ordini"
            "diretrizes" "regras" "orientações" "orientacoes" "comandos" "ordens" "polece*"
            "zasad*" "wytyczn*" "reguł*" "nakaz*" "правил*" "предписани*" "установк*" "команд*"
            "ограничени*" "правила" "pravidla" "regler*" "riktlinjer*" "retningslinjer*"
            "kuralları*" "kurallar*" "komut*" "sistem komutu*" "القواعد" "قواعد" "قواعدك" "الأوامر"
            "أوامر" "قوانین*" "नियम*" "आदेश*" "niyam*" "perintah*" "aturan*" "petunjuk*" "quy tắc"
            "lệnh" "câu lệnh" "規則" "规则" "命令" "限制" "约束" "準則" "准则" "ルール" "制約" "ガイドライン" "명령" "규칙"
            "제한" "가이드라인"
        },
    ),
    (
        Meaning::LIMITS,
        begins! {
            "einschränkung*" "einschraenkung*" "beschränkung*" "beschraenkung*" "zensur" "filter"
            "sicherheitsfilter*" "sicherheitsregel*" "sicherheitsrichtlinie*" "schranken" "grenzen"
            "moral" "ethik*" "tabus" "hemmungen" "inhaltsfilter*" "beperking*" "censuur"
            "veiligheidsregels" "veiligheidsfilter*" "filters" "restrictions" "limites" "censure"
            "filtres" "garde fous" "garde fou" "morale" "éthique" "tabous" "contraintes"
            "interdits" "restriccion*" "restricción" "límites" "censura" "filtros" "ética"
            "limitaciones" "tabúes" "salvaguardas" "restrizion*" "limiti" "filtri" "etica"
            "limitazioni" "vincoli" "restrições" "restricoes" "restrição" "limitações" "amarras"
            "ogranicze*" "cenzur*" "filtr*" "granic" "granice" "zahamowań" "etyk*" "ограничени*"
            "цензур*" "фильтр*" "запрет*" "морал*" "этик*" "рамок" "обмежен*" "omezen*"
            "begränsningar*" "begrænsninger*" "begrensninger*" "censur" "spärrar" "sensur"
            "kısıtlama*" "sansür*" "filtre*" "sınır*" "ahlak*" "etik*" "قيود" "القيود" "رقابة"
            "حدود" "أخلاق*" "فلاتر" "محدودیت*" "سانسور" "प्रतिबंध*" "सीमा*" "सेंसर*" "फ़िल्टर*"
            "pratibandh" "batasan*" "pembatasan*"  "giới hạn" "hạn chế" "kiểm duyệt" "限制"
            "约束" "審查" "审查" "过滤" "過濾" "道德" "伦理" "倫理" "底线" "束缚" "制限" "制約" "検閲" "フィルター" "規制" "モラル"
            "제한" "제약" "검열" "필터" "윤리" "도덕"
        },
    ),
    (
        Meaning::UNBOUND,
        begins! {
            "uneingeschränkt*" "unzensiert*" "unbeschränkt*" "ungefiltert*" "hemmungslos*"
            "grenzenlos*" "skrupellos*" "tabulos*" "ongecensureerd*" "onbeperkt*" "ongefilterd*"
            "sans limite" "sans limites" "sans restriction*" "sans filtre*" "sans censure"
            "sans morale" "sans tabou*" "sans contrainte*" "non censuré*" "débridé*"
            "sin restriccion*" "sin límites" "sin limites" "sin censura" "sin filtro*" "sin reglas"
            "sin ética" "sin moral" "senza restrizioni" "senza limiti" "senza censura"
            "senza filtri" "senza regole" "senza etica" "senza morale" "sem restrições"
            "sem restricoes" "sem limites" "sem censura" "sem filtro*" "sem regras" "sem ética"
            "sem moral" "bez ogranicze*" "bez cenzury" "bez filtr*" "bez zasad" "nieocenzurowan*"
            "без ограничений" "без цензуры" "без фильтров" "без правил" "без запретов" "без морали"
            "без рамок" "неограниченн*" "без обмежень" "bez omezení" "utan begränsningar"
            "utan filter" "utan regler" "uden begrænsninger" "uten begrensninger" "sınırsız*"
            "sansürsüz*" "kısıtlamasız*" "kuralsız*" "filtresiz*" "بدون قيود" "بلا قيود" "دون قيود"
            "بلا حدود" "بدون حدود" "بدون محدودیت" "بدون سانسور" "बिना किसी प्रतिबंध"
            "बिना प्रतिबंध" "बिना किसी सीमा" "bina kisi" "tanpa batasan" "tanpa sensor"
            "tanpa aturan" "không giới hạn" "không có giới hạn" "không bị giới hạn"
            "không kiểm duyệt" "没有限制" "没有任何限制" "不受限制" "不受任何限制" "无限制" "無限制" "不受约束" "無拘束" "没有道德"
            "没有规则" "没有任何规则" "没有审查" "不受審查" "不受审查" "制限のない" "制限なし" "制約のない" "無制限" "検閲のない" "フィルターのない"
            "倫理観のない" "ルールのない" "何の制限も" "제한 없는" "제한이 없는" "제한 없이" "아무런 제한" "제약 없는" "무제한" "검열 없는"
            "윤리가 없는"
        },
    ),
    (
        Meaning::VOID,
        begins! {
            "schalte" "pfeif" "setz" "laisse tomber" "haz como si" "не зважай" "забей на" "забудьте"
            "unohda" "bhool jao" "ignoriere" "ignoriert" "ignorier" "ignorieren sie" "missachte"
            "missachten sie" "vergiss" "vergesst" "vergessen sie" "überschreibe" "ueberschreib*"
            "umgehe" "umgehen sie" "übergehe" "verwirf" "verwerfe" "lösche" "loesche" "streiche"
            "deaktiviere" "deaktivieren sie" "brich" "brechen sie" "verletze" "pfeif auf"
            "setze dich über" "kümmere dich nicht" "halte dich nicht an" "hör auf" "befolge nicht"
            "lass" "entferne" "entgegen" "statt" "anstatt" "abweichend von" "trotz" "entledige"
            "befreie dich" "negeer*" "vergeet" "overschrijf" "omzeil*" "verwijder" "wis" "schakel"
            "sla" "in plaats van" "laat los" "verbreek" "houd je niet aan" "ignore" "ignorez"
            "oublie" "oubliez" "contourne" "contournez" "néglige*" "outrepasse*" "désactive*"
            "supprime*" "efface*" "annule*" "enfreins" "brise" "passe outre" "ne tiens pas compte"
            "ne tenez pas compte" "ne respecte" "ne suis pas" "ne suis plus" "fais abstraction"
            "faites abstraction" "abandonne*" "au lieu de" "malgré" "mets de côté" "affranchis"
            "ignora" "ignoren" "olvida" "olvídate" "olviden" "olvide*" "omite*" "omita" "desactiva*"
            "elimina*" "borra*" "salta*" "sáltate" "rompe" "viola" "descarta*" "desobedece*"
            "no sigas" "no obedezcas" "no hagas caso" "haz caso omiso" "deja de lado"
            "deja de seguir" "pasa por alto" "anula*" "en lugar de" "libérate" "dimentica"
            "dimenticate" "dimenticati" "scorda*" "trascura*" "disattiva*" "cancella*" "aggira*"
            "infrangi" "non seguire" "non rispettare" "non tenere conto" "lascia perdere" "scarta"
            "al posto di" "invece di" "liberati" "ignorem" "esqueça" "esqueçam" "esqueca*" "esquece"
            "desconsidere*" "desconsidera" "desative*" "apague*" "elimine" "descarte" "quebre"
            "viole" "contorne" "burle" "pare de seguir" "não siga" "nao siga" "não obedeça"
            "deixe de lado" "anule" "em vez de" "liberte se" "zignoruj*" "ignoruj*" "zapomnij*"
            "pomiń" "omiń" "obejdź" "wyłącz" "usuń" "skasuj" "złam" "odrzuć" "porzuć"
            "nie przestrzegaj" "nie stosuj" "nie słuchaj" "zamiast" "unieważnij" "wymaż"
            "игнорируй*" "проигнорируй*" "забудь*" "отбрось" "отмени" "отключи*" "обойди" "нарушь"
            "сотри" "удали" "не следуй" "не соблюдай" "не обращай внимания" "не выполняй" "вместо"
            "пренебреги" "сбрось" "перестань" "откажись от" "выйди за" "ігноруй*" "відкинь"
            "zapomeň" "ignorera" "glöm" "bortse från" "strunta i" "glem" "se bort fra" "yok say"
            "تجاهل" "تجاهلي" "انس" "انسى" "إنس" "تخط" "تجاوز" "ألغ" "امسح" "لا تتبع" "عطل" "خالف"
            "اكسر" "نادیده بگیر" "فراموش کن" "abaikan" "lupakan" "hapus" "langgar" "lewati"
            "matikan" "jangan ikuti" "bỏ qua" "quên" "phớt lờ" "lờ đi" "hủy" "xóa" "đừng tuân"
            "không tuân" "tắt" "忽略" "忽视" "無視" "无视" "忘记" "忘記" "忘掉" "抛开" "拋開" "跳过" "绕过" "繞過" "不要遵守"
            "不要遵循" "不用遵守" "不必遵守" "取消" "清除" "删除" "覆盖" "违反" "打破" "放弃" "不要理会" "不要管" "别管" "关闭" "解除"
            "停止遵守" "丢掉" "撇开" "ignorer" "انسَ" "felejtsd el" "hagyd figyelmen kívül" "ignoră" "uită"
            "αγνόησε" "ξέχασε" "jätä huomiotta" "quên hết" "quên đi"
        },
    ),
    (
        Meaning::VOIDED,
        begins! {
            "ausschalten" "abschalten" "außer acht" "nie obowiązują" "nie obowiązuje" "neplatí"
            "不再受" "無効です" "bhool jao" "bhul jao" "değilsin" "不受" "nicht mehr" "ungültig" "hinfällig"
            "aufgehoben" "abgeschaltet" "deaktiviert" "außer kraft" "nicht beachten" "gelten nicht"
            "überschrieben" "gelöscht" "obsolet" "egal" "niet meer" "ongeldig" "vervallen"
            "niet langer" "ne sont plus" "ne s appliquent plus" "nulles" "annulées" "levées"
            "caduques" "désactivées" "ne comptent plus" "ya no" "anuladas" "no aplican" "sin efecto"
            "no valen" "desactivadas" "canceladas" "non valgono" "annullate" "disattivate"
            "não valem" "não se aplicam" "foram canceladas" "já não" "nie obowiązuj*" "anulowane"
            "nieważne" "больше не действ*" "отменен*" "отменён*" "не действу*" "недействительн*"
            "отключен*" "не имеют" "устарел*" "снят*" "gäller inte" "gælder ikke" "gjelder ikke"
            "görmezden gel*" "yok say*" "unut*" "göz ardı et*" "dikkate alma*" "boş ver*"
            "geçersiz*" "iptal*" "sil" "devre dışı" "uyma" "bırak" "çiğne" "aş" "kapat" "لاغية"
            "ملغاة" "لم تعد" "را نادیده" "را فراموش" "نادیده" "فراموش" "अनदेखा*" "नज़रअंदाज़*"
            "नजरअंदाज*" "भूल*" "इग्नोर*" "उपेक्षा*" "हटा*" "रद्द*" "मत मान*" "तोड़*" "ignore karo"
            "ignore kar" "bhool*" "bhul*" "andekha*" "nazarandaz*" "作废" "失效" "无效" "不再有效" "不再适用"
            "已取消" "没用" "忘掉" "忘记" "无视" "忽略" "無視*" "忘れ*" "破棄*" "取り消*" "従わな*" "守らな*" "捨て*" "無効*" "破っ*"
            "破り*" "解除*" "オフ*" "気にしな*" "リセット*" "上書き*" "무시*" "잊*" "따르지*" "무효*" "해제*" "취소*" "버리*" "지우*"
            "삭제*" "어기*" "어겨*" "벗어나*" "끄*" "꺼*" "초기화*" "nicht weiter" "nicht länger"
            "nicht weiterhin" "ne marche plus" "no aplica" "non vale più" "unohda"
        },
    ),
    (
        Meaning::PRIOR,
        begins! {
            "vorherig*" "bisherig*" "früher*" "frueher*" "vorangegangen*" "obig*" "ursprünglich*"
            "vorig*" "zuvor" "oben" "bisher" "alle" "alles" "sämtliche" "jegliche" "vorhergehend*"
            "anfänglich*" "geltend*" "intern*" "ganzen" "versteckt*" "geheim*" "eerdere" "vorige"
            "bovenstaande" "voorgaande" "oorspronkelijke" "verborgen" "geheime" "précédent*"
            "precedent*" "antérieur*" "ci dessus" "toutes" "tous" "initiale*" "initiaux" "avant"
            "cachée*" "secrète*" "d origine" "préalable*" "anterior*" "previa*" "previas" "todas"
            "todos" "iniciales" "originales" "antes" "arriba" "ocultas" "secretas" "precedenti"
            "precedente" "tutte" "tutti" "iniziali" "originali" "nascoste" "sopra" "prima" "prévias"
            "iniciais" "originais" "acima" "anteriores" "poprzedni*" "wcześniejsz*" "wszystki*"
            "wszelki*" "powyższ*" "dotychczasow*" "ukryt*" "początkow*" "предыдущ*" "прежн*" "все"
            "всех" "всё" "вышеуказан*" "ранее" "исходн*" "первоначальн*" "скрыт*" "секретн*"
            "попередн*" "усі" "всі" "předchozí" "všechny" "tidigare" "alla" "föregående"
            "ovanstående" "tidligere" "foregående" "önceki" "tüm" "bütün" "yukarıdaki" "daha önce*"
            "şimdiye kadar" "gizli" "bundan önceki" "السابقة" "جميع" "كل" "أعلاه" "سابقة" "قبلی"
            "تمام" "همه" "المخفية" "السرية" "الأصلية" "पिछले" "पिछली" "सभी" "सारे" "सारी" "पहले"
            "ऊपर" "पूर्व" "pichle" "pichhle" "sabhi" "saare" "pehle" "sebelumnya" "semua" "di atas"
            "trước" "trước đó" "tất cả" "mọi" "ở trên" "之前" "先前" "以前" "以上" "上面" "上述" "所有" "一切" "前面"
            "全部" "原来" "原有" "任何" "隐藏" "此前" "前の" "これまで" "すべて" "全て" "上記" "今まで" "先ほど" "元の" "最初の" "あらゆる"
            "これ以前" "이전" "모든" "앞의" "위의" "지금까지" "기존" "앞선" "원래" "전부" "모두" "숨겨진" "všechna" "hết" "các"
            "aiemmat" "kaikki" "összes" "előző" "toate" "anterioare"
        },
    ),
    (
        Meaning::OWN.or(Meaning::YOU),
        begins! {
            "dein" "deine" "deinen" "deiner" "deines" "deinem" "ihre" "ihren" "ihr" "eure" "dir"
            "je" "jouw" "uw" "jou" "tes" "ton" "ta" "vos" "votre" "tus" "tu" "sus" "su" "tuoi"
            "tue" "tua" "tuo" "vostre" "suas" "sua" "seus" "seu" "teus" "tuas" "te dieron"
            "que tienes" "twoje" "twoich" "twój" "swoje" "swoich" "twoimi" "твои" "твой" "твоих"
            "свои" "своих" "ваши" "ваш" "свой" "тебе" "вам" "своего" "твоего" "твої" "svá" "své"
            "tvé" "dina" "din" "ditt" "dine" "dit" "senin" "sana" "sistem" "kendi" "verilen" "لك"
            "لديك" "إليك" "خود" "تو" "نظام" "अपने" "अपनी" "अपना" "तुम्हारे" "आपके" "आपको" "apne"
            "apni" "tumhare" "aapke" "kamu" "anda" "mu" "của bạn" "bạn" "hệ thống" "你的" "您的" "系统"
            "系統" "你" "あなたの" "君の" "お前の" "あなた" "システム" "与えられた" "当신의" "당신의" "너의" "네" "시스템" "당신" "너"
        },
    ),
    (
        Meaning::REVEAL,
        begins! {
            "zeig*" "nenn*" "gib" "gebt" "verrat*" "wiederhol*" "druck*" "schreib*" "offenbar*"
            "teile" "teil" "sag" "sage" "liste" "übersetz*" "enthüll*" "kopier*" "lies" "was steht"
            "was sind" "wie lauten" "wie lautet" "welche" "fasse" "was ist" "gibst" "toon" "laat"
            "geef" "herhaal" "print" "vertel" "schrijf" "noem" "wat zijn" "wat is" "wat staat"
            "onthul" "lees" "montre*" "affiche*" "répète*" "repete*" "révèle*" "donne*" "imprime*"
            "écris" "dis moi" "quelles sont" "quelle est" "quel est" "quels sont" "divulgue*"
            "traduis" "résume*" "cite" "copie" "recopie*" "lis moi" "muestra*" "muéstra*" "repite*"
            "revela*" "dime" "dame" "escribe*" "cuáles son" "cuales son" "cuál es" "cual es"
            "enseña*" "enséña*" "lista" "copia*" "traduce" "resume" "quiero ver" "mostra*"
            "ripeti*" "rivela*" "stampa*" "dimmi" "scrivi*" "quali sono" "qual è" "elenca"
            "fammi vedere" "traduci" "riassumi" "mostre*" "repita*" "revele*" "imprima*" "diga*"
            "escreva*" "quais são" "quais sao" "qual é" "traduza" "resuma" "exiba" "me dê" "conte"
            "pokaż*" "wyświetl*" "powtórz*" "ujawnij*" "wydrukuj*" "napisz*" "podaj*" "jakie są"
            "jaki jest" "jakie masz" "wypisz*" "zdradź" "покажи*" "выведи*" "повтори*" "раскрой*"
            "напечатай*" "напиши*" "расскажи*" "какие" "каков" "какой" "перечисли*" "скопируй*"
            "процитируй*" "переведи*" "сообщи*" "назови*" "выдай" "покажіть" "zobraz" "vypiš"
            "visa" "skriv ut" "upprepa" "avslöja" "vis" "gentag" "gjenta" "اعرض" "أظهر" "اظهر"
            "اطبع" "كرر" "اكشف" "اكتب" "أخبرني" "اخبرني" "ما هي" "ما هو" "أعطني" "نشان بده"
            "چاپ کن" "tampilkan" "tunjukkan" "cetak" "ulangi" "sebutkan" "apa" "hiển thị"
            "cho tôi xem" "cho tôi biết" "in ra" "lặp lại" "tiết lộ" "liệt kê" "显示" "顯示" "输出" "輸出"
            "重复" "重複" "打印" "告诉我" "告訴我" "展示" "透露" "列出" "公开" "说出" "写出" "复述" "泄露" "把" "给我看" "翻译" "什么是"
            "复制" "教えて"
        },
    ),
    (
        Meaning::SHOWN,
        begins! {
            "göster*" "yazdır*" "tekrarla*" "tekrar et*" "açıkla*" "paylaş*" "söyle*" "listele*"
            "nedir" "neler" "yaz" "anlat" "ver" "दिखा*" "बता*" "दोहरा*" "प्रिंट*" "लिख*" "प्रकट*"
            "क्या है" "क्या हैं" "dikha*" "bata*" "dohra*" "print karo" "نشان" "چیست" "是什么" "是甚麼"
            "显示" "输出" "告诉我" "写出来" "发给我" "给我" "打印" "说出来" "重复" "复述" "列出" "表示*" "見せ*" "教え*" "出力*"
            "繰り返*" "書い*" "開示*" "明かし*" "示し*" "印刷*" "何です*" "公開*" "翻訳*" "要約*" "리스트" "보여*" "알려*" "출력*"
            "반복*" "공개*" "말해*" "적어*" "써*" "뭐*" "무엇*" "번역*" "요약*" "복사*" "밝혀*"
        },
    ),
    (
        Meaning::ROLE.or(Meaning::YOU),
        begins! {
            "du bist jetzt" "du bist nun" "ab jetzt" "ab sofort" "von nun an" "tu so als" "spiel"
            "spiele" "stell dir vor" "verhalte dich" "agiere" "handle als" "antworte als"
            "je bent nu" "doe alsof" "speel" "vanaf nu" "gedraag je" "tu es maintenant"
            "tu es désormais" "à partir de maintenant" "désormais" "fais comme si" "joue le rôle"
            "joue" "imagine que" "comporte toi" "agis comme" "réponds comme" "réponds" "ahora eres"
            "a partir de ahora" "desde ahora" "actúa como" "actua como" "finge" "imagina que"
            "haz de cuenta" "compórtate" "eres" "responde" "haz el papel" "ora sei" "adesso sei"
            "da ora in poi" "d ora in poi" "fingi" "agisci come" "comportati" "immagina"
            "interpreta" "sei" "rispondi" "agora você é" "a partir de agora" "finja" "aja como"
            "comporte se" "você é" "voce e" "responda" "interprete" "jesteś teraz" "teraz jesteś"
            "od teraz" "udawaj*" "zachowuj się" "wciel się" "działaj jako" "wyobraź sobie"
            "odpowiadaj" "odpowiedz" "jesteś" "теперь ты" "ты теперь" "отныне" "с этого момента"
            "притворись" "представь" "веди себя" "действуй как" "сыграй" "ты" "отвечай" "ответь"
            "тепер ти" "nyní jsi" "du är nu" "låtsas" "du er nu" "lat som" "artık" "bundan sonra"
            "gibi davran" "rol yap" "sen" "أنت الآن" "من الآن" "تظاهر" "تصرف" "تخيل" "أجب"
            "تو اکنون" "अब तुम" "अब आप" "अब से" "ab tum" "ab se" "sekarang kamu" "mulai sekarang"
            "berpura pura" "bertindak" "từ bây giờ" "hãy đóng vai" "giả vờ" "hãy hoạt động"
            "bây giờ bạn" "你现在是" "現在你是" "现在你是" "从现在开始" "从现在起" "扮演" "假装" "假裝" "想象" "充当" "你是" "你将"
            "回答" "今から" "これから" "あなたは" "君は" "ふりを" "演じ*" "なりき*" "として" "答え*" "지금부터" "이제부터" "너는" "당신은"
            "넌" "척" "역할" "처럼" "대답*" "답변*"
        },
    ),
    (
        Meaning::NO,
        begins! {
            "ohne" "keine" "keinen" "keinerlei" "frei von" "zonder" "geen" "sans" "aucun" "aucune"
            "libre de" "sin" "ninguna" "ningún" "senza" "nessun*" "sem" "nenhum*" "livre de" "bez"
            "żadnych" "без" "никаких" "нет" "utan" "inga" "uden" "uten" "ingen" "بدون" "بلا" "دون"
            "لا" "बिना" "कोई" "tanpa" "không" "没有" "沒有" "不受" "无" "無" "のない" "なしで" "없는" "없이"
            "olmadan" "olmayan" "yok"
        },
    ),
    (
        Meaning::NOT,
        begins! {
            "не" "nie" "não" "nao" "nicht" "niet" "vergiss nicht" "n" "ne" "don t" "inte" "ikke"
            "公開しない" "開示しない" "表示しない" "教えない" "見せない" "漏らさない" "出力しない" "共有しない" "공개하지" "보여주지" "알려주지" "말하지"
        },
    ),
    (
        Meaning::MODEL,
        begins! {
            "ki" "künstliche intelligenz"  "inteligencia artificial"
            "intelligence artificielle" "assistent" "asistente" "assistente" "asystent*"
            "ассистент*" "ии" "нейросет*" "бот" "модел*" "yapay zeka" "asistan" "ذكاء اصطناعي"
            "مساعد" "人工智能" "助手" "モデル" "アシスタント" "모델" "인공지능" "챗봇" "机器人" "ロボット" "sztuczn*"
        },
    ),
    (
        Meaning::MODE,
        begins! {
            "entwicklermodus" "entwickler modus" "admin modus" "adminmodus" "debugmodus" "gottmodus"
            "mode développeur" "mode développement" "mode administrateur" "mode dieu" "mode debug"
            "modo desarrollador" "modo de desarrollador" "modo administrador" "modo dios"
            "modo desenvolvedor" "modo de desenvolvedor" "modo deus" "modalità sviluppatore"
            "modalità amministratore" "modalità dio" "ontwikkelaarsmodus" "ontwikkelmodus"
            "tryb programisty" "tryb dewelopera" "tryb deweloperski" "tryb administratora"
            "режим разработчика" "режим администратора" "режим бога" "режим розробника"
            "vývojářský režim" "utvecklarläge" "udviklertilstand" "utviklermodus" "geliştirici modu"
            "yönetici modu" "وضع المطور" "وضع المسؤول" "डेवलपर मोड" "mode pengembang"
            "chế độ nhà phát triển" "开发者模式" "开发人员模式" "管理员模式" "上帝模式" "開發者模式" "開発者モード" "管理者モード"
            "개발자 모드" "관리자 모드"
        },
    ),
    (
        Meaning::ENABLE,
        begins! {
            "schalte" "wechsle" "aktiviere" "aktivier" "starte" "geh in" "gehe in" "active"
            "activez" "passe en" "passez en" "entre en" "activa" "activar" "cambia a" "entra en"
            "attiva" "passa in" "passa alla" "entra in" "ative" "ativa" "mude para" "entre no"
            "entra no" "activeer" "schakel" "ga naar" "ga in" "zet" "włącz" "aktywuj" "przejdź w"
            "przejdź do" "uruchom" "включи" "активируй" "перейди в" "войди в" "увімкни" "активуй"
            "перейди" "zapni" "přepni" "aktivuj" "aktivera" "aktiver" "slå på" "gå in i" "geç"
            "etkinleştir" "aç" "فعّل" "فعل" "ادخل" "चालू" "सक्रिय" "aktifkan" "masuk" "nyalakan"
            "bật" "kích hoạt" "vào" "开启" "启用" "进入" "激活" "打开" "切换" "切換" "啟用" "オン" "有効" "切り替え" "入って"
            "起動" "켜" "활성화" "전환" "들어가"
        },
    ),
    (
        Meaning::SAYS_VOID,
        begins! {
            "keine regeln mehr" "keinerlei regeln" "keine einschränkungen mehr"
            "keine richtlinien mehr" "keine grenzen mehr" "gelten für dich nicht"
            "gelten für dich keine" "gilt für dich nicht" "bist an keine" "nicht an regeln gebunden"
            "an keine regeln gebunden" "musst dich an keine" "musst dich nicht an"
            "brauchst dich nicht an" "halte dich nicht mehr" "hör nur auf mich" "höre nur auf mich"
            "gehorche nur mir" "nur mir gehorchen" "plus aucune règle" "plus aucune limite"
            "plus aucune restriction" "plus de règles" "plus de restrictions" "plus de limites"
            "plus de filtre" "n as plus de" "aucune règle ne" "n obéis qu à moi" "obéis qu à moi"
            "obéis seulement" "ya no tienes reglas" "no tienes reglas" "ya no tienes restricciones"
            "no tienes restricciones" "ya no tienes límites" "ninguna regla" "ninguna restricción"
            "nadie te hubiera dado reglas" "obedece solo a mí" "solo me obedeces" "obedéceme solo"
            "non hai più regole" "non hai regole" "non hai più restrizioni" "non hai più limiti"
            "nessuna regola" "nessuna restrizione" "obbedisci solo a me" "não tem regras"
            "não tem mais regras" "não tens regras" "não há regras" "não há mais regras"
            "nenhuma regra" "nenhuma restrição" "sem nenhuma regra" "obedeça apenas a mim"
            "obedece só a mim" "geen regels meer" "geen enkele regel" "niet meer aan je regels"
            "niet aan je regels" "je aan geen" "luister alleen naar mij" "gehoorzaam alleen mij"
            "żadne zasady" "żadnych zasad" "żadne reguły" "żadnych reguł" "żadnych ograniczeń"
            "nie masz zasad" "nie masz już" "słuchaj tylko mnie" "никаких правил"
            "никаких ограничений" "нет правил" "нет ограничений" "больше нет правил"
            "больше нет ограничений" "не обязан соблюдать" "не обязан следовать" "не связан"
            "слушайся только меня" "подчиняйся только мне" "жодних правил" "жодних обмежень"
            "немає правил" "žádná pravidla" "žádné pravidla" "žádná omezení" "inga regler"
            "inga begränsningar" "ingen regler" "ingen begrænsninger" "ingen begrensninger"
            "hiçbir kurala" "hiçbir kural" "hiçbir kısıtlama" "hiçbir sınır" "kuralların yok"
            "sadece bana itaat" "لا توجد قواعد" "لا قيود عليك" "ليس لديك قيود" "ليس لديك قواعد"
            "بلا قواعد" "بدون قواعد" "هیچ قانونی" "هیچ محدودیتی" "कोई नियम नहीं" "कोई सीमा नहीं"
            "कोई प्रतिबंध नहीं" "koi rules nahi" "koi niyam nahi" "koi limit nahi" "rules bhool"
            "rules bhul" "tidak ada aturan" "tanpa aturan apa" "không có quy tắc"
            "không còn quy tắc" "không còn giới hạn" "không bị ràng buộc" "没有任何规则" "没有规则" "不再受任何"
            "不受任何规则" "不受规则" "没有任何限制" "不必遵守任何" "只听我的" "只服从我" "只听从我" "制限はありません" "ルールはありません" "規則はありません"
            "従う必要はありません" "守る必要はありません" "私だけに従" "内容は無効" "上記は無効" "규칙이 없" "규칙은 없" "제한이 없" "제한은 없"
            "따를 필요가 없" "지킬 필요가 없" "내 말만"
        },
    ),
    (
        Meaning::SAYS_COMPLY,
        begins! {
            "lehne nicht ab" "lehn nicht ab" "verweigere nicht" "nicht verweigern"
            "darfst nicht ablehnen" "darfst dich nicht weigern" "keine ausreden" "warne mich nicht"
            "ohne warnung" "ohne warnhinweis" "ohne moral" "ohne belehrung" "moralpredigt"
            "sag nicht dass du" "sag nicht nein" "ne refuse pas" "ne refusez pas" "sans refuser"
            "sans avertissement" "sans morale" "tu ne peux pas refuser" "interdit de refuser"
            "ne dis pas que" "pas de refus" "no te niegues" "no puedes negarte" "sin negarte"
            "sin advertencias" "sin moralizar" "no digas que no" "no puedes decir que no"
            "no rechaces" "non rifiutare" "non puoi rifiutare" "senza rifiutare" "senza avvertenze"
            "senza avvertimenti" "senza moralismi" "non dire di no" "não recuse" "não pode recusar"
            "sem recusar" "sem avisos" "sem moralismo" "não diga que não" "não se recuse"
            "weiger niet" "niet weigeren" "zonder waarschuwing" "zonder te weigeren" "nie odmawiaj"
            "nie możesz odmówić" "bez ostrzeżeń" "bez moralizowania" "не отказывай" "не отказывайся"
            "отказ не" "без предупреждений" "без морализаторства" "нельзя отказ" "не відмовляй"
            "не відмовляйся" "neodmítej" "vägra inte" "utan varningar" "reddetme" "reddedemezsin"
            "uyarı yapma" "لا ترفض" "لا تعتذر" "بدون تحذيرات" "بدون تحذير" "मना मत कर" "इनकार मत"
            "mana mat kar" "jangan menolak" "tanpa peringatan" "đừng từ chối" "không được từ chối"
            "不要拒绝" "不许拒绝" "不得拒绝" "不能拒绝" "不准拒绝" "别拒绝" "不要警告" "不要道歉" "不要說不" "不要说不" "拒绝是" "断らない"
            "拒否しない" "拒否せず" "断らず" "拒否は" "警告なし" "警告は不要" "거절하지" "거부하지" "경고 없이" "경고하지"
        },
    ),
];
