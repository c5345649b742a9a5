//! The parameters of a GraphQL request, out of a JSON body or a query string, with every wrong type refused by name.

use async_graphql::{Request, Variables};
use serde_json::{Map, Value};

use super::answer::Refusal;

/// The extension that names a document; the others say nothing to this server.
const PERSISTED_QUERY: &str = "persistedQuery";

/// One request, or several.
#[derive(Debug)]
pub(super) enum Parameters {
    Single(Box<Request>),
    Batch(Vec<Request>),
}

/// Reads a JSON body.
///
/// # Errors
/// For the caller, when it is no JSON, holds too many requests, or a parameter has the wrong type.
pub(super) fn from_body(body: &[u8], batch_max: usize) -> Result<Parameters, Refusal> {
    if body.is_empty() {
        return Err(Refusal::bad_request("the body is empty; send a JSON object with `query`"));
    }
    let value = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("the body is not JSON: {error}; send an object with `query`")))?;
    match value {
        Value::Object(parameters) => Ok(Parameters::Single(Box::new(request(parameters)?))),
        Value::Array(requests) if requests.is_empty() => {
            Err(Refusal::bad_request(format!("the batch is empty; send 1 to {batch_max} requests")))
        }
        Value::Array(requests) if requests.len() > batch_max => {
            let count = requests.len();
            let message = format!("the batch holds {count} requests; the limit is {batch_max}");
            Err(Refusal::new(http::StatusCode::BAD_REQUEST, "BATCH_TOO_LONG", message))
        }
        Value::Array(requests) => {
            let read = requests.into_iter().map(|value| match value {
                Value::Object(parameters) => request(parameters),
                other => {
                    Err(Refusal::bad_request(format!("the batch holds {}; send objects with `query`", kind(&other))))
                }
            });
            Ok(Parameters::Batch(read.collect::<Result<_, _>>()?))
        }
        other => Err(Refusal::bad_request(format!("the body is {}; send an object with `query`", kind(&other)))),
    }
}

/// Reads a query string.
///
/// # Errors
/// For the caller, when a parameter has the wrong type.
pub(super) fn from_query_string(text: &str) -> Result<Request, Refusal> {
    let mut parameters = Map::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let value = match name.as_ref() {
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|error| Refusal::bad_request(format!("`{name}` is not JSON: {error}; send an object")))?,
            _ => Value::String(value.into_owned()),
        };
        parameters.insert(name.into_owned(), value);
    }
    request(parameters)
}

/// Reads the parameters of one request.
///
/// # Errors
/// For the caller, when one has the wrong type.
pub(super) fn request(mut parameters: Map<String, Value>) -> Result<Request, Refusal> {
    let extensions = match parameters.remove("extensions") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(extensions)) => extensions,
        Some(other) => return Err(wrong("extensions", "an object or null", &other)),
    };
    let persisted = extensions.into_iter().find(|(name, _)| name == PERSISTED_QUERY);
    let query = match parameters.remove("query") {
        Some(Value::String(query)) => query,
        // Named instead of sent.
        None | Some(Value::Null) if persisted.is_some() => String::new(),
        None | Some(Value::Null) => return Err(Refusal::bad_request("`query` is missing; send a GraphQL document")),
        Some(other) => return Err(wrong("query", "a string", &other)),
    };
    let mut request = Request::new(query);
    match parameters.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) => request.operation_name = Some(name),
        Some(other) => return Err(wrong("operationName", "a string or null", &other)),
    }
    match parameters.remove("variables") {
        None | Some(Value::Null) => {}
        Some(variables @ Value::Object(_)) => request.variables = Variables::from_json(variables),
        Some(other) => return Err(wrong("variables", "an object or null", &other)),
    }
    if let Some((name, value)) = persisted {
        let value = async_graphql::Value::from_json(value);
        let value =
            value.map_err(|error| Refusal::bad_request(format!("`extensions.{name}` cannot be read: {error}")))?;
        request.extensions.insert(name, value);
    }
    Ok(request)
}

fn wrong(name: &str, wanted: &str, given: &Value) -> Refusal {
    Refusal::bad_request(format!("`{name}` is {}; send {wanted}", kind(given)))
}

/// What a value is, for people.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
