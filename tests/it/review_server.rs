//! The server of `mingzhang review`: who is let in, and that nothing which was acknowledged is lost.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::ops::Deref;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::command::{command, folder, mingzhang, status, stderr};
use crate::shared::DUMP;

/// A server of a folder `done`, killed at its end.
pub struct Server {
    child: Child,
    address: Address,
}

/// Where a server is asked.
#[derive(Clone)]
pub struct Address {
    host: String,
    token: String,
}

impl Deref for Server {
    type Target = Address;

    fn deref(&self) -> &Address {
        &self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub fn start(folder: &Path, reviewer: &str) -> Self {
        Self::of(command(&["review", "done", "--reviewer", reviewer, "--no-open"], folder))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (host, token) = line.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        let address = Address { host: host.to_owned(), token: token.trim_end_matches('/').to_owned() };
        Self { child, address }
    }
}

impl Address {
    /// Status and content of a request that is sent as it stands.
    fn raw(&self, request: &str) -> Option<(u16, Vec<u8>)> {
        let mut stream = TcpStream::connect(&self.host).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let text = String::from_utf8_lossy(&answer);
        let head = text.find("\r\n\r\n")?;
        let told = text.split(' ').nth(1)?.parse().ok()?;
        Some((told, answer.get(head + 4..)?.to_vec()))
    }

    fn get_with(&self, path: &str, host: &str, headers: &str) -> u16 {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n")).unwrap().0
    }

    pub fn get(&self, path: &str) -> Json {
        let request = format!("GET /{}/{path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.token, self.host);
        let (told, body) = self.raw(&request).unwrap();
        assert_eq!(told, 200, "{path}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    /// What comes of a wish; `None` where the server is gone.
    pub fn decide(&self, id: &str, wish: &Json) -> Option<(u16, Json)> {
        let body = wish.to_string();
        let (told, body) = self.raw(&format!(
            "POST /{}/decide/{id} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.token,
            body.len(),
            host = self.host
        ))?;
        Some((told, serde_json::from_slice(&body).ok()?))
    }
}

/// A folder with one dump, extracted to `done`, and the id of its report.
pub fn reviewed_dump() -> (TempDir, String) {
    let folder = folder(&[("in/a.txt", DUMP.as_bytes())]);
    let output = mingzhang(&["extract", "in", "--out", "done", "--quiet"], folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let index: Json =
        serde_json::from_str(&fs::read_to_string(folder.path().join("done/index.jsonl")).unwrap()).unwrap();
    (folder, index["sha256"].as_str().unwrap().to_owned())
}

/// The lines of the file of decisions.
pub fn decisions(folder: &Path) -> Vec<Json> {
    let text = fs::read_to_string(folder.join("done/review.jsonl")).unwrap();
    text.lines().filter(|line| !line.is_empty()).filter_map(|line| serde_json::from_str(line).ok()).collect()
}

#[test]
fn only_the_page_itself_is_let_in() {
    let (folder, id) = reviewed_dump();
    let server = Server::start(folder.path(), "甲");
    let (host, page) = (server.host.clone(), format!("/{}/", server.token));
    let list = format!("{page}data/list.json");
    assert_eq!(server.get_with(&page, &host, ""), 200);
    assert_eq!(server.get_with(&list, &host, &format!("Origin: http://{host}\r\n")), 200);
    for (host, headers) in [
        (host.as_str(), "Origin: http://elsewhere.example\r\n"),
        (&host, "Origin: null\r\n"),
        (&host, &format!("Origin: https://{host}\r\n")),
        (&host, "Sec-Fetch-Site: cross-site\r\n"),
        ("elsewhere.example", ""),
        (&format!("{host}\r\nHost: elsewhere.example"), ""),
    ] {
        assert_eq!(server.get_with(&list, host, headers), 403, "{host} {headers}");
    }
    let guessed = format!("/{}/data/list.json", "0".repeat(32));
    for path in ["/", "/data/list.json", &guessed, &list[1..]] {
        assert!([400, 404].contains(&server.get_with(path, &host, "")), "{path}");
    }
    let forged = json!({"decision": "noted", "cell": "t0-0-2", "note": "x"}).to_string();
    let post = |headers: &str| {
        server
            .raw(&format!(
                "POST {page}decide/{id} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {}\r\n\r\n{forged}",
                forged.len()
            ))
            .unwrap()
            .0
    };
    assert_eq!(post("Content-Type: application/json\r\nOrigin: http://elsewhere.example\r\n"), 403);
    // What a form of another page can send without asking.
    assert_eq!(post("Content-Type: text/plain\r\n"), 415);
    assert!(!folder.path().join("done/review.jsonl").exists());
}

#[test]
fn without_a_name_nothing_is_decided() {
    let (folder, id) = reviewed_dump();
    let server = Server::of(command(&["review", "done", "--no-open"], folder.path()));
    assert_eq!(server.get("data/list.json")["readonly"], true);
    assert_eq!(server.decide(&id, &json!({"decision": "noted", "cell": "t0-0-2", "note": "x"})).unwrap().0, 403);
    assert!(!folder.path().join("done/review.jsonl").exists());
}

#[test]
fn no_path_leaves_the_page() {
    let (folder, id) = reviewed_dump();
    let server = Server::start(folder.path(), "甲");
    let page = format!("/{}/", server.token);
    for path in [
        "../done/index.jsonl",
        "data/../../index.jsonl",
        "..%2findex.jsonl",
        "%2e%2e/index.jsonl",
        "data/..\\index.jsonl",
        "data/%00/document.json",
        "index.jsonl",
        "/etc/passwd",
        "data/../list.json",
        &format!("data/{id}/../list.json"),
        &format!("data/{id}/page-..svg"),
        "data/in/a.txt",
    ] {
        let told = server.get_with(&format!("{page}{path}"), &server.host, "");
        assert!([400, 404].contains(&told), "{path}: {told}");
    }
}

#[test]
fn a_report_that_the_index_puts_outside_of_the_folder_is_not_read() {
    let (folder, id) = reviewed_dump();
    let index = folder.path().join("done/index.jsonl");
    let line = fs::read_to_string(&index).unwrap().replace("a.txt.json", "../secret.json");
    fs::write(&index, line).unwrap();
    fs::write(folder.path().join("secret.json"), r#"{"report": {"department": "秘密"}}"#).unwrap();
    let server = Server::start(folder.path(), "甲");
    let list = server.get("data/list.json");
    assert_eq!(list["documents"][0]["id"], id.as_str());
    assert!(!list.to_string().contains("秘密"));
}

#[test]
fn broken_requests_are_refused_and_the_next_one_is_served() {
    let (folder, _) = reviewed_dump();
    let server = Server::start(folder.path(), "甲");
    let token = &server.token;
    for request in [
        "\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        format!("GET /{token}/ HTTP/3\r\n\r\n"),
        format!("GET /{token}/ HTTP/1.1\r\nno colon\r\n\r\n"),
        format!("POST /{token}/decide/x HTTP/1.1\r\nHost: {}\r\nContent-Length: 99999999\r\n\r\n", server.host),
        format!(
            "POST /{token}/decide/x HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            server.host
        ),
    ] {
        let told = server.raw(&request).unwrap().0;
        assert!((400..500).contains(&told), "{request}: {told}");
    }
    assert_eq!(server.get("data/list.json")["documents"].as_array().unwrap().len(), 1);
}

#[test]
fn two_reviewers_at_once_lose_nothing() {
    let (folder, id) = reviewed_dump();
    let servers = [Server::start(folder.path(), "甲"), Server::start(folder.path(), "乙")];
    let strokes: BTreeSet<String> = thread::scope(|scope| {
        let threads: Vec<_> = servers
            .iter()
            .flat_map(|server| [server, server])
            .enumerate()
            .map(|(who, server)| {
                let id = &id;
                scope.spawn(move || {
                    let wish = |n: usize| json!({"decision": "noted", "cell": "t0-0-2", "note": format!("{who}-{n}")});
                    let noted = (0..8).map(|n| server.decide(id, &wish(n)).unwrap());
                    noted
                        .map(|(told, said)| {
                            assert_eq!(told, 200, "{said}");
                            said["stroke"].as_str().unwrap().to_owned()
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(strokes.len(), 32);
    let lines = decisions(folder.path());
    let kept: BTreeSet<String> = lines.iter().map(|line| line["stroke"].as_str().unwrap().to_owned()).collect();
    assert_eq!((lines.len(), kept), (32, strokes));
    // Each server has seen what the other one took.
    for server in &servers {
        let state = server.get(&format!("data/{id}/state.json"));
        assert_eq!(state["stale"], json!([]));
    }
    assert_eq!(lines.iter().filter(|line| line["reviewer"] == "乙").count(), 16);
}

#[test]
fn who_has_not_seen_what_is_decided_is_told_first() {
    let planted = fs::read(crate::shared::root().join("corpus/planted-contradictions.pdf")).unwrap();
    let folder = folder(&[("in/a.pdf", &planted)]);
    mingzhang(&["extract", "in", "--out", "done", "--quiet"], folder.path());
    let (one, two) = (Server::start(folder.path(), "甲"), Server::start(folder.path(), "乙"));
    let id = one.get("data/list.json")["documents"][0]["id"].as_str().unwrap().to_owned();
    let wish = json!({"decision": "accepted", "item": "contradicted-0", "reason": "source-error", "mark": ""});
    assert_eq!(one.decide(&id, &wish).unwrap().0, 200);
    let (told, said) = two.decide(&id, &wish).unwrap();
    assert_eq!((told, &said["state"]["items"]["contradicted-0"]["decided"]["by"]), (409, &json!("甲")));
    let mark = &said["state"]["items"]["contradicted-0"]["mark"];
    let again = json!({"decision": "accepted", "item": "contradicted-0", "reason": "uncheckable", "mark": mark});
    assert_eq!(two.decide(&id, &again).unwrap().0, 200);
    // Both are in the file, and undoing the second brings back the first.
    let stroke = decisions(folder.path()).last().unwrap()["stroke"].clone();
    let (told, said) = two.decide(&id, &json!({"decision": "undone", "stroke": stroke})).unwrap();
    assert_eq!((told, &said["state"]["items"]["contradicted-0"]["decided"]["by"]), (200, &json!("甲")));
    let (told, _) = two.decide(&id, &json!({"decision": "undone", "stroke": stroke})).unwrap();
    assert_eq!(told, 409, "what is undone cannot be undone again");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let (folder, id) = reviewed_dump();
    for round in 0..3_u64 {
        let mut server = Server::start(folder.path(), "甲");
        let before = folder.path().join("done/review.jsonl").exists().then(|| decisions(folder.path()).len());
        let (sender, acknowledged) = mpsc::channel();
        let (address, id) = (server.address.clone(), id.clone());
        let asks = thread::spawn(move || {
            for n in 0.. {
                let wish = json!({"decision": "noted", "cell": "t0-0-2", "note": format!("{round}-{n}")});
                match address.decide(&id, &wish) {
                    Some((200, said)) => sender.send(said["stroke"].as_str().unwrap().to_owned()).unwrap(),
                    _ => break,
                }
            }
        });
        let first = acknowledged.recv_timeout(Duration::from_secs(60)).unwrap();
        thread::sleep(Duration::from_millis(20 + 31 * round));
        server.child.kill().unwrap();
        asks.join().unwrap();
        let acknowledged: Vec<String> = std::iter::once(first).chain(acknowledged.try_iter()).collect();
        let kept: BTreeSet<String> =
            decisions(folder.path()).iter().map(|line| line["stroke"].as_str().unwrap().to_owned()).collect();
        assert!(acknowledged.iter().all(|stroke| kept.contains(stroke)), "round {round}");
        assert!(kept.len() >= before.unwrap_or(0) + acknowledged.len());
    }
    // A line that breaks off, as a kill amid writing leaves it, spoils neither those before nor the next one.
    let path = folder.path().join("done/review.jsonl");
    let n_whole = decisions(folder.path()).len();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}{{\"report_id\":\"{id}\",\"tab")).unwrap();
    let server = Server::start(folder.path(), "乙");
    assert_eq!(server.decide(&id, &json!({"decision": "noted", "cell": "t0-0-2", "note": "又来"})).unwrap().0, 200);
    assert_eq!(decisions(folder.path()).len(), n_whole + 1);
}
