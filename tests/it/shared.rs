//! Documents for tests: a dump made here, and the shared corpus where it stands beside the project.

use std::path::{Path, PathBuf};

/// A disclosure of an invented department as an extractor dumps it: one statement, figures that add up.
pub const DUMP: &str = "\
云岭市林草局2031年部门预算
第一部分 概况
一、主要职责
负责全市林草工作。
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
";

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder or file of the shared corpus; says that the test is skipped where there is none.
pub fn shared(path: &str) -> Option<PathBuf> {
    let shared = root().join("../shared").join(path);
    if !shared.exists() {
        eprintln!("skipped: {} is absent", shared.display());
        return None;
    }
    Some(shared)
}

/// The files of a folder with an extension, sorted.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    files
}
