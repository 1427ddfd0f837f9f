import { FILE_NAME, HASH } from '../../lists/files.ts';
import type { LookUp } from '../../look-up.ts';
import { FILE_IN_PATH } from '../../patterns.ts';
import { parent } from './parent.ts';

/** Files that were sent. */
export const FILES: readonly LookUp[] = [
  {
    id: 410,
    parent,
    field: 'sha256',
    list: HASH,
    says: 'listed file with SHA-256 $(sha256) on the network',
    technique: 'T1105',
  },
  {
    id: 412,
    parent,
    field: 'sha1',
    list: HASH,
    says: 'listed file with SHA-1 $(sha1) on the network',
    technique: 'T1105',
  },
  {
    id: 414,
    parent,
    field: 'md5',
    list: HASH,
    says: 'listed file with MD5 $(md5) on the network',
    technique: 'T1105',
  },
  {
    id: 416,
    parent,
    field: 'filename',
    list: FILE_NAME,
    inside: { pattern: FILE_IN_PATH, id: 800 },
    says: 'listed file name $(filename) on the network',
    technique: 'T1105',
  },
];
