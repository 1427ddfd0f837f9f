import { readFileSync } from 'node:fs';
import { filePath, type IdBook, messageOf, pipelineError, type StageServices, z } from '@misp-pipeline/core';

/** Options that every exporter of numbered rules has. */
export const sidOptions = {
  sids: z
    .strictObject({
      first: z.int().min(1).max(4_294_967_294).default(1_000_000_000).describe('First sid that may be given.'),
      last: z.int().min(1).max(4_294_967_294).default(1_999_999_999).describe('Last sid that may be given.'),
    })
    .refine((sids) => sids.first <= sids.last, '`first` must not be above `last`')
    .prefault({})
    .describe('Range of the rules’ sids; a sid stays with its indicator for ever.'),
  otherRules: z
    .array(filePath())
    .default([])
    .describe('Your other rule files; their sids are never given, and a clash with a given one stops the run.'),
};

export interface SidOptions {
  readonly sids: { readonly first: number; readonly last: number };
  readonly otherRules: readonly string[];
}

/** Sids of the active rules of a rule file: lines that are no comments. A backslash at its end continues a line. */
export function sidsOf(rules: string): number[] {
  const sids: number[] = [];
  for (const line of rules.replace(/\\\r?\n/g, ' ').split('\n')) {
    if (/^\s*#/.test(line)) continue;
    for (const match of line.matchAll(/[;(]\s*sid\s*:\s*(\d{1,10})\s*;/g)) sids.push(Number(match[1]));
  }
  return sids;
}

/** Opens the exporter's book of sids, around those of the user's other rule files. */
export function openSids(options: SidOptions, services: Pick<StageServices, 'id' | 'ids'>): IdBook {
  const taken = new Set<number>();
  const fileOf = new Map<number, string>();
  for (const file of options.otherRules) {
    for (const sid of sidsOf(readRules(file))) {
      taken.add(sid);
      fileOf.set(sid, file);
    }
  }
  const book = services.ids.book(options.sids, taken);
  if (taken.size === 0) return book;
  return {
    assign(key, text) {
      const assigned = book.assign(key, text);
      const file = fileOf.get(assigned.id);
      if (file !== undefined) throw pipelineError('SID_CLASH', { exporter: services.id, file, sids: [assigned.id] });
      return assigned;
    },
  };
}

function readRules(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`rule file \`${file}\` of \`otherRules\` cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
