//! The way of an answer's texts into the egress machine.

use bytes::Bytes;
use decide::egress::{Carrier, Channel, Egress, Emit, Piece, Said};
use dialect::openai::{self, StreamReader};
use dialect::text::{self, Spoken};
use terms::{Code, Fault};

/// Answers from here on are looked at beside the workers, in bytes.
const LONG: usize = 256 * 1024;

/// A whole answer as the machine takes it.
pub(crate) fn whole(piece: Piece) -> Result<(Piece, bool), Fault> {
    let found = openai::answer_texts(&piece.bytes)?;
    let piece = Piece {
        texts: said(found.texts),
        closes: found.channels.into_iter().map(channel).collect(),
        ..piece
    };
    Ok((piece, found.logprobs))
}

/// A frame of a stream as the machine takes it. It has what its texts need beside it.
pub(crate) fn frame(reader: &StreamReader, piece: openai::Piece) -> Piece {
    let carriers = piece.closes.iter().filter_map(|it| {
        let (before, after) = reader.around(*it)?;
        Some(Carrier {
            channel: channel(*it),
            before,
            after,
        })
    });
    Piece {
        carriers: carriers.collect(),
        closes: piece.closes.into_iter().map(channel).collect(),
        texts: said(piece.texts),
        bytes: piece.bytes,
        usage: piece.usage,
        usage_only: piece.usage_only,
    }
}

fn said(texts: Vec<Spoken>) -> Vec<Said> {
    let said = |it: Spoken| Said {
        channel: channel(it.channel),
        span: it.span,
        bare: false,
    };
    texts.into_iter().map(said).collect()
}

const fn channel(of: text::Channel) -> Channel {
    Channel {
        choice: of.choice,
        member: of.member,
    }
}

/// Pushes a whole answer; a long one beside the workers.
pub(crate) async fn pushed(mut egress: Egress, piece: Piece) -> Result<(Egress, Emit), Fault> {
    if piece.texts.is_empty() || piece.bytes.len() < LONG {
        let emit = egress.push(piece);
        return Ok((egress, emit));
    }
    let work = tokio::task::spawn_blocking(move || {
        let emit = egress.push(piece);
        (egress, emit)
    });
    work.await.map_err(|error| {
        let message = "The answer could not be checked.";
        Fault::new(Code::InternalError, message).detail(error.to_string())
    })
}

/// What leaves of an answer that repeats its texts as tokens: not those, where a text doesn't leave
/// as it came.
pub(crate) fn without_tokens(
    came: &Bytes,
    leaves: Bytes,
    strip: fn(&Bytes) -> Result<Bytes, Fault>,
) -> Result<Bytes, Fault> {
    let same = came.as_ptr() == leaves.as_ptr() && came.len() == leaves.len();
    if same { Ok(leaves) } else { strip(&leaves) }
}

/// True where an answer is stopped for what it says: a stream ends as one that was filtered.
pub(crate) fn is_filtered(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::GuardrailBlocked
            | Code::PiiDetected
            | Code::PiiRedactUnavailable
            | Code::PiiTokenizeUnavailable
            | Code::HallucinationDetected
            | Code::GroundingUnavailable
    )
}
