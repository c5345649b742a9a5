//! stub
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct PageUrlError;
pub fn normalise(t: &str) -> Result<url::Url, PageUrlError> {
    url::Url::parse(t).map_err(|_| PageUrlError)
}
