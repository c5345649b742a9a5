//! What each field of the schema returns, and whether it is a list: read from the schema's own SDL, so that no list can be
//! added without a cost.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};

/// Members that a list which is no connection is taken to have: it is capped at 100, and seldom has more than a few.
const FEW: u64 = 10;

/// Introspection's lists: types of this schema, and what an average type has.
const INTROSPECTION: [(&str, u64); 7] = [
    ("types", 70),
    ("fields", 5),
    ("args", 1),
    ("inputFields", 1),
    ("enumValues", 2),
    ("possibleTypes", 1),
    ("directives", 5),
];

/// What a field answers.
#[derive(Debug, Clone)]
pub(super) struct FieldReturns {
    /// The type's name, without list and non-null.
    pub(super) type_name: String,
    pub(super) count: Count,
}

/// How many.
#[derive(Debug, Clone)]
pub(super) enum Count {
    One,
    /// As many as `first` or `last` says.
    Page,
    /// As many as that argument's list has.
    Argument(String),
    Fixed(u64),
}

/// The fields of every type.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    types: HashMap<String, HashMap<String, FieldReturns>>,
}

impl Catalogue {
    pub(super) fn new(sdl: &str) -> Self {
        let mut catalogue = Self::default();
        // The text is the library's own; were it unreadable, every list would be found missing by the tests.
        let Ok(document) = parse_schema(sdl) else {
            return catalogue;
        };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let type_name = definition.node.name.node.as_str();
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let fields = fields.iter().map(|field| (field.node.name.node.to_string(), returns(type_name, &field.node)));
            catalogue.types.insert(type_name.to_owned(), fields.collect());
        }
        catalogue
    }

    /// What `field` of `parent` returns; a guess for what the schema does not have.
    pub(super) fn field(&self, parent: &str, field: &str) -> FieldReturns {
        if let Some(returns) = self.types.get(parent).and_then(|fields| fields.get(field)) {
            return returns.clone();
        }
        let count = INTROSPECTION.iter().find(|(name, _)| *name == field).map_or(Count::One, |(_, n)| Count::Fixed(*n));
        FieldReturns { type_name: String::new(), count }
    }
}

fn returns(parent: &str, field: &FieldDefinition) -> FieldReturns {
    let argument = |name: &str| field.arguments.iter().any(|argument| argument.node.name.node == name);
    // A list that may be left out only filters; one that must be given is answered member by member.
    let is_answered = |ty: &Type| is_list(ty) && !ty.nullable;
    let list_argument = || field.arguments.iter().find(|argument| is_answered(&argument.node.ty.node));
    let count = match () {
        () if argument("first") || argument("last") => Count::Page,
        // A connection was counted where its page was asked for: its `nodes` and `edges` are that page.
        () if !is_list(&field.ty.node) || parent.ends_with("Connection") => Count::One,
        () => {
            list_argument().map_or(Count::Fixed(FEW), |argument| Count::Argument(argument.node.name.node.to_string()))
        }
    };
    FieldReturns { type_name: name(&field.ty.node).to_owned(), count }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

fn name(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(member) => name(member),
    }
}
