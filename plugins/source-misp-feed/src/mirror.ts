import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeedEntry, writeAtomically } from '@misp-pipeline/misp';

const NAME = /^([0-9a-f-]{36})\.([0-9a-f-]*)\.json$/;

/**
 * Copies of a feed's events, one file each. A file's name says which version of which event it is, so that the folder
 * is its own index: it is right at every moment, also after a run was killed.
 */
export class Mirror {
  readonly #dir: string;
  /** File name by event UUID. */
  readonly #held: Map<string, string>;

  private constructor(dir: string, held: Map<string, string>) {
    this.#dir = dir;
    this.#held = held;
  }

  static async open(dir: string): Promise<Mirror> {
    await mkdir(dir, { recursive: true });
    const held = new Map<string, string>();
    // Of two versions of one event (a run was killed between them) the later name wins, which is the newer one.
    for (const name of (await readdir(dir)).sort()) {
      const uuid = NAME.exec(name)?.[1];
      if (uuid !== undefined) held.set(uuid, name);
    }
    return new Mirror(dir, held);
  }

  /** UUIDs of the events that there is a copy of, sorted. */
  get uuids(): readonly string[] {
    return [...this.#held.keys()].sort();
  }

  /** Path of the copy of an event, of whatever version. */
  path(uuid: string): string | undefined {
    const name = this.#held.get(uuid);
    return name === undefined ? undefined : join(this.#dir, name);
  }

  /** True when the copy is of the version that the manifest names; an event without a version is never up to date. */
  isCurrent(entry: FeedEntry): boolean {
    return entry.version !== undefined && this.#held.get(entry.uuid) === nameOf(entry);
  }

  async write(entry: FeedEntry, bytes: Buffer): Promise<void> {
    const name = nameOf(entry);
    const before = this.#held.get(entry.uuid);
    await writeAtomically(join(this.#dir, name), bytes);
    this.#held.set(entry.uuid, name);
    if (before !== undefined && before !== name) await rm(join(this.#dir, before), { force: true });
  }

  /** Removes the copy of an event. */
  async remove(uuid: string): Promise<void> {
    const path = this.path(uuid);
    if (path !== undefined) await rm(path, { force: true });
    this.#held.delete(uuid);
  }

  /** Removes every file that is no copy of one of these events. */
  async keep(uuids: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#dir)) {
      const uuid = NAME.exec(name)?.[1] ?? '';
      const isHeld = this.#held.get(uuid) === name;
      if (isHeld && uuids.has(uuid)) continue;
      await rm(join(this.#dir, name), { force: true });
      if (isHeld) this.#held.delete(uuid);
    }
  }
}

function nameOf({ uuid, version = '' }: FeedEntry): string {
  return `${uuid}.${version}.json`;
}
