import type { KnownIndicator, Snapshot } from '../src/known.ts';
import { aKnownIndicator, aKnownOrigin } from './known.ts';

/** The domains `host0.example`, `host1.example` ... of a snapshot, whose id stands in all that is said of them. */
export function* generated({ id, indicators }: Pick<Snapshot, 'id' | 'indicators'>): Generator<KnownIndicator> {
  for (let i = 0; i < indicators; i++) {
    yield aKnownIndicator({ value: `host${i}.example`, origins: [aKnownOrigin({ comment: id })] });
  }
}
