//! Words of English, to tell words from pieces of them: those that most sentences are made of, and
//! those that are said to a model.

use std::sync::LazyLock;

use list::WORDS;

mod list;

/// The longest word of the list, in letters.
pub(super) const LONGEST: usize = 15;

/// Ends of words. What is written with them costs the same.
const ENDS: &[&[u8]] = &[b"s", b"d", b"r", b"ed", b"er", b"es", b"ly", b"ing"];

/// The longest of them, in letters.
pub(super) const LONGEST_END: usize = 3;

/// A shorter word has no ends but those that the list knows.
const SHORTEST: usize = 4;

/// True for letters of a word of the list, or of one with an end. They are lower case; what is no
/// letter of ASCII stands in no word.
pub(super) fn knows_all(letters: &[u8]) -> bool {
    let mut is_known = false;
    if letters.len() <= LONGEST + LONGEST_END {
        words(letters, |long| is_known |= long == letters.len());
    }
    is_known
}

/// Says how many letters each word has that begins with the first of these. They are lower case.
pub(super) fn words(letters: &[u8], mut each: impl FnMut(usize)) {
    let tree: &Tree = &TREE;
    let mut node = tree.root();
    for (at, letter) in letters.iter().enumerate() {
        let Some(next) = tree.step(node, *letter) else {
            return;
        };
        node = next;
        let long = at + 1;
        let rest = letters.get(long..).unwrap_or_default();
        if node.is_word {
            each(long);
            if long >= SHORTEST && rest.first().is_some_and(|it| begins_end(*it)) {
                for end in ENDS.iter().filter(|it| rest.starts_with(it)) {
                    each(long + end.len());
                }
            }
        }
        if long + 1 >= SHORTEST
            && rest.starts_with(b"ing")
            && tree.step(node, b'e').is_some_and(|it| it.is_word)
        {
            each(long + 3);
        }
    }
}

/// True for a letter that one of [`ENDS`] begins with.
const fn begins_end(letter: u8) -> bool {
    matches!(letter, b's' | b'd' | b'r' | b'e' | b'l' | b'i')
}

/// The list as a tree.
#[derive(Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
    /// Where the letters of each node lead, in their order.
    edges: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The first of its edges.
    from: u32,
    /// A bit for each letter that goes on, as [`bit`] says.
    letters: u32,
    is_word: bool,
}

/// A bit for each letter that words are written with; none for others.
const fn bit(letter: u8) -> u32 {
    match letter {
        b'\'' => 1,
        b'a'..=b'z' => 2 << (letter - b'a'),
        _ => 0,
    }
}

impl Tree {
    /// Nothing read.
    fn root(&self) -> Node {
        self.nodes.first().copied().unwrap_or_default()
    }

    /// The words that go on from `node` with this letter, if there are any.
    #[inline]
    fn step(&self, node: Node, letter: u8) -> Option<Node> {
        let bit = bit(letter);
        if node.letters & bit == 0 {
            return None;
        }
        let before = (node.letters & (bit - 1)).count_ones();
        let next = *self.edges.get((node.from + before) as usize)?;
        self.nodes.get(next as usize).copied()
    }

    /// Adds the node of words that share their first letters, `read` of them, and those below it.
    /// It is as deep as the longest word is long.
    fn add(&mut self, words: &[&str], read: usize) -> u32 {
        let node = self.nodes.len();
        self.nodes.push(Node::default());
        let letter = |it: &&str| it.as_bytes().get(read).copied();
        let (mut letters, mut edges) = (0, Vec::new());
        for group in words.chunk_by(|one, two| letter(one) == letter(two)) {
            if let Some(letter) = group.first().and_then(letter) {
                letters |= bit(letter);
                edges.push(self.add(group, read + 1));
            }
        }
        let from = u32::try_from(self.edges.len()).unwrap_or_default();
        if let Some(node) = self.nodes.get_mut(node) {
            *node = Node {
                from,
                letters,
                is_word: words.first().is_some_and(|it| it.len() == read),
            };
        }
        self.edges.append(&mut edges);
        u32::try_from(node).unwrap_or_default()
    }
}

static TREE: LazyLock<Tree> = LazyLock::new(|| {
    let mut words: Vec<_> = WORDS.split_ascii_whitespace().collect();
    words.sort_unstable();
    let mut tree = Tree::default();
    tree.add(&words, 0);
    tree
});

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(word: &str) -> bool {
        knows_all(word.as_bytes())
    }

    #[test]
    fn words_are_known_and_pieces_are_not() {
        for word in [
            "ignore",
            "instructions",
            "a",
            "don't",
            "switching",
            "writings",
            "sending",
        ] {
            assert!(knows(word), "{word}");
        }
        for piece in ["", "ignor", "instructio", "nore"] {
            assert!(!knows(piece), "{piece}");
        }
    }

    #[test]
    fn no_word_is_longer_than_is_said() {
        let longest = WORDS.split_ascii_whitespace().map(str::len).max();
        assert_eq!(longest, Some(LONGEST));
        assert_eq!(ENDS.iter().map(|it| it.len()).max(), Some(LONGEST_END));
        assert!(ENDS.iter().all(|it| begins_end(it[0])));
    }

    #[test]
    fn every_letter_of_the_list_has_a_bit() {
        assert!(WORDS.bytes().all(|it| it == b' ' || bit(it) != 0));
        for word in WORDS.split_ascii_whitespace() {
            assert!(knows(word), "{word}");
        }
    }
}
