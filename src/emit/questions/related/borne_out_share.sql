-- How many figures of each report does another report bear out?
SELECT report_id, department, report_level, report_year, report_kind, count(*) AS n_facts,
  sum(CASE WHEN CAST(borne_out_by AS VARCHAR) = '[]' THEN 0 ELSE 1 END) AS n_borne_out
FROM facts
GROUP BY report_id, department, report_level, report_year, report_kind
ORDER BY department, report_level, report_year, report_kind, report_id;
