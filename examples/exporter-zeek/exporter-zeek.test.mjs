import { anEvent, anIndicator, anOrigin, exporterContract, render, testServices } from '@misp-pipeline/testing';
import { expect, it } from 'vitest';
import zeek from './exporter-zeek.mjs';

/** A line of Zeek's own format: four columns of printable ASCII, none of them empty. */
const LINE = /^[^#\t][ -~]*\tIntel::[A-Z_]+\t[ -~]+\t[ -~]+$/;

exporterContract(zeek, {
  packageName: 'misp-pipeline-exporter-zeek',
  accepts: (files) =>
    [...files.values()].flatMap(({ text, entries }) => {
      const [header = '', ...lines] = text.trimEnd().split('\n');
      const problems = lines.filter((line) => !LINE.test(line));
      if (!header.startsWith('#fields\t')) problems.push(`header: ${header}`);
      if (lines.length !== entries) problems.push(`${lines.length} lines, but ${entries} counted`);
      return problems;
    }),
});

/** Lines after the header, and what was skipped. */
async function rendered(...indicators) {
  const { output, skipped } = await render(zeek.create({ source: 'MISP' }, testServices()), indicators);
  return { lines: output.text('misp.intel').trimEnd().split('\n').slice(1), skipped: skipped.map((s) => s.reason) };
}

it('names the columns and says what each value is', async () => {
  const { output } = await render(zeek.create({ source: 'CERT' }, testServices()), [
    anIndicator('domain', 'evil.example'),
    anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f'),
  ]);
  expect(output.text('misp.intel')).toBe(
    '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n' +
      'evil.example\tIntel::DOMAIN\tCERT\tPhishing wave\n' +
      '44d88612fea8a8f36de82e1278abb02f\tIntel::FILE_HASH\tCERT\tPhishing wave\n',
  );
});

it('writes a URL as Zeek sees it: without scheme, with the port unless it is 80', async () => {
  const { lines } = await rendered(
    anIndicator('url', 'http://evil.example/a?b=1'),
    anIndicator('url', 'http://[2001:db8::7]:8080/a'),
  );
  expect(lines.map((line) => line.split('\t')[0])).toEqual(['[2001:db8::7]:8080/a', 'evil.example/a?b=1']);
});

it('skips what Zeek cannot see', async () => {
  const { lines, skipped } = await rendered(
    anIndicator('url', 'https://evil.example/a'),
    anIndicator('ipv4', '203.0.113.7', { port: 443 }),
    anIndicator('mutex', 'Global\\x'),
  );
  expect(lines).toEqual([]);
  expect(skipped).toEqual(['unsupported:ipv4', 'unsupported:url', 'unsupported:mutex']);
});

it('turns what could end a column or a line into bytes', async () => {
  const origins = [anOrigin({ event: anEvent({ title: 'one\ttwo\nthree\\x ü' }) })];
  const { lines } = await rendered(anIndicator('user-agent', '# bot', { origins }));
  expect(lines).toEqual(['\\x23 bot\tIntel::SOFTWARE\tMISP\tone\\x09two\\x0athree\\x5cx \\xc3\\xbc']);
});

it('does not write a dash as if there were no value', async () => {
  const { lines } = await rendered(
    anIndicator('user-agent', '-', { origins: [anOrigin({ event: anEvent({ title: '' }) })] }),
  );
  expect(lines).toEqual(['\\x2d\tIntel::SOFTWARE\tMISP\t-']);
});
