/**
 * SQL for which grain counts, per provider, kind, SIM and UTC month, where a ledger holds more than one.
 * It is the grain that was read for most of the time in question, the finer one if equal: a month figure stands in for days that were
 * never read, and never beside them. Yields provider, kind, iccid, month, chosen_grain.
 */
export function grainChoice(from: string, to: string): string {
  return `WITH mixed AS (
      SELECT provider, kind FROM (SELECT provider, unnest(kinds) AS kind, grain FROM sources)
      GROUP BY provider, kind HAVING count(DISTINCT grain) > 1),
    spans AS (
      SELECT r.provider, s.kind, s.grain, r.iccid, least(r.window_to, r.read_at, ${to}) AS span_to, greatest(r.window_from, ${from}) AS span_from
      FROM reads r JOIN (SELECT provider, source, grain, unnest(kinds) AS kind FROM sources) s ON s.provider = r.provider AND s.source = r.source
      SEMI JOIN mixed m ON m.provider = s.provider AND m.kind = s.kind),
    months AS (SELECT *, unnest(generate_series(date_trunc('month', span_from), span_to, INTERVAL 1 MONTH)) AS month
      FROM spans WHERE span_from < span_to),
    covered AS (
      SELECT provider, kind, grain, iccid, month,
        sum(epoch_ms(least(span_to, month + INTERVAL 1 MONTH)) - epoch_ms(greatest(span_from, month))) AS ms
      FROM months GROUP BY ALL),
    present AS (
      SELECT DISTINCT u.provider, u.kind, u.iccid, u.grain, date_trunc('month', u.started_at) AS month
      FROM usage u SEMI JOIN mixed m ON m.provider = u.provider AND m.kind = u.kind
      WHERE u.started_at >= ${from} AND u.started_at < ${to}),
    weighed AS (
      SELECT p.provider, p.kind, p.iccid, p.month, p.grain, coalesce(max(c.ms), 0) AS ms
      FROM present p LEFT JOIN covered c ON c.provider = p.provider AND c.kind = p.kind AND c.grain = p.grain AND c.month = p.month
        AND c.iccid IN (p.iccid, '*')
      GROUP BY ALL)
    SELECT provider, kind, iccid, month,
      arg_max(grain, ms * 3 + CASE grain WHEN 'event' THEN 2 WHEN 'day' THEN 1 ELSE 0 END) AS chosen_grain
    FROM weighed GROUP BY ALL`;
}
