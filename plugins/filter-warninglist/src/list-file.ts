import type { IndicatorKind } from '@misp-pipeline/core';
import { kindsOfTypes } from './kinds.ts';

/** How the entries of a list are compared; the five types of MISP/misp-warninglists. */
export const LIST_TYPES = ['string', 'hostname', 'cidr', 'substring', 'regex'] as const;

export type ListType = (typeof LIST_TYPES)[number];

/** One warninglist as it stands in its file. */
export interface Warninglist {
  /** Short name, from the name of the folder or file: `cisco_top1000`. */
  readonly slug: string;
  /** Name for people: `Top 1000 websites from Cisco Umbrella`. */
  readonly name: string;
  readonly type: ListType;
  readonly entries: readonly string[];
  /** Kinds of indicator that the list is about. */
  readonly kinds: ReadonlySet<IndicatorKind>;
}

/** Reads the text of a list's file. Throws an error that says what is wrong. */
export function parseList(slug: string, text: string): Warninglist {
  return warninglistOf(slug, JSON.parse(text));
}

/**
 * The list of a JSON document: `name`, `type`, `list` and perhaps `matching_attributes`, in the forms that MISP imports
 * (`type` may be a list of which the first counts, `list` may be a map from entry to comment). Throws an error that says
 * what is wrong.
 */
export function warninglistOf(slug: string, json: unknown): Warninglist {
  if (!isRecord(json)) throw new Error('is no JSON object');
  const { name, list, matching_attributes: types } = json;
  const type: unknown = Array.isArray(json.type) ? json.type[0] : json.type;
  if (typeof name !== 'string') throw new Error('has no `name`');
  if (!isListType(type)) throw new Error(`has the type \`${String(type)}\`, not one of ${LIST_TYPES.join(', ')}`);
  const entries: unknown = isRecord(list) ? Object.keys(list) : list;
  if (!isStrings(entries)) throw new Error('has no `list` of strings');
  if (types !== undefined && !isStrings(types))
    throw new Error('has `matching_attributes` that are no list of strings');
  return { slug, name, type, entries, kinds: kindsOfTypes(types) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isListType(value: unknown): value is ListType {
  return LIST_TYPES.some((type) => type === value);
}
