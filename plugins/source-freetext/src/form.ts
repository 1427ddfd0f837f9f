import { detectValue, linesOf } from '@misp-pipeline/misp';
import { isDefanged } from './defanged.ts';
import { readListLine } from './list-line.ts';
import { tokensOf } from './tokens.ts';

/** What a text is: a list, a report that breaks its indicators, or a report that does not. */
export type Form = 'list' | 'defanged' | 'plain';

/** Lines that are looked at. */
const SAMPLE = 2000;
/** A list may have one line that is no entry, and a further one for each so many entries. */
const ENTRIES_FOR_A_WORD = 50;

/** What a text seems to be, and why. */
export interface FormFinding {
  readonly form: Form;
  /** Entries of a list, and lines that are none, in the sample. */
  readonly entries: number;
  readonly words: number;
}

/**
 * A text is a list when its lines, comments left out, are entries, but for one, and one in fifty. Otherwise it is a
 * report, and one defanged value shows that its author defangs.
 */
export function findForm(text: Buffer): FormFinding {
  const { entries, words } = countedLines(text);
  const isList = entries === 0 ? words === 0 : words <= 1 + entries / ENTRIES_FOR_A_WORD;
  if (isList) return { form: 'list', entries, words };
  return { form: holdsDefanged(text) ? 'defanged' : 'plain', entries, words };
}

function countedLines(text: Buffer): Pick<FormFinding, 'entries' | 'words'> {
  let entries = 0;
  let words = 0;
  for (const line of linesOf(text)) {
    for (const entry of readListLine(line)) {
      if (!('reason' in entry)) entries++;
      else if (entry.reason.startsWith('rejected:')) words++;
    }
    if (line.number === SAMPLE) break;
  }
  return { entries, words };
}

function holdsDefanged(text: Buffer): boolean {
  for (const line of linesOf(text)) {
    const tokens = tokensOf(line.text);
    if (tokens.some(({ text }) => isDefanged(text) && detectValue(text, { inProse: false }))) return true;
  }
  return false;
}
