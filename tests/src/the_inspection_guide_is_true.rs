//! `docs/inspection.md` is true.

use crate::harness::guide_is_true;

#[test]
fn its_commands_print_what_it_says() {
    guide_is_true("inspection.md", 4);
}
