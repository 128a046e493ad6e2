//! Self-evaluation forms (绩效自评表) of final accounts.

use serde_json::{Value, json};

use super::declaration::{Grid, GridCell, Indicator, draw_indicators};
use super::model::{Figures, Project};
use super::money::{self, Unit, percent};
use super::rng::Rng;
use super::words;

/// A form in which a department judges a project after the year.
#[derive(Clone, Debug)]
pub(crate) struct Evaluation {
    /// The year judged.
    pub(crate) year: i32,
    project_name: String,
    department: String,
    implementing_unit: String,
    /// The year's budget and what was spent of it, in cents.
    budget: i64,
    spent: i64,
    goal: String,
    actual: String,
    results: Vec<Outcome>,
}

/// An indicator with what came of it.
#[derive(Clone, Debug)]
struct Outcome {
    indicator: Indicator,
    weight: i64,
    actual: String,
    /// Score in tenths.
    score: i64,
    deviation: &'static str,
}

/// Weight of the rate of execution.
const RATE_WEIGHT: i64 = 10;

impl Evaluation {
    /// Its title line.
    pub(crate) const TITLE: &str = "项目支出绩效自评表";

    /// The self-evaluation of a project.
    pub(crate) fn draw(figures: &Figures, project: &Project, rng: &mut Rng) -> Self {
        let mut indicators = draw_indicators(project.topic, project.amount, rng);
        indicators.retain(|i| !i.level3.is_empty());
        let n = indicators.len() as i64;
        let even = (100 - RATE_WEIGHT) / n;
        let goal = rng.pick::<&str>(&words::GOALS).replace("{}", project.topic);
        let results = indicators.into_iter().enumerate().map(|(i, indicator)| {
            let weight = if i == 0 { 100 - RATE_WEIGHT - even * (n - 1) } else { even };
            let short = i > 0 && rng.chance(15);
            Outcome {
                weight,
                actual: if short { "基本完成".to_owned() } else { indicator.value.clone() },
                score: weight * 10 - if short { 15 } else { 0 },
                deviation: if short { "进度略有滞后，下年度提前安排。" } else { "" },
                indicator,
            }
        });
        Self {
            year: figures.year,
            project_name: project.name.clone(),
            department: figures.department.clone(),
            implementing_unit: figures.units[project.unit].clone(),
            budget: project.amount,
            spent: project.amount,
            goal,
            actual: format!("全年{}工作按计划完成，资金按规定用途支出。", project.topic),
            results: results.collect(),
        }
    }

    /// Widths of the grid's columns, as shares.
    pub(crate) fn widths(&self) -> &'static [f32] {
        &[30.0, 52.0, 66.0, 90.0, 62.0, 62.0, 34.0, 44.0, 66.0]
    }

    fn total_score(&self) -> String {
        let tenths = RATE_WEIGHT * 10 + self.results.iter().map(|r| r.score).sum::<i64>();
        format!("{}.{}0", tenths / 10, tenths % 10)
    }

    /// The grid's cells in reading order, and its number of rows.
    pub(crate) fn grid(&self) -> (Vec<GridCell>, usize) {
        let wan = |cents: i64| money::plain(cents, Unit::TenThousand);
        let mut grid = Grid::default();
        grid.add(0, 2, 1, "项目名称");
        grid.add(2, 7, 1, &self.project_name);
        grid.row += 1;
        grid.add(0, 2, 1, "主管部门");
        grid.add(2, 2, 1, &self.department);
        grid.add(4, 1, 1, "实施单位");
        grid.add(5, 4, 1, &self.implementing_unit);
        grid.row += 1;
        grid.add(0, 2, 4, "项目资金（万元）");
        grid.add(2, 1, 1, "");
        for (i, head) in ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"].iter().enumerate()
        {
            grid.add(i + 3, 1, 1, head);
        }
        for (i, label) in ["年度资金总额", "其中：当年财政拨款", "其他资金"].iter().enumerate() {
            grid.row += 1;
            grid.value(2, 1, label);
            for (column, cents) in [(3, self.budget), (4, self.budget), (5, self.spent)] {
                grid.amount(column, 1, &if i < 2 { wan(cents) } else { String::new() });
            }
            let score = format!("{RATE_WEIGHT}.00");
            let marks = [RATE_WEIGHT.to_string(), percent(self.spent, self.budget), score];
            for (k, mark) in marks.iter().enumerate() {
                grid.add(6 + k, 1, 1, if i == 0 { mark } else { "—" });
            }
        }
        grid.row += 1;
        grid.add(0, 1, 2, "年度总体目标");
        grid.add(1, 4, 1, "预期目标");
        grid.add(5, 4, 1, "实际完成情况");
        grid.row += 1;
        grid.value(1, 4, &self.goal);
        grid.value(5, 4, &self.actual);
        grid.row += 1;
        self.indicator_rows(&mut grid);
        grid.row += 1;
        grid.add(0, 6, 1, "总分");
        grid.add(6, 1, 1, "100");
        grid.add(7, 1, 1, &self.total_score());
        grid.add(8, 1, 1, "");
        (grid.cells, grid.row + 1)
    }

    fn indicator_rows(&self, grid: &mut Grid) {
        grid.add(0, 1, self.results.len() + 1, "绩效指标");
        let heads =
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"];
        for (i, head) in heads.iter().enumerate() {
            grid.add(i + 1, 1, 1, head);
        }
        let run = |i: usize, key: &dyn Fn(&Outcome) -> &'static str| {
            let begins = i == 0 || key(&self.results[i - 1]) != key(&self.results[i]);
            begins.then(|| self.results[i..].iter().take_while(|r| key(r) == key(&self.results[i])).count())
        };
        for (i, result) in self.results.iter().enumerate() {
            grid.row += 1;
            let indicator = &result.indicator;
            if let Some(n) = run(i, &|r| r.indicator.level1) {
                grid.add(1, 1, n, indicator.level1);
            }
            if let Some(n) = run(i, &|r| r.indicator.level2) {
                grid.add(2, 1, n, indicator.level2);
            }
            grid.value(3, 1, &indicator.level3);
            grid.add(4, 1, 1, &indicator.value);
            grid.add(5, 1, 1, &result.actual);
            grid.add(6, 1, 1, &result.weight.to_string());
            grid.add(7, 1, 1, &tenths(result.score));
            grid.value(8, 1, result.deviation);
        }
    }

    /// What the product should say of it.
    pub(crate) fn truth(&self, id: String, pages: &[u32]) -> Value {
        let yuan = |cents: i64| money::plain(cents, Unit::Yuan);
        let indicators: Vec<Value> = self
            .results
            .iter()
            .map(|r| {
                json!({
                    "horizon": "annual", "level1": r.indicator.level1, "level2": r.indicator.level2,
                    "level3": r.indicator.level3, "value": r.indicator.value, "weight": r.weight.to_string(),
                    "actual": r.actual, "score": tenths(r.score),
                    "deviation": if r.deviation.is_empty() { None } else { Some(r.deviation) },
                })
            })
            .collect();
        json!({
            "id": id,
            "kind": "performance_self_evaluation",
            "title": Self::TITLE,
            "fiscal_year": self.year,
            "pages": pages,
            "project_name": self.project_name,
            "department": self.department,
            "department_code": null,
            "implementing_unit": self.implementing_unit,
            "attribute": null,
            "period": null,
            "funds": [{
                "source": "total", "horizon": "annual", "amount_yuan": yuan(self.budget),
                "initial_yuan": yuan(self.budget), "executed_yuan": yuan(self.spent),
                "weight": RATE_WEIGHT.to_string(), "rate": percent(self.spent, self.budget),
                "score": format!("{RATE_WEIGHT}.00"),
            }],
            "texts": {
                "fiscal_appropriation_annual": yuan(self.budget), "goal_annual": self.goal,
                "actual_annual": self.actual, "total_score": self.total_score(),
            },
            "indicators": indicators,
            "signatures": { "responsible": null, "handler": null, "phone": null, "filled_at": null },
        })
    }
}

/// A score of tenths, without a decimal where it is whole.
fn tenths(score: i64) -> String {
    if score % 10 == 0 { (score / 10).to_string() } else { format!("{}.{}", score / 10, score % 10) }
}
