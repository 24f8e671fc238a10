import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redactMembers, Secret } from '../src/index.js';
import { privateTextsOf, scrub } from '../src/redaction/redact.js';

describe('secrets', () => {
  it('show nowhere', () => {
    const secret = new Secret('hunter2');
    for (const shown of [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      `${secret}`,
    ]) {
      expect(shown).not.toContain('hunter2');
    }
  });

  it('are overwritten in place at any depth; empty ones stay', () => {
    const raw = { pin1: '1234', list: [{ puk1: '', deep: { pin1: 5678 } }], puk1: null };
    redactMembers(raw, new Set(['pin1', 'puk1']));
    expect(raw).toEqual({ pin1: '[redacted]', list: [{ puk1: '', deep: { pin1: '[redacted]' } }], puk1: null });
  });
});

it.each([
  ['SIM 8944479999999999999 unknown', 'SIM 8944479999999999999 unknown'],
  ['number +4917012345678 is barred', 'number [redacted] is barred'],
  ['IMSI 901405100000001', 'IMSI [redacted]'],
  ['write to ann.b@mail.example.org please', 'write to [redacted] please'],
  ['order_01HZQ8GENA2K171RTJ3Z5FWW9R', 'order_01HZQ8GENA2K171RTJ3Z5FWW9R'],
])('scrub(%s)', (text, clean) => {
  expect(scrub(text)).toBe(clean);
});

it('private texts of an input are found under their names at any depth, numbers too', () => {
  const input = { iccid: '8944', to: [{ msisdn: 491701234567, name: null }], body: { text: 'hello', label: 'x' } };
  expect(privateTextsOf(input, new Set(['to', 'text']))).toEqual(['491701234567', 'hello']);
  expect(privateTextsOf('hello', new Set(['text']))).toEqual([]);
});

it('a credential that could not be fetched tells no more than what kind of thing was thrown', async () => {
  const failing = (reason: unknown) => new Secret(() => Promise.reject(reason as Error)).reveal();
  await expect(failing(new TypeError('hunter2'))).rejects.toThrow(/TypeError/);
  await expect(failing('hunter2')).rejects.toThrow(/\(string\)/);
  await expect(failing('hunter2')).rejects.not.toThrow(/hunter2/);
});

describe('what a vendor repeats of a request', () => {
  it('is taken out as far as it goes, also where only the beginning came back', () => {
    const secret = 'Your code is 4711, Mrs Doe';
    expect(scrub(`text '${secret}' refused`, [secret])).toBe("text '[redacted]' refused");
    expect(scrub("text 'Your code is 47...' refused", [secret])).toBe("text '[redacted]...' refused");
    expect(scrub('Your code is', [secret])).toBe('[redacted]');
    expect(scrub('Your code', [secret])).toBe('Your code');
  });

  it('is taken out whole where one private text is a part of another', () => {
    expect(scrub('to Ann: Annual report', ['Ann', 'Annual report'])).toBe('to [redacted]: [redacted]');
  });

  it('stays where it is shorter than three characters, which would take words apart', () => {
    expect([scrub('in the list', ['in']), scrub('the list', ['the'])]).toEqual(['in the list', '[redacted] list']);
  });
});
