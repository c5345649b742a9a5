//! Measures a parsed document: each fragment once, however often it is spread.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned, ServerError, Value as ConstValue, Variables};

use super::catalogue::{Catalogue, Count};
use super::{FIELDS_MAX, LEVELS_MAX, invalid, refuse_over};
use crate::graphql::connection::{PAGE_DEFAULT, PAGE_MAX};

/// The fields that tell about the schema.
const INTROSPECTION: [&str; 3] = ["__schema", "__type", "_service"];

/// What a document, or a part of it, comes to, fragment spreads followed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measure {
    pub(super) cost: u64,
    pub(super) depth: u64,
    pub(super) fields: u64,
    pub(super) aliases: u64,
    pub(super) lists: u64,
    /// Defined by its operations.
    pub(super) variables: u64,
    /// Whether it asks about the schema.
    pub(super) introspects: bool,
}

impl Measure {
    fn add(&mut self, other: Self) {
        self.cost = self.cost.saturating_add(other.cost);
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.lists = self.lists.saturating_add(other.lists);
        self.variables = self.variables.saturating_add(other.variables);
        self.introspects |= other.introspects;
    }
}

/// The cost of the dearest operation; depth, fields and aliases of everything that validation visits.
pub(super) fn measure(
    catalogue: &Catalogue,
    document: &ExecutableDocument,
    variables: &Variables,
) -> Result<Measure, ServerError> {
    let mut measurer = Measurer { catalogue, document, variables, operation: None, known: HashMap::new() };
    let mut whole = Measure::default();
    let mut cost = 0;
    for (_, operation) in document.operations.iter() {
        // What a fragment costs can depend on the defaults of the operation's variables.
        measurer.operation = Some(&operation.node);
        measurer.known.clear();
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let mut measure = measurer.selections(&operation.node.selection_set.node, root, 0)?;
        measure.variables = u64::try_from(operation.node.variable_definitions.len()).unwrap_or(u64::MAX);
        cost = cost.max(measure.cost);
        whole.add(measure);
        // Refused already: many operations that spread the same fragments are not to be measured one by one.
        if whole.fields > FIELDS_MAX {
            break;
        }
    }
    for name in document.fragments.keys() {
        let fragment = measurer.fragment(name, 0)?;
        whole.add(fragment);
    }
    whole.cost = cost;
    Ok(whole)
}

struct Measurer<'a> {
    catalogue: &'a Catalogue,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    operation: Option<&'a OperationDefinition>,
    /// Fragments that were measured; `None` while one is being measured.
    known: HashMap<&'a str, Option<Measure>>,
}

impl<'a> Measurer<'a> {
    fn selections(&mut self, set: &'a SelectionSet, parent: &str, level: u64) -> Result<Measure, ServerError> {
        refuse_over("QUERY_TOO_DEEP", LEVELS_MAX, level, "fields and fragments deep")?;
        let mut whole = Measure::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent, level)?,
                Selection::FragmentSpread(spread) => {
                    let mut part = self.fragment(&spread.node.fragment_name.node, level + 1)?;
                    // The spread itself is visited, even of an empty fragment.
                    part.fields = part.fields.saturating_add(1 + directives(&spread.node.directives));
                    part
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                    let mut part = self.selections(&inline.node.selection_set.node, on, level + 1)?;
                    part.fields = part.fields.saturating_add(1 + directives(&inline.node.directives));
                    part
                }
            };
            whole.add(part);
        }
        Ok(whole)
    }

    fn field(&mut self, field: &'a Field, parent: &str, level: u64) -> Result<Measure, ServerError> {
        let returns = self.catalogue.field(parent, &field.name.node);
        let count = match &returns.count {
            Count::One => 1,
            Count::Fixed(count) => *count,
            Count::Page => self.page_size(field),
            Count::Argument(name) => self.list_length(field, name),
        };
        let below = self.selections(&field.selection_set.node, &returns.type_name, level + 1)?;
        Ok(Measure {
            cost: below.cost.saturating_mul(count).saturating_add(1),
            depth: below.depth + 1,
            fields: below.fields.saturating_add(1 + directives(&field.directives)),
            aliases: below.aliases.saturating_add(u64::from(field.alias.is_some())),
            lists: below.lists.saturating_add(u64::from(matches!(returns.count, Count::Page))),
            variables: 0,
            introspects: below.introspects || INTROSPECTION.contains(&field.name.node.as_str()),
        })
    }

    fn fragment(&mut self, name: &'a Name, level: u64) -> Result<Measure, ServerError> {
        // Even a known fragment lies as deep as it is spread.
        refuse_over("QUERY_TOO_DEEP", LEVELS_MAX, level, "fields and fragments deep")?;
        match self.known.get(name.as_str()) {
            Some(Some(measure)) => return Ok(*measure),
            Some(None) => return Err(invalid(format!("fragment {name:?} spreads itself"))),
            None => {}
        }
        let Some(fragment): Option<&'a Positioned<FragmentDefinition>> = self.document.fragments.get(name) else {
            return Ok(Measure::default());
        };
        self.known.insert(name.as_str(), None);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let measure = self.selections(&fragment.node.selection_set.node, on, level)?;
        self.known.insert(name.as_str(), Some(measure));
        Ok(measure)
    }

    /// What `first` or `last` allows. A size that will be refused counts as the nearest that is not.
    fn page_size(&self, field: &Field) -> u64 {
        let size = |name| match self.argument(field, name)? {
            ConstValue::Number(number) => {
                let size = number.as_i64().unwrap_or(i64::from(PAGE_MAX));
                Some(u64::try_from(size.clamp(1, i64::from(PAGE_MAX))).unwrap_or(1))
            }
            _ => None,
        };
        size("first").into_iter().chain(size("last")).max().unwrap_or(u64::from(PAGE_DEFAULT))
    }

    fn list_length(&self, field: &Field, name: &str) -> u64 {
        match self.argument(field, name) {
            Some(ConstValue::List(members)) => u64::try_from(members.len()).unwrap_or(u64::MAX),
            _ => 1,
        }
    }

    /// An argument's value, with the request's variables, else their defaults, filled in.
    fn argument(&self, field: &Field, name: &str) -> Option<ConstValue> {
        let value = &field.get_argument(name)?.node;
        let filled = value.clone().into_const_with(|variable| {
            let given = self.variables.get(&variable).cloned();
            let default = || {
                let definitions = &self.operation?.variable_definitions;
                let definition = definitions.iter().find(|definition| definition.node.name.node == variable)?;
                definition.node.default_value.as_ref().map(|default| default.node.clone())
            };
            given.or_else(default).ok_or(())
        });
        filled.ok()
    }
}

fn directives(directives: &[Positioned<Directive>]) -> u64 {
    u64::try_from(directives.len()).unwrap_or(u64::MAX)
}
