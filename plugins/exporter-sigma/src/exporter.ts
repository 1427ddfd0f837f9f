import {
  type CheckReport,
  type Collected,
  type Drill,
  type DrillReport,
  type Drop,
  type Exporter,
  INDICATOR_KINDS,
  inject,
  injectable,
  Options,
  type Output,
  type Published,
  type ReloadReport,
  Services,
  type Staged,
  type StageServices,
  withinBudget,
} from '@misp-pipeline/core';
import { drillRules } from './drill/drill.ts';
import { checkRules } from './engine/check.ts';
import { Converter } from './engine/convert.ts';
import { writeFilters } from './extras/allow-list.ts';
import { writeCorrelations } from './extras/correlation.ts';
import { writeForeignRules } from './foreign/foreign-writer.ts';
import type { SigmaOptions } from './options.ts';
import { reloadSiem } from './reload/reload.ts';
import { PLACEHOLDER_PIPELINE, Placeholders } from './rule/placeholders.ts';
import { planRules } from './rule/plan.ts';
import { RuleWriter } from './rule/rule-writer.ts';
import { expressible } from './subject/expressible.ts';
import { SUBJECTS } from './subject/subjects.ts';
import { validationConfigs } from './validation-config.ts';

const KINDS = new Set([...SUBJECTS.flatMap((subject) => subject.kinds), 'rule-sigma']);

/** Part of all rules that those of others may make up. */
const FOREIGN_SHARE = 0.1;

/** Writes rules, one a file, and what belongs to them. */
@injectable()
export class SigmaExporter implements Exporter {
  readonly #options: SigmaOptions;
  readonly #services: StageServices;
  readonly #converter: Converter;

  constructor(@inject(Options) options: SigmaOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
    this.#converter = new Converter(options.engine, services.logger);
  }

  async render(indicators: Collected, output: Output, skip: Drop): Promise<void> {
    for (const kind of INDICATOR_KINDS) {
      if (KINDS.has(kind)) continue;
      for (const indicator of indicators.ofKind(kind)) skip(indicator, `unsupported:${kind}`);
    }
    const { allow, correlation, convert } = this.#options;
    const { id } = this.#services;
    const placeholders = this.#options.placeholders ? new Placeholders() : undefined;
    const foreign = this.#writeForeign(indicators, output, skip);
    // Millions of values are in them: they are kept only to be converted.
    const texts: string[] | undefined = convert.length > 0 ? [] : undefined;
    const writer = new RuleWriter(output, this.#services, placeholders, texts);
    const most = this.#options.rules - foreign.texts.length;
    const rules = this.#plan(indicators, most, skip).flatMap((planned) => [...writer.write(planned)]);
    const filters = writeFilters(allow, rules, output, id);
    if (correlation !== undefined) writeCorrelations(correlation, rules, output, id);
    const pipeline = placeholders?.pipeline();
    if (pipeline !== undefined) output.file(PLACEHOLDER_PIPELINE).write(pipeline);
    const configs = validationConfigs([...writer.exclusions, ...foreign.exclusions]);
    for (const [path, text] of Object.entries(configs)) output.file(path).write(text);
    if (texts === undefined) return;
    const documents = [...texts, ...foreign.texts, ...filters];
    await this.#converter.write(convert, { documents, pipeline }, output);
  }

  check(staged: Staged, signal: AbortSignal): Promise<CheckReport | undefined> {
    return checkRules(staged, this.#options.engine, this.#services, signal);
  }

  drill(drill: Drill, signal: AbortSignal): Promise<DrillReport | undefined> {
    return drillRules(drill, this.#options.engine, signal);
  }

  async reload(published: Published, signal: AbortSignal): Promise<ReloadReport | undefined> {
    const { reload, engine } = this.#options;
    return reload && reloadSiem(published, reload, engine, signal);
  }

  #writeForeign(indicators: Collected, output: Output, skip: Drop) {
    const most = Math.ceil(this.#options.rules * FOREIGN_SHARE);
    const { kept, cut } = withinBudget(indicators.ofKind('rule-sigma'), most);
    for (const indicator of cut) skip(indicator, 'budget:rules');
    return writeForeignRules(kept, output, skip, this.#services);
  }

  #plan(indicators: Collected, most: number, skip: Drop) {
    const logSources = new Set<string>(this.#options.logsources);
    const wanted = SUBJECTS.map((subject) => {
      const places = subject.places.filter((place) => logSources.has(place.logSource.id));
      return { subject, places, indicators: [...expressible(subject, places, indicators, skip)] };
    });
    const { chunk, queryLength, placeholders } = this.#options;
    const room = placeholders ? { values: Infinity, characters: Infinity } : { values: chunk, characters: queryLength };
    const { planned, cut } = planRules(wanted, room, most);
    for (const indicator of cut) skip(indicator, 'budget:rules');
    return planned;
  }
}
