import type { Content, Step } from './copy.ts';
import { PlacingError, type PlacingFault } from './error.ts';
import { type Attributes, hasAttributes } from './owner.ts';
import type { PlacedFile } from './record.ts';
import type { PlaceReports } from './report.ts';
import { type Standing, standingAt } from './standing.ts';
import { RANK, Steps } from './steps.ts';
import type { Target } from './target.ts';

/** Ending of the file that stood at a path before we took it over; no engine takes it for its own. */
export const BEFORE = '.before-misp-pipeline';

/** What has to be done, and what is placed then. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly folders: ReadonlyMap<string, Attributes>;
  readonly record: readonly PlacedFile[];
}

/** Compares what is to stand with what stands. Changes nothing. */
export class Planner {
  readonly #known: ReadonlyMap<string, PlacedFile>;
  readonly #reports: PlaceReports;
  readonly #steps: Steps;
  readonly #targets = new Map<string, Target>();
  readonly #companions = new Set<string>();
  readonly #faults: PlacingFault[] = [];
  readonly #record = new Map<string, PlacedFile>();

  constructor(record: readonly PlacedFile[], reports: PlaceReports, token: string) {
    this.#known = new Map(record.map((file) => [file.path, file]));
    this.#reports = reports;
    this.#steps = new Steps(token);
  }

  /** A file that has to stand at its target. All targets come before anything is withdrawn. */
  place(target: Target): void {
    const { path, sha256, attributes, exporter, place, companions } = target;
    const other = this.#targets.get(path) ?? this.#record.get(path);
    if (other !== undefined) {
      this.#clash(path, exporter, other.exporter);
      return;
    }
    this.#targets.set(path, target);
    const before = this.#known.get(path)?.before;
    const kept = before === undefined ? {} : { before };
    this.#record.set(path, { path, sha256, exporter, place, companions: [...companions], ...kept });
    const stands = standingAt(path);
    const report = this.#reports.of(target);
    if (stands.kind !== 'file' || stands.sha256 !== sha256) this.#write(target, stands);
    else if (hasAttributes(stands, attributes)) report.unchanged++;
    else {
      report.corrected.push(path);
      this.#steps.write(path, contentOf(target), RANK.replaced);
    }
  }

  #write(target: Target, stands: Standing): void {
    const { path, overwrite, companions, isSeal } = target;
    const known = this.#known.get(path);
    if (!this.#mayGo(path, stands, known, overwrite)) return;
    const isStrange = stands.kind !== 'nothing' && !isAsPlaced(stands, known);
    const report = this.#reports.of(target);
    report.written.push(path);
    if (isStrange) report.takenOver.push(path);
    const rank = isSeal ? RANK.seal : stands.kind === 'nothing' ? RANK.new : RANK.replaced;
    const entry = this.#record.get(path);
    if (isStrange && entry !== undefined && entry.before === undefined) {
      entry.before = freeName(path + BEFORE);
      this.#steps.write(path, contentOf(target), rank, { keepAs: entry.before });
    } else this.#steps.write(path, contentOf(target), rank);
    this.#removeAll(companions, rank);
  }

  /**
   * A file of ours that must not stand there any more, unless it is a target.
   * @param overwrite whether it goes also when somebody has changed it.
   */
  withdraw(known: PlacedFile, overwrite: boolean): void {
    const { path, companions, before } = known;
    if (this.#targets.has(path)) return;
    const stands = standingAt(path);
    if (!this.#mayGo(path, stands, known, overwrite)) return;
    if (stands.kind !== 'nothing') {
      const isStrange = !isAsPlaced(stands, known);
      const report = this.#reports.of(known);
      report.removed.push(path);
      if (isStrange) report.takenOver.push(path);
      this.#steps.remove(path, RANK.gone, isStrange && before === undefined ? { keepAs: freeName(path + BEFORE) } : {});
    }
    this.#removeAll(companions, RANK.gone);
  }

  /** A file that stays as it is, because its exporter is not placed now. These come before all targets. */
  leave(known: PlacedFile): void {
    this.#record.set(known.path, known);
  }

  /** The same for a file that a target may have taken over. These come after all targets. */
  leaveUnlessTaken(known: PlacedFile): void {
    if (!this.#targets.has(known.path)) this.leave(known);
  }

  /** Throws with everything that stands against it. */
  plan(): Plan {
    for (const path of this.#companions) {
      if (this.#known.has(path) || this.#targets.has(path))
        this.#fault(`\`${path}\` is both placed and removed`, 'Correct `remove` of the place.');
    }
    for (const path of this.#targets.keys()) {
      if (this.#steps.folders.has(path))
        this.#fault(`\`${path}\` would be a file and a folder`, 'Give one of the places another folder.');
    }
    if (this.#faults.length > 0) throw new PlacingError(this.#faults);
    return { steps: this.#steps.inOrder(), folders: this.#steps.folders, record: [...this.#record.values()] };
  }

  /** Whether what stands at a path may be replaced or removed; if not, that is a fault. */
  #mayGo(path: string, stands: Standing, known: PlacedFile | undefined, overwrite: boolean): boolean {
    if (stands.kind === 'other') {
      this.#fault(`\`${path}\` is no file`, 'Move it away, or choose another place.');
      return false;
    }
    if (stands.kind === 'nothing' || isAsPlaced(stands, known) || overwrite) return true;
    const what = known === undefined ? 'exists and was not placed by this pipeline' : 'was changed since it was placed';
    this.#fault(
      `\`${path}\` ${what}`,
      `Move it away, or set \`overwrite: true\` at the place: it is then kept as \`<file>${BEFORE}\`.`,
    );
    return false;
  }

  #removeAll(companions: readonly string[], rank: (typeof RANK)[keyof typeof RANK]): void {
    for (const path of companions) {
      this.#companions.add(path);
      if (standingAt(path).kind === 'other') this.#fault(`\`${path}\` is no file`, 'Correct `remove` of the place.');
      else this.#steps.remove(path, rank);
    }
  }

  #clash(path: string, exporter: string, other: string): void {
    const who = exporter === other ? `two files of \`${exporter}\`` : `files of \`${other}\` and \`${exporter}\``;
    this.#fault(`${who} would stand at \`${path}\``, 'Give one of the places another folder, or fewer files.');
  }

  #fault(message: string, hint: string): void {
    this.#faults.push({ message, hint });
  }
}

function contentOf({ source, sha256, attributes }: Target): Content {
  return { source, sha256, attributes };
}

/** The name, or the first one with a number that is not taken. */
function freeName(path: string): string {
  for (let copy = 2, name = path; ; name = `${path}-${copy++}`) if (standingAt(name).kind === 'nothing') return name;
}

function isAsPlaced(stands: Standing, known: PlacedFile | undefined): boolean {
  return stands.kind === 'file' && stands.sha256 === known?.sha256;
}
