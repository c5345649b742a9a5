//! Whoever builds Marquee may do with it what its own licences say: nothing in it asks for more.

use std::fs;

use regex::Regex;
use serde_json::Value;
use tests::settings::repository;

use crate::structure::metadata;

/// Licences that let the whole be used under MIT or Apache-2.0. Kept equal to deny.toml.
const PERMISSIVE: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The parsers of CSS that every HTML library for Rust rests on. Their licence, MPL-2.0, binds the files that it stands in
/// and no others, and those are used as they are.
const EXCEPTIONS: [&str; 4] = ["cssparser", "cssparser-macros", "dtoa-short", "selectors"];

/// Whether an SPDX expression can be met with permissive licences alone: one of each `OR`, all of each `AND`.
fn permissive(expression: &str) -> bool {
    let mut expression = format!("({})", expression.replace('/', " OR "));
    let innermost = Regex::new(r"\(([^()]*)\)").expect("the pattern is valid");
    while let Some(found) = innermost.captures(&expression) {
        let met =
            found[1].split(" OR ").any(|choice| choice.split(" AND ").all(|licence| is_permissive(licence.trim())));
        let verdict = if met { "MIT" } else { "refused" };
        expression = innermost.replacen(&expression, 1, verdict).into_owned();
    }
    is_permissive(&expression)
}

fn is_permissive(licence: &str) -> bool {
    PERMISSIVE.contains(&licence)
}

#[test]
fn every_dependency_is_under_a_permissive_licence() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages are a list");
    assert!(packages.len() > 100);
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !permissive(package["license"].as_str().unwrap_or_default()))
        .filter(|package| {
            let excepted = package["name"].as_str().is_some_and(|name| EXCEPTIONS.contains(&name));
            !(excepted && package["license"] == "MPL-2.0")
        })
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn the_tools_of_the_tests_are_permissive_too_and_come_from_no_registry_in_particular() {
    let lock = fs::read_to_string(repository().join("tests/package-lock.json")).expect("the tools are locked");
    let lock: Value = serde_json::from_str(&lock).expect("the lock file is JSON");
    let packages = lock["packages"].as_object().expect("packages are an object");
    assert!(packages.len() > 10);
    let tools = packages.iter().filter(|(path, _)| !path.is_empty());
    let faults: Vec<String> = tools
        .filter(|(_, package)| {
            let pinned = package["integrity"].is_string() && package["resolved"].is_null();
            !pinned || !permissive(package["license"].as_str().unwrap_or_default())
        })
        .map(|(path, package)| format!("{path}: {package}"))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_reading_of_licences_tells_a_choice_from_a_demand() {
    assert!(permissive("MIT OR Apache-2.0"));
    assert!(permissive("MIT/Apache-2.0"));
    assert!(permissive("GPL-3.0-only OR MIT"));
    assert!(permissive("(MIT OR GPL-2.0-only) AND Unicode-3.0"));
    assert!(!permissive("MIT AND GPL-2.0-only"));
    assert!(!permissive("(GPL-2.0-only OR AGPL-3.0-only) AND MIT"));
    assert!(!permissive(""));
}
