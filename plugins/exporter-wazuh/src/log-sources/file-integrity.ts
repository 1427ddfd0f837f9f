import { HASH } from '../lists.ts';
import type { LogSource } from '../look-up.ts';

/** A file was changed or added. The alert calls the fields `sha256_after` and so on; rules know them by these names. */
const parent = { sids: '550,554' };

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
  ],
};
