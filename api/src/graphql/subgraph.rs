//! The schema as a subgraph of Apollo Federation v2: films, people, reviews and outlets are entities, found again by their ids.
//!
//! The query root is the usual one with two fields more, which a gateway asks and the usual schema does not have. What many
//! representations name is read with one statement for each kind, like every level of a query.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::{ContainerType, resolve_container};
use async_graphql::{
    Context, ContextSelectionSet, Error, ID, ObjectType, OutputType, Positioned, SDLExportOptions, ServerResult, Value,
};

use super::error::bad_input;
use super::id::{Kind, decode};
use super::node::{self, Node};
use super::query::Query;

/// What can be fetched by its key, which is its id.
const ENTITIES: [Kind; 4] = [Kind::Film, Kind::Person, Kind::Review, Kind::Outlet];

/// The query root of a subgraph.
pub(crate) struct Subgraph(pub(crate) Query);

/// How a subgraph tells its schema.
pub(crate) fn sdl_options() -> SDLExportOptions {
    SDLExportOptions::new().federation().compose_directive()
}

impl OutputType for Subgraph {
    fn type_name() -> Cow<'static, str> {
        Query::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let root = Query::create_type_info(registry);
        for kind in ENTITIES {
            registry.add_keys(kind.name(), "id");
        }
        root
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(context, self).await
    }
}

impl ContainerType for Subgraph {
    async fn resolve_field(&self, context: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(context).await
    }

    /// A representation that is wrong or names nothing is null in the list, and leaves the others alone.
    async fn find_entity(&self, context: &Context<'_>, representation: &Value) -> ServerResult<Option<Value>> {
        match entity(context, representation).await {
            Ok(Some(node)) => {
                let selections = context.with_selection_set(&context.item.node.selection_set);
                OutputType::resolve(&node, &selections, context.item).await.map(Some)
            }
            Ok(None) => Ok(Some(Value::Null)),
            Err(error) => {
                context.add_error(context.set_error_path(error.into_server_error(context.item.pos)));
                Ok(Some(Value::Null))
            }
        }
    }
}

impl ObjectType for Subgraph {}

/// What a gateway names by its type and key.
async fn entity(context: &Context<'_>, representation: &Value) -> Result<Option<Node>, Error> {
    let Value::Object(representation) = representation else {
        return Err(bad_input("a representation is no object; send one with `__typename` and `id`"));
    };
    let text = |name: &str| match representation.get(name) {
        Some(Value::String(text)) => Ok(text.as_str()),
        _ => Err(bad_input(format!("a representation has no `{name}`; send one with `__typename` and `id`"))),
    };
    let (type_name, id) = (text("__typename")?, ID::from(text("id")?));
    if !ENTITIES.iter().any(|kind| kind.name() == type_name) {
        let shown: String = type_name.chars().take(60).collect();
        return Err(bad_input(format!(
            "{shown:?} is no entity of this subgraph: those are Film, Person, Review and Outlet"
        )));
    }
    let (kind, _) = decode(&id)?;
    if kind.name() != type_name {
        return Err(bad_input(format!(
            "id {:?} is that of a {}; give the id of a {type_name}",
            id.as_str(),
            kind.name()
        )));
    }
    node::node(context, &id).await
}
