//! Declaration forms (绩效目标申报表): what they say, and the grid of cells that says it.

use super::knobs::{Kind, Options};
use super::model::{Figures, Project};
use super::money;
use super::page::Align;
use super::rng::Rng;
use super::words;

/// A form.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Its title line.
    pub(crate) title: String,
    /// The year below the title.
    pub(crate) year: i32,
    /// 项目名称
    pub(crate) project_name: String,
    /// 主管部门
    pub(crate) department: String,
    /// The code before it.
    pub(crate) department_code: String,
    /// 实施单位
    pub(crate) implementing_unit: String,
    /// 项目属性
    pub(crate) attribute: String,
    /// 项目期
    pub(crate) period: String,
    /// Source, label, and the amounts of the whole period and of the year in cents.
    pub(crate) funds: Vec<(&'static str, &'static str, [Option<i64>; 2])>,
    /// Key, label, text.
    pub(crate) texts: Vec<(&'static str, &'static str, String)>,
    /// 总体目标 of the whole period and of the year.
    pub(crate) goals: [String; 2],
    /// Indicator rows, those that were left blank among them.
    pub(crate) indicators: Vec<Indicator>,
    /// 经办人, a section of the department.
    pub(crate) handler: String,
    /// 填报日期 as printed: fourteen digits.
    pub(crate) filled_at: String,
    /// Whether the whole period stands beside the year.
    pub(crate) two_horizons: bool,
}

/// An indicator row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Indicator {
    /// 产出指标
    pub(crate) level1: &'static str,
    /// 数量指标
    pub(crate) level2: &'static str,
    /// What is measured; empty in a blank row.
    pub(crate) level3: String,
    /// The target.
    pub(crate) value: String,
}

/// A cell of a form's grid.
#[derive(Clone, Debug)]
pub(crate) struct GridCell {
    /// First row.
    pub(crate) row: usize,
    /// First column.
    pub(crate) column: usize,
    /// Rows covered.
    pub(crate) n_rows: usize,
    /// Columns covered.
    pub(crate) n_columns: usize,
    /// Its text.
    pub(crate) text: String,
    /// How the text stands.
    pub(crate) align: Align,
}

impl Form {
    /// The form of a project.
    pub(crate) fn draw(figures: &Figures, project: &Project, options: &Options, rng: &mut Rng) -> Self {
        let total = project.amount;
        let later = if project.n_years > 1 { total * (project.n_years - 1) } else { 0 };
        let provincial = if rng.chance(30) { total / 4 / 10_000 * 10_000 } else { 0 };
        let fund = |annual: i64, rest: i64| [Some(annual + rest), Some(annual)];
        let topic = project.topic;
        let fill = |text: &str| {
            text.replace("{}", topic)
                .replace("{city}", &figures.city)
                .replace("{mark}", &figures.city.replace('市', "发"))
                .replace("{last}", &(figures.year - 1).to_string())
        };
        let goal = fill(rng.pick::<&str>(&words::GOALS));
        Self {
            title: format!("{}市级部门（单位）项目支出绩效目标申报表", figures.city),
            year: figures.year,
            project_name: project.name.clone(),
            department: figures.department.clone(),
            department_code: figures.department_code.clone(),
            implementing_unit: figures.units[project.unit].clone(),
            attribute: if project.n_years > 1 {
                "经常性项目（长期开展）"
            } else {
                "一次性项目（1年结束）"
            }
            .to_owned(),
            period: format!("{}年", project.n_years),
            funds: vec![
                ("total", "资金总额：", fund(total, later)),
                ("central", "其中：中央财政资金", fund(0, 0)),
                ("provincial", "省级财政资金", fund(provincial, 0)),
                ("local", "市县（区）财政资金", fund(total - provincial, later)),
                ("self_raised", "单位自筹", fund(0, 0)),
                ("other", "其他资金", [None, None]),
            ],
            texts: vec![
                ("overview", "项目概况", fill(rng.pick::<&str>(&words::OVERVIEWS))),
                ("basis", "立项依据", fill(rng.pick::<&str>(&words::BASES))),
                ("necessity", "项目设立必要性", fill(rng.pick::<&str>(&words::NEEDS))),
                ("measures", "保证项目实施的制度、措施", fill(rng.pick::<&str>(&words::MEASURES))),
                ("plan", "项目实施计划", fill(rng.pick::<&str>(&words::PLANS))),
            ],
            goals: [goal.clone(), goal],
            indicators: draw_indicators(topic, total, rng),
            handler: "计划财务科".to_owned(),
            filled_at: format!(
                "{}{:02}{:02}{:02}{:02}{:02}",
                figures.year - i32::from(options.kind == Kind::Budget),
                rng.between(1, 12),
                rng.between(1, 28),
                rng.between(8, 17),
                rng.between(0, 59),
                rng.between(0, 59)
            ),
            two_horizons: options.two_horizons,
        }
    }

    /// Widths of the grid's columns, as shares.
    pub(crate) fn widths(&self) -> &'static [f32] {
        if self.two_horizons {
            &[24.0, 62.0, 66.0, 84.0, 62.0, 66.0, 82.0, 60.0]
        } else {
            &[24.0, 76.0, 100.0, 190.0, 116.0]
        }
    }

    /// Lines below the grid.
    pub(crate) fn footer(&self) -> String {
        format!("负责人：　　　经办人：{}　　　联系电话：　　　填报日期：{}", self.handler, self.filled_at)
    }

    /// The grid's cells in reading order, and its number of rows.
    pub(crate) fn grid(&self) -> (Vec<GridCell>, usize) {
        let last = self.widths().len();
        let mut grid = Grid::default();
        let middle = if self.two_horizons { 5 } else { 3 };
        grid.add(0, 2, 1, "项目名称");
        grid.value(2, last - 2, &self.project_name);
        let code = format!("{}-{}", self.department_code, self.department);
        for (left, value, right, other) in [
            ("主管部门及代码", &code, "实施单位", &self.implementing_unit),
            ("项目属性", &self.attribute, "项目期", &self.period),
        ] {
            grid.row += 1;
            grid.add(0, 2, 1, left);
            if self.two_horizons {
                grid.value(2, 3, value);
                grid.add(middle, 1, 1, right);
                grid.value(middle + 1, 2, other);
            } else {
                grid.value(2, 1, value);
                grid.add(middle, 1, 1, right);
                grid.value(middle + 1, 1, other);
            }
        }
        grid.row += 1;
        grid.add(0, 2, self.funds.len(), "项目资金（元）");
        for (i, (_, label, amounts)) in self.funds.iter().enumerate() {
            grid.row += usize::from(i > 0);
            let printed = |a: Option<i64>| a.map_or(String::new(), |a| money::separated(&money::yuan(a)));
            let labelled = |horizon: &str| if i == 0 { format!("{horizon}{label}") } else { (*label).to_owned() };
            if self.two_horizons {
                grid.add(2, 2, 1, &labelled("实施期"));
                grid.amount(4, 1, &printed(amounts[0]));
                grid.add(5, 2, 1, &labelled("年度"));
                grid.amount(7, 1, &printed(amounts[1]));
            } else {
                grid.add(2, 2, 1, &labelled("年度"));
                grid.amount(4, 1, &printed(amounts[1]));
            }
        }
        for (_, label, text) in &self.texts {
            grid.row += 1;
            grid.add(0, 2, 1, label);
            grid.value(2, last - 2, text);
        }
        grid.row += 1;
        if self.two_horizons {
            grid.add(0, 2, 2, "总体目标");
            grid.add(2, 3, 1, "实施期目标");
            grid.add(5, 3, 1, "年度目标");
            grid.row += 1;
            grid.value(2, 3, &self.goals[0]);
            grid.value(5, 3, &self.goals[1]);
        } else {
            grid.add(0, 2, 1, "年度总体目标");
            grid.value(2, last - 2, &self.goals[1]);
        }
        self.indicator_rows(&mut grid);
        (grid.cells, grid.row + 1)
    }

    fn indicator_rows(&self, grid: &mut Grid) {
        grid.row += 1;
        grid.add(0, 1, self.indicators.len() + 1, "绩效指标");
        let mut heads = vec!["一级指标", "二级指标", "三级指标", "指标值"];
        if self.two_horizons {
            heads.extend(["二级指标", "三级指标", "指标值"]);
        }
        for (i, head) in heads.iter().enumerate() {
            grid.add(i + 1, 1, 1, head);
        }
        let run = |i: usize, key: &dyn Fn(&Indicator) -> (&'static str, &'static str)| {
            let same = |j: &&Indicator| key(j) == key(&self.indicators[i]);
            let begins = i == 0 || key(&self.indicators[i - 1]) != key(&self.indicators[i]);
            begins.then(|| self.indicators[i..].iter().take_while(same).count())
        };
        for (i, indicator) in self.indicators.iter().enumerate() {
            grid.row += 1;
            if let Some(n) = run(i, &|x| (x.level1, "")) {
                grid.add(1, 1, n, indicator.level1);
            }
            for column in if self.two_horizons { vec![2, 5] } else { vec![2] } {
                if let Some(n) = run(i, &|x| (x.level1, x.level2)) {
                    grid.add(column, 1, n, indicator.level2);
                }
                grid.value(column + 1, 1, &indicator.level3);
                grid.add(column + 2, 1, 1, &indicator.value);
            }
        }
    }
}

/// A grid that is filled row by row.
#[derive(Default)]
pub(crate) struct Grid {
    /// The cells so far.
    pub(crate) cells: Vec<GridCell>,
    /// The row that is being filled.
    pub(crate) row: usize,
}

impl Grid {
    fn put(&mut self, column: usize, n_columns: usize, n_rows: usize, text: &str, align: Align) {
        self.cells.push(GridCell { row: self.row, column, n_rows, n_columns, text: text.to_owned(), align });
    }

    /// Adds a cell with its text in the middle.
    pub(crate) fn add(&mut self, column: usize, n_columns: usize, n_rows: usize, text: &str) {
        self.put(column, n_columns, n_rows, text, Align::Center);
    }

    /// Adds a cell with its text at the left.
    pub(crate) fn value(&mut self, column: usize, n_columns: usize, text: &str) {
        self.put(column, n_columns, 1, text, Align::Left);
    }

    /// Adds a cell with its text at the right.
    pub(crate) fn amount(&mut self, column: usize, n_columns: usize, text: &str) {
        self.put(column, n_columns, 1, text, Align::Right);
    }
}

/// Draws a project's indicators, blank ones among them.
pub(crate) fn draw_indicators(topic: &str, total: i64, rng: &mut Rng) -> Vec<Indicator> {
    let cost = format!("≤{}万元", money::plain(total, money::Unit::TenThousand));
    let mut rows = vec![
        ("产出指标", "数量指标", format!("{topic}覆盖街道数"), format!("≥{}个", rng.between(3, 22))),
        ("产出指标", "数量指标", format!("{topic}巡查次数"), format!("{}次", rng.between(12, 222))),
        ("产出指标", "质量指标", "验收合格率".to_owned(), "100%".to_owned()),
        ("产出指标", "时效指标", "任务完成时间".to_owned(), format!("{}月底前", rng.between(9, 12))),
        ("产出指标", "成本指标", "项目总成本".to_owned(), cost),
        ("效益指标", "经济效益指标", String::new(), String::new()),
        ("效益指标", "社会效益指标", format!("{topic}服务能力提升情况"), "明显提升".to_owned()),
        ("效益指标", "生态效益指标", String::new(), String::new()),
        ("效益指标", "可持续影响指标", "长效机制健全程度".to_owned(), "健全".to_owned()),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度".to_owned(), format!("≥{}%", rng.between(85, 98))),
    ];
    if rng.chance(40) {
        rows.remove(1);
    }
    let indicator = |(level1, level2, level3, value)| Indicator { level1, level2, level3, value };
    rows.into_iter().map(indicator).collect()
}
