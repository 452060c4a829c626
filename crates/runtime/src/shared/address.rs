//! Where the shared store is, as operators write it.

use redis::io::tcp::TcpSettings;
use redis::{Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _};
use terms::{Code, Fault};

use crate::config::SharedStore;

/// A client for the store, and its address for people, without user and password.
///
/// # Errors
/// `validation_error` when the address can't be read. What is wrong is said without the address,
/// which may hold a password.
pub(super) fn read(store: &SharedStore) -> Result<(Client, String), Fault> {
    let given = store.address.expose().trim();
    let url = if given.contains("://") {
        given.to_owned()
    } else {
        format!("redis://{given}")
    };
    let wrong = |why: &str| {
        let message = "The shared store's address must be host:port, redis://… or rediss://….";
        Fault::new(Code::ValidationError, message).detail(why.to_owned())
    };
    let (scheme, _) = url.split_once("://").unwrap_or_default();
    if !["redis", "rediss", "valkey", "valkeys"].contains(&scheme) {
        return Err(wrong("another scheme"));
    }
    let info: ConnectionInfo = url
        .as_str()
        .into_connection_info()
        .map_err(|error| wrong(error.category()))?;
    if let ConnectionAddr::TcpTls { insecure: true, .. } = info.addr() {
        return Err(wrong("certificates are always checked"));
    }
    let place = info.addr().to_string();
    let mut redis = info.redis_settings().clone();
    // A number in the URL goes before the setting, whose default is 0.
    if redis.db() == 0 {
        redis = redis.set_db(i64::from(store.database));
    }
    // Every call waits for its answer: nothing is gained by holding segments back.
    let tcp = TcpSettings::default().set_nodelay(true);
    let client = Client::open(info.set_redis_settings(redis).set_tcp_settings(tcp))
        .map_err(|error| wrong(error.category()))?;
    // The client takes the process' TLS provider. Whoever was first set the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok((client, place))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use terms::SecretString;

    use super::*;
    use crate::config::OnFailure;

    fn store(address: &str, database: u32) -> SharedStore {
        SharedStore {
            address: SecretString::new(address),
            database,
            key_prefix: String::new(),
            on_failure: OnFailure::Local,
            timeout: Duration::from_millis(50),
            connections: 1,
        }
    }

    #[test]
    fn an_address_is_a_host_and_port_or_a_url_and_its_password_is_never_shown() {
        let (client, place) = read(&store("redis:6379", 2)).unwrap();
        assert_eq!(place, "redis:6379");
        assert_eq!(client.get_connection_info().redis_settings().db(), 2);
        let url = "rediss://user:sesame@cache.example:6380/3";
        let (client, place) = read(&store(url, 0)).unwrap();
        assert_eq!(place, "cache.example:6380");
        let redis = client.get_connection_info().redis_settings();
        assert_eq!(
            (redis.db(), redis.username(), redis.password()),
            (3, Some("user"), Some("sesame"))
        );
        for wrong in [
            "",
            "http://redis:6379",
            "unix:///run/redis.sock",
            "redis://:sesame@",
            "redis://:sesame@host:port",
            "rediss://:sesame@host/#insecure",
        ] {
            let Err(fault) = read(&store(wrong, 0)) else {
                panic!("'{wrong}' was read");
            };
            assert!(!format!("{fault:?}").contains("sesame"), "{fault:?}");
        }
    }
}
