//! What the identity, tax and insurance numbers of countries are called at home.

use crate::pii::context::Topic;
use crate::pii::context::Topic::*;

/// Topics, and what they are called.
pub(in crate::pii) const NATIONAL: &[(&[Topic], &str)] = &[
    // Western Europe.
    (&[Nhs], "nhs, nhs no, nhs number, national health service"),
    (
        &[Nino],
        "nino, ni number, ni no, national insurance, national insurance number, national insurance no, insurance number, nin",
    ),
    (
        &[Utr],
        "utr, unique taxpayer reference, unique tax reference, self assessment",
    ),
    (
        &[SteuerId],
        "steuer id, steuerid, steuer idnr, steuerliche~, steueridentifikation~, steuer identifikation~, identifikationsnummer, idnr, id nr, tin, tax id, german tax id, steuernummer, steuer nr, steuer~",
    ),
    (
        &[Svnr],
        "svnr, sv nr, sv nummer, sv, sozialversicherung~, sozialversicherungsnummer, versicherungsnummer, rentenversicherung~, rvnr, ecard, e card, social security number",
    ),
    (
        &[Nir],
        "nir, insee, sécurité sociale, securite sociale, sécu, secu, n ss, nss, numéro de sécu, carte vitale, numéro de sécurité sociale, immatriculation, social security number",
    ),
    (
        &[CodiceFiscale],
        "codice fiscale, cod fisc, cod fiscale, c f, cf, fiscal code, tessera sanitaria",
    ),
    (
        &[Nif],
        "nif, nie, contribuinte, número de contribuinte, n contribuinte, identificação fiscal, número de identificação fiscal, nipc, nif nipc, tax number, tin",
    ),
    (
        &[Dni],
        "dni, d n i, nif, nie, documento nacional, documento nacional de identidad, documento, documento de identidad",
    ),
    (
        &[Bsn],
        "bsn, burgerservicenummer, burger service nummer, burgerservicenr, sofi, sofinummer, sofi nummer, citizen service number",
    ),
    (
        &[Belgium],
        "rijksregisternummer, rijksregister, registre national, numéro national, nrn, niss, insz, inss, rrn, numéro de registre national, national register number, national number, nationalregisternummer",
    ),
    (
        &[Ahv],
        "ahv, ahv nr, ahv nummer, ahvn13, avs, n avs, numéro avs, avs nr, sozialversicherungsnummer, ossi, numero avs",
    ),
    (
        &[Pps],
        "pps, ppsn, pps no, pps number, personal public service, rsi number",
    ),
    // The north.
    (
        &[Cpr],
        "cpr, cpr nr, cpr nummer, cprnr, cprnummer, personnummer, cpr number",
    ),
    (
        &[Personnummer],
        "personnummer, personnr, pnr, samordningsnummer, person nr, swedish personal number, personal identity number, personal number",
    ),
    (
        &[Fodsel],
        "fødselsnummer, fodselsnummer, fnr, fødselsnr, personnummer, norwegian national id, norwegian id, d nummer, dnr, fødsels og personnummer",
    ),
    (
        &[Hetu],
        "hetu, henkilötunnus, henkilotunnus, personbeteckning",
    ),
    (&[Kennitala], "kennitala, kennitölu, kt"),
    (
        &[Baltic],
        "isikukood, isikukoodi, ik, asmens kodas, asmens kodo, a k, personas kods, personas kodu, p k, personal code, personal identification code",
    ),
    // Central, eastern and southern Europe.
    (&[Pesel], "pesel, nr pesel, numer pesel"),
    (
        &[Nip],
        "nip, nr nip, numer nip, numer identyfikacji podatkowej, identyfikacji podatkowej",
    ),
    (
        &[RodneCislo],
        "rodné číslo, rodne cislo, rodného čísla, rodným číslem, r č, rč, r c, rc, birth number",
    ),
    (
        &[Taj],
        "taj, taj szám, taj száma, tb szám, társadalombiztosítási, adóazonosító, adóazonosító jel, adóazonosító jele",
    ),
    (
        &[Cnp],
        "cnp, cod numeric personal, codul numeric personal, codul numeric",
    ),
    (&[Egn], "egn, егн, единен граждански номер"),
    (&[Oib], "oib, osobni identifikacijski broj"),
    (
        &[Jmbg],
        "jmbg, emšo, emso, jmb, матични број, јмбг, матичен број, ембг, embg, jedinstveni matični broj, matični broj",
    ),
    (&[Amka], "amka, αμκα"),
    (&[Afm], "afm, αφμ, tin"),
    (&[Inn], "inn, инн"),
    (&[Snils], "snils, снилс, страховой номер"),
    (
        &[Rnokpp],
        "рнокпп, іпн, ипн, ідентифікаційний код, ідентифікаційний номер, податковий номер, rnokpp, rntrc, tin",
    ),
    (&[Iin], "iin, иин, жсн"),
    (
        &[Turkey],
        "tc, t c, tc kimlik, t c kimlik, tc kimlik no, kimlik, kimlik no, kimlik numarası, tckn, tckno, tc no, turkish id, vatandaşlık",
    ),
    // The Americas.
    (
        &[Sin],
        "sin, social insurance, social insurance number, s i n, nas, numéro d assurance sociale, assurance sociale, dassurance sociale, canadian sin",
    ),
    (
        &[Cpf],
        "cpf, c p f, cadastro de pessoas, cadastro de pessoa física, contribuinte",
    ),
    (&[Cnpj], "cnpj, c n p j, cadastro nacional da pessoa"),
    (
        &[Cuit],
        "cuit, cuil, c u i t, c u i l, clave única de identificación tributaria",
    ),
    (
        &[Rut],
        "rut, run, r u t, rol único tributario, rol unico, rol único",
    ),
    (&[Curp], "curp, clave única de registro"),
    (
        &[Rfc],
        "rfc, registro federal, registro federal de contribuyentes",
    ),
    (
        &[Cedula],
        "cédula, cedula, cédula de ciudadanía, cédula de identidad, c c, cc, c i, ci, documento de identidad",
    ),
    (&[Nit], "nit, n i t, número de identificación tributaria"),
    // Oceania.
    (&[Tfn], "tfn, tax file, tax file number, tax file no"),
    (
        &[AuMedicare],
        "medicare, medicare number, medicare card, medicare no, medicare card number",
    ),
    (
        &[Abn],
        "abn, australian business, australian business number",
    ),
    (&[Ird], "ird, ird number, inland revenue, ird no"),
    // Asia.
    (
        &[Aadhaar],
        "aadhaar, aadhar, adhaar, adhar, uid, uidai, aadhaar no, aadhaar number, aadhaar card, आधार, आधार संख्या, ஆதார், ఆధార్, আধার, આધાર, ಆಧಾರ್",
    ),
    (
        &[Pan],
        "pan, pan no, pan number, pan card, permanent account number, permanent account, पैन",
    ),
    (
        &[Voter],
        "voter, voter id, epic, epic no, epic number, election card, electoral, voter card",
    ),
    (
        &[China],
        "身份证, 身份证号, 身份证号码, 公民身份, 身份号码, 居民身份证, resident id, chinese id, shenfenzheng",
    ),
    (
        &[Taiwan],
        "身分證, 身份證, 身分證字號, 統一編號, 身分證號碼, taiwan id, arc number",
    ),
    (
        &[Hkid],
        "hkid, hk id, hong kong id, hong kong identity card, 香港身份證, 身份證, 身份證號碼",
    ),
    (
        &[MyNumber],
        "my number, mynumber, individual number, マイナンバー, 個人番号",
    ),
    (
        &[Rrn],
        "rrn, 주민등록번호, 주민번호, 주민등록, resident registration, resident registration number, 외국인등록번호",
    ),
    (&[Nric], "nric, fin, fin no, nric no, ic no, uin"),
    (
        &[Malaysia],
        "mykad, nric, ic, ic no, kad pengenalan, no kp, no k p, ic number, nombor kad pengenalan, my kad",
    ),
    (
        &[Thai],
        "เลขบัตรประชาชน, บัตรประชาชน, เลขประจำตัวประชาชน, เลขประจำตัว, บัตรประจำตัวประชาชน, thai id, thai national id",
    ),
    (
        &[Nik],
        "nik, ktp, no ktp, nomor ktp, nomor induk kependudukan, induk kependudukan, e ktp, kartu tanda penduduk",
    ),
    (
        &[Vietnam],
        "cccd, cmnd, căn cước, căn cước công dân, chứng minh nhân dân, số cccd, số cmnd",
    ),
    (&[Cnic], "cnic, nadra, nic, شناختی کارڈ, قومی شناختی کارڈ"),
    (
        &[Iran],
        "کد ملی, کدملی, شماره ملی, code melli, kode melli, melli code, national code, iranian national code",
    ),
    // The Middle East and Africa.
    (
        &[Israel],
        "תעודת זהות, ת ז, תז, מספר זהות, teudat zehut, israeli id, mispar zehut",
    ),
    (
        &[Emirates],
        "emirates id, eid, الهوية الإماراتية, رقم الهوية, هوية",
    ),
    (
        &[Saudi],
        "iqama, saudi id, رقم الهوية, الهوية الوطنية, إقامة, الإقامة, absher",
    ),
    (
        &[Kuwait],
        "civil id, kuwait civil id, الرقم المدني, البطاقة المدنية",
    ),
    (&[Egypt], "الرقم القومي, رقم قومي, egyptian id"),
    (
        &[SouthAfrica],
        "sa id, rsa id, south african id, id nommer, identiteitsnommer",
    ),
    (
        &[Nigeria],
        "nin, national identification number, national identity number, nimc, bvn",
    ),
];
