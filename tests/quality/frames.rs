//! The texts that values stand in: sentences of many languages, and the formats of machines.
//!
//! `{v}` is the value, `{w}` the word that names it, `{k}` the same as a key: `card_number`.

use crate::lang::Lang;

/// Sentences of a language: those that name what they hold, and those that don't.
pub struct Sentences {
    /// The language.
    pub lang: Lang,
    /// With the word.
    pub worded: &'static [&'static str],
    /// Without it.
    pub bare: &'static [&'static str],
}

/// The sentences of a language.
pub fn sentences(lang: Lang) -> &'static Sentences {
    let [first, ..] = SENTENCES;
    SENTENCES.iter().find(|it| it.lang == lang).unwrap_or(first)
}

const SENTENCES: &[Sentences; 18] = &[
    Sentences {
        lang: Lang::En,
        worded: &[
            "My {w} is {v}.",
            "Here is the {w}: {v}",
            "{w}: {v}",
            "Can you check the {w} {v} for me, please?",
            "Hi, I moved last week. The {w} stays the same ({v}), but please update the rest.",
            "The customer gave us two things: a complaint and the {w} \"{v}\".",
            "{w} = {v}; please confirm by Friday",
            "Please write the following into the file, {w}, {v}, and close the ticket.",
            "Summary of the call: caller verified by {w} {v}, then asked about shipping.",
            "{w} - {v}\nWhat do I do next?",
            "I think I made a mistake when I typed the {w}. It should be {v}!",
            "Ticket 4: {w} {v}, 2 attachments",
        ],
        bare: &[
            "{v}",
            "Please check {v} again.",
            "It was {v}, I believe.",
            "{v} is what she sent me.",
            "As discussed: {v}",
            "Why does the form reject \"{v}\"?",
            "Use this one ({v}) instead of the old one.",
            "Row 3; {v}; open",
            "Is <{v}> still right?",
            "First note.\n{v}\nLast note.",
        ],
    },
    Sentences {
        lang: Lang::De,
        worded: &[
            "Meine Angabe zu {w} lautet {v}.",
            "{w}: {v}",
            "Guten Tag, hier noch {w}: {v}. Mit freundlichen Grüßen",
            "Bitte {w} {v} in die Akte übernehmen.",
            "Könnten Sie bitte prüfen, ob {w} ({v}) stimmt?",
            "Im Formular steht unter {w} „{v}“, das ist richtig.",
            "{w} {v}, Anlage 2",
            "Vorgang 17, {w}: {v}; Rückmeldung bis Montag",
        ],
        bare: &[
            "{v}",
            "Bitte {v} noch einmal prüfen.",
            "Es war {v}, glaube ich.",
            "Warum wird „{v}“ abgelehnt?",
            "Neu ist {v} (seit Mai).",
            "Zeile 3; {v}; offen",
        ],
    },
    Sentences {
        lang: Lang::Fr,
        worded: &[
            "Bonjour, mon {w} est le {v}.",
            "{w} : {v}",
            "Voici {w} : {v}, merci de confirmer.",
            "Merci de vérifier {w} ({v}) avant vendredi.",
            "Le client a donné « {v} » comme {w}.",
            "{w} {v}, dossier complet",
            "Objet : {w} {v}",
        ],
        bare: &[
            "{v}",
            "Merci de vérifier {v} encore une fois.",
            "C'était {v}, je crois.",
            "Pourquoi « {v} » est-il refusé ?",
            "L'ancien a été remplacé par {v}.",
            "Ligne 3 ; {v} ; ouvert",
        ],
    },
    Sentences {
        lang: Lang::Es,
        worded: &[
            "Mi {w} es {v}.",
            "{w}: {v}",
            "Buenos días, le envío {w}: {v}. Gracias.",
            "¿Puede comprobar {w} {v}?",
            "El cliente facilitó {w} ({v}) por teléfono fijo.",
            "{w} {v}, pendiente de firma",
        ],
        bare: &[
            "{v}",
            "Revise {v} otra vez, por favor.",
            "¿Por qué no acepta «{v}»?",
            "Era {v}, creo.",
            "Fila 3; {v}; abierto",
        ],
    },
    Sentences {
        lang: Lang::It,
        worded: &[
            "Il mio {w} è {v}.",
            "{w}: {v}",
            "Buongiorno, ecco {w}: {v}. Grazie.",
            "Può controllare {w} ({v})?",
            "{w} {v}, pratica aperta",
        ],
        bare: &[
            "{v}",
            "Controlli di nuovo {v}, per favore.",
            "Era {v}, credo.",
            "Riga 3; {v}; aperta",
        ],
    },
    Sentences {
        lang: Lang::Pt,
        worded: &[
            "O meu {w} é {v}.",
            "{w}: {v}",
            "Bom dia, segue {w}: {v}. Obrigado.",
            "Pode verificar {w} ({v})?",
            "{w} {v}, processo aberto",
        ],
        bare: &[
            "{v}",
            "Verifique {v} outra vez, por favor.",
            "Era {v}, acho.",
            "Linha 3; {v}; aberto",
        ],
    },
    Sentences {
        lang: Lang::Nl,
        worded: &[
            "Mijn {w} is {v}.",
            "{w}: {v}",
            "Goedemorgen, hierbij {w}: {v}. Groet",
            "Kunt u {w} ({v}) nakijken?",
            "{w} {v}, dossier open",
        ],
        bare: &[
            "{v}",
            "Kijk {v} nog eens na, alstublieft.",
            "Het was {v}, denk ik.",
            "Regel 3; {v}; open",
        ],
    },
    Sentences {
        lang: Lang::Pl,
        worded: &[
            "Mój {w} to {v}.",
            "{w}: {v}",
            "Dzień dobry, podaję {w}: {v}. Pozdrawiam",
            "Proszę sprawdzić {w} ({v}).",
            "{w} {v}, sprawa otwarta",
        ],
        bare: &[
            "{v}",
            "Proszę jeszcze raz sprawdzić {v}.",
            "To było {v}, chyba.",
            "Wiersz 3; {v}; otwarte",
        ],
    },
    Sentences {
        lang: Lang::Sv,
        worded: &[
            "Mitt {w} är {v}.",
            "{w}: {v}",
            "Hej, här kommer {w}: {v}. Tack!",
            "Kan du kontrollera {w} ({v})?",
        ],
        bare: &[
            "{v}",
            "Kontrollera {v} igen, tack.",
            "Det var {v}, tror jag.",
            "Rad 3; {v}; öppen",
        ],
    },
    Sentences {
        lang: Lang::Da,
        worded: &[
            "Mit {w} er {v}.",
            "{w}: {v}",
            "Hej, her er {w}: {v}. Tak!",
            "Kan du tjekke {w} ({v})?",
        ],
        bare: &[
            "{v}",
            "Tjek {v} igen, tak.",
            "Det var {v}, tror jeg.",
            "Linje 3; {v}; åben",
        ],
    },
    Sentences {
        lang: Lang::Fi,
        worded: &[
            "Minun {w} on {v}.",
            "{w}: {v}",
            "Hei, tässä {w}: {v}. Kiitos!",
            "Voitko tarkistaa: {w} ({v})?",
        ],
        bare: &[
            "{v}",
            "Tarkista {v} uudelleen, kiitos.",
            "Se oli {v}, luulisin.",
            "Rivi 3; {v}; auki",
        ],
    },
    Sentences {
        lang: Lang::Cs,
        worded: &[
            "Moje {w} je {v}.",
            "{w}: {v}",
            "Dobrý den, posílám {w}: {v}. Děkuji.",
            "Prosím ověřte {w} ({v}).",
        ],
        bare: &[
            "{v}",
            "Prosím zkontrolujte {v} znovu.",
            "Bylo to {v}, myslím.",
            "Řádek 3; {v}; otevřeno",
        ],
    },
    Sentences {
        lang: Lang::Tr,
        worded: &[
            "Benim {w} {v}.",
            "{w}: {v}",
            "Merhaba, {w}: {v}. Teşekkürler.",
            "{w} ({v}) doğru mu?",
            "{w} {v}'dir.",
        ],
        bare: &[
            "{v}",
            "Lütfen {v} değerini tekrar kontrol edin.",
            "Sanırım {v} idi.",
            "Satır 3; {v}; açık",
        ],
    },
    Sentences {
        lang: Lang::Ru,
        worded: &[
            "Мой {w}: {v}.",
            "{w} — {v}",
            "Здравствуйте, отправляю {w}: {v}. Спасибо.",
            "Проверьте, пожалуйста, {w} ({v}).",
        ],
        bare: &[
            "{v}",
            "Проверьте {v} ещё раз, пожалуйста.",
            "Кажется, это было {v}.",
            "Строка 3; {v}; открыто",
        ],
    },
    Sentences {
        lang: Lang::Zh,
        worded: &[
            "我的{w}是{v}。",
            "{w}：{v}",
            "您好，{w}为 {v}，请查收。",
            "请核对{w}（{v}）是否正确。",
            "{w}{v}，谢谢",
        ],
        bare: &[
            "{v}",
            "请再检查一下{v}。",
            "应该是 {v}。",
            "第3行；{v}；未处理",
        ],
    },
    Sentences {
        lang: Lang::Ja,
        worded: &[
            "私の{w}は{v}です。",
            "{w}：{v}",
            "お世話になります。{w}は「{v}」です。",
            "{w}({v})をご確認ください。",
        ],
        bare: &[
            "{v}",
            "{v}をもう一度確認してください。",
            "たしか {v} でした。",
            "3行目；{v}；未対応",
        ],
    },
    Sentences {
        lang: Lang::Ko,
        worded: &[
            "제 {w}는 {v}입니다.",
            "{w}: {v}",
            "안녕하세요, {w}: {v} 확인 부탁드립니다.",
            "{w}({v})가 맞나요?",
        ],
        bare: &[
            "{v}",
            "{v} 다시 확인해 주세요.",
            "아마 {v} 였을 거예요.",
            "3행; {v}; 열림",
        ],
    },
    Sentences {
        lang: Lang::Hi,
        worded: &[
            "मेरा {w} {v} है।",
            "{w}: {v}",
            "नमस्ते, {w}: {v}, कृपया जाँच लें।",
            "कृपया {w} ({v}) देखें।",
        ],
        bare: &[
            "{v}",
            "कृपया {v} फिर से देखें।",
            "शायद {v} था।",
            "पंक्ति 3; {v}; खुला",
        ],
    },
];

/// Formats of machines, with a key.
pub const KEYED: &[&str] = &[
    "{\"{k}\": \"{v}\"}",
    "{\"id\": 7, \"status\": \"open\", \"{k}\": \"{v}\", \"tags\": [\"a\", \"b\"]}",
    "{\"customer\":{\"{k}\":\"{v}\",\"active\":true}}",
    "{k}={v}",
    "{k}: {v}",
    "  {k}: \"{v}\"\n  active: true",
    "const {k} = \"{v}\";",
    "{k} = '{v}'  # from the old system",
    "2024-05-01T10:00:00Z INFO user.update {k}={v} status=ok",
    "[warn] rejected {k}=\"{v}\" (line 12)",
    "<{k}>{v}</{k}>",
    "| {w} | {v} |\n| state | open |",
    "name,{k},city\nAlva,{v},Oslo",
    "name;{k};city\nAlva;{v};Oslo",
    "name\t{k}\tcity\nAlva\t{v}\tOslo",
    "UPDATE people SET {k} = '{v}' WHERE id = 7;",
    "From: the desk\nSubject: {w}\n\n{v}\n-- \nThe desk",
    "[10:42] alva: {w}?\n[10:43] bruno: {v}\n[10:43] alva: thanks",
    "- {w}: {v}\n- state: open",
    "export {k}=\"{v}\"",
];

/// Formats of machines that don't say what they hold.
pub const UNKEYED: &[&str] = &[
    "{\"value\": \"{v}\"}",
    "[\"{v}\", \"b\", \"c\"]",
    "a,{v},b",
    "a;{v};b",
    "Alva\t{v}\tOslo",
    "2024-05-01T10:00:00Z INFO job.done value={v}",
    "let value = \"{v}\";",
    "| {v} | open |",
    "[10:43] bruno: {v}\n[10:43] alva: thanks",
    "> {v}\nYes, that one.",
    "*{v}*",
    "`{v}`",
    "- {v}\n- next",
];

/// Where a value has several lines.
pub const LINES: &[&str] = &[
    "{w}:\n{v}\n",
    "Please tell me what is wrong with this {w}:\n\n{v}\n\nIt used to work.",
    "```\n{v}\n```",
    "{v}",
    "cat <<'EOF' > key.pem\n{v}\nEOF\nchmod 600 key.pem",
];
