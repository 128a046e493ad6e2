-- Which are the ten largest projects?
WITH projects AS (
  SELECT report_id, department, year, stage, project, unit, max(amount) AS amount
  FROM facts
  WHERE subject = 'project' AND flow = 'expenditure' AND year = report_year AND trust <> 'contradicted'
  GROUP BY report_id, department, year, stage, project, unit
)
SELECT DISTINCT department, year, stage, project, unit, amount
FROM projects
-- What a table gives a unit, a form may print again without one.
WHERE unit IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM projects AS other
  WHERE other.report_id = projects.report_id AND other.year = projects.year AND other.stage = projects.stage
    AND other.project = projects.project AND other.unit IS NOT NULL
)
ORDER BY amount DESC, department, year, stage, project, unit
LIMIT 10;
