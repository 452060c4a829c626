use super::*;

fn piece(text: &'static str) -> Piece {
    Piece {
        bytes: Bytes::from_static(text.as_bytes()),
        ..Piece::default()
    }
}

#[test]
fn a_usage_piece_is_kept_and_shown_only_to_who_asked() {
    let usage = Usage {
        input: 3,
        output: 5,
        ..Usage::default()
    };
    let last = Piece {
        usage: Some(usage),
        usage_only: true,
        ..piece("{}")
    };
    let mut deaf = Egress::new(Plan::default());
    assert_eq!(deaf.push(last.clone()), Emit::Nothing);
    assert_eq!(deaf.usage(), Some(usage));
    let mut asked = Egress::new(Plan {
        wants_usage: true,
        ..Plan::default()
    });
    assert_eq!(asked.push(last), Emit::Bytes(Bytes::from_static(b"{}")));
}

#[test]
fn an_endless_answer_is_stopped() {
    let mut egress = Egress::new(Plan {
        max_bytes: 4,
        ..Plan::default()
    });
    assert_eq!(
        egress.push(piece("1234")),
        Emit::Bytes(Bytes::from_static(b"1234"))
    );
    let Emit::Stop(_, fault) = egress.push(piece("5")) else {
        panic!("it went on");
    };
    assert_eq!(fault.code, Code::ProviderError);
}

mod outside;
mod texts;
