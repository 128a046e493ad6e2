-- How does what a department spends on each class (类) change against the year before, as its report prints both?
SELECT DISTINCT now.department, now.functional_code AS code, now.functional_name AS class, now.fund,
  before.year AS year_before, before.stage AS stage_before, before.amount AS amount_before,
  now.year, now.stage, now.amount,
  round(100.0 * (now.amount - before.amount) / before.amount, 1) AS percent_change
FROM facts AS now
JOIN facts AS before
  ON before.report_id = now.report_id AND before.functional_code = now.functional_code AND before.fund = now.fund
  AND before.year = now.year - 1
WHERE now.subject = 'function' AND before.subject = 'function' AND now.flow = 'expenditure' AND before.flow = 'expenditure'
  AND now.year = now.report_year AND length(now.functional_code) = 3
  AND now.nature = 'all' AND before.nature = 'all' AND now.year_part = 'all' AND before.year_part = 'all'
  AND now.unit IS NULL AND before.unit IS NULL AND now.project IS NULL AND before.project IS NULL
  AND now.economic_code IS NULL AND before.economic_code IS NULL
  AND NOT now.disputed AND NOT before.disputed
  -- Both borne out: where a table's unit is mislabelled, no sum outside of it bears it out.
  AND now.trust IN ('corroborated', 'confirmed', 'rounded') AND before.trust IN ('corroborated', 'confirmed', 'rounded')
  AND before.amount > 0
ORDER BY now.department, now.year, code, now.fund, stage_before, now.stage;
