//! A server for this machine alone: a token in the address, no other origin, no path that leaves the page.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use serde_json::{Value, json};

use super::assets::ASSETS;
use super::decide::{Refused, decide};
use super::http::{self, Request};
use super::random::random;
use super::{Review, list, picture, shown};
use crate::batch::guard;
use crate::emit::decisions::Standing;
use crate::error::Error;

/// A decision is no longer than this.
const MAX_BODY: usize = 64 * 1024;

const JSON: &str = "application/json";
const SVG: &str = "image/svg+xml";

/// Nothing is fetched from elsewhere, nothing else may show the page in a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A picture runs no script, whatever the document put into it.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";

/// A server that is bound and not yet serving.
pub struct Server {
    listener: TcpListener,
    at: SocketAddr,
    token: String,
}

/// What is answered: status, kind of content, its bytes.
struct Answer(u16, &'static str, Vec<u8>);

impl Server {
    /// Binds a port of this machine, a free one for 0.
    ///
    /// # Errors
    /// Where it cannot be had.
    pub fn bind(port: u16) -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        Ok(Self { at: listener.local_addr()?, listener, token: random()? })
    }

    /// The address to open.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.at, self.token)
    }

    /// Serves until the process ends.
    pub fn serve(self, review: Review) {
        let Self { listener, at, token } = self;
        let gate = Gate { at, token, review };
        http::serve(&listener, MAX_BODY, move |request| gate.answer(&request));
    }
}

/// Who is let in, and to what.
struct Gate {
    at: SocketAddr,
    token: String,
    review: Review,
}

impl Gate {
    fn answer(&self, request: &Request) -> http::Answer {
        let Answer(status, kind, body) = match guard::guard(|| self.route(&self.review, request)) {
            Ok(answer) => answer,
            Err(error) => failed(&error),
        };
        let headers = vec![
            ("Content-Type", kind),
            ("Content-Security-Policy", if kind == SVG { PICTURE_POLICY } else { POLICY }),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ];
        http::Answer { status, headers, body }
    }

    fn route(&self, review: &Review, request: &Request) -> Answer {
        if !self.is_asked_by_the_page(request) {
            return refused(403, "this page is for this machine alone");
        }
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        let Some((token, path)) = path.strip_prefix('/').and_then(|path| path.split_once('/')) else {
            return refused(404, "expected the address that mingzhang review printed");
        };
        if !same(token, &self.token) {
            return refused(404, "expected the address that mingzhang review printed");
        }
        // Names alone: nothing that is asked for becomes a path of the disk.
        let parts: Vec<&str> = path.split('/').collect();
        if path.contains(['%', '\\', '\0']) || parts.iter().any(|part| matches!(*part, "." | "..")) {
            return refused(400, "no such path");
        }
        let is_get = matches!(request.method.as_str(), "GET" | "HEAD");
        let is_post = request.method == "POST";
        match (parts.as_slice(), is_get, is_post) {
            ([""], true, _) => asset("index.html"),
            (["data", "list.json"], true, _) => list::list(review, review.reviewer.is_empty())
                .map_or_else(|error| failed(&error), |list| Answer(200, JSON, bytes(&list))),
            (["data", id, what], true, _) => data(review, id, what).unwrap_or_else(|error| failed(&error)),
            (["decide", id], _, true) => take(review, id, request),
            ([name], true, _) => asset(name),
            _ => refused(404, "no such page"),
        }
    }

    /// Whether a request comes from the page or from an address that was typed: another origin, or another name for this
    /// machine, is what a hostile page would come by.
    fn is_asked_by_the_page(&self, request: &Request) -> bool {
        let hosts = [self.at.to_string(), format!("localhost:{}", self.at.port())];
        let is_host = |host: &str| hosts.iter().any(|own| own == host);
        let mut named = request.values("host");
        let is_here = named.next().is_some_and(is_host) && named.next().is_none();
        let is_own = request.values("origin").all(|origin| origin.strip_prefix("http://").is_some_and(is_host));
        is_here && is_own && request.values("sec-fetch-site").all(|site| matches!(site, "same-origin" | "none"))
    }
}

/// Takes a decision.
fn take(review: &Review, id: &str, request: &Request) -> Answer {
    if !request.values("content-type").any(|kind| kind.starts_with(JSON)) {
        return refused(415, "expected JSON");
    }
    if review.reviewer.is_empty() {
        return refused(403, "expected --reviewer: nobody signs for this");
    }
    let Ok(wish) = serde_json::from_slice::<Value>(&request.body) else { return refused(400, "expected JSON") };
    if review.filed(id).is_none() {
        return refused(404, "no such document");
    }
    let document = match review.document(id) {
        Ok(document) => document,
        Err(error) => return failed(&error),
    };
    let decided = decide(review, &document, &wish);
    let state = |stroke: Option<String>, status| {
        let told =
            review.log.look(|decisions| shown::state(&document, decisions.of(id).unwrap_or(&Standing::default())));
        told.map_or_else(
            |error| failed(&error.into()),
            |state| Answer(status, JSON, bytes(&json!({"stroke": stroke, "state": state}))),
        )
    };
    match decided {
        Ok(stroke) => state(Some(stroke), 200),
        Err(Refused::Meanwhile) => state(None, 409),
        Err(Refused::Wish(reason)) => refused(422, reason),
        Err(Refused::Io(error)) => failed(&error.into()),
    }
}

/// What belongs to one document.
fn data(review: &Review, id: &str, what: &str) -> Result<Answer, Error> {
    if review.filed(id).is_none() {
        return Ok(refused(404, "no such document"));
    }
    let document = review.document(id)?;
    if what == "document.json" {
        let mut told = shown::document(&document);
        told["pictures"] = true.into();
        return Ok(Answer(200, JSON, bytes(&told)));
    }
    if what == "state.json" {
        let state =
            review.log.look(|decisions| shown::state(&document, decisions.of(id).unwrap_or(&Standing::default())))?;
        return Ok(Answer(200, JSON, bytes(&state)));
    }
    let page = what.strip_prefix("page-").and_then(|rest| rest.strip_suffix(".svg")?.parse::<u32>().ok());
    match page {
        Some(page) => Ok(Answer(200, SVG, picture::page(review, &document, page)?)),
        None => Ok(refused(404, "no such page")),
    }
}

fn asset(name: &str) -> Answer {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => Answer(200, kind, text.as_bytes().to_vec()),
        None => refused(404, "no such page"),
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn refused(status: u16, reason: &str) -> Answer {
    Answer(status, JSON, bytes(&json!({"error": reason})))
}

fn failed(error: &Error) -> Answer {
    Answer(500, JSON, bytes(&json!({"error": error.to_string(), "code": error.code()})))
}

/// Whether two texts are the same, told in a time that does not tell how much of them is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
