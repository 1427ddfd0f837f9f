import { describe, expect, it } from 'vitest';
import { aReleaseReport } from '../../testing/made-up-release.ts';
import { anExporter, aRunReport } from '../../testing/made-up-report.ts';
import { liveAfterRelease, liveAfterRun, liveUnconfirmed } from './live-exporter.ts';

const suricata = anExporter();
const RUN = aRunReport();
const NOTHING_NEW = aRunReport({ exporters: [anExporter({ reload: undefined })] });
const SURICATA = { id: 'suricata', generation: 'f8d365177df1f265', exported: 1293, reloadConfirmed: true };
const SIGMA = { id: 'sigma', generation: '91cb00fca08368a0', exported: 801, reloadConfirmed: undefined };

describe('what is live', () => {
  it('is what the last run published', () => {
    expect(liveAfterRun([], RUN)).toEqual([SURICATA, SIGMA]);
    expect(liveAfterRun([SIGMA], aRunReport({ exporters: [suricata] }))).toEqual([SURICATA]);
  });

  it('is what a rollback restored, and of other exporters what it was', () => {
    const reload = suricata.reload && { ...suricata.reload, confirmed: true };
    expect(liveAfterRelease([SURICATA, SIGMA], aReleaseReport('bf9727157d1b9d79', 1204, reload))).toEqual([
      SIGMA,
      { id: 'suricata', generation: 'bf9727157d1b9d79', exported: 1204, reloadConfirmed: true },
    ]);
  });

  it('stays confirmed while the engine need not be told anything', () => {
    expect(liveAfterRun([SURICATA], NOTHING_NEW)).toEqual([SURICATA]);
  });

  it('is not confirmed by a word that the engine gave on other files', () => {
    const other = [{ ...SURICATA, generation: 'bf9727157d1b9d79' }];
    expect(liveAfterRun(other, NOTHING_NEW)).toEqual([{ ...SURICATA, reloadConfirmed: undefined }]);
  });

  it('is what it was when the engine does not confirm new files, without its word', () => {
    const unconfirmed = liveUnconfirmed([SURICATA, SIGMA], 'suricata');
    expect(unconfirmed).toEqual([SIGMA, { ...SURICATA, reloadConfirmed: false }]);
    expect(liveAfterRun(unconfirmed, NOTHING_NEW)).toEqual([{ ...SURICATA, reloadConfirmed: false }]);
    expect(liveAfterRun(unconfirmed, RUN)).toEqual([SURICATA, SIGMA]);
  });

  it('is nothing yet when the engine does not confirm the first files', () => {
    expect(liveUnconfirmed([], 'suricata')).toEqual([{ id: 'suricata', reloadConfirmed: false }]);
  });
});
