import { messageOf } from '../errors.ts';
import { placingError } from './error.ts';
import { type Journal, removeJournal, saveJournal } from './journal.ts';
import { settle } from './recover.ts';
import { hasChanged, type PlaceReport } from './report.ts';
import { setAside, switchBack, switchOver } from './switch.ts';

/** Files that stand ready beside their targets. Ends with `finish` or `undo`; until then a crash is undone. */
export class Placing {
  /** What is done at each place. */
  readonly reports: readonly PlaceReport[];
  readonly #stateDir: string;
  readonly #journal: Journal;
  #isUndone = false;
  #isFinal = false;
  /** Whether the journal may say that all is done although it could not be made to last. */
  #isInDoubt = false;

  constructor(stateDir: string, journal: Journal, reports: readonly PlaceReport[]) {
    this.#stateDir = stateDir;
    this.#journal = journal;
    this.reports = reports;
  }

  /** Whether the new files stay, also when clearing away the old ones failed. */
  get isFinal(): boolean {
    return this.#isFinal;
  }

  /** Whether an exporter's engine has something new to read. */
  changes(exporter: string): boolean {
    return this.reports.some((report) => report.exporter === exporter && hasChanged(report));
  }

  /** Switches all targets to the new files. When it throws, some may be switched, until `undo` is called. */
  switch(): void {
    saveJournal(this.#stateDir, { ...this.#journal, phase: 'switching' });
    setAside(this.#journal.moves);
    switchOver(this.#journal.moves);
  }

  /** The same; when it throws a PlacingError, all are as they were. */
  commit(): void {
    try {
      this.switch();
    } catch (error) {
      this.#undoAfter(error);
      throw error;
    }
  }

  #undoAfter(error: unknown): void {
    try {
      this.undo();
    } catch (second) {
      throw placingError(
        `${messageOf(error)}; and what was switched could not be put back: ${messageOf(second)}`,
        'Correct what it says. The next run puts everything back first.',
        error,
      );
    }
  }

  /** Puts back what stood there, before or after `commit`. Does nothing when it was called before, or the new files stay. */
  undo(): void {
    if (this.#isUndone || this.#isFinal) return;
    if (this.#isInDoubt) saveJournal(this.#stateDir, { ...this.#journal, phase: 'switching' });
    switchBack(this.#journal);
    removeJournal(this.#stateDir);
    this.#isUndone = true;
  }

  /**
   * The new files stay: remembers them as ours, and clears away the old ones. Called after `commit`, instead of `undo`. When it
   * throws, `isFinal` says whether they stay all the same: then the next placing clears away, otherwise `undo` puts back.
   */
  finish(): void {
    const done = { ...this.#journal, phase: 'done' } as const;
    this.#isInDoubt = true;
    saveJournal(this.#stateDir, done);
    this.#isFinal = true;
    settle(this.#stateDir, done);
  }
}
