import type { Indicator } from '@misp-pipeline/core';
import { addWindowsKey } from './windows.ts';

const WINDOWS_PATH = /^[a-z]:\\/i;

/** A whole Windows path as Sysmon writes it. A mere name is in no field of its own. */
export function addWindowsPathKey({ value }: Indicator, keys: string[]): void {
  if (WINDOWS_PATH.test(value)) addWindowsKey(value, keys);
}

/** A whole path as file integrity monitoring reports it: agents on Windows turn it into lower case. */
export function addIntegrityPathKey({ value }: Indicator, keys: string[]): void {
  if (WINDOWS_PATH.test(value)) keys.push(value.toLowerCase());
  else if (value.startsWith('/')) keys.push(value);
}
