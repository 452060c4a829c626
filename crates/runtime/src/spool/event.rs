//! An event as it is written: the bytes of `gatehouse.intake.Event`, encoded in place, without a
//! copy of each field first.

use prost::encoding::{WireType, encode_key, encode_varint};
use terms::{EventId, EventType};

/// One event, borrowed.
pub(super) struct Written<'a> {
    pub counter: u64,
    pub id: EventId,
    pub unix_micros: i64,
    pub tenant_id: &'a str,
    pub event_type: EventType,
    pub payload: &'a [u8],
}

impl Written<'_> {
    /// Appends the message to `out`. Fields of their default value are left out, as proto3 does.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        number(1, self.counter, out);
        bytes(2, self.id.as_str().as_bytes(), out);
        // Protobuf's int64 is its two's complement.
        number(3, self.unix_micros.cast_unsigned(), out);
        bytes(4, self.tenant_id.as_bytes(), out);
        bytes(5, self.event_type.as_str().as_bytes(), out);
        bytes(6, self.payload, out);
    }
}

fn number(tag: u32, value: u64, out: &mut Vec<u8>) {
    if value != 0 {
        encode_key(tag, WireType::Varint, out);
        encode_varint(value, out);
    }
}

fn bytes(tag: u32, value: &[u8], out: &mut Vec<u8>) {
    if !value.is_empty() {
        encode_key(tag, WireType::LengthDelimited, out);
        encode_varint(u64::try_from(value.len()).unwrap_or(u64::MAX), out);
        out.extend_from_slice(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use prost::Message;

    proptest! {
        #[test]
        fn what_is_written_is_the_message_of_the_protocol(
            counter: u64,
            unix_micros: i64,
            tenant in ".{0,20}",
            payload in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let written = Written {
                counter,
                id: "evt_1".into(),
                unix_micros,
                tenant_id: &tenant,
                event_type: EventType::GatewayRequest,
                payload: &payload,
            };
            let mut out = Vec::new();
            written.encode(&mut out);
            let expected = wire::intake::Event {
                counter,
                id: "evt_1".to_owned(),
                unix_micros,
                tenant_id: tenant,
                event_type: "GATEWAY_REQUEST".to_owned(),
                payload: payload.into(),
            };
            prop_assert_eq!(out, expected.encode_to_vec());
        }
    }
}
