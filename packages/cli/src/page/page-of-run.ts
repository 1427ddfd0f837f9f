import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf, type RunReport } from '@misp-pipeline/core';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { reportPage } from './report-page.ts';
import { savePage } from './save-page.ts';
import { PageTrace } from './trace/page-trace.ts';

/** The page that `--report` asks for: watches the run, then writes what happened. */
export class PageOfRun {
  readonly trace = new PageTrace();
  readonly #file: string;
  readonly #io: Io;

  /** Throws a UsageError when there can be no such file, before a run has done anything. */
  constructor(file: string, io: Io) {
    try {
      accessSync(dirname(resolve(file)), constants.W_OK);
    } catch (error) {
      throw new UsageError(
        `\`${file}\` cannot be written: ${messageOf(error)}`,
        'Name a file in a folder that is there.',
      );
    }
    this.#file = file;
    this.#io = io;
  }

  /** Replaces the file as a whole. */
  save(report: RunReport): void {
    savePage(
      this.#file,
      reportPage(report, this.trace.observations(), (text) => this.#io.mask(text)),
    );
  }
}
