import { definePlugin, splitUrl, z } from '@misp-pipeline/core';

/** How Zeek's intelligence framework calls what it looks for. It compares whole values, without regard to case. */
const TYPES = {
  ipv4: 'Intel::ADDR',
  ipv6: 'Intel::ADDR',
  cidr: 'Intel::SUBNET',
  domain: 'Intel::DOMAIN',
  hostname: 'Intel::DOMAIN',
  url: 'Intel::URL',
  'user-agent': 'Intel::SOFTWARE',
  'email-src': 'Intel::EMAIL',
  'email-dst': 'Intel::EMAIL',
  filename: 'Intel::FILE_NAME',
  md5: 'Intel::FILE_HASH',
  sha1: 'Intel::FILE_HASH',
  sha256: 'Intel::FILE_HASH',
  'x509-sha1': 'Intel::CERT_HASH',
};

/**
 * Text of a column. Zeek reads `\xNN` as a byte, so whatever is not plain becomes bytes: a value can neither end its
 * column nor its line, nor be taken for a comment. `-` alone would mean that there is no value.
 */
function column(text) {
  if (text === '' || text === '-') return text === '' ? '-' : '\\x2d';
  return text.replace(/[^ -~]+|[\\#]/gu, (run) =>
    Array.from(Buffer.from(run), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** What Zeek has to see, or undefined when it never will. */
function seen({ kind, value, port }) {
  if (kind !== 'url') return port === undefined ? value : undefined;
  const { scheme, host, port: urlPort = 80 } = splitUrl(value);
  if (scheme !== 'http') return undefined;
  const target = value.slice(value.indexOf('/', 'http://'.length));
  return `${host.includes(':') ? `[${host}]` : host}${urlPort === 80 ? '' : `:${urlPort}`}${target}`;
}

export default definePlugin({
  kind: 'exporter',
  name: 'zeek',
  summary: 'Writes an intelligence file for Zeek.',
  options: z.strictObject({
    source: z.string().min(1).default('MISP').describe('Name of the source that Zeek writes into its intel.log.'),
  }),
  create: ({ source }) => ({
    render(indicators, output, skip) {
      const file = output.file('misp.intel');
      file.write('#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n');
      for (const indicator of indicators) {
        const type = TYPES[indicator.kind];
        const value = type && seen(indicator);
        if (value === undefined) {
          skip(indicator, `unsupported:${indicator.kind}`);
          continue;
        }
        const line = [value, type, source, indicator.origins[0]?.event.title ?? ''].map(column).join('\t');
        file.write(`${line}\n`);
        file.count(1);
        output.placed?.(indicator, { file: 'misp.intel', text: line });
      }
    },
  }),
});
