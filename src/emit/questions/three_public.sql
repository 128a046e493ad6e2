-- What did each department spend on the three public expenses (三公), by year?
WITH widest AS (
  SELECT *, row_number() OVER (
    PARTITION BY report_id, year, stage, item
    ORDER BY trust = 'contradicted', CASE fund WHEN 'all' THEN 1 WHEN 'fiscal' THEN 2 ELSE 3 END, amount DESC
  ) AS choice
  FROM facts
  WHERE subject = 'three_public' AND flow = 'expenditure' AND unit IS NULL AND nature = 'all' AND year_part = 'all'
    AND fund IN ('all', 'fiscal', 'general_public_budget')
)
SELECT DISTINCT department, year, stage,
  max(CASE WHEN item = 'total' THEN amount END) AS total,
  max(CASE WHEN item = 'abroad' THEN amount END) AS abroad,
  max(CASE WHEN item = 'vehicle' THEN amount END) AS vehicles,
  max(CASE WHEN item = 'reception' THEN amount END) AS reception,
  max(CASE WHEN item = 'total' THEN trust END) AS trust_of_total
FROM widest
WHERE choice = 1
GROUP BY report_id, department, year, stage
ORDER BY department, year, stage;
