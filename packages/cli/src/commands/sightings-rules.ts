import {
  DEFAULT_BLOCK,
  type OurRules,
  type RuleBlock,
  type RuleRange,
  SuricataRules,
  WazuhRules,
} from '@misp-pipeline/alerts';
import { type ExporterConfig, GivenIds, type PipelineConfig } from '@misp-pipeline/core';
import { isRecord } from '@misp-pipeline/misp';

/** Whose alerts are read, and which rules are ours besides those that the config leads to. */
export interface RuleChoice {
  readonly format: 'suricata' | 'wazuh';
  readonly sids?: RuleRange;
  /** What the messages of our rules begin with. */
  readonly signature?: string;
  readonly ruleIds?: RuleRange;
}

/** The numbers that runs of the config gave to Suricata rules; undefined before the first run. */
export function openLedger(config: PipelineConfig): GivenIds | undefined {
  return GivenIds.open(
    config.state,
    exportersOf(config, 'suricata').map(({ id }) => id),
  );
}

/** The rules whose alerts count. */
export function rulesOf(config: PipelineConfig, ledger: GivenIds | undefined, options: RuleChoice): OurRules {
  const { format, sids, signature: prefix, ruleIds } = options;
  if (format === 'suricata') return new SuricataRules({ ledger, sids, prefix });
  const blocks = exportersOf(config, 'wazuh').map(blockOf);
  if (ruleIds !== undefined) return new WazuhRules([{ ...ruleIds, exporter: undefined }]);
  return new WazuhRules(blocks.length > 0 ? blocks : undefined);
}

/** The ids that a Wazuh exporter takes: as many as the default block has, from where its options say. */
function blockOf({ id, options }: ExporterConfig): RuleBlock {
  const ids = isRecord(options) ? options.ruleIds : undefined;
  const first = isRecord(ids) ? Number(ids.first) : DEFAULT_BLOCK.first;
  return { exporter: id, first, last: first + DEFAULT_BLOCK.last - DEFAULT_BLOCK.first };
}

function exportersOf({ exporters }: PipelineConfig, plugin: string): readonly ExporterConfig[] {
  return exporters.filter(({ resolved }) => resolved.plugin.name === plugin);
}
