import { describe, expect, it } from 'vitest';
import { mask } from '../mask.ts';
import { rowBlock, rowData } from './row-data.ts';
import { PageTrace } from './trace/page-trace.ts';
import type { Row } from './trace/row.ts';

const keep = (text: string) => text;

function aRow(fields: Partial<Row> = {}): Row {
  return {
    ...{ state: 'dropped', kind: 'domain', value: 'a.example', reason: 'tlp:red', detail: '', stage: 'tlp' },
    ...{ event: 'E', org: 'O', tlp: 'red', exporters: [], count: 1, ...fields },
  } as const;
}

describe('the data of the search', () => {
  it('cannot be left by a value', () => {
    const value = `</script><!--<script>"\\\u2028\u2029&`;
    const block = rowBlock([aRow({ kind: 'filename', value, event: value })]).write(keep);
    const [, json = ''] = /^<script type="application\/json" id="rows">(.*)<\/script>$/s.exec(block) ?? [];
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json).rows[0][2]).toBe('</script><!--<script>"\\\\u{2028}\\u{2029}&');
  });

  it('holds a text once that many rows have', () => {
    const { texts, rows } = rowData([aRow(), aRow({ value: 'b.example' })], keep);
    expect(texts.filter((text) => text === 'tlp:red')).toHaveLength(1);
    expect(rows.map(([, , value]) => value)).toEqual(['a[.]example', 'b[.]example']);
  });

  it('masks the beginning of a secret where a long value was cut', () => {
    const trace = new PageTrace();
    trace.rejected('cert', 'rejected:invalid-url', { value: `${'x'.repeat(195)}s3cretkey`, place: '' });
    const { texts, rows } = rowData(trace.observations().rows, (text) => mask(text, ['s3cretkey']));
    expect(JSON.stringify({ texts, rows })).not.toContain('s3cre');
  });

  it('masks secrets in every text', () => {
    const mask = (text: string) => text.replaceAll('s3cret', '***');
    const row = aRow({ value: 'http://s3cret.example/', detail: 's3cret', event: 's3cret', org: 's3cret' });
    expect(JSON.stringify(rowData([row], mask))).not.toContain('s3cret');
  });
});
