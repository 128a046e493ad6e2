//! Forms without rulings.

use mingzhang::interpret::form::interpret;
use mingzhang::segment::Region;

use super::drawn::{funds, indicators, text};
use crate::page::layout;

#[test]
fn a_form_without_rulings_is_read_by_its_labels_and_by_where_texts_stand() {
    let drawing = "
                 项目支出绩效目标表
项目名称        林木养护
主管部门        某市园林局      实施单位      某市苗圃
项目资金（元）  年度资金总额：        3,000  
                其中：省级资金        3,000  
总体目标        种树
一级指标    二级指标    三级指标    指标值
            数量指标    种树        9棵
产出指标
            质量指标    成活率      90%
满意度指标  服务对象    满意程度    95%
";
    let forms: Vec<_> = layout(&[drawing])
        .regions
        .into_iter()
        .filter_map(|region| match region {
            Region::Form(form) => Some(form),
            Region::Table(_) | Region::Narrative(_) => None,
        })
        .collect();
    assert_eq!(forms.len(), 1);
    let mut notes = Vec::new();
    let form = interpret(forms[0].clone(), 0, &mut notes);
    assert_eq!(form.title.as_deref(), Some("项目支出绩效目标表"));
    assert_eq!(form.project_name.as_deref(), Some("林木养护"));
    assert_eq!(form.implementing_unit.as_deref(), Some("某市苗圃"));
    assert_eq!(funds(&form), ["Total Annual 3000", "Provincial Annual 3000"]);
    assert_eq!(text(&form, "goal_annual"), Some("种树"));
    assert_eq!(
        indicators(&form),
        [
            "Annual 产出指标/数量指标/种树 9棵",
            "Annual 产出指标/质量指标/成活率 90%",
            "Annual 满意度指标/服务对象/满意程度 95%"
        ]
    );
}
