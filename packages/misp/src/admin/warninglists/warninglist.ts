import { flagOf, isRecord, textOf } from '../../fields.ts';

/** A warninglist as the server has it, without its entries. */
export interface Warninglist {
  readonly id: string;
  readonly name: string;
  /** How entries match: `cidr`, `hostname`, `string`, `substring` or `regex`. */
  readonly type: string;
  readonly enabled: boolean;
  /** Came with MISP, not from an operator. */
  readonly isDefault: boolean;
  /** `false_positive`, or `known` for what is known and not harmless. */
  readonly category: string;
  readonly version: string;
  /** Count of entries. */
  readonly entries: number;
  /** Attribute types that it is meant for. */
  readonly attributeTypes: readonly string[];
}

/** A member of `warninglists/index`; undefined when it is no warninglist. */
export function readWarninglist(entry: unknown): Warninglist | undefined {
  if (!isRecord(entry) || !isRecord(entry.Warninglist)) return undefined;
  const fields = entry.Warninglist;
  const id = textOf(fields.id);
  if (!/^\d+$/.test(id)) return undefined;
  return {
    id,
    name: textOf(fields.name),
    type: textOf(fields.type),
    enabled: flagOf(fields.enabled) ?? false,
    isDefault: flagOf(fields.default) ?? false,
    category: textOf(fields.category),
    version: textOf(fields.version),
    entries: Number(textOf(fields.warninglist_entry_count)) || 0,
    attributeTypes: textOf(fields.valid_attributes)
      .split(',')
      .map((type) => type.trim())
      .filter((type) => type !== ''),
  };
}
