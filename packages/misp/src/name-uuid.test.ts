import { expect, it } from 'vitest';
import { nameUuid } from './name-uuid.ts';

it('gives a version 5 UUID that is the same in every run', () => {
  expect(nameUuid('event', 'feed/a.json')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(nameUuid('event', 'feed/a.json')).toBe(nameUuid('event', 'feed/a.json'));
});

it('tells apart names whose parts only look alike when they are joined', () => {
  expect(nameUuid('a', 'bc')).not.toBe(nameUuid('ab', 'c'));
});
