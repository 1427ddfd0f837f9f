import type { Direction, IndicatorKind } from '@misp-pipeline/core';

/** One indicator that an attribute's value holds. */
export interface Part {
  readonly kind: IndicatorKind;
  /** Canonical, as the indicator will carry it. */
  readonly value: string;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
}

/** Why a value became no indicator. */
export type Fault =
  | 'control-character'
  | 'invalid-composite'
  | 'invalid-email'
  | 'invalid-hash'
  | 'invalid-host'
  | 'invalid-ip'
  | 'invalid-method'
  | 'invalid-pipe'
  | 'invalid-port'
  | 'invalid-uri'
  | 'invalid-url'
  | 'invisible-character'
  | 'single-label-host'
  | 'wildcard';

/** What a value holds (one part, several for a composite), or what is wrong with it. */
export type Reading = readonly Part[] | Fault;

/** Reads the value of one MISP type. The text has no blanks around it and is not empty. */
export type Reader = (text: string) => Reading;

export function part(kind: IndicatorKind, value: string, direction?: Direction, port?: number): Part {
  return { kind, value, direction, port };
}

export function isFault(reading: Reading): reading is Fault {
  return typeof reading === 'string';
}

const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]/u;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** Whether a text has control characters, separators of lines or paragraphs, or halves of a surrogate pair. */
export function hasControls(text: string): boolean {
  return CONTROL.test(text);
}

/** Whether a text has characters without a glyph, such as zero-width blanks and marks of direction. */
export function hasInvisibles(text: string): boolean {
  return INVISIBLE.test(text);
}

/** A text without the characters that {@link hasInvisibles} finds. */
export function withoutInvisibles(text: string): string {
  return text.replace(ALL_INVISIBLE, '');
}

/** Names the characters that no host, address or hash may have, or else `fault`. For values that were not understood. */
export function faultOf(text: string, fault: Fault): Fault {
  if (hasControls(text)) return 'control-character';
  return hasInvisibles(text) ? 'invisible-character' : fault;
}

/** Both halves of a composite that is split at the `|` at `at`; undefined when there is none or a half is empty. */
export function halvesOf(text: string, at: number): readonly [string, string] | undefined {
  const left = text.slice(0, Math.max(at, 0)).trim();
  const right = text.slice(at + 1).trim();
  return left === '' || right === '' ? undefined : [left, right];
}
