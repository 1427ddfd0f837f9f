/** Fields of a JSON object that nobody has vouched for. */
export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a string or number; the empty string for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** A flag in any of MISP's spellings (`true`, `1`, `"1"`, `"true"`), or undefined when nothing was said. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === '1' || value === 'true') return true;
  if (value === 0 || value === '0' || value === 'false') return false;
  return undefined;
}

/** A number that MISP gave something, written as a number or as text; undefined for anything else. */
export function idOf(value: unknown): number | undefined {
  const id = typeof value === 'string' ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

const NOTHING: readonly unknown[] = [];

/**
 * The members of a list. PHP writes a list with gaps as an object with numbers for keys; any other object stands for a
 * list of one, anything else for an empty list.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return NOTHING;
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : [value];
}

const LAST_SECOND = 9_999_999_999; // in the year 2286; longer numbers count milli- or microseconds

/** Unix seconds written as a number or as text; undefined for 0, which MISP uses for never, and for nonsense. */
export function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds >= 1 && seconds <= LAST_SECOND)) return undefined;
  return Math.floor(seconds);
}

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const EPOCH = /^\d{1,17}$/;

/** Unix seconds of ISO 8601 text (UTC unless it says otherwise) or of an epoch in seconds, milli- or microseconds. */
export function momentOf(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  const text = textOf(value);
  if (EPOCH.test(text)) {
    const epoch = Number(text);
    return secondsOf(epoch > 99_999_999_999_999 ? epoch / 1e6 : epoch > LAST_SECOND ? epoch / 1e3 : epoch);
  }
  const zone = ISO_TIME.exec(text);
  if (zone === null) return undefined;
  return secondsOf(Date.parse(text.length > 10 && zone[1] === undefined ? `${text}Z` : text) / 1000);
}

/** A UUID in lower case, or undefined. */
export function uuidOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length !== 36) return undefined;
  if (isUuid(value)) return value;
  const uuid = value.toLowerCase();
  return isUuid(uuid) ? uuid : undefined;
}

const HYPHEN = 45;

/** Whether a text of 36 characters is a UUID in lower case. A loop, since every attribute has one. */
function isUuid(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isHyphen = i === 8 || i === 13 || i === 18 || i === 23;
    if (isHyphen ? code !== HYPHEN : !isHexDigit(code)) return false;
  }
  return true;
}

/** Whether a character code is that of a hexadecimal digit in lower case. */
export function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}
