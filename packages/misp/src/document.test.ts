import { describe, expect, it } from 'vitest';
import { contentOf } from './document.ts';

const event = { info: 'Phishing', Attribute: [{ type: 'domain', value: 'evil.example' }] };
const row = { type: 'domain', value: 'evil.example', Event: { info: 'Phishing' } };

describe('contentOf', () => {
  it.each([
    ['a wrapped event', { Event: event }],
    ['an answer with a list', { response: [{ Event: event }] }],
    ['an answer with one event', { response: { Event: event } }],
    ['a bare event', event],
    ['a list of wrapped events', [{ Event: event }]],
    ['a list of bare events', [event]],
    ['a list of answers', [{ response: [{ Event: event }] }]],
  ])('finds the event of %s', (_, document) => {
    expect(contentOf(document)).toEqual({ events: [event], attributes: [] });
  });

  it('finds an event that holds objects only', () => {
    expect(contentOf({ Object: [] }).events).toEqual([{ Object: [] }]);
  });

  it('finds an event without attributes when it is wrapped', () => {
    expect(contentOf({ Event: { info: 'Phishing' } }).events).toEqual([{ info: 'Phishing' }]);
  });

  it('finds the attributes of a search', () => {
    expect(contentOf({ response: { Attribute: [null, row] } })).toEqual({ events: [], attributes: [null, row] });
  });

  it.each([
    null,
    'text',
    7,
    [],
    {},
    { response: [] },
    { name: 'Not Found', message: 'Not Found', url: '/x' },
    { timestamp: 1, type: '0', value: 'sighting' },
    [{ SharingGroup: { id: '1' } }],
    [{ id: '3', info: 'an entry of an index', EventTag: [] }],
  ])('finds nothing in %j', (document) => {
    expect(contentOf(document)).toEqual({ events: [], attributes: [] });
  });

  it('survives lists that are nested without end', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(contentOf(deep).events).toEqual([]);
  });
});
