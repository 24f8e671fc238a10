import type { ErrorInfo } from '@carrierkit/core';
import type { RunProgress, RunReport } from '@carrierkit/fleet';
import type { Session } from './session.js';

/** `run winter: 1,234 of 5,000 done, 3 failed; 12/s, 5 min left; emea is down, the others go on` */
export function progressText(runId: string, progress: RunProgress): string {
  const { items, done, failed, unknown, itemsPerSecond, leftMs, paused } = progress;
  const parts = [
    `run ${runId}: ${figure(done)} of ${figure(items)} done`,
    ...(failed > 0 ? [`${figure(failed)} failed`] : []),
    ...(unknown > 0 ? [`${figure(unknown)} unknown`] : []),
  ];
  const pace = itemsPerSecond === null ? [] : [`${rate(itemsPerSecond)}, ${leftText(leftMs ?? 0)} left`];
  const waiting = paused.length === 0 ? [] : [`waiting for ${paused.join(', ')}, which is down`];
  return [parts.join(', '), ...pace, ...waiting].join('; ');
}

/** Says which carriers were given up, and how to go on. */
export function warnOfOutages(session: Session, runId: string, { outages }: Pick<RunReport, 'outages'>): void {
  for (const [provider, { message }] of Object.entries<ErrorInfo>(outages))
    session.warn(
      `provider '${provider}' was given up with SIMs left (${message}); go on with: carrierkit runs resume ${runId}`,
    );
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}

function rate(perSecond: number): string {
  return perSecond >= 1 ? `${Math.round(perSecond)}/s` : `${(perSecond * 60).toFixed(1)}/min`;
}

function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
