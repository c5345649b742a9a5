//! Bounds on a request, judged before anything that could be made to explode: its length, tokens, names and nesting before it is
//! parsed; variables, depth, aliases, expanded fields and cost on the parsed document, before the library validates it (validation follows every
//! fragment spread, so that 24 nested fragments burn seconds). It must not know what the fields mean, only what they return.
//!
//! The cost of a field is 1. Of a list it is 1 and, for each node that `first` or `last` allows, what is asked of a node.

mod catalogue;
mod measure;
mod scan;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ServerError, Variables};

use catalogue::Catalogue;
pub(crate) use scan::scan;

use super::error::VALIDATION_FAILED;

/// Bytes of a document: parsing a megabyte of it is dear, as `bench-documents` shows. Long values belong in variables.
const BYTES_MAX: u64 = 128 * 1024;
/// Bytes of a name. What is called so is looked for among all that the schema has, letter by letter.
const NAME_BYTES_MAX: u64 = 200;
/// Variables that a document defines: each that is wrong is an error of its own.
const VARIABLES_MAX: u64 = 200;
/// Tokens of a document: a thousand URLs written out have some 6,000.
const TOKENS_MAX: u64 = 10_000;
/// Brackets inside brackets; the parser takes 64 selections.
const NESTING_MAX: u64 = 48;
/// Fields inside fields. GraphiQL's introspection has 15.
const DEPTH_MAX: u64 = 20;
/// Fragments and fields inside each other; the library stops at 64.
const LEVELS_MAX: u64 = 48;
/// Aliases, spreads followed.
const ALIASES_MAX: u64 = 100;
/// Fields, spreads followed: what validation visits, and what the library answers one by one, the same field again included.
const FIELDS_MAX: u64 = 2_000;
/// Pages of lists, spreads followed: each is a statement to the database, however little is asked of it.
const LISTS_MAX: u64 = 100;
/// Cost of an operation: three connections inside each other with their default pages, and all the people in a picture,
/// must pass; a fourth must say how much it wants.
const COST_MAX: u64 = 500_000;

/// What a document that is within the bounds comes to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// What its dearest operation costs.
    pub(crate) cost: u64,
    /// Whether it asks about the schema.
    pub(crate) introspects: bool,
}

/// Judges documents against one schema.
#[derive(Debug)]
pub(crate) struct Bounds {
    catalogue: Catalogue,
}

impl Bounds {
    /// Bounds for the schema that `sdl` describes.
    pub(crate) fn new(sdl: &str) -> Self {
        Self { catalogue: Catalogue::new(sdl) }
    }

    /// Judges a parsed document.
    ///
    /// # Errors
    /// For the caller, with the limit and what the document comes to.
    pub(crate) fn check(&self, document: &ExecutableDocument, variables: &Variables) -> Result<Judged, ServerError> {
        let measure = measure::measure(&self.catalogue, document, variables)?;
        refuse_over(
            "TOO_MANY_VARIABLES",
            VARIABLES_MAX,
            measure.variables,
            "variables long; give lists as one variable",
        )?;
        refuse_over("QUERY_TOO_DEEP", DEPTH_MAX, measure.depth, "levels of fields deep")?;
        refuse_over("TOO_MANY_ALIASES", ALIASES_MAX, measure.aliases, "aliases long, fragments followed")?;
        refuse_over("QUERY_TOO_COMPLEX", FIELDS_MAX, measure.fields, "fields long, fragments followed")?;
        refuse_over("QUERY_TOO_COMPLEX", LISTS_MAX, measure.lists, "pages of lists long, fragments followed")?;
        refuse_over(
            "QUERY_TOO_COMPLEX",
            COST_MAX,
            measure.cost,
            "dear: ask for fewer nodes (`first`) or fewer levels",
        )?;
        Ok(Judged { cost: measure.cost, introspects: measure.introspects })
    }

    /// The highest cost.
    pub(crate) fn cost_max(&self) -> u64 {
        COST_MAX
    }
}

/// Refuses what is over a limit, and says both.
fn refuse_over(code: &str, limit: u64, cost: u64, what: &str) -> Result<(), ServerError> {
    if cost <= limit {
        return Ok(());
    }
    let shown = if cost == u64::MAX { "beyond counting".to_owned() } else { cost.to_string() };
    let mut error = ServerError::new(format!("the query is {shown} {what}; the limit is {limit}"), None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code);
    extensions.set("limit", limit);
    extensions.set("cost", cost);
    Err(error)
}

/// A document that no validation could pass.
fn invalid(message: String) -> ServerError {
    super::error::coded(ServerError::new(message, None), VALIDATION_FAILED)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::error::code;
    use crate::graphql::sdl;

    fn judge(query: &str) -> Result<u64, ServerError> {
        scan(query)?;
        let document = parse_query(query).expect("a document");
        Bounds::new(&sdl()).check(&document, &Variables::default()).map(|judged| judged.cost)
    }

    fn refusal(query: &str) -> String {
        let error = judge(query).expect_err("refused");
        code(&error).expect("a code").to_owned()
    }

    #[test]
    fn a_list_costs_its_first() {
        assert_eq!(judge("{ films(first: 7) { nodes { title year } } }").expect("cheap"), 1 + 7 * (1 + 2));
        assert_eq!(judge("{ films { nodes { title } } }").expect("cheap"), 1 + 20 * 2);
        assert_eq!(judge("{ films(last: 3) { nodes { title } } }").expect("cheap"), 1 + 3 * 2);
        assert_eq!(judge("query($n: Int = 9) { films(first: $n) { nodes { title } } }").expect("cheap"), 1 + 9 * 2);
    }

    #[test]
    fn sizes_that_will_be_refused_anyway_count_as_the_nearest_allowed() {
        for (size, cost) in [(-1, 1 + 2), (0, 1 + 2), (i32::MAX, 1 + 100 * 2)] {
            let query = format!("{{ films(first: {size}) {{ nodes {{ title }} }} }}");
            assert_eq!(judge(&query).expect("cheap"), cost, "{size}");
        }
    }

    #[test]
    fn the_deep_query_of_a_film_site_passes() {
        let query = "{ films(first: 20) { nodes { title credits(first: 10) { nodes { character person { name \
                     credits(first: 5) { nodes { film { title reviews(first: 3) { nodes { headline \
                     critic { name } } } } } } } } } } } }";
        let cost = judge(query).expect("within the bounds");
        assert!((10_000..30_000).contains(&cost), "{cost}");
    }

    #[test]
    fn what_multiplies_is_refused_with_the_limit_and_the_cost() {
        let query = "{ films(first: 100) { nodes { credits(first: 100) { nodes { person { credits(first: 100) \
                     { nodes { film { title } } } } } } } } }";
        let error = judge(query).expect_err("a million films");
        assert_eq!(code(&error), Some("QUERY_TOO_COMPLEX"));
        assert!(error.message.contains("50000"), "{}", error.message);
    }

    #[test]
    fn what_is_long_is_refused_before_it_is_parsed() {
        let title =
            |length: usize| format!("{{ films(filter: {{ title: \"{}\" }}) {{ totalCount }} }}", "x".repeat(length));
        assert!(judge(&title(100_000)).is_ok());
        assert_eq!(refusal(&title(140_000)), "DOCUMENT_TOO_LARGE");
        assert!(scan(&format!("{{ {} }}", "x".repeat(200))).is_ok());
        assert!(scan(&format!("{{ {} }}", "x".repeat(201))).is_err());
    }

    #[test]
    fn variables_are_counted() {
        let query = |count: usize| {
            let defined: String = (0..count).map(|number| format!("$v{number}: Int ")).collect();
            format!("query({defined}) {{ __typename }}")
        };
        assert!(judge(&query(200)).is_ok());
        assert_eq!(refusal(&query(201)), "TOO_MANY_VARIABLES");
    }

    #[test]
    fn nested_fragments_are_counted_once_each() {
        let mut query = "{ films { nodes { ...F0 } } }".to_owned();
        for level in 0..24 {
            query.push_str(&format!(" fragment F{level} on Film {{ ...F{0} ...F{0} }}", level + 1));
        }
        query.push_str(" fragment F24 on Film { title }");
        let started = Instant::now();
        assert_eq!(refusal(&query), "QUERY_TOO_COMPLEX");
        assert!(started.elapsed().as_millis() < 500, "{:?}", started.elapsed());
    }

    #[test]
    fn fragments_that_no_operation_uses_are_counted_too() {
        let mut query = "{ __typename }".to_owned();
        for level in 0..30 {
            query.push_str(&format!(" fragment F{level} on Film {{ ...F{0} ...F{0} }}", level + 1));
        }
        query.push_str(" fragment F30 on Film { title }");
        assert_eq!(refusal(&query), "QUERY_TOO_COMPLEX");
    }

    #[test]
    fn a_cycle_of_fragments_is_refused() {
        let query = "{ films { nodes { ...A } } } fragment A on Film { ...B } fragment B on Film { ...A }";
        assert_eq!(refusal(query), "GRAPHQL_VALIDATION_FAILED");
    }

    #[test]
    fn depth_and_aliases_are_bounded() {
        let deep = format!("{}{}", "{ a ".repeat(30), "}".repeat(30));
        assert_eq!(refusal(&deep), "QUERY_TOO_DEEP");
        let aliases: String = (0..101).map(|index| format!("a{index}: __typename ")).collect();
        assert_eq!(refusal(&format!("{{ {aliases} }}")), "TOO_MANY_ALIASES");
    }

    #[test]
    fn the_same_list_again_and_again_is_refused() {
        let lists = |count: usize| format!("{{ {} }}", "films(first: 1) { nodes { id } } ".repeat(count));
        assert!(judge(&lists(100)).is_ok());
        assert_eq!(refusal(&lists(101)), "QUERY_TOO_COMPLEX");
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused() {
        let mut query = "{ films { nodes { ...F0 } } }".to_owned();
        for level in 0..1_000 {
            query.push_str(&format!(" fragment F{level} on Film {{ ...F{} }}", level + 1));
        }
        query.push_str(" fragment F1000 on Film { title }");
        assert_eq!(refusal(&query), "QUERY_TOO_DEEP");
    }

    #[test]
    fn introspection_passes_and_its_lists_do_not_nest_for_ever() {
        let types = "{ __schema { types { name fields { name args { name type { name ofType { name ofType { name } } } } } } } }";
        assert!(judge(types).is_ok());
        let nested = "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { \
                      type { name } } } } } } } } } } } } }";
        assert_eq!(refusal(nested), "QUERY_TOO_COMPLEX");
    }

    #[test]
    fn many_ids_cost_as_many_nodes() {
        let ids = "\"x\", ".repeat(50);
        assert_eq!(judge(&format!("{{ nodes(ids: [{ids}]) {{ id }} }}")).expect("cheap"), 1 + 50);
    }
}
