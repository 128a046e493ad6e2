-- Which figures does another report contradict, and what do both print?
SELECT relations.department, relations.source_name, cross_checks.place, cross_checks.year, cross_checks.stage,
  cross_checks.flow, cross_checks.subject, cross_checks.functional_code, cross_checks.functional_name,
  cross_checks.economic_code, cross_checks.item, cross_checks.project, cross_checks.unit, cross_checks.nature,
  cross_checks.fund, cross_checks.amount, relations.other_source_name, cross_checks.other_places,
  cross_checks.other_amount, cross_checks.difference, cross_checks.rule
FROM cross_checks
JOIN relations ON relations.relation_id = cross_checks.relation_id
WHERE cross_checks.class = 'error'
ORDER BY relations.department, cross_checks.year, cross_checks.check_id;
