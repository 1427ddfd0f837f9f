import type { Intake } from '@misp-pipeline/core';
import { type NormaliserOptions, parseJson, type SortedAttributes, sortAttributes } from '@misp-pipeline/misp';
import type { Mirror } from './mirror.ts';
import { readDocument } from './read-document.ts';

export interface WithdrawalParts {
  readonly mirror: Mirror;
  /** What earlier runs took of the events. */
  readonly taken: NormaliserOptions;
  readonly maxBytes: number;
  readonly intake: Intake;
}

/** Tells which attributes earlier runs took that a feed does not vouch for any more, before their copies are gone. */
export class Withdrawals {
  readonly #parts: WithdrawalParts;

  constructor(parts: WithdrawalParts) {
    this.#parts = parts;
  }

  /** Of an event that the feed does not list any more. */
  async ofEvent(uuid: string): Promise<void> {
    const { taken } = await this.#copy(uuid);
    for (const record of taken) this.#parts.intake.withdrawn('withdrawn:event', record);
  }

  /** Of an event of which the feed has another version. What is still there, but not taken, is rejected with its reason. */
  async ofVersion(uuid: string, version: Buffer): Promise<void> {
    const { taken: before } = await this.#copy(uuid);
    if (before.length === 0) return;
    const { taken, left } = sortAttributes(parseJson(version), this.#parts.taken);
    const values = new Map([...taken, ...left].map(({ place, value }) => [place, value]));
    for (const record of before) {
      const value = values.get(record.place);
      if (value === undefined) this.#parts.intake.withdrawn('withdrawn:deleted', record);
      else if (value !== record.value) this.#parts.intake.withdrawn('withdrawn:edited', record);
    }
  }

  async #copy(uuid: string): Promise<SortedAttributes> {
    const { mirror, maxBytes, taken } = this.#parts;
    const path = mirror.path(uuid);
    if (path === undefined) return { taken: [], left: [] };
    try {
      return sortAttributes(await readDocument(path, maxBytes), taken);
    } catch {
      // A damaged copy tells nothing, and is about to be replaced or removed.
      return { taken: [], left: [] };
    }
  }
}
