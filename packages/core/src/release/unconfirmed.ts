import type { History } from '../history/history.ts';

/** Exporters of whose engine nobody knows whether it runs what is live. */
export function unconfirmed({ releases }: History): readonly string[] {
  return releases.newest('live')?.unconfirmed ?? [];
}

/** Notes that nobody knows whether their engines run what is live: the next run tells them. Called while the history is written. */
export function doubt(history: History, exporters: readonly string[]): void {
  write(history, new Set([...unconfirmed(history), ...exporters]));
}

/** Notes that their engines have confirmed what is live. Called while the history is written. */
export function trust(history: History, exporters: readonly string[]): void {
  write(history, new Set(unconfirmed(history)).difference(new Set(exporters)));
}

function write({ releases }: History, exporters: ReadonlySet<string>): void {
  const live = releases.newest('live');
  if (live !== undefined) releases.write({ ...live, unconfirmed: [...exporters] });
}
