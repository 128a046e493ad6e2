//! `--redact contacts`: no planted name and no digit of a planted telephone number is in any output of any format.

use std::fs;
use std::path::Path;

use crate::command::{files, folder, mingzhang, status, stderr, stdout};

/// A disclosure of an invented department with contacts in every place that has some.
const DUMP: &str = "\
云岭市林草局2031年部门预算
部门负责人：赵甲乙
第一部分 概况
一、主要职责
负责全市林草工作。联系人大代表12人次，实行项目负责人负责制。
二、公开方式
咨询人员以电话答复。联系人：钱丙丁，联系电话：0731-88776655（转606）；监督电话：(0731)88776644。
赵甲乙同志分管财务，钱丙丁具体办理，也可拨打13912345678或88776655。
联 系 人：孙 戊
第二部分 预算表
预算公开表1
2031年收入预算总表
部门：云岭市林草局 单位：万元
科目编码 科目名称 合计 一般公共预算 政府性基金
合计 150.00 120.00 30.00
213 农林水支出 150.00 120.00 30.00
21302 林业和草原 150.00 120.00 30.00
2130201 行政运行 100.00 100.00
2130205 森林资源培育 50.00 20.00 30.00
单位负责人：赵甲乙 填表人：李己 联系电话：88776633
预算公开表2
项目支出绩效目标表
（2031年度）
项目名称 森林资源培育
主管部门 云岭市林草局 实施单位 云岭市林草局
项目资金（万元） 年度资金总额： 50.00
其中：财政拨款 50.00
其他资金 0.00
总体目标 由李己牵头完成造林2222亩。
绩效指标 一级指标 二级指标 三级指标 指标值
产出指标 数量指标 造林面积 ≥2222亩
负责人：周庚 经办人：吴辛壬 联系电话：0731-88776622 填报日期：20310102
";

/// What may be in no output: names, and the digits of telephone numbers.
const PLANTED: [&str; 13] = [
    "赵甲乙",
    "钱丙丁",
    "孙戊",
    "孙 戊",
    "李己",
    "周庚",
    "吴辛壬",
    "88776655",
    "88776644",
    "88776633",
    "88776622",
    "13912345678",
    "606",
];

/// Every text of an export, compressed files unpacked.
fn readable(path: &Path) -> String {
    #[cfg(feature = "parquet")]
    if path.extension().is_some_and(|e| e == "parquet") {
        use parquet::file::reader::{FileReader as _, SerializedFileReader};
        let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        return rows.join("\n");
    }
    #[cfg(feature = "xlsx")]
    if path.extension().is_some_and(|e| e == "xlsx") {
        let mut parts = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        let mut texts = String::new();
        for i in 0..parts.len() {
            std::io::Read::read_to_string(&mut parts.by_index(i).unwrap(), &mut texts).unwrap();
        }
        return texts;
    }
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

fn planted_in(text: &str) -> Vec<&'static str> {
    PLANTED.into_iter().filter(|planted| text.contains(planted)).collect()
}

fn outputs(folder: &Path, redact: bool) -> Vec<(String, String)> {
    let more = [
        (cfg!(feature = "parquet"), "parquet"),
        (cfg!(feature = "sqlite"), "sqlite"),
        (cfg!(feature = "xlsx"), "xlsx"),
    ];
    let more = more.into_iter().filter(|(is_built, _)| *is_built).map(|(_, name)| name);
    let formats = ["json", "jsonl", "csv"].into_iter().chain(more).collect::<Vec<_>>().join(",");
    let mut args = vec!["extract", "a.txt", "--format", &formats, "--out", "out"];
    if redact {
        args.extend(["--redact", "contacts"]);
    }
    let output = mingzhang(&args, folder);
    assert!(status(&output) <= 1, "{}", stderr(&output));
    let out = folder.join("out");
    let mut all: Vec<_> = files(&out).into_keys().map(|name| (name.clone(), readable(&out.join(&name)))).collect();
    all.push(("standard error".to_owned(), stderr(&output).to_owned()));
    all
}

#[test]
fn without_the_flag_the_planted_contacts_are_published() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let all = outputs(folder.path(), false);
    let report = &all.iter().find(|(name, _)| name == "a.txt.json").unwrap().1;
    // So that the next test cannot pass because nothing was there.
    assert!(planted_in(report).len() >= 10, "{:?}", planted_in(report));
    let named =
        |ending: &str| all.iter().filter(|(name, text)| name.ends_with(ending) && text.contains("赵甲乙")).count();
    assert!(named("records.jsonl") > 0 && named(".csv") > 0);
    assert!(!cfg!(feature = "parquet") || named(".parquet") > 0);
    assert!(!cfg!(feature = "sqlite") || named(".sqlite") > 0);
    // The workbook has amounts and findings, and no running text that names anybody.
}

#[test]
fn no_planted_name_or_number_is_in_any_output_of_any_format() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    for (name, text) in outputs(folder.path(), true) {
        // Hashes and sizes have digits of their own.
        let text = text.replace(&sha256(&folder.path().join("a.txt")), "");
        let found: Vec<_> =
            planted_in(&text).into_iter().filter(|planted| *planted != "606" || name.ends_with(".csv")).collect();
        assert!(found.is_empty(), "{name} holds {found:?}");
    }
    let output = mingzhang(&["extract", "a.txt", "--redact", "contacts"], folder.path());
    assert_eq!(planted_in(&stdout(&output).replace(&sha256(&folder.path().join("a.txt")), "")), Vec::<&str>::new());
}

fn sha256(path: &Path) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(fs::read(path).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn figures_and_sentences_stay() {
    let folder = folder(&[("a.txt", DUMP.as_bytes())]);
    let report =
        |args: &[&str]| -> serde_json::Value { serde_json::from_str(stdout(&mingzhang(args, folder.path()))).unwrap() };
    let whole = report(&["extract", "a.txt"]);
    let redacted = report(&["extract", "a.txt", "--redact", "contacts"]);
    let figures = |report: &serde_json::Value| -> Vec<(serde_json::Value, serde_json::Value)> {
        let rows = report["tables"][0]["rows"].as_array().unwrap();
        rows.iter().map(|row| (row["cells"].as_array().unwrap()[2..].into(), row["trust"].clone())).collect()
    };
    assert_eq!(figures(&whole), figures(&redacted));
    assert_eq!(whole["forms"][0]["funds"], redacted["forms"][0]["funds"]);
    let text = redacted["sections"].to_string();
    assert!(text.contains("联系人大代表12人次，实行项目负责人负责制"), "{text}");
    let told = redacted["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == "contact-left-out");
    assert_eq!(told.count(), 1);
}

#[test]
fn a_document_without_contacts_is_published_as_ever() {
    let folder = folder(&[("a.txt", crate::shared::DUMP.as_bytes())]);
    let whole = mingzhang(&["extract", "a.txt"], folder.path());
    let redacted = mingzhang(&["extract", "a.txt", "--redact", "contacts"], folder.path());
    assert_eq!(stdout(&whole), stdout(&redacted));
}
