//! One WebSocket from its first message to its last, by the graphql-transport-ws protocol.
//!
//! One task reads, answers and writes: while a client takes nothing, nothing is made for it, and the connection is cut in the end
//! by what holds for every connection (`Settings::write_time_max`).

use std::collections::HashMap;
use std::pin::Pin;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures::stream::{self, AbortHandle, BoxStream, SelectAll, StreamExt};
use tokio::time::{Instant, Interval, MissedTickBehavior, Sleep};
use ulid::Ulid;

use super::message::{FromClient, ToClient};
use crate::graphql::{coded, is_refused};
use crate::http::State;
use crate::http::responses::responses;

/// Longest wait for a client's answer to a close.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);

/// Bytes of a reason for closing, by the protocol of WebSockets.
const REASON_BYTES_MAX: usize = 123;

/// Why a socket is closed: the codes of WebSockets and of graphql-transport-ws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
enum Code {
    GoingAway = 1001,
    TooLarge = 1009,
    InternalError = 4500,
    BadRequest = 4400,
    Unauthorized = 4401,
    SubprotocolNotAcceptable = 4406,
    InitialisationTimeout = 4408,
    SubscriberAlreadyExists = 4409,
    TooManyInitialisations = 4429,
}

/// How a session ends.
enum End {
    /// The server closes it.
    Close(Code, String),
    /// The client has gone, or was given up.
    Gone,
}

impl End {
    fn close(code: Code, reason: impl Into<String>) -> Self {
        Self::Close(code, reason.into())
    }
}

impl From<axum::Error> for End {
    fn from(error: axum::Error) -> Self {
        tracing::debug!(error = %error, "a WebSocket broke off");
        Self::Gone
    }
}

/// What an operation comes to next.
enum Step {
    Next(Response),
    Refused(Vec<ServerError>),
    Over,
}

/// An operation under way.
struct Operation {
    follows: bool,
    handle: AbortHandle,
}

/// One WebSocket.
pub(super) struct Session {
    socket: WebSocket,
    state: State,
    initialised: bool,
    /// By the ids that the client gave.
    operations: HashMap<String, Operation>,
    steps: SelectAll<BoxStream<'static, (String, Step)>>,
    /// Whether the client has said anything since the last sign of life was asked for.
    alive: bool,
}

impl Session {
    pub(super) fn new(socket: WebSocket, state: State) -> Self {
        let (operations, steps) = (HashMap::new(), SelectAll::new());
        Self { socket, state, initialised: false, operations, steps, alive: true }
    }

    /// Serves the socket to its end.
    pub(super) async fn run(mut self) {
        let end = match self.serve().await {
            Ok(()) => End::close(Code::GoingAway, "the server is stopping; come back"),
            Err(end) => end,
        };
        // What was under way is dropped before anything else is waited for.
        self.operations.clear();
        self.steps.clear();
        if let End::Close(code, reason) = end {
            tracing::debug!(code = code as u16, reason, "closing a WebSocket");
            self.close(code, &reason).await;
        }
    }

    /// Answers until the server stops.
    async fn serve(&mut self) -> Result<(), End> {
        if self.socket.protocol().is_none() {
            return Err(End::close(Code::SubprotocolNotAcceptable, "the subprotocol must be graphql-transport-ws"));
        }
        let mut init = Box::pin(tokio::time::sleep(self.state.settings.socket_init_time_max));
        let mut stopped = Box::pin(self.state.stopped());
        let mut signs = signs_of_life(self.state.settings.sign_of_life_every);
        loop {
            tokio::select! {
                () = &mut stopped => break,
                () = late(&mut init, self.initialised) => {
                    return Err(End::close(Code::InitialisationTimeout, "Connection initialisation timeout"));
                }
                message = self.socket.recv() => self.hear(message).await?,
                Some((id, step)) = self.steps.next() => self.answer(id, step).await?,
                _ = signs.tick() => self.ask_for_sign_of_life().await?,
            }
        }
        self.take_leave().await
    }

    /// Ends what is followed between two answers, and finishes what will end by itself.
    async fn take_leave(&mut self) -> Result<(), End> {
        self.operations.retain(|_, operation| {
            if operation.follows {
                operation.handle.abort();
            }
            !operation.follows
        });
        while let Some((id, step)) = self.steps.next().await {
            self.answer(id, step).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.alive = true;
        match message {
            None | Some(Ok(Message::Close(_))) => Err(End::Gone),
            // Answered below us; what they mean here, life, was noted.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(End::close(Code::BadRequest, "a message is text, not bytes")),
            Some(Ok(Message::Text(text))) => match FromClient::read(&text) {
                Ok(message) => self.obey(message).await,
                Err(reason) => Err(End::close(Code::BadRequest, reason)),
            },
            Some(Err(error)) if is_too_large(&error) => {
                let limit = self.state.settings.body_bytes_max;
                Err(End::close(Code::TooLarge, format!("a message is longer than {limit} bytes, the limit")))
            }
            Some(Err(error)) => Err(error.into()),
        }
    }

    async fn obey(&mut self, message: FromClient) -> Result<(), End> {
        match message {
            FromClient::ConnectionInit if self.initialised => {
                Err(End::close(Code::TooManyInitialisations, "Too many initialisation requests"))
            }
            FromClient::ConnectionInit => {
                self.initialised = true;
                self.say(&ToClient::ConnectionAck).await
            }
            FromClient::Ping(payload) => self.say(&ToClient::Pong { payload }).await,
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { .. } if !self.initialised => Err(End::close(Code::Unauthorized, "Unauthorized")),
            FromClient::Subscribe { id, .. } if self.operations.contains_key(&id) => {
                Err(End::close(Code::SubscriberAlreadyExists, format!("Subscriber for {id} already exists")))
            }
            FromClient::Subscribe { id, request } => self.begin(id, *request).await,
            FromClient::Complete { id } => {
                if let Some(operation) = self.operations.remove(&id) {
                    operation.handle.abort();
                }
                Ok(())
            }
        }
    }

    async fn begin(&mut self, id: String, request: Request) -> Result<(), End> {
        let limit = self.state.settings.socket_operations_max;
        if self.operations.len() >= limit {
            let message = format!("{limit} operations are under way on this WebSocket, the limit; complete one first");
            let error = coded(ServerError::new(message, None), "TOO_MANY_OPERATIONS");
            return self.say(&ToClient::Error { id: &id, payload: &[error] }).await;
        }
        let prepared = self.state.schema.prepare(request);
        let follows = prepared.as_ref().is_ok_and(|prepared| prepared.kind == Some(OperationType::Subscription));
        let answers = responses(&self.state, prepared, &Ulid::generate().to_string());
        let steps = answers.map(|response| match is_refused(&response) {
            true => Step::Refused(response.errors),
            false => Step::Next(response),
        });
        let name = id.clone();
        let steps = steps.chain(stream::iter([Step::Over])).map(move |step| (name.clone(), step));
        let (steps, handle) = stream::abortable(steps);
        self.steps.push(steps.boxed());
        self.operations.insert(id, Operation { follows, handle });
        Ok(())
    }

    async fn answer(&mut self, id: String, step: Step) -> Result<(), End> {
        match step {
            Step::Next(response) => self.say(&ToClient::next(&id, &response)).await,
            // The client hears of the end when the id is free again.
            Step::Refused(errors) => {
                self.forget(&id);
                self.say(&ToClient::Error { id: &id, payload: &errors }).await
            }
            Step::Over => {
                self.forget(&id);
                self.say(&ToClient::Complete { id: &id }).await
            }
        }
    }

    fn forget(&mut self, id: &str) {
        if let Some(operation) = self.operations.remove(id) {
            operation.handle.abort();
        }
    }

    async fn ask_for_sign_of_life(&mut self) -> Result<(), End> {
        if !self.alive {
            tracing::debug!("a WebSocket gave no sign of life");
            return Err(End::Gone);
        }
        self.alive = false;
        Ok(self.socket.send(Message::Ping(bytes::Bytes::new())).await?)
    }

    async fn say(&mut self, message: &ToClient<'_>) -> Result<(), End> {
        match serde_json::to_string(message) {
            Ok(text) => Ok(self.socket.send(Message::Text(text.into())).await?),
            Err(error) => {
                tracing::error!(error = %error, "an answer could not be written");
                Err(End::close(Code::InternalError, "Internal server error"))
            }
        }
    }

    /// Says why, and waits a little for the client to agree: what it had sent would else make the system drop the reason. The
    /// rest of a message that is too long is never read: there the client gets all of the time to hear why.
    async fn close(mut self, code: Code, reason: &str) {
        let frame = CloseFrame { code: code as u16, reason: fitting(reason) };
        let closing = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                let mut heard = self.socket.recv().await;
                while let Some(Ok(_)) = heard {
                    heard = self.socket.recv().await;
                }
                if let Some(Err(error)) = heard
                    && is_too_large(&error)
                {
                    std::future::pending::<()>().await;
                }
            }
        };
        if tokio::time::timeout(CLOSED_WITHIN, closing).await.is_err() {
            tracing::debug!("a WebSocket was not closed by its client in time");
        }
    }
}

fn signs_of_life(every: Duration) -> Interval {
    let mut signs = tokio::time::interval_at(Instant::now() + every, every);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    signs
}

/// Ready when the first message is late.
async fn late(init: &mut Pin<Box<Sleep>>, initialised: bool) {
    if initialised {
        std::future::pending::<()>().await;
    }
    init.await;
}

fn is_too_large(error: &axum::Error) -> bool {
    // The library that knows the reason gives it as text alone, through the one that we use.
    error.to_string().starts_with("Space limit exceeded")
}

/// A reason, cut to what fits into a close.
fn fitting(reason: &str) -> Utf8Bytes {
    let end = (0..=reason.len().min(REASON_BYTES_MAX)).rev().find(|end| reason.is_char_boundary(*end)).unwrap_or(0);
    reason.get(..end).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_cut_where_a_character_ends() {
        assert_eq!(fitting("short").as_str(), "short");
        let long = "ü".repeat(100);
        assert_eq!(fitting(&long).as_str().len(), 122);
    }
}
