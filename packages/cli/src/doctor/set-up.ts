import { access, constants, mkdir } from 'node:fs/promises';
import { ConnectivityError, type ErrorInfo } from '@carrierkit/core';
import type { LoadedConfig } from '@carrierkit/fleet';
import { type Check, failed, passed } from './check.js';

export function configProblems({ details, message }: ErrorInfo<'input'>): readonly Check[] {
  const issues = details.issues.length > 0 ? details.issues : [{ path: 'config', message }];
  return issues.map((issue) => {
    const [, provider] = /^providers\.([^.]+)/.exec(issue.path) ?? [];
    return failed(provider ?? null, issue.path, issue.message, 'Mend the config; the message says what is expected.');
  });
}

export async function folderCheck(check: string, folder: string | null): Promise<Check> {
  if (folder === null) return passed(null, check, 'nothing is kept');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return passed(null, check, folder);
  } catch (error) {
    const detail = `${folder} cannot be written (${codeOf(error)})`;
    return failed(null, check, detail, 'Choose another stateDir in the config.');
  }
}

export async function ledgerCheck({ usage }: LoadedConfig): Promise<Check> {
  const { openLedger } = await import('@carrierkit/usage');
  try {
    await openLedger(usage.ledger);
    return passed(null, 'ledger', usage.ledger);
  } catch (error) {
    const reason = ConnectivityError.is(error) ? error.message : `cannot be opened (${codeOf(error)})`;
    return failed(null, 'ledger', `${usage.ledger}: ${reason}`, 'Choose another usage.ledger in the config.');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
