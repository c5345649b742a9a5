//! A cable that a test can cut: passes connections on to a server, and breaks all of them when asked.

use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinHandle};

/// Listens on a port of its own. Gone when dropped.
pub struct Relay {
    address: String,
    connections: Arc<Mutex<Vec<AbortHandle>>>,
    listening: JoinHandle<()>,
}

impl Relay {
    /// Passes on to a server at an endpoint such as `http://127.0.0.1:8080/graphql`.
    ///
    /// # Panics
    ///
    /// When the endpoint is of another form.
    pub async fn to(endpoint: &str) -> Self {
        let server = endpoint.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/graphql"));
        let server = server.expect("an endpoint is http://ADDRESS/graphql").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback interface has a free port");
        let address = listener.local_addr().expect("a listener has an address").to_string();
        let connections: Arc<Mutex<Vec<AbortHandle>>> = Arc::default();
        let known = Arc::clone(&connections);
        let listening = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let connection = tokio::spawn(pass_on(near, server.clone()));
                known.lock().expect("no holder panics").push(connection.abort_handle());
            }
        });
        Self { address, connections, listening }
    }

    /// Where GraphQL is reached through it.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// Breaks every connection, without a word to either side; answers how many were there to be broken.
    ///
    /// # Panics
    ///
    /// Never.
    pub fn cut(&self) -> usize {
        let broken: Vec<AbortHandle> = self.connections.lock().expect("no holder panics").drain(..).collect();
        let alive = broken.iter().filter(|connection| !connection.is_finished()).count();
        for connection in broken {
            connection.abort();
        }
        alive
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.listening.abort();
        self.cut();
    }
}

async fn pass_on(mut near: TcpStream, server: String) {
    if let Ok(mut far) = TcpStream::connect(server).await {
        // Either side's end is the connection's.
        drop(tokio::io::copy_bidirectional(&mut near, &mut far).await);
    }
}
