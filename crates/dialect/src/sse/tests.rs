use bytes::Bytes;
use proptest::prelude::*;
use terms::Code;

use super::*;

fn decode(chunks: &[Bytes]) -> (Vec<Frame>, Option<(Frame, bool)>) {
    let mut decoder = Decoder::default();
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk.clone());
        while let Some(frame) = decoder.next_frame().unwrap() {
            frames.push(frame);
        }
    }
    let last = decoder.finish();
    (frames, last)
}

fn data(stream: &'static [u8]) -> Vec<Option<String>> {
    let (frames, _) = decode(&[Bytes::from_static(stream)]);
    frames
        .iter()
        .map(|frame| Some(String::from_utf8(frame.data()?.to_vec()).unwrap()))
        .collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn lines_may_end_in_lf_crlf_or_cr() {
    for stream in [
        &b"data: a\n\ndata: b\n\n: end\n\n"[..],
        b"data: a\r\n\r\ndata: b\r\n\r\n: end\r\n\r\nx",
        b"data: a\r\rdata: b\r\r: end\r\rx",
        b"data: a\r\n\ndata: b\n\r\n: end\n\r\nx",
    ] {
        assert_eq!(data(stream), [some("a"), some("b"), None], "{stream:?}");
    }
}

#[test]
fn fields_are_read_as_the_standard_says() {
    assert_eq!(data(b"data:a\ndata:  b\ndata\n\n"), [some("a\n b\n")]);
    assert_eq!(data(b": ping\ndata: a\n\n"), [some("a")]);
    assert_eq!(data(b"database: a\n\n"), [None]);
    assert_eq!(data(b"\xef\xbb\xbfdata: a\n\n"), [some("a")]);
    let frame = Frame::new(Bytes::from_static(
        b"event: x\nid: 7\nevent: message_start\ndata: {}\n\n",
    ));
    assert_eq!(frame.event(), Some(&b"message_start"[..]));
    assert_eq!(frame.id(), Some(&b"7"[..]));
}

#[test]
fn a_frame_within_a_chunk_is_a_slice_of_it() {
    let chunk = Bytes::from_static(b"data: a\n\ndata: b\n\n");
    let (frames, last) = decode(std::slice::from_ref(&chunk));
    assert_eq!(frames[1].bytes().as_ptr(), chunk[9..].as_ptr());
    assert_eq!(frames[1].data().unwrap().as_ptr(), chunk[15..].as_ptr());
    assert_eq!(last, None);
}

#[test]
fn an_event_without_its_blank_line_is_told_apart_at_the_end() {
    let (frames, last) = decode(&[Bytes::from_static(b"data: a\n\ndata: b\n")]);
    assert_eq!(frames.len(), 1);
    let (frame, whole) = last.unwrap();
    assert_eq!((&frame.data().unwrap()[..], whole), (&b"b"[..], false));
    let (_, last) = decode(&[Bytes::from_static(b"data: a\r\r")]);
    assert!(last.unwrap().1);
}

#[test]
fn an_event_over_the_limit_is_refused_for_good_however_it_comes() {
    for piece in [1, 7, 64] {
        let stream = format!("data: a\n\ndata: {}\n\n", "x".repeat(40));
        let mut decoder = Decoder::new(32);
        let mut faults = 0;
        for chunk in stream.as_bytes().chunks(piece) {
            decoder.push(Bytes::copy_from_slice(chunk));
            loop {
                match decoder.next_frame() {
                    Ok(Some(frame)) => assert_eq!(frame.data().unwrap(), "a"),
                    Ok(None) => break,
                    Err(fault) => {
                        assert_eq!(fault.code, Code::ProviderError);
                        faults += 1;
                        break;
                    }
                }
            }
        }
        assert!(faults > 0, "in pieces of {piece}");
        assert!(decoder.next_frame().is_err());
        assert_eq!(decoder.finish(), None);
    }
}

#[test]
fn neighbours_are_gathered_without_a_copy_and_others_in_order() {
    let chunk = Bytes::from_static(b"data: a\n\ndata: b\n\ndata: c\n\n");
    let (frames, _) = decode(std::slice::from_ref(&chunk));
    let mut all = Gather::new(chunk.clone());
    frames.iter().for_each(|frame| all.push(frame.bytes()));
    let all = all.into_bytes();
    assert_eq!((all.as_ptr(), &all), (chunk.as_ptr(), &chunk));

    let mut without = Gather::new(chunk.clone());
    without.push(frames[0].bytes());
    without.push(frames[2].bytes());
    assert_eq!(without.into_bytes(), "data: a\n\ndata: c\n\n");

    let mut changed = Gather::new(chunk.clone());
    changed.push(&Bytes::from_static(b"data: held\n\n"));
    changed.push(frames[0].bytes());
    changed.push(frames[1].bytes());
    changed.push(&Bytes::from_static(b"data: C\n\n"));
    assert_eq!(
        changed.into_bytes(),
        "data: held\n\ndata: a\n\ndata: b\n\ndata: C\n\n"
    );
    assert_eq!(Gather::new(chunk).into_bytes(), "");
}

proptest! {
    #[test]
    fn any_split_gives_the_same_frames_and_loses_no_byte(
        stream in prop::collection::vec(prop::sample::select(vec![
            "data: {\"a\":1}", "data: x", ": ping", "event: e", "id: 1", "data:", "é",
            "\n", "\n\n", "\r", "\r\n", "\r\n\r\n", "\r\r",
        ]), 0..30),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let stream = Bytes::from(stream.concat());
        let whole = decode(std::slice::from_ref(&stream));
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let chunks: Vec<_> = cuts.windows(2).map(|cut| stream.slice(cut[0]..cut[1])).collect();
        let cut = decode(&chunks);
        prop_assert_eq!(&whole, &cut);
        let bytewise: Vec<_> = (0..stream.len()).map(|at| stream.slice(at..=at)).collect();
        prop_assert_eq!(&whole, &decode(&bytewise));
        let frames = cut.0.iter().chain(cut.1.iter().map(|last| &last.0));
        let all: Vec<u8> = frames.flat_map(|frame| frame.bytes().to_vec()).collect();
        prop_assert_eq!(all, stream.to_vec());
    }
}

#[test]
fn a_frames_data_can_be_replaced_and_its_other_lines_stay() {
    for (frame, expected) in [
        ("id: 1\ndata: a\n\n", "id: 1\ndata: x\ndata: y\n\n"),
        (
            "data:a\r\ndata: b\r\nid: 1\r\n\r\n",
            "data: x\r\ndata: y\r\nid: 1\r\n\r\n",
        ),
        ("database: a\n\n", "database: a\n\n"),
    ] {
        let frame = Frame::new(Bytes::from_static(frame.as_bytes()));
        assert_eq!(frame.with_data(b"x\ny").bytes(), expected);
    }
}
