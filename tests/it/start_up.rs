//! A wrong setting ends the server at once, with one line that names the value and what to do.

use std::net::TcpListener;
use std::time::Duration;

use tempfile::TempDir;
use tests::command_line::{Finished, marquee, marquee_with};
use tests::database;
use tests::settings;

/// A refusal takes no thought; a server that is not there is given up on after a few seconds.
const PROMPTLY: Duration = Duration::from_secs(20);

/// Serves with these settings, which must be refused; gives the line that says why.
async fn refused(arguments: &[&str], names: &[&str]) -> Finished {
    let mut all = vec!["serve"];
    if !arguments.contains(&"--listen") {
        all.extend(["--listen", "127.0.0.1:0"]);
    }
    all.extend(arguments);
    let finished = marquee(&all, PROMPTLY).await;
    assert!(!finished.status.success(), "{arguments:?} was not refused: {finished:#?}");
    let line = finished.error_line();
    for name in names {
        assert!(line.contains(name), "{line:?} does not name {name}");
    }
    assert!(!finished.stderr.contains("panicked"), "{finished:#?}");
    finished
}

/// A port of the loopback interface that nothing listens on.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback interface has a free port");
    listener.local_addr().expect("a listener has an address").port()
}

fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("marquee.db").display())
}

#[tokio::test]
async fn a_database_file_that_cannot_be_written_is_refused() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("no-such-folder/marquee.db").display().to_string();
    refused(&["--database-url", &format!("sqlite:{missing}")], &[&missing]).await;
    // A folder in the file's place stops everybody, root included.
    let place = folder.path().display().to_string();
    refused(&["--database-url", &format!("sqlite:{place}")], &[&place]).await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("letter.txt");
    let text = "Dear editor, this is a letter and not a database. ".repeat(200);
    std::fs::write(&path, &text).unwrap();
    let place = path.display().to_string();
    refused(&["--database-url", &format!("sqlite:{place}")], &[&place]).await;
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn another_kind_of_database_is_refused() {
    refused(&["--database-url", "mysql://127.0.0.1/marquee"], &["mysql", "sqlite", "postgres"]).await;
}

#[tokio::test]
async fn a_postgresql_that_is_not_there_is_named_without_its_password() {
    let port = closed_port().to_string();
    let database = format!("postgres://marquee:open-sesame@127.0.0.1:{port}/marquee");
    let finished = refused(&["--database-url", &database, "--redis-url", &settings::redis_url()], &[&port]).await;
    assert!(!finished.stderr.contains("open-sesame"), "a password is printed: {finished:#?}");
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_named() {
    let (database, port) = (database::create().await, closed_port().to_string());
    refused(&["--database-url", &database, "--redis-url", &format!("redis://127.0.0.1:{port}/")], &[&port]).await;
}

#[tokio::test]
async fn postgresql_and_redis_come_together_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    refused(&["--database-url", &database::create().await], &["REDIS_URL"]).await;
    refused(&["--database-url", &sqlite(&folder), "--redis-url", &settings::redis_url()], &["DATABASE_URL"]).await;
}

#[tokio::test]
async fn settings_come_from_the_environment_too() {
    let (folder, port) = (TempDir::new().unwrap(), closed_port().to_string());
    let redis = format!("redis://127.0.0.1:{port}/");
    let environment = [("DATABASE_URL", sqlite(&folder)), ("REDIS_URL", redis)];
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    let finished = marquee_with(&["serve", "--listen", "127.0.0.1:0"], &environment, PROMPTLY).await;
    assert!(!finished.status.success());
    assert!(finished.error_line().contains("DATABASE_URL"), "{}", finished.error_line());
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&["--listen", &address, "--database-url", &sqlite(&folder)], &[&address]).await;
}

#[tokio::test]
async fn the_world_is_not_listened_to_unless_that_is_said_aloud() {
    let folder = TempDir::new().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.7:8080"] {
        let arguments = ["--listen", address, "--database-url", &sqlite(&folder)];
        refused(&arguments, &[address, "--insecure-public"]).await;
    }
}

#[tokio::test]
async fn a_nonsense_setting_is_named() {
    let folder = TempDir::new().unwrap();
    let database = sqlite(&folder);
    for (flag, value) in [
        ("--fetch-allow", "everything"),
        ("--fetch-allow", "10.0.0.0/99"),
        ("--fetch-allow", "127.0.0.1:eighty"),
        ("--listen", "here"),
        ("--host-delay-ms", "soon"),
    ] {
        refused(&["--database-url", &database, flag, value], &[flag, value]).await;
    }
}

#[tokio::test]
async fn an_unknown_flag_is_named() {
    refused(&["--colour", "blue"], &["--colour"]).await;
}
