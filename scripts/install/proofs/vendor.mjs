import { createServer } from 'node:http';

/** A vendor that knows no SIMs: `answers` by method and path, anything else is a test's mistake. Tells what `use` made of it. */
export async function withVendor(answers, use) {
  const server = createServer(({ method, url }, response) => {
    const body = answers[`${method} ${new URL(url, 'http://vendor').pathname}`];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: `${method} ${url} is not expected` }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
  }
}
