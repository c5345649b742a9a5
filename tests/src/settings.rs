//! What `tests/run` tells the tests, and where the built binaries lie. The only place that reads the environment.

use std::env;
use std::path::{Path, PathBuf};

/// A PostgreSQL server on which the tests may create databases: `postgres://…/postgres`.
#[must_use]
pub fn postgres_url() -> String {
    required("MARQUEE_TEST_POSTGRES_URL")
}

/// A Redis server that the tests share; each keeps to a prefix of its own.
#[must_use]
pub fn redis_url() -> String {
    required("MARQUEE_TEST_REDIS_URL")
}

/// The `redis-server` program, for tests that start and kill one of their own.
#[must_use]
pub fn redis_server() -> PathBuf {
    PathBuf::from(required("MARQUEE_TEST_REDIS_SERVER"))
}

/// The `node` program. What its scripts import, `tests/run` has put into `tests/node_modules`.
#[must_use]
pub fn node() -> PathBuf {
    PathBuf::from(required("MARQUEE_TEST_NODE"))
}

/// Whether runs that take minutes are wanted (`tests/run --long`).
#[must_use]
pub fn long_runs() -> bool {
    read("MARQUEE_TEST_LONG").is_some_and(|value| !value.is_empty())
}

/// A variable of the surrounding environment that started processes need too, such as `PATH`.
#[must_use]
pub fn inherited(name: &str) -> Option<String> {
    read(name)
}

/// A binary of this workspace, beside the running test in the target folder.
///
/// # Panics
///
/// When it has not been built.
#[must_use]
pub fn binary(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a running test has a path");
    // target/debug/deps/it-0123: the binaries lie one folder up.
    let folder = test.parent().and_then(Path::parent).expect("tests run out of target/<profile>/deps");
    let binary = folder.join(name).with_extension(env::consts::EXE_EXTENSION);
    assert!(binary.is_file(), "{} is not there: run `cargo build` first, or tests/run", binary.display());
    binary
}

/// The repository's root.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a folder of the repository")
}

fn required(name: &str) -> String {
    read(name)
        .unwrap_or_else(|| panic!("{name} is not set: these tests need the servers and programs that tests/run brings"))
}

#[expect(clippy::disallowed_methods, reason = "the test runner passes its settings in the environment alone")]
fn read(name: &str) -> Option<String> {
    env::var(name).ok()
}
