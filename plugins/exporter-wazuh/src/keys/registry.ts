import type { Indicator } from '@misp-pipeline/core';
import { keyFault } from '../cdb.ts';
import { addWindowsKey } from './windows.ts';

/** Hives that logs name as indicators do. That of the user is logged under a number that is different on each machine. */
const HIVES: ReadonlyMap<string, string> = new Map([
  ['HKLM', 'HKEY_LOCAL_MACHINE'],
  ['HKCR', 'HKEY_CLASSES_ROOT'],
  ['HKU', 'HKEY_USERS'],
]);

/** Why a registry key cannot stand in a list. */
export type RegistryFault = 'user-hive' | 'registry-data';

/** Tells why a canonical registry key cannot be looked up, or undefined when it can. */
export function registryFault(value: string): RegistryFault | undefined {
  if (value.includes('|')) return 'registry-data';
  return /^HKCU(?:\\|$)/i.test(value) ? 'user-hive' : undefined;
}

/** Key and name of a value as Sysmon writes them, with the short name of the hive. */
export function addSysmonRegistryKey({ value }: Indicator, keys: string[]): void {
  if (registryFault(value) !== undefined) return;
  for (const spelling of spellingsOf(value, 'SOFTWARE')) addWindowsKey(spelling, keys);
}

/** A key as file integrity monitoring writes it, with the long name of the hive. */
export function addIntegrityRegistryKey({ value }: Indicator, keys: string[]): void {
  const hive = HIVES.get(value.slice(0, Math.max(value.indexOf('\\'), 0)));
  if (hive === undefined || registryFault(value) !== undefined) return;
  for (const spelling of spellingsOf(value, 'Software')) {
    const key = `${hive}${spelling.slice(spelling.indexOf('\\'))}`;
    if (keyFault(key) === undefined) keys.push(key);
  }
}

/** The key as it is, and with `Software` as the log has it: from the registry itself, or from the agent's configuration. */
function spellingsOf(key: string, software: string): ReadonlySet<string> {
  return new Set([key, key.replace(/^HKLM\\software(?=\\)/i, `HKLM\\${software}`)]);
}
