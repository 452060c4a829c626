//! What is read out of a certificate, hostile ones included.

use decide::facts::ClientCertificate;
use rcgen::string::{BmpString, TeletexString};
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, SanType, SerialNumber};

use super::*;

fn read(change: impl FnOnce(&mut CertificateParams)) -> ClientCertificate {
    let client = Authority::new("clients").issue(change);
    certificate::read(client.cert()).unwrap()
}

fn named(parts: &[(DnType, DnValue)]) -> ClientCertificate {
    read(|params| {
        params.distinguished_name = DistinguishedName::new();
        for (kind, value) in parts {
            params.distinguished_name.push(kind.clone(), value.clone());
        }
    })
}

fn text(value: &str) -> DnValue {
    DnValue::Utf8String(value.to_owned())
}

fn common_name(value: DnValue) -> (String, Vec<String>) {
    let found = named(&[(DnType::CommonName, value)]);
    let names = found.common_names.iter().map(ToString::to_string).collect();
    (found.subject.to_string(), names)
}

#[test]
fn a_subject_is_written_as_rfc_4514_has_it_the_last_part_first() {
    let found = named(&[
        (DnType::CountryName, text("US")),
        (DnType::StateOrProvinceName, text("CA")),
        (DnType::LocalityName, text("San Francisco")),
        (DnType::OrganizationName, text("Example")),
        (DnType::CommonName, text("mcp-server-01")),
    ]);
    assert_eq!(
        &*found.subject,
        "CN=mcp-server-01,O=Example,L=San Francisco,ST=CA,C=US"
    );
    assert_eq!(found.common_names, [Arc::from("mcp-server-01")]);
}

#[test]
fn a_name_that_would_forge_another_subject_is_escaped() {
    for (name, written) in [
        ("a,O=Example", "CN=a\\,O=Example"),
        ("a+CN=b", "CN=a\\+CN=b"),
        ("say \"hi\"", "CN=say \\\"hi\\\""),
        ("a\\,b", "CN=a\\\\\\,b"),
        ("<a;b>", "CN=\\<a\\;b\\>"),
        ("#a", "CN=\\#a"),
        (" a ", "CN=\\ a\\ "),
        (" ", "CN=\\ "),
        ("größe", "CN=größe"),
    ] {
        let (subject, names) = common_name(text(name));
        assert_eq!(subject, written);
        assert_eq!(
            names,
            [name],
            "the identity is what stands there, no more and no less"
        );
    }
}

#[test]
fn a_name_with_control_characters_or_nothing_in_it_is_nobodys() {
    for (name, written) in [
        ("mcp-server-01\0", "CN=mcp-server-01\\00"),
        ("mcp-server-01\0.evil", "CN=mcp-server-01\\00.evil"),
        ("a\r\nb", "CN=a\\0d\\0ab"),
        ("a\u{85}b", "CN=a\\c2\\85b"),
        ("", "CN="),
    ] {
        let (subject, names) = common_name(text(name));
        assert_eq!(subject, written);
        assert!(names.is_empty(), "{names:?}");
    }
}

#[test]
fn other_alphabets_are_read_and_what_is_no_text_is_shown_as_it_is_encoded() {
    let wide = BmpString::try_from("mcp-server-01").unwrap();
    let (subject, names) = common_name(DnValue::BmpString(wide));
    assert_eq!((subject.as_str(), names.len()), ("CN=mcp-server-01", 1));
    let latin = TeletexString::try_from("plain").unwrap();
    assert_eq!(common_name(DnValue::TeletexString(latin)).1, ["plain"]);
    // The bytes of a certificate whose common name is not UTF-8.
    let client = Authority::new("clients").issue(|params| {
        params
            .distinguished_name
            .push(DnType::CommonName, "XYZ-placeholder");
    });
    let mut der = client.cert().to_vec();
    let at = der.windows(3).position(|it| it == b"XYZ").unwrap();
    der[at..at + 3].copy_from_slice(&[0xff, 0xfe, 0x80]);
    let found = certificate::read(&der).unwrap();
    assert!(found.common_names.is_empty());
    assert!(
        found.subject.starts_with("CN=#0c0ffffe80"),
        "{}",
        found.subject
    );
}

#[test]
fn two_common_names_are_both_told() {
    // Made by hand: a distinguished name of the library holds one of a kind.
    let client = Authority::new("clients").issue(|params| {
        params.distinguished_name = DistinguishedName::new();
        let name = &mut params.distinguished_name;
        name.push(DnType::OrganizationName, "second");
        name.push(DnType::CommonName, "first");
    });
    let mut der = client.cert().to_vec();
    let organization = [0x06, 0x03, 0x55, 0x04, 0x0a];
    let at = der.windows(5).position(|it| it == organization).unwrap();
    der[at + 4] = 0x03;
    let found = certificate::read(&der).unwrap();
    assert_eq!(
        found.common_names,
        [Arc::from("second"), Arc::from("first")]
    );
    assert_eq!(&*found.subject, "CN=first,CN=second");
}

#[test]
fn alternative_names_serial_and_times_are_read() {
    let found = read(|params| {
        params.serial_number = Some(SerialNumber::from(vec![0x00, 0xab, 0xcd]));
        params.subject_alt_names = vec![
            SanType::DnsName("a.example.com".try_into().unwrap()),
            SanType::URI("spiffe://example.com/a".try_into().unwrap()),
            SanType::Rfc822Name("a@example.com".try_into().unwrap()),
        ];
    });
    assert_eq!(found.dns_names, [Arc::from("a.example.com")]);
    assert_eq!(found.uris, [Arc::from("spiffe://example.com/a")]);
    assert_eq!(found.emails, [Arc::from("a@example.com")]);
    assert_eq!(&*found.serial, "abcd");
    assert_eq!(found.fingerprint.len(), 64);
    assert!(found.not_before < clock::now() && found.not_after > clock::now());
}

#[test]
fn what_is_no_certificate_is_refused_whatever_it_is() {
    let whole = Authority::new("clients").client(7).cert().to_vec();
    for length in 0..whole.len() {
        assert!(certificate::read(&whole[..length]).is_err(), "{length}");
    }
    let longer = [whole.as_slice(), &[0]].concat();
    assert!(certificate::read(&longer).is_err());
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0xff;
        // Any answer does, but one must come.
        let _ = certificate::read(&changed);
    }
}

#[tokio::test]
async fn a_certificate_with_an_alternative_name_that_cannot_be_read_is_refused_at_the_door() {
    let authority = Authority::new("clients");
    let door = open(Files::new(&authority).settings(true, None)).await;
    let broken = authority.issue(|params| {
        let raw = vec![0x30, 0x04, 0x82, 0x02, 0xff, 0xfe];
        let oid = [2, 5, 29, 17];
        let extension = rcgen::CustomExtension::from_oid_content(&oid, raw);
        params.custom_extensions.push(extension);
    });
    assert!(enter(&door, Some(&broken)).await.is_err());
}
