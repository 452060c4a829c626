use std::collections::BTreeSet;

use super::edges::{self, Graph};
use super::tree::{File, Tree};
use super::{Violation, documents, lists, sources, words};

const STEPS: &str = "pub const STEPS: [Step; 2] = [\n    Step::IpAccess,\n    Step::Settle,\n];\n";

fn tree(files: &[(&str, &str)]) -> Tree {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    Tree(files.iter().map(file).collect())
}

fn only(violations: Vec<Violation>) -> String {
    let [violation] = violations.as_slice() else {
        panic!("not one violation: {violations:?}");
    };
    violation.to_string()
}

#[test]
fn a_tidy_source_passes() {
    let text = "//! What lives here.\n\n#[expect(dead_code, reason = \"a test\")]\nfn f() {}\n";
    assert_eq!(sources::check(&tree(&[("crates/a/src/lib.rs", text)])), []);
    assert_eq!(words::check(&tree(&[("crates/a/src/lib.rs", text)])), []);
}

#[test]
fn a_file_that_fits_no_head_is_named() {
    let text = format!("//! Long.\n{}", "fn f() {}\n".repeat(600));
    let said = only(sources::check(&tree(&[("crates/a/src/lib.rs", &text)])));
    assert!(
        said.starts_with("crates/a/src/lib.rs:601: 601 lines"),
        "{said}"
    );
    assert_eq!(
        sources::check(&tree(&[("crates/a/src/tests.rs", &text)])),
        []
    );
}

#[test]
fn a_module_must_say_what_it_is() {
    let said = only(sources::check(&tree(&[(
        "xtask/src/up.rs",
        "use std::fmt;\n",
    )])));
    assert!(
        said.contains("xtask/src/up.rs:1: the module does not say"),
        "{said}"
    );
}

#[test]
fn a_name_must_name_something() {
    let said = only(sources::check(&tree(&[(
        "crates/a/src/utils.rs",
        "//! A.\n",
    )])));
    assert!(said.contains("`utils` names nothing"), "{said}");
}

#[test]
fn an_exception_must_give_its_reason() {
    let text = format!("//! A.\n\n#[{}(\n    dead_code\n)]\nfn f() {{}}\n", "allow");
    let said = only(sources::check(&tree(&[("crates/a/src/lib.rs", &text)])));
    assert!(
        said.contains(":3: ") && said.contains("without a reason"),
        "{said}"
    );
}

#[test]
fn a_member_must_inherit_the_lints() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nworkspace = true\n";
    let said = only(sources::check(&tree(&[("crates/a/Cargo.toml", manifest)])));
    assert!(said.contains("lints"), "{said}");
    let good = "[lints]\nworkspace = true\n";
    assert_eq!(sources::check(&tree(&[("crates/a/Cargo.toml", good)])), []);
}

#[test]
fn open_ends_are_found_as_words_alone() {
    let open = format!(
        "//! A.\n// {}: later\nlet mas{}s = 1;\n",
        concat!("TO", "DO"),
        concat!("to", "do!(")
    );
    let said = only(words::check(&tree(&[("crates/a/src/lib.rs", &open)])));
    assert!(said.contains("lib.rs:2:"), "{said}");
    let skipped = format!("#[{}]\n#[test]\n", "ignore = \"slow\"");
    assert_eq!(
        words::check(&tree(&[("crates/a/src/lib.rs", &skipped)])).len(),
        1
    );
}

#[test]
fn places_of_one_machine_are_found() {
    let text = format!(
        "see {}main/x\nhttps://a.example/network/\n",
        concat!("/wo", "rk/")
    );
    let said = only(words::check(&tree(&[("README.md", &text)])));
    assert!(said.contains("README.md:1:"), "{said}");
    assert_eq!(words::check(&tree(&[("Cargo.lock", &text)])), []);
}

fn house(architecture: &str) -> Tree {
    tree(&[
        ("Cargo.lock", "source = \"registry+https://example\"\n"),
        ("crates/decide/src/pipeline.rs", STEPS),
        ("docs/ARCHITECTURE.md", architecture),
        ("docs/adr/README.md", "- [One](0001-one.md)\n"),
        ("docs/adr/0001-one.md", "# One\n"),
    ])
}

#[test]
fn the_document_tells_the_steps_of_the_code() {
    for told in [
        "1. IpAccess: x\n2. Settle\n",
        "| 1 | `IpAccess` | x |\n| 2 | **Settle** | y |\n",
        " 1 IpAccess  x\n 2 Settle    y\n",
    ] {
        assert_eq!(documents::check(&house(told)), [], "{told}");
    }
}

#[test]
fn a_step_out_of_order_missing_or_twice_is_found() {
    let swapped = only(documents::check(&house("1. Settle\n2. IpAccess\n")));
    assert!(
        swapped.contains("ARCHITECTURE.md:1: step 1 is called Settle"),
        "{swapped}"
    );
    let missing = only(documents::check(&house("1. IpAccess\n2. Setle\n")));
    assert!(missing.contains("step 2 (Settle) is not told"), "{missing}");
    let twice = only(documents::check(&house(
        "1. IpAccess\n2. Settle\n3. Settle\n",
    )));
    assert!(
        twice.contains(":3: ") && twice.contains("too many"),
        "{twice}"
    );
}

#[test]
fn a_pipeline_that_cant_be_read_is_no_pass() {
    let mut house = house("1. IpAccess\n2. Settle\n");
    for file in &mut house.0 {
        if file.path.ends_with("pipeline.rs") {
            file.text = "pub const LIST: [u8; 0] = [];".to_owned();
        }
    }
    assert!(only(documents::check(&house)).contains("no array of steps"));
}

#[test]
fn every_decision_is_linked() {
    let mut house = house("1. IpAccess\n2. Settle\n");
    house.0.push(File {
        path: "docs/adr/0002-two.md".to_owned(),
        text: "# Two\n".to_owned(),
    });
    assert!(only(documents::check(&house)).contains("docs/adr/0002-two.md:1: no link"));
}

#[test]
fn the_lock_is_there_and_knows_no_git() {
    let mut house = house("1. IpAccess\n2. Settle\n");
    let lock = house.0.remove(0);
    assert!(only(documents::check(&house)).contains("Cargo.lock:1: the file is missing"));
    house.0.push(File {
        text: "source = \"git+https://example/x#1\"\n".to_owned(),
        ..lock
    });
    assert!(only(documents::check(&house)).contains("crates.io"));
}

#[test]
fn no_text_names_two_things() {
    let events = ("crates/terms/src/event.rs", "events! {\n    A \"A\";\n}\n");
    let codes = "codes! {\n    // Said.\n    A \"a\" 400 \"x\";\n    B \"a\" 401 \"x\";\n}\n";
    let said = only(lists::check(&tree(&[
        ("crates/terms/src/code.rs", codes),
        events,
    ])));
    assert!(
        said.contains("code.rs:4: \"a\" is the text of line 3 too"),
        "{said}"
    );
    let none = only(lists::check(&tree(&[
        ("crates/terms/src/code.rs", "enum Code {}\n"),
        events,
    ])));
    assert!(none.contains("no list can be read"), "{none}");
}

fn graph(name: &str, edges: &[&str]) -> Graph {
    let mut graph = Graph::default();
    let edges = edges.iter().map(|edge| (*edge).to_owned()).collect();
    graph.members.insert(
        name.to_owned(),
        (format!("crates/{name}/Cargo.toml"), edges),
    );
    graph
}

#[test]
fn edges_point_down() {
    assert_eq!(
        edges::check(&graph("gatehouse-decide", &["gatehouse-terms"])),
        []
    );
    for (name, edge) in [
        ("gatehouse-decide", "gatehouse-runtime"),
        ("gatehouse-llm-proxy", "gatehouse-mcp-proxy"),
        ("gatehouse-verify", "gatehouse-ledger"),
        ("gatehouse-ledger", "gatehouse-verify"),
    ] {
        let said = only(edges::check(&graph(name, &[edge])));
        assert!(
            said.contains(&format!("{name} must not know {edge}")),
            "{said}"
        );
    }
}

#[test]
fn a_crate_without_a_storey_is_found() {
    let said = only(edges::check(&graph("gatehouse-attic", &[])));
    assert!(said.contains("gatehouse-attic has no storey"), "{said}");
}

#[test]
fn what_decides_reaches_no_io_and_a_data_plane_no_store() {
    for (who, reach) in [("gatehouse-decide", "tokio"), ("gateway", "sqlx-core")] {
        let mut graph = graph("gatehouse-decide", &[]);
        let reached = BTreeSet::from(["serde".to_owned(), reach.to_owned()]);
        graph.reached.insert(who.to_owned(), reached);
        let said = only(edges::check(&graph));
        assert!(said.contains(who) && said.contains(reach), "{said}");
    }
}
