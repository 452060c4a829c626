//! What stands in the line beneath a name: alone there, or as the reply to who asked for it.

use crate::detector::Look;

/// The longest text before a reply, in bytes: `[10:43] bruno: `.
const WHO: usize = 32;

/// The longest line that is read, in bytes.
const LINE: usize = 256;

/// Where the only word of the next line begins, or that of the reply in it. The name ends at `end`;
/// one empty line may stand between. The word begins at `farthest` or before.
pub(crate) fn beneath(look: &Look<'_>, end: usize, farthest: usize) -> Option<usize> {
    let text = look.after(end, LINE);
    let rest = text.trim_start_matches(['?', ':', '.', ' ']);
    let lines = rest.trim_start_matches(['\n', '\r']);
    let breaks = rest.get(..rest.len() - lines.len())?.matches('\n').count();
    if !(1..=2).contains(&breaks) {
        return None;
    }
    let line = lines.get(..lines.find(['\n', '\r']).unwrap_or(lines.len()))?;
    let word = line.rsplit(' ').next()?;
    let who = line.get(..line.len() - word.len())?;
    let is_reply = who.len() <= WHO && who.ends_with([':', '>', '-', ' ']);
    let is_reply = is_reply && who.trim_end().ends_with([':', '>', '-']);
    let opened = word.len() - word.trim_start_matches(['"', '\'', '`']).len();
    let at = end + text.len() - lines.len() + who.len() + opened;
    ((who.is_empty() || is_reply) && at <= farthest).then_some(at)
}
