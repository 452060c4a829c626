//! Secrets that are known by what stands around them: passwords, addresses, headers, random text
//! behind words about secrets. All values are invented.
#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where it finds something wrong"
)]

use inspect::{Families, Family, Scanner};

/// Label, confidence and text of every secret in `text`.
fn secrets(text: &str) -> Vec<(String, u8, String)> {
    let scanner = Scanner::builtin();
    let found = scanner.scan(text, Families::of(&[Family::Secret]));
    let told = found.into_iter().map(|it| {
        let rule = scanner.rule(it.rule).unwrap();
        (
            rule.label.to_string(),
            it.confidence,
            text[it.span].to_string(),
        )
    });
    told.collect()
}

fn found(text: &str, label: &str, value: &str) {
    let all = secrets(text);
    let hit = all
        .iter()
        .any(|it| it.0 == label && it.2 == value && it.1 >= 70);
    assert!(hit, "{text:?} lacks {label} {value:?}: {all:?}");
}

fn clean(text: &str) {
    assert_eq!(secrets(text), [], "{text:?}");
}

#[test]
fn addresses_with_a_password_are_found_as_a_whole() {
    for text in [
        "postgres://app:s3cr3tPw@db.example.net:5432/orders",
        "postgresql+psycopg2://app:s3cr3tPw@db/orders?sslmode=require",
        "mongodb+srv://app:k9!Lm2@cluster0.example.net/test?retryWrites=true",
        "redis://:Zx81kq@cache:6379/0",
        "amqps://svc:Tr0ub4dor@mq.example.net/vhost",
        "mysql://root:p4ss/w#rd@10.0.0.5/shop",
        "sqlserver://sa:N0tSoS3cret@sql.example.net:1433",
    ] {
        found(text, "CONNECTION_STRING", text);
        found(
            &format!("Set DATABASE_URL={text} and restart."),
            "CONNECTION_STRING",
            text,
        );
        found(
            &format!("{{\"url\": \"{text}\"}}"),
            "CONNECTION_STRING",
            text,
        );
    }
}

#[test]
fn names_and_passwords_in_urls_are_found_without_the_rest() {
    found(
        "git clone https://ci:9fKq2LmX@git.example.net/a/b.git",
        "URL_CREDENTIALS",
        "ci:9fKq2LmX",
    );
    found(
        "see http://admin:Hunter22@192.0.2.7/setup now",
        "URL_CREDENTIALS",
        "admin:Hunter22",
    );
}

#[test]
fn addresses_without_a_password_are_none() {
    for text in [
        "https://example.net/@user:profile",
        "https://example.net:8080/a@b",
        "postgres://user:password@localhost/db",
        "postgres://${USER}:${PASS}@${HOST}/db",
        "mongodb://<username>:<password>@cluster",
        "postgres://user:process.env.DB_PASSWORD@localhost/db",
        "postgres://user:undefined@localhost/db",
        "postgres://user:sk-...@localhost/db",
        "postgres://localhost:5432/db?contact=ops@example.net",
        "https://medium.com/@name/a-title:with-colon",
        "redis://localhost:6379",
        "ssh://git@git.example.net:22/a/b.git",
        "https://user:pass@example.net/",
        "https://x:%s@example.net/",
        "mailto:a@b.c, and http://a.example:80/x@y",
    ] {
        clean(text);
    }
}

#[test]
fn passwords_that_are_given_to_a_name_are_found() {
    for (text, value) in [
        ("password=Summer2024!", "Summer2024!"),
        ("DB_PASSWORD=kq82LmX0", "kq82LmX0"),
        ("{\"user\":\"a\",\"password\": \"kq82-LmX0\"}", "kq82-LmX0"),
        ("password: 'kq82LmX0'", "kq82LmX0"),
        ("const dbPassword = \"kq82LmX0\";", "kq82LmX0"),
        ("my password is hunter2, can you log in?", "hunter2"),
        ("The passphrase: tr0ub4dor&3", "tr0ub4dor&3"),
        ("mysql --user=root --password=Zx81kqLm orders", "Zx81kqLm"),
        ("tool --password Zx81kqLm", "Zx81kqLm"),
        (
            "Server=tcp:db,1433;User ID=sa;Password=N0tSoS3cret;Encrypt=true",
            "N0tSoS3cret",
        ),
        (
            "jdbc:postgresql://db/orders?user=app&password=N0tSoS3cret&ssl=true",
            "N0tSoS3cret",
        ),
        ("<password>Zx81kqLm</password>", "Zx81kqLm"),
        ("config['password'] = 'Zx81kqLm'", "Zx81kqLm"),
        ("\\\"password\\\":\\\"Zx81kqLm\\\"", "Zx81kqLm"),
        ("**Password:** Zx81kqLm", "Zx81kqLm"),
        ("Passwort: Zx81kqLm", "Zx81kqLm"),
        ("La contraseña es Zx81kqLm.", "Zx81kqLm"),
        ("PWD=Zx81kqLm;", "Zx81kqLm"),
        (
            "\"password\": \"four score and 7 years\"",
            "four score and 7 years",
        ),
        (
            "passphrase = \"correct horse battery staple\"",
            "correct horse battery staple",
        ),
    ] {
        found(text, "PASSWORD", value);
    }
}

#[test]
fn passwords_are_found_in_other_languages_and_words() {
    for (text, value) in [
        ("pw: x9Kq72", "x9Kq72"),
        ("DB_PW=x9Kq72", "x9Kq72"),
        ("pw is x9Kq72, ok?", "x9Kq72"),
        ("Mein Passwort lautet Sommer2024.", "Sommer2024"),
        ("Im Formular steht unter Passwort „Xb!20neZd“.", "Xb!20neZd"),
        ("mot_de_passe=Zx81kqLm", "Zx81kqLm"),
        ("Mon mot de passe est le Zx81kqLm.", "Zx81kqLm"),
        ("La contraseña (Zx81kq!Lm) caducó", "Zx81kq!Lm"),
        ("Moje hasło to Zx81kq!Lm", "Zx81kq!Lm"),
        ("senha: Zx81kqLm", "Zx81kqLm"),
        ("Мой пароль: Zx81kqLm", "Zx81kqLm"),
        ("密码是Zx81kqLm。", "Zx81kqLm"),
        ("パスワードは「Zx81kqLm」です。", "Zx81kqLm"),
        ("비밀번호는 Zx81kqLm", "Zx81kqLm"),
    ] {
        found(text, "PASSWORD", value);
    }
}

#[test]
fn passwords_beside_their_name_are_found() {
    for text in [
        "Please use the password Zx81kq!Lm from now on",
        "I changed my password to Zx81kq!Lm yesterday",
        "the password, Zx81kq!Lm, still works",
        "password - Zx81kq!Lm",
        "| password | Zx81kq!Lm |",
        "Subject: password\n\nZx81kq!Lm\nThe desk",
        "[10:42] alva: what is the wifi password?\n[10:43] bruno: Zx81kq!Lm\n",
        "I typed the password. It should be Zx81kq!Lm.",
        "name,url,password,city\nAlva,https://a.example,Zx81kq!Lm,Oslo",
        "user | password\n---|---\nalva | Zx81kq!Lm",
    ] {
        found(text, "PASSWORD", "Zx81kq!Lm");
    }
}

#[test]
fn keys_beside_their_name_are_found() {
    let value = "kX93mLq0Zt7Rb2Vn5Yp8kX93";
    for text in [
        format!("here is my token, {value} please"),
        format!("use the secret {value}."),
        format!("name;api_key;city\nAlva;{value};Oslo"),
        format!("[10:42] alva: apikey?\n[10:43] bruno: {value}\n[10:43] alva: thanks"),
        format!("I typed the access_token. It should be {value}!"),
    ] {
        found(&text, "API_KEY", value);
    }
}

#[test]
fn keys_of_known_providers_keep_their_name_behind_any_other() {
    for (key, label) in [
        ("hf_q7Rk2LmX0Zt7Rb2Vn5Yp8kX93mQw4Es6Df", "HUGGINGFACE_TOKEN"),
        ("key-4f7c2a9e1b8d3065f2a7c94e8b1d6073", "MAILGUN_KEY"),
        ("rk_test_q7Rk2LmX0Zt7Rb2Vn5Yp8kX9", "STRIPE_KEY"),
    ] {
        for text in [
            format!("api_key={key}"),
            format!("const API_KEY = \"{key}\";"),
            format!("my token is {key}!"),
            format!("the secret {key}, please"),
        ] {
            found(&text, label, key);
        }
    }
    // All letters, by chance.
    found(
        "id: AKIAWWYPTATSUVHQFXYQ",
        "AWS_ACCESS_KEY",
        "AKIAWWYPTATSUVHQFXYQ",
    );
    found(
        "use glpat-ZNTZdrQoJPyRWTmYKrhs",
        "GITLAB_TOKEN",
        "glpat-ZNTZdrQoJPyRWTmYKrhs",
    );
    clean("glpat-my-personal-access-token");
}

#[test]
fn no_part_of_a_key_stays_because_of_what_else_is_found_in_it() {
    for key in [
        "abcDEF99-4111111111111111-kX93mLq0Zt7R",
        "Xk29-2025550143-LLq02Zz8811mmq",
    ] {
        let text = format!("Set api_key={key} now.");
        let scanner = Scanner::builtin();
        let all = scanner.scan(&text, Families::of(&[Family::Secret, Family::Pii]));
        let spans: Vec<_> = all.iter().map(|it| &text[it.span.clone()]).collect();
        assert_eq!(spans, [key], "{text}");
    }
}

#[test]
fn words_about_passwords_are_none() {
    for text in [
        "Your password must have 8-20 characters.",
        "The password must be at least 12 characters long",
        "Use the link for your password reset2024",
        "My password is wrong!",
        "Das Passwort ist 8-stellig und md5-hashed",
        "La password è sbagliata!",
        "store the password (AES256-GCM), as OAuth2.0 does",
        "the password manager 1Password, a password for 2FA-Token",
        "change the password on server2!",
        "add the password to OAuth2Config",
        "fn login(password: &SecretString) -> Sha256Password",
        "the head pass: `src/steps2/ip.rs`",
        "compass: Zx81kqLm",
        "password, username, city\nthe first, the second, the third row of 3",
        "Password: ********",
        "password = \"changeme\"",
        "password: ${DB_PASSWORD}",
        "password: <your-password>",
        "password = os.environ[\"DB_PASSWORD\"]",
        "password = getpass.getpass()",
        "password: str, username: str",
        "password: string;",
        "if password == confirm_password:",
        "const password = req.body.password;",
        "password: required|min:8|confirmed",
        "\"password\": \"string\"",
        "password=%s",
        "WHERE password = ?",
        "WHERE password = :password1",
        "<input type=\"password\" name=\"x1\" id=\"f1\">",
        "the password is stored as a hash",
        "password is required",
        "PWD=/home/user2/project1",
        "password_hash = sha256(password)",
        "password: process.env.PASSWORD1",
        "Forgot password? Reset it at https://example.net/reset1",
        "secret: true, token: null",
        "max_tokens: 4096, total_tokens=128000",
        "\"nextPageToken\": \"CAUQAA9fKq2LmX0Zt7Rb2Vn5Yp8\"",
        "apiKey: process.env.OPENAI_API_KEY",
        "api_key=\"YOUR_API_KEY_HERE_1234\"",
        "token = tokens[i + 1]",
        "token: ${{ secrets.GITHUB_TOKEN }}",
        "secretName: my-app-secret-2024",
        "secret: my-app-secret-2024",
        "the secret: never give up in 2024",
        "Authorization: Bearer <token>",
        "Authorization: Bearer $TOKEN",
        "Authorization: Bearer YOUR_ACCESS_TOKEN",
        "the bearer of-this-letter-2024-is-entitled",
        "basic principles, basic requirements, basic economics",
        "\"password\": \"Enter your password\"",
    ] {
        clean(text);
    }
}

#[test]
fn keys_that_are_given_to_a_name_are_found() {
    let value = "kX93mLq0Zt7Rb2Vn5Yp8";
    for text in [
        format!("api_key = \"{value}\""),
        format!("X-Api-Key: {value}"),
        format!("{{\"client_secret\":\"{value}\"}}"),
        format!("ACCESS_TOKEN={value}"),
        format!("apiKey: '{value}',"),
        format!("secret_key: {value}"),
        format!("the API key is {value}."),
        format!("?token={value}&x=1"),
    ] {
        found(&text, "API_KEY", value);
    }
}

#[test]
fn values_are_found_however_they_are_given_to_a_name() {
    let key = "kq7x2m9vbd4tz8wcn3h6";
    for text in [
        "ACME_TOKEN ?= \"{}\"",
        "ACME_TOKEN := {}",
        "ACME_TOKEN ::= \"{}\"",
        "$acmeToken .= \"{}\"",
        "acmeToken += '{}'",
        "acmeToken ??= '{}'",
        "System.setProperty(\"ACME_TOKEN\", \"{}\")",
        "env.get('acme_token', '{}')",
        "<add key=\"AcmeToken\" value=\"{}\" />",
        "<entry name=\"acmeToken\" value=\"{}\"/>",
        "{\"name\": \"ACME_TOKEN\", \"value\": \"{}\"}",
        "{\"name\": \"ACME_TOKEN\",\n \"value\": \"{}\"}",
        "- name: ACME_TOKEN\n  value: {}",
        "- name: ACME_TOKEN\n  value: \"{}\"\n",
        "<acmeToken>\n    {}\n</acmeToken>",
        "<a>\n  <acmeToken>{}</acmeToken>",
        "acme_token: |\n  {}\n",
        "acme_token: >-\n  {}\nnext: 1",
        "plaidToken={}",
        "PLAID_TOKEN={}",
        "curl -H 'Authorization:  {}'",
        "\"auth\": \"{}\"",
        "npmrc _auth={}",
    ] {
        found(&text.replace("{}", key), "API_KEY", key);
    }
    for text in [
        "<add key=\"ClearTextPassword\" value=\"hal+9000_da!\" />",
        "- name: DB_PASSWORD\n  value: \"hal+9000_da!\"",
        "env.set('DB_PASSWORD', 'hal+9000_da!')",
        "<password>\n  hal+9000_da!\n</password>",
        "password: |\n  hal+9000_da!\n",
        "curl --user  'johns:hal+9000_da!' https://example.com",
    ] {
        let all = secrets(text);
        let hit = all.iter().any(|it| it.2.ends_with("hal+9000_da!"));
        assert!(hit, "{text:?}: {all:?}");
    }
}

#[test]
fn what_stands_beside_or_beneath_a_name_by_chance_is_left_alone() {
    for text in [
        "OPENAI_API_KEY=<your_openai_api_key>\nMASTER_API_KEY=12345\nRATE_10K=4",
        "<token>short</token>\n  build20241122x9y8z7q1w2\n",
        "fields = [\"password\", \"username1\", \"email2\"]",
        "form.pick('token', 'created_at_2024')",
        "<input name=\"password\" value=\"\" placeholder=\"Password\">",
        "{\"name\": \"password\", \"type\": \"string\"}",
        "password: |\n  Choose one that you use nowhere else, of 12 letters.\n",
        "- name: token\n  value: \"$(TOKEN_2)\"",
        "idToken=\"kq7x2m9vbd4tz8wcn3h6\"",
        "user_id_token = 'kq7x2m9vbd4tz8wcn3h6'",
        "from oauth2client.service_account import token",
        "max_tokens=512, model=\"codellama/CodeLlama-70b-Instruct-hf\"",
        "Authorization to operate: granted until 2026-12-31T00:00:00Z",
    ] {
        clean(text);
    }
}

#[test]
fn headers_are_found() {
    let token = "9fKq2LmX0Zt7Rb2Vn5Yp8kX93m";
    found(
        &format!("Authorization: Bearer {token}"),
        "BEARER_TOKEN",
        token,
    );
    found(
        &format!("-H 'authorization: bearer {token}'"),
        "BEARER_TOKEN",
        token,
    );
    // svc:N0tSoS3cret
    let basic = "c3ZjOk4wdFNvUzNjcmV0";
    found(
        &format!("Authorization: Basic {basic}"),
        "BASIC_AUTH",
        basic,
    );
    found(
        "curl -u svc:N0tSoS3cret https://example.net",
        "BASIC_AUTH",
        "svc:N0tSoS3cret",
    );
}

#[test]
fn keys_without_a_prefix_are_found_by_form_and_context() {
    let hex32 = "4f7c2a9e1b8d3065f2a7c94e8b1d6073";
    let hex40 = "4f7c2a9e1b8d3065f2a7c94e8b1d60734f7c2a9e";
    let mixed = "q7Rk2LmX0Zt7Rb2Vn5Yp8kX93mQw4Es6Df1Gh2Jk";
    found(
        &format!("TWILIO SK{hex32}"),
        "TWILIO_KEY",
        &format!("SK{hex32}"),
    );
    found(
        &format!("the twilio auth token is {hex32}"),
        "TWILIO_KEY",
        hex32,
    );
    found(&format!("datadog api key {hex32}"), "DATADOG_KEY", hex32);
    found(&format!("DD_APP_KEY={hex40}"), "DATADOG_KEY", hex40);
    found(
        &format!("aws_secret_access_key = {mixed}"),
        "AWS_SECRET_KEY",
        mixed,
    );
    found(
        &format!("CLOUDFLARE_API_TOKEN={mixed}"),
        "CLOUDFLARE_KEY",
        mixed,
    );
    found(
        &format!("Ocp-Apim-Subscription-Key: {hex32}"),
        "AZURE_KEY",
        hex32,
    );
    found(
        &format!("{hex32}-0a1b2c3d-4e5f6071"),
        "MAILGUN_KEY",
        &format!("{hex32}-0a1b2c3d-4e5f6071"),
    );
    let discord = "MTE2MDAwMDAwMDAwMDAwMDAwMQ.GaBcDe.9fKq2LmX0Zt7Rb2Vn5Yp8kX93mLq0Zt7Rb2Vn5";
    found(
        &format!("client.run('{discord}')"),
        "DISCORD_BOT_TOKEN",
        discord,
    );
    found(
        &format!("the token that they sent us: {mixed}"),
        "HIGH_ENTROPY_SECRET",
        mixed,
    );
}

#[test]
fn tokens_that_say_how_they_are_signed_are_found() {
    let jwt =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlLW9mLW5vdGhpbmc";
    for text in [
        jwt.to_owned(),
        format!("Cookie: session={jwt}; Path=/"),
        format!("Authorization: Bearer {jwt}"),
        format!("My token is {jwt}. Can you decode it?"),
        format!("[\"{jwt}\"]"),
    ] {
        found(&text, "JWT", jwt);
    }
    clean("eyJub3QiOiJhIHRva2VuIn0.eyJzdWIiOiJub2JvZHkifQ.c2ln");
    clean("eyJabc.def.ghi");
}

#[test]
fn private_keys_are_found_in_every_writing() {
    let body = "MIIEpAIBAAKCAQEA1vX9bZ+kq/Tn3Yw0dLr7GhPf5sJc8Ae1Um6OiQw2Es4Df";
    for kind in [
        "RSA PRIVATE KEY",
        "PRIVATE KEY",
        "EC PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
        "ENCRYPTED PRIVATE KEY",
    ] {
        for between in ["\n", "\\n", "\r\n", " ", "\\\\n"] {
            let key = format!(
                "-----BEGIN {kind}-----{between}{body}{between}{body}{between}-----END {kind}-----"
            );
            found(&key, "PRIVATE_KEY", &key);
            found(
                &format!("{{\"key\":\"{key}\\n\",\"next\":1}}"),
                "PRIVATE_KEY",
                &key,
            );
        }
    }
    let locked = format!(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C3D\n\n{body}\n-----END RSA PRIVATE KEY-----"
    );
    found(&locked, "PRIVATE_KEY", &locked);
    let cut = format!("-----BEGIN PRIVATE KEY-----\n{body}\n{body}");
    found(&cut, "PRIVATE_KEY", &cut);
    clean(&format!(
        "-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----"
    ));
    clean(&format!(
        "-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----"
    ));
    clean("Look for a line like -----BEGIN PRIVATE KEY----- at the top of the file.");
    clean("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----");
}

#[test]
fn what_is_random_and_no_secret_is_left_alone() {
    for text in [
        "commit 4f7c2a9e1b8d3065f2a7c94e8b1d60734f7c2a9e",
        "the key insight is in commit 4f7c2a9e1b8d3065f2a7c94e8b1d60734f7c2a9e",
        "the token contract at address 0x4f7c2a9e1b8d3065f2a7c94e8b1d60734f7c2a9e",
        "id: 3f2b8c1e-7a4d-4e9b-8c6f-1d2e3a4b5c6d",
        "idempotency token 3f2b8c1e-7a4d-4e9b-8c6f-1d2e3a4b5c6d",
        "integrity=\"sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC\"",
        "<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==\">",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "!function(e,t){\"object\"==typeof exports?module.exports=t():e.token=t()}(this,function(){return a1b2})",
        "https://example.net/a/b/kX93mLq0Zt7Rb2Vn5Yp8kX93mLq0?token_type=x",
        "ETag: \"4f7c2a9e1b8d3065f2a7c94e8b1d6073\"",
        "order 4111-1111-2222 and build 20240131-1200 of version 1.2.3-beta.4",
        "docker pull registry.example.net/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "api_key, secret and token are words in this sentence about ApplicationConfigurationFactoryBuilder2",
        "go.sum: golang.org/x/net v0.1.0 h1:kX93mLq0Zt7Rb2Vn5Yp8kX93mLq0Zt7Rb2Vn5Yp8kX9=",
        "token bucket of 1000000000000000000000000 entries",
    ] {
        clean(text);
    }
}

#[test]
fn examples_of_documentation_are_less_sure() {
    let all = secrets("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    assert!(all.iter().all(|it| it.1 < 70), "{all:?}");
}
