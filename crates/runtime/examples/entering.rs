//! What it costs to enter: the head pass (address, identity, limits, tenant) over a gate with
//! every limit on, in CPU time a call. `cargo xtask bench` runs it in the release profile.
//!
//! One line of JSON a way in: `{"way":"key","calls":…,"cpu_us":…}`, the median of the rounds.
//! With the URL of a Redis as the first argument, the shared limits are measured too.

use std::io::Write as _;
use std::net::IpAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, anyhow, ensure};
use decide::facts::Client;
use decide::{Asked, Case, Kind, Plane, Source, Version, key};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use runtime::clock;
use runtime::config::{OnFailure, SharedStore};
use runtime::drive::{Arrival, Presented, Walk};
use runtime::gate::{Gate, Shares};
use runtime::shared::Shared;
use runtime::spool::{Spool, SpoolOptions};
use serde_json::json;
use terms::SecretString;
use tokio_util::sync::CancellationToken;

/// Rounds of each way; the median counts.
const ROUNDS: usize = 5;
/// Calls a round.
const CALLS: usize = 2_000;

const ISSUER: &str = "https://auth.example.com";

struct House {
    gate: Arc<Gate>,
    key: SecretString,
    signer: EncodingKey,
    tokens_made: usize,
    known: Presented,
    _folder: tempfile::TempDir,
}

/// A way in: what is presented with the next call.
type Way = fn(&mut House) -> Result<Presented>;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<()> {
    let mut house = house(None)?;
    let ways: [(&str, Way); 3] = [
        ("key", |house| Ok(with_key(house))),
        ("rs256_first_seen", with_new_token),
        ("rs256_seen_again", |house| Ok(house.known.clone())),
    ];
    for (name, way) in ways {
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(round(&mut house, way).await?);
        }
        tell(name, rounds)?;
    }
    match std::env::args().nth(1) {
        Some(address) => measure_shared(&address).await,
        None => Ok(()),
    }
}

/// As by a key, with the limits kept in Redis: the time is that of this process alone.
async fn measure_shared(address: &str) -> Result<()> {
    let settings = SharedStore {
        address: SecretString::from(address),
        database: 0,
        key_prefix: "bench:".to_owned(),
        on_failure: OnFailure::Deny,
        timeout: Duration::from_secs(1),
        connections: 4,
    };
    let shared = Shared::connect(&settings, "bench").map_err(|it| anyhow!("{it}"))?;
    let mut house = house(Some(Arc::clone(&shared)))?;
    let (spool, stop) = (Arc::clone(&house.gate.spool), CancellationToken::new());
    tokio::spawn(Arc::clone(&shared).keep(spool, stop.clone()));
    while !shared.is_up() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(round(&mut house, |house| Ok(with_key(house))).await?);
    }
    stop.cancel();
    tell("key_with_shared_limits", rounds)
}

fn tell(name: &str, mut rounds: Vec<f64>) -> Result<()> {
    rounds.sort_by(f64::total_cmp);
    let median = rounds.get(ROUNDS / 2).copied().unwrap_or_default();
    let line = json!({"way": name, "calls": CALLS, "cpu_us": median, "rounds": rounds});
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

async fn round(house: &mut House, way: Way) -> Result<f64> {
    let presented: Vec<Presented> = (0..CALLS).map(|_| way(house)).collect::<Result<_>>()?;
    let before = cpu_time()?;
    for presented in presented {
        let mut walk = Walk::open(&house.gate, arrival(presented)).map_err(|it| anyhow!("{it}"))?;
        walk.enter().await.map_err(|it| anyhow!("{it}"))?;
    }
    let spent = cpu_time()?.saturating_sub(before);
    Ok(spent.as_secs_f64() * 1e6 / CALLS as f64)
}

fn arrival(presented: Presented) -> Arrival {
    let now = clock::now();
    Arrival {
        case: Case {
            id: clock::request_id(now),
            trace: clock::trace_id(),
            kind: Kind::Chat,
            plane: Plane::Llm,
            received: now,
            session: None,
            user_agent: None,
            principal: None,
            tenant: None,
            candidates: Vec::new(),
            server: None,
            asked: Asked::Nothing,
            texts: Arc::default(),
        },
        client: Client {
            address: IpAddr::from([192, 0, 2, 1]),
        },
        presented,
        method: "POST".into(),
        path: "/v1/chat/completions".into(),
    }
}

fn with_key(house: &House) -> Presented {
    Presented {
        keys: vec![("authorization".into(), house.key.clone())],
        ..Presented::default()
    }
}

fn with_new_token(house: &mut House) -> Result<Presented> {
    house.tokens_made += 1;
    with_token(&house.signer, house.tokens_made)
}

fn with_token(signer: &EncodingKey, number: usize) -> Result<Presented> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let day = now.as_secs() / 86_400 * 86_400;
    let claims = json!({
        "iss": ISSUER, "aud": "sark-gateway", "sub": "user-123", "jti": number.to_string(),
        "iat": day, "exp": day + 2 * 86_400, "role": "developer",
        "preferred_username": "alice", "email": "alice@example.com",
        "groups": ["engineering", "platform"],
    });
    let token = encode(&Header::new(Algorithm::RS256), &claims, signer)?;
    Ok(Presented {
        tokens: vec![("authorization".into(), SecretString::new(token))],
        ..Presented::default()
    })
}

fn house(shared: Option<Arc<Shared>>) -> Result<House> {
    let private = openssl(&["genrsa", "2048"], None)?;
    let public = openssl(&["pkey", "-pubout"], Some(&private))?;
    let pepper = [7u8; 32];
    let random: Vec<u8> = (0..200u8).collect();
    let new = key::form("gw_", &random).context("a key")?;
    let plenty = json!({"requestsPerMinute": 1_000_000_000});
    let settings = json!({
        "pepper": hex::encode(pepper),
        "defaultTenant": "demo",
        "ipAccess": {"enabled": true, "scope": "all", "allow": ["192.0.2.0/24"], "deny": ["0.0.0.0/0"]},
        "limits": {
            "global": {"requestsPerSecond": 100_000_000, "burst": 100_000_000},
            "perUser": plenty, "perApiKey": plenty, "perTenant": plenty,
            "perEndpoint": {"/v1/*": plenty},
        },
        "issuers": [{
            "issuer": ISSUER, "audiences": ["sark-gateway"], "requireExpiration": true,
            "clockSkewSecs": 30, "requiredClaims": ["sub", "exp", "iat", "role"],
            "keys": [{"type": "pem", "value": String::from_utf8(public)?}],
        }],
    });
    let api_key = json!({
        "id": "key_1", "tenantId": "demo", "owner": "user-9",
        "generations": [{
            "lookup": new.lookup,
            "digest": hex::encode(key::digest(&pepper, new.text.expose())),
        }],
    });
    let documents = [
        ("settings", settings),
        ("tenant", json!({"id": "demo"})),
        ("api_key", api_key),
    ]
    .map(|(kind, body)| (kind, body.to_string()));
    let source = Source::read(
        documents
            .iter()
            .map(|(kind, body)| (*kind, "x", body.as_bytes())),
    )?;
    let snapshot = decide::compile(&source, Version::default())?;
    let folder = tempfile::tempdir()?;
    let spool = Spool::open(SpoolOptions::new(folder.path().to_owned()))?;
    let shares = Shares::with(shared, None);
    let gate = Gate::sharing(shares, Plane::Llm, "bench", "", Arc::new(spool));
    gate.install(Arc::new(snapshot));
    let signer = EncodingKey::from_rsa_pem(&private)?;
    Ok(House {
        gate,
        key: new.text,
        known: with_token(&signer, 0)?,
        signer,
        tokens_made: 0,
        _folder: folder,
    })
}

fn openssl(arguments: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let mut command = Command::new("openssl");
    command.args(arguments);
    if let Some(input) = input {
        let file = folder.path().join("in.pem");
        std::fs::write(&file, input)?;
        command.arg("-in").arg(file);
    }
    let output = command.output().context("openssl can't be run")?;
    ensure!(output.status.success(), "openssl failed");
    Ok(output.stdout)
}

/// The CPU time of this process, user and system.
fn cpu_time() -> Result<Duration> {
    // Fields 14 and 15 of proc(5)'s stat are too coarse; schedstat's first is in nanoseconds, and
    // kept up to date where the scheduler comes by.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanos: u64 = text
        .split_whitespace()
        .next()
        .context("schedstat is empty")?
        .parse()?;
    Ok(Duration::from_nanos(nanos))
}
