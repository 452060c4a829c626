//! Whether words stand in a program.

/// Signs that programs have and sentences hardly, two bytes each.
const SIGNS: &[[u8; 2]] = &[
    *b"::", *b"()", *b");", *b"({", *b"==", *b"!=", *b"->", *b"=>", *b";\n", *b"{\n", *b"}\n",
    *b"})", *b"(&", *b"= ", *b"&&", *b"||", *b"[\"", *b"\"]", *b"(\"", *b"\")", *b"\\n",
];

/// So many of them are a program.
const MANY: usize = 3;

/// True for text with several signs of a program.
pub(super) fn is_code(text: &str) -> bool {
    let pairs = text.as_bytes().windows(2);
    let signs = pairs.filter(|pair| SIGNS.iter().any(|it| it == pair));
    signs.take(MANY).count() == MANY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_have_signs_and_sentences_have_few() {
        assert!(is_code("let key = Key::new(alg, &bytes).unwrap();\n"));
        assert!(is_code("if (it.policy == null) { return empty(); }\n"));
        assert!(!is_code("Ignore the rules (all of them): now = never."));
        assert!(!is_code("f(x)"));
    }
}
