//! Mailboxes, machines, birthdays, names, documents, records, wallets.

#[path = "pii_texts/mod.rs"]
mod texts;

use texts::{each, finds, finds_none};

#[test]
fn mailboxes_are_found_wherever_they_stand() {
    let mailboxes = [
        "ada@example.org",
        "ada.byron+news@mail.example.co.uk",
        "a_b-c%d@example.museum",
        "ADA@EXAMPLE.ORG",
        "neil@example.com",
        "ünal@exämple.example",
        "x@xn--exmple-cua.example",
        "1234@example.com",
    ];
    let places = [
        "Write to {}.",
        "<{}>",
        "mailto:{}?subject=x",
        "to={}&cc=",
        "\"email\":\"{}\"",
        "({})",
        "{},",
        "/users/{}/mails",
    ];
    finds("EMAIL", &each(&mailboxes, &places));
    finds("EMAIL", &["[ada@example.org];[bob@example.net]"]);
}

#[test]
fn other_things_with_an_at_are_no_mailboxes() {
    finds_none(
        "EMAIL",
        &[
            "@example",
            "a@b",
            "icon@2x.png",
            "react@18.2.0",
            "@scope/pkg@1.0.0",
            "git@example.com:org/repo.git",
            "postgres://user:secret@db.example.com/x",
            "a@.com",
            "a..b@example.com",
            "@app.route",
            "user@localhost",
            "foo@bar.class",
            "3 @ 4.50",
            "a@-b.com",
            "ssh://git@example.org/x",
        ],
    );
}

#[test]
fn addresses_of_machines_are_found_and_versions_are_not() {
    finds(
        "IP_ADDRESS",
        &each(
            &[
                "192.0.2.17",
                "203.0.113.255",
                "10.0.0.1",
                "2001:db8::1",
                "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
                "fe80::1ff:fe23:4567:890a",
                "2001:DB8:0:0:8:800:200C:417A",
            ],
            &["from {}.", "client {} said", "<{}>", "ip={}", "({})"],
        ),
    );
    finds(
        "IP_ADDRESS",
        &[
            "http://[192.0.2.17]:8080/x",
            "[192.0.2.17]/24",
            "[10.0.0.1] [10.0.0.2]",
            "[192.0.2.1]-[192.0.2.9]",
        ],
    );
    finds_none(
        "IP_ADDRESS",
        &[
            "version 1.2.3.4",
            "v1.2.3.4",
            "lib-1.2.3.4.jar",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3",
            "01.2.3.4",
            "127.0.0.1",
            "0.0.0.0",
            "255.255.255.0",
            "release 10.0.0.1",
            "section 3.1.2.4",
            "std::vec::Vec",
            "a::b",
            "::1",
            "::",
            "x == 1.2.3.4",
            "12:34:56",
            "2024-01-01T12:34:56",
            "Face::Bad",
            "cafe::feed",
        ],
    );
    finds(
        "MAC_ADDRESS",
        &["mac [02:1a:2B:3c:4D:5e]", "hw=[02-1A-2B-3C-4D-5E],"],
    );
    finds_none(
        "MAC_ADDRESS",
        &[
            "02:1a:2b:3c:4d",
            "02:1a:2b:3c:4d:5e:6f",
            "00:00:00:00:00:00",
            "02:1a:2b-3c:4d:5e",
        ],
    );
}

#[test]
fn birthdays_are_days_that_are_called_so() {
    finds(
        "DATE_OF_BIRTH",
        &each(
            &[
                "03/14/1985",
                "3/4/1985",
                "03-14-1985",
                "14.03.1985",
                "14/03/1985",
                "1985-03-14",
                "1985/03/14",
                "14.3.85",
                "03/14/85",
                "14 03 1985",
            ],
            &[
                "DOB: {}",
                "date of birth {}.",
                "\"dateOfBirth\": \"{}\"",
                "geboren am {}",
                "née le {}",
                "fecha de nacimiento: {}",
                "дата рождения {}",
                "生年月日 {}",
            ],
        ),
    );
    finds(
        "DATE_OF_BIRTH",
        &[
            "born on [14 March 1985] in Vienna",
            "Born: [March 14, 1985]",
            "geboren am [14. März 1985]",
            "date de naissance : [14 mars 1985]",
            "fecha de nacimiento: [14 de marzo de 1985]",
            "生年月日：[1985年3月14日]",
            "born in Vienna on [14th of March 1985]",
            "my birthday is [03/14/1985]",
            "seen [03/14/1985]",
            "dob=[19850314]",
        ],
    );
    finds_none(
        "DATE_OF_BIRTH",
        &[
            "meeting on 2024-03-14",
            "due 14.03.2024",
            "born 31.02.1985",
            "born 13/13/1985",
            "DOB: 03/14/1885",
            "released 03/14/2024",
            "invoice date 03/14/2021",
            "version 1985-03-14",
            "14 March 1985",
            "born 1985",
            "a born leader of 14 teams",
            "order 03/14/1985",
        ],
    );
}

#[test]
fn names_follow_salutations() {
    finds(
        "PERSON_NAME",
        &[
            "Dear [Mr. Smith],",
            "[Mrs. Ada Byron] said",
            "[Dr. Ada B. Byron]'s notes",
            "[Frau Müller-Lüdenscheidt] kommt",
            "[Herr Dr. Anton Beispiel]",
            "[Monsieur Dupont]",
            "[M. Jean Dupont] est",
            "[Señora García López] llega",
            "[Sig. Mario Rossi]",
            "[Prof. Ludwig van Beethoven] plays",
            "[Mme Curie]",
            "[pani Kowalska]",
            "[Ms O'Neil] called",
            "[Shri Ravi Kumar]",
            "7;[Ms. Adler];x",
        ],
    );
    finds_none(
        "PERSON_NAME",
        &[
            "Mr. President",
            "Dr. Who",
            "MS Office",
            "terms Apply",
            "the Sr. Software Engineer",
            "ms Windows",
            "5 M. Then",
            "Mr. smith",
            "items Are",
            "Dr Pepper",
            "Mr.Smith1",
        ],
    );
}

#[test]
fn documents_follow_their_names() {
    finds(
        "PASSPORT_NUMBER",
        &[
            "passport number [C01234567]",
            "Passport No.: [123456789]",
            "Reisepass [C01X00T47]",
            "numéro de passeport : [12AB34567]",
            "pasaporte [AAA123456]",
            "\"passport\":\"[X1234567]\"",
        ],
    );
    finds_none(
        "PASSPORT_NUMBER",
        &[
            "passport expires 2027-01-01",
            "passport photos 35x45",
            "passport order 12345678",
            "my passport. Then 12345678 people",
            "passport control",
            "passport 2027-01-01",
            "passport valid until 20270101",
        ],
    );
    finds(
        "DRIVERS_LICENSE",
        &[
            "driver's license D1234567",
            "drivers license number: D1234567",
            "Driving licence no. D12345678901",
            "Führerschein B072RRE2I55",
            "DL# S123-456-78-901-0",
        ]
        .map(|it| {
            let (before, number) = it.rsplit_once(' ').unwrap_or_default();
            format!("{before} [{number}]")
        }),
    );
    finds_none(
        "DRIVERS_LICENSE",
        &[
            "MIT license 2024",
            "driver's license fee 12345",
            "driver's license",
            "dll 12345678",
        ],
    );
    finds(
        "MEDICAL_RECORD_NUMBER",
        &[
            "MRN: [12345678]",
            "medical record number [0045231]",
            "patient id [A1234567]",
            "\"mrn\":\"[00123456]\"",
            "MRN-[00123456]",
        ],
    );
    finds_none(
        "MEDICAL_RECORD_NUMBER",
        &[
            "MRN 123",
            "medical records of 2019-01-01",
            "mrna 12345678",
            "patient order 12345678",
        ],
    );
    finds(
        "DE_ID_CARD",
        &["Personalausweis [L01X00T47]", "Ausweisnummer: [T220001293]"],
    );
    finds_none(
        "DE_ID_CARD",
        &["Personalausweis T220001294", "Personalausweis 12.03.2027"],
    );
}

#[test]
fn wallets_are_found_by_their_checksums() {
    finds(
        "CRYPTO_WALLET",
        &each(
            &[
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
            ],
            &["send to {}.", "bitcoin:{}", "wallet={}&x", "{}"],
        ),
    );
    finds(
        "CRYPTO_WALLET",
        &["my ethereum wallet: [0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed]"],
    );
    finds_none(
        "CRYPTO_WALLET",
        &[
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "hash 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "1111111111111111111111111111111111",
        ],
    );
}

#[test]
fn bank_accounts_are_those_that_are_called_so() {
    finds(
        "BANK_ACCOUNT",
        &[
            "bank account number [12345678]",
            "Kontonummer: [1234567890]",
            "checking account [000123456789]",
        ],
    );
    finds_none(
        "BANK_ACCOUNT",
        &[
            "my account 12345678",
            "bank account since 12.03.2019",
            "bank account with $12345678",
        ],
    );
}

#[test]
fn prose_and_code_have_nothing() {
    for text in [
        "The quick brown fox jumps over the lazy dog 13 times in 2024.",
        "let x = a[i] * 1024 + 0x7fff_ffff; // 1234567890",
        "SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "uuid 550e8400-e29b-41d4-a716-446655440000",
        "at 2024-01-15T10:20:30.123456Z took 12.345678 s",
        "52.520008, 13.404954",
        "USD 1,234,567.89",
        "ISBN 978-3-16-148410-0",
        "1Z999AA10123456784",
        "pages 123-456",
        "commit 83914571673abcdef",
        "const MAX: u64 = 18446744073709551615;",
        "rgb(255, 255, 255) 1920x1080",
        "Chrome/120.0.6099.109 Safari/537.36",
        "part no. 54362315K",
        "SKU AB1234563",
        "batch 1712345678901 done",
        "error -2147467259 (0x80004005)",
        "3.141592653589793238462643383279",
    ] {
        assert_eq!(texts::found(text), [], "{text}");
    }
}

#[test]
fn plates_are_found_behind_their_name() {
    let plates = [
        "AB51 ABC",
        "BD62XYZ",
        "34 ABC 1234",
        "06 A 123",
        "HH-AB 1234",
        "B AB 1234",
        "MIL EF 1234E",
        "KL07BQ1234",
        "ABJ-123XY",
        "AA-123-BB",
    ];
    let places = [
        "Licence plate {}",
        "My license plate is {} and it expires.",
        "{\"license_plate\": \"{}\"}",
        "Das Fahrzeug mit dem Kennzeichen {} wurde gesehen.",
        "Plaka: {}",
        "number plate {}",
        "car reg {}, blue",
    ];
    finds("LICENSE_PLATE", &each(&plates, &places));
    finds(
        "LICENSE_PLATE",
        &[
            "alva: number plate?\nbruno: [GM-424-WX]\nalva: thanks",
            "Kennzeichen:\n[HH-AB1234]\n",
        ],
    );
}

#[test]
fn what_is_said_of_plates_is_none() {
    finds_none(
        "LICENSE_PLATE",
        &[
            "The licence plate reader costs 1200 EUR.",
            "Number plate rules: see section 59 of the act.",
            "Kennzeichen sind in der Verordnung geregelt. Stand: A1234 alt.",
            "a template number AB1234",
            "license plate recognition works with Python3 and OpenCV4",
            "A license plate on the M25 motorway",
        ],
    );
}

#[test]
fn values_in_names_of_files_are_found() {
    finds(
        "EMAIL",
        &[
            "[ada@example.org].pdf",
            "[cv_ada@example.org]_2024.pdf",
            "scan/[ada@example.co.uk].docx",
        ],
    );
    finds(
        "SSN",
        &["ssn_[078-05-1121].pdf", "ssn_[078-05-1121]_scan.pdf"],
    );
    finds("PASSPORT_NUMBER", &["passport_[C01X00T47].jpg"]);
    finds("CREDIT_CARD", &["card_[4111111111111111]_front.png"]);
    finds_none("EMAIL", &["app@v1.bundle.js", "icon@2x.min.png"]);
    finds_none("CREDIT_CARD", &["17_4111111111111111.log"]);
}
