import type { Indicator } from '@misp-pipeline/core';
import type { Leaf } from '../rule/selection.ts';
import { EXECUTION } from './attack-tags.ts';
import {
  FILE_EVENT_LINUX,
  FILE_EVENT_WINDOWS,
  PROCESS_CREATION_LINUX,
  PROCESS_CREATION_WINDOWS,
} from './log-source.ts';
import { isOrdinaryFile } from './ordinary-files.ts';
import { isBareName, pathLeaves } from './path-leaves.ts';
import type { Subject } from './subject.ts';

/** Files, by name or path, at the moment when they are made; a mail's attachment is made when it is opened or saved. */
export const FILE_NAME: Subject = {
  id: 'file_name',
  kinds: ['filename', 'email-attachment'],
  includes: () => true,
  tooBroad: ({ value }) => (isOrdinaryFile(value) ? 'ordinary-file' : undefined),
  leaves: ({ value }) => pathLeaves(value),
  places: [
    {
      logSource: FILE_EVENT_WINDOWS,
      field: 'TargetFilename',
      title: 'Windows File Creation with MISP Listed Name',
      detects: 'files made on Windows with names',
      tags: EXECUTION,
    },
    {
      logSource: FILE_EVENT_LINUX,
      field: 'TargetFilename',
      title: 'Linux File Creation with MISP Listed Name',
      detects: 'files made on Linux with names',
      tags: EXECUTION,
    },
  ],
  falsePositives: 'A harmless file of the same name',
};

/** Programs, by name or path, at the moment when they are started. */
export const PROCESS_NAME: Subject = {
  id: 'process_name',
  kinds: ['process-name'],
  includes: () => true,
  tooBroad: ({ value }) => (isOrdinaryFile(value) || isOrdinaryFile(`${value}.exe`) ? 'ordinary-file' : undefined),
  leaves: processLeaves,
  places: [
    {
      logSource: PROCESS_CREATION_WINDOWS,
      field: 'Image',
      title: 'Windows Process Creation with MISP Listed Name',
      detects: 'processes started on Windows with names',
      tags: EXECUTION,
    },
    {
      logSource: PROCESS_CREATION_LINUX,
      field: 'Image',
      title: 'Linux Process Creation with MISP Listed Name',
      detects: 'processes started on Linux with names',
      tags: EXECUTION,
    },
  ],
  falsePositives: 'A legitimate program of the same name',
};

/** Lists of processes show Windows programs without their ending. */
function processLeaves({ value }: Indicator): readonly Leaf[] {
  const leaves = pathLeaves(value);
  if (value.includes('.') || !isBareName(value)) return leaves;
  return [...leaves, ...pathLeaves(`${value}.exe`).filter(({ platform }) => platform === 'windows')];
}
