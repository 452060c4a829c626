//! Numbers that are no person's.

use super::Class;
use crate::checks::{digits, gs1, text, weighted, with_luhn};
use crate::rng::{ALNUM, HEX, LOWER, Rng, UPPER, UPPER_DIGITS};

const fn class(
    name: &'static str,
    make: fn(&mut Rng) -> String,
    frames: &'static [&'static str],
) -> Class {
    Class {
        name,
        by_design: false,
        make,
        frames,
    }
}

pub(super) const CLASSES: &[Class] = &[
    class(
        "order number that passes Luhn",
        |rng| {
            let count = rng.of(&[7, 8, 9, 11, 17, 18]);
            let number = rng.number(count);
            text(&with_luhn(number))
        },
        ORDER,
    ),
    class(
        "16 digits that pass Luhn, no card's beginning",
        crate::kinds::no_card,
        ORDER,
    ),
    class(
        "card-like number that fails Luhn",
        |rng| {
            let mut number = with_luhn([vec![4], rng.digits(14)].concat());
            let last = number.pop().unwrap_or_default();
            number.push((last + 1 + rng.digit(0).min(7)) % 10);
            text(&number)
        },
        ORDER,
    ),
    class(
        "order number of any digits",
        |rng| {
            let count = rng.of(&[6, 7, 8, 9, 10, 11, 12, 13, 14]);
            text(&rng.number(count))
        },
        ORDER,
    ),
    class(
        "IMEI without its name",
        |rng| {
            text(&with_luhn(
                [digits(rng.of(&[35, 86, 1]), 2), rng.digits(12)].concat(),
            ))
        },
        &[
            "Device {v} is offline.",
            "{\"device\": \"{v}\"}",
            "unit {v}, model x200, state ok",
            "Gerät {v} antwortet nicht.",
        ],
    ),
    class(
        "ISBN",
        |rng| {
            let mut number = [vec![9, 7, 8], rng.digits(9)].concat();
            number.push(gs1(&number));
            let t = text(&number);
            if rng.chance(50) {
                t
            } else {
                format!(
                    "{}-{}-{}",
                    t.get(..3).unwrap_or_default(),
                    t.get(3..12).unwrap_or_default(),
                    t.get(12..).unwrap_or_default()
                )
            }
        },
        &[
            "ISBN {v}",
            "The book (ISBN {v}) is out of print.",
            "\"isbn\":\"{v}\"",
        ],
    ),
    class(
        "EAN or UPC",
        |rng| {
            let count = rng.of(&[11, 12]);
            let mut number = rng.digits(count);
            number.push(gs1(&number));
            text(&number)
        },
        &[
            "EAN {v}",
            "UPC: {v}, 12 pieces",
            "Barcode {v} scanned twice.",
            "sku,ean\n77,{v}",
        ],
    ),
    class(
        "ISSN and DOI",
        |rng| {
            format!(
                "10.{}/{}.{}",
                rng.between(1000, 9999),
                rng.letters(LOWER, 5),
                rng.between(1000, 999_999)
            )
        },
        &[
            "doi:{v}",
            "See https://doi.org/{v}.",
            "ISSN 1234-5679, doi {v}",
        ],
    ),
    class(
        "tracking number",
        |rng| match rng.below(4) {
            0 => format!("1Z{}", rng.letters(UPPER_DIGITS, 16)),
            1 => text(&rng.number(22)),
            2 => format!("{}{}DE", rng.letters(UPPER, 2), text(&rng.number(9))),
            _ => format!("JJD{}", text(&rng.digits(18))),
        },
        &[
            "Tracking number: {v}",
            "Your parcel {v} is on its way.",
            "Sendungsnummer {v}",
            "{v} delivered",
        ],
    ),
    class(
        "invoice number",
        |rng| {
            format!(
                "{}-{}-{:05}",
                rng.one(&["INV", "RE", "FA", "2024"]),
                rng.between(2015, 2026),
                rng.below(100_000)
            )
        },
        &[
            "Invoice {v}",
            "Rechnung {v} vom 3. Mai",
            "Facture n° {v}",
            "invoice={v} total=120.00",
        ],
    ),
    class(
        "part number",
        |rng| {
            format!(
                "{}{}-{}-{}",
                rng.letters(UPPER, 2),
                rng.between(10, 999),
                rng.between(1000, 99_999),
                rng.letters(UPPER_DIGITS, 3)
            )
        },
        &[
            "Part no. {v}",
            "P/N {v} replaces {v}",
            "Bauteil {v}, 2 Stück",
        ],
    ),
    class(
        "price and amount",
        |rng| format!("{}.{:02}", rng.between(1, 9_999_999), rng.below(100)),
        &[
            "Total: ${v}",
            "{v} EUR",
            "Der Preis beträgt {v} €.",
            "USD {v} - USD {v} = USD {v}",
            "amount={v}",
        ],
    ),
    class(
        "grouped amounts",
        |rng| {
            format!(
                "{},{:03},{:03}.{:02}",
                rng.between(1, 999),
                rng.below(1000),
                rng.below(1000),
                rng.below(100)
            )
        },
        &["Revenue was ${v} in Q3.", "{v}", "1 234 567,89 € or {v}"],
    ),
    class(
        "coordinates",
        |rng| {
            format!(
                "{}.{:06}, -{}.{:06}",
                rng.between(10, 80),
                rng.below(1_000_000),
                rng.between(10, 170),
                rng.below(1_000_000)
            )
        },
        &[
            "{v}",
            "geo:{v}",
            "The hut stands at {v}.",
            "\"location\": \"{v}\"",
        ],
    ),
    class(
        "unix time",
        |rng| {
            let milli = if rng.chance(50) { 1000 } else { 1 };
            (rng.between(1_500_000_000, 1_800_000_000) * milli).to_string()
        },
        &[
            "ts={v}",
            "{\"created\":{v},\"expires\":{v}}",
            "at {v} ms",
            "exp: {v}",
            "Timestamp {v} is in the past.",
        ],
    ),
    class(
        "ISO time",
        |rng| {
            format!(
                "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                rng.between(15, 26),
                rng.between(1, 12),
                rng.between(1, 28),
                rng.below(24),
                rng.below(60),
                rng.below(60),
                rng.below(1000)
            )
        },
        &[
            "{v}",
            "{v} INFO started",
            "from {v} to {v}",
            "\"updated_at\":\"{v}\"",
        ],
    ),
    class(
        "date of no birth",
        |rng| {
            format!(
                "{:02}/{:02}/20{:02}",
                rng.between(1, 12),
                rng.between(1, 28),
                rng.between(20, 26)
            )
        },
        &[
            "Due {v}",
            "Meeting on {v} at 10:30",
            "released {v}",
            "Lieferung bis {v}",
            "expires {v}",
        ],
    ),
    class(
        "date and time without separators",
        |rng| {
            format!(
                "20{:02}{:02}{:02}{:02}{:02}{:02}",
                rng.between(15, 26),
                rng.between(1, 12),
                rng.between(1, 28),
                rng.below(24),
                rng.below(60),
                rng.below(60)
            )
        },
        &[
            "backup-{v}.tar.gz",
            "migration {v}",
            "{v}_create_users.sql",
            "build {v}",
        ],
    ),
    class(
        "version",
        |rng| {
            format!(
                "{}.{}.{}",
                rng.between(0, 30),
                rng.between(0, 60),
                rng.between(0, 999)
            )
        },
        &[
            "v{v}",
            "version {v}",
            "Upgrade from {v} to {v}.",
            "serde = \"{v}\"",
            "python=={v}",
            "node {v}, npm {v}",
        ],
    ),
    class(
        "version of four parts",
        |rng| {
            format!(
                "{}.{}.{}.{}",
                rng.between(1, 130),
                rng.between(0, 9),
                rng.between(300, 9999),
                rng.between(0, 200)
            )
        },
        &[
            "Chrome/{v}",
            "version {v}",
            "AssemblyVersion(\"{v}\")",
            "firmware {v}",
        ],
    ),
    class(
        "OID and section numbers",
        |rng| {
            format!(
                "1.3.6.1.4.1.{}.{}.{}",
                rng.between(300, 60_000),
                rng.between(1, 30),
                rng.between(1, 30)
            )
        },
        &["OID {v}", "snmpget host {v}", "see {v}"],
    ),
    class(
        "ratio, score, statistics",
        |rng| format!("{}/{}", rng.between(1, 999), rng.between(1, 999)),
        &[
            "{v} tests passed",
            "score {v}",
            "{v} = 0.{v}",
            "won {v} and {v}",
        ],
    ),
    class(
        "port list",
        |rng| rng.between(1024, 65_535).to_string(),
        &[
            "ports: {v}, {v}, {v}, {v}",
            "0:{v} -> {v}/tcp",
            "expose {v} {v} {v}",
            "EXPOSE {v}",
        ],
    ),
    class(
        "phone-like maths",
        |rng| {
            format!(
                "{} {} {} {} {}",
                rng.between(100, 999),
                rng.one(&["-", "+", "*", "/"]),
                rng.between(10, 999),
                rng.one(&["-", "+", "*"]),
                rng.between(1, 99_999)
            )
        },
        &[
            "{v} = ?",
            "Compute {v} and then {v}.",
            "x = {v}",
            "Result of {v}: negative",
        ],
    ),
    Class {
        name: "subtraction shaped as a social security number",
        by_design: true,
        make: |rng| {
            format!(
                "{}-{:02}-{:04}",
                rng.between(100, 665),
                rng.between(1, 99),
                rng.between(1, 9999)
            )
        },
        frames: &["{v} = ?", "Compute {v}.", "x = {v}"],
    },
    class(
        "ranges and lists of numbers",
        |rng| rng.between(100, 9999).to_string(),
        &[
            "{v}-{v}",
            "pages {v}-{v}, {v}-{v}",
            "[{v}, {v}, {v}, {v}, {v}]",
            "{v} {v} {v} {v}",
            "{v},{v},{v},{v}",
            "{v}.{v}.{v}",
        ],
    ),
    class(
        "table of figures",
        |rng| format!("{:4}.{}", rng.between(1, 9999), rng.below(10)),
        &[
            "| {v} | {v} | {v} |\n| {v} | {v} | {v} |",
            "{v}\t{v}\t{v}\n{v}\t{v}\t{v}",
            "mean {v} sd {v} n {v}",
        ],
    ),
    class(
        "spreadsheet row",
        |rng| rng.between(1, 999_999).to_string(),
        &[
            "{v};{v};{v};{v};{v}",
            "{v},{v},{v}\n{v},{v},{v}",
            "sum({v},{v})={v}",
        ],
    ),
    class(
        "measure",
        |rng| {
            format!(
                "{} {}",
                rng.between(1, 99_999),
                rng.one(&["mm", "kg", "km", "ms", "kB", "GiB", "V", "Hz"])
            )
        },
        &[
            "{v}",
            "{v} x {v} x {v}",
            "took {v}, used {v}",
            "Gewicht {v}, Länge {v}",
        ],
    ),
    class(
        "bug and ticket number",
        |rng| {
            format!(
                "{}-{}",
                rng.one(&["PROJ", "OPS", "CVE-2023", "RFC", "JIRA"]),
                rng.between(100, 99_999)
            )
        },
        &[
            "fixes {v}",
            "{v}: crash on start",
            "see {v} and {v}",
            "#{v}",
        ],
    ),
    class(
        "flight, train, licence plate",
        |rng| format!("{}{}", rng.letters(UPPER, 2), rng.between(100, 9999)),
        &[
            "Flight {v} at 07:45",
            "{v} departs from platform 4",
            "booking {v}",
        ],
    ),
    class(
        "booking code",
        |rng| rng.letters(UPPER_DIGITS, 6),
        &["Booking reference {v}", "PNR {v}", "Your code is {v}."],
    ),
    class(
        "account and customer number",
        |rng| text(&rng.number(8)),
        &[
            "Customer no. {v}",
            "Kundennummer {v}",
            "compte client {v}",
            "customer_id={v}",
            "cliente {v}",
        ],
    ),
    class(
        "row id in SQL",
        |rng| rng.between(1_000_000, 99_999_999_999).to_string(),
        &[
            "SELECT * FROM t WHERE id = {v};",
            "id IN ({v}, {v}, {v})",
            "INSERT INTO t VALUES ({v}, 'x', {v});",
        ],
    ),
    class(
        "snowflake and long ids",
        |rng| text(&rng.number(19)),
        &[
            "message {v}",
            "\"id\": {v}",
            "https://example.com/p/{v}",
            "id:{v}",
        ],
    ),
    class(
        "serial number",
        |rng| rng.letters(UPPER_DIGITS, 12),
        &[
            "S/N {v}",
            "Seriennummer {v}",
            "serial={v}",
            "Serial number: {v}.",
        ],
    ),
    class(
        "VAT-free text with BSN-like sums",
        |rng| {
            let mut number = rng.number(8);
            number.push(crate::checks::small(
                weighted(&number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10,
            ));
            text(&number)
        },
        &[
            "lot {v}",
            "batch {v} shipped",
            "order {v}",
            "PO {v}: 4 pallets",
        ],
    ),
    class(
        "hex colour",
        |rng| format!("#{}", rng.letters(HEX, 6)),
        &[
            "color: {v};",
            ".a{background:{v};border:1px solid {v}}",
            "{v} {v} {v} {v}",
        ],
    ),
    class(
        "short code of a shop",
        |rng| format!("{}{}", rng.letters(ALNUM, 4), rng.between(100, 999)),
        &["Use code {v} for 10 % off.", "voucher {v}", "Gutschein {v}"],
    ),
    Class {
        name: "test card",
        by_design: true,
        make: |rng| {
            rng.one(&[
                "4111 1111 1111 1111",
                "4242424242424242",
                "5555-5555-5555-4444",
                "378282246310005",
                "6011 1111 1111 1117",
                "3530111333300000",
                "4000056655665556",
            ])
            .to_owned()
        },
        frames: &[
            "Use {v} in the sandbox.",
            "test card {v}, any CVC",
            "card_number: {v}",
            "{v}",
        ],
    },
];

const ORDER: &[&str] = &[
    "Order {v} has shipped.",
    "order_id={v}",
    "Bestellung {v} ist unterwegs.",
    "La commande {v} est prête.",
    "El pedido {v} está listo.",
    "{\"order\": \"{v}\", \"items\": 3}",
    "Ref {v}, 2 boxes",
    "Ordine {v}; zamówienie {v}",
    "注文番号は{v}です",
    "订单号 {v}",
    "Reference: {v}.",
    "2024-05-01T10:00:00Z INFO order.created id={v} total=12",
];
