//! How people are reached and called: mail addresses, names, birthdays, addresses of machines.

use super::{Kind, Proof, Strength, birthday};
use crate::lang::Lang::{Cs, Da, De, En, Es, Fi, Fr, Hi, It, Ja, Ko, Nl, Pl, Pt, Ru, Sv, Tr, Zh};
use crate::rng::{LOWER, LOWER_DIGITS, Rng};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "e-mail address",
        labels: &["EMAIL"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[
            (En, &["email", "e-mail address", "contact", "reply-to"]),
            (De, &["E-Mail", "Mailadresse"]),
            (Fr, &["courriel", "adresse e-mail"]),
            (Es, &["correo electrónico", "correo"]),
            (It, &["posta elettronica", "e-mail"]),
            (Pt, &["e-mail", "correio eletrónico"]),
            (Nl, &["e-mailadres"]),
            (Pl, &["adres e-mail"]),
            (Sv, &["e-postadress"]),
            (Da, &["e-mailadresse"]),
            (Fi, &["sähköposti"]),
            (Cs, &["e-mail"]),
            (Tr, &["e-posta"]),
            (Ru, &["почта", "электронная почта"]),
            (Zh, &["邮箱", "电子邮件"]),
            (Ja, &["メールアドレス"]),
            (Ko, &["이메일"]),
            (Hi, &["ईमेल"]),
        ],
        make: email,
    },
    Kind {
        name: "IPv4 address",
        labels: &["IP_ADDRESS"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[
            (En, &["ip", "client ip", "remote address"]),
            (De, &["IP-Adresse"]),
            (Fr, &["adresse IP"]),
            (Es, &["dirección IP"]),
            (Pl, &["adres IP"]),
            (Ru, &["IP-адрес"]),
            (Ja, &["IPアドレス"]),
        ],
        make: ipv4,
    },
    Kind {
        name: "IPv6 address",
        labels: &["IP_ADDRESS"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[
            (En, &["ip", "client address", "peer"]),
            (De, &["IP-Adresse"]),
            (Fr, &["adresse IP"]),
        ],
        make: ipv6,
    },
    Kind {
        name: "MAC address",
        labels: &["MAC_ADDRESS"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[(En, &["mac address", "hwaddr"]), (De, &["MAC-Adresse"])],
        make: mac,
    },
    Kind {
        name: "name after a salutation",
        labels: &["PERSON_NAME"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[
            (En, &["name", "contact", "patient"]),
            (De, &["Ansprechpartner", "Name"]),
            (Fr, &["nom"]),
            (Es, &["nombre"]),
            (It, &["nome"]),
        ],
        make: salutation,
    },
    Kind {
        name: "date of birth, US order",
        labels: &["DATE_OF_BIRTH"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &["date of birth", "DOB", "born", "birthday", "birth date"],
        )],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            match rng.below(4) {
                0 => format!("{month:02}-{day:02}-{year}"),
                1 => format!("{month}/{day}/{year}"),
                _ => format!("{month:02}/{day:02}/{year}"),
            }
        },
    },
    Kind {
        name: "date of birth, other orders",
        labels: &["DATE_OF_BIRTH"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["date of birth", "DOB"]),
            (De, &["Geburtsdatum", "geboren am", "geb."]),
            (Fr, &["date de naissance", "né le", "née le"]),
            (Es, &["fecha de nacimiento", "nacido el"]),
            (It, &["data di nascita", "nato il"]),
            (Pt, &["data de nascimento"]),
            (Nl, &["geboortedatum"]),
            (Pl, &["data urodzenia"]),
            (Sv, &["födelsedatum"]),
            (Da, &["fødselsdato"]),
            (Fi, &["syntymäaika"]),
            (Cs, &["datum narození"]),
            (Tr, &["doğum tarihi"]),
            (Ru, &["дата рождения"]),
            (Zh, &["出生日期"]),
            (Ja, &["生年月日"]),
            (Ko, &["생년월일"]),
        ],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            match rng.below(4) {
                0 => format!("{year}-{month:02}-{day:02}"),
                1 => format!("{day:02}/{month:02}/{year}"),
                _ => format!("{day:02}.{month:02}.{year}"),
            }
        },
    },
];

/// Given names, invented persons' among them.
pub(super) const GIVEN: &[&str] = &[
    "Alva", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hiro", "Ines", "Jonas",
    "Katja", "Leon", "Mira", "Nils", "Oona", "Pavel", "Rosa", "Samir", "Tilda", "Umut", "Vera",
    "Wim", "Yara", "Zoe",
];

/// Family names that nobody was asked for.
pub(super) const FAMILY: &[&str] = &[
    "Adler",
    "Brandwijk",
    "Castello",
    "Dumontel",
    "Eklund",
    "Farrow",
    "Grabowski",
    "Halloran",
    "Iversen",
    "Jansson",
    "Kowalke",
    "Lindqvist",
    "Marchetti",
    "Novotny",
    "Okafor",
    "Pereira",
    "Quinlan",
    "Rosenthal",
    "Sandoval",
    "Tanaka",
    "Ullmann",
    "Vasquez",
    "Whitlock",
    "Yilmaz",
    "Zeller",
];

fn email(rng: &mut Rng) -> String {
    let given = rng.one(GIVEN).to_lowercase();
    let family = rng.one(FAMILY).to_lowercase();
    let number = rng.below(1000);
    let local = match rng.below(9) {
        0 => given,
        1 => format!("{given}{family}"),
        2 => format!("{given}_{family}"),
        3 => format!(
            "{given}.{family}+{}",
            rng.one(&["shop", "news", "2024", "test"])
        ),
        4 => format!("{family}{number}"),
        5 => format!("{}-{family}", given.chars().next().unwrap_or('x')),
        6 => format!("{}.{}", rng.one(GIVEN), rng.one(FAMILY)),
        7 => rng.letters(LOWER_DIGITS, 7) + "a",
        _ => format!("{given}.{family}"),
    };
    let host = match rng.below(6) {
        0 => "example.org".to_owned(),
        1 => "mail.example.net".to_owned(),
        2 => format!("{}.example", rng.letters(LOWER, 6)),
        3 => format!("{}-{}.test", rng.letters(LOWER, 4), rng.letters(LOWER, 3)),
        4 => format!(
            "{}.{}",
            rng.letters(LOWER, 9),
            rng.one(&["co.uk", "de", "fr", "com.br", "io", "museum", "co.jp"])
        ),
        _ => "example.com".to_owned(),
    };
    format!("{local}@{host}")
}

fn ipv4(rng: &mut Rng) -> String {
    // Addresses of documentation (RFC 5737), and public ones that may be anybody's.
    match rng.below(4) {
        0 => format!("192.0.2.{}", rng.between(1, 254)),
        1 => format!("198.51.100.{}", rng.between(1, 254)),
        2 => format!("203.0.113.{}", rng.between(1, 254)),
        _ => format!(
            "{}.{}.{}.{}",
            rng.between(11, 99),
            rng.below(256),
            rng.below(256),
            rng.between(1, 254)
        ),
    }
}

fn ipv6(rng: &mut Rng) -> String {
    let group = |rng: &mut Rng| format!("{:x}", rng.between(1, 0xffff));
    match rng.below(4) {
        0 => format!("2001:db8::{}", group(rng)),
        1 => format!("2001:db8:{}::{}:{}", group(rng), group(rng), group(rng)),
        2 => {
            let groups: Vec<_> = (0..6).map(|_| group(rng)).collect();
            format!("2001:db8:{}", groups.join(":"))
        }
        _ => {
            let groups: Vec<_> = (0..6)
                .map(|_| format!("{:04X}", rng.below(0x1_0000)))
                .collect();
            format!("2001:0DB8:{}", groups.join(":"))
        }
    }
}

fn mac(rng: &mut Rng) -> String {
    let bytes: Vec<_> = rng
        .bytes(5)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let between = rng.one(&[":", "-"]);
    let plain = format!("02{between}{}", bytes.join(between));
    if rng.chance(50) {
        plain.to_uppercase()
    } else {
        plain
    }
}

fn salutation(rng: &mut Rng) -> String {
    let title = rng.one(&[
        "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Mr", "Ms", "Herr", "Frau", "Monsieur", "Madame",
        "Mme", "Señor", "Señora", "Sr.", "Sra.", "Signora", "Signor", "Dott.", "Pan", "Pani",
        "Mevrouw", "Sig.",
    ]);
    match rng.below(3) {
        0 => format!("{title} {}", rng.one(FAMILY)),
        _ => format!("{title} {} {}", rng.one(GIVEN), rng.one(FAMILY)),
    }
}
