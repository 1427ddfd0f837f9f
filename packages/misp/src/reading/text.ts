import type { IndicatorKind } from '@misp-pipeline/core';
import { faultOf, halvesOf, hasControls, part, type Reader, type Reading } from './reading.ts';

/** Reads free text, which is kept to the letter. */
export function textReader(kind: IndicatorKind): Reader {
  return (text) => (hasControls(text) ? 'control-character' : [part(kind, text)]);
}

const RULE_CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]/u;

/** Reads the text of a rule, which may have several lines. */
export function ruleReader(kind: IndicatorKind): Reader {
  return (text) => (RULE_CONTROL.test(text) ? 'control-character' : [part(kind, text.replace(/\r\n?/g, '\n'))]);
}

/** Reads an HTTP method. */
export function readMethod(text: string): Reading {
  const method = text.toUpperCase().replace(/^["'](.*)["']$/, '$1');
  return /^[A-Z]+$/.test(method) ? [part('http-method', method)] : faultOf(text, 'invalid-method');
}

const PIPE_PREFIX = /^[\\\s]+(?:\.[\\\s]+)?(?:pipe[\\\s]+)?/i;

/** Reads the name of a pipe, without the `\\.\pipe\` that stands before all of them. */
export function readPipe(text: string): Reading {
  if (hasControls(text)) return 'control-character';
  const name = text.replace(PIPE_PREFIX, '');
  return name === '' ? 'invalid-pipe' : [part('named-pipe', name)];
}

const HIVES: ReadonlyMap<string, string> = new Map([
  ['HKEY_LOCAL_MACHINE', 'HKLM'],
  ['HKEY_CURRENT_USER', 'HKCU'],
  ['HKEY_CLASSES_ROOT', 'HKCR'],
  ['HKEY_USERS', 'HKU'],
  ['HKEY_CURRENT_CONFIG', 'HKCC'],
]);

/** Reads the path of a registry key: hive in its short form, no trailing backslash. */
export function readRegistryKey(text: string): Reading {
  return hasControls(text) ? 'control-character' : [part('regkey', registryKey(text))];
}

/**
 * Reads `key|value`. The value narrows the key down: alone, `HKLM\software\microsoft\windows\currentversion` is on every
 * machine. So both stay one indicator, `key|value`.
 */
export function readRegistryValue(text: string): Reading {
  const halves = halvesOf(text, text.indexOf('|'));
  if (halves === undefined) return faultOf(text, 'invalid-composite');
  return hasControls(text) ? 'control-character' : [part('regkey', `${registryKey(halves[0])}|${halves[1]}`)];
}

function registryKey(text: string): string {
  const slash = text.indexOf('\\');
  const hive = slash < 0 ? text : text.slice(0, slash);
  const key = `${HIVES.get(hive.toUpperCase()) ?? hive}${slash < 0 ? '' : text.slice(slash)}`;
  return key.replace(/(?<=[^\\])\\+$/, '');
}
