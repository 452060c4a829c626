//! `docs/policies.md` is true, and so are the starter policies.

use crate::harness::{gatehouse, guide_is_true, root};

#[test]
fn its_commands_print_what_it_says() {
    guide_is_true("policies.md", 11);
}

#[test]
fn the_starter_policies_say_what_their_cases_say() {
    let starters = root().join("policies/starter");
    let starters = starters.to_str().unwrap();
    let output = gatehouse(["policy", "test", starters, "--every-rule"]);
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" 0 not as expected"), "{said}");
}
