import type { Pattern } from './pattern.ts';

/** A domain and the names below it, with or without the final dot. */
export const BELOW_DOMAIN: Pattern = {
  kinds: ['domain'],
  before: String.raw`(?i)(?:^|\.)(?:`,
  after: String.raw`)\.?$`,
  text: ({ value, port }) => (port === undefined ? value : undefined),
  example: ({ value }) => `a.${value}`,
};

/** A file in any folder. Wazuh writes backslashes of Windows events twice. */
export const FILE_IN_PATH: Pattern = {
  kinds: ['filename', 'process-name', 'email-attachment'],
  before: String.raw`(?i)(?:^|[\\/])(?:`,
  after: ')$',
  text: ({ value }) => (/[\\/]/.test(value) ? undefined : value),
  example: ({ value }) => `/tmp/${value}`,
};

/** A registry key and what is below it, in Sysmon's spelling; the hive of a user is named by the user's number. */
export const REGISTRY_KEY: Pattern = {
  kinds: ['regkey'],
  before: String.raw`(?i)^(?:HKU\\\\S-[-0-9]+(?:_Classes)?|(?=HKLM|HKCR|HKU))(?:`,
  after: String.raw`)(?:\\|$)`,
  text: ({ value }) =>
    value.includes('|') ? undefined : value.replace(/^HKCU(?=\\)/i, '').replaceAll('\\', String.raw`\\`),
  example: ({ value }) =>
    value.replace(/^HKCU(?=\\)/i, String.raw`HKU\S-1-5-21-1-2-3-1001`).replaceAll('\\', String.raw`\\`),
};

/** A hash among those of other algorithms, as Sysmon lists them. */
export const HASH_AMONG_OTHERS: Pattern = {
  kinds: ['md5', 'sha1', 'sha256', 'imphash'],
  before: '(?i)(?:^|,)(?:',
  after: ')(?:,|$)',
  text: ({ kind, value }) => `${kind}=${value}`.toUpperCase(),
  example: ({ kind, value }) => `SHA512=00,${kind}=${value}`.toUpperCase(),
};
