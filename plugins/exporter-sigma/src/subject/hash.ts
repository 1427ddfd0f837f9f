import type { Indicator } from '@misp-pipeline/core';
import type { Leaf } from '../rule/selection.ts';
import { EXECUTION } from './attack-tags.ts';
import {
  CREATE_STREAM_HASH_WINDOWS,
  DRIVER_LOAD_WINDOWS,
  FILE_EXECUTABLE_DETECTED_WINDOWS,
  IMAGE_LOAD_WINDOWS,
  PROCESS_CREATION_WINDOWS,
} from './log-source.ts';
import type { Subject } from './subject.ts';

/** Files, by hash. */
export const HASH: Subject = {
  id: 'hash',
  kinds: ['md5', 'sha1', 'sha256', 'imphash'],
  includes: () => true,
  leaves: hashLeaves,
  places: [
    {
      logSource: PROCESS_CREATION_WINDOWS,
      field: 'Hashes',
      title: 'Process Creation with MISP Listed Hash',
      detects: 'processes started from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: IMAGE_LOAD_WINDOWS,
      field: 'Hashes',
      title: 'Image Load with MISP Listed Hash',
      detects: 'images loaded from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: DRIVER_LOAD_WINDOWS,
      field: 'Hashes',
      title: 'Driver Load with MISP Listed Hash',
      detects: 'drivers loaded from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: CREATE_STREAM_HASH_WINDOWS,
      field: 'Hash',
      title: 'Alternate Data Stream with MISP Listed Hash',
      detects: 'alternate data streams with hashes',
      tags: EXECUTION,
    },
    {
      logSource: FILE_EXECUTABLE_DETECTED_WINDOWS,
      field: 'Hashes',
      title: 'Executable File with MISP Listed Hash',
      detects: 'executable files written to disk with hashes',
      tags: EXECUTION,
    },
  ],
  falsePositives: 'A legitimate tool that attackers use as well',
};

/** Sysmon writes all hashes of a file into one field, such as `MD5=...,SHA256=...`, in upper case. */
function hashLeaves({ kind, value }: Indicator): readonly Leaf[] {
  return [{ name: 'hash', modifier: '|contains', value: `${kind}=${value}`.toUpperCase() }];
}
