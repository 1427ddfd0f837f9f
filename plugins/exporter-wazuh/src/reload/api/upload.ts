import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, type Published } from '@misp-pipeline/core';
import { goneFiles, type ManagerFile, managerFiles } from '../manager-files.ts';
import { unacceptable } from './accepted.ts';
import { type ApiBody, explained, filePathOf, type WazuhApi } from './client.ts';

/** What became of the published files. */
export interface Uploaded {
  /** Files that the manager did not have. */
  readonly sent: readonly ManagerFile[];
  /** How many it had already. */
  readonly unchanged: number;
  /** What keeps the manager from having all of them, a sentence each. */
  readonly faults: readonly string[];
}

/** Bytes of a file of the manager that are read beyond those of the published one: XML may be laid out anew. */
const LAYOUT = 1024 * 1024;

/** Brings a manager from the files of one generation to those of another. */
export class Upload {
  readonly #api: WazuhApi;
  readonly #published: Pick<Published, 'dir' | 'previousDir'>;
  readonly #files: readonly ManagerFile[];
  readonly #sent: ManagerFile[] = [];

  /** Decoders stay as they are unless `decoders` is true. */
  constructor(api: WazuhApi, published: Pick<Published, 'dir' | 'previousDir'>, decoders: boolean) {
    this.#api = api;
    this.#published = published;
    this.#files = managerFiles(published.dir).filter(({ folder }) => decoders || folder !== 'decoders');
  }

  /**
   * Sends what the manager does not have as it is published, and deletes what is not published any more. Nothing is sent
   * when not all of it can be; when the API refuses a file, those that went before are put back as far as they can be.
   */
  async run(): Promise<Uploaded> {
    const { pending, faults } = await this.#compare();
    if (faults.length > 0) return this.#uploaded(faults);
    for (const file of pending) {
      const refusal = await this.#put(file, this.#bytesOf(file));
      if (refusal === undefined) this.#sent.push(file);
      else return this.#uploaded([`\`${file.path}\` was refused: ${refusal}`, ...(await this.#putBack())]);
    }
    return this.#uploaded(await this.#deleteGone());
  }

  /** What the manager does not have as it was sent. */
  async missing(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const file of this.#sent) {
      if (!(await this.#has(file, this.#bytesOf(file))))
        faults.push(`the manager has another \`${file.path}\` than was sent`);
    }
    return faults;
  }

  /** Which files the manager does not have, and why they cannot be sent. */
  async #compare(): Promise<{ readonly pending: readonly ManagerFile[]; readonly faults: readonly string[] }> {
    const pending: ManagerFile[] = [];
    const faults: string[] = [];
    for (const file of this.#files) {
      const bytes = this.#bytesOf(file);
      if (await this.#has(file, bytes)) continue;
      const why = unacceptable(file, bytes);
      if (why === undefined) pending.push(file);
      else faults.push(`\`${file.path}\` has to be put there as a file, since the API does not take it: it ${why}`);
    }
    return { pending, faults };
  }

  #uploaded(faults: readonly string[]): Uploaded {
    return { sent: this.#sent, unchanged: this.#files.length - this.#sent.length, faults };
  }

  #bytesOf({ path }: ManagerFile): Buffer {
    return readFileSync(join(this.#published.dir, path));
  }

  async #has({ folder, name }: ManagerFile, bytes: Buffer): Promise<boolean> {
    const installed = await this.#api.read(folder, name, bytes.length + LAYOUT);
    if (installed === undefined) return false;
    return folder === 'lists' ? installed.equals(bytes) : isSameXml(installed, bytes);
  }

  /** What the API says when it does not take a file. */
  async #put({ folder, name }: ManagerFile, bytes: Buffer): Promise<string | undefined> {
    const body: ApiBody = { type: 'application/octet-stream', bytes };
    const path = `${filePathOf(folder, name)}?overwrite=true&wait_for_complete=true`;
    const { failed } = await this.#api.ask('PUT', path, body);
    return failed.length === 0 ? undefined : explained(failed);
  }

  async #delete({ folder, name }: ManagerFile): Promise<string | undefined> {
    const { failed } = await this.#api.ask('DELETE', `${filePathOf(folder, name)}?wait_for_complete=true`);
    return failed.length === 0 ? undefined : explained(failed);
  }

  /** Deletes what earlier generations have left, but no list that a rule of ours still names. */
  async #deleteGone(): Promise<readonly string[]> {
    const { dir, previousDir } = this.#published;
    const rules = this.#files.filter(({ folder }) => folder === 'rules').map((file) => this.#bytesOf(file).toString());
    const faults: string[] = [];
    for (const file of goneFiles(dir, previousDir)) {
      if (rules.some((text) => text.includes(`>etc/lists/${file.name}<`))) continue;
      if ((await this.#api.read(file.folder, file.name, LAYOUT)) === undefined) continue;
      const refusal = await this.#delete(file);
      if (refusal !== undefined) faults.push(`\`${file.path}\` could not be deleted: ${refusal}`);
    }
    return faults;
  }

  /** Best effort: what the API refuses is told, and the rest goes on until the API does not answer any more. */
  async #putBack(): Promise<readonly string[]> {
    const { previousDir } = this.#published;
    const told: string[] = [];
    try {
      for (const file of [...this.#sent].reverse()) {
        const old = previousDir === undefined ? undefined : join(previousDir, file.path);
        const isKnown = old !== undefined && existsSync(old);
        const refusal = await (isKnown ? this.#put(file, readFileSync(old)) : this.#delete(file));
        told.push(`\`${file.path}\` ${refusal === undefined ? 'was put back' : `could not be put back: ${refusal}`}`);
      }
    } catch (error) {
      told.push(`not all files could be put back: ${messageOf(error)}`);
    }
    return told;
  }
}

/** Managers may lay XML out anew when they take it. */
function isSameXml(one: Buffer, other: Buffer): boolean {
  const content = (bytes: Buffer) => bytes.toString().replace(/\s+/g, '');
  return content(one) === content(other);
}
