-- Which share of its expenditure is basic (基本支出), and so the cost of the department itself?
SELECT DISTINCT department, year, stage, fund,
  max(CASE WHEN nature = 'basic' THEN amount END) AS basic,
  max(CASE WHEN nature = 'project' THEN amount END) AS project,
  round(100.0 * max(CASE WHEN nature = 'basic' THEN amount END) / sum(amount), 1) AS percent_basic
FROM facts
WHERE subject = 'total' AND flow = 'expenditure' AND unit IS NULL AND year = report_year AND year_part = 'all'
  AND nature IN ('basic', 'project') AND fund IN ('all', 'general_public_budget') AND trust <> 'contradicted'
GROUP BY report_id, department, year, stage, fund
-- One figure of each: where a report prints two, it does not answer.
HAVING count(CASE WHEN nature = 'basic' THEN 1 END) = 1 AND count(CASE WHEN nature = 'project' THEN 1 END) = 1
  AND sum(amount) > 0
ORDER BY department, year, stage, fund;
