import { describe, expect, it } from 'vitest';
import { sortAttributes } from './sort-attributes.ts';

const EVENT = '11111111-1111-4111-8111-111111111111';
const uuid = (n: number) => `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`;
const OPTIONS = { source: 'test', toIds: true, published: true };

describe('sortAttributes', () => {
  it('tells what is taken of a document from what is left, with the values as they stand there', () => {
    const Attribute = [
      { uuid: uuid(1), type: 'domain', value: ' Evil[.]example ', to_ids: true },
      { uuid: uuid(2), type: 'domain', value: 'marked.example', to_ids: false },
      { uuid: uuid(3), type: 'domain', value: 'gone.example', to_ids: true, deleted: true },
    ];
    const objects = [{ Attribute: [{ uuid: uuid(4), type: 'domain|ip', value: 'a.example|192.0.2.1', to_ids: true }] }];
    const place = (n: number) => `event ${EVENT} attribute ${uuid(n)}`;
    expect(sortAttributes({ Event: { uuid: EVENT, published: true, Attribute, Object: objects } }, OPTIONS)).toEqual({
      taken: [
        { value: 'Evil[.]example', place: place(1) },
        { value: 'a.example|192.0.2.1', place: place(4) },
      ],
      left: [
        { value: 'marked.example', place: place(2) },
        { value: 'gone.example', place: place(3) },
      ],
    });
  });

  it('finds nothing in what is no event', () => {
    expect(sortAttributes({ error: 'maintenance' }, OPTIONS)).toEqual({ taken: [], left: [] });
  });
});
