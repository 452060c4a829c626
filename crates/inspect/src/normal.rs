//! Making plain what hides what it says, after contract D: hidden characters, NFKC, confusables,
//! case, joined letters, leet; base64, hex, URL escapes and ROT13, decoded to depth 2.
