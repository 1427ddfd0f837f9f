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

const PIPE_PREFIX = /^[\\\s]+(?:(?:\.|\?\?)[\\\s]+)?(?:(?:pipe|device\\namedpipe)[\\\s]+)?/i;

/** Reads the name of a pipe, without the `\\.\pipe\`, or `\Device\NamedPipe\`, that stands before all of them. */
export function readPipe(text: string): Reading {
  if (hasControls(text)) return 'control-character';
  const name = text.replace(PIPE_PREFIX, '');
  return name === '' ? 'invalid-pipe' : [part('named-pipe', name)];
}

/** Hives by all their names: short, long, and that of the kernel, which reports of sandboxes have. */
const HIVES: ReadonlyMap<string, string> = new Map([
  ...['HKLM', 'HKCU', 'HKCR', 'HKU', 'HKCC'].map((hive): [string, string] => [hive, hive]),
  ['HKEY_LOCAL_MACHINE', 'HKLM'],
  ['HKEY_CURRENT_USER', 'HKCU'],
  ['HKEY_CLASSES_ROOT', 'HKCR'],
  ['HKEY_USERS', 'HKU'],
  ['HKEY_CURRENT_CONFIG', 'HKCC'],
  [String.raw`\REGISTRY\MACHINE`, 'HKLM'],
  [String.raw`\REGISTRY\USER`, 'HKU'],
]);

/** A hive as the registry editor (`Computer\`), PowerShell (`HKLM:`) or the kernel write it. */
const HIVE = /^(?:computer\\)?(hk[a-z_]+|\\registry\\(?:machine|user)):?(?=\\|$)/i;

/** Numbered or current, it is the same one to whoever logs: this is how Sysmon and file integrity monitoring call it. */
const CONTROL_SET = /^HKLM\\system\\(?:controlset\d{3}|currentcontrolset)(?=\\|$)/i;

/** Reads the path of a registry key: hive in its short form, the control set in use, no trailing backslash. */
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
  return text
    .replace(HIVE, (written, name: string) => HIVES.get(name.toUpperCase()) ?? written)
    .replace(CONTROL_SET, String.raw`HKLM\System\CurrentControlSet`)
    .replace(/(?<=[^\\])\\+$/, '');
}
