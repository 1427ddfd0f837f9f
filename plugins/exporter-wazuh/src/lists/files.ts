import type { IndicatorKind } from '@misp-pipeline/core';
import { exactList } from '../cdb-list.ts';
import { addIntegrityPathKey, addWindowsPathKey } from '../keys/file.ts';
import { addValue } from '../keys/value.ts';

const HASHES: readonly IndicatorKind[] = ['md5', 'sha1', 'sha256'];

export const HASH = exactList({
  name: 'misp-hash',
  holds: 'MD5, SHA-1 and SHA-256 of files in lower case',
  api: true,
  kinds: HASHES,
  addKeys: addValue,
});

export const HASH_SYSMON = exactList({
  name: 'misp-hash-sysmon',
  holds: 'hashes as Sysmon writes them when it computes one algorithm only: `SHA256=` and upper case',
  api: true,
  kinds: [...HASHES, 'imphash'],
  addKeys: ({ kind, value }, keys) => keys.push(`${kind}=${value}`.toUpperCase()),
});

export const FILE_NAME = exactList({
  name: 'misp-filename',
  holds: 'names of files and attachments as they were sent',
  api: false,
  kinds: ['filename', 'email-attachment'],
  addKeys: addValue,
});

export const FILE_PATH_WINDOWS = exactList({
  name: 'misp-file-path',
  holds: 'whole Windows paths, each backslash twice, as Wazuh decodes Windows events',
  api: false,
  kinds: ['filename', 'process-name'],
  addKeys: addWindowsPathKey,
});

export const FILE_PATH_INTEGRITY = exactList({
  name: 'misp-file-path-fim',
  holds: 'whole paths as file integrity monitoring reports them: those of Windows in lower case',
  api: false,
  kinds: ['filename'],
  addKeys: addIntegrityPathKey,
});
