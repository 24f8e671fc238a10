import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emnifyConfig, startSandbox, Workplace } from './support/cli.js';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

it('says what to do where there is no config', async () => {
  const plain = await place.run(['sims', 'list']);
  expect(plain).toMatchObject({ code: 2, out: '' });
  expect(plain.error().message).toContain('carrierkit.config.yaml');
  expect(plain.error().message).toContain("'carrierkit init'");
  const named = await place.run(['sims', 'list', '--config', 'elsewhere.yaml'], { terminal: 80 });
  expect(named.code).toBe(2);
  expect(named.err).toMatch(/^error: config: there is no file .*elsewhere\.yaml; check the path/);
});

it('names the variable that is missing, and no secret that is not', async () => {
  place.write('carrierkit.config.yaml', 'providers: { iot: { adapter: emnify, applicationToken: "${IOT_TOKEN}" } }');
  const run = await place.run(['providers']);
  expect(run.code).toBe(2);
  expect(run.error().message).toContain('IOT_TOKEN is not set');
  expect((await place.run(['providers'], { env: { IOT_TOKEN: 'a-secret' } })).code).toBe(0);
});

it('knows which provider may have been meant', async () => {
  place.write('carrierkit.config.yaml', emnifyConfig({ baseUrl: 'http://127.0.0.1:9' }));
  const run = await place.run(['sims', 'list', '--provider', 'iott']);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.error().message).toContain("Did you mean 'iot'?");
});

it('tells wrong credentials without repeating them', async () => {
  await using sandbox = disposable(await startSandbox());
  place.write('carrierkit.config.yaml', emnifyConfig(sandbox, 'not-the-token'));
  const run = await place.run(['sims', 'list'], { terminal: 100 });
  expect(run.code).toBe(1);
  expect(run.err).toContain("Check the credentials of provider 'iot' in the config. 'carrierkit doctor' tries them.");
  expect(run.err + run.out).not.toContain('not-the-token');
  const json = await place.run(['sims', 'list']);
  expect(json.json()).toEqual([]);
  expect(json.error()).toMatchObject({ kind: 'authentication', provider: 'iot' });
});

it('tells that a host cannot be reached', async () => {
  place.write('carrierkit.config.yaml', `${emnifyConfig({ baseUrl: 'http://127.0.0.1:9' })}    deadlineMs: 1000\n`);
  const run = await place.run(['sims', 'get', '89883030000000000015', '--provider', 'iot']);
  expect(run).toMatchObject({ code: 1, out: '' });
  expect(run.error()).toMatchObject({ kind: 'unavailable', provider: 'iot' });
});

it.each([
  [['nonsense']],
  [['sims', 'list', '--nonsense']],
  [['sims', 'get']],
  [['sims', 'list', '--format', 'html']],
  [['sims', 'list', '--wait']],
  [['sims', 'list', '--state', 'asleep']],
])('ends with 2 and one line for %j', async (args) => {
  place.write('carrierkit.config.yaml', emnifyConfig({ baseUrl: 'http://127.0.0.1:9' }));
  const run = await place.run(args);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.error().kind).toBe('input');
});

it.each([
  [['sims', 'list', '--stat', 'x'], "unknown option '--stat' (Did you mean --state?) (--help tells more)"],
  [['lifecycle', 'set', 'active', '--file', 'none.txt', '--yes'], /none\.txt: there is no such file or folder$/],
  [['lifecycle', 'set', 'active', '--file', '.', '--yes'], 'a folder was named where a file is expected'],
  [
    ['sms', 'send', '--to', '447700900123', '--text', 'x'],
    /^--to: .*, got 12: this looks like a telephone number, which begins with \+$/,
  ],
  [['lifecycle', 'set', 'active', '--file', '-', '--yes'], '--file: there is nothing in standard input'],
  [['usage', 'sync', '--from', '01.10.2026', '--to', '2026-11-01'], /^--from: expected a date such as 2026-10-01, or /],
  [['usage', 'sync', '--from', '2026-10-02', '--to', '2026-10-02'], /^--to: expected a date after --from/],
  [['usage', 'report', '--month', '2026-10', '--country', 'Norway'], /^--country: expected two letters/],
  [['usage', 'report', '--month', '2026-10', '--sim', '8.94E+18'], /took the ICCID for a number/],
])('says what is wrong with %j', async (args, message) => {
  place.write('carrierkit.config.yaml', emnifyConfig({ baseUrl: 'http://127.0.0.1:9' }));
  const run = await place.run(args);
  expect(run).toMatchObject({ code: 2, out: '' });
  const told = run.error().message;
  expect(told).toMatch(message);
});

it('reads dates by the clocks of the zone before it compares them', async () => {
  place.write('carrierkit.config.yaml', emnifyConfig({ baseUrl: 'http://127.0.0.1:9' }));
  const hour = ['usage', 'report', '--from', '2026-10-01', '--to', '2026-09-30T23:00:00Z'];
  expect((await place.run(hour)).error().message).toMatch(/^--to: expected a date after --from/);
  const inBerlin = await place.run([...hour, '--timezone', 'Europe/Berlin']);
  expect(inBerlin.json()).toMatchObject({ window: { from: '2026-09-30T22:00:00.000Z' } });
});

it('prints help where it is asked for, and on standard error where a command is missing', async () => {
  const help = await place.run(['sims', 'list', '--help']);
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain('--state');
  expect(help.out).toContain('--format');
  const bare = await place.run(['sims']);
  expect(bare).toMatchObject({ code: 2, out: '' });
  expect(bare.err).toContain('list');
});

it('tells its version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(await place.run(['--version'])).toMatchObject({ code: 0, out: `${version}\n`, err: '' });
});

function disposable<T extends { close(): Promise<void> }>(thing: T): T & AsyncDisposable {
  return Object.assign(Object.create(thing) as T, { [Symbol.asyncDispose]: () => thing.close() });
}
