//! Many documents at once: order, guard, and what the library offers for it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use mingzhang::batch::{self, Input};
use mingzhang::extract_many;

use crate::shared::DUMP;

fn input(name: &str, bytes: &[u8]) -> Input {
    Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() }
}

#[test]
fn many_documents_give_one_result_each_in_the_order_given() {
    let inputs = [input("b", DUMP.as_bytes()), input("bad", b""), input("a", DUMP.as_bytes())];
    let reports = extract_many(&inputs);
    assert_eq!(reports.len(), 3);
    assert_eq!(reports[0].as_ref().unwrap().source.name, "b");
    assert_eq!(reports[1].as_ref().unwrap_err().code(), "empty-file");
    assert_eq!(reports[2].as_ref().unwrap().source.name, "a");
}

#[test]
fn a_panic_costs_its_own_document_alone() {
    let inputs: Vec<u32> = (0..50).collect();
    let mut outcomes = Vec::new();
    let work = |n: &u32| if n % 7 == 3 { panic!("document {n} is odd") } else { n * 2 };
    batch::in_order(&inputs, 3, work, |idx, outcome| {
        outcomes.push((idx, outcome.map_err(|error| error.code())));
        ControlFlow::Continue(())
    })
    .unwrap();
    let right: Vec<_> = (0..50).map(|n| (n as usize, if n % 7 == 3 { Err("internal") } else { Ok(n * 2) })).collect();
    assert_eq!(outcomes, right);
}

#[test]
fn outcomes_come_in_order_although_the_first_takes_longest() {
    let inputs: Vec<u64> = (0..12).rev().collect();
    let mut seen = Vec::new();
    let work = |n: &u64| std::thread::sleep(std::time::Duration::from_millis(*n));
    batch::in_order(&inputs, 4, work, |idx, _| {
        seen.push(idx);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(seen, (0..12).collect::<Vec<_>>());
}

#[test]
fn a_run_that_is_ended_early_starts_no_further_document() {
    let inputs: Vec<usize> = (0..1000).collect();
    let n_started = AtomicUsize::new(0);
    let work = |_: &usize| n_started.fetch_add(1, Ordering::SeqCst);
    batch::in_order(&inputs, 1, work, |_, _| ControlFlow::Break(())).unwrap();
    let n_started = n_started.load(Ordering::SeqCst);
    assert!(n_started < 20, "{n_started} were started");
}
