//! Forms of the shared text dump.

use mingzhang::note::NoteKind;
use mingzhang::segment::{FormRegion, Region};

use crate::shared::shared;
use crate::text_statements::layout;

fn cell<'a>(form: &'a FormRegion, label: &str) -> Option<&'a str> {
    let label = form.cells.iter().find(|cell| cell.lines.concat() == label)?;
    let right = form.cells.iter().find(|cell| cell.row == label.row && cell.column > label.column)?;
    right.lines.first().map(String::as_str)
}

#[test]
fn the_form_pages_of_the_shared_dump_become_their_forms() {
    let Some(path) = shared("corpus/text/jincheng-2023.txt") else { return };
    let layout = layout(&std::fs::read(path).unwrap());
    let forms: Vec<&FormRegion> = layout
        .regions
        .iter()
        .filter_map(|region| match region {
            Region::Form(form) => Some(form),
            _ => None,
        })
        .collect();
    assert_eq!(forms.len(), 33);
    let pages: Vec<u32> = forms.iter().flat_map(|form| form.pages.iter().copied()).collect();
    assert_eq!(pages, (23..=77).collect::<Vec<_>>());
    for form in forms {
        assert_eq!(form.footer.len(), 1, "signatures once, on the last page");
        for label in
            ["项目名称", "主管部门及代码", "实施单位", "项目属性", "项目期", "项目概况", "立项依据", "项目实施计划"]
        {
            assert!(cell(form, label).is_some_and(|value| !value.is_empty()), "{label} on page {}", form.pages[0]);
        }
        let total = |label: &str| -> u64 { cell(form, label).unwrap().replace(',', "").parse().unwrap() };
        let (period, year) = (total("实施期资金总额："), total("年度资金总额："));
        assert!(year > 0 && year <= period, "page {}", form.pages[0]);
        // The years of a period and the year add up to the money of the municipality, the one source there is.
        assert_eq!(total("市县（区）财政资金"), period);
        let n_levels =
            form.cells.iter().filter(|cell| cell.column == 1 && cell.lines.concat().ends_with("指标")).count();
        assert!(n_levels > 2, "three first levels and the header");
    }
}

#[test]
fn a_project_name_that_words_were_cut_out_of_is_told() {
    let told = |name: &str| -> Vec<String> {
        let drawn = format!(
            "项目支出绩效目标申报表\n（2031年度）\n项目名称 {name}\n主管部门及代码 市气象局 实施单位 市气象台\n\
             绩效指标 一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 预警次数 3次\n"
        );
        let notes = layout(drawn.as_bytes()).notes.into_iter();
        let missing = notes.filter(|note| note.kind == NoteKind::WordsMissing);
        missing.map(|note| format!("p{} {}", note.provenance.unwrap().page, note.message)).collect()
    };
    assert_eq!(told("业务 系统  改造"), ["p1 words are cut out of `业务 系统 改造`: what is left is published"]);
    // One gap may be the extractor's.
    assert_eq!(told("业务 系统改造"), [""; 0]);
}
