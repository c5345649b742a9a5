//! The fetcher against servers that behave and servers that do not, all on loopback.

mod addresses;
mod bounds;
mod pages;
mod redirects;
mod robots;
mod robots_cache;
mod robots_file;
mod robots_rules;
mod server;
mod tls;

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Mutex;

use entity::SubmissionOutcome;
use futures::future::BoxFuture;
use server::Server;

use super::*;
use crate::verdict::Verdict;

const USER_AGENT: &str = "MarqueeTest/1.0 (+https://marquee.example/bot)";

fn settings(allow: &[String], limits: FetchLimits) -> FetchSettings {
    let allow = allow.iter().map(|entry| entry.parse().unwrap()).collect();
    FetchSettings { policy: AddressPolicy::new(allow), user_agent: USER_AGENT.to_owned(), limits }
}

/// A fetcher that may reach this server only.
fn fetcher_for(server: &Server, limits: FetchLimits) -> Fetcher {
    Fetcher::new(settings(&[server.address.to_string()], limits)).unwrap()
}

async fn fetch(fetcher: &Fetcher, url: &str) -> Attempt {
    fetcher.fetch(&Url::parse(url).unwrap(), None).await
}

/// One fetch of a path of a server, with the default bounds.
async fn fetch_from(server: &Server, path: &str) -> Attempt {
    fetch(&fetcher_for(server, FetchLimits::default()), &server.url(path)).await
}

#[track_caller]
fn page(attempt: Attempt) -> FetchedPage {
    match attempt.result {
        Ok(Fetched::Page(page)) => page,
        other => panic!("no page but {other:?}; {:?}", attempt.record),
    }
}

/// That a fetch failed with this code and this verdict.
#[track_caller]
fn failed(attempt: &Attempt, code: &str, verdict: Verdict) {
    match &attempt.result {
        Ok(fetched) => panic!("fetched {fetched:?} where {code} was due"),
        Err(error) => assert_eq!((error.code(), error.verdict()), (code, verdict), "{error:?}"),
    }
}

const fn ends(outcome: SubmissionOutcome) -> Verdict {
    Verdict::Final(outcome)
}

/// A resolver that knows the names of a test, and answers each look-up with the next of its answers, the last one for ever.
#[derive(Default)]
struct Names {
    answers: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    looked_up: Mutex<Vec<String>>,
}

impl Names {
    fn of(entries: &[(&str, &[&[&str]])]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect::<Vec<IpAddr>>();
        let answers = entries.iter().map(|(name, answers)| ((*name).to_owned(), answers.iter().map(parse).collect()));
        Arc::new(Self { answers: Mutex::new(answers.collect()), looked_up: Mutex::default() })
    }
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        self.looked_up.lock().unwrap().push(host.to_owned());
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.get_mut(host) {
            None => Err(io::Error::other("no such name")),
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
        };
        Box::pin(async move { answer })
    }
}
