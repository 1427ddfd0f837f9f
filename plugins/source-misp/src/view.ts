import { createHash } from 'node:crypto';
import type { MispOptions } from './options.ts';

/**
 * A digest of everything that decides which attributes there are to see, the key included, and whether that may be less than
 * the server counts.
 */
export function viewOf(options: MispOptions): string {
  const { timeout, retries, retryDelay, ca, verifyTls, maxBytes, pageSize, sweep, grace, ...view } = options;
  const entries = Object.entries({ ...view, key: view.key.reveal().trim() }).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}
