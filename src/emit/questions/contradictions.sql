-- Who contradicts himself? Figures that a report prints with two amounts, one of which its own arithmetic refutes.
SELECT DISTINCT department, report_year, year, stage, flow, subject,
  coalesce(project, unit, max(functional_name), max(economic_name), item) AS name, nature, fund,
  min(amount) AS lower, max(amount) AS higher,
  min(CASE WHEN trust = 'contradicted' THEN amount END) AS refuted
FROM facts
WHERE disputed
GROUP BY report_id, department, report_year, year, stage, flow, subject, coalesce(functional_code, functional_name),
  coalesce(economic_code, economic_name), economic_system, paired_code, part, project, unit, item, nature, fund, year_part
HAVING count(CASE WHEN trust = 'contradicted' THEN 1 END) > 0
ORDER BY department, report_year, year, stage, flow, subject, name, nature, fund, lower;
