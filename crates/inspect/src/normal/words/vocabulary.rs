//! Words of English, to tell words from pieces of them: those that most sentences are made of, and
//! those that are said to a model.

use std::sync::LazyLock;

use list::WORDS;

mod list;

/// The longest word of the list, in letters.
const LONGEST: usize = 15;

/// Ends of words. What is written with them costs the same.
const ENDS: &[&[u8]] = &[b"s", b"d", b"r", b"ed", b"er", b"es", b"ly", b"ing"];

/// A shorter word has no ends but those that the list knows.
const SHORTEST: usize = 4;

/// True for letters of a word of the list, in any case, or of one with an end; what is no letter of
/// ASCII stands in none.
pub(super) fn knows_all(letters: impl Fn(usize) -> Option<u8>, count: usize) -> bool {
    let mut is_known = false;
    let letter = |at| if at < count { letters(at) } else { None };
    words(letter, |long| is_known |= long == count);
    is_known
}

/// Says how many letters each word has that begins with the first of these.
pub(super) fn words(letters: impl Fn(usize) -> Option<u8>, mut each: impl FnMut(usize)) {
    let mut walk = Walk::new();
    let has = |at: usize, end: &[u8]| {
        let mut end = end.iter().enumerate();
        end.all(|(place, it)| letters(at + place).is_some_and(|one| one.eq_ignore_ascii_case(it)))
    };
    for long in 1..=LONGEST {
        if !letters(long - 1).is_some_and(|it| walk.step(it)) {
            break;
        }
        if walk.is_word() {
            each(long);
            if long >= SHORTEST {
                for end in ENDS.iter().filter(|it| has(long, it)) {
                    each(long + end.len());
                }
            }
        }
        let mut with_e = walk;
        if long + 1 >= SHORTEST && has(long, b"ing") && with_e.step(b'e') && with_e.is_word() {
            each(long + 3);
        }
    }
}

/// The words that begin with the letters read so far.
#[derive(Clone, Copy, Debug)]
struct Walk {
    tree: &'static Tree,
    node: u32,
}

impl Walk {
    /// Nothing read.
    fn new() -> Self {
        Self {
            tree: &TREE,
            node: 0,
        }
    }

    /// Reads a letter, and says whether any word goes on like that.
    #[inline]
    fn step(&mut self, letter: u8) -> bool {
        let letter = letter.to_ascii_lowercase();
        let edges = self.tree.edges(self.node);
        match edges.iter().find(|it| it.letter == letter) {
            Some(edge) => {
                self.node = edge.to;
                true
            }
            None => false,
        }
    }

    /// True when what was read is a word.
    fn is_word(&self) -> bool {
        let node = self.tree.nodes.get(self.node as usize);
        node.is_some_and(|it| it.is_word)
    }
}

/// The list as a tree.
#[derive(Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The first of its edges, and how many.
    from: u32,
    count: u8,
    is_word: bool,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    letter: u8,
    to: u32,
}

impl Tree {
    fn edges(&self, node: u32) -> &[Edge] {
        let Some(node) = self.nodes.get(node as usize) else {
            return &[];
        };
        let from = node.from as usize;
        let edges = self.edges.get(from..from + usize::from(node.count));
        edges.unwrap_or_default()
    }

    /// Adds the node of words that share their first letters, `read` of them, and those below it.
    /// It is as deep as the longest word is long.
    fn add(&mut self, words: &[&str], read: usize) -> u32 {
        let node = self.nodes.len();
        self.nodes.push(Node::default());
        let letter = |it: &&str| it.as_bytes().get(read).copied();
        let mut edges = Vec::new();
        for group in words.chunk_by(|one, two| letter(one) == letter(two)) {
            if let Some(letter) = group.first().and_then(letter) {
                let to = self.add(group, read + 1);
                edges.push(Edge { letter, to });
            }
        }
        let from = u32::try_from(self.edges.len()).unwrap_or_default();
        if let Some(node) = self.nodes.get_mut(node) {
            *node = Node {
                from,
                count: u8::try_from(edges.len()).unwrap_or_default(),
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
        knows_all(|at| word.as_bytes().get(at).copied(), word.len())
    }

    #[test]
    fn words_are_known_and_pieces_are_not() {
        for word in [
            "ignore",
            "Instructions",
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
    }
}
