import { describe, expect, it } from 'vitest';
import { draftFaults, type FeedDraft } from './feed-draft.ts';

const faults = (fields: Partial<FeedDraft>) =>
  draftFaults({ name: 'A', provider: 'B', url: 'https://feeds.example.org/a', format: 'csv', ...fields });

describe('draftFaults', () => {
  it('finds nothing wrong with a complete feed', () => {
    expect(faults({ columns: '1,3', delimiter: '\\t', headers: 'Authorization: Bearer abc\nX-Other: 1' })).toEqual([]);
  });

  it('names every fault at once', () => {
    expect(faults({ name: ' ', provider: 'a\nb', url: 'notaurl' })).toEqual([
      'name is empty',
      'provider is not one line of text',
      'url `notaurl` is no address that begins with http:// or https://',
    ]);
  });

  it('shows no credential of a wrong address', () => {
    expect(faults({ url: 'ftp://bob:hunter2@feeds.example.org/?key=abc' }).join()).not.toMatch(/hunter2|abc/);
  });

  it.each<[Partial<FeedDraft>, string]>([
    [{ distribution: 'inherit' }, 'misp only'],
    [{ format: 'misp', columns: '1' }, 'for the format csv'],
    [{ columns: '0,1' }, 'numbers from 1'],
    [{ delimiter: '||' }, 'not one character'],
    [{ headers: '' }, 'empty'],
    [{ headers: 'X-Key secret' }, 'line 1'],
    [{ headers: 'X-Key: se:cret' }, 'colon'],
    [{ headers: 'User-Agent: x' }, 'set by MISP itself'],
  ])('refuses %j', (fields, why) => {
    const [fault, ...more] = faults(fields);
    expect(fault).toContain(why);
    expect(more).toEqual([]);
    expect(fault).not.toContain('cret');
  });
});
