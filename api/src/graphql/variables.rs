//! Judges a request's variables against what its operation declares: the library would find a missing one only while it
//! executes, and answer half a query.

use async_graphql::parser::types::{BaseType, DocumentOperations, ExecutableDocument, Type};
use async_graphql::{Number, Pos, ServerError, Value, Variables};

use super::error::{VALIDATION_FAILED, coded};

/// The scalars that every schema has.
const LANGUAGE: [&str; 5] = ["ID", "String", "Boolean", "Int", "Float"];

/// Refuses values that are missing, null, or of another kind than the operation declares. Answers whether that is all there is
/// to judge of them: what the schema defines itself is for validation.
///
/// # Errors
/// For the caller, naming the variable.
pub(crate) fn check(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
) -> Result<bool, ServerError> {
    let operation = match (&document.operations, operation_name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) => operations.values().next(),
    };
    // Which operation is meant is for the execution to say.
    let definitions = operation.map(|operation| &operation.node.variable_definitions);
    let mut is_all = true;
    for definition in definitions.into_iter().flatten() {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        let wrong = |what: String, position: Pos| {
            Err(coded(
                ServerError::new(format!("variable `${name}` of type `{ty}` {what}"), Some(position)),
                VALIDATION_FAILED,
            ))
        };
        match variables.get(name) {
            None if ty.nullable || definition.node.default_value.is_some() => {}
            None => return wrong("is missing; send it in `variables`".to_owned(), definition.pos),
            Some(value) if fits(ty, value) => is_all &= is_of_the_language(&ty.base),
            Some(value) => {
                let shown: String = value.to_string().chars().take(60).collect();
                return wrong(format!("cannot be {shown}"), definition.pos);
            }
        }
    }
    Ok(is_all)
}

/// Whether a type is one that every schema has, or a list of them.
fn is_of_the_language(base: &BaseType) -> bool {
    match base {
        BaseType::List(member) => is_of_the_language(&member.base),
        BaseType::Named(name) => LANGUAGE.contains(&name.as_str()),
    }
}

/// Whether a value can be of a type. What the schema defines itself (enums, inputs, its scalars) is judged by validation.
fn fits(ty: &Type, value: &Value) -> bool {
    if *value == Value::Null {
        return ty.nullable;
    }
    match (&ty.base, value) {
        (BaseType::List(member), Value::List(values)) => values.iter().all(|value| fits(member, value)),
        // One value stands for a list of one.
        (BaseType::List(member), value) => fits(member, value),
        (BaseType::Named(name), value) => match (name.as_str(), value) {
            ("ID", Value::String(_)) | ("String", Value::String(_)) | ("Boolean", Value::Boolean(_)) => true,
            ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
            ("Int", Value::Number(number)) => is_int(number),
            ("Float", Value::Number(_)) => true,
            (name, _) => !LANGUAGE.contains(&name),
        },
    }
}

fn is_int(number: &Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    fn judged(types: &str, variables: serde_json::Value) -> Result<bool, ServerError> {
        let document = parse_query(format!("query Q({types}) {{ a }}")).expect("a document");
        check(&document, Some("Q"), &Variables::from_json(variables))
    }

    #[test]
    fn what_is_declared_must_be_given() {
        assert!(judged("$id: ID!", json!({ "id": "x" })).is_ok());
        assert!(judged("$id: ID!, $n: Int = 3, $s: String", json!({ "id": 7, "s": null })).is_ok());
        let missing = judged("$id: ID!", json!({})).expect_err("missing");
        assert!(missing.message.contains("`$id` of type `ID!` is missing"), "{}", missing.message);
        assert!(judged("$id: ID!", json!({ "id": null })).is_err());
        assert!(judged("$n: Int! = 3", json!({ "n": null })).is_err());
    }

    #[test]
    fn what_is_given_must_be_of_the_kind_declared() {
        for (ty, wrong) in [
            ("ID", json!({})),
            ("String", json!(1)),
            ("Int", json!(1.5)),
            ("Int", json!(2_147_483_648_i64)),
            ("Boolean", json!("true")),
            ("[ID!]", json!([null])),
            ("[[Int]]", json!([["x"]])),
        ] {
            assert!(judged(&format!("$v: {ty}"), json!({ "v": wrong })).is_err(), "{ty}: {wrong}");
        }
        assert!(judged("$v: [ID!]!", json!({ "v": "x" })).is_ok(), "one for a list of one");
    }

    #[test]
    fn what_the_schema_defines_is_for_validation_to_judge() {
        for (types, is_all) in
            [("$v: Whatever", false), ("$v: [Whatever!]!", false), ("$v: [[ID!]]", true), ("$n: Int", true)]
        {
            assert_eq!(judged(types, json!({ "v": ["x"] })).ok(), Some(is_all), "{types}");
        }
    }
}
