//! How much of plain prose is kept back under the default acts, and for how many pieces.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something wrong"
)]

use std::sync::Arc;

use inspect::finding::{Families, Family};
use inspect::{Act, Plan, Scanner, Stream};

/// Invented, as a model writes: sentences, lists, headings, a few numbers, no personal data.
const PROSE: &str = "He had not expected the harbour to be so quiet. When the ferry came in, she saw \
that the old crane was gone, and that somebody had painted the sheds in a pale, friendly green. \
\"We should have come in spring,\" he said. \"It is always like this in June.\" I am not sure that \
this is true; in my experience the town sleeps until noon, whatever the season, and nobody minds.\n\n\
## What to bring\n\n- A warm coat, since the wind turns in the evening\n- Good shoes\n- Something to \
read on the way back\n\nIt takes about 40 minutes to walk up to the lighthouse. Follow the path past \
the mill, cross the bridge, and keep left where the road divides. If you are tired, take the bus: it \
runs every 20 minutes until 9 in the evening, and the driver will stop wherever you ask her to. There \
are 3 benches on the way. Miss the first, and there is another. As a rule, the old Tower is open from May to September.\n\nThe \
keeper, a retired teacher, will show you the lamp. She was born on the island, as were her parents, and the birth of \
another child there was the talk of the whole coast for years. Please do not ignore the notices on the stairs, \
which are steep and, in places, worn. You can forget about photographs when the fog comes in. Act as \
if you were at home, she likes to say, and have a cup of tea. In 1923 the first lamp was replaced by \
an electric one; the lens, however, is still the one that was brought from Brittany by sea. I would \
suggest that you begin with the small museum on the ground floor. To sum up: go early, stay long, and \
let the weather decide. Are there other places worth a visit? Of course there are, and he knows them \
all. An hour to the south is a village of potters, or so we were told. Do as they do. ";

/// What was kept back.
#[derive(Debug)]
struct Delay {
    /// Bytes kept back after a piece: of all pieces together, and at most.
    sum: usize,
    most: usize,
    pieces: usize,
    /// By how many pieces later they left: bytes.
    late: Vec<usize>,
}

impl Delay {
    /// The most pieces that a byte left later.
    fn latest(&self) -> usize {
        self.late.iter().rposition(|it| *it > 0).unwrap_or_default()
    }
}

fn delay(text: &str, size: usize) -> Delay {
    let scanner = Scanner::builtin();
    let acts = scanner.rules().map(|rule| match rule.family {
        Family::Pii | Family::Secret => (Act::Redact, 50),
        _ => (Act::Watch, 50),
    });
    let plan = Plan {
        families: Families::ALL,
        acts: acts.collect(),
        ..Plan::default()
    };
    let mut stream = Stream::new(scanner, Arc::new(plan));
    let mut out = String::new();
    let mut delay = Delay {
        sum: 0,
        most: 0,
        pieces: 0,
        late: vec![0; 16],
    };
    let mut given = 0;
    let mut left = 0;
    while given < text.len() {
        let end = text.len().min(given + size);
        stream.push(&text[given..end], &mut out).unwrap();
        given = end;
        delay.pieces += 1;
        delay.sum += stream.held();
        delay.most = delay.most.max(stream.held());
        for at in left..out.len() {
            let late = delay.pieces - 1 - at / size;
            delay.late[late.min(15)] += 1;
        }
        left = out.len();
    }
    stream.finish(&mut out).unwrap();
    assert_eq!(out, text);
    delay
}

#[test]
fn plain_prose_leaves_but_for_the_word_that_is_being_written() {
    let longest = PROSE.split_whitespace().map(str::len).max().unwrap();
    for (size, average, pieces) in [(4, 3, 3), (24, 3, 1), (100, 4, 1)] {
        let it = delay(PROSE, size);
        let said = format!("pieces of {size}: {it:?}");
        assert!(it.sum < average * it.pieces, "{said}");
        assert!(it.most <= longest + 1, "{said}");
        assert!(it.latest() <= pieces, "{said}");
    }
}
