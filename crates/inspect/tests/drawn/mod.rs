//! How cases of property tests are drawn: the same in each run, so that no build fails by chance.

use proptest::test_runner::{Config, RngSeed};

/// So many cases, always the same; or as many as `PROPTEST_CASES` asks for, others each time:
/// `PROPTEST_CASES=20000 cargo test -p gatehouse-inspect --release --test stream_mixed`.
///
/// What fails is shrunk and printed. It becomes a test of its own.
pub fn cases(count: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let asked = asked.and_then(|it| it.parse().ok());
    Config {
        rng_seed: match asked {
            None => RngSeed::Fixed(5),
            Some(_) => RngSeed::Random,
        },
        cases: asked.unwrap_or(count),
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..Config::default()
    }
}
