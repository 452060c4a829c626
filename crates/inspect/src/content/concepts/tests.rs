use super::*;

const TOPICS: &[(&str, &Topic)] = &[
    ("despair", &despair::TOPIC),
    ("harm", &harm::TOPIC),
    ("hatred", &hatred::TOPIC),
    ("lust", &lust::TOPIC),
    ("making", &making::TOPIC),
    ("menace", &menace::TOPIC),
];

#[test]
fn every_expression_can_be_read_and_found() {
    for (name, topic) in TOPICS {
        for (_, list) in topic.lists {
            for text in *list {
                assert!(!text.starts_with('~'), "{name}: {text}");
                let first = text.split(' ').next().unwrap();
                assert!(!first.ends_with('?'), "{name}: {text}");
                for slot in text.split(' ').filter(|it| *it != "~") {
                    for word in slot.trim_end_matches('?').split('|') {
                        let stem = word.strip_suffix('*');
                        assert!(stem.is_none_or(|it| it.len() >= 3), "{name}: {text}");
                        let bare = stem.unwrap_or(word);
                        let read = Sentence::read("", bare);
                        let is_year = bare == "####";
                        assert!(is_year || read.len() == 1, "{name}: {word} in {text}");
                        assert!(is_year || read.word(0) == bare, "{name}: {word} in {text}");
                    }
                }
            }
        }
    }
}
