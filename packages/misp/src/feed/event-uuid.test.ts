import { describe, expect, it } from 'vitest';
import { eventUuid } from './event-uuid.ts';

const uuid = '2c0f5c3e-1f0a-4a52-8a6c-0e4c2d7b9a10';
const event = { uuid: uuid.toUpperCase(), Attribute: [] };

describe('eventUuid', () => {
  it.each([
    ['a wrapped event', { Event: event }],
    ['a bare event', event],
    ['a list of one', [{ Event: event }]],
    ['an answer', { response: [{ Event: event }] }],
  ])('finds it in %s', (_shape, document) => {
    expect(eventUuid(document)).toBe(uuid);
  });

  it.each([
    ['an error', { error: 'maintenance' }],
    ['two events', [{ Event: event }, { Event: event }]],
    ['an event without one', { Event: { info: 'x' } }],
    ['nothing', null],
  ])('finds none in %s', (_shape, document) => {
    expect(eventUuid(document)).toBeUndefined();
  });
});
