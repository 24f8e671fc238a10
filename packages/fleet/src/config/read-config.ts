import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inputError } from '@carrierkit/core';
import { isErrno } from '../stores/private-files.js';
import type { FleetConfig } from './fleet-config.js';

/** A config before anything in it was looked at. */
export interface RawConfig {
  readonly content: unknown;
  /** `null` for a config given as an object. */
  readonly file: string | null;
  /** What paths in it are relative to. */
  readonly folder: string;
}

/** Reads YAML, JSON or a module; no error repeats the file's text, which may hold credentials. */
export async function readConfig(config: string | URL | FleetConfig): Promise<RawConfig> {
  if (typeof config !== 'string' && !(config instanceof URL))
    return { content: config, file: null, folder: process.cwd() };
  const file = resolve(config instanceof URL ? fileURLToPath(config) : config);
  return { content: await readContent(file), file, folder: dirname(file) };
}

async function readContent(file: string): Promise<unknown> {
  switch (extname(file).toLowerCase()) {
    case '.yaml':
    case '.yml':
      return parseYaml(file, await readText(file));
    case '.json':
      return parseJson(file, await readText(file));
    case '.mjs':
    case '.js':
      await readText(file);
      return importConfig(file);
    default:
      throw inputError('config', `${file} is none of .yaml, .yml, .json and .mjs`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT'))
      throw inputError('config', `there is no file ${file}; create it, or pass the path of another`);
    if (isErrno(error, 'EISDIR')) throw inputError('config', `${file} is a folder; pass the path of a config file`);
    throw inputError(
      'config',
      `${file} cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unknown reason'})`,
    );
  }
}

async function parseYaml(file: string, text: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  // A warning is a tag that nobody knows: the value behind it would silently be another one.
  const [problem] = [...document.errors, ...document.warnings];
  if (!problem) return valueOf(file, document);
  const { line, col } = lineCounter.linePos(problem.pos[0]);
  const what = problem.code.toLowerCase().replaceAll('_', ' ');
  throw inputError('config', `${file} is not valid YAML: ${what} at line ${line}, column ${col}`);
}

function valueOf(file: string, document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    throw inputError(
      'config',
      `${file} is not valid YAML: an alias has no anchor; put a value that begins with * in quotes`,
    );
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const where =
      position === undefined ? 'it ends too early' : `see line ${text.slice(0, Number(position)).split('\n').length}`;
    throw inputError('config', `${file} is not valid JSON: ${where}`);
  }
}

async function importConfig(file: string): Promise<unknown> {
  let module: Record<string, unknown>;
  try {
    module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw inputError('config', `${file} failed to load (${reasonOf(error, file)})`);
  }
  const content = module['config'] ?? module['default'];
  if (content === undefined) throw inputError('config', `${file} exports neither 'config' nor a default`);
  return content;
}

/** Errors of the language, and of loaders, name or quote what they found, and that may be a credential without its quotes. */
function reasonOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return 'it threw';
  if (error.name === 'Error') return error.message;
  const stack = error.stack ?? '';
  const place = stack.split(pathToFileURL(file).href)[1] ?? stack.split(file)[1] ?? '';
  const line = /^[^:\s]*:(\d+)/.exec(place)?.[1];
  return line === undefined ? error.name : `${error.name} at line ${line}`;
}
