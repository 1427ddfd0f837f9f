import { FILE_NAME, HASH } from '../../lists/files.ts';
import type { LookUp } from '../../look-up.ts';
import { FILE_IN_PATH } from '../../patterns.ts';
import { parent } from './parent.ts';

/** Files that were sent. */
export const FILES: readonly LookUp[] = [
  {
    id: 10,
    parent,
    field: 'fileinfo.sha256',
    list: HASH,
    says: 'listed file $(fileinfo.filename) with SHA-256 $(fileinfo.sha256) on the network',
    technique: 'T1105',
  },
  {
    id: 12,
    parent,
    field: 'fileinfo.sha1',
    list: HASH,
    says: 'listed file $(fileinfo.filename) with SHA-1 $(fileinfo.sha1) on the network',
    technique: 'T1105',
  },
  {
    id: 14,
    parent,
    field: 'fileinfo.md5',
    list: HASH,
    says: 'listed file $(fileinfo.filename) with MD5 $(fileinfo.md5) on the network',
    technique: 'T1105',
  },
  {
    id: 16,
    parent,
    field: 'fileinfo.filename',
    list: FILE_NAME,
    inside: { pattern: FILE_IN_PATH, id: 780 },
    says: 'listed file name $(fileinfo.filename) on the network',
    technique: 'T1105',
  },
];
