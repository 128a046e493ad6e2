//! What the repair of text dumps promises: done once it stays, clean text is not changed, no digit appears or is lost
//! without a record; and it takes no more than linear time.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use mingzhang::read::{DumpLine, DumpPage};
use mingzhang::repair::{CleanDump, text};
use proptest::prelude::*;

use crate::invented::generate;
use crate::invented::knobs::{Damage, Options};
use crate::shared::shared;
use crate::text_statements::layout;

fn repaired(lines: &[String]) -> CleanDump {
    let lines = lines.iter().zip(1..).map(|(text, number)| DumpLine { number, text: text.clone() }).collect();
    text::repair(vec![DumpPage { number: 1, lines }], &mut Vec::new())
}

fn texts(dump: &CleanDump) -> Vec<String> {
    dump.pages.iter().flat_map(|page| &page.lines).map(|line| line.text.clone()).collect()
}

fn digits(text: &str) -> Vec<char> {
    let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

/// A word as tables and narrative have it, with no doubling in it.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("一、一般公共服务支出".to_owned()),
        Just("事业运行".to_owned()),
        Just("人人事事处处".to_owned()),
        Just("市市级".to_owned()),
        Just("完成率".to_owned()),
        "[1-9][0-9]{0,4}\\.[0-9]{2}",
        "2[01][0-9]{1,5}",
        "[≥≤][1-9][0-9]%",
    ]
}

/// Words with gaps of one to five spaces.
fn row() -> impl Strategy<Value = String> {
    proptest::collection::vec((word(), 1usize..6), 1..8).prop_map(|words| {
        words.into_iter().map(|(word, gap)| word + &" ".repeat(gap)).collect::<String>().trim_end().to_owned()
    })
}

/// Lines with the damage that dumps have.
fn damaged() -> impl Strategy<Value = String> {
    prop_oneof![
        row(),
        proptest::collection::vec(word(), 1..6)
            .prop_map(|words| { words.iter().map(|word| format!("{word}{word}")).collect::<Vec<_>>().join(" ") }),
        word().prop_map(|word| word.chars().flat_map(|ch| [ch, ch]).collect()),
        (word(), 1u32..99, 10u32..99).prop_map(|(word, a, b)| format!("{word} {a}     {b}.00 {a}{b}.00")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn repairing_twice_is_repairing_once(lines in proptest::collection::vec(damaged(), 1..12)) {
        let once = texts(&repaired(&lines));
        prop_assert_eq!(texts(&repaired(&once)), once.clone());
    }

    #[test]
    fn clean_rows_are_not_changed(lines in proptest::collection::vec(row(), 1..12)) {
        let dump = repaired(&lines);
        // A number cut in two and its whole beside it can come about by chance; nothing else can.
        prop_assume!(dump.repairs.iter().all(|repair| repair.kind != "split-number"));
        prop_assert_eq!(texts(&dump), lines);
    }

    #[test]
    fn no_digit_appears_and_none_is_lost_without_a_record(lines in proptest::collection::vec(damaged(), 1..12)) {
        let dump = repaired(&lines);
        for (before, after) in lines.iter().zip(texts(&dump)) {
            if digits(before) != digits(&after) {
                prop_assert!(dump.repairs.iter().any(|repair| &repair.before == before));
            }
            prop_assert!(digits(&after).len() <= digits(before).len());
        }
    }

    #[test]
    fn no_text_makes_the_stages_panic(text in "[项目合计0-9. 　\\n\\f一、第部分表（）：单位万元绩效指标名称]{0,400}") {
        if !text.trim().is_empty() {
            layout(text.as_bytes());
        }
    }
}

/// The lines of a dump after its repair, without blank ones.
fn repaired_dump(text: &str) -> Vec<String> {
    let raw = mingzhang::read::read(text.as_bytes()).unwrap();
    let mingzhang::repair::CleanBody::Dump(dump) = mingzhang::repair::repair(raw).body else { panic!("no dump") };
    texts(&dump).into_iter().filter(|line| !line.trim().is_empty()).collect()
}

proptest! {
    // Each case makes a whole document.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn damage_then_repair_gives_back_the_clean_document(seed in 0u64..1_000_000) {
        let document = generate(&Options::mixed(seed));
        let (clean, _) = document.dump("clean", &[], seed);
        let clean = repaired_dump(&clean);
        // What the repair undoes by itself; other damage needs the columns of the table, or what a line is.
        let undone = [Damage::DoubledRuns, Damage::DoubledGlyphs, Damage::CutNumbers, Damage::FullWidthDigits];
        for damage in undone {
            let (damaged, _) = document.dump("damaged", &[damage], seed);
            let repaired = repaired_dump(&damaged);
            // A cut number that begins a row of figures alone may be a code before its amounts.
            let named = |line: &str| line.contains(|ch: char| !ch.is_ascii());
            let mut lines = repaired.iter().zip(&clean);
            let differs = lines.find(|(repaired, clean)| repaired != clean && named(clean));
            prop_assert!(differs.is_none(), "{:?}: {:?}", damage, differs);
            prop_assert_eq!(repaired.len(), clean.len());
        }
    }
}

/// Time that this thread has worked, which other tests beside it do not change; by the clock where it is not told.
fn worked() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The least work that a text takes in three tries.
fn cost(text: &str) -> Duration {
    let once = |_| {
        let start = worked();
        layout(text.as_bytes());
        worked().saturating_sub(start)
    };
    (0..3).map(once).min().unwrap()
}

/// Four times the text may take this many times the work; quadratic work takes sixteen times as much.
const AT_MOST: u32 = 8;

/// What is left out of account of the greater work: caches and memory that grows.
const SLACK: Duration = Duration::from_millis(20);

#[test]
fn hostile_text_takes_no_more_than_linear_time() {
    let hostile: [fn(usize) -> String; 13] = [
        |n| "项".repeat(5 * n),
        |n| "项目 ".repeat(2 * n),
        |n| "1.00 ".repeat(2 * n),
        |n| "项目项目 合计合计\n".repeat(n),
        |n| "单位：万元\n表1\n某某表\n项目 合计\n".repeat(n / 4),
        |n| "某绩效表\n项目名称 甲\n一级指标 二级指标 三级指标 指标值\n数量指标 甲 乙 丙 丁\n".repeat(n / 4),
        |n| " ".repeat(10 * n) + "a",
        |n| "某某表\n".to_owned() + &(0..n).map(|n| format!("表{n}\n")).collect::<String>(),
        |n| "某某表\n表1 单位：元\n项目 合计 基本支出 项目支出\n".to_owned() + &"甲 1.00\n".repeat(n),
        // Dumps that keep places.
        |n| "2031年收入总表\n项目              合计\n".to_owned() + &"甲              1.00          2.00\n".repeat(n),
        |n| "2031年收入总表\n项目              合计\n".to_owned() + &"甲          1.00        ".repeat(n),
        |n| "某某表\n项目              合计\n某某某某某              某某\n".repeat(n / 2),
        |n| {
            let rows = "20101          1.00\n2010101          1.00\n".repeat(n / 2);
            "2031年收入总表\n201              1.00\n".to_owned() + &rows
        },
    ];
    for text_of in hostile {
        let (few, many) = (text_of(2_000), text_of(8_000));
        let (one, four) = (cost(&few), cost(&many));
        assert!(four <= one * AT_MOST + SLACK, "{few:.20}: four times the text takes {four:?}, not about 4 × {one:?}");
    }
}

#[test]
fn the_repairs_of_the_shared_dump_are_recorded_by_kind() {
    let Some(path) = shared("corpus/text/jincheng-2023.txt") else { return };
    let raw = mingzhang::read::read(&std::fs::read(path).unwrap()).unwrap();
    let mingzhang::repair::CleanBody::Dump(dump) = mingzhang::repair::repair(raw).body else { panic!("no dump") };
    let count = |kind: &str| dump.repairs.iter().filter(|repair| repair.kind == kind).count();
    assert_eq!(count("interleaved"), 1);
    assert_eq!(count("split-word"), 1);
    assert_eq!(count("split-number"), 26);
    assert_eq!(count("run-together"), 4);
    assert!(count("doubled-run") > 90 && count("doubled-glyph") > 5);
    // What is said twice in the text itself stays: the harmless repeats are some forty.
    let said =
        |word: &str| dump.pages.iter().flat_map(|page| &page.lines).filter(|line| line.text.contains(word)).count();
    assert!(said("人人事事处处") > 4 && said("钉钉") > 0 && said("集中集中") > 2 && said("便捷便捷") > 1);
}
