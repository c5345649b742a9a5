//! The one root field of a subscription, wherever the document writes it.
//!
//! The library looks for it only directly in the operation, follows every field that it finds there, and never asks `@skip`.
//! Here fragments are written out and the specification's rule is held before the library sees the document.

use std::collections::HashSet;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, ServerError};

use super::error::{VALIDATION_FAILED, coded};

/// The type that subscriptions are selected on.
const ROOT: &str = "Subscription";

/// Directives that can leave a field out, which a root field may not bear: nothing would be left to follow.
const CONDITIONS: [&str; 2] = ["skip", "include"];

/// The document with the fragments of its subscriptions' roots written out; none when it holds no subscription.
///
/// # Errors
/// For the caller, when a subscription has more than one root field, a conditional one, or one of introspection.
pub(crate) fn settle(document: &ExecutableDocument) -> Result<Option<ExecutableDocument>, ServerError> {
    if document.operations.iter().all(|(_, operation)| operation.node.ty != OperationType::Subscription) {
        return Ok(None);
    }
    let mut settled = document.clone();
    let mut writing = Writing { document, written_out: HashSet::new() };
    for operation in operations(&mut settled) {
        if operation.ty == OperationType::Subscription {
            let mut fields = Vec::new();
            writing.fields(&operation.selection_set.node, &mut fields)?;
            let fields = merged(fields);
            refuse_other_than_one(&fields)?;
            operation.selection_set.node.items = fields;
        }
    }
    // What is written out is spread nowhere any more: only subscriptions can spread it.
    settled.fragments.retain(|name, _| !writing.written_out.contains(name));
    Ok(Some(settled))
}

fn operations(
    document: &mut ExecutableDocument,
) -> impl Iterator<Item = &mut async_graphql::parser::types::OperationDefinition> {
    use async_graphql::parser::types::DocumentOperations::{Multiple, Single};
    let operations: Vec<_> = match &mut document.operations {
        Single(operation) => vec![&mut operation.node],
        Multiple(operations) => operations.values_mut().map(|operation| &mut operation.node).collect(),
    };
    operations.into_iter()
}

struct Writing<'a> {
    document: &'a ExecutableDocument,
    written_out: HashSet<Name>,
}

impl Writing<'_> {
    /// Gathers what stands in `set`. Cycles of fragments were refused when the document was measured.
    fn fields(&mut self, set: &SelectionSet, into: &mut Vec<Positioned<Selection>>) -> Result<(), ServerError> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    refuse_conditions(&field.node.directives)?;
                    into.push(selection.clone());
                }
                Selection::InlineFragment(inline) => {
                    refuse_conditions(&inline.node.directives)?;
                    let condition = inline.node.type_condition.as_ref();
                    if condition.is_none_or(|condition| condition.node.on.node == ROOT) {
                        self.fields(&inline.node.selection_set.node, into)?;
                    } else {
                        into.push(selection.clone());
                    }
                }
                Selection::FragmentSpread(spread) => {
                    refuse_conditions(&spread.node.directives)?;
                    match self.fragment(&spread.node.fragment_name.node) {
                        Some(fragment) => self.fields(&fragment.selection_set.node, into)?,
                        // Missing, or on another type: for validation to say.
                        None => into.push(selection.clone()),
                    }
                }
            }
        }
        Ok(())
    }

    fn fragment(&mut self, name: &Name) -> Option<FragmentDefinition> {
        let fragment = &self.document.fragments.get(name)?.node;
        if fragment.type_condition.node.on.node != ROOT {
            return None;
        }
        self.written_out.insert(name.clone());
        Some(fragment.clone())
    }
}

/// Fields that answer under the same name with the same arguments are one, with what is asked of each.
fn merged(selections: Vec<Positioned<Selection>>) -> Vec<Positioned<Selection>> {
    let mut merged: Vec<Positioned<Selection>> = Vec::new();
    for selection in selections {
        let same = merged.iter_mut().find_map(|known| match (&mut known.node, &selection.node) {
            (Selection::Field(known), Selection::Field(field)) if is_same(&known.node, &field.node) => Some(known),
            _ => None,
        });
        match (same, selection.node) {
            (Some(known), Selection::Field(field)) => {
                known.node.selection_set.node.items.extend(field.node.selection_set.node.items);
            }
            (_, node) => merged.push(Positioned::new(node, selection.pos)),
        }
    }
    merged
}

fn is_same(one: &Field, other: &Field) -> bool {
    let arguments = |field: &Field| {
        let mut arguments: Vec<(Name, String)> =
            field.arguments.iter().map(|(name, value)| (name.node.clone(), value.node.to_string())).collect();
        arguments.sort();
        arguments
    };
    one.response_key().node == other.response_key().node
        && one.name.node == other.name.node
        && arguments(one) == arguments(other)
}

fn refuse_conditions(directives: &[Positioned<Directive>]) -> Result<(), ServerError> {
    let conditional = directives.iter().find(|directive| CONDITIONS.contains(&directive.node.name.node.as_str()));
    match conditional {
        None => Ok(()),
        Some(directive) => {
            let name = &directive.node.name.node;
            refused(format!("the root field of a subscription may not depend on `@{name}`; leave it out"))
        }
    }
}

fn refuse_other_than_one(selections: &[Positioned<Selection>]) -> Result<(), ServerError> {
    let names: Vec<&str> = selections
        .iter()
        .filter_map(|selection| match &selection.node {
            Selection::Field(field) => Some(field.node.name.node.as_str()),
            _ => None,
        })
        .collect();
    if let Some(name) = names.iter().find(|name| name.starts_with("__")) {
        return refused(format!("`{name}` is nothing that could be followed; ask for it in a query"));
    }
    match selections.len() {
        1 => Ok(()),
        count => refused(format!(
            "a subscription has exactly one root field, this one has {count} ({}); send one subscription for each",
            names.iter().take(5).copied().collect::<Vec<_>>().join(", ")
        )),
    }
}

fn refused(message: String) -> Result<(), ServerError> {
    Err(coded(ServerError::new(message, None), VALIDATION_FAILED))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn settled(query: &str) -> Result<usize, String> {
        let document = parse_query(query).expect("a document");
        let settled = settle(&document).map_err(|error| error.message)?.expect("a subscription");
        let mut items = 0;
        for (_, operation) in settled.operations.iter() {
            for selection in &operation.node.selection_set.node.items {
                if let Selection::Field(field) = &selection.node {
                    items += field.node.selection_set.node.items.len();
                }
            }
        }
        Ok(items)
    }

    #[test]
    fn the_root_field_is_found_in_fragments() {
        assert_eq!(settled("subscription { reviewIngested { id url } }"), Ok(2));
        assert_eq!(settled("subscription { ... { ... on Subscription { reviewIngested { id } } } }"), Ok(1));
        let spread = "subscription { ...A ...A } fragment A on Subscription { ...B } \
                      fragment B on Subscription { reviewIngested { id } }";
        assert_eq!(settled(spread), Ok(2), "the same field twice is one");
    }

    #[test]
    fn a_document_without_subscriptions_is_left_alone() {
        assert!(settle(&parse_query("{ films { totalCount } }").expect("a document")).expect("fine").is_none());
    }

    #[test]
    fn more_than_one_root_field_is_refused() {
        for query in [
            "subscription { a: reviewIngested { id } b: reviewIngested { id } }",
            "subscription { reviewIngested { id } submissionEvents(id: \"x\") { sequence } }",
            "subscription { a: submissionEvents(id: \"x\") { at } a: submissionEvents(id: \"y\") { at } }",
        ] {
            assert!(settled(query).is_err_and(|message| message.contains("exactly one root field")), "{query}");
        }
    }

    #[test]
    fn introspection_and_conditions_are_refused() {
        assert!(settled("subscription { __typename }").is_err_and(|message| message.contains("in a query")));
        for query in [
            "subscription($yes: Boolean!) { reviewIngested @skip(if: $yes) { id } }",
            "subscription { ... @include(if: true) { reviewIngested { id } } }",
            "subscription { ...A @skip(if: false) } fragment A on Subscription { reviewIngested { id } }",
        ] {
            assert!(settled(query).is_err_and(|message| message.contains("may not depend on")), "{query}");
        }
    }
}
