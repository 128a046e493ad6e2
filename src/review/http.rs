//! As much of HTTP as one page on this machine takes: a request a connection, each in a thread of its own.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Connections at work at one time; who comes when there are more is turned away.
const MAX_CONNECTIONS: usize = 64;

/// How long a request may take to come in, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(20);

/// The request line and the headers are no longer than this together.
const MAX_HEAD: u64 = 32 * 1024;

/// A request.
pub(super) struct Request {
    /// `GET`, `POST`, …
    pub(super) method: String,
    /// What is asked for, as it was sent.
    pub(super) target: String,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
    /// What came with it.
    pub(super) body: Vec<u8>,
}

impl Request {
    /// The values of a header, by its name in lower case.
    pub(super) fn values<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub(super) struct Answer {
    /// The status.
    pub(super) status: u16,
    /// Names and values of headers, those of the connection and the length left out.
    pub(super) headers: Vec<(&'static str, &'static str)>,
    /// The content.
    pub(super) body: Vec<u8>,
}

/// Answers requests until the process ends; bodies longer than `max_body` are refused.
pub(super) fn serve(
    listener: &TcpListener,
    max_body: usize,
    answer: impl Fn(Request) -> Answer + Send + Sync + 'static,
) {
    let (answer, n_open) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
    for stream in listener.incoming().flatten() {
        if n_open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            n_open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (answer, counted) = (Arc::clone(&answer), Arc::clone(&n_open));
        let work = move || {
            // A connection that breaks off is nobody's loss.
            let _ = connection(&stream, max_body, answer.as_ref());
            counted.fetch_sub(1, Ordering::SeqCst);
        };
        if thread::Builder::new().name("connection".to_owned()).spawn(work).is_err() {
            n_open.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn connection(stream: &TcpStream, max_body: usize, answer: &dyn Fn(Request) -> Answer) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (answered, is_head) = match request(stream, max_body)? {
        Ok(request) => {
            let is_head = request.method == "HEAD";
            (answer(request), is_head)
        }
        Err(status) => (Answer { status, headers: Vec::new(), body: Vec::new() }, false),
    };
    let mut head = format!("HTTP/1.1 {} {}\r\n", answered.status, if answered.status < 400 { "OK" } else { "Refused" });
    for (name, value) in &answered.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", answered.body.len()));
    let mut out = stream;
    out.write_all(head.as_bytes())?;
    if !is_head {
        out.write_all(&answered.body)?;
    }
    out.flush()
}

/// The request of a connection, or the status that refuses it.
fn request(stream: &TcpStream, max_body: usize) -> io::Result<Result<Request, u16>> {
    let mut reader = BufReader::new(stream).take(MAX_HEAD);
    let mut line = |lines: &mut Vec<String>| -> io::Result<bool> {
        let mut bytes = Vec::new();
        reader.read_until(b'\n', &mut bytes)?;
        let is_whole = bytes.ends_with(b"\n");
        lines.push(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned());
        Ok(is_whole)
    };
    let mut lines = Vec::new();
    loop {
        if !line(&mut lines)? {
            return Ok(Err(400));
        }
        if lines.last().is_some_and(String::is_empty) {
            break;
        }
    }
    let mut lines = lines.into_iter();
    let first = lines.next().unwrap_or_default();
    let mut words = first.split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Ok(Err(400));
    };
    let mut headers = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let Some((name, value)) = line.split_once(':') else { return Ok(Err(400)) };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
    if request.values("transfer-encoding").next().is_some() {
        return Ok(Err(411));
    }
    let length = request.values("content-length").next().map_or(Ok(0), str::parse::<usize>);
    match length {
        Ok(length) if length <= max_body => {
            reader.set_limit(length as u64);
            reader.read_to_end(&mut request.body)?;
            if request.body.len() == length { Ok(Ok(request)) } else { Ok(Err(400)) }
        }
        Ok(_) => Ok(Err(413)),
        Err(_) => Ok(Err(400)),
    }
}
