//! A worker process: documents come in over a pipe, one at a time, and what is made of them goes out over another.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process;
use std::sync::{Arc, mpsc};
use std::thread;

use crate::batch::guard::STACK_BYTES;
use crate::batch::work::{self, Task};
use crate::batch::{limits, protocol};
use crate::hex::sha256;
use crate::read::scan::Ocr;

/// What goes wrong on purpose, for tests of what a run makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    Abort,
    Loop,
    EatMemory,
    Panic,
    HalfAnswer,
}

/// Harm that is done when a certain document comes: `abort=SHA256`, also `loop`, `eat`, `panic` and `half`, with the
/// first digits of the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plant {
    harm: Harm,
    sha256_prefix: String,
}

impl std::str::FromStr for Plant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (harm, prefix) = text.split_once('=').ok_or("expected HARM=SHA256")?;
        let harm = match harm {
            "abort" => Harm::Abort,
            "loop" => Harm::Loop,
            "eat" => Harm::EatMemory,
            "panic" => Harm::Panic,
            "half" => Harm::HalfAnswer,
            _ => return Err("expected abort, loop, eat, panic or half".to_owned()),
        };
        Ok(Self { harm, sha256_prefix: prefix.to_owned() })
    }
}

/// Serves documents until the input ends; then the process ends at once, whatever it is at: its run is gone.
///
/// # Errors
/// Where the limit of memory cannot be set, the input is no request, or the output cannot be written.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    memory_limit: u64,
    plants: Vec<Plant>,
    ocr: Option<Arc<Ocr>>,
) -> io::Result<()> {
    limits::limit_memory(memory_limit)?;
    let (sender, receiver) = mpsc::sync_channel(0);
    thread::Builder::new().name("requests".to_owned()).spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            match protocol::receive_task(&mut input) {
                Ok(Some(task)) => {
                    if sender.send(task).is_err() {
                        return;
                    }
                }
                Ok(None) => process::exit(0),
                Err(_) => process::exit(3),
            }
        }
    })?;
    let work = move || {
        let mut output = BufWriter::new(output);
        protocol::send_hello(&mut output)?;
        for (task, bytes) in receiver {
            answer(&task, &bytes, ocr.as_deref(), &plants, &mut output)?;
        }
        Ok(())
    };
    let worker = thread::Builder::new().name("mingzhang".to_owned()).stack_size(STACK_BYTES).spawn(work)?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("the worker's thread panicked")))
}

fn answer(task: &Task, bytes: &[u8], ocr: Option<&Ocr>, plants: &[Plant], output: &mut impl Write) -> io::Result<()> {
    let harm = harm(bytes, plants);
    match harm {
        Some(Harm::Abort) => process::abort(),
        Some(Harm::Loop) => loop {
            thread::park();
        },
        Some(Harm::EatMemory) => {
            let mut eaten = Vec::new();
            loop {
                eaten.push(vec![1_u8; 16 << 20]);
            }
        }
        _ => {}
    }
    let made = match harm {
        Some(Harm::Panic) => {
            let panic = super::guard::guard(|| std::panic::panic_any("planted"));
            panic.map_or_else(|error| work::Made::failed(&error), |()| work::Made::default())
        }
        _ => work::make(task, bytes, ocr),
    };
    if harm == Some(Harm::HalfAnswer) {
        let mut whole = Vec::new();
        protocol::send_made(&made, &mut whole)?;
        output.write_all(whole.get(..whole.len() / 2).unwrap_or_default())?;
        output.flush()?;
        process::abort();
    }
    protocol::send_made(&made, output)
}

fn harm(bytes: &[u8], plants: &[Plant]) -> Option<Harm> {
    if plants.is_empty() {
        return None;
    }
    let hash = sha256(bytes);
    plants.iter().find(|plant| hash.starts_with(&plant.sha256_prefix)).map(|plant| plant.harm)
}
