//! Whatever stands in a file, reading it ends in a configuration or in faults.

use proptest::prelude::*;

use super::{SEEDS, document::EVERYTHING, read_one};

type Edit = (prop::sample::Index, u8, u8);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 1..6)
}

fn read_mutated(text: &str, edits: Vec<Edit>) {
    let mut bytes = text.as_bytes().to_vec();
    for (place, byte, what) in edits {
        let place = place
            .index(bytes.len().max(1))
            .min(bytes.len().saturating_sub(1));
        match what {
            0 => bytes[place] = byte,
            1 => bytes.insert(place, byte),
            2 => {
                bytes.remove(place);
            }
            _ => bytes.truncate(place.max(1)),
        }
        if bytes.is_empty() {
            bytes.push(b'a');
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let _ = read_one(&text)
        .map(|config| config.show())
        .map_err(|faults| (faults.to_string(), faults.to_json()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = read_one(&text).map_err(|faults| (faults.to_string(), faults.to_json()));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = read_one(&text).map_err(|faults| (faults.to_string(), faults.to_json()));
    }

    #[test]
    fn no_mutation_of_a_seed_panics(which in 0usize..9, edits in edits()) {
        read_mutated(SEEDS[which].1, edits);
    }

    #[test]
    fn no_mutation_of_a_whole_configuration_panics(edits in edits()) {
        read_mutated(EVERYTHING, edits);
    }
}
