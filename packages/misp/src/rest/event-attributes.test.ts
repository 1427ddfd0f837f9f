import { describe, expect, it } from 'vitest';
import { attributesOf } from './event-attributes.ts';

describe('attributesOf', () => {
  it('gives each attribute its event, without what else the event holds', () => {
    const rows = attributesOf({ id: '7', info: 'Phishing', Attribute: [{ id: '1' }, 'nonsense'], Object: [] });
    expect(rows).toEqual([{ id: '1', Event: { id: '7', info: 'Phishing' } }, 'nonsense']);
  });

  it('hands down what an object says of its attributes', () => {
    const object = {
      first_seen: '2026-01-01',
      deleted: true,
      Attribute: [
        { id: '1', deleted: false },
        { id: '2', first_seen: '2026-02-02', last_seen: '2026-03-03' },
      ],
    };
    expect(attributesOf({ id: '7', Object: [object] })).toEqual([
      { id: '1', Event: { id: '7' }, first_seen: '2026-01-01', last_seen: undefined, deleted: true },
      { id: '2', Event: { id: '7' }, first_seen: '2026-02-02', last_seen: '2026-03-03', deleted: true },
    ]);
  });
});
