import { hash } from 'node:crypto';
import { type EngineOptions, type Logger, type Output, runEngine } from '@misp-pipeline/core';
import { type Conversion, conversionArguments, lastLines, leftOut } from './conversion.ts';
import { inScratch, written } from './scratch.ts';

/** Endings of files by output format; queries without a format of their own are plain text. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/savedsearches|_conf$/, 'conf'],
  [/ndjson/, 'ndjson'],
  [/json|zircolite|dsl|siem_rule/, 'json'],
  [/./, 'txt'],
];

/** Documents to convert. */
export interface Convertible {
  /** Rules and filters. */
  readonly documents: readonly string[];
  /** Pipeline that fills placeholders in, if there are any. */
  readonly pipeline: string | undefined;
}

/**
 * Makes queries for SIEMs with `sigma convert` and writes them beside the rules. Rendering happens more than once in a
 * run; what was converted once is not converted again.
 */
export class Converter {
  readonly #engine: EngineOptions;
  readonly #logger: Logger;
  readonly #known = new Map<string, string | undefined>();

  constructor(engine: EngineOptions, logger: Logger) {
    this.#engine = engine;
    this.#logger = logger;
  }

  async write(conversions: readonly Conversion[], rules: Convertible, output: Output): Promise<void> {
    for (const conversion of conversions) {
      const key = hash('sha256', JSON.stringify([conversion, rules]), 'hex');
      if (!this.#known.has(key)) this.#known.set(key, await this.#convert(conversion, rules));
      const queries = this.#known.get(key);
      if (queries !== undefined) output.file(pathOf(conversion)).write(queries);
    }
  }

  /** Undefined, with a warning, when there is no sigma-cli. */
  async #convert(conversion: Conversion, { documents, pipeline }: Convertible): Promise<string | undefined> {
    if (documents.length === 0) return '';
    const { target } = conversion;
    const run = await inScratch(async (dir) => {
      const own = pipeline === undefined ? [] : [written(dir, 'misp_placeholders.yml', pipeline)];
      return runEngine([...this.#engine.command, ...conversionArguments(conversion, own), '-'], {
        // Rendering has no signal of its own; the time limit ends a conversion that hangs.
        signal: new AbortController().signal,
        input: documents.join('---\n'),
        timeout: this.#engine.timeout,
      });
    });
    if (run === undefined) {
      this.#logger.warn(`no queries for ${target}: \`${this.#engine.command.join(' ')}\` is not there`);
      return undefined;
    }
    if (run.code !== 0)
      throw new Error(`\`sigma convert -t ${target}\` ended with ${run.code}: ${lastLines(run.stderr)}`);
    const ignored = leftOut(run.stderr).join('\n');
    if (ignored !== '') this.#logger.warn(`not all rules became queries for ${target}: ${lastLines(ignored)}`);
    return run.stdout;
  }
}

function pathOf({ target, format }: Conversion): string {
  const ending = ENDINGS.find(([formats]) => formats.test(format))?.[1];
  return `converted/${format === 'default' ? target : `${target}_${format}`}.${ending}`;
}
