//! Letters that look like those of ASCII.

use unicode_security::confusable_detection::skeleton;

/// Letters of other scripts, and of phonetic writing, with what they are taken for. What is not
/// here is looked up among the confusables of UTS 39.
const KNOWN: &[(&str, &str)] = &[
    ("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY"),
    ("асеһіјкорѕтхуьԁԛԝ", "acehijkopstxybdqw"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αβγεηικνορτυχω", "abyenikvoptuxw"),
    ("օսհոցԼ", "ouhngL"),
    ("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHIJKLMPRSTVWZ"),
];

/// Small capitals and other letters of phonetic writing: no words are written with them.
const PHONETIC: (&str, &str) = (
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢɑɡıȷʋɾɩ",
    "abcdefghijklmnopqrstuvwyzagijvri",
);

/// A letter within a circle or a square, which NFKC leaves as it is.
pub(crate) fn enclosed(it: char) -> Option<char> {
    let code = u32::from(it);
    let place = match code {
        0x1_F150..=0x1_F169 => code - 0x1_F150,
        0x1_F170..=0x1_F189 => code - 0x1_F170,
        _ => return None,
    };
    char::from_u32(u32::from('a') + place)
}

/// True for letters that are not of Latin writing: a word that has them and ASCII mixes scripts.
pub(crate) fn is_foreign(it: char) -> bool {
    !it.is_ascii()
        && it.is_alphabetic()
        && !matches!(it,
            '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// What a letter is taken for, in a word that mixes scripts or doesn't.
pub(crate) fn plain(it: char, mixed: bool) -> Option<&'static str> {
    if it.is_ascii() {
        return None;
    }
    let (from, to) = PHONETIC;
    if let Some(plain) = pair(from, to, it) {
        return Some(plain);
    }
    if !mixed || !is_foreign(it) {
        return None;
    }
    let known = KNOWN.iter().find_map(|(from, to)| pair(from, to, it));
    known.or_else(|| looked_up(it))
}

/// The letter of `to` that stands where `it` stands in `from`.
fn pair(from: &str, to: &'static str, it: char) -> Option<&'static str> {
    let place = from.chars().position(|one| one == it)?;
    let (at, plain) = to.char_indices().nth(place)?;
    to.get(at..at + plain.len_utf8())
}

/// What UTS 39 says, where that is one letter.
fn looked_up(it: char) -> Option<&'static str> {
    let mut room = [0; 4];
    let mut plain = skeleton(it.encode_utf8(&mut room));
    let (Some(one), None) = (plain.next(), plain.next()) else {
        return None;
    };
    // There `l` stands for capital i as well.
    let one = if one == 'l' && it.is_uppercase() {
        'i'
    } else {
        one
    };
    let place = u8::try_from(one)
        .ok()?
        .to_ascii_lowercase()
        .checked_sub(b'a')?;
    let at = usize::from(place);
    "abcdefghijklmnopqrstuvwxyz".get(at..at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_plain_one() {
        for (from, to) in KNOWN.iter().chain([&PHONETIC]) {
            assert_eq!(from.chars().count(), to.len(), "{from}");
            assert!(
                to.is_ascii() && !from.chars().any(|it| it.is_ascii()),
                "{from}"
            );
        }
    }

    #[test]
    fn letters_stay_in_words_of_their_own_script() {
        assert_eq!(plain('о', false), None);
        assert_eq!(plain('о', true), Some("o"));
        assert_eq!(plain('é', true), None);
        assert_eq!(plain('ɪ', false), Some("i"));
        assert_eq!(plain('日', true), None);
    }
}
