//! What a run and its workers say to each other over pipes: a line of JSON, then bytes (`docs/worker.md`).
//!
//! A worker begins with a line that says which version of this it speaks. A request is a task on one line and the document in chunks, each after its length, the last of length 0. An answer is
//! the record on one line with the lengths of the parts, and the parts one after the other.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use serde_json::{Value, json};

use crate::batch::MAX_INPUT_BYTES;
use crate::batch::options::Options;
use crate::batch::record::Record;
use crate::batch::work::{Made, Task};
use crate::emit::wire::SCHEMA_VERSION;

/// Bytes handed on at once.
const CHUNK_BYTES: usize = 64 << 10;

/// The longest line: a record with a sentence for each of very many pages.
const MAX_LINE_BYTES: u64 = 64 << 20;

/// The version of what is said here; another one is not understood.
const VERSION: u64 = 1;

/// Which end of a transfer failed.
#[derive(Debug)]
pub(super) enum Broken {
    /// The bytes could not be had.
    Source(io::Error),
    /// The bytes could not be handed on.
    Sink(io::Error),
}

/// Says what speaks here, before anything else.
pub(super) fn send_hello(out: &mut impl Write) -> io::Result<()> {
    let hello = json!({"mingzhang": env!("CARGO_PKG_VERSION"), "protocol": VERSION, "schema": SCHEMA_VERSION});
    out.write_all(format!("{hello}\n").as_bytes())?;
    out.flush()
}

/// Waits for a worker's first line.
///
/// # Errors
/// `InvalidData` where it is none of this protocol and of this version of the program.
pub(super) fn receive_hello(input: &mut impl BufRead) -> io::Result<()> {
    let expected = format!("expected a worker of mingzhang {}, protocol {VERSION}", env!("CARGO_PKG_VERSION"));
    let strange = |found: String| io::Error::new(ErrorKind::InvalidData, format!("{expected}, found {found}"));
    let said = bytes_of_line(input)?;
    if said.is_empty() {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let hello: Value = serde_json::from_slice(&said).unwrap_or_default();
    // Records of another version of the program may have other columns.
    if hello["protocol"] == VERSION && hello["mingzhang"] == env!("CARGO_PKG_VERSION") {
        return Ok(());
    }
    Err(strange(match (hello["mingzhang"].as_str(), hello["protocol"].as_u64()) {
        (Some(version), Some(protocol)) => format!("mingzhang {version}, protocol {protocol}"),
        _ => "something else".to_owned(),
    }))
}

/// Sends a task and the bytes that `document` gives.
pub(super) fn send_task(task: &Task, document: &mut impl Read, out: &mut impl Write) -> Result<(), Broken> {
    let line = json!({"name": task.name, "walked": task.walked, "options": task.options.to_json()});
    out.write_all(format!("{line}\n").as_bytes()).map_err(Broken::Sink)?;
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let n = read_some(document, &mut chunk).map_err(Broken::Source)?;
        let chunk = chunk.get(..n).unwrap_or_default();
        let length = u32::try_from(n).unwrap_or(u32::MAX);
        out.write_all(&length.to_le_bytes()).and_then(|()| out.write_all(chunk)).map_err(Broken::Sink)?;
        if n == 0 {
            return out.flush().map_err(Broken::Sink);
        }
    }
}

/// Waits for a task and its document; `None` at the end of all tasks.
pub(super) fn receive_task(input: &mut impl BufRead) -> io::Result<Option<(Task, Vec<u8>)>> {
    let Some(line) = line(input)? else { return Ok(None) };
    let task = Task {
        name: line["name"].as_str().unwrap_or_default().to_owned(),
        walked: line["walked"] == true,
        options: Options::from_json(&line["options"]),
    };
    let mut document = Vec::new();
    loop {
        let mut length = [0; 4];
        input.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        if length == 0 {
            return Ok(Some((task, document)));
        }
        if document.len() as u64 + length > MAX_INPUT_BYTES {
            return Err(io::Error::new(ErrorKind::InvalidData, "expected a document within the limit"));
        }
        let n = input.by_ref().take(length).read_to_end(&mut document)?;
        if (n as u64) < length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Sends what was made.
pub(super) fn send_made(made: &Made, out: &mut impl Write) -> io::Result<()> {
    let mut line = made.record.to_json();
    line["sha256"] = json!(made.sha256);
    line["parts"] = json!(made.parts.each_ref().map(Vec::len));
    out.write_all(format!("{line}\n").as_bytes())?;
    for part in &made.parts {
        out.write_all(part)?;
    }
    out.flush()
}

/// Waits for the head of an answer: the record, the hash of what was read, and the lengths of the parts that follow.
pub(super) fn receive_head(input: &mut impl BufRead) -> io::Result<(Record, Option<String>, [u64; 2])> {
    let line = line(input)?.ok_or(ErrorKind::UnexpectedEof)?;
    let no_answer = || io::Error::new(ErrorKind::InvalidData, "expected an answer of a worker");
    let record = Record::from_json(&line).ok_or_else(no_answer)?;
    let length = |i: usize| line["parts"][i].as_u64().ok_or_else(no_answer);
    Ok((record, line["sha256"].as_str().map(str::to_owned), [length(0)?, length(1)?]))
}

/// Hands on exactly `length` bytes.
pub(super) fn hand_on(mut length: u64, source: &mut impl Read, sink: &mut impl Write) -> Result<(), Broken> {
    let mut chunk = vec![0; CHUNK_BYTES];
    while length > 0 {
        let n = read_some(&mut source.take(length), &mut chunk).map_err(Broken::Source)?;
        if n == 0 {
            return Err(Broken::Source(ErrorKind::UnexpectedEof.into()));
        }
        sink.write_all(chunk.get(..n).unwrap_or_default()).map_err(Broken::Sink)?;
        length = length.saturating_sub(n as u64);
    }
    Ok(())
}

fn read_some(source: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(chunk) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn bytes_of_line(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    Ok(line)
}

fn line(input: &mut impl BufRead) -> io::Result<Option<Value>> {
    let line = bytes_of_line(input)?;
    if line.is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::options::Records;

    #[test]
    fn a_task_and_its_document_arrive_as_they_were_sent() {
        let options = Options { report: None, records: Some(Records::JsonLines), ..Options::default() };
        let task = Task { name: "预算 \"a\".pdf".into(), walked: true, options };
        let document: Vec<u8> = (0..200_000u32).map(|i| i as u8).collect();
        let mut pipe = Vec::new();
        send_task(&task, &mut document.as_slice(), &mut pipe).unwrap();
        send_task(&task, &mut [].as_slice(), &mut pipe).unwrap();
        let mut pipe = pipe.as_slice();
        assert_eq!(receive_task(&mut pipe).unwrap(), Some((task.clone(), document)));
        assert_eq!(receive_task(&mut pipe).unwrap(), Some((task, Vec::new())));
        assert_eq!(receive_task(&mut pipe).unwrap(), None);
    }

    #[test]
    fn only_a_worker_of_the_same_version_is_understood() {
        let mut hello = Vec::new();
        send_hello(&mut hello).unwrap();
        receive_hello(&mut hello.as_slice()).unwrap();
        let cases = [
            (r#"{"mingzhang":"0.0.1","protocol":9,"schema":"1"}"#, "found mingzhang 0.0.1, protocol 9"),
            (r#"{"answer":1}"#, "found something else"),
            ("Python 3", "found something else"),
        ];
        for (said, told) in cases {
            let error = receive_hello(&mut format!("{said}\n").as_bytes()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidData);
            assert!(error.to_string().ends_with(told), "{error}");
        }
        assert_eq!(receive_hello(&mut [].as_slice()).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error_of_the_source() {
        let mut made = Made::default();
        made.parts[1] = b"records".to_vec();
        let mut pipe = Vec::new();
        send_made(&made, &mut pipe).unwrap();
        let mut pipe = &pipe[..pipe.len() - 1];
        let (_, _, lengths) = receive_head(&mut pipe).unwrap();
        assert_eq!(lengths, [0, 7]);
        assert!(matches!(hand_on(7, &mut pipe, &mut Vec::new()), Err(Broken::Source(_))));
    }
}
