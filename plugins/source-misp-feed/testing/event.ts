import { createHash } from 'node:crypto';

/** UUID of the nth event of a test feed; they sort by n. */
export const uuidOf = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;

/** The nth event document of a test feed, with so many domains. */
export function eventText(n: number, { domains = 1, word = 'evil' } = {}): string {
  const Attribute = Array.from({ length: domains }, (_, i) => ({
    uuid: `22222222-2222-4222-${String(i).padStart(4, '0')}-${String(n).padStart(12, '0')}`,
    type: 'domain',
    category: 'Network activity',
    value: `${word}${n}-${i}.example.net`,
    to_ids: true,
  }));
  return JSON.stringify({ Event: { uuid: uuidOf(n), info: `Event ${n}`, published: true, Attribute } });
}

/** A manifest of events and their timestamps, in the order given. */
export function manifestText(timestamps: Readonly<Record<number, number | string>>): string {
  const entries = Object.entries(timestamps).map(([n, timestamp]) => [uuidOf(Number(n)), { timestamp }]);
  return JSON.stringify(Object.fromEntries(entries));
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
