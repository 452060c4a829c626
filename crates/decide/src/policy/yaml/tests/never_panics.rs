//! Whatever is written, the compiler answers.

use proptest::prelude::*;

use crate::policy::yaml::compile;

const WHOLE: &str = include_str!("whole.yaml");

/// Pieces of the language, to be put together in any order.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "version",
        "rules",
        "id",
        "conditions",
        "when",
        "action",
        "DENY",
        "ALLOW",
        "model",
        "denylist",
        "allowlist",
        "time_of_day",
        "ranges",
        "start",
        "\"25:00\"",
        "mcp_arg",
        "name",
        "pattern",
        "schema",
        "$ref",
        "'#'",
        "obligations",
        "annotate",
        "[",
        "]",
        "{",
        "}",
        ":",
        "-",
        ",",
        "\n",
        "\n  ",
        "\n    - ",
        "&a ",
        "*a",
        "!x",
        "|",
        ">-",
        "'",
        "\"",
        "#",
        "~",
        "1",
        "-0",
        "0x",
        ".inf",
        "\u{feff}",
        "\t",
        "ü",
        "\r\n",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60)
        .prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_compiled_or_refused_at_a_place(text in "\\PC{0,400}") {
        answers(&text)?;
    }

    #[test]
    fn any_pieces_of_the_language_are_compiled_or_refused_at_a_place(text in piece()) {
        answers(&text)?;
    }

    #[test]
    fn a_whole_text_with_a_letter_changed_is_compiled_or_refused_at_a_place(
        at in 0..WHOLE.len(),
        letter in any::<char>(),
    ) {
        let text: String = WHOLE
            .char_indices()
            .map(|(place, it)| if place == at { letter } else { it })
            .collect();
        answers(&text)?;
    }
}

#[test]
fn a_whole_text_cut_anywhere_is_compiled_or_refused_at_a_place() {
    for (end, _) in WHOLE.char_indices() {
        answers(WHOLE.get(..end).unwrap()).unwrap();
    }
}

fn answers(text: &str) -> Result<(), TestCaseError> {
    let lines = text.split(['\n', '\r']).count();
    for fault in compile(text).err().unwrap_or_default() {
        prop_assert!(!fault.message.is_empty());
        prop_assert!(fault.column >= 1, "{fault:?}");
        prop_assert!((1..=lines + 1).contains(&fault.line), "{fault:?}");
    }
    Ok(())
}
