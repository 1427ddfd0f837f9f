import { isRecord } from '@misp-pipeline/misp';
import type { LineReader, Reading } from '../alert.ts';
import { readSuricata, recordOf } from '../suricata.ts';

/** Types of events of EVE to annotate; `all` is every type. */
export type EventTypes = ReadonlySet<string> | 'all';

/** A reader of EVE that takes events of these types as it takes alerts. */
export function eventReader(types: EventTypes): LineReader {
  return (line) => {
    const record = recordOf(line);
    if (record === undefined) return 'malformed';
    const { event_type: type } = record;
    if (type === 'alert') return isChosen(types, type) ? readSuricata(line) : 'other';
    return typeof type === 'string' && isChosen(types, type) ? readAsAlert(record) : 'other';
  };
}

function isChosen(types: EventTypes, type: string): boolean {
  return types === 'all' || types.has(type);
}

/** Events have the same fields as alerts, but for the alert itself. */
function readAsAlert(record: object): Reading {
  const alert = { signature_id: 0, signature: '' };
  try {
    return readSuricata(JSON.stringify({ ...record, event_type: 'alert', alert }));
  } catch {
    return 'malformed'; // Nested too deep to be written, which is no event of Suricata's.
  }
}

/** Whether the object of a line has a key of this name already. */
export function hasKey(line: string, key: string): boolean {
  // Most lines do not even hold the word.
  if (!line.includes(`"${key}"`)) return false;
  const record = recordOf(line);
  return isRecord(record) && Object.hasOwn(record, key);
}
