//! `passerelle serve`: GraphQL and GraphiQL over one folder, until SIGTERM or Ctrl-C.

use std::io::Write;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::event::Position;
use domain::token::Scope;
use journal::{Entropy, Lease};
use projections::Views;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::token::issue;
use super::{Place, Serving, Trouble, files};
use crate::digests;
use crate::engine::{self, Engine};
use crate::entropy::SystemEntropy;
use crate::files::Files;
use crate::folder::Folder;
use crate::gate::Gate;
use crate::graphql::{self, Endpoint};
use crate::http::files::routes;
use crate::http::own_data;
use crate::http::tls::Tls;
use crate::http::{
    Addresses, Documents, Graphiql, Introspection, Readiness, Settings, Transport, metrics_recorder,
    serve as answer,
};
use crate::oidc::{Configuration, Provider};
use crate::{schedule, webhooks};

/// Serves the folder. A folder served for the first time prints an administrator's token, once.
pub(super) async fn serve(place: &Place, serving: &Serving) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let first = folder.journal.end().await? == Position::default();
    let files = files::open(place)?;
    let engine = Arc::new(with_files(folder.engine()?, files.as_ref()));
    // Views of other versions, and figures as of positions that were asked for before.
    if let Err(error) = Views::remove_others(&place.folder) {
        tracing::warn!(%error, "views that nobody reads any more are left behind");
    }
    if first {
        let token = issue(&engine, None, None, Scope::ALL).await?;
        say(&format!("administrator's token, shown this once: {token}"))?;
    }
    listen(engine, files, &folder.deliveries, serving).await
}

/// An engine that knows where files are kept, if they are.
pub(super) fn with_files(engine: Engine, files: Option<&Arc<Files>>) -> Engine {
    match files {
        Some(files) => engine.with_files(Arc::clone(files)),
        None => engine,
    }
}

/// Listens until the process is asked to end, then lets what was begun come to its end.
pub(super) async fn listen(
    engine: Arc<Engine>,
    files: Option<Arc<Files>>,
    lease: &Arc<dyn Lease>,
    serving: &Serving,
) -> Result<(), Trouble> {
    let (address, tls) = (serving.listen, tls(serving)?);
    let busy = |error| {
        Trouble::Failed(format!("{address} cannot be listened on ({error}); give another with --listen"))
    };
    let digests = serving.mailing.digests(&engine)?;
    let listener = TcpListener::bind(address).await.map_err(busy)?;
    let handle = metrics_recorder()?;
    engine::describe_metrics();
    graphql::describe_metrics();
    digests::describe_metrics();
    let schedule = schedule::keep(Arc::clone(&engine));
    let ahead = engine::keep_ahead(Arc::clone(&engine));
    let deliveries = (!serving.no_webhooks).then(|| deliver(&engine, lease, serving));
    let links = !serving.identity_provider.oidc_required;
    let gate = Gate::new(Arc::clone(&engine)).with_provider(provider(serving)?, links);
    let watched = Arc::clone(&engine);
    let kept = files.map(|kept| files::serve(&engine, &kept, serving.limits()));
    let (uploads, _collecting) = kept.unzip();
    let own_data = own_data::routes(Arc::clone(&engine), gate.clone());
    let endpoint = Endpoint::new(engine);
    let endpoint = match serving.mailing.mailer()? {
        _ if !links => endpoint.without_links(),
        Some(mailer) => endpoint.mailing_links(mailer, serving.site()),
        None => endpoint,
    };
    let transport = Transport::new(endpoint, gate.clone(), settings(serving)?)
        .with_routes(routes(gate, uploads))
        .with_routes(own_data)
        .ready_when(move || readiness(&watched))
        .with_metrics(handle);
    let transport = match tls {
        Some(tls) => transport.with_tls(tls),
        None => transport,
    };
    // Before it says that it listens: whoever reads that may ask it to end.
    let (mut terminated, mut interrupted) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    say(&format!("GraphQL on {}://{}/graphql", serving.scheme(), listener.local_addr()?))?;
    let ended = async move {
        tokio::select! { _ = terminated.recv() => {}, _ = interrupted.recv() => {} }
    };
    let mails = digests.map(|digests| tokio::spawn(digests.run()));
    let answered = answer(listener, transport, ended).await;
    schedule.abort();
    ahead.abort();
    for sending in deliveries.into_iter().chain(mails) {
        sending.abort();
    }
    Ok(answered?)
}

/// Delivers to webhooks from now on, while this node has the lease.
fn deliver(engine: &Arc<Engine>, lease: &Arc<dyn Lease>, serving: &Serving) -> tokio::task::JoinHandle<()> {
    let settings = webhooks::Settings {
        into_private_networks: serving.webhooks_into_private_networks,
        ..webhooks::Settings::of(Arc::clone(lease))
    };
    webhooks::keep(Arc::clone(engine), settings)
}

/// What to encrypt with, if anything is given. Without, only this machine is listened to, unless a proxy encrypts.
fn tls(serving: &Serving) -> Result<Option<Tls>, Trouble> {
    let address = serving.listen;
    match serving.certificate.as_ref().zip(serving.key.as_ref()) {
        Some((certificate, key)) => Ok(Some(Tls::open(certificate, key)?)),
        None if address.ip().is_loopback() || serving.behind_tls_proxy => Ok(None),
        None => Err(Trouble::Failed(format!(
            "{address} is reachable from elsewhere and nothing would be encrypted: give --certificate and --key, say \
             --behind-tls-proxy if a proxy in front encrypts, or listen on 127.0.0.1"
        ))),
    }
}

/// The bounds of what is asked.
fn settings(serving: &Serving) -> Result<Settings, Trouble> {
    let mut seed = [0; 8];
    SystemEntropy.fill(&mut seed)?;
    let asking = &serving.asking;
    let provided = serving.identity_provider.oidc_issuer.is_some();
    let documents = match &asking.documents {
        None => Documents::default(),
        Some(file) => {
            let said = |what: String| Trouble::Data(format!("{}: {what}", file.display()));
            let json = std::fs::read_to_string(file).map_err(|error| said(error.to_string()))?;
            Documents::try_new(&json, asking.documents_only).map_err(said)?
        }
    };
    Ok(Settings {
        points_per_minute: NonZeroU32::new(asking.points_per_minute),
        strangers_per_minute: NonZeroU32::new(asking.strangers_per_minute),
        addresses: match &asking.address_header {
            Some(header) => Addresses::InHeader(header.clone()),
            None if serving.behind_tls_proxy => Addresses::Unknown,
            None => Addresses::OfConnections,
        },
        introspection: if asking.no_introspection { Introspection::Off } else { Introspection::On },
        graphiql: if asking.graphiql || !provided { Graphiql::On } else { Graphiql::Off },
        documents,
        https: serving.behind_tls_proxy || serving.site().starts_with("https://"),
        seed: u64::from_ne_bytes(seed),
        ..Settings::default()
    })
}

/// The identity provider, if one is named.
fn provider(serving: &Serving) -> Result<Option<Provider>, Trouble> {
    let named = &serving.identity_provider;
    let (Some(issuer), Some(client_id)) = (&named.oidc_issuer, &named.oidc_client_id) else {
        return Ok(None);
    };
    let secret = |file: &PathBuf| match std::fs::read_to_string(file) {
        Ok(secret) => Ok(secret.trim().to_owned()),
        Err(error) => Err(Trouble::Failed(format!("{} cannot be read: {error}", file.display()))),
    };
    let configuration = Configuration {
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret: named.oidc_client_secret_file.as_ref().map(secret).transpose()?,
        audience: named.oidc_audience.clone(),
        site: serving.site(),
        link_by_email: named.oidc_link_by_email,
    };
    Ok(Some(Provider::try_new(configuration)?))
}

fn readiness(engine: &Engine) -> Readiness {
    let progress = engine.progress().borrow().clone();
    match progress.stopped {
        Some(_) => Readiness::Stopped,
        None => match progress.behind(engine.now()) {
            Duration::ZERO => Readiness::Ready,
            behind => Readiness::Behind(behind),
        },
    }
}

/// Prints a contract as it is kept.
pub(super) fn print(contract: &str) -> Result<(), Trouble> {
    Ok(write!(std::io::stdout(), "{contract}")?)
}

/// Says something to whoever started the program.
pub(super) fn say(sentence: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{sentence}")
}
