//! `marquee serve`: the GraphQL server, with the worker inside when it runs on SQLite.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use api::{KnownDocuments, SchemaSettings, Services};
use clap::Args;
use queue::{Connections, Kind};
use tokio::net::TcpListener;
use tokio::sync::watch;
use worker::{Worker, WorkerSettings};

use super::{console, open};

/// Settings of the server.
#[derive(Debug, Clone, Args)]
pub struct ServeArguments {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "MARQUEE_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT",
          value_parser = listen_address)]
    listen: SocketAddr,
    /// Listen on an address that others can reach, although nobody is asked who they are
    #[arg(long, env = "MARQUEE_INSECURE_PUBLIC")]
    insecure_public: bool,
    /// Serve as a subgraph of Apollo Federation v2; `marquee schema --federation` prints what to compose
    #[arg(long, env = "MARQUEE_FEDERATION")]
    federation: bool,
    /// Do not answer `__schema`, `__type` and `_service`
    #[arg(long, env = "MARQUEE_NO_INTROSPECTION")]
    no_introspection: bool,
    /// Answer these documents only: a folder of .graphql files, or a manifest in JSON as Apollo's tools write it
    #[arg(long, env = "MARQUEE_KNOWN_DOCUMENTS", value_name = "PATH")]
    known_documents: Option<PathBuf>,
    #[command(flatten)]
    connections: Connections,
    #[command(flatten)]
    worker: WorkerSettings,
}

fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let numeric = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    numeric.parse().map_err(|_unparsed| "an IP address and a port, such as `127.0.0.1:8080` or `[::1]:8080`".to_owned())
}

/// Serves until it is told to stop.
pub async fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    console::start_log("info,sqlx=warn,sea_orm_migration=warn,apalis_core=warn,apalis=warn");
    let kind = arguments.connections.kind()?;
    let listen = arguments.listen;
    if !listen.ip().is_loopback() && !arguments.insecure_public {
        bail!(
            "--listen {listen} can be reached by others, and the server asks nobody who they are: \
             listen on 127.0.0.1 or [::1], or add --insecure-public"
        );
    }
    let schema_settings = SchemaSettings {
        introspection: !arguments.no_introspection,
        federation: arguments.federation,
        known_documents: arguments.known_documents.as_deref().map(KnownDocuments::read).transpose()?,
    };
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}: is another server using the port? choose one with --listen ADDRESS:PORT")
    })?;
    let address = listener.local_addr()?;
    let (database, bell) = open::open(&arguments.connections).await?;
    let (stop, stopped) = watch::channel(false);
    let worker = match kind {
        Kind::Embedded => {
            let worker = Worker::new(&arguments.worker, database.clone(), bell.clone())?;
            Some(tokio::spawn(worker.run(stopped.clone())))
        }
        Kind::Fleet => None,
    };
    let services = Services { database, bell, policy: arguments.worker.policy() };
    announce(&arguments, address, kind)?;

    tokio::spawn(async move {
        worker::stop_requested().await;
        tracing::info!("stopping: work in progress is ended first");
        stop.send_replace(true);
    });
    let settings = api::Settings { loopback_hosts_only: address.ip().is_loopback(), ..api::Settings::default() };
    api::serve(listener, api::schema_with(services, schema_settings), settings, stopped).await?;
    if let Some(worker) = worker {
        worker.await.context("the worker broke off")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says where the server is, what it stands on, and one line to try.
fn announce(arguments: &ServeArguments, address: SocketAddr, kind: Kind) -> anyhow::Result<()> {
    let database = arguments.connections.shown_database_url();
    let work = match kind {
        Kind::Embedded => "the worker runs inside".to_owned(),
        Kind::Fleet => format!(
            "queue at {}; start `marquee-worker` with the same settings",
            arguments.connections.shown_redis_url().unwrap_or_default()
        ),
    };
    console::print(&format!(
        "Marquee serves http://{address}/graphql (open it in a browser)\n\
         Database {database}; {work}\n\
         Try: curl http://{address}/graphql -H 'content-type: application/json' \
         -d '{{\"query\": \"{{ films {{ nodes {{ title year directors {{ name }} }} }} }}\"}}'\n"
    ))?;
    Ok(())
}
