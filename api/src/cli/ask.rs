//! Commands that ask what anybody can ask over GraphQL: the same document, executed here, and its answer printed as JSON.

use anyhow::bail;
use api::Services;
use async_graphql::{Request, Variables};
use queue::address::AddressPolicy;
use queue::{Connections, Database};
use serde_json::Value;

use super::{console, open};

/// What the commands ask.
pub(super) struct Asking {
    schema: api::Schema,
    /// For what GraphQL does not tell.
    pub(super) database: Database,
}

impl Asking {
    /// Opens the installation that the settings name.
    pub(super) async fn open(connections: &Connections) -> anyhow::Result<Self> {
        let (database, bell) = open::open(connections).await?;
        let policy = AddressPolicy::default().into();
        Ok(Self { schema: api::schema(Services { database: database.clone(), bell, policy }), database })
    }

    /// The value of the document's one field.
    pub(super) async fn ask(&self, document: &str, variables: Value) -> anyhow::Result<Value> {
        let response = self.schema.execute(Request::new(document).variables(Variables::from_json(variables))).await;
        if let Some(error) = response.errors.first() {
            bail!("{}", error.message);
        }
        let mut data = response.data.into_json()?;
        Ok(data.as_object_mut().and_then(|fields| fields.values_mut().next()).map(Value::take).unwrap_or_default())
    }
}

/// Prints an answer.
pub(super) fn print(answer: &Value) -> anyhow::Result<()> {
    Ok(console::print(&format!("{answer:#}\n"))?)
}
