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
  const [problem] = document.errors;
  if (!problem) return document.toJS();
  const { line, col } = lineCounter.linePos(problem.pos[0]);
  const what = problem.code.toLowerCase().replaceAll('_', ' ');
  throw inputError('config', `${file} is not valid YAML: ${what} at line ${line}, column ${col}`);
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
    throw inputError(
      'config',
      `${file} failed to load (${error instanceof Error ? `${error.name}: ${error.message}` : 'it threw'})`,
    );
  }
  const content = module['config'] ?? module['default'];
  if (content === undefined) throw inputError('config', `${file} exports neither 'config' nor a default`);
  return content;
}
