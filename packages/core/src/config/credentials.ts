import { isTree } from './layer.ts';

/** Where a text looks like an address: hides what stands before its last `@`, and its query and fragment. */
export function withoutCredentials(text: string): string {
  if (!/:\/\/|:[^@]*@|[?&][\w-]+=/.test(text)) return text;
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@').replace(/([?#]).*$/s, '$1***');
}

/** A config for showing: its addresses are without credentials, which the queries of feeds hold. */
export function shownConfig(value: unknown): unknown {
  if (typeof value === 'string') return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? withoutCredentials(value) : value;
  if (Array.isArray(value)) return value.map(shownConfig);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shownConfig(child)]));
}
