import { type Collected, type Drop, INDICATOR_KINDS, type Output, type StageServices } from '@misp-pipeline/core';
import { openSids, RuleFile } from '@misp-pipeline/ids-rules';
import { Reputation } from './addresses/reputation.ts';
import { admitted } from './admitted.ts';
import { FILE_HASHES } from './files/file-hashes.ts';
import { includeFile } from './include-file.ts';
import type { SuricataOptions } from './options.ts';
import { MarkedOutput } from './reload/marked-output.ts';
import { RuleRoom } from './rules/rule-room.ts';
import type { Ruleset } from './ruleset.ts';
import { writerOf } from './writers.ts';

/** What an exporter is given for its files. */
interface Stage {
  readonly options: SuricataOptions;
  readonly services: StageServices;
}

/** Writes all files from the indicators; what the engine cannot express, or has no room for, is skipped. */
export function renderRules(indicators: Collected, output: Output, skip: Drop, stage: Stage): void {
  const { limits, sensorPath, iprep, reload } = stage.options;
  const marked = reload && new MarkedOutput(output);
  const ruleset = openRuleset(indicators, marked ?? output, skip, stage);
  for (const kind of INDICATOR_KINDS) {
    writerOf(kind)(admitted(kind, indicators.ofKind(kind), limits.entries, skip), ruleset);
  }
  ruleset.room.settle(limits.rules, skip);
  marked?.mark(ruleset.rules);
  output.file('misp-pipeline.yaml').write(includeFile(sensorPath, iprep));
}

function openRuleset(indicators: Collected, output: Output, skip: Drop, { options, services }: Stage): Ruleset {
  const sids = openSids(options, services);
  const rules = (path: string, comment: string) => new RuleFile(output, path, sids, comment);
  const iprepRules = () => rules('misp-iprep.rules', 'Rules for sensors with the settings of the include file');
  return {
    mode: options.mode,
    output,
    skip,
    room: new RuleRoom(),
    rules: rules(
      'misp.rules',
      'Rules for Suricata 7 and 8, by misp-pipeline; of two for different versions one is loaded',
    ),
    quicRules: rules('misp-quic.rules', 'Rules for sensors on which QUIC is switched on'),
    forceHashRules: rules('misp-force-hash.rules', 'Rules for Suricata 7 with `force-hash`'),
    foreignRules: rules('misp-foreign.rules', 'Rules that others wrote, renumbered'),
    takesForeignRules: options.foreignRules,
    reputation: options.iprep ? new Reputation(output, iprepRules()) : undefined,
    mainHash: FILE_HASHES.find((kind) => indicators.ofKind(kind).length > 0),
  };
}
