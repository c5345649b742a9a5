//! What robots.txt files mean, held to the cases of Google's open-source parser (`robots_test.cc`), by their names there.
//!
//! Where Google departs from RFC 9309 (`index.html` standing for its folder, escapes that are compared as written), the RFC is
//! followed; such a case says so.

use bytes::Bytes;
use url::Url;

use super::super::robots::{RobotsFile, product_token};

fn allows(rules: &str, agent: &str, url: &str) -> bool {
    let file = RobotsFile::Text(Bytes::copy_from_slice(rules.as_bytes()));
    file.ruling(agent, &Url::parse(url).unwrap()).is_allowed
}

/// That an agent may fetch exactly these of the paths.
#[track_caller]
fn only(rules: &str, agent: &str, allowed: &[&str], forbidden: &[&str]) {
    for (paths, expected) in [(allowed, true), (forbidden, false)] {
        for path in paths {
            assert_eq!(
                allows(rules, agent, &format!("http://films.example{path}")),
                expected,
                "{agent} {path} by\n{rules}"
            );
        }
    }
}

#[test]
fn system_test() {
    let rules = "user-agent: FooBot\ndisallow: /\n";
    only("", "FooBot", &["/", "/x/y"], &[]);
    only(rules, "FooBot", &[], &["/", "/x/y"]);
    only(rules, "BarBot", &["/", "/x/y"], &[]);
}

#[test]
fn line_syntax_line() {
    only("user-agent: FooBot\ndisallow: /\n", "FooBot", &[], &["/x/y"]);
    only("foo: FooBot\nbar: /\n", "FooBot", &["/x/y"], &[]);
    only("user-agent FooBot\ndisallow /\n", "FooBot", &[], &["/x/y"]);
    only("user-agent: FooBot # we\ndisallow: / # all\n", "FooBot", &[], &["/x/y"]);
    only("  user-agent :\tFooBot  \n disallow\t:/\n", "FooBot", &[], &["/x/y"]);
}

#[test]
fn line_syntax_groups() {
    let rules = "allow: /foo/bar/\n\nuser-agent: FooBot\ndisallow: /\nallow: /x/\nuser-agent: BarBot\ndisallow: /\nallow: /y/\n\n\
                 allow: /w/\nuser-agent: BazBot\n\nuser-agent: FooBot\nallow: /z/\ndisallow: /\n";
    only(rules, "FooBot", &["/x/b", "/z/d"], &["/y/c", "/w/a", "/foo/bar/"]);
    only(rules, "BarBot", &["/y/c", "/w/a"], &["/z/d", "/foo/bar/"]);
    only(rules, "BazBot", &["/z/d"], &["/foo/bar/"]);
}

#[test]
fn line_syntax_groups_other_rules() {
    for between in ["Sitemap: https://films.example/sitemap\n", "Invalid-Unknown-Line: unknown\n"] {
        let rules = format!("User-agent: BarBot\n{between}User-agent: *\nDisallow: /\n");
        only(&rules, "FooBot", &[], &["/"]);
        only(&rules, "BarBot", &[], &["/"]);
    }
}

#[test]
fn line_names_case_insensitive() {
    for rules in [
        "USER-AGENT: FooBot\nALLOW: /x/\nDISALLOW: /\n",
        "user-agent: FooBot\nallow: /x/\ndisallow: /\n",
        "uSeR-aGeNt: FooBot\nAlLoW: /x/\ndIsAlLoW: /\n",
    ] {
        only(rules, "FooBot", &["/x/y"], &["/a/b"]);
    }
}

#[test]
fn verify_valid_user_agents_to_obey() {
    for (user_agent, token) in [
        ("Foobot", "Foobot"),
        ("Foobot-Bar", "Foobot-Bar"),
        ("Foo_Bar", "Foo_Bar"),
        ("Foobot/2.1", "Foobot"),
        ("Foobot Bar", "Foobot"),
        ("", ""),
        ("ツ", ""),
        ("Foobot*", "Foobot"),
        (" Foobot ", ""),
    ] {
        assert_eq!(product_token(user_agent), token, "{user_agent}");
    }
}

#[test]
fn user_agent_value_case_insensitive() {
    for name in ["FOO BAR", "foo bar", "FoO bAr"] {
        let rules = format!("User-Agent: {name}\nAllow: /x/\nDisallow: /\n");
        for agent in ["Foo", "foo"] {
            only(&rules, agent, &["/x/y"], &["/a/b"]);
        }
    }
}

#[test]
fn accept_user_agent_up_to_first_space() {
    let rules = "User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\nAllow: /x/\nDisallow: /\n";
    only(rules, "Foo", &["/x/y"], &["/a/b"]);
    only(rules, "FooBar", &[], &["/x/y"]);
    only("User-agent: Foo/1.0 (films)\r\nDisallow: /\r\n", "Foo", &[], &["/"]);
    only("User-agent: Foo;v=1\rDisallow: /\r", "Foo", &[], &["/"]);
}

#[test]
fn global_groups_secondary() {
    let rules = "user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n";
    only("", "FooBot", &["/x/y"], &[]);
    only(rules, "FooBot", &[], &["/x/y"]);
    only(rules, "BarBot", &["/x/y"], &[]);
    only(
        "user-agent: FooBot\nallow: /\nuser-agent: BarBot\ndisallow: /\nuser-agent: BazBot\ndisallow: /\n",
        "QuxBot",
        &["/x/y"],
        &[],
    );
    only("user-agent: * everybody\ndisallow: /\n", "FooBot", &[], &["/x/y"]);
}

#[test]
fn allow_disallow_value_case_sensitive() {
    only("user-agent: FooBot\ndisallow: /x/\n", "FooBot", &["/X/y"], &["/x/y"]);
}

#[test]
fn longest_match() {
    let rule = |lines: &str| format!("user-agent: FooBot\n{lines}");
    only(&rule("disallow: /x/page.html\nallow: /x/\n"), "FooBot", &["/x/", "/x/other"], &["/x/page.html"]);
    only(&rule("allow: /x/page.html\ndisallow: /x/\n"), "FooBot", &["/x/page.html"], &["/x/"]);
    only(&rule("disallow: \nallow: \n"), "FooBot", &["/x/page.html"], &[]);
    only(&rule("disallow: /\nallow: /\n"), "FooBot", &["/x/page.html"], &[]);
    only(&rule("disallow: /x\nallow: /x/\n"), "FooBot", &["/x/"], &["/x"]);
    only(&rule("disallow: /x/page.html\nallow: /x/page.html\n"), "FooBot", &["/x/page.html"], &[]);
    only(&rule("allow: /page\ndisallow: /*.html\n"), "FooBot", &["/page"], &["/page.html"]);
    only(&rule("allow: /x/page.\ndisallow: /*.html\n"), "FooBot", &["/x/page.html"], &["/x/y.html"]);
    only("User-agent: *\nDisallow: /x/\nUser-agent: FooBot\nDisallow: /y/\n", "FooBot", &["/x/page"], &["/y/page"]);
}

#[test]
fn encoding() {
    let rule = |path: &str| format!("User-agent: FooBot\nDisallow: /\nAllow: {path}\n");
    only(
        &rule("/foo/bar?qux=taz&baz=http://foo.bar?tar&par"),
        "FooBot",
        &["/foo/bar?qux=taz&baz=http://foo.bar?tar&par"],
        &[],
    );
    only(&rule("/foo/bar/ツ"), "FooBot", &["/foo/bar/%E3%83%84", "/foo/bar/ツ"], &[]);
    only(&rule("/foo/bar/%E3%83%84"), "FooBot", &["/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"], &[]);
    // Google compares an escaped unreserved character as written; RFC 9309 section 2.2.2 takes it for what it stands for.
    only(&rule("/foo/bar/%62%61%7A"), "FooBot", &["/foo/bar/%62%61%7A", "/foo/bar/baz"], &[]);
}

#[test]
fn special_characters() {
    only(
        "User-agent: FooBot\nDisallow: /foo/bar/quz\nAllow: /foo/*/qux\n",
        "FooBot",
        &["/foo/bar/qux", "/foo/quz", "/foo//quz", "/foo/bax/quz"],
        &["/foo/bar/quz"],
    );
    only(
        "User-agent: FooBot\nDisallow: /foo/bar$\nAllow: /foo/bar/qux\n",
        "FooBot",
        &["/foo/bar/qux", "/foo/bar/", "/foo/bar/baz"],
        &["/foo/bar"],
    );
    only(
        "User-agent: FooBot\n# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n",
        "FooBot",
        &["/foo/bar"],
        &["/foo/quz"],
    );
}

#[test]
fn index_html_is_not_its_folder() {
    // Google lets `Allow: /x/index.html` allow `/x/` as well; RFC 9309 does not, and to be stricter is to be polite.
    only("User-Agent: *\nAllow: /x/index.html\nDisallow: /\n", "FooBot", &["/x/index.html"], &["/x/", "/x/index.htm"]);
}

#[test]
fn line_too_long() {
    let long = "x".repeat(20_000);
    only(&format!("user-agent: FooBot\ndisallow: /{long}/qux\n"), "FooBot", &["/fux"], &[]);
    only(&format!("user-agent: FooBot\ndisallow: /\nallow: /{long}/qux\nallow: /y\n"), "FooBot", &["/y"], &["/x"]);
}

#[test]
fn documentation_checks() {
    let rule = |path: &str| format!("user-agent: FooBot\ndisallow: /\nallow: {path}\n");
    only(
        &rule("/fish"),
        "FooBot",
        &["/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fish.php?id=any"],
        &["/bar", "/Fish.asp", "/catfish", "/?id=fish"],
    );
    only(
        &rule("/fish*"),
        "FooBot",
        &["/fish", "/fish.html", "/fish/salmon.html", "/fishheads/yummy.html"],
        &["/Fish.bar", "/catfish", "/?id=fish"],
    );
    only(
        &rule("/fish/"),
        "FooBot",
        &["/fish/", "/fish/salmon", "/fish/?salmon"],
        &["/fish", "/fish.html", "/Fish/Salmon.html"],
    );
    only(
        &rule("/*.php"),
        "FooBot",
        &["/filename.php", "/folder/filename.php?p", "//folder/any.php.file.html", "/index?php/x.php"],
        &["/filename.PHP", "/"],
    );
    only(
        &rule("/*.php$"),
        "FooBot",
        &["/filename.php", "/folder/filename.php"],
        &["/filename.php?p", "/filename.php/", "/filename.php5", "/php/"],
    );
    only(&rule("/fish*.php"), "FooBot", &["/fish.php", "/fishheads/catfish.php?p"], &["/Fish.PHP"]);
    only("user-agent: FooBot\nallow: /p\ndisallow: /\n", "FooBot", &["/page"], &["/x"]);
    only("user-agent: FooBot\nallow: /folder\ndisallow: /folder\n", "FooBot", &["/folder/page"], &[]);
    only("user-agent: FooBot\nallow: /page\ndisallow: /*.htm\n", "FooBot", &[], &["/page.htm"]);
    only("user-agent: FooBot\nallow: /$\ndisallow: /\n", "FooBot", &["/"], &["/page.html"]);
}

#[test]
fn lines_numbers_are_counted_correctly() {
    for end in ["\n", "\r", "\r\n"] {
        let rules = ["User-Agent: foo", "Allow: /some/path", "User-Agent: bar", "", "", "Disallow: /"].join(end);
        only(&rules, "foo", &["/some/path", "/else"], &[]);
        only(&rules, "bar", &[], &["/some/path"]);
    }
}

#[test]
fn utf8_byte_order_mark_is_skipped() {
    only("\u{feff}User-Agent: foo\nDisallow: /x\n", "foo", &["/"], &["/x"]);
    only("\u{feff}User-Agent: foo/1.0\nDisallow: /x\n", "foo", &["/"], &["/x"]);
}

#[test]
fn non_standard_line_example_sitemap() {
    let rules = "User-Agent: foo\nAllow: /some/path\nUser-Agent: bar\n\n\nSitemap: http://films.example/sitemap.xml\n";
    only(rules, "foo", &["/some/path", "/x"], &[]);
    only(&format!("Sitemap: http://films.example/sitemap.xml\n{rules}Disallow: /x\n"), "bar", &["/"], &["/x"]);
}

#[test]
fn get_path_params_query() {
    // The path and the query are what is compared, never the host or a fragment.
    let rules = "User-agent: *\nDisallow: /a/b?c=http://d.e/\nDisallow: /b;c\n";
    for (url, allowed) in [
        ("http://films.example/a/b?c=http://d.e/", false),
        ("http://films.example/a/b?c=http://d.e/#f", false),
        ("http://films.example/b;c", false),
        ("http://films.example", true),
        ("http://films.example?a", true),
        ("http://a.example/b/c", true),
    ] {
        assert_eq!(allows(rules, "FooBot", url), allowed, "{url}");
    }
}

#[test]
fn maybe_escape_pattern() {
    for (pattern, path) in [("/a/b/c", "/a/b/c"), ("/á", "/%C3%A1"), ("/%aa", "/%AA"), ("/%aA", "/%aa")] {
        only(&format!("User-agent: *\nDisallow: {pattern}\n"), "FooBot", &["/other"], &[path]);
    }
}
