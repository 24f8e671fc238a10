import { describe, expect, it } from 'vitest';
import { fillPath, parseOrigin, queryText } from '../src/http/origin.js';

describe('a base URL', () => {
  it.each([
    ['https://api.example.com', '', 'https://api.example.com'],
    ['https://api.example.com:8443/v2//', '/v2', 'https://api.example.com:8443'],
    ['http://[::1]:8080/vendor', '/vendor', 'http://[::1]:8080'],
  ])('%s', (baseUrl, prefix, origin) => {
    expect(parseOrigin(baseUrl)).toEqual({ origin, prefix });
  });

  it.each([
    ['api.example.com', /^baseUrl: .*expected for example https:/],
    ['https://user@api.example.com', /credentials/],
    ['https://:word@api.example.com', /credentials/],
    ['https://api.example.com/?key=1', /query/],
    ['https://api.example.com/#there', /fragment/],
    ['http://api.example.com', /must use https/],
    ['ftp://localhost', /must use https/],
  ])('%s is refused, with the remedy and without repeating it', (baseUrl, reason) => {
    expect(() => parseOrigin(baseUrl)).toThrow(reason);
    expect(() => parseOrigin(baseUrl)).not.toThrow(/word|user|key/);
  });
});

describe('a path', () => {
  it('holds encoded values: none leads elsewhere', () => {
    expect(fillPath('/sims/{id}/tags/{tag}', { id: 7, tag: '../a b?c' })).toBe('/sims/7/tags/..%2Fa%20b%3Fc');
  });

  it.each(['', '.', '..', '\ud800'])('takes no %j, which would name another resource or nothing', (id) => {
    expect(() => fillPath('/sims/{id}', { id })).toThrow(/^id: .*(cannot stand in a path|surrogate)/);
  });
});

it('a query leaves out what is not given, repeats lists, and hides no sign', () => {
  expect(queryText([])).toBe('');
  expect(
    queryText([
      ['none', undefined],
      ['null', null],
    ]),
  ).toBe('');
  expect(
    queryText([
      ['state', ['a b', 'c+d']],
      ['page', 0],
      ['all', false],
    ]),
  ).toBe('?state=a%20b&state=c%2Bd&page=0&all=false');
});
