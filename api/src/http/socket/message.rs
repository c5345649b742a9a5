//! The messages of the graphql-transport-ws protocol: read strictly, written as it says.

use async_graphql::{Request, Response, ServerError};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::http::answer::Document;
use crate::http::parameters::{self, kind};

/// Bytes of an operation's id at most; clients count, or make up 36 signs.
const ID_BYTES_MAX: usize = 256;

/// What a client says.
#[derive(Debug)]
pub(super) enum FromClient {
    ConnectionInit,
    Ping(Option<Value>),
    Pong,
    Subscribe { id: String, request: Box<Request> },
    Complete { id: String },
}

impl FromClient {
    /// Reads a message.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let message = serde_json::from_str(text).map_err(|error| format!("the message is not JSON: {error}"))?;
        let Value::Object(mut message) = message else {
            return Err(format!("the message is {}; send an object", kind(&message)));
        };
        let name = match message.remove("type") {
            Some(Value::String(name)) => name,
            Some(other) => return Err(format!("`type` is {}; send a string", kind(&other))),
            None => return Err("`type` is missing".to_owned()),
        };
        match name.as_str() {
            "connection_init" => payload(&mut message).map(|_for_nobody_yet| Self::ConnectionInit),
            "ping" => payload(&mut message).map(Self::Ping),
            "pong" => payload(&mut message).map(|_unread| Self::Pong),
            "complete" => Ok(Self::Complete { id: id(&mut message)? }),
            "subscribe" => {
                let id = id(&mut message)?;
                match payload(&mut message)? {
                    Some(Value::Object(payload)) => match parameters::request(payload) {
                        Ok(request) => Ok(Self::Subscribe { id, request: Box::new(request) }),
                        Err(refusal) => Err(refusal.message),
                    },
                    _ => Err("`payload` is missing; send an object with `query`".to_owned()),
                }
            }
            _ => {
                let shown: String = name.chars().take(40).collect();
                Err(format!("there is no message of type {shown:?}"))
            }
        }
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, String> {
    match message.remove("id") {
        Some(Value::String(id)) if (1..=ID_BYTES_MAX).contains(&id.len()) => Ok(id),
        Some(Value::String(_)) => Err(format!("`id` is empty or longer than {ID_BYTES_MAX} bytes")),
        Some(other) => Err(format!("`id` is {}; send a string", kind(&other))),
        None => Err("`id` is missing".to_owned()),
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Value>, String> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(payload @ Value::Object(_)) => Ok(Some(payload)),
        Some(other) => Err(format!("`payload` is {}; send an object", kind(&other))),
    }
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ToClient<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Value>,
    },
    Next {
        id: &'a str,
        payload: Document<'a>,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl<'a> ToClient<'a> {
    pub(super) fn next(id: &'a str, response: &'a Response) -> Self {
        Self::Next { id, payload: Document::from(response) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_protocol_allows_is_read() {
        assert!(matches!(FromClient::read(r#"{"type":"connection_init"}"#), Ok(FromClient::ConnectionInit)));
        let init = r#"{"type":"connection_init","payload":{"a":1},"else":2}"#;
        assert!(matches!(FromClient::read(init), Ok(FromClient::ConnectionInit)));
        assert!(matches!(FromClient::read(r#"{"type":"pong","payload":null}"#), Ok(FromClient::Pong)));
        let ping = FromClient::read(r#"{"type":"ping","payload":{"a":1}}"#);
        assert!(matches!(ping, Ok(FromClient::Ping(Some(_)))));
        let subscribe = FromClient::read(r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}"#);
        assert!(matches!(subscribe, Ok(FromClient::Subscribe { id, .. }) if id == "1"));
    }

    #[test]
    fn what_it_does_not_is_refused_and_says_why() {
        for (text, why) in [
            ("", "not JSON"),
            ("{", "not JSON"),
            ("7", "a number"),
            ("[]", "an array"),
            ("{}", "`type` is missing"),
            (r#"{"type":7}"#, "`type` is a number"),
            (r#"{"type":"start","id":"1"}"#, "no message of type \"start\""),
            (r#"{"type":"connection_init","payload":"x"}"#, "`payload` is a string"),
            (r#"{"type":"complete"}"#, "`id` is missing"),
            (r#"{"type":"complete","id":""}"#, "`id` is empty"),
            (r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#, "`id` is a number"),
            (r#"{"type":"subscribe","id":"1"}"#, "`payload` is missing"),
            (r#"{"type":"subscribe","id":"1","payload":{}}"#, "`query` is missing"),
            (r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}"#, "`variables` is an array"),
        ] {
            let refused = FromClient::read(text).expect_err(text);
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }
}
