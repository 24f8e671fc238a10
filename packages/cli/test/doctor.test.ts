import { createSandbox, type Sandbox } from '@carrierkit/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pairConfig, type Run, Workplace } from './support/cli.js';
import { control } from './support/control.js';

interface Page {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly provider: string | null;
    readonly check: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly remedy: string | null;
  }[];
}

let sandbox: Sandbox;
const place = new Workplace();

beforeAll(async () => {
  sandbox = await createSandbox({ sims: 30, days: 2 });
  place.write(
    'carrierkit.config.yaml',
    `${pairConfig(sandbox)}  emea:
    adapter: truphone
    baseUrl: ${sandbox.baseUrl}/truphone
    token: "0123456789abcdef0123456789abcdef01234567"
`,
  );
});
afterEach(async () => {
  await fetch(`${sandbox.baseUrl}/_sandbox/faults`, { method: 'DELETE' });
});
afterAll(async () => {
  await sandbox.close();
  place.remove();
});

const found = (run: Run, provider: string, check: string) =>
  run.json<Page>().checks.find((line) => line.provider === provider && line.check === check);
const answersWith = (operationId: string, body: unknown) =>
  control(sandbox, 'faults', { operationId, kind: 'status', when: 'before', status: 200, body });

describe('doctor', () => {
  it('reads what can be read of every vendor and finds all in order', async () => {
    const run = await place.run(['doctor', '--format', 'json']);
    expect(run.json<Page>().ok).toBe(true);
    expect(run.code).toBe(0);
    expect(found(run, 'emea', 'description')?.detail).toBe('17 of 17 kinds of answers read, all as described');
    expect(found(run, 'iot', 'description')?.detail).toBe('3 of 3 kinds of answers read, all as described');
    expect(found(run, 'staff', 'description')?.detail).toBe('6 of 6 kinds of answers read, all as described');
    expect(found(run, 'emea', 'clock')?.detail).toMatch(/^within \d s of the vendor's$/);
    expect(found(run, 'emea', 'limits')?.detail).toMatch(/^2\d\d of 300 calls left in this window$/);
    expect(found(run, 'iot', 'limits')?.detail).toMatch(/tells no count/);
  });

  it.each([
    ['ahead of', 300_000],
    ['behind', -300_000],
  ])('says by how much the clock is %s the vendor', async (side, clockOff) => {
    const run = await place.run(['doctor', '--provider', 'iot', '--format', 'json'], { clockOff });
    const clock = found(run, 'iot', 'clock');
    expect(clock?.ok).toBe(false);
    const [, seconds] = new RegExp(`^this machine is (\\d+) s ${side} the vendor$`).exec(clock?.detail ?? '') ?? [];
    expect(Math.abs(Number(seconds) - 300)).toBeLessThan(5);
    expect(clock?.remedy).toMatch(/NTP/);
    expect(run.code).toBe(3);
  });

  it('names each place where a live answer is unlike its description, and no value of it', async () => {
    await answersWith('listTags', [{ label: 'red', description: 7, simCards: 'private text' }]);
    const run = await place.run(['doctor', '--provider', 'emea', '--format', 'json']);
    const description = found(run, 'emea', 'description');
    expect(description).toMatchObject({ ok: false, remedy: expect.stringMatching(/^Update carrierkit/) });
    expect(description?.detail).toMatch(
      /listTags .*0\.description \(.*expected string.*0\.simCards \(.*expected array/,
    );
    expect(run.out).not.toContain('private text');
    expect(run.code).toBe(3);
  });

  it('tells of something new beside what is described, which is no failure', async () => {
    const [tag] = (await (
      await fetch(`${sandbox.baseUrl}/truphone/api/v2.0/tags/?per_page=1`, {
        headers: { authorization: 'Token 0123456789abcdef0123456789abcdef01234567' },
      })
    ).json()) as readonly object[];
    await answersWith('listTags', [{ ...tag, colour: 'red' }]);
    const run = await place.run(['doctor', '--provider', 'emea', '--format', 'json']);
    expect(found(run, 'emea', 'description')).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/something new: listTags: \[\*\] has the new member 'colour'$/),
    });
    expect(run.code).toBe(0);
  });

  it('goes on where one answer makes the connection itself look broken', async () => {
    await answersWith('listSimStatuses', [{ id: 'zero', description: 'Issued' }]);
    const run = await place.run(['doctor', '--provider', 'iot', '--format', 'json']);
    expect(found(run, 'iot', 'connection')?.remedy).toMatch(/Update carrierkit, or report it\.$/);
    expect(found(run, 'iot', 'description')?.detail).toMatch(/listSimStatuses/);
    expect(found(run, 'iot', 'clock')?.ok).toBe(true);
  });

  it('says what could not be read, and when the allowance is used up', async () => {
    await control(sandbox, 'faults', { operationId: 'listProducts', kind: 'status', when: 'before', status: 403 });
    await control(sandbox, 'faults', {
      operationId: 'listEndpoints',
      kind: 'status',
      when: 'before',
      status: 429,
      headers: { 'retry-after': '3600' },
    });
    const run = await place.run(['doctor', '--format', 'json']);
    expect(found(run, 'staff', 'description')).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^5 of 6 .*not read: listProducts \(permission\)$/),
    });
    expect(found(run, 'iot', 'limits')).toMatchObject({ ok: false, remedy: expect.stringMatching(/rateShare/) });
    expect(run.code).toBe(3);
  });

  it('is a page on a terminal on which nothing is shortened', async () => {
    await answersWith('listTags', [{ label: 'red' }]);
    const run = await place.run(['doctor', '--provider', 'emea'], { terminal: 60 });
    // One word that is longer, such as a path, stays whole.
    expect(run.out.split('\n').filter((line) => line.length > 60 && !/\/\S{43,}/.test(line))).toEqual([]);
    expect(run.out).toMatch(/\nemea\n {2}ok connection {2}truphone answers/);
    expect(run.out.replaceAll(/\s+/g, ' ')).toContain("listTags: [*] must have required property 'simCards'");
    expect(run.out).toMatch(/\n1 of 7 checks failed\.\n$/);
  });
});
