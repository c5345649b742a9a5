//! Where the work and the graph are kept: flags and environment twins that the server and the workers share.
//!
//! Read once, judged here, passed down. There are two combinations and no others: SQLite with the queue in the same
//! file, or PostgreSQL with Redis.

use clap::Args;
use thiserror::Error;
use url::Url;

/// Which database, and which queue.
#[derive(Debug, Clone, Args)]
pub struct Connections {
    /// Database: `sqlite:PATH` (created when missing), or `postgres://USER:PASSWORD@HOST/NAME` together with --redis-url
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:marquee.db", value_name = "URL", hide_env_values = true)]
    pub database_url: String,
    /// Queue of a fleet: `redis://HOST:PORT/DB`; only, and always, together with PostgreSQL
    #[arg(long, env = "REDIS_URL", value_name = "URL", hide_env_values = true)]
    pub redis_url: Option<String>,
    /// First part of every key in Redis, so that several installations can share a server
    #[arg(long, env = "MARQUEE_REDIS_PREFIX", default_value = "marquee", value_name = "NAME")]
    pub redis_prefix: String,
    /// Connections to the database that this process may open
    #[arg(long, env = "MARQUEE_DATABASE_CONNECTIONS", default_value_t = 16, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub database_connections: u32,
}

/// Which of the two ways to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// SQLite, with the queue in the same file.
    Embedded,
    /// PostgreSQL and Redis.
    Fleet,
}

/// Settings that contradict each other or name something unknown.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum SettingsError {
    #[error("--database-url {0:?} is neither `sqlite:PATH` nor `postgres://USER:PASSWORD@HOST/NAME`")]
    UnknownDatabase(String),
    #[error(
        "PostgreSQL needs a queue beside it: set --redis-url (REDIS_URL) to `redis://HOST:PORT/DB`, or use `sqlite:PATH` without one"
    )]
    PostgresWithoutRedis,
    #[error(
        "SQLite keeps its queue in the same file: unset --redis-url (REDIS_URL), or set --database-url (DATABASE_URL) to `postgres://…`"
    )]
    RedisWithSqlite,
    #[error("--redis-url {0:?} is not of the form `redis://HOST:PORT/DB`")]
    UnknownQueue(String),
    #[error("--redis-prefix {0:?} is not made of letters, digits, `-`, `_`, `.` and `:`")]
    BadPrefix(String),
}

impl Connections {
    /// Says which way to run.
    ///
    /// # Errors
    /// When the settings contradict each other or name something unknown.
    pub fn kind(&self) -> Result<Kind, SettingsError> {
        let prefix_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        if self.redis_prefix.is_empty() || !self.redis_prefix.chars().all(prefix_sign) {
            return Err(SettingsError::BadPrefix(self.redis_prefix.clone()));
        }
        let redis = self.redis_url.as_deref().filter(|url| !url.is_empty());
        if let Some(url) = redis
            && !["redis://", "rediss://", "unix://", "redis+unix://"].iter().any(|scheme| url.starts_with(scheme))
        {
            return Err(SettingsError::UnknownQueue(without_password(url)));
        }
        let postgres = ["postgres://", "postgresql://"].iter().any(|scheme| self.database_url.starts_with(scheme));
        let sqlite = self.database_url.strip_prefix("sqlite:").is_some_and(|path| !path.trim_matches('/').is_empty());
        match (postgres, sqlite, redis) {
            (true, _, Some(_)) => Ok(Kind::Fleet),
            (true, _, None) => Err(SettingsError::PostgresWithoutRedis),
            (_, true, None) => Ok(Kind::Embedded),
            (_, true, Some(_)) => Err(SettingsError::RedisWithSqlite),
            _ => Err(SettingsError::UnknownDatabase(without_password(&self.database_url))),
        }
    }

    /// The database's address, fit to be shown: without its password.
    pub fn shown_database_url(&self) -> String {
        without_password(&self.database_url)
    }

    /// The queue's address, fit to be shown: without its password.
    pub fn shown_redis_url(&self) -> Option<String> {
        self.redis_url.as_deref().map(without_password)
    }
}

/// The address with its password struck out; only its scheme when it cannot be told where the password ends.
fn without_password(address: &str) -> String {
    let scheme = address.split(':').next().unwrap_or_default();
    let Ok(mut url) = Url::parse(address) else { return format!("{scheme}:…") };
    if url.password().is_none() {
        return address.to_owned();
    }
    match url.set_password(Some("***")) {
        Ok(()) => url.into(),
        Err(()) => format!("{scheme}:…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(database: &str, redis: Option<&str>) -> Connections {
        Connections {
            database_url: database.to_owned(),
            redis_url: redis.map(str::to_owned),
            redis_prefix: "marquee".to_owned(),
            database_connections: 4,
        }
    }

    #[test]
    fn there_are_two_combinations_and_no_others() {
        assert_eq!(connections("sqlite:a.db", None).kind().ok(), Some(Kind::Embedded));
        assert_eq!(connections("postgres://u@h/d", Some("redis://h")).kind().ok(), Some(Kind::Fleet));
        assert!(matches!(connections("postgres://u@h/d", None).kind(), Err(SettingsError::PostgresWithoutRedis)));
        assert!(matches!(connections("sqlite:a.db", Some("redis://h")).kind(), Err(SettingsError::RedisWithSqlite)));
        assert!(matches!(connections("mysql://h/d", None).kind(), Err(SettingsError::UnknownDatabase(_))));
        assert!(matches!(connections("sqlite:", None).kind(), Err(SettingsError::UnknownDatabase(_))));
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = connections("postgres://me:secret@host:5/db?x=1", None).shown_database_url();
        assert_eq!(shown, "postgres://me:***@host:5/db?x=1");
        for unusual in ["mysql://me:se@cret@h/d", "postgres://me:se/cret@h/d", "redis://:cret@h:1/0"] {
            let shown = connections(unusual, None).shown_database_url();
            assert!(!shown.contains("cret"), "{shown}");
        }
        assert_eq!(connections("sqlite:films.db", None).shown_database_url(), "sqlite:films.db");
    }
}
