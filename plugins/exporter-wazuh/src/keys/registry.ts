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
  if (registryFault(value) === undefined) addWindowsKey(value, keys);
}

/** A key as file integrity monitoring writes it, with the long name of the hive. */
export function addIntegrityRegistryKey({ value }: Indicator, keys: string[]): void {
  const slash = value.indexOf('\\');
  const hive = HIVES.get(value.slice(0, Math.max(slash, 0)));
  if (hive === undefined || registryFault(value) !== undefined) return;
  const key = `${hive}${value.slice(slash)}`;
  if (keyFault(key) === undefined) keys.push(key);
}
