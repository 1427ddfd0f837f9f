import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPipelineError } from '@misp-pipeline/core';
import type { FakeInstance, FakeMispRequest, SourceReading } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Site } from '../testing/site.ts';

const HOUR = 3600;

let site: Site;
let instance: FakeInstance;
let event: number;

beforeEach(async () => {
  site = new Site('a.example.net', 'b.example.net', 'c.example.net');
  ({ instance, event } = site);
  await site.serve();
});

afterEach(() => site.server.close());

const run: Site['run'] = (...parts) => site.run(...parts);

const values = ({ indicators }: SourceReading) => indicators.map(({ value }) => value).sort();

async function codeOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.catch((thrown: unknown) => thrown);
  return isPipelineError(error) ? error.code : `no PipelineError but ${String(error)}`;
}

/** Time passes, so that the last change is settled. */
function later(seconds = HOUR): void {
  instance.clock += seconds;
}

describe('source misp, from run to run', () => {
  it('asks for the version and the index only when nothing changed', async () => {
    later();
    expect((await run()).sync).toMatchObject({ mode: 'full', received: 3, counted: 3 });
    later();
    const { sync, indicators } = await run();
    expect(sync).toEqual({ mode: 'changes', requests: 2, counted: 0, received: 0, withdrawn: 0, held: 0 });
    expect(indicators).toHaveLength(3);
  });

  it('reads an event again that changed within the minute before it was read', async () => {
    await run();
    later();
    expect((await run()).sync).toMatchObject({ mode: 'changes', received: 3 });
    expect((await run()).sync).toMatchObject({ mode: 'changes', received: 0 });
  });

  it('reads only the events that changed', async () => {
    const other = instance.addEvent();
    instance.addAttribute(other, { value: 'd.example.net' });
    instance.publish(other);
    later();
    await run();
    later();
    instance.editAttribute(1, { value: 'new.example.net' });
    instance.publish(event);
    later();
    const reading = await run();
    expect(reading.sync).toMatchObject({ mode: 'changes', received: 3 });
    expect(values(reading)).toEqual(['b.example.net', 'c.example.net', 'd.example.net', 'new.example.net']);
  });

  it('finds an event that another server sent with an old timestamp', async () => {
    later();
    await run();
    const old = instance.addEvent({ timestamp: instance.clock - 1000 * HOUR });
    instance.publish(old);
    const copy = instance.addAttribute(old, { value: 'old.example.net' });
    expect(copy).toBeGreaterThan(0);
    instance.publish(old);
    later();
    expect(values(await run())).toContain('old.example.net');
  });

  it.each<[string, () => void, number]>([
    ['deleted', () => instance.editAttribute(1, { deleted: true }), 1],
    ['no longer marked for detection', () => instance.editAttribute(1, { toIds: false }), 1],
    ['purged', () => instance.purgeAttribute(1), 1],
    ['of a removed event', () => instance.removeEvent(event), 3],
  ])('withdraws at once what is %s', async (_what, change, withdrawn) => {
    later();
    await run();
    later();
    change();
    if (instance.events.includes(event)) instance.publish(event);
    const reading = await run();
    expect(reading.sync).toMatchObject({ mode: 'changes', withdrawn });
    expect(values(reading)).not.toContain('a.example.net');
  });

  it('sees at once that a label became stricter, on an attribute or an event', async () => {
    later();
    await run();
    later();
    instance.tagAttribute(1, 'tlp:red');
    instance.publish(event);
    expect((await run()).indicators.map(({ tlp }) => tlp)).toEqual(['red', 'green', 'green']);
    later();
    instance.tagEvent(event, 'tlp:amber');
    instance.publish(event);
    expect((await run()).indicators.map(({ tlp }) => tlp)).toEqual(['red', 'amber', 'amber']);
  });

  it('sees local tags, which move no timestamp, with the next sweep', async () => {
    later();
    await run();
    instance.tagAttribute(1, 'tlp:red', { local: true });
    later();
    expect((await run()).indicators[0]?.tlp).toBe('green');
    expect((await run({}, { full: true })).indicators[0]?.tlp).toBe('red');
  });

  it('sweeps when it is time, when the view changes, and when the clock was put back', async () => {
    const modeOf = async (options = {}) => (await run(options)).sync?.mode;
    expect(await modeOf()).toBe('full');
    later(23 * HOUR);
    expect(await modeOf()).toBe('changes');
    later(HOUR);
    expect(await modeOf()).toBe('full');
    expect(await modeOf({ key: 'another' })).toBe('full');
    expect(await modeOf({ key: 'another', types: ['domain'] })).toBe('full');
    expect(await modeOf({ key: 'another', types: ['domain'], pageSize: 100, timeout: 5 })).toBe('changes');
    later(-2 * HOUR);
    expect(await modeOf({ key: 'another', types: ['domain'] })).toBe('full');
  });

  it('keeps nothing of what another key could see', async () => {
    await run();
    for (const id of [1, 2]) instance.purgeAttribute(id);
    expect(values(await run({ key: 'another' }))).toEqual([]);
  });

  it('repeats no run that had other options', async () => {
    await run();
    expect(await codeOf(run({ key: 'another' }, { replay: true }))).toBe('SOURCE_UNREACHABLE');
  });

  it('makes a mirror anew that is damaged', async () => {
    await run();
    writeFileSync(join(site.services.stateDir, 'mirror.sqlite'), 'no database at all');
    expect((await run()).sync).toMatchObject({ mode: 'full', received: 3 });
  });

  it('loses nothing behind skipped rows when others leave the list meanwhile', async () => {
    for (let i = 0; i < 300; i++) instance.addAttribute(event, { value: `more${i}.example.net` });
    const other = instance.addEvent();
    for (let i = 0; i < 60; i++) instance.addAttribute(other, { value: `other${i}.example.net` });
    for (const id of [event, other]) instance.publish(id);
    await site.serve({
      skip: (row) => 'id' in row && row.id === '99',
      misbehave: ({ body }) => {
        if (body.page === 2)
          for (const id of [1, 2, 3]) if (instance.attributes.includes(id)) instance.purgeAttribute(id);
        if (body.page === 2) instance.publish(event);
        return undefined;
      },
    });
    later();
    const first = await run({ pageSize: 100 });
    expect(values(first).filter((value) => value.startsWith('other'))).toHaveLength(60);
  });

  it('leaves the mirror as it was when a sync fails in the middle', async () => {
    for (let i = 0; i < 300; i++) instance.addAttribute(event, { value: `more${i}.example.net` });
    instance.publish(event);
    await run({ pageSize: 100 });
    const { url } = site.server;
    await site.serve({ misbehave: ({ body }) => (body.page === 3 ? 'redirect' : undefined) });
    instance.purgeAttribute(1);
    instance.publish(event);
    expect(await codeOf(run({ pageSize: 100 }, { full: true }))).toBe('SOURCE_UNREACHABLE');
    expect((await run({ pageSize: 100, url }, { replay: true })).indicators).toHaveLength(303);
  });
});

describe('source misp while an event is edited', () => {
  beforeEach(async () => {
    later();
    await run();
    later();
  });

  it('holds what was published as long as the draft says it', async () => {
    instance.editAttribute(1, { value: 'draft.example.net' });
    instance.editAttribute(2, { deleted: true });
    instance.tagAttribute(3, 'tlp:red');
    instance.addAttribute(event, { value: 'another-draft.example.net' });
    const reading = await run();
    expect(reading.sync).toMatchObject({ withdrawn: 2, held: 1 });
    expect(values(reading)).toEqual(['c.example.net']);
    expect(reading.indicators[0]?.tlp).toBe('red');
  });

  it('does not loosen a label before that is published', async () => {
    instance.untagEvent(event, 'tlp:green');
    instance.tagEvent(event, 'tlp:clear');
    expect((await run()).indicators.map(({ tlp }) => tlp)).toEqual(['green', 'green', 'green']);
    later();
    instance.publish(event);
    expect((await run()).indicators.map(({ tlp }) => tlp)).toEqual(['clear', 'clear', 'clear']);
  });

  it('ends the grace also after a clock that ran ahead', async () => {
    instance.unpublish(event);
    instance.clock += 1000 * HOUR;
    await run();
    instance.clock -= 1000 * HOUR;
    expect((await run()).sync).toMatchObject({ held: 3 });
    later(4 * HOUR);
    expect((await run()).indicators).toEqual([]);
  });

  it('withdraws it when the grace is over', async () => {
    instance.unpublish(event);
    expect((await run()).indicators).toHaveLength(3);
    later(3 * HOUR);
    expect((await run()).sync).toMatchObject({ held: 3 });
    later(HOUR);
    const reading = await run();
    expect(reading.sync).toMatchObject({ withdrawn: 3, held: 0 });
    expect(reading.indicators).toEqual([]);
  });

  it('holds it over a full sweep too', async () => {
    instance.unpublish(event);
    expect((await run({}, { full: true })).sync).toMatchObject({ mode: 'full', held: 3, withdrawn: 0 });
  });

  it('takes what the event says when it is published again', async () => {
    instance.editAttribute(1, { value: 'better.example.net' });
    await run();
    later();
    instance.publish(event);
    expect(values(await run())).toEqual(['b.example.net', 'better.example.net', 'c.example.net']);
  });

  it('withdraws at once without a grace', async () => {
    instance.unpublish(event);
    expect((await run({ grace: '0s' })).indicators).toEqual([]);
  });

  it('has nothing to hold when drafts are taken anyway', async () => {
    instance.editAttribute(1, { value: 'draft.example.net' });
    const reading = await run({ published: false });
    expect(values(reading)).toContain('draft.example.net');
    expect(reading.sync).toMatchObject({ held: 0 });
  });
});

describe('source misp and the time of publication', () => {
  it('lets go of what was published too long ago, and takes it again when it is published again', async () => {
    const last = { last: '12h', sweep: '30d' };
    later();
    expect((await run(last)).indicators).toHaveLength(3);
    later(12 * HOUR);
    expect((await run(last)).indicators).toEqual([]);
    instance.publish(event);
    expect((await run(last)).indicators).toHaveLength(3);
    later(11 * HOUR);
    instance.publish(event);
    await run(last);
    later(11 * HOUR);
    expect((await run(last)).indicators).toHaveLength(3);
  });
});

describe('source misp and what does not come', () => {
  const hideOne = { hide: (row: object) => 'id' in row && row.id === '2' };

  it('publishes nothing when the server counts more than it sends', async () => {
    await site.serve(hideOne);
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', exitCode: 5 });
    expect(String(error)).toContain('the server counted 3 attributes, but only 2 came');
  });

  it('goes on when it may, and says so', async () => {
    await site.serve(hideOne);
    const { indicators, sync, problems } = await run({ allowIncomplete: true });
    expect(indicators).toHaveLength(2);
    expect(sync).toMatchObject({ counted: 3, received: 2 });
    expect(problems).toHaveLength(1);
  });

  it.each(['page', 'start'] as const)('notices a gap behind the first page (counts: %s)', async (counts) => {
    for (let i = 0; i < 300; i++) instance.addAttribute(event, { value: `more${i}.example.net` });
    instance.publish(event);
    await site.serve({ counts, hide: (row) => 'id' in row && row.id === '150' });
    expect(await codeOf(run({ pageSize: 100 }))).toBe('SOURCE_INCOMPLETE');
  });

  it('does not take what was allowed to be incomplete for complete later', async () => {
    await site.serve(hideOne);
    await run({ allowIncomplete: true });
    expect(await codeOf(run())).toBe('SOURCE_INCOMPLETE');
  });

  it('says how many attributes the server left out by its own lists, and takes that for complete', async () => {
    await site.serve({ skip: hideOne.hide });
    expect((await run({ enforceWarninglist: true })).sync).toMatchObject({ counted: 2, received: 2 });
  });

  it('does not take a cut index of events for the truth', async () => {
    await run();
    await site.serve({ missingEvents: 1 });
    expect(await codeOf(run())).toBe('SOURCE_UNREACHABLE');
  });
});

describe('source misp in the scope of events', () => {
  it('reads whole events, and the large ones attribute by attribute', async () => {
    const large = instance.addEvent();
    for (let i = 0; i < 120; i++) instance.addAttribute(large, { value: `many${i}.example.net` });
    instance.publish(large);
    const isTooLarge = (body: FakeMispRequest['body']) => [body.eventid].flat().includes(large);
    await site.serve({
      misbehave: ({ path, body }) => (path === '/events/restSearch' && isTooLarge(body) ? 'error' : undefined),
    });
    const reading = await run({ scope: 'events', retries: 1 });
    expect(reading.indicators).toHaveLength(123);
    expect(reading.indicators.at(-1)?.origins[0]?.event.org).toBe('Example CERT');
  });

  it('gives the same as the scope of attributes', async () => {
    const events = await run({ scope: 'events' });
    const attributes = await run({ scope: 'attributes' });
    expect(events.indicators).toEqual(attributes.indicators);
  });
});
