//! The rules of the sources that no lint holds: who may use whom, how files begin and how long they may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;
use tests::settings::repository;

/// A file is a room.
const LINES_PER_FILE_MAX: usize = 500;

/// Each package and what it may be built on. The arrows of ARCHITECTURE.md; nothing flows back up.
const ARROWS: [(&str, &[&str]); 7] = [
    ("entity", &[]),
    ("migration", &[]),
    ("extract", &[]),
    ("queue", &["entity"]),
    ("worker", &["entity", "extract", "queue"]),
    ("api", &["entity", "extract", "migration", "queue", "worker"]),
    ("benches", &["api", "entity", "extract", "migration", "queue", "worker"]),
];

/// `cargo metadata` for this machine: other systems' dependencies may not have been downloaded.
pub fn metadata() -> Value {
    let compiler = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let compiler = String::from_utf8(compiler.stdout).expect("rustc prints UTF-8");
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host]);
    let output = cargo.current_dir(repository()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// The workspace's own packages.
fn members(metadata: &Value) -> Vec<&Value> {
    let packages = metadata["packages"].as_array().expect("packages are a list");
    packages.iter().filter(|package| package["source"].is_null()).collect()
}

fn name(value: &Value) -> &str {
    value["name"].as_str().expect("packages and dependencies have names")
}

/// Every Rust source below a folder of the repository, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the repository can be read") {
        let path = entry.expect("the repository can be read").path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden && !path.ends_with("target") && !path.ends_with("node_modules") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.push((path, text));
        }
    }
    found
}

#[test]
fn packages_use_only_those_below_them() {
    let metadata = metadata();
    let members = members(&metadata);
    let ours: BTreeSet<&str> = members.iter().copied().map(name).collect();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let ruled: BTreeSet<&str> = allowed.keys().copied().chain(["tests"]).collect();
    assert_eq!(ours, ruled, "every package has its place in the arrows");
    for package in members.into_iter().filter(|package| name(package) != "tests") {
        let allowed = allowed[name(package)];
        for dependency in package["dependencies"].as_array().expect("dependencies are a list") {
            // A package's own tests may bring a database up.
            let in_tests = dependency["kind"] == "dev" && name(dependency) == "migration";
            if ours.contains(name(dependency)) && !in_tests {
                assert!(allowed.contains(&name(dependency)), "{} may not use {}", name(package), name(dependency));
            }
        }
    }
}

#[test]
fn only_the_binary_of_api_knows_the_worker_and_the_extractor() {
    let folder = repository().join("api/src");
    let upper =
        Regex::new(r"(?:^|[^:\w])(?:worker|extract)::|\buse\s+(?:worker|extract)\b").expect("the pattern is valid");
    let mut library_files = 0;
    for (path, text) in sources(&folder) {
        let inside = path.strip_prefix(&folder).expect("sources lie in their folder");
        if inside == Path::new("main.rs") || inside.starts_with("cli") {
            continue;
        }
        library_files += 1;
        for line in without_comments(&text).lines() {
            assert!(!upper.is_match(line), "{} reaches past the queue: {line}", path.display());
        }
    }
    assert!(library_files > 0);
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_read() {
    let sources = sources(repository());
    assert!(sources.len() > 20);
    let mut faults = Vec::new();
    for (path, text) in sources {
        if !text.starts_with("//!") {
            faults.push(format!("{} does not begin with //!", path.display()));
        }
        let lines = text.lines().count();
        if lines > LINES_PER_FILE_MAX {
            faults.push(format!("{} has {lines} lines; at most {LINES_PER_FILE_MAX}", path.display()));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_dependency_is_used() {
    let metadata = metadata();
    let mut unused = Vec::new();
    for package in members(&metadata) {
        let manifest = Path::new(package["manifest_path"].as_str().expect("a package has a manifest"));
        let folder = manifest.parent().expect("a manifest lies in a folder");
        let code: String = sources(folder).into_iter().map(|(_, text)| without_comments(&text)).collect();
        for dependency in package["dependencies"].as_array().expect("dependencies are a list") {
            let called = dependency["rename"].as_str().unwrap_or(name(dependency)).replace('-', "_");
            let used = Regex::new(&format!(r"\b{called}::|\buse {called};")).expect("the pattern is valid");
            if !used.is_match(&code) {
                unused.push(format!("{} does not use {called}", name(package)));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

fn without_comments(source: &str) -> String {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}
