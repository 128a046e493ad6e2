-- How does each figure change from year to year, and where can two years not be compared?
WITH points AS (
  SELECT *, lag(year) OVER years AS year_before, lag(amount) OVER years AS amount_before
  FROM series
  WINDOW years AS (PARTITION BY series_id ORDER BY year)
)
SELECT department, report_level, subject, functional_code, functional_name, economic_code, economic_name, item,
  flow, stage, nature, fund, year_part, year_before, amount_before, year, amount,
  -- Nothing where a year is missing between the two, or the series breaks.
  CASE WHEN break_reason IS NULL AND year_before = year - 1 THEN round(amount - amount_before, 2) END AS change,
  break_reason, trust, series_id, report_id, fact_id
FROM points
ORDER BY department, report_level, series_id, year;
