//! Labels of declaration forms (绩效目标表, 绩效自评表) and what they stand for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::compatibility::nfkc;
use crate::names::names;

/// What a label cell of a form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormLabel {
    /// A typed field of its own.
    Field(FormField),
    /// Free text under a stable key.
    Text(&'static str),
    /// A goal, for the time that the label names or, where it names none, that its place on the form tells.
    Goal(Option<Horizon>),
    /// A line of the funds.
    Fund(FundLine, Option<Horizon>),
    /// The label of the block of funds; the unit may stand in it.
    FundBlock,
    /// A column of funds that is not this year's budget: 年初预算数, 执行率 of a self-evaluation.
    FundColumn(FundColumn),
    /// A column header of the indicators.
    Indicator(IndicatorColumn),
    /// A column header of a department's main tasks.
    Task(TaskColumn),
    /// Who signed, and when.
    Signature(SignatureField),
    /// The label of a block that only groups what stands right of it: 绩效指标, 年度主要任务.
    Block,
    /// 总分, the sum of the scores.
    TotalScore,
}

/// A typed field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    /// 项目名称
    ProjectName,
    /// 主管部门, with its code or without.
    Department,
    /// 部门代码
    DepartmentCode,
    /// 实施单位
    ImplementingUnit,
    /// 项目属性
    Attribute,
    /// 项目期
    Period,
}

/// Whose money a fund line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FundSource {
    /// 资金总额
    Total,
    /// 中央
    Central,
    /// 省级
    Provincial,
    /// 市县
    Local,
    /// 自筹
    SelfRaised,
    /// 其他
    Other,
}

names!(FundSource {
    Total = "total",
    Central = "central",
    Provincial = "provincial",
    Local = "local",
    SelfRaised = "self_raised",
    Other = "other",
});

/// The time that a fund line or an indicator is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Horizon {
    /// 实施期
    Period,
    /// 年度
    #[default]
    Annual,
}

names!(Horizon {
    Period = "period",
    Annual = "annual",
});

/// A line of a form's funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FundLine {
    /// One of the published sources.
    Source(FundSource),
    /// 财政拨款, 财政资金: a part of the total that is published as a text.
    Fiscal,
    /// 上年结转
    Carryover,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 市级支出: the part that a city spends itself.
    Municipal,
    /// 补助区县: the part that a city hands on to its districts.
    Districts,
}

/// A column of a self-evaluation's funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FundColumn {
    /// 年初预算数
    Initial,
    /// 全年预算数
    Budget,
    /// 全年执行数
    Executed,
    /// 执行率
    Rate,
    /// 合计 of a group of columns.
    Sum,
}

/// A column of the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndicatorColumn {
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标
    Level3,
    /// 指标值
    Value,
    /// Any further column, by its stable key.
    Extra(&'static str),
}

/// A column of a department's main tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskColumn {
    /// 任务名称
    Name,
    /// 主要内容
    Content,
    /// 预算金额, the header over the amounts.
    Amounts,
    /// 总额
    Total,
}

/// A part of the line of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureField {
    /// 负责人
    Responsible,
    /// 经办人
    Handler,
    /// 联系电话
    Phone,
    /// 填报日期
    FilledAt,
}

impl FormLabel {
    /// The column of indicators that it heads, if it heads one.
    pub fn indicator(self) -> Option<IndicatorColumn> {
        match self {
            Self::Indicator(column) => Some(column),
            _ => None,
        }
    }

    /// The label that a cell or a piece of a line prints, however it is spaced, bracketed or punctuated.
    pub fn of(text: &str) -> Option<Self> {
        // Without brackets little is left out of a text, so that a long one stays too long.
        let is_bracket = |ch: char| matches!(plain(ch), '(' | '[') || ch == '（' || ch == '［';
        if text.chars().filter(|ch| !ch.is_whitespace()).count() > 2 * MAX_LABEL_CHARS && !text.contains(is_bracket) {
            return None;
        }
        let kept = kept(text);
        let key = core(&kept);
        // The longest label is 保证项目实施的制度、措施 and its like: text beyond that is no label.
        if key.is_empty() || key.chars().count() > MAX_LABEL_CHARS {
            return None;
        }
        static BY_WORDS: LazyLock<HashMap<&'static str, FormLabel>> = LazyLock::new(|| {
            let mut labels = HashMap::new();
            for (words, label) in LABELS {
                for word in words.split('|') {
                    labels.entry(word).or_insert(*label);
                }
            }
            labels
        });
        BY_WORDS.get(key).copied()
    }
}

/// A normalised label has at most this many characters.
const MAX_LABEL_CHARS: usize = 18;

/// A label as it is compared: no white space, no bracketed remark, no 其中, no enumerator, no colon at its end.
pub fn normalize(text: &str) -> String {
    core(&kept(text)).to_owned()
}

/// A text without white space and bracketed remarks.
fn kept(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for ch in nfkc(text).chars() {
        match plain(ch) {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            // A full stop is what overflowed from the cell above.
            ch if depth > 0 || ch.is_whitespace() || matches!(ch, '*' | '。') => {}
            ch => out.push(ch),
        }
    }
    out
}

/// A text without what leads to a label and what ends it.
fn core(text: &str) -> &str {
    let mut rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '.' || ch == '、');
    rest = rest.strip_prefix("其中").unwrap_or(rest).trim_matches(':');
    rest.trim_matches(|ch| matches!(ch, ',' | ';' | '、' | '-'))
}

/// Brackets of every kind become square ones, colons of every kind the ASCII one.
fn plain(ch: char) -> char {
    match ch {
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '︰' | '∶' => ':',
        _ => ch,
    }
}

use FormField::{Attribute, Department, DepartmentCode, ImplementingUnit, Period, ProjectName};
use FormLabel::{Block, Field, Fund, FundBlock, Goal, Indicator, Signature, Task, Text, TotalScore};
use FundLine::{Basic, Carryover, Districts, Fiscal, Municipal, Project, Source};

/// Every label, without bracketed remarks; words of one meaning are separated by `|`.
#[rustfmt::skip]
const LABELS: &[(&str, FormLabel)] = &[
    // Fields.
    ("项目名称|转移支付名称|专项转移支付名称|转移支付项目名称|资金名称|政策和项目名称|政策名称|专项名称|专项资金名称|项目政策名称|政策项目名称|支出项目名称|一级项目名称|二级项目名称|预算项目名称", Field(ProjectName)),
    ("主管部门|主管部门及代码|主管部门及编码|主管部门名称|主管单位|主管单位及代码|部门名称|预算部门|预算部门名称|填报部门|部门|市级主管部门|省级主管部门|区级主管部门|县级主管部门|业务主管部门|预算主管部门|预算单位|预算单位名称|部门预算单位|单位名称|申报部门", Field(Department)),
    ("部门代码|主管部门代码|部门编码|单位代码|单位编码|预算代码|预算单位代码|预算单位编码", Field(DepartmentCode)),
    ("实施单位|项目单位|项目实施单位|实施单位名称|资金使用单位|使用单位|项目承担单位|承担单位|申报单位|填报单位|执行单位|项目执行单位|具体实施单位", Field(ImplementingUnit)),
    ("项目属性|项目性质|项目类型|属性", Field(Attribute)),
    ("项目期|项目期限|项目起止时间|项目实施期|实施期|实施期限|项目实施期限|项目周期|起止时间|项目起止年限|项目实施周期|实施周期|项目年限|起止年限|项目时间|项目执行期|项目存续期", Field(Period)),
    // Free text.
    ("项目概况|项目概述|项目基本情况|项目简介|项目情况|项目描述|项目内容|项目主要内容|项目具体内容|政策概况|项目立项情况|部门职能|部门职能概述|部门职责|部门职责概述|单位职能|单位职能概述|部门主要职责|项目概况及主要内容|部门职能职责概述|部门职能职责|职能职责概述|单位职能职责概述|单位职能职责|职能职责", Text("overview")),
    ("立项依据|项目依据|项目立项依据|政策依据|项目设立依据|设立依据|申报依据|项目申报依据|依据", Text("basis")),
    ("项目设立必要性|项目设立的必要性|项目必要性|立项必要性|项目立项必要性|项目实施必要性|必要性|项目的必要性", Text("necessity")),
    ("保证项目实施的制度、措施|保证项目实施的制度措施|保障项目实施的制度、措施|保证项目实施的制度和措施|保证项目实施的措施|保障措施|项目保障措施|项目实施保障措施|管理措施|项目管理措施|制度措施", Text("measures")),
    ("项目实施计划|实施计划|项目计划|项目进度计划|项目实施进度计划|进度计划|项目实施方案", Text("plan")),
    ("项目类别|支出类别|项目分类|资金类别", Text("project_category")),
    ("计划开始日期|开始日期|开始时间|计划开始时间|项目开始时间|项目开始日期|起始时间", Text("planned_start_date")),
    ("计划完成日期|计划结束日期|完成日期|结束日期|完成时间|结束时间|计划完成时间|项目结束时间|项目结束日期|项目完成时间|终止时间", Text("planned_end_date")),
    ("备注", Text("remarks")),
    ("审核意见|财政部门审核意见|主管部门审核意见|单位审核意见|财政部门意见|主管部门意见|部门意见|单位意见|评审意见|财政审核意见|审批意见", Text("review")),
    ("其他说明|其他需要说明的问题|其他需说明的问题|其他需要说明的情况|需要说明的其他问题", Text("other_notes")),
    ("实际完成情况|全年实际完成情况|年度总体目标完成情况|目标实际完成情况|总体目标完成情况|总体目标实际完成情况|完成情况|全年完成情况|目标完成情况", Text("actual_annual")),
    ("项目编码|项目代码|项目编号", Text("project_code")),
    ("主要政策任务|政策任务|主要政策内容", Text("policy_tasks")),
    ("资金用途|资金主要用途|支出内容", Text("use_of_funds")),
    ("分配方式|资金分配方式", Text("allocation")),
    ("年度绩效目标完成情况|年度目标完成情况", Text("actual_annual")),
    // Goals.
    ("实施期目标|实施期总目标|项目总目标|实施期总体目标|实施期绩效目标|中长期目标|中期目标|长期目标|项目实施期目标|项目期目标|实施周期目标|全周期目标|项目期总目标|项目期总体目标|总目标|项目总体目标|全周期绩效目标", Goal(Some(Horizon::Period))),
    ("年度目标|年度总体目标|年度总目标|年度绩效目标|年度绩效总目标|当年目标|当年度目标|本年目标|本年度目标|年度预期目标|当年总体目标|当年绩效目标|本年度绩效目标|年度绩效总体目标|部门年度目标|年初设定目标|预期目标|年初目标|年度整体目标|年度总体绩效目标|整体绩效目标|整体目标|部门整体绩效目标|单位整体绩效目标|年度整体绩效目标|部门年度整体绩效目标|年初绩效目标|当年整体绩效目标|年初设定的目标", Goal(Some(Horizon::Annual))),
    ("总体目标|绩效目标|项目绩效目标|项目目标|总体绩效目标|绩效总目标|绩效总体目标|项目绩效总目标|目标|项目总体绩效目标|绩效目标描述|政策绩效目标", Goal(None)),
    // Funds.
    ("项目资金|资金金额|资金情况|项目资金情况|预算金额|总体资金情况|资金构成|项目预算|资金来源|年度预算申请|年度预算|预算资金|预算安排|预算安排情况|资金安排|项目经费|部门预算|部门预算申请|项目资金来源|预算情况|部门预算情况|整体支出规模|部门整体支出|预算执行情况|项目资金执行情况|年度预算执行情况|资金总体情况|部门总体资金情况|部门资金情况|项目资金申请|年度预算情况|专项资金情况|专项资金金额|专项资金预算|资金投入|资金投入情况|资金规模|经费情况|项目经费情况|资金申请|预算资金情况|年度资金情况|资金安排情况", FundBlock),
    ("资金总额|资金总计|预算总额|资金合计|预算合计|总投入|总投资|总计|总资金|预算总金额|预算支出总额|部门预算总额|支出总额|部门预算支出总额|预算资金总额|资金总量|总金额|收入合计|总预算|合计", Fund(Source(FundSource::Total), None)),
    ("实施期资金总额|项目资金总额|项目总资金|项目总额|项目总投资|项目总投入|项目预算总额|项目总预算|项目资金总量|实施期总额|实施期总资金|项目期资金总额|全周期资金总额|实施期预算总额|项目总金额|中期资金总额|实施期预算资金总额", Fund(Source(FundSource::Total), Some(Horizon::Period))),
    ("年度资金总额|年度预算资金|本年预算资金|当年预算资金|项目年度资金|年度资金|年度资金申请总额|年度预算总额|年度资金合计|年度总额|年度总资金|本年资金总额|当年资金总额|本年度资金总额|当年度资金总额|年度预算资金总额|年度申请资金总额|年度预算申请总额|年度资金申请总数|本年预算资金总额|本年预算总额|当年预算总额|本年度预算总额|当年预算资金总额|当年预算|本年预算|本年度预算|年度金额|年度预算数|年度部门预算总额|当年度预算资金总额|年度资金预算总额|本年资金申请总额|本年申请资金总额", Fund(Source(FundSource::Total), Some(Horizon::Annual))),
    ("中央财政资金|中央资金|中央补助|中央财政补助|中央补助资金|中央财政|中央财政拨款|中央拨款|中央专项资金|中央财政补助资金|中央转移支付|中央级|中央转移支付资金|中央级资金|中央级财政资金", Fund(Source(FundSource::Central), None)),
    ("省级财政资金|省级资金|省财政资金|省级补助|省级财政拨款|省级补助资金|省补助资金|省级财政|省级|省级拨款|省财政|省级转移支付|省级专项资金|省资金|自治区资金|自治区级资金|省级财政补助", Fund(Source(FundSource::Provincial), None)),
    ("市县财政资金|市县资金|地方资金|地方财政资金|市级财政资金|市级资金|市级财政|市财政资金|县级财政资金|县级资金|区级财政资金|区级资金|本级财政资金|市县级资金|市县级财政资金|市级|区级|县级|市级财政拨款|市县|区县资金|区县级资金|区财政资金|县财政资金|市级补助|市本级资金|市、县资金|本级资金|市本级|区本级|县本级|市级拨款|区级拨款|县级拨款|区级财政拨款|县级财政拨款|区县财政资金", Fund(Source(FundSource::Local), None)),
    ("单位自筹|自筹资金|单位自筹资金|自筹|自有资金|单位自有资金|单位资金|自筹经费|项目单位自筹|部门自筹|企业自筹", Fund(Source(FundSource::SelfRaised), None)),
    ("其他资金|其他|其它资金|其他来源|其他来源资金|其它|其他收入|社会资金|其他经费|非财政拨款|非财政资金|其他渠道资金", Fund(Source(FundSource::Other), None)),
    ("财政拨款|财政资金|财政拨款资金|一般公共预算财政拨款|一般公共预算拨款|一般公共预算|财政拨款收入|财政性资金|财政预算资金|财政预算拨款|财政|财政经费|财政拨款金额|财政预算|财政安排资金|财政拨款小计|一般公共预算资金", Fund(Fiscal, None)),
    ("当年财政拨款|年度财政拨款|本年财政拨款|当年财政资金|本年财政资金|年度财政资金|本年度财政拨款|当年度财政拨款|当年财政预算资金|本年度财政资金", Fund(Fiscal, Some(Horizon::Annual))),
    ("实施期财政拨款|实施期财政资金|项目财政资金", Fund(Fiscal, Some(Horizon::Period))),
    ("上年结转资金|上年结转|结转资金|上年结余|上年结转结余|上年结转结余资金|上年结余资金|结转结余资金|上年结余结转|以前年度结转|上年度结转资金", Fund(Carryover, None)),
    ("基本支出|基本支出预算", Fund(Basic, None)),
    ("项目支出|项目支出预算", Fund(Project, None)),
    ("市级支出|市本级支出|市级使用", Fund(Municipal, None)),
    ("补助区县|补助区县支出|补助区县资金|对区县补助|区县补助|补助市县", Fund(Districts, None)),
    ("年初预算数|年初预算|年初预算金额|年初预算资金|年初数", FormLabel::FundColumn(FundColumn::Initial)),
    ("全年预算数|全年预算|预算数|调整预算数|调整后预算数|全年预算金额|全年预算资金|调整后预算", FormLabel::FundColumn(FundColumn::Budget)),
    ("全年执行数|执行数|实际执行数|全年执行|实际支出|实际支出数|全年执行金额|全年实际支出数|决算数|支出数|全年支出数", FormLabel::FundColumn(FundColumn::Executed)),
    ("执行率|预算执行率|全年执行率|资金执行率", FormLabel::FundColumn(FundColumn::Rate)),
    ("小计", FormLabel::FundColumn(FundColumn::Sum)),
    // Indicators.
    ("一级指标|一级指标名称|指标一级", Indicator(IndicatorColumn::Level1)),
    ("二级指标|二级指标名称|指标二级", Indicator(IndicatorColumn::Level2)),
    ("三级指标|三级指标名称|指标名称|指标三级|指标内容|具体指标|绩效指标名称|四级指标|明细指标|指标", Indicator(IndicatorColumn::Level3)),
    ("指标值|年度指标值|目标值|预期指标值|全年指标值|预期值|年度目标值|指标目标值|绩效指标值|计划指标值|指标值及单位|预期目标值|当年指标值|本年指标值|年初目标值|年初指标值|年度预期指标值|实施期指标值|预期当年实现值|本年度指标值|全年目标值|计划目标值|年度绩效指标值|指标目标|绩效目标值|计划完成值|年度指标目标值|本年目标值|全年预期指标值|评价标准值|值|数值|指标数值|目标数值", Indicator(IndicatorColumn::Value)),
    ("指标性质|指标方向|性质|运算符号|运算符|指标符号|比较符|计算符号|绩效指标性质|指标值性质|目标值符号|符号|指标类型|比较符号|绩效指标方向|计算符", Indicator(IndicatorColumn::Extra("nature"))),
    ("度量单位|计量单位|指标单位|单位|指标值单位|指标度量单位|绩效度量单位|目标值单位|计算单位|指标计量单位|指标值计量单位|绩效指标度量单位", Indicator(IndicatorColumn::Extra("measure_unit"))),
    ("权重|分值|分值权重|权重分|指标权重|指标分值|分数|权重分值|绩效指标权重|权重系数|标准分", Indicator(IndicatorColumn::Extra("weight"))),
    ("实际完成值|实际完成指标值|全年实际值|完成值|实际值|全年完成值|年度实际值|年度完成值|实际完成|全年实际完成值|完成指标值|实际完成指标|实际指标值|年度实际完成值", Indicator(IndicatorColumn::Extra("actual"))),
    ("得分|自评得分|评分|自评分|评价得分|指标得分|自评分数", Indicator(IndicatorColumn::Extra("score"))),
    ("偏差原因|偏差原因分析及改进措施|偏差原因分析|未完成原因分析|未完成原因|偏差原因及改进措施|未完成原因和改进措施|未完成原因及改进措施|偏差原因分析及改进|偏差原因分析与改进措施|未完成原因分析及改进措施|偏差原因分析和改进措施|偏差原因分析及拟采取的改进措施|偏差情况及原因|未完成绩效目标的原因|原因分析|未完成原因及拟采取的改进措施|备注及偏差原因分析", Indicator(IndicatorColumn::Extra("deviation"))),
    ("活动|活动名称|工作活动|作业活动", Indicator(IndicatorColumn::Extra("activity"))),
    ("指标解释|指标说明|指标解释及计算公式|指标值说明|指标含义|指标内容说明|绩效指标描述|指标描述", Indicator(IndicatorColumn::Extra("explanation"))),
    ("评分标准|评扣分标准|评价标准|评分细则|指标评分标准|计分标准|扣分标准|评分规则", Indicator(IndicatorColumn::Extra("scoring"))),
    ("指标值来源|数据来源|指标来源|评价依据|指标值数据来源|数据采集方式|取值方式|绩效度量来源|数据来源及取数方式", Indicator(IndicatorColumn::Extra("source"))),
    ("历史值|上年指标值|上年值|历史指标值|上年完成值|参考值|上年实际值|近年指标值|前三年指标值", Indicator(IndicatorColumn::Extra("previous"))),
    ("指标类别|指标分类", Indicator(IndicatorColumn::Extra("category"))),
    ("是否核心|是否核心指标|核心指标", Indicator(IndicatorColumn::Extra("core"))),
    // Tasks of a department's form.
    ("任务名称|工作任务|重点工作任务|主要任务|重点任务|任务|任务活动|任务名|年度重点工作任务|重点工作任务名称|主要任务名称|工作任务名称", Task(TaskColumn::Name)),
    ("主要内容|任务内容|工作内容|主要工作内容|具体内容|任务主要内容|具体工作内容", Task(TaskColumn::Content)),
    ("预算金额合计|拟投入资金|拟安排资金|拟安排的资金|拟投入的资金|任务预算", Task(TaskColumn::Amounts)),
    ("总额|金额|资金额|资金", Task(TaskColumn::Total)),
    ("金额合计", Fund(Source(FundSource::Total), None)),
    // Signatures.
    ("负责人|单位负责人|项目负责人|部门负责人|单位主要负责人|负责人签字|主要负责人|分管领导|单位领导|审核人|负责人姓名|法定代表人", Signature(SignatureField::Responsible)),
    ("经办人|填报人|联系人|填表人|项目联系人|填报人姓名|经办人签字|填报人员|制表人|制表|填写人", Signature(SignatureField::Handler)),
    ("联系电话|电话|联系方式|联系人电话|填报人电话|填报人联系电话|项目负责人电话|负责人电话|项目负责人联系电话|手机|办公电话|电话号码|联系人联系电话", Signature(SignatureField::Phone)),
    ("填报日期|填报时间|填表日期|日期|填表时间|制表日期|申报日期|填写日期", Signature(SignatureField::FilledAt)),
    // Blocks.
    ("绩效指标|年度绩效指标|项目绩效指标|年度主要任务|年度指标|实施期绩效指标|实施期指标|主要指标|年度绩效指标体系|绩效指标体系|部门绩效指标|整体绩效指标|基本情况|基本信息|项目基本信息|绩效指标完成情况|整体支出绩效指标|部门整体支出绩效指标|部门整体支出年度绩效指标|部门整体支出年度绩效目标|按收入性质分|按支出性质分|执行率分值|预算执行率分值", Block),
    ("总分|总得分|合计得分|自评总分|得分合计|总计得分", TotalScore),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_for_two_labels() {
        let mut words: Vec<&str> = LABELS.iter().flat_map(|(words, _)| words.split('|')).collect();
        words.sort_unstable();
        let doubled: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert_eq!(doubled, Vec::<&str>::new());
    }

    #[test]
    fn every_word_is_normal_and_short_enough_to_be_found() {
        for (word, label) in LABELS.iter().flat_map(|(words, label)| words.split('|').map(move |word| (word, label))) {
            assert_eq!(FormLabel::of(word), Some(*label), "{word}");
        }
    }

    #[test]
    fn spacing_brackets_and_colons_do_not_hide_a_label() {
        assert_eq!(FormLabel::of("主管部门（单位）及代码："), Some(Field(Department)));
        assert_eq!(FormLabel::of(" 其中： 财 政 拨 款 "), Some(Fund(Fiscal, None)));
        assert_eq!(FormLabel::of("市县（区）财政资金"), Some(Fund(Source(FundSource::Local), None)));
        assert_eq!(FormLabel::of("年度(/项目)指标值"), Some(Indicator(IndicatorColumn::Value)));
    }

    #[test]
    fn a_sentence_is_no_label() {
        assert_eq!(FormLabel::of("完成年度绩效目标"), None);
    }
}
