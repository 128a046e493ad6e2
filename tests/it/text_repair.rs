//! What the repair of text dumps promises: done once it stays, clean text is not changed, no digit appears or is lost
//! without a record; and it takes no more than linear time.

use std::time::{Duration, Instant};

use mingzhang::read::{DumpLine, DumpPage};
use mingzhang::repair::{CleanDump, text};
use proptest::prelude::*;

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

#[test]
fn hostile_text_takes_no_more_than_linear_time() {
    let hostile = [
        "项".repeat(200_000),
        "项目 ".repeat(60_000),
        "1.00 ".repeat(60_000),
        "项目项目 合计合计\n".repeat(20_000),
        "单位：万元\n表1\n某某表\n项目 合计\n".repeat(8_000),
        "某绩效表\n项目名称 甲\n一级指标 二级指标 三级指标 指标值\n数量指标 甲 乙 丙 丁\n".repeat(4_000),
        " ".repeat(300_000) + "a",
        "某某表\n".to_owned() + &(0..40_000).map(|n| format!("表{n}\n")).collect::<String>(),
        "某某表\n表1 单位：元\n项目 合计 基本支出 项目支出\n".to_owned() + &"甲 1.00\n".repeat(20_000),
        // Dumps that keep places.
        "2031年收入总表\n项目              合计\n".to_owned() + &"甲              1.00          2.00\n".repeat(20_000),
        "2031年收入总表\n项目              合计\n".to_owned() + &"甲          1.00        ".repeat(20_000),
        "某某表\n项目              合计\n某某某某某              某某\n".repeat(8_000),
        "2031年收入总表\n201              1.00\n".to_owned()
            + &"20101          1.00\n2010101          1.00\n".repeat(10_000),
    ];
    for text in hostile {
        let start = Instant::now();
        layout(text.as_bytes());
        assert!(start.elapsed() < Duration::from_secs(20), "{:.20} took {:?}", text, start.elapsed());
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
