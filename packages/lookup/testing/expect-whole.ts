import { expect } from 'vitest';
import type { Query } from '../src/known.ts';
import type { ReadableIndex } from '../src/reading.ts';

/** Reads some of `generated` indicators and checks that all are there and from the one snapshot; returns its id. */
export async function expectWhole(index: ReadableIndex, hosts: readonly number[]): Promise<string> {
  const queries = hosts.map((host): Query[] => [{ kind: 'domain', value: `host${host}.example` }]);
  const { matches, snapshot } = await index.read(queries);
  const said = matches.map((all) => all.map(({ indicator }) => [indicator.value, indicator.origins[0]?.comment]));
  expect(said).toEqual(hosts.map((host) => [[`host${host}.example`, snapshot.id]]));
  return snapshot.id;
}
