// A vendor that does nothing but answer: pages of SIMs, made once, in the vendor's own shape. Run as a process of its own.
// node support/page-server.mjs <sims> <page size> <latency ms>   prints its address as one line.
import { createServer } from 'node:http';
import { createSandbox } from '@carrierkit/sandbox';
import { withCheckDigit } from './iccids.mjs';

const [sims, size, latencyMs] = process.argv.slice(2).map(Number);
const pageCount = Math.ceil(sims / size);
const pages = await render();

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const answer = () => {
    const page = Number(url.searchParams.get('page') ?? 1);
    const at = (number, rel) =>
      `<http://${request.headers.host}${url.pathname}?page=${number}&per_page=${size}>; rel="${rel}"`;
    const links = [...(page < pageCount ? [at(page + 1, 'next')] : []), at(pageCount, 'last')];
    response.writeHead(200, { 'content-type': 'application/json', link: links.join(', ') });
    response.end(pages[page - 1] ?? '[]');
  };
  if (latencyMs > 0) setTimeout(answer, latencyMs);
  else answer();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

/** SIMs as the sandbox tells them, brought to about 1 KB each, with ICCIDs of their own. */
async function render() {
  const sandbox = await createSandbox({ sims: 300, days: 1, limits: false });
  const token = sandbox.info.credentials.truphone.token;
  const answer = await fetch(`${sandbox.info.baseUrls.truphone}/api/v2.2/sims/?per_page=100`, {
    headers: { authorization: `Token ${token}` },
  });
  const models = (await answer.json()).map((sim) => {
    const missing = 1024 - JSON.stringify(sim).length;
    return missing > 20 ? { ...sim, description: 'x'.repeat(missing - 18) } : sim;
  });
  await sandbox.close();
  return Array.from({ length: pageCount }, (_, page) => {
    const count = Math.min(size, sims - page * size);
    const items = Array.from({ length: count }, (_, index) => {
      const number = page * size + index;
      return { ...models[number % models.length], iccid: withCheckDigit(`894447${String(number).padStart(12, '0')}`) };
    });
    return Buffer.from(JSON.stringify(items));
  });
}
