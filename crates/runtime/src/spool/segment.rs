//! The form of a segment: a sequence of records, each `length u32 | crc32 u32 | counter u64 |
//! event`, little-endian. The CRC covers counter and event.

use std::path::{Path, PathBuf};

pub(super) const HEADER: usize = 16;
/// No event is near this long; a longer length is damage.
const MAX_RECORD: usize = 16 * 1024 * 1024;

/// Replaces `out` by one record, whose event `encode` writes.
pub(super) fn write(out: &mut Vec<u8>, counter: u64, encode: impl FnOnce(&mut Vec<u8>)) {
    out.clear();
    out.resize(HEADER, 0);
    encode(out);
    let Some((header, event)) = out.split_first_chunk_mut::<HEADER>() else {
        return;
    };
    let mut crc = crc32fast::Hasher::new();
    crc.update(&counter.to_le_bytes());
    crc.update(event);
    let length = u32::try_from(event.len()).unwrap_or(u32::MAX);
    let (prefix, number) = header.split_at_mut(8);
    let (size, sum) = prefix.split_at_mut(4);
    size.copy_from_slice(&length.to_le_bytes());
    sum.copy_from_slice(&crc.finalize().to_le_bytes());
    number.copy_from_slice(&counter.to_le_bytes());
}

/// What stands at the start of some bytes of a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read<'a> {
    /// A record, and how many bytes it takes.
    Record {
        counter: u64,
        event: &'a [u8],
        size: usize,
    },
    /// The beginning of one: more may follow, or the process was killed while writing.
    Short,
    /// Not a record.
    Damaged,
}

/// Reads the record at the start of `bytes`.
pub(super) fn read(bytes: &[u8]) -> Read<'_> {
    let Some((header, rest)) = bytes.split_first_chunk::<HEADER>() else {
        return Read::Short;
    };
    let [l0, l1, l2, l3, c0, c1, c2, c3, counter @ ..] = *header;
    let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
    if length > MAX_RECORD {
        return Read::Damaged;
    }
    let Some(event) = rest.get(..length) else {
        return Read::Short;
    };
    let mut crc = crc32fast::Hasher::new();
    crc.update(&counter);
    crc.update(event);
    if crc.finalize() != u32::from_le_bytes([c0, c1, c2, c3]) {
        return Read::Damaged;
    }
    Read::Record {
        counter: u64::from_le_bytes(counter),
        event,
        size: HEADER + length,
    }
}

/// The path of segment `number` in a boot's folder. Names sort as numbers do.
pub(super) fn path(boot: &Path, number: u64) -> PathBuf {
    boot.join(format!("{number:010}.seg"))
}

/// The numbers of the segments in a boot's folder, ascending.
pub(super) fn list(boot: &Path) -> std::io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in std::fs::read_dir(boot)? {
        let name = entry?.file_name();
        let number: Option<u64> = name
            .to_str()
            .and_then(|it| it.strip_suffix(".seg")?.parse().ok());
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}
