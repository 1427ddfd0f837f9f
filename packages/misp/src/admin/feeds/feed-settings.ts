import { isRecord } from '../../fields.ts';

/** How MISP reads a feed's file, under MISP's own names, such as `{csv: {value: '1', delimiter: ','}}`. */
export type FeedSettings = Readonly<Record<string, unknown>>;

/** MISP keeps settings as JSON inside of a string, with `[]` for none. */
export function readSettings(text: unknown): FeedSettings {
  if (isRecord(text)) return text;
  try {
    const settings: unknown = JSON.parse(typeof text === 'string' ? text : 'null');
    return isRecord(settings) ? settings : {};
  } catch {
    return {}; // Nobody can read them, the server included.
  }
}

/** A setting of a CSV feed; `value` is the list of columns. */
export function csvSetting({ csv }: FeedSettings, name: 'value' | 'delimiter'): string | undefined {
  const setting = isRecord(csv) ? csv[name] : undefined;
  return typeof setting === 'string' && setting !== '' ? setting : undefined;
}

/** The settings with these for CSV; the others stay. */
export function withCsv(settings: FeedSettings, csv: FeedSettings): FeedSettings {
  return { ...settings, csv: { ...(isRecord(settings.csv) ? settings.csv : {}), ...csv } };
}
