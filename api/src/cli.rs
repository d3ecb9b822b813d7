//! The command line: what can be asked of the `passerelle` program, and how it answers.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::id::MemberId;
use domain::time::Time;

use self::bytes::Bytes;
use crate::files::{FILE_MAX, Limits, Location};

mod asking;
mod bytes;
mod check;
mod copy;
mod demo;
mod events;
mod figure;
mod files;
mod log;
mod mailing;
mod records;
mod replay;
mod right;
mod serve;
mod token;
mod verifying;

/// An event-sourced collaboration engine for the digital workplace.
///
/// Everything people do is an event in an append-only journal; everything they look at is a view folded from it,
/// answered through GraphQL. One folder is all it needs.
#[derive(Debug, Parser)]
#[command(name = "passerelle", version, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  passerelle demo                          invent an organisation and open it
  passerelle import ./records              bring in an activity log
  passerelle serve --listen 127.0.0.1:4000 serve the folder
  passerelle check                         verify the whole history

Exit codes: 0 done, 1 something is wrong with the data, 2 the command line is, 3 it could not be done.";

/// Where everything is kept.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// The folder that holds journal, keys and views; made when it is not there.
    #[arg(
        long,
        short,
        global = true,
        env = "PASSERELLE_FOLDER",
        default_value = "passerelle-data",
        value_name = "FOLDER"
    )]
    pub(crate) folder: PathBuf,
    /// A PostgreSQL journal instead of the folder's own, as postgres://user@host/database; views stay in the folder.
    #[arg(long, global = true, env = "PASSERELLE_JOURNAL", value_name = "URL", hide_env_values = true)]
    pub(crate) journal: Option<String>,
    /// Where the files of documents are kept instead of the folder's own: a folder, or s3://bucket/prefix.
    #[arg(long, global = true, env = "PASSERELLE_FILES", value_name = "PLACE")]
    pub(crate) files: Option<Location>,
    /// The folder of files is one that all who follow the journal see.
    #[arg(long, global = true, env = "PASSERELLE_FILES_SHARED")]
    pub(crate) files_shared: bool,
    /// What to log, as error, warn, info, debug or a filter such as passerelle=debug.
    #[arg(long, global = true, env = "PASSERELLE_LOG", default_value = "info", value_name = "FILTER")]
    pub(crate) log: String,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve GraphQL and GraphiQL until SIGTERM or Ctrl-C.
    Serve(Serving),
    /// Invent a believable organisation when the folder is empty, then serve it.
    Demo {
        /// The language of its names and texts.
        #[arg(long, value_enum, default_value_t = DemoLanguage::En)]
        language: DemoLanguage,
        #[command(flatten)]
        serving: Serving,
    },
    /// Bring in an activity log, under the rules that hold for all; again adds nothing, interrupted goes on.
    Import(Importing),
    /// Write everything out as an activity log, or as a journal file.
    Export {
        /// A new or empty folder for the activity log (docs/activity-log.md).
        #[arg(value_name = "RECORDS", required_unless_present = "journal_file")]
        records: Option<PathBuf>,
        /// A new file for every stored envelope as CloudEvents 1.0 JSON Lines; its keys go beside it, in FILE.keys, and
        /// the files of documents in FILE.files.
        #[arg(long, value_name = "FILE", conflicts_with = "records")]
        journal_file: Option<PathBuf>,
    },
    /// Copy the journals, the keys and the files to a new folder, consistently, also while serving.
    Backup {
        /// A new or empty folder.
        #[arg(value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Copy any journal to any empty one: same ids, revisions, order, times and digests, verified at the end.
    Copy {
        /// A folder, or postgres://…
        from: String,
        /// A new folder, or postgres://… with an empty journal
        to: String,
    },
    /// Print events, oldest first, one a line.
    Events(Filter),
    /// Compute a figure and print it with its receipt, or compute again what a receipt says.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Figure(figure::Asking),
    /// Build the views anew, or as of a moment into a file given.
    Replay {
        /// Only what was known by this day (2026-01-31, local) or time (RFC 3339).
        #[arg(long, value_name = "DAY|TIME", requires = "to")]
        until: Option<String>,
        /// Only up to this position.
        #[arg(long, value_name = "POSITION", conflicts_with = "until", requires = "to")]
        position: Option<u64>,
        /// The file to build the views in, instead of the folder's own.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Verify the whole history and the views; each fault is named, and the exit code is then 1.
    Check,
    /// Issue a bearer token and print it, or a one-time sign-in link: shown once, and only a hash of it is kept.
    Token(Issuing),
    /// Print the GraphQL schema.
    Schema,
    /// Print who may do and see what, as a page.
    Policy,
}

/// What to bring in, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Importing {
    /// The folder with the activity log (docs/activity-log.md).
    #[arg(value_name = "RECORDS", required_unless_present = "journal_file")]
    records: Option<PathBuf>,
    /// Leave out what cannot be read or is refused, counted and listed, instead of stopping there.
    #[arg(long, conflicts_with = "journal_file")]
    skip_invalid: bool,
    /// Stop before the first row after this time.
    #[arg(long = "until", value_name = "TIME", conflicts_with = "journal_file")]
    records_until: Option<Time>,
    /// A journal file that `export --journal-file` wrote; the folder must hold no journal yet.
    #[arg(long, value_name = "FILE", conflicts_with = "records")]
    journal_file: Option<PathBuf>,
}

/// Which token to issue, or which link.
#[derive(Clone, Debug, Args)]
pub(crate) struct Issuing {
    /// As whom its bearer acts; a service with an administrator's powers when left out.
    #[arg(long, value_name = "MEMBER", required_if_eq("link", "true"))]
    pub(crate) member: Option<MemberId>,
    /// When it ends.
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<Time>,
    /// What it is for besides reading; everything its member may do when left out.
    #[arg(long = "scope", value_enum, value_name = "SCOPE")]
    pub(crate) scopes: Vec<TokenScope>,
    /// Print a link that signs the member in, once, within ten minutes.
    #[arg(long, conflicts_with_all = ["until", "scopes"])]
    pub(crate) link: bool,
    /// Where browsers reach the server, for the link.
    #[arg(long, env = "PASSERELLE_SITE", default_value = "http://127.0.0.1:4000", value_name = "URL")]
    pub(crate) site: String,
    /// Revoke this token (the part before the last dot) instead of issuing one.
    #[arg(long, value_name = "TOKEN", conflicts_with_all = ["member", "until", "scopes", "link"])]
    pub(crate) revoke: Option<String>,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TokenScope {
    /// Reading alone.
    Read,
    /// Acting as a member does.
    Write,
    /// What is for administrators alone.
    Administer,
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub(crate) struct Serving {
    /// The address to listen on.
    #[arg(long, env = "PASSERELLE_LISTEN", default_value = "127.0.0.1:4000", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// The certificate to encrypt with, and those that vouch for it, in PEM; read again when it changes.
    #[arg(long, env = "PASSERELLE_CERTIFICATE", value_name = "FILE", requires = "key")]
    pub(crate) certificate: Option<PathBuf>,
    /// The private key of the certificate, in PEM.
    #[arg(long, env = "PASSERELLE_KEY", value_name = "FILE", requires = "certificate")]
    pub(crate) key: Option<PathBuf>,
    /// A proxy in front encrypts: listen on other addresses than this machine's own without a certificate.
    #[arg(long, env = "PASSERELLE_BEHIND_TLS_PROXY", conflicts_with = "certificate")]
    pub(crate) behind_tls_proxy: bool,
    /// The largest file that is taken, at most 2GiB.
    #[arg(long, env = "PASSERELLE_FILE_LIMIT", default_value = "1GiB", value_name = "BYTES")]
    file_limit: Bytes,
    /// How much a member may keep in files, or unlimited.
    #[arg(long, env = "PASSERELLE_MEMBER_QUOTA", default_value = "10GiB", value_name = "BYTES")]
    member_quota: Bytes,
    /// How much all members may keep together.
    #[arg(long, env = "PASSERELLE_ORGANISATION_QUOTA", default_value = "unlimited", value_name = "BYTES")]
    organisation_quota: Bytes,
    /// Deliver nothing to webhooks from here: of several servers on one journal one of the others delivers.
    #[arg(long)]
    pub(crate) no_webhooks: bool,
    /// Deliver to webhooks in private networks too.
    #[arg(long)]
    pub(crate) webhooks_into_private_networks: bool,
    #[command(flatten)]
    pub(crate) mailing: mailing::Mailing,
    /// Where browsers reach the server, when it is not the address it listens on: https://passerelle.example.org
    #[arg(long, env = "PASSERELLE_SITE", value_name = "URL")]
    pub(crate) site: Option<String>,
    #[command(flatten)]
    pub(crate) identity_provider: IdentityProvider,
    #[command(flatten)]
    pub(crate) asking: asking::Asking,
}

impl Serving {
    /// How its addresses begin.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.certificate.is_some() { "https" } else { "http" }
    }

    /// How much may be kept.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            file: self.file_limit.0.min(FILE_MAX),
            member: self.member_quota.limit(),
            organisation: self.organisation_quota.limit(),
        }
    }

    /// Where browsers reach the server.
    pub(crate) fn site(&self) -> String {
        self.site.clone().unwrap_or_else(|| format!("{}://{}", self.scheme(), self.listen))
    }
}

/// Who signs people in, by OpenID Connect.
#[derive(Clone, Debug, Args)]
pub(crate) struct IdentityProvider {
    /// The issuer of the identity provider that signs people in, besides sign-in links.
    #[arg(long, env = "PASSERELLE_OIDC_ISSUER", value_name = "URL", requires = "oidc_client_id")]
    pub(crate) oidc_issuer: Option<String>,
    /// As what it knows this server; its callback is SITE/session/identity-provider/callback.
    #[arg(long, env = "PASSERELLE_OIDC_CLIENT_ID", value_name = "ID")]
    pub(crate) oidc_client_id: Option<String>,
    /// The file with the secret that it gave this server, if it gave one.
    #[arg(long, env = "PASSERELLE_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub(crate) oidc_client_secret_file: Option<PathBuf>,
    /// The audience of its bearer tokens that this server accepts; none when left out.
    #[arg(long, env = "PASSERELLE_OIDC_AUDIENCE", value_name = "AUDIENCE")]
    pub(crate) oidc_audience: Option<String>,
    /// Know whoever signs in for the first time by the e-mail address that it vouches for.
    #[arg(long, env = "PASSERELLE_OIDC_LINK_BY_EMAIL")]
    pub(crate) oidc_link_by_email: bool,
    /// Sign people in by it alone: sign-in links open nothing.
    #[arg(long, env = "PASSERELLE_OIDC_REQUIRED", requires = "oidc_issuer")]
    pub(crate) oidc_required: bool,
}

/// The language of the demonstration.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DemoLanguage {
    /// English
    En,
    /// French
    Fr,
}

/// Which events to print, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Filter {
    /// Of this stream.
    #[arg(long, value_name = "STREAM")]
    pub(crate) stream: Option<String>,
    /// Of this type, such as post.published.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<String>,
    /// Done by this member.
    #[arg(long, value_name = "MEMBER")]
    pub(crate) member: Option<MemberId>,
    /// That happened at this time or later.
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<Time>,
    /// That happened before this time.
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<Time>,
    /// After this position.
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    pub(crate) after: u64,
    /// One CloudEvents 1.0 envelope a line, as stored, instead of the opened event.
    #[arg(long)]
    pub(crate) cloudevents: bool,
}

/// Why a command line was not carried out.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Something is wrong with the data it was given or found: exit code 1.
    Data(String),
    /// It could not be done: exit code 3.
    Failed(String),
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Reads the command line, does what it says, and answers with the exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return told(Trouble::from(error)),
    };
    log::start(&cli.place.log);
    match runtime.block_on(carry_out(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => told(trouble),
    }
}

async fn carry_out(cli: Cli) -> Result<(), Trouble> {
    let place = &cli.place;
    right::check(&cli.command)?;
    match cli.command {
        Command::Serve(serving) => serve::serve(place, &serving).await,
        Command::Demo { language, serving } => demo::demo(place, language, &serving).await,
        Command::Import(how) => match (&how.records, &how.journal_file) {
            (_, Some(file)) => copy::import_journal(place, file).await,
            (records, None) => {
                records::import(place, records.as_deref().unwrap_or(Path::new(".")), &how).await
            }
        },
        Command::Export { journal_file: Some(file), .. } => copy::export_journal(place, &file).await,
        Command::Export { records, .. } => records::write(place, &records.unwrap_or_default()).await,
        Command::Backup { to } => copy::backup(place, &to).await,
        Command::Copy { from, to } => copy::copy(place, &from, &to).await,
        Command::Events(filter) => events::events(place, &filter).await,
        Command::Figure(asking) => figure::figure(place, &asking).await,
        Command::Replay { until, position, to } => {
            replay::replay(place, until.as_deref(), position, to).await
        }
        Command::Check => check::check(place).await,
        Command::Token(issuing) => token::token(place, issuing).await,
        Command::Schema => serve::print(&crate::graphql::sdl()),
        Command::Policy => serve::print(&domain::policy::page()),
    }
}

#[expect(clippy::print_stderr, reason = "the command line tells its user what went wrong")]
fn told(trouble: Trouble) -> ExitCode {
    let (sentence, code) = match trouble {
        Trouble::Data(sentence) => (sentence, 1),
        Trouble::Failed(sentence) => (sentence, 3),
    };
    eprintln!("passerelle: {sentence}");
    ExitCode::from(code)
}
