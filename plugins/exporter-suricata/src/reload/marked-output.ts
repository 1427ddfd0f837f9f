import { createHash } from 'node:crypto';
import type { Output, OutputFile } from '@misp-pipeline/core';
import type { RuleFile } from '@misp-pipeline/ids-rules';
import { datasetLine, datasetMatch, listPath } from '../lists/dataset.ts';
import { ListFile } from '../lists/list-file.ts';

/** The dataset that holds the mark. */
const MARK = 'misp-pipeline';

/**
 * Marks rules, so that a running engine can be asked whether it loaded just these: it counts the rules of all files
 * together, but a dataset of ours can be looked into. The mark is a digest of all rules, in a list that a rule reads which
 * never fires.
 */
export class MarkedOutput implements Output {
  readonly placed: Output['placed'];
  readonly #output: Output;
  readonly #digest = createHash('sha256');

  constructor(output: Output) {
    this.#output = output;
    this.placed = output.placed;
  }

  file(path: string): OutputFile {
    const file = this.#output.file(path);
    if (!path.endsWith('.rules')) return file;
    return {
      count: (entries) => file.count(entries),
      write: (text) => {
        this.#digest.update(text);
        file.write(text);
      },
    };
  }

  /** Adds the mark to rules, when everything else is written. */
  mark(rules: RuleFile): void {
    const match = `dns.query; content:"|00|${MARK}|00|"; ${datasetMatch(MARK, 'string', 1)} noalert;`;
    const options = `msg:"MISP mark of the loaded rules, never fires"; ${match}`;
    const sid = rules.add({ key: 'mark', header: 'alert dns any any -> any any', options });
    new ListFile(this.#output, listPath(MARK), [sid]).add(datasetLine(this.#digest.digest('hex'), 'string'), []);
  }
}
