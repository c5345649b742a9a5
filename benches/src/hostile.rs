//! Requests made to keep a GraphQL server busy, or to break it: nested and circular fragments, floods of aliases, directives and
//! operations, deep and long values, text of every odd kind, and sound documents with damage done to them.
//!
//! The same seed and number give the same request. It must not know what the server's bounds are: some requests lie within them.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

/// One request.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// What it tries.
    pub kind: &'static str,
    /// The JSON body of a POST.
    pub body: String,
}

type Make = fn(&mut StdRng) -> (String, Value);

/// Every kind, and how one of it is made: a document and its variables.
const KINDS: [(&str, Make); 24] = [
    ("fragments that multiply", fragments_that_multiply),
    ("fragments that spread all after them", fragments_that_spread_all),
    ("fragments in a circle", fragments_in_a_circle),
    ("fragments in a chain", fragments_in_a_chain),
    ("fragments that nobody spreads", unused_fragments),
    ("inline fragments", inline_fragments),
    ("aliases", aliases),
    ("the same field again", the_same_field),
    ("fields that do not agree", conflicting_fields),
    ("depth", depth),
    ("introspection", introspection),
    ("directives", directives),
    ("long lists", long_lists),
    ("deep lists", deep_lists),
    ("deep objects", deep_objects),
    ("long strings", long_strings),
    ("block strings", block_strings),
    ("odd text", odd_text),
    ("long names", long_names),
    ("numbers", numbers),
    ("operations", operations),
    ("variables", variables),
    ("nothing but punctuation", punctuation),
    ("damage", damage),
];

/// A document that is sound, for those that do damage to one.
const SOUND: &str = "query Q($n: Int = 3, $name: String) { films(first: $n, filter: { title: $name }) { totalCount edges { cursor \
    node { ...F credits(roles: [ACTOR, DIRECTOR], first: 2) { nodes { person { name } } } } } } } \
    fragment F on Film { id title year reviews(first: 2) @include(if: true) { nodes { headline rating { score } } } }";

/// Request number `number` of a seed; the kinds take turns.
pub fn request(seed: u64, number: usize) -> Hostile {
    let mut rng = StdRng::seed_from_u64(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (kind, make) = KINDS.get(number % KINDS.len()).copied().unwrap_or(("damage", damage));
    let (query, variables) = make(&mut rng);
    Hostile { kind, body: json!({ "query": query, "variables": variables }).to_string() }
}

/// A size that is small as often as it is large.
fn size(rng: &mut StdRng, max: usize) -> usize {
    let exponent = rng.random_range(0.0..=(max as f64).ln());
    (exponent.exp() as usize).clamp(1, max)
}

fn plain(query: String) -> (String, Value) {
    (query, Value::Null)
}

fn fragments_that_multiply(rng: &mut StdRng) -> (String, Value) {
    let (levels, width) = (size(rng, 200), rng.random_range(2..=4));
    let mut query = "{ films { nodes { ...F0 } } }".to_owned();
    for level in 0..levels {
        let spread = format!("...F{} ", level + 1).repeat(width);
        // In a field as often as not, so that the depth grows as well.
        let body = if rng.random() { spread } else { format!("reviews {{ nodes {{ film {{ {spread} }} }} }}") };
        query.push_str(&format!(" fragment F{level} on Film {{ {body} }}"));
    }
    plain(format!("{query} fragment F{levels} on Film {{ title }}"))
}

fn fragments_that_spread_all(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 90);
    let mut query = "{ films { nodes { ...F0 } } }".to_owned();
    for number in 0..count {
        let later: String = (number + 1..=count).map(|later| format!("...F{later} ")).collect();
        query.push_str(&format!(" fragment F{number} on Film {{ {later} }}"));
    }
    plain(format!("{query} fragment F{count} on Film {{ title }}"))
}

fn fragments_in_a_circle(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 400);
    let circle: String = (0..count)
        .map(|number| format!(" fragment F{number} on Film {{ title ...F{} }}", (number + 1) % count))
        .collect();
    // Reached from the operation, or lying there by itself.
    let operation = if rng.random() { "{ films { nodes { ...F0 } } }" } else { "{ __typename }" };
    plain(format!("{operation}{circle}"))
}

fn fragments_in_a_chain(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 1_200);
    let chain: String =
        (0..count).map(|number| format!(" fragment F{number} on Film {{ ...F{} }}", number + 1)).collect();
    plain(format!("{{ films {{ nodes {{ ...F0 }} }} }}{chain} fragment F{count} on Film {{ title }}"))
}

fn unused_fragments(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 1_600);
    let on = ["Film", "Person", "Nowhere", "Query", "Node"].choose(rng).copied().unwrap_or("Film");
    let fragments: String = (0..count).map(|number| format!(" fragment F{number} on {on} {{ id }}")).collect();
    plain(format!("{{ __typename }}{fragments}"))
}

fn inline_fragments(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 2_000);
    if rng.random() {
        let levels = count.min(100);
        let open = "... on Film { ".repeat(levels);
        return plain(format!("{{ films {{ nodes {{ {open} id {} }} }} }}", "} ".repeat(levels)));
    }
    let kinds = ["Film", "Person", "Credit", "Review", "Outlet", "Caption", "Claim", "Submission", "Fetch"];
    let parts: String = (0..count)
        .map(|number| format!("... on {} {{ id }} ", kinds.get(number % 9).copied().unwrap_or("Film")))
        .collect();
    plain(format!("{{ nodes(ids: [\"RjE\"]) {{ {parts} }} }}"))
}

fn aliases(rng: &mut StdRng) -> (String, Value) {
    let field = ["__typename", "films { totalCount }", "queue { workers }", "node(id: \"RjE\") { id }"];
    let field = field.choose(rng).copied().unwrap_or("__typename");
    let count = size(rng, 9_000);
    let aliases: String = (0..count).map(|number| format!("a{number}: {field} ")).collect();
    plain(format!("{{ {aliases} }}"))
}

fn the_same_field(rng: &mut StdRng) -> (String, Value) {
    let field = ["__typename ", "films { nodes { id } } ", "films { nodes { title title } nodes { title } } "];
    let field = field.choose(rng).copied().unwrap_or("__typename ");
    plain(format!("{{ {} }}", field.repeat(size(rng, 3_000))))
}

fn conflicting_fields(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 1_500);
    let fields: String = (0..count)
        .map(|number| {
            format!(
                "films(first: {}) {{ nodes {{ a: {} }} }} ",
                number % 7,
                if number % 2 == 0 { "id" } else { "title" }
            )
        })
        .collect();
    plain(format!("{{ {fields} }}"))
}

fn depth(rng: &mut StdRng) -> (String, Value) {
    let levels = size(rng, 3_000);
    let (open, close) = [
        ("films { nodes { reviews { nodes { film { ", "} } } } } "),
        ("a { ", "} "),
        ("films(filter: { title: \"x\" }) { ", "} "),
    ]
    .choose(rng)
    .copied()
    .unwrap_or(("a { ", "} "));
    // Broken off, as often as it is whole.
    let closed = if rng.random() { levels } else { rng.random_range(0..=levels) };
    plain(format!("{{ {} id {} }}", open.repeat(levels), close.repeat(closed)))
}

fn introspection(rng: &mut StdRng) -> (String, Value) {
    let levels = size(rng, 12);
    let (open, close) = [
        ("fields { type { ", "} } "),
        ("ofType { ", "} "),
        ("possibleTypes { ", "} "),
        ("fields { args { type { ", "} } } "),
    ]
    .choose(rng)
    .copied()
    .unwrap_or(("ofType { ", "} "));
    plain(format!("{{ __schema {{ types {{ {} name {} }} }} }}", open.repeat(levels), close.repeat(levels)))
}

fn directives(rng: &mut StdRng) -> (String, Value) {
    let directive = ["@include(if: true) ", "@skip(if: false) ", "@nowhere ", "@include(if: \"x\", of: [1, 2]) "];
    let directives = directive.choose(rng).copied().unwrap_or("@nowhere ").repeat(size(rng, 3_000));
    let query = match rng.random_range(0..4) {
        0 => format!("{{ __typename {directives} }}"),
        1 => format!("query {directives} {{ __typename }}"),
        2 => format!("{{ ... {directives} {{ __typename }} }}"),
        _ => format!("{{ ...F {directives} }} fragment F on Query {directives} {{ __typename }}"),
    };
    plain(query)
}

fn long_lists(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 20_000);
    let member = ["\"RjE\"", "\"\"", "1", "null", "ACTOR", "{ a: 1 }", "$x"].choose(rng).copied().unwrap_or("1");
    if rng.random() {
        let ids = vec![json!("RjE"); count];
        return ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }".to_owned(), json!({ "ids": ids }));
    }
    plain(format!("{{ nodes(ids: [{}]) {{ id }} }}", format!("{member} ").repeat(count)))
}

fn deep_lists(rng: &mut StdRng) -> (String, Value) {
    let levels = size(rng, 20_000);
    if rng.random() {
        let levels = levels.min(120);
        let value = (0..levels).fold(json!("RjE"), |value, _| json!([value]));
        return ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }".to_owned(), json!({ "ids": value }));
    }
    plain(format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(levels), "]".repeat(levels)))
}

fn deep_objects(rng: &mut StdRng) -> (String, Value) {
    let levels = size(rng, 5_000);
    if rng.random() {
        let levels = levels.min(120);
        let value =
            (0..levels).fold(json!({ "title": "x" }), |value, _| json!({ "title": value, "year": { "gte": 1 } }));
        let query = "query($f: FilmFilter) { films(filter: $f) { totalCount } }";
        return (query.to_owned(), json!({ "f": value }));
    }
    plain(format!("{{ films(filter: {}1{}) {{ totalCount }} }}", "{ title: ".repeat(levels), "} ".repeat(levels)))
}

fn long_strings(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 300_000);
    let text = ["x", "ß", "映", "\\n", "\\u00e9", " a", "%", "😀"].choose(rng).copied().unwrap_or("x").repeat(count);
    match rng.random_range(0..3) {
        0 => plain(format!("{{ films(filter: {{ title: \"{text}\" }}) {{ totalCount }} }}")),
        1 => plain(format!("{{ node(id: \"{text}\") {{ id }} }}")),
        _ => {
            let query =
                "query($t: String) { films(filter: { title: $t }) { totalCount } people(name: $t) { totalCount } }";
            (query.to_owned(), json!({ "t": text }))
        }
    }
}

fn block_strings(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 100_000);
    let line = ["\n", " x\n", "\t\t\t\n", "\\\"\"\"\n", "\r\n  é", "\"\" "].choose(rng).copied().unwrap_or("\n");
    let end = if rng.random() { "\"\"\"" } else { "" };
    plain(format!("{{ films(filter: {{ title: \"\"\"{}{end} }}) {{ totalCount }} }}", line.repeat(count)))
}

fn odd_text(rng: &mut StdRng) -> (String, Value) {
    const ODD: [&str; 14] = [
        "\u{0}",
        "\u{feff}",
        "\u{202e}",
        "\u{200d}",
        "\u{ffff}",
        "\u{10ffff}",
        "e\u{301}",
        "\\ud800",
        "\\u{110000}",
        "\\x",
        "＂",
        "ﬀ",
        "İ",
        "\u{2028}",
    ];
    let text: String = (0..size(rng, 5_000)).filter_map(|_| ODD.choose(rng).copied()).collect();
    match rng.random_range(0..4) {
        0 => plain(format!("{{ films(filter: {{ title: \"{text}\" }}) {{ totalCount }} }}")),
        1 => plain(format!("{{ {text} }}")),
        2 => plain(format!("# {text}\n{{ __typename }}")),
        _ => {
            let query = "query($t: String) { films(filter: { title: $t }) { totalCount } }";
            (query.to_owned(), json!({ "t": text }))
        }
    }
}

fn long_names(rng: &mut StdRng) -> (String, Value) {
    let name = ["title", "x", "films", "_"].choose(rng).copied().unwrap_or("x").repeat(size(rng, 100_000));
    match rng.random_range(0..6) {
        0 => plain(format!("{{ {name} }}")),
        1 => plain(format!("{{ films({name}: 1) {{ totalCount }} }}")),
        2 => plain(format!("{{ films(filter: {{ {name}: 1 }}) {{ totalCount }} }}")),
        3 => plain(format!("query(${name}: {name}) {{ __typename @{name} }}")),
        4 => plain(format!(
            "{{ films {{ nodes {{ {} }} }} }}",
            format!("{} ", name.get(..40).unwrap_or(&name)).repeat(900)
        )),
        _ => plain(format!("{{ ...{name} }} fragment {name} on {name} {{ {name}: {name} }}")),
    }
}

fn numbers(rng: &mut StdRng) -> (String, Value) {
    let digits = "9".repeat(size(rng, 200_000));
    let number = match rng.random_range(0..6) {
        0 => digits,
        1 => format!("-{digits}"),
        2 => format!("0.{digits}"),
        3 => "1e999999999".to_owned(),
        4 => format!("1e-{}", digits.get(..9).unwrap_or("9")),
        _ => "-0".to_owned(),
    };
    if rng.random() {
        return plain(format!(
            "{{ films(first: {number}, filter: {{ score: {{ gte: {number} }} }}) {{ totalCount }} }}"
        ));
    }
    let wide = json!({ "n": i64::MAX, "f": f64::MAX });
    ("query($n: Int, $f: Float) { films(first: $n, filter: { score: { lte: $f } }) { totalCount } }".to_owned(), wide)
}

fn operations(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 1_800);
    let body = ["__typename", "films { nodes { ...F } }", "...Q"].choose(rng).copied().unwrap_or("__typename");
    let kind = ["query", "mutation", "subscription"].choose(rng).copied().unwrap_or("query");
    // Each under a name of its own, or all under the same.
    let one = |number: usize| if count.is_multiple_of(2) { number } else { 0 };
    let all: String = (0..count).map(|number| format!("{kind} O{} {{ {body} }} ", one(number))).collect();
    plain(format!("{all} fragment F on Film {{ title }} fragment Q on Query {{ __typename }}"))
}

fn variables(rng: &mut StdRng) -> (String, Value) {
    let count = size(rng, 2_400);
    let ty = ["Int", "[[[[Int!]!]!]!]!", "FilmFilter", "Nowhere", "Film"].choose(rng).copied().unwrap_or("Int");
    let defined: String = (0..count).map(|number| format!("$v{number}: {ty} ")).collect();
    let given: serde_json::Map<String, Value> =
        (0..size(rng, 20_000)).map(|number| (format!("v{number}"), json!(number))).collect();
    let used = if rng.random() { (0..count).map(|number| format!("$v{number} ")).collect() } else { String::new() };
    (format!("query({defined}) {{ nodes(ids: [{used}]) {{ id }} }}"), Value::Object(given))
}

fn punctuation(rng: &mut StdRng) -> (String, Value) {
    let sign =
        ["{", "}", "(", "[", "$", "!", ":", "=", "@", "|", "&", "...", "....", ",", "#", "\n", "\"", "{}", "()", "-"];
    if rng.random() {
        return plain(sign.choose(rng).copied().unwrap_or("{").repeat(size(rng, 300_000)));
    }
    plain((0..size(rng, 20_000)).filter_map(|_| sign.choose(rng).copied()).collect())
}

fn damage(rng: &mut StdRng) -> (String, Value) {
    let mut text: Vec<char> = SOUND.chars().collect();
    for _ in 0..size(rng, 12) {
        let at = rng.random_range(0..text.len());
        match rng.random_range(0..4) {
            0 => drop(text.remove(at)),
            1 => text.insert(at, ['{', '}', '(', '"', '$', '.', '#', '\u{0}', 'é'].choose(rng).copied().unwrap_or('{')),
            2 => text.truncate(at.max(1)),
            _ => {
                let part: Vec<char> = text.iter().skip(at).take(40).copied().collect();
                text.splice(at..at, part);
            }
        }
        if text.is_empty() {
            text.push('{');
        }
    }
    (text.into_iter().collect(), json!({ "n": rng.random_range(-2..200), "name": "x" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_request_and_every_kind_comes() {
        let kinds: std::collections::BTreeSet<&str> = (0..100).map(|number| request(7, number).kind).collect();
        assert_eq!(kinds.len(), KINDS.len());
        assert_eq!(request(7, 42).body, request(7, 42).body);
        assert_ne!(request(7, 42).body, request(8, 42).body);
    }
}
