import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { precisionOf, recallOf, scoresOf, total } from '../testing/score.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const reports = join(data, 'text-feeds/reports');

describe.skipIf(!existsSync(reports))('thirteen labelled reports (need the data folder)', () => {
  it('are read with a precision of 99.8 % and a recall of 99.9 %', async () => {
    const all = total(await scoresOf(reports, 'auto'));
    expect(all.labelled).toBe(4843);
    expect(precisionOf(all)).toBeGreaterThan(0.998);
    expect(recallOf(all)).toBeGreaterThan(0.999);
  });

  it('are none of them read badly', async () => {
    for (const score of await scoresOf(reports, 'auto')) {
      expect(recallOf(score), score.report).toBeGreaterThan(0.97);
      expect(score.wrong.length, score.report).toBeLessThan(5);
    }
  });
});
