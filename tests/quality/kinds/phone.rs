//! Telephone numbers, by country. Where a country keeps numbers for films and documents, these
//! are used; elsewhere invented ones in ranges that exist.

use super::{Kind, Proof, Strength, written};
use crate::lang::Lang::{Cs, Da, De, En, Es, Fi, Fr, Hi, It, Ja, Ko, Nl, Pl, Pt, Ru, Sv, Tr, Zh};
use crate::rng::Rng;

const PHONE: super::Words = &[
    (En, &["phone", "tel.", "call me at", "mobile", "cell"]),
    (De, &["Telefon", "Tel.", "Handy", "Mobil"]),
    (Fr, &["téléphone", "tél.", "portable"]),
    (Es, &["teléfono", "móvil", "celular"]),
    (It, &["telefono", "cellulare"]),
    (Pt, &["telefone", "celular", "telemóvel"]),
    (Nl, &["telefoon", "mobiel"]),
    (Pl, &["telefon", "tel. kom."]),
    (Sv, &["telefon", "mobil"]),
    (Da, &["telefon", "mobil"]),
    (Fi, &["puhelin"]),
    (Cs, &["telefon", "mobil"]),
    (Tr, &["telefon", "cep"]),
    (Ru, &["телефон", "тел."]),
    (Zh, &["电话", "手机"]),
    (Ja, &["電話番号", "携帯"]),
    (Ko, &["전화번호", "휴대폰"]),
    (Hi, &["फ़ोन", "मोबाइल"]),
];

const fn phone(
    name: &'static str,
    strength: Strength,
    words: super::Words,
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels: &["PHONE_NUMBER"],
        strength,
        proof: Proof::Shape,
        words,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    phone(
        "US phone, written in groups",
        Strength::Alone,
        PHONE,
        |rng| {
            let digits = us(rng);
            written(
                rng,
                &digits,
                &[
                    "(###) ###-####",
                    "###-###-####",
                    "###.###.####",
                    "+1 ###-###-####",
                    "+1 (###) ###-####",
                    "1-###-###-####",
                    "+1##########",
                    "+1.###.###.####",
                ],
            )
        },
    ),
    phone(
        "US phone, ten digits or spaced",
        Strength::Worded,
        PHONE,
        |rng| {
            let digits = us(rng);
            written(rng, &digits, &["##########", "### ### ####", "### #######"])
        },
    ),
    phone("international phone, by +", Strength::Alone, PHONE, |rng| {
        let (masks, head, rest) = rng.of(ABROAD);
        let mut digits: Vec<u8> = head.bytes().map(|byte| byte - b'0').collect();
        digits.extend(rng.digits(rest));
        written(rng, &digits, masks)
    }),
    phone(
        "UK phone, national",
        Strength::Worded,
        &[(En, &["phone", "tel", "mobile"])],
        |rng| {
            national(
                rng,
                3,
                &[
                    "07700 900###",
                    "07700900###",
                    "0770 0900###",
                    "07700-900###",
                ],
            )
        },
    ),
    phone(
        "German phone, national",
        Strength::Worded,
        &[(De, &["Telefon", "Tel.", "Rückruf unter"])],
        |rng| match rng.below(3) {
            0 => national(
                rng,
                3,
                &[
                    "030 23125###",
                    "030/23125###",
                    "(030) 23125-###",
                    "030-23125###",
                ],
            ),
            1 => national(
                rng,
                2,
                &[
                    "0171 39200##",
                    "0171/39200##",
                    "0171-39200##",
                    "017139200##",
                ],
            ),
            _ => national(rng, 3, &["089 99998###", "089/99998-###", "(089) 99998###"]),
        },
    ),
    phone(
        "French phone, national",
        Strength::Worded,
        &[(Fr, &["téléphone", "tél.", "portable"])],
        |rng| match rng.below(2) {
            0 => national(
                rng,
                4,
                &[
                    "01 99 00 ## ##",
                    "01.99.00.##.##",
                    "019900####",
                    "01-99-00-##-##",
                ],
            ),
            _ => national(rng, 4, &["06 39 98 ## ##", "06.39.98.##.##", "063998####"]),
        },
    ),
    phone(
        "Spanish phone, national",
        Strength::Worded,
        &[(Es, &["teléfono", "móvil", "tel."])],
        |rng| national(rng, 8, &["6## ### ###", "6## ## ## ##", "6########"]),
    ),
    phone(
        "Italian phone, national",
        Strength::Worded,
        &[(It, &["telefono", "cellulare", "tel."])],
        |rng| {
            national(
                rng,
                7,
                &["347 ### ####", "347 #######", "347#######", "347.#######"],
            )
        },
    ),
    phone(
        "Dutch phone, national",
        Strength::Worded,
        &[(Nl, &["telefoon", "mobiel", "tel."])],
        |rng| {
            national(
                rng,
                8,
                &["06 ########", "06-########", "06########", "06 ## ## ## ##"],
            )
        },
    ),
    phone(
        "Polish phone, national",
        Strength::Worded,
        &[(Pl, &["telefon", "tel."])],
        |rng| national(rng, 7, &["50# ### ###", "50#######", "50#-###-###"]),
    ),
    phone(
        "Brazilian phone, national",
        Strength::Worded,
        &[(Pt, &["telefone", "celular", "WhatsApp"])],
        |rng| {
            national(
                rng,
                8,
                &["(11) 9####-####", "11 9####-####", "(21) 9####-####"],
            )
        },
    ),
    phone(
        "Swedish phone, national",
        Strength::Worded,
        &[(Sv, &["telefon", "mobil"])],
        |rng| national(rng, 2, &["070-174 06 ##", "070 174 06 ##", "07017406##"]),
    ),
    phone(
        "Indian phone, national",
        Strength::Worded,
        &[(En, &["mobile", "phone"]), (Hi, &["मोबाइल"])],
        |rng| national(rng, 8, &["98########", "98### #####"]),
    ),
    phone(
        "Japanese phone, national",
        Strength::Worded,
        &[(Ja, &["電話番号", "携帯", "TEL"])],
        |rng| national(rng, 8, &["090-####-####", "080-####-####", "03-####-####"]),
    ),
    phone(
        "Chinese mobile, national",
        Strength::Worded,
        &[(Zh, &["手机", "电话", "联系电话"])],
        |rng| national(rng, 8, &["138########", "138 #### ####", "139-####-####"]),
    ),
    phone(
        "Korean phone, national",
        Strength::Worded,
        &[(Ko, &["휴대폰", "전화번호", "연락처"])],
        |rng| national(rng, 8, &["010-####-####", "010 #### ####"]),
    ),
    phone(
        "Russian phone, national",
        Strength::Worded,
        &[(Ru, &["телефон", "тел."])],
        |rng| {
            national(
                rng,
                7,
                &["8 (916) ###-##-##", "8 916 ###-##-##", "8-916-###-##-##"],
            )
        },
    ),
    phone(
        "Turkish phone, national",
        Strength::Worded,
        &[(Tr, &["telefon", "cep"])],
        |rng| {
            national(
                rng,
                7,
                &["0532 ### ## ##", "0532 #######", "(0532) ### ## ##"],
            )
        },
    ),
    phone(
        "Australian phone, national",
        Strength::Worded,
        &[(En, &["mobile", "phone"])],
        |rng| national(rng, 3, &["0491 570 ###", "0491570###", "(02) 5550 1###"]),
    ),
];

/// An area and a number that the numbering plan keeps for fiction: 555-0100 to 555-0199.
fn us(rng: &mut Rng) -> Vec<u8> {
    let area = rng.of(&[
        201, 206, 212, 213, 303, 312, 415, 503, 512, 617, 702, 718, 808, 917,
    ]);
    let mut digits = crate::checks::digits(area, 3);
    digits.extend([5, 5, 5, 0, 1]);
    digits.extend(rng.digits(2));
    digits
}

fn national(rng: &mut Rng, count: usize, masks: &[&str]) -> String {
    let digits = rng.digits(count);
    written(rng, &digits, masks)
}

/// Ways to write, digits at the beginning, how many follow.
type Abroad = (&'static [&'static str], &'static str, usize);

const ABROAD: &[Abroad] = &[
    (
        &[
            "+## #### ######",
            "+############",
            "+## (0) #### ######",
            "+##-####-######",
        ],
        "447700900",
        3,
    ),
    (
        &[
            "+## ## ########",
            "+## (0)## ########",
            "+############",
            "+##-##-########",
        ],
        "493023125",
        3,
    ),
    (
        &["+## # ## ## ## ##", "+###########", "+## (0)# ## ## ## ##"],
        "33639981",
        3,
    ),
    (
        &["+## ### ### ###", "+###########", "+## ### ## ## ##"],
        "34612",
        6,
    ),
    (&["+## ### #######", "+############"], "393471", 6),
    (
        &["+## # ########", "+###########", "+##-#-########"],
        "3161234",
        4,
    ),
    (&["+## ### ### ###", "+###########"], "4850123", 4),
    (&["+## ## ### ## ##", "+###########"], "467017406", 2),
    (&["+## ## ## ## ##", "+##########"], "452012", 4),
    (&["+## ### ## ###", "+##########"], "474061", 4),
    (&["+### ## ### ####", "+############"], "358401234", 3),
    (&["+## ## ### ## ##", "+###########"], "4178", 7),
    (&["+## ### #######", "+############"], "436641", 6),
    (
        &["+## ## #####-####", "+#############", "+## (##) #####-####"],
        "551199",
        7,
    ),
    (&["+## ## #### ####", "+############"], "525512", 6),
    (
        &["+## ##### #####", "+############", "+##-##########"],
        "9198",
        8,
    ),
    (
        &["+## ## #### ####", "+############", "+##-##-####-####"],
        "8190",
        8,
    ),
    (&["+## ### #### ####", "+#############"], "86138", 8),
    (&["+## ## #### ####", "+############"], "8210", 8),
    (
        &["+# ### ###-##-##", "+###########", "+# (###) ###-##-##"],
        "7916",
        7,
    ),
    (&["+## ### ### ## ##", "+############"], "90532", 7),
    (&["+## ### ### ###", "+###########"], "61491570", 3),
    (&["+### ## ### ####", "+############"], "35385", 7),
    (&["+### ## ### ####", "+############"], "97250", 7),
    (&["+## #### ####", "+##########"], "6591", 6),
    (&["+## ## ### ####", "+###########"], "2782", 7),
];
