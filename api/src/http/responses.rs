//! All the answers to one request, for the transports that carry more than one.

use async_graphql::parser::types::OperationType;
use async_graphql::{Response, ServerError};
use futures::stream::{self, BoxStream, StreamExt};

use super::State;
use crate::graphql::{Prepared, coded, refused};

/// The answers, in order: one to a query or mutation, in time; any number to a subscription.
pub(super) fn responses(
    state: &State,
    prepared: Result<Prepared, ServerError>,
    request_id: &str,
) -> BoxStream<'static, Response> {
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return stream::iter([refused(error)]).boxed(),
    };
    if prepared.kind == Some(OperationType::Subscription) {
        return state.schema.subscribe(prepared, request_id);
    }
    let (schema, limit, request_id) = (state.schema.clone(), state.settings.request_time_max, request_id.to_owned());
    let response = async move {
        let response = tokio::time::timeout(limit, schema.run(prepared, &request_id)).await;
        response.unwrap_or_else(|_elapsed| {
            let message =
                format!("the request took longer than {} s, the limit: ask for less at once", limit.as_secs_f64());
            refused(coded(ServerError::new(message, None), "TIMEOUT"))
        })
    };
    stream::once(response).boxed()
}
