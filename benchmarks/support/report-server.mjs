// Truphone's DATA_USAGE report of any size, its rows written while they are read. Run as a process of its own.
// node support/report-server.mjs <sims> <days>   prints its address as one line.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { withCheckDigit } from './iccids.mjs';

const [sims, days] = process.argv.slice(2).map(Number);
const dates = Array.from({ length: days }, (_, day) => new Date(Date.UTC(2026, 9, day + 1)).toISOString().slice(0, 10));

const server = createServer((request, response) => void answer(request, response));

async function answer(request, response) {
  if (request.method === 'POST') {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ downloadUrl: `http://${request.headers.host}/api/v2.0/reports/download/1/` }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/csv' });
  response.write('ICCID,Label,Total Usage (KB),Start Date,End Date\r\n');
  let text = '';
  for (let sim = 0; sim < sims; sim++) {
    const iccid = withCheckDigit(`894447${String(sim).padStart(12, '0')}`);
    for (const [day, date] of dates.entries())
      text += `${iccid},Unit ${sim},${(sim * 31 + day * 7) % 50_000},${date} 00:00:00,${date} 23:59:59\r\n`;
    if (text.length < 65_536 && sim < sims - 1) continue;
    if (!response.write(text)) await drained(response);
    if (response.destroyed) return;
    text = '';
  }
  response.end();
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

/** Resolves also when the reader has gone. */
async function drained(response) {
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    stop.abort(),
  );
}
