import type { Answer, Control } from './control.ts';
import { type Expectation, isShort } from './expectations.ts';
import { type Finding, fault, fine } from './finding.ts';
import type { Dataset } from './live-rules.ts';
import type { DatasetChange } from './small-changes.ts';
import { counted, quoted } from './words.ts';

const TAKEN = { 'dataset-add': 'data added', 'dataset-remove': 'data removed' } as const;

/**
 * Changes datasets value by value. Says what the engine refused, or undefined when it took everything: a value that it holds
 * already, or does not hold, shows that it runs something else than was thought.
 */
export async function changeDatasets(control: Control, changes: readonly DatasetChange[]): Promise<string | undefined> {
  for (const { command, dataset, value } of changes) {
    if (!isShort(value)) return `${named(value, dataset)} is too long for \`${command}\``;
    const { ok, message } = await askAbout(control, command, dataset, value);
    if (ok && message === TAKEN[command]) continue;
    return `\`${command}\` of ${named(value, dataset)} was answered with ${quoted(message)}`;
  }
  return undefined;
}

/** Looks values up in datasets. */
export async function lookUpFindings(control: Control, expectations: readonly Expectation[]): Promise<Finding[]> {
  const faults: Finding[] = [];
  for (const { dataset, value, isPresent } of expectations) {
    const { ok, message } = await askAbout(control, 'dataset-lookup', dataset, value);
    if (ok === isPresent) continue;
    const what = isPresent ? 'should be found' : 'should be gone';
    faults.push(fault(`${named(value, dataset)} ${what}, but the engine says ${quoted(message)}`));
  }
  if (faults.length > 0 || expectations.length === 0) return faults;
  const datasets = new Set(expectations.map(({ dataset }) => dataset.name));
  const asked = `${counted(expectations.length, 'look-up')} in ${counted(datasets.size, 'dataset')}`;
  return [fine(`${asked} answered as expected`)];
}

function askAbout(control: Control, command: string, { name, type }: Dataset, value: string): Promise<Answer> {
  return control.ask(command, { setname: name, settype: type, datavalue: value });
}

function named(value: string, { name, type }: Dataset): string {
  return `${quoted(type === 'string' ? decoded(value) : value)} in dataset \`${name}\``;
}

/** The text behind base64; what is none stands for itself. */
function decoded(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value ? bytes.toString('utf8') : value;
}
