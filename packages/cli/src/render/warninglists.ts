import type { CheckedValue, ValueCheck, Warninglist } from '@misp-pipeline/misp';
import { plain } from './number.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

export function warninglistsText(lists: readonly Warninglist[]): string {
  const rows = lists.map(({ id, enabled, type, entries, category, version, name }) => ({
    id,
    enabled: enabled ? 'on' : 'off',
    type: visible(type),
    entries: plain(entries).padStart(7),
    category: visible(category),
    version: visible(version),
    name: visible(name),
  }));
  return table(rows, ['id', 'enabled', 'type', 'entries', 'category', 'version', 'name']);
}

/** Each value with the lists and entries that it matches. */
export function valueCheckText({ values }: ValueCheck): string {
  return values.map(checkedText).join('\n');
}

function checkedText({ value, matches }: CheckedValue): string {
  if (matches.length === 0) return `${visible(value)}: on no list`;
  const lines = matches.map(({ id, name, entry, part, type, attributeTypes }) => {
    const whose = part === value ? '' : ` (its part ${visible(part)})`;
    const types = attributeTypes.length === 0 ? 'any type' : attributeTypes.join(', ');
    return `  ${visible(name)} [${visible(id)}]${whose}: ${visible(type)} ${visible(entry)}; meant for ${visible(types)}`;
  });
  return [`${visible(value)}:`, ...lines].join('\n');
}
