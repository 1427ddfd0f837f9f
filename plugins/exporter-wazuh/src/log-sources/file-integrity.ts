import { FILE_PATH_INTEGRITY, HASH } from '../lists/files.ts';
import { REGISTRY_INTEGRITY } from '../lists/windows.ts';
import type { LogSource } from '../look-up.ts';
import { FILE_IN_PATH } from '../patterns.ts';

/** A file was changed or added. The alert calls the fields `sha256_after` and so on; rules know them by these names. */
const parent = { sids: '550,554' };

/** A registry key was changed or added, or a value below it. */
const registry = { sids: '594,598,750,752' };

export const FILE_INTEGRITY: LogSource = {
  id: 'fim',
  title: 'file integrity monitoring',
  structured: false,
  lookUps: [
    {
      id: 200,
      parent,
      field: 'sha256',
      list: HASH,
      says: 'listed file $(file) with SHA-256 $(sha256)',
      technique: 'T1105',
    },
    { id: 202, parent, field: 'sha1', list: HASH, says: 'listed file $(file) with SHA-1 $(sha1)', technique: 'T1105' },
    { id: 204, parent, field: 'md5', list: HASH, says: 'listed file $(file) with MD5 $(md5)', technique: 'T1105' },
    {
      id: 206,
      parent,
      field: 'file',
      list: FILE_PATH_INTEGRITY,
      inside: { pattern: FILE_IN_PATH, id: 760 },
      says: 'listed file $(file)',
      technique: 'T1105',
    },
    {
      id: 210,
      parent: registry,
      field: 'file',
      list: REGISTRY_INTEGRITY,
      says: 'change in listed registry key $(file)',
      technique: 'T1112',
    },
  ],
};
