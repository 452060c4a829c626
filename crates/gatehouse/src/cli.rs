//! The command line: what can be asked for, with the help that teaches it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed, or something is wrong: the reason is on standard error
  2  wrong usage; for 'audit verify': nothing was checked

The whole configuration is described in docs/configuration.md.";

const EXAMPLES: &str = "\
Examples:
  gatehouse up                                     everything in one process, to try
  gatehouse certs ./certs gateway-1 mcp-1          certificates for two data planes
  gatehouse control-plane --config /etc/gatehouse  one role in production
  gatehouse config check --config gatehouse.yaml   every fault of a file, with its place
  gatehouse policy test ./policies                 do they say what they should?
  gatehouse audit verify --data-dir gatehouse-data is the record whole?";

/// One gate for every model call and every tool call: identified, limited, recorded.
#[derive(Parser, Debug)]
#[command(name = "gatehouse", version, after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Runs the LLM data plane (port 8080)
    #[cfg(feature = "gateway")]
    Gateway(Files),
    /// Runs the tool data plane (port 8070)
    #[cfg(feature = "mcp-proxy")]
    McpProxy(Files),
    /// Runs the control plane (ports 8090 and 8091)
    #[cfg(feature = "control-plane")]
    ControlPlane(Files),
    /// Runs everything in one process on an embedded store, with a demo tenant to try
    #[cfg(all(feature = "gateway", feature = "mcp-proxy", feature = "control-plane"))]
    Up(Up),
    /// Makes the certificates between the planes
    Certs(Certs),
    /// Checks or shows a configuration
    Config {
        /// What to do with it.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Checks and tests policies
    Policy {
        /// What to do with them.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Checks the audit log
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: AuditCommand,
    },
}

/// Where the configuration is.
#[derive(Args, Debug, Clone, Default)]
pub struct Files {
    /// A configuration file, or a folder of *.yaml and *.yml; may be repeated, and the files unite
    #[arg(long = "config", value_name = "PATH")]
    pub config: Vec<PathBuf>,
}

/// `gatehouse up`.
#[derive(Args, Debug, Clone)]
#[command(after_help = "\
The first start makes a tenant, a key, a provider that answers without a network, and a demo tool
server. Everything is kept in the data directory; later starts go on with it.
The same as shell variables: source gatehouse-data/demo.env")]
pub struct Up {
    /// Where everything is kept
    #[arg(long, value_name = "DIR", default_value = "gatehouse-data")]
    pub data_dir: PathBuf,
    /// Where the LLM gateway listens; port 0 picks a free one
    #[arg(long, value_name = "ADDR")]
    pub gateway_addr: Option<SocketAddr>,
    /// Where the MCP proxy listens
    #[arg(long, value_name = "ADDR")]
    pub mcp_addr: Option<SocketAddr>,
    /// Where the administration listens
    #[arg(long, value_name = "ADDR")]
    pub control_addr: Option<SocketAddr>,
    /// Where the streams between the planes listen
    #[arg(long, value_name = "ADDR")]
    pub sync_addr: Option<SocketAddr>,
    /// See [`Files`].
    #[command(flatten)]
    pub files: Files,
}

/// `gatehouse certs`.
#[derive(Args, Debug, Clone)]
#[command(after_help = "\
Makes DIR/ca.pem, the control plane's certificate, the pair that signs configurations, and one
certificate for each NODE. Run it again with another NODE to add a data plane later.
Examples:
  gatehouse certs ./certs gateway-1 mcp-1
  gatehouse certs ./certs --host gatehouse.example.com --days 90 --force")]
pub struct Certs {
    /// Where
    #[arg(value_name = "DIR", required_unless_present = "out")]
    pub dir: Option<PathBuf>,
    /// Data planes, by name
    #[arg(value_name = "NODE")]
    pub nodes: Vec<String>,
    /// Where, as an option
    #[arg(long, value_name = "DIR", conflicts_with_all = ["dir", "nodes"])]
    pub out: Option<PathBuf>,
    /// A data plane, as an option; may be repeated
    #[arg(long = "node", value_name = "NODE")]
    pub node: Vec<String>,
    /// A further name or address of the control plane; may be repeated
    #[arg(long = "host", value_name = "HOST")]
    pub hosts: Vec<String>,
    /// How long the certificates hold
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,
    /// Replaces the control plane's certificate and those of the nodes; never the authority
    #[arg(long)]
    pub force: bool,
}

/// For which role a configuration is meant.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The LLM data plane
    Gateway,
    /// The tool data plane
    McpProxy,
    /// The control plane
    ControlPlane,
    /// All in one process
    Up,
}

/// `gatehouse config`.
#[derive(Subcommand, Debug)]
pub enum ConfigCommand {
    /// Prints every fault with its place; exit code 1 when there is one
    Check {
        /// See [`Files`].
        #[command(flatten)]
        files: Files,
        /// Also requires what this role can't do without
        #[arg(long)]
        role: Option<Role>,
        /// Prints the faults as JSON on standard output
        #[arg(long)]
        json: bool,
    },
    /// Prints every effective setting and where it came from; secrets are masked
    Show {
        /// See [`Files`].
        #[command(flatten)]
        files: Files,
        /// With this role's defaults
        #[arg(long)]
        role: Option<Role>,
    },
}

/// `gatehouse policy`.
#[derive(Subcommand, Debug)]
pub enum PolicyCommand {
    /// Compiles policies and prints every fault with its place
    Check {
        /// *.yaml and *.rego files, or folders with them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Decides the cases of every *.test.yaml and compares
    #[command(after_help = "\
A suite 'NAME.test.yaml' tests 'NAME.yaml' or 'NAME.rego' beside it, or the files that it names:
  policies: [hours.yaml, {file: tools.rego, replaces_base: true}]
  cases:
    - name: not on a Saturday
      request: {principal: {role: developer}, tool: files/delete_file, time: 2026-11-28T10:00:00Z}
      expect: {decision: deny, rule: working-hours}
Exit codes: 0 every case as expected, 1 not, 2 nothing to test.")]
    Test(PolicyTest),
    /// Writes the starter policies and their cases into a folder
    New {
        /// Where; what is there already is left alone
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
    /// Prints the JSON schema of the document that policies are decided over
    Schema,
    /// Prints the policy that governs tools where no other replaces it
    Base,
}

/// `gatehouse policy test`.
#[derive(Args, Debug)]
pub struct PolicyTest {
    /// Folders, or *.test.yaml files
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only the cases in whose name this stands
    #[arg(long, value_name = "TEXT")]
    pub run: Option<String>,
    /// Also writes the results as JUnit XML, for CI
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Prints the results as JSON
    #[arg(long)]
    pub json: bool,
    /// A rule that holds in no case is a failure
    #[arg(long)]
    pub every_rule: bool,
}

/// `gatehouse audit`.
#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// Checks that no event was changed, added or removed
    #[command(after_help = "\
The secret comes from GATEWAY_AUDIT_HMAC_SECRET, or from the data directory.
Exit codes: 0 good, 1 bad, 2 nothing checked.")]
    Verify(Verify),
}

/// `gatehouse audit verify`.
#[derive(Args, Debug)]
#[command(group(
    ArgGroup::new("source").required(true).args(["data_dir", "database_url", "export"])
))]
pub struct Verify {
    /// The data directory of `gatehouse up`, running or not, or a copy of one
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// The control plane's database
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// A file that was exported, in any of its formats
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Prints the report as JSON
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn certificates_are_asked_for_in_either_way() {
        let of = |line: &str| {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            let Command::Certs(certs) = cli.command else {
                panic!("{line}");
            };
            let nodes: Vec<String> = certs.nodes.into_iter().chain(certs.node).collect();
            (certs.out.or(certs.dir).unwrap(), nodes)
        };
        let both = (PathBuf::from("d"), vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(of("gatehouse certs d a b"), both);
        assert_eq!(of("gatehouse certs --out d --node a --node b"), both);
        assert!(Cli::try_parse_from(["gatehouse", "certs"]).is_err());
    }

    #[test]
    fn verification_wants_exactly_one_source() {
        let parses = |line: &str| Cli::try_parse_from(line.split(' ')).is_ok();
        assert!(parses("gatehouse audit verify --export f --json"));
        assert!(!parses("gatehouse audit verify"));
        assert!(!parses("gatehouse audit verify --export f --data-dir d"));
    }
}
