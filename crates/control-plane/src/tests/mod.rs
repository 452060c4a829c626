//! Stories of the whole control plane: real listeners, a real client, on both databases.

mod access;
mod administrators;
mod config;
mod conventions;
mod door;
mod hostile;
mod house;
mod insight;
mod inspect;
mod key_life;
mod keys;
mod own_tokens;
mod pace;
mod policies;
mod resources;
mod restart;
mod seed_keys;
mod streams;
mod tools;

/// Runs each story on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::tests::house::Place::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::tests::house::Place::postgres()).await;
            })*
        }
    };
}
use on_both;
