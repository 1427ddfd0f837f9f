import type { StageServices } from '@misp-pipeline/core';
import type { FakeInstance, SourceReading } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Site } from '../testing/site.ts';

const HOUR = 3600;

let site: Site;
let instance: FakeInstance;
let event: number;

beforeEach(async () => {
  site = new Site('a.example.net', 'b.example.net');
  ({ instance, event } = site);
  await site.serve();
});

afterEach(() => site.server.close());

/** One run, an hour after the one before, so that the last change is settled. */
function run(options: Record<string, unknown> = {}, own: Partial<StageServices> = {}): Promise<SourceReading> {
  instance.clock += HOUR;
  return site.run(options, own);
}

const reasons = ({ withdrawn }: SourceReading) => withdrawn.map(({ reason, value }) => `${reason} ${value}`);

describe('source misp, of what it withdraws', () => {
  const A = 'a.example.net';

  it.each<[string, () => void, readonly string[]]>([
    ['deleted', () => instance.editAttribute(1, { deleted: true }), [`withdrawn:deleted ${A}`]],
    ['not marked for detection', () => instance.editAttribute(1, { toIds: false }), [`withdrawn:to-ids ${A}`]],
    ['purged', () => instance.purgeAttribute(1), [`withdrawn:attribute ${A}`]],
    ['edited', () => instance.editAttribute(1, { value: 'new.example.net' }), [`withdrawn:edited ${A}`]],
    [
      'of a removed event',
      () => instance.removeEvent(event),
      [`withdrawn:event ${A}`, 'withdrawn:event b.example.net'],
    ],
  ])('says that it is %s', async (_what, change, expected) => {
    await run();
    change();
    if (instance.events.includes(event)) instance.publish(event);
    expect(reasons(await run())).toEqual(expected);
    expect(reasons(await run())).toEqual([]);
  });

  it('says that it has a tag now that the options leave out', async () => {
    let isSearchForTags = true;
    // The fake server knows no search for tags: what a real one would leave out is skipped.
    await site.serve({
      misbehave: ({ body }) => {
        isSearchForTags = body.tags !== undefined;
        return undefined;
      },
      skip: (row) => isSearchForTags && JSON.stringify(row).includes('"benign"'),
    });
    await run({ notTags: ['benign'] });
    instance.tagAttribute(1, 'benign');
    instance.publish(event);
    expect(reasons(await run({ notTags: ['benign'] }))).toEqual([`withdrawn:tag ${A}`]);
  });

  it('says the same after a full sweep', async () => {
    await run();
    instance.editAttribute(1, { deleted: true });
    instance.publish(event);
    const reading = await run({}, { full: true });
    expect(reading.withdrawn).toEqual([
      {
        reason: 'withdrawn:deleted',
        value: A,
        place: 'event eeeeeeee-0000-4000-8000-000000000001 attribute aaaaaaaa-0000-4000-8000-000000000001',
      },
    ]);
    instance.removeEvent(event);
    expect(reasons(await run({}, { full: true }))).toEqual(['withdrawn:event b.example.net']);
  });

  it('says that its event is unpublished, when the grace is over', async () => {
    await run();
    instance.unpublish(event);
    expect(reasons(await run())).toEqual([]);
    expect(reasons(await run({ grace: '1h' }))).toEqual([
      `withdrawn:unpublished ${A}`,
      'withdrawn:unpublished b.example.net',
    ]);
  });

  it('says what the draft says of it, while its event is edited', async () => {
    await run();
    instance.editAttribute(1, { toIds: false });
    expect(reasons(await run())).toEqual([`withdrawn:to-ids ${A}`]);
  });

  it('says that its event was published too long ago', async () => {
    await run({ last: '2h' });
    expect(reasons(await run({ last: '2h' }))).toEqual([]);
    expect(reasons(await run({ last: '2h' }))).toEqual([`withdrawn:last ${A}`, 'withdrawn:last b.example.net']);
  });

  it('says nothing of what comes as before', async () => {
    await run();
    expect((await run({}, { full: true })).withdrawn).toEqual([]);
    expect((await run()).withdrawn).toEqual([]);
  });

  it('says nothing of what it never handed on', async () => {
    const unusable = instance.addAttribute(event, { value: 'no host at all' });
    instance.publish(event);
    await run();
    instance.editAttribute(unusable, { deleted: true });
    instance.publish(event);
    expect((await run()).withdrawn).toEqual([]);
  });

  it.each([
    ['asks once, about a bounded number', false, 500],
    ['does without an answer when the server fails', true, 0],
  ])('%s', async (_what, fails, known) => {
    await site.serve({ misbehave: ({ body }) => (fails && body.uuid !== undefined ? 'error' : undefined) });
    for (let i = 0; i < 600; i++) instance.addAttribute(event, { value: `more${i}.example.net` });
    instance.publish(event);
    await run();
    for (let id = 3; id <= 602; id++) instance.editAttribute(id, { deleted: true });
    instance.publish(event);
    const counts = Map.groupBy((await run()).withdrawn, ({ reason }) => reason);
    expect(counts.get('withdrawn:deleted')?.length ?? 0).toBe(known);
    expect(counts.get('withdrawn:attribute')?.length).toBe(600 - known);
    expect(site.server.requests.filter(({ body }) => body.uuid !== undefined)).toHaveLength(1);
  });
});

describe('source misp, of the age of its data', () => {
  it('is confirmed by every run that the server answers, also when nothing is new', async () => {
    for (let i = 0; i < 2; i++) expect((await run()).asOf).toEqual(new Date(instance.clock * 1000));
  });

  it('is as old as the last answer in a run that is repeated', async () => {
    await run();
    await run();
    const answered = new Date(instance.clock * 1000);
    expect((await run({}, { replay: true })).asOf).toEqual(answered);
  });
});
