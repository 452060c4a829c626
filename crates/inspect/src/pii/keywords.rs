//! The words that name numbers, by topic, in the languages of the countries that have them.
//!
//! Lists are divided by commas. Words are plain ([`super::context`]): lower case, no signs. `~` at the
//! end: more letters may follow.

mod national;

pub(super) use national::NATIONAL;

use super::context::Topic;
use super::context::Topic::*;

/// Topics, and what they are called.
pub(super) const KEYWORDS: &[(&[Topic], &str)] = &[
    // Nobody's numbers.
    (
        &[Other],
        "order, orders, order id, order no, order number, invoice, invoices, tracking, trackingnumber, shipment, parcel, sku, part, part no, part number, \
         serial, serial number, isbn, ean, upc, gtin, barcode, asin, ref, reference, ticket, case, case no, build, commit, hash, \
         checksum, sha1, sha256, md5, uuid, guid, transaction, transaction id, po, purchase order, lot, batch, item, product, \
         model, timestamp, epoch, unix time, issue, bug, pr, page, receipt, quote, request id, trace id, traceid, span id, \
         session, session id, coordinates, latitude, longitude, lat, lon, lng, price, total, amount, usd, eur, gbp, inr, figi, cusip, sedol, isin, doi, issn, \
         oclc, bytes, population, distance, revision, port, error code, status code, article, catalog, catalogue, warranty, license key, \
         confirmation, booking, reservation, flight, delivery, postal tracking, waybill, awb, container, seed, offset, nonce, block, height, \
         bestellung~, bestellnummer, bestell nr, auftrag~, rechnung~, sendung~, artikel~, seriennummer, vorgang~, ticketnummer, aktenzeichen, \
         commande, facture, colis, numéro de série, numero de serie, référence, pedido, factura, envío, número de serie, \
         ordine, fattura, spedizione, encomenda, fatura, bestelnummer, factuurnummer, ordernummer, zamówienie, faktura, \
         fakturanummer, objednávka, comandă, rendelés, számla, sipariş, заказ, заказа, накладная, счёт фактура, 订单, 订单号, 注文番号, 주문번호",
    ),
    // Wider terms.
    (
        &[Identity],
        "national id, national identity, national identification, national number, identity number, id number, id no, id card, identity card, identification number, \
         identity document, personal number, personal id, personal identification, government id, citizen id, civil id, national insurance id, \
         ausweis~, personalausweis~, identitätsnummer, pièce d identité, numéro d identité, carte d identité, documento de identidad, \
         número de identidad, cédula, cedula, documento d identità, carta d identità, documento de identidade, número de identidade, \
         identiteitskaart, identiteitsnummer, dowód osobisty, dowodu osobistego, dowodu, dowód, dowod, seria i numer, matricule, numéro de matricule, cns, luxembourg id, personnummer, henkilötunnus, kimlik, kimlik no, удостоверение личности, \
         身份证, 身份證, 身分證, 身份证号, 신분증, رقم الهوية, הזהות, pan card",
    ),
    (
        &[Tax],
        "tax id, tax number, tax no, tax identification, taxpayer, taxpayer id, tax file, tax identification number, tin, steuernummer, steuer id, steuer nr, \
         identifiant fiscal, numéro fiscal, numéro fiscale, spi, identificación fiscal, número fiscal, código fiscal, cod fiscal, codice fiscale, partita iva, \
         contribuinte, número de contribuinte, fiscaal nummer, numer podatkowy, vergi no, vergi numarası, vergi kimlik, налоговый номер, 税号, 納税者番号",
    ),
    (
        &[Insurance],
        "social security, social security number, social insurance, social insurance number, national insurance, health insurance, insurance number, insured number, health card, \
         sozialversicherung~, rentenversicherung~, krankenversicherung~, krankenversichertennummer, krankenkasse~, versicherungsnummer, versichertennummer, versicherten nr, kvnr, kv nr, kv nummer, egk, \
         sécurité sociale, sécu, assurance maladie, seguridad social, sicurezza sociale, tessera sanitaria, segurança social, \
         segurança social, ubezpieczenie, страховой номер",
    ),
    (
        &[Vat],
        "vat, vat no, vat number, vat id, vatin, vat reg, ust id, ust idnr, ust id nr, ustid, ustidnr, umsatzsteuer~, uid, uid nr, uid nummer, mwst nr, tva, \
         n tva, numéro de tva, iva, partita iva, p iva, nif iva, btw, btw nr, btw nummer, moms, momsnr, momsnummer, momsregistreringsnummer, alv, alv numero, dph, dič, dic, ič dph, \
         nip ue, áfa, adószám, pdv, ддс, φπα, αφμ, käibemaks~, kmkr, pvm, pvm kodas, pvn",
    ),
    // Money.
    (
        &[Card],
        "card, cards, card number, cardnumber, card no, card num, cc, ccn, cc num, ccnumber, credit card, creditcard, debit card, debitcard, payment card, visa, mastercard, master card, amex, \
         american express, discover, jcb, diners, diners club, unionpay, union pay, maestro, primary account number, kreditkarte~, kartennummer, karten nr, bankkarte, \
         carte bancaire, carte bleue, carte de crédit, carte de credit, numéro de carte, tarjeta, tarjeta de crédito, tarjeta de débito, número de tarjeta, carta di credito, \
         numero di carta, numero carta, carta di debito, cartão, cartão de crédito, cartao, número do cartão, betaalkaart, kaartnummer, numer karty, karta kredytowa, \
         karty kredytowej, kortnummer, kreditkort, betalkort, luottokortti, kortin numero, číslo karty, kreditní karta, kartyaszam, bankkártya, kártyaszám, număr card, kredi kartı, kart numarası, \
         номер карты, карта, карты, карту, кредитная карта, банковская карта, картка, номер картки, πιστωτική κάρτα, 信用卡, 卡号, 卡號, 银行卡, クレジットカード, カード番号, \
         신용카드, 카드번호, 카드 번호, כרטיס אשראי, بطاقة, بطاقة الائتمان, क्रेडिट कार्ड, บัตรเครดิต, kartu kredit, nomor kartu, thẻ tín dụng, số thẻ",
    ),
    (
        &[Account],
        "bank account, bank account number, bank acct, checking account, savings account, account number, account no, acct number, acct no, acct, beneficiary account, deposit account, \
         kontonummer, kontonr, bankverbindung, numéro de compte, compte bancaire, cuenta bancaria, número de cuenta, \
         conto corrente, numero di conto, conta bancária, conta corrente, rekeningnummer, numer konta, numer rachunku, bankkonto, číslo účtu, hesap numarası, \
         расчетный счет, расчётный счёт, номер счета, 银行账号, 口座番号, 계좌번호",
    ),
    (
        &[Routing],
        "routing, routing no, routing number, routing transit, aba, aba number, rtn, aba rtn",
    ),
    // People and things.
    (
        &[Phone],
        "phone, phones, tél, tlf no, ph, ph no, phone no, phone number, phonenumber, telephone, tel, tel no, tele, mobile, mobile no, mobile number, cell, cellphone, cell phone, call, called, calls, \
         call me, dial, text me, sms, whatsapp, fax, hotline, contact number, landline, reach me, reach us, ring, voicemail, hotline, pager, signal, telegram, \
         telefon, telefonnummer, telefonnr, telefonisch, handy, handynummer, mobil, mobilnummer, mobiltelefon, rufnummer, anrufen, durchwahl, festnetz, rückruf, rueckruf, \
         téléphone, telephone, téléphoner, portable, appeler, appelez, numéro de téléphone, télécopie, teléfono, telefono, tfno, móvil, movil, celular, llamar, llámame, \
         cellulare, chiamare, chiama, numero di telefono, telefone, telemóvel, telemovel, ligue, ligar, telefoon, telefoonnummer, mobiel, gsm, bel, bellen, \
         numer telefonu, komórka, komórkowy, komorka, dzwonić, zadzwoń, telefonní číslo, mobilní, telefonszám, mobiltelefonnummer, tlf, tlfnr, puhelin, puhelinnumero, matkapuhelin, \
         telefón, număr de telefon, telefon numarası, cep, cep telefonu, телефон, телефона, телефону, тел, моб, мобильный, позвоните, звоните, номер телефона, \
         τηλέφωνο, κινητό, телефонен номер, 电话, 電話, 手机, 手機, 联系电话, 电话号码, 電話番号, 携帯, 전화, 전화번호, 휴대폰, 연락처, טלפון, נייד, هاتف, الهاتف, جوال, \
         फोन, फ़ोन, मोबाइल, फ़ोन, โทร, โทรศัพท์, telepon, nomor telepon, hp, nomor hp, điện thoại, số điện thoại",
    ),
    (
        &[Birth],
        "born, born on, dob, d o b, date of birth, birth date, birthdate, birthday, birth, bday, geboren, geb, geb am, geburtsdatum, geburtstag, né le, née le, ne le, nee le, né e le, \
         né, née, date de naissance, naissance, fecha de nacimiento, fecha nacimiento, nacimiento, nacido, nacida, nació, data di nascita, nato, nata, nato il, nata il, nascita, \
         data de nascimento, nascimento, nascido, nascida, nasceu, geboortedatum, geboren op, geboorte, data urodzenia, urodzony, urodzona, ur, född, fodd, födelsedatum, fødselsdato, født, fødselsdag, \
         syntynyt, syntymäaika, syntymäpäivä, datum narození, narozen, narozena, narozen a, dátum narodenia, narodený, született, születési dátum, születési idő, data nașterii, data nasterii, născut, născută, \
         doğum tarihi, dogum tarihi, doğum, doğdu, doğumlu, дата рождения, родился, родилась, рождения, дата народження, народився, дата на раждане, роден, родена, ημερομηνία γέννησης, γεννήθηκε, γεννηθείς, \
         datum rođenja, rođen, rođena, datum rojstva, rojen, sünniaeg, sündinud, dzimšanas datums, gimimo data, gimęs, \
         出生日期, 出生, 生日, 生年月日, 誕生日, 生まれ, 생년월일, 생일, 출생, תאריך לידה, נולד, تاريخ الميلاد, مواليد, ولد, जन्म तिथि, जन्मतिथि, जन्म, วันเกิด, tanggal lahir, lahir, tarikh lahir, ngày sinh, sinh ngày",
    ),
    (
        &[Ip],
        "ip, ip address, ips, ipv4, ipv6, ip addr, client ip, remote addr, host, hosts, server, gateway, subnet, dns, ping, nameserver, x forwarded for, adresse ip, ip adresse, dirección ip, indirizzo ip, endereço ip, adres ip, ip адрес",
    ),
    (
        &[Version],
        "version, versions, ver, v, release, releases, released, firmware, section, sections, chapter, clause, paragraph, para, oid, assembly version, fileversion, file version, upgrade, upgraded, update to, driver, softwareversion, kapitel, abschnitt, versión, versione, versão, версия, 版本, バージョン, 버전, figure, table, appendix, rule, step, requirement",
    ),
    (
        &[Wallet],
        "wallet, wallets, eth, ethereum, ether, address, addr, erc20, crypto, bitcoin, btc, litecoin, dogecoin, metamask, token contract, usdt, usdc, donate, donation, payout, recipient, adresse, dirección, indirizzo, endereço, кошелек, кошелёк, адрес, 钱包, ウォレット, 지갑",
    ),
    (
        &[Vehicle],
        "vin, vehicle identification, vehicle identification number, vehicle id, chassis, chassis no, chassis number, fahrgestell~, fin, fahrzeug ident~, fahrzeug identifizierungsnummer, fahrzeugidentifikationsnummer, numéro de châssis, numero de chassis, bastidor, número de bastidor, numero di telaio, telaio, chassi, chassisnummer, numer vin, numer nadwozia, chassinummer, şasi no, şasi numarası, вин, 车架号, 車台番号, 차대번호",
    ),
    (
        &[Device],
        "imei, imei number, imei no, imei1, imei2, imeisv, meid, device id, handset, geräte id, equipment identity, 串号, international mobile equipment identity",
    ),
    (
        &[Licence],
        "driver s license, drivers license, driver license, driving licence, driving license, driver licence",
    ),
    (
        &[Record],
        "mrn, medical record, medical record number, patient id, patient number, passport, passport number, passport no, reisepass, passeport, pasaporte, membership, member id, customer number, customer id, employee id, student id",
    ),
    // Health.
    (
        &[Dea],
        "dea, dea no, dea number, dea registration, prescriber, drug enforcement",
    ),
    (
        &[Npi],
        "npi, npi number, npi no, national provider, national provider identifier, provider id, provider identifier, provider number",
    ),
    (
        &[Mbi],
        "mbi, medicare, medicare number, medicare beneficiary, medicare beneficiary identifier, medicare id, medicare card",
    ),
    // United States.
    (
        &[Ssn],
        "ssn, ssns, ss, ss no, social, social security, social security no, social security number, social sec, soc sec, socialsecurity, socialsecuritynumber, seguro social, número de seguro social",
    ),
    (
        &[Itin],
        "itin, individual taxpayer, individual taxpayer identification, taxpayer id, tin, tax id",
    ),
    (
        &[Ein],
        "ein, employer identification, employer id, fein, federal tax id, federal ein, tax id, tin, irs number",
    ),
];
