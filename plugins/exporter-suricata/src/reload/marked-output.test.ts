import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { domains } from '../../testing/fake-engine.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

const MARK = 'datasets/misp-pipeline.lst';

async function rendered(names: readonly string[], options: object = { reload: { socket: '/s' } }) {
  const exporter = new SuricataExporter(suricataOptions.parse({ mode: 'datasets', ...options }), testServices());
  return (await render(exporter, [...domains(...names), anIndicator('uri', '/gate.php?a=1')])).output;
}

describe('the mark of the rules', () => {
  it('is a line in a list, and a rule that counts', async () => {
    const marked = await rendered(['a.example']);
    const plain = await rendered(['a.example'], {});
    expect(marked.files.get(MARK)).toMatchObject({ entries: 1 });
    expect(Buffer.from(marked.text(MARK), 'base64').toString()).toMatch(/^[0-9a-f]{64}$/);
    expect(marked.files.get('misp.rules')?.entries).toBe(Number(plain.files.get('misp.rules')?.entries) + 1);
    expect(plain.files.has(MARK)).toBe(false);
  });

  it('stays the same as long as the rules do', async () => {
    const [one, other, more] = await Promise.all(
      [['a.example'], ['b.example'], ['a.b.example']].map((names) => rendered(names)),
    );
    expect(one?.text('misp.rules')).toBe(other?.text('misp.rules'));
    expect(one?.text(MARK)).toBe(other?.text(MARK));
    expect(more?.text(MARK)).not.toBe(one?.text(MARK));
  });
});
