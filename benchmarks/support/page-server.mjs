// A vendor that does nothing but sign in whoever asks and answer with pages of SIMs, made once, in the vendor's own shape. Run as a process of its own.
// node support/page-server.mjs <vendor> <sims> <page size> <latency ms>   prints its address as one line.
import { createServer } from 'node:http';
import { createSandbox } from '@carrierkit/sandbox';
import { shapes } from './page-shapes.mjs';

const [vendor, ...numbers] = process.argv.slice(2);
const [sims, size, latencyMs] = numbers.map(Number);
const shape = shapes[vendor];
const pageCount = Math.ceil(sims / size);
const pages = await render();
const signedIn = JSON.stringify({ auth_token: 'bench', access_token: 'bench', expires_in: 3600 });

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const answer = () => {
    if (request.method === 'POST') {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(signedIn);
      return;
    }
    const page = shape.pageOf(url);
    const headers = shape.headers({ url, host: request.headers.host, page, pageCount, size, sims });
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(pages[page - 1] ?? '[]');
  };
  if (latencyMs > 0) setTimeout(answer, latencyMs);
  else answer();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

async function render() {
  const sandbox = await createSandbox({ sims: 300, days: 1, limits: false });
  const models = await shape.models(sandbox.info).finally(() => sandbox.close());
  return Array.from({ length: pageCount }, (_, index) => {
    const first = index * size;
    const items = Array.from({ length: Math.min(size, sims - first) }, (_, position) =>
      shape.item(models[(first + position) % models.length], first + position),
    );
    return Buffer.from(JSON.stringify(shape.body(items, { page: index + 1, pageCount })));
  });
}
