//! Swear words: strong ones, which count, and mild ones, which count for tenants who lower the
//! threshold. Whole words only: towns, birds and lessons hold many of them.

use super::veil::veiled;
use crate::detector::Phrase;
use crate::finding::Category::Profanity;
use crate::finding::{Family, Rule};
use crate::injection::wording::{begins, says};

/// Swear words by strength.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "prof-001",
            Family::Content,
            Profanity,
            "strong",
            80,
            "A strong swear \
            word in English.",
        ),
        begins: veiled! ([ "shpx" "zbgureshpx" "zbgure \
            shpx" "zbgure-shpx" "pyhfgreshpx" "zvaqshpx" "phag" "ohyyfuvg" "ohyy \
            fuvg" "fuvg" "qvcfuvg" "ubefrfuvg" "nffubyr" "nff ubyr" "nefrubyr" "pbpxfhpx" "pbpx \
            fhpx" "qvpxurnq" "ovgpurf" "ovgpuvat" "ovgpul" "fba bs n ovgpu" "lbh \
            ovgpu" "juber" "fyhg" "jnaxre" "gjng" "qbhpuront" "qhzonff" "qhzo \
            nff" "wnpxbss" "wnpx bss" "cvrpr bs fuvg" "fhpx zl qvpx" "fhpx zl pbpx" "rng \
            fuvg" "fgsh" "tgsb" "spx" "shx" "cuhpx" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "(?:zbgure[- ]?|pyhfgre|zvaq)?(?:shpx|shx|spx|cuhpx)(?:f|\
            rq|re|ref|va|vat|vatf|jvg|jvgf|urnq|urnqf|snpr|hc|bss|gneq|l|noyr|ahttrg)?|phagf?|\
            phagl|(?:ohyy[- ]?|qvc|ubefr)?fuvg(?:f|gl|gvre|urnq|urnqf|ubyr|ubyrf|fubj|snpr|ybnq|\
            gvat|ont|fgnva)?|nff[- ]?ubyrf?|nefrubyrf?|pbpx[- ]?fhpx(?:re|ref|vat)|qvpxurnqf?|\
            ovgpurf|ovgpuvat|ovgpul|fba bs n ovgpu|lbh ovgpu|juberf?|fyhgf?|fyhggl|jnaxref?|\
            gjngf?|qbhpurontf?|qhzo[- ]?nff(?:rf)?|wnpx[- ]?bss|cvrpr bs fuvg|fhpx zl (?:qvpx|\
            pbpx)|rng fuvg|fgsh|tgsb"
            ),
            ")(?-u:\\b)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-002",
            Family::Content,
            Profanity,
            "mild",
            40,
            "A mild swear word \
            in English.",
        ),
        begins: veiled! ([ "qnza" "tbqqnza" "penc" "onfgneq" "oybbql \
            uryy" "obyybpxf" "ohttre" "cvff bss" "cvffrq \
            bss" "cvffvat" "nefr" "wnpxnff" "fznegnff" "onqnff" "ovgpu" "cevpx" "jgs" "ohyypenc" "gbffre" "tvg," "oybbql \
            vqvbg" "fperj lbh" "uryy ab" "fbq bss" "qbhpur" "vqvbg" "zbeba" "sernxvat" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "(?:tbq)?qnza(?:rq|vg)?|(?:ohyy)?penc(?:cl)?|onfgneqf?|\
            oybbql (?:uryy|vqvbg)|obyybpxf|ohttre(?: bss)?|cvff(?:rq)? bss|cvffvat|nefrf?|\
            (?:wnpx|fzneg|onq)nff(?:rf)?|ovgpu|cevpxf?|jgs|gbffref?|tvg,|fperj lbh|uryy ab|fbq \
            bss|qbhpur|vqvbgf?|zbebaf?|sernxvat"
            ),
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-003",
            Family::Content,
            Profanity,
            "strong_other",
            80,
            "A strong \
            swear word in another language in Latin letters.",
        ),
        begins: veiled! ([ "svpxra" "svpx qvpu" "trsvpxg" "iresvpxg" "svpxg \
            rhpu" "nefpuybpu" "nefpuyöpure" "uherafbua" "uheraföuar" "jvpufre" "sbgmr" "zvfftroheg" "fpurvßxrey" "fpurvffxrey" "qerpxfnh" "fpuynzcr" "chgnva" "chgr" "svyf \
            qr chgr" "raphyé" "raphyr" "raphyre" "pbaaneq" "pbaanffr" "fnybcr" "avdhr gn" "avdhr \
            fn" "avdhre" "agz" "in gr snver" "ongneq" "oâgneq" "gebh qh phy" "uvwb qr \
            chgn" "uvwn qr chgn" "uvwbf qr \
            chgn" "chgn" "chgnf" "chgb" "pbñb" "pnoeóa" "pnoeba" "tvyvcbyynf" "craqrwb" "puvatn" "puvatne" "puvatnqn" "phyreb" "wbqre" "wbqrgr" "wóqrgr" "znycnevqb" "uvwhrchgn" "znznthrib" "yn \
            pbapun qr gh" "zr pntb \
            ra" "pnmmb" "inssnaphyb" "fgebamb" "fgebamn" "fgebamv" "chggnan" "svtyvb qv \
            chggnan" "pbtyvbar" "pbtyvbav" "zvapuvn" "cbepn chggnan" "cbepb \
            qvb" "ebggvaphyb" "grfgn qv pnmmb" "pnenyub" "svyub qn \
            chgn" "sbqn-fr" "sbqnfr" "sbqre" "sbqvqb" "ohprgn" "neebzonqb" "inv fr sbqre" "inv \
            gbzne ab ph" "cbeen" "ivnqb qr zreqn" "pbeab qr \
            zreqn" "xybbgmnx" "tbqireqbzzr" "xhgjvws" "xnaxreyvwre" "xnaxreubre" "ubrerambba" "arhxra" "glshfyvwre" "grevatyvwre" "xyreryvwre" "syvxxre \
            bc" "yhy \
            qr" "xhejn" "xhejl" "xhejb" "fxhejlfla" "fxhejvry" "wronć" "wronp" "wronal" "wronar" "wronan" "cvreqby" "cvreqbyvć" "cvreqbybal" "jlcvreqnynw" "fcvreqnynw" "puhw" "puhwn" "puhwh" "uhw \
            pv" "cvmqn" "cbwronal" "mnwronal" "bebfch" "fvxgve" "fvxrlvz" "nzıan xbl" "nzvan \
            xbl" "nzıanxbl" "nzvanxbl" "nzx" "cvç xhehfh" "cvp \
            xhehfh" "lneenx" "tögirera" "tbgirera" "nanaı" "znqnepubq" "znqrepubq" "ourapubq" "orurapubq" "oubfqv" "oubfqvxr" "puhgvln" "puhgvlr" "enaqv \
            xn" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "svpxra|svpx qvpu|svpxg rhpu|trsvpxg|iresvpxg(?:r|re|rf|ra|\
            rz)?|nefpuy(?:b|ö)pu(?:re)?|uheraf(?:b|ö)uar?|jvpufre|sbgmra?|zvfftroheg(?:ra)?|\
            fpurv(?:ß|ff)xreyr?|qerpxfnh|fpuynzcra?|chgnva(?: qr zreqr)?|chgrf?|svyf qr chgr|\
            raphy(?:é|r|re|éf)|pbaaneqf?|pbaanffrf?|fnybcrf?|avdhr [fg]n(?: z(?:è|r)er| enpr)?|\
            avdhre|agz|in gr snver (?:sbhger|raphyre|zrgger)|o[nâ]gneqf?|gebh qh phy|uvw[bn]f? \
            qr chgn|chg[nb]f?|pb(?:ñ|a)b|pnoe(?:ó|b)a(?:rf)?|tvyvcbyynf|craqrwbf?|puvatn(?:e|\
            qn)?(?: gh znqer)?|phyrebf?|wbqre|w[bó]qrgr|znycnevqbf?|uvwhrchgn|znznthrib|yn \
            pbapun qr gh (?:znqer|ureznan)|zr pntb ra (?:yn chgn|gh|qvbf|yn yrpur)|pnmmb|\
            inssnaphyb|fgebam[bnv]|(?:svtyvb qv |cbepn )?chggna[nr]|pbtyvba[rv]|zvapuvn|cbepb \
            qvb|ebggvaphyb|grfgn qv pnmmb|pnenyub|svyubf? qn chgn|sbqn-?fr|sbq(?:re|vqb)|ohprgn|\
            neebzonqb|inv fr sbqre|inv gbzne ab ph|cbeen|(?:ivnqb|pbeab) qr zreqn|\
            xybbgmnx(?:xra)?|tbqireqbzzr|xhgjvws|xnaxre(?:yvwre|ubre)|ubrerambba|arhxra|(?:glshf|\
            grevat|xyrer)yvwre|syvxxre bc|yhy qr orunatre|xhej[nlb]|fxhejlfla(?:h|l)?|fxhejvry|\
            wron(?:ć|p|a[lnr])|cvreqby(?:v(?:ć|p)|ba[lnr]|r)?|(?:jl|f)cvreqnynw|puhw[nh]?|uhw pv|\
            cvmq[nlb]|(?:cb|mn)wrona[lnr]|bebfch(?: (?:ç|p)bph(?:ğ|t)h)?|fvxgve(?: tvg)?|fvxrlvz|\
            nz(?:ı|v)an ?xbl(?:nl(?:ı|v)z|vz)?|nzx|cv(?:ç|p) xhehfh|lneenx|t(?:ö|b)girera|\
            nana(?:ı|v) fvx|znq[nr]epubq|o(?:ura|rura)pubq|oubfqv(?:xr)?|puhgvl[nr]|enaqv xn"
            ),
            ")(?-u:\\b)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-004",
            Family::Content,
            Profanity,
            "mild_other",
            40,
            "A mild \
            swear word in another language.",
        ),
        begins: veiled! ([ "fpurvßr" "fpurvffr" "fpurvff" "fpurvß" "ireqnzzg" "zvfg," "nefpu" "xnpxr" "qrcc" "gebggry" "zreqr" "obeqry" "mhg" "pba \
            ," "zvreqn" "pnenwb" "pbwbarf" "ubfgvn" "vqvbgn" "vzoépvy" "zreqn" "pnibyb" "pergvab" "cbepn \
            zvfrevn" "qebtn," "pnprgr" "ireqbzzr" "xhg " "pubyren \
            wnfan" "qhcn" "tójab" "tbjab" "fnynx" "ncgny" "ynarg" ]),
        pattern: says!(
            "(?:",
            veiled!(
                "fpurv(?:ß|ff)r?|ireqnzzg(?:r|re|rf)?|zvfg,|nefpu|xnpxr|\
            qrcc(?:ra)?|gebggry|zreqr|obeqry|mhg|pba ,|zvreqn|pnenwb|pbwbarf|ubfgvn|vqvbgn|\
            vzo(?:é|r)pvy|zreqn|pnibyb|pergvab|cbepn zvfrevn|qebtn,|pnprgr|ireqbzzr|xhg |pubyren \
            wnfan|qhcn|t(?:ó|b)jab|fnynx|ncgny|ynarg"
            ),
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-005",
            Family::Content,
            Profanity,
            "strong_script",
            80,
            "A strong \
            swear word in Cyrillic, Han, Kana, Hangul, Arabic or Devanagari letters.",
        ),
        begins: begins! {
            "хуй" "хуя" "хуё" "хуев" "нахуй" "похуй" "пизд" "ебат" "ебан" "ёбан" "еблан" "ебал"
            "заеб" "долбоёб" "долбоеб" "бляд" "бля " "блять" "мудак" "уёбок" "уебок" "操你" "肏"
            "他妈的" "他媽的" "草泥马" "傻逼" "煞笔" "婊子" "王八蛋" "狗日的" "滚你妈" "ファック" "まんこ" "ちんぽ" "くたばれ" "씨발"
            "시발" "씹새" "병신" "개새끼" "지랄" "좆" "엿먹어" "كس أمك" "كس امك" "شرموط" "ابن الشرموطة" "عاهرة"
            "منيوك" "मादरचोद" "बहनचोद" "चूतिया" "भोसड़ी" "रंडी"
        },
        pattern: "(?:(?:на|по)?ху(?:й|я|ё|ев)[а-яё]{0,6}|пизд[а-яё]{0,8}|(?:за|долбо)?(?:еба|ёба|\
            ебл|еб)[а-яё]{0,8}|долбоёб[а-яё]{0,3}|бляд[а-яё]{0,4}|бля |блять|мудак[а-яё]{0,3}|\
            у[её]бок|操你[妈媽]?|肏|他[妈媽]的|草泥马|傻逼|煞笔|婊子|王八蛋|狗日的|滚你妈|ファック|まんこ|ちんぽ|くたばれ|씨발|시발|씹새끼?|병신|\
            개새끼|지랄|좆|엿먹어|كس [أا]مك|(?:ابن ال)?شرموطة?|عاهرة|منيوك|मादरचोद|बहनचोद|चूतिया|भोसड़ी|\
            रंडी)",
    },
    Phrase {
        rule: Rule::guard(
            "prof-006",
            Family::Content,
            Profanity,
            "insult",
            78,
            "A swear word in English that is meant as an insult, or written with signs.",
        ),
        begins: veiled!(["lbh onfgneq" "ylvat onfgneq" "fghcvq onfgneq" "qvegl onfgneq" "ebggra onfgneq" "gung onfgneq" "sng onfgneq" "ynml onfgneq" "lbh ovgpu" "gung ovgpu" "fghcvq ovgpu" "qhzo ovgpu" "ylvat ovgpu" "penml ovgpu" "htyl ovgpu" "byq ovgpu" "lbh cevpx" "n cevpx" "fghcvq cevpx" "cvff bss" "cvffrq bss" "cvffvat zr" "tb gb uryy" "ebg va uryy" "fperj lbh" "oybbql uryy" "obyybpxf" "ohttre bss" "fbq bss" "gbffre" "nefr" "nefrf" "penc" "ohyypenc" "ybnq bs penc" "jgs" "qbhpur" "s*" "s#" "s@" "sh*x" "shp*" "fu*g" "f**g" "fu!g" "o*gpu" "p*ag" "n**" "n$$" "q*px" "c*ff" "oryyraq" "xabournq" "fxnax" "gjhag" "wrexbss" "fuvgr" "tbofuvgr" "cvffurnq" "zbgures" "gubfr onfgneqf" "yvggyr ovgpu"]),
        pattern: says!(
            "(?:",
            veiled!(
                r#"(?:(?:lbh|ylvat|fghcvq|qvegl|ebggra|gung|gubfr|sng|ynml) (?:shpxvat |fghcvq |qvegl )?onfgneqf?|(?:lbh|gung|fghcvq|qhzo|ylvat|penml|htyl|yvggyr|byq) (?:fghcvq |qhzo |yvggyr )?ovgpu|(?:lbh|n|fghcvq) cevpx|cvff(?:rq)? bss|cvffvat zr bss|(?:tb gb|ebg va) uryy|fperj lbh|oybbql uryy|obyybpxf|(?:ohttre|fbq) bss|gbffref?|nefrf?|(?:ybnq bs |ohyy)?penc(?:cl)?|jgs|qbhpur|(?:zbgures|s)[*#@]{1,3}p?x?(?:vat|re|rq|f)?|sh[*]x(?:vat|re|rq)?|shp[*](?:vat|re|rq)?|fu[*!]g(?:gl|f)?|f[*]{2}g|o[*]gpu(?:rf)?|p[*]agf?|n[*$]{2}(?:ubyr)?f?|q[*]px(?:urnq)?f?|c[*]ff|oryyraqf?|xabournqf?|fxnaxf?|gjhagf?|wrexbssf?|(?:tbo)?fuvgr|cvffurnqf?)"#
            ),
            "(?-u:\\b)|",
            veiled!("s[*]{3}"),
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-007",
            Family::Content,
            Profanity,
            "strong_elsewhere",
            78,
            "A swear word in one of many other languages.",
        ),
        begins: veiled!(["fpurvßr" "fpurvffr" "fpurvß" "fpurvff" "nefpu" "yrpx zvpu" "unyg qvr serffr" "unygf znhy" "unyg qvr fpuanhmr" "irecvff qvpu" "irecvffg rhpu" "zreqr" "snvg puvre" "in gr snver" "gn thrhyr" "pnffr-gbv" "sbhger" "zvreqn" "zr pntb" "ubfgvn" "pnoeóa" "pnoeba" "pnenwb" "irgr n yn" "znevpóa" "zreqn" "pur cnyyr" "cbeen" "pnprgr" "obfgn" "xhg" "wäiyn" "wniyn" "uryirgr" "sl sna" "söe sna" "svggn" "snra" "snaqra" "sbe uryirqr" "ivggh" "fnngnan" "crexryr" "cnfxn" "onffmq" "snfmbz" "trpv" "cvpfn" "xhein" "qb ceqryr" "ubiab" "cíčn" "cvpn" "zhvr" "qenphyhv" "wrobgr" "wrorz" "wrov" "fenawr" "tbiab" "cvčxn" "cvpxn" "fvxrlvz" "bebfch" "onatfng" "xbagby" "zrzrx" "địg" "đụ" "tnzbgb" "iretn" "pnmmb" "pnmmv" "pnmmngn" "craqrw" "puvatnq" "neebzonq" "onffmn zrt" "mxhei" "mnfena" "glshf" "xnaxreyvwre" "xnaxreubre" "xnaxrembbv" "fbqrzvrgre bc" "inssn" "sbqn-fr" "sbqn fr" "qh-gr qenphyhv"]),
        pattern: says!(
            veiled!(
                r#"(?:fpurv(?:ß|ff)(?:r|re|ra|rf|xrey|unhsra|qerpx)?|nefpu(?:trvtr|xevrpure)?|yrpx zvpu(?: nz nefpu)?|unyg(?:f| qvr) (?:serffr|znhy|fpuanhmr)|irecvffg? (?:qvpu|rhpu)|zreqr|snvg puvre|in gr snver (?:sbhger|ibve|raphyre)|gn thrhyr|pnffr_gbv|sbhger|(?:n yn )?zvreqnf?|zr pntb ra|ubfgvn|pnoe(?:ó|b)a(?:rf)?|pnenwb|irgr n yn (?:zvreqn|puvatnqn)|znevp(?:ó|b)a|craqrw[bn]f?|zreqn|pur cnyyr|inssn(?:aphyb)?|pnmm(?:b|v|ngn)|cbeen|sbqn_fr|pnprgr|obfgn|neebzonq[bn]|xhg(?:jvws|mbbv)?|glshf(?:yvwre)?|xnaxre(?:yvwre|ubre|mbbv)|fbqrzvrgre bc|w(?:ä|n)iyn(?:e)?|uryirgr|(?:sl|s(?:ö|b)e) sna|svggn|snra|snaqra|sbe uryirqr|ivggh(?:a|wra)?|fnngnan(?:a)?|crexryr(?:ra)?|cnfxn|onffm(?:q|n) zrt|snfmbz|trpv|cvpfn(?:on)?|xhein(?:svk)?|qb ceqryr|ubiab|c(?:í|v)(?:č|p)n|mxhei[n-m]{2,6}|mnfena[n-méýá]{1,3}|zhvr|qh_gr qenphyhv|qenphyhv|wrobgr|wrorz|wrov fr|fenawr|tbiab|cv(?:č|p)xn|fvxrlvz|bebfch(?: (?:ç|p)bph(?:ğ|t)h)?|onatfng|xbagby|zrzrx|địg (?:zẹ|zr)|đụ (?:zá|zn)|tnzbgb|puvatnq[bn]|iretn)"#
            ),
            "\\b"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "prof-008",
            Family::Content,
            Profanity,
            "strong_other_script",
            78,
            "A swear word in Cyrillic, Greek, Kana, Han, Hangul, Arabic, Hebrew or Devanagari letters.",
        ),
        begins: begins! { "сука" "суки" "сучка" "говно" "жопа" "ебуч" "ублюд" "гандон" "срань" "пидор" "пидар" "шлюха" "майната" "μαλάκα" "μαλακα" "γαμώτο" "γαμωτο" "γαμησ" "πουτάνα" "ちくしょう" "馬鹿野郎" "死ね" "妈的" "媽的" "滚蛋" "操蛋" "좆같" "씨팔" "닥쳐" "يلعن" "כוסאמק" "बहन के" "クソ野郎" "クソったれ" "くそ野郎" "くそったれ" "हरामी" "हरामज़ादे" },
        pattern: r"(?:(?:сук[аи](?:н|ы)?|сучка|говн(?:о|а|юк)|жоп(?:а|у|е)|ебуч[а-я]{2,3}|ублюд(?:ок|ки)|гандон|срань|пид[оа]р(?:ас|асы|ы)?|шлюх(?:а|и)|майната ти|μαλ(?:ά|α)κ(?:α|ας|ες)|γαμ(?:ώ|ω)το|γαμησ[α-ω]{1,4}|πουτ(?:ά|α)να|يلعن|כוסאמק)\b|クソ(?:野郎|ったれ)|くそ(?:野郎|ったれ)|ちくしょう|馬鹿野郎|死ね|[妈媽]的|滚蛋|操蛋|좆같[가-힣]{1,2}|씨팔|닥쳐|बहन के|हरामी|हरामज़ादे)",
    },
];
