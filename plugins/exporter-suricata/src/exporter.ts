import {
  type Collected,
  type Drop,
  type Exporter,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorKind,
  inject,
  injectable,
  Options,
  type Output,
  Services,
  type StageServices,
} from '@misp-pipeline/core';
import { openSids, RuleFile } from '@misp-pipeline/ids-rules';
import { writeAddresses } from './addresses.ts';
import { writeEmails } from './emails.ts';
import { writeExactValues } from './exact-values.ts';
import { FILE_HASHES, writeFileHashes } from './file-hashes.ts';
import { includeFile } from './include-file.ts';
import { writeNames } from './names.ts';
import type { SuricataOptions } from './options.ts';
import type { Ruleset } from './ruleset.ts';
import { writeUris } from './uris.ts';
import { writeUrls } from './urls.ts';
import { formOf } from './well-formed.ts';

/** Writes the indicators of one kind; what it cannot express it skips. */
type Writer = (indicators: readonly Indicator[], ruleset: Ruleset) => void;

const WRITERS: Partial<Record<IndicatorKind, Writer>> = {
  ipv4: writeAddresses,
  ipv6: writeAddresses,
  cidr: writeAddresses,
  domain: writeNames,
  hostname: writeNames,
  url: writeUrls,
  uri: writeUris,
  'user-agent': writeExactValues,
  ja3: writeExactValues,
  ja4: writeExactValues,
  'x509-md5': writeExactValues,
  'x509-sha1': writeExactValues,
  'x509-sha256': writeExactValues,
  md5: writeFileHashes,
  sha1: writeFileHashes,
  sha256: writeFileHashes,
  email: writeEmails,
  'email-src': writeEmails,
  'email-dst': writeEmails,
  'email-reply-to': writeEmails,
  'email-subject': writeEmails,
  'email-attachment': writeEmails,
};

const skipAll: Writer = (indicators, { skip }) => {
  for (const indicator of indicators) skip(indicator, `unsupported:${indicator.kind}`);
};

/** Renders indicators as Suricata rules and the lists that they read. */
@injectable()
export class SuricataExporter implements Exporter {
  readonly #options: SuricataOptions;
  readonly #services: StageServices;

  constructor(@inject(Options) options: SuricataOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    const sids = openSids(this.#options, this.#services);
    const ruleset: Ruleset = {
      mode: this.#options.mode,
      output,
      skip,
      rules: new RuleFile(output, 'misp.rules', sids, 'Rules for Suricata 7 and 8, by misp-pipeline'),
      quicRules: new RuleFile(output, 'misp-quic.rules', sids, 'Rules for sensors on which QUIC is switched on'),
      forceHashRules: new RuleFile(output, 'misp-force-hash.rules', sids, 'Rules for Suricata 7 with `force-hash`'),
      mainHash: FILE_HASHES.find((kind) => indicators.ofKind(kind).length > 0),
    };
    for (const kind of INDICATOR_KINDS) {
      const write = WRITERS[kind] ?? skipAll;
      write(wellFormed(kind, indicators.ofKind(kind), skip), ruleset);
    }
    output.file('misp-pipeline.yaml').write(includeFile(this.#options.sensorPath));
  }
}

/** The well-formed ones, usually all of them; the others are skipped. */
function wellFormed(kind: IndicatorKind, indicators: readonly Indicator[], skip: Drop): readonly Indicator[] {
  const form = formOf(kind);
  const isWellFormed = ({ value }: Indicator) => form(value);
  if (indicators.every(isWellFormed)) return indicators;
  for (const indicator of indicators) if (!isWellFormed(indicator)) skip(indicator, 'unsupported:malformed');
  return indicators.filter(isWellFormed);
}
