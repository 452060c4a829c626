//! Numbers of documents and records, which only their name tells. All are invented.

#[path = "pii_texts/mod.rs"]
mod texts;

use texts::{finds, finds_none};

#[test]
fn numbers_beneath_their_name_are_found() {
    finds(
        "MEDICAL_RECORD_NUMBER",
        &[
            "Subject: patient id\n\n[7402818428]\n-- \nThe desk",
            "10:42 alva: MRN?\n10:43 bruno: [16686836]\n10:43 alva: thanks",
            "What is her medical record number?\n[9148258]\nThank you",
        ],
    );
    finds(
        "PASSPORT_NUMBER",
        &["alva: your passport?\nbruno: [FS3219610]\n"],
    );
    finds("US_MBI", &["alva: MBI?\nbruno: [3FA1VK7FK74]\n"]);
    finds(
        "DE_ID_CARD",
        &["Betreff: Personalausweis\n\n[X085FZVY69]\n"],
    );
}

#[test]
fn what_a_reply_says_beside_is_no_number_of_a_document() {
    finds_none(
        "MEDICAL_RECORD_NUMBER",
        &[
            "MRN?\nNo, he came in 20240131 or later",
            "MRN? I was told 16686836",
            "MRN?\nthey moved to room 16686836\n",
            "MRN?\n\n\n16686836",
            "MRN!\n16686836",
        ],
    );
}

#[test]
fn an_italian_licence_is_found_and_a_patent_is_not() {
    finds(
        "DRIVERS_LICENSE",
        &[
            "Il mio patente è [J476799984071].",
            "patente=[XZ896020A] status=ok",
            "| patente | [44471425] |",
            "<drivers_license>[RA4907753]</drivers_license>",
        ],
    );
    finds_none(
        "DRIVERS_LICENSE",
        &[
            "Patente EP1234567 und US9876543",
            "a patented 12345678 part",
        ],
    );
}

#[test]
fn a_passport_with_one_digit_is_made_of_letters_that_make_no_words() {
    finds("PASSPORT_NUMBER", &["passport number: [CJRFKLVR1]"]);
    finds_none(
        "PASSPORT_NUMBER",
        &["passport: CATEGORY1", "passport js2strategy"],
    );
}

#[test]
fn a_birthday_of_the_north_is_no_coordination_number_unless_called_so() {
    finds_none(
        "SE_PERSONNUMMER",
        &["x 220677-0154 y", "CPR-nummer 230467-2658"],
    );
    finds("SE_PERSONNUMMER", &["samordningsnummer [701063-2391]"]);
}

#[test]
fn a_bracket_around_a_phone_number_is_none_of_its_own() {
    finds(
        "PHONE_NUMBER",
        &["móvil ([646 87 51 26]) por", "call me ([555 0100 22])"],
    );
    finds_none("PHONE_NUMBER", &["<svg viewBox=\"0 0 868225 367966\">"]);
}
