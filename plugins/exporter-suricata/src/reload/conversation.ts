import { existsSync } from 'node:fs';
import type { Published, ReloadReport } from '@misp-pipeline/core';
import { type Control, Misbehaviour } from './control.ts';
import { changeDatasets, lookUpFindings } from './dataset-commands.ts';
import { type Expectation, expectationsOf } from './expectations.ts';
import { fileFindings } from './file-findings.ts';
import { type Finding, fault } from './finding.ts';
import { LiveRules } from './live-rules.ts';
import type { SuricataReload } from './options.ts';
import { ruleFindings } from './rule-findings.ts';
import { smallChanges } from './small-changes.ts';
import { counted, quoted } from './words.ts';

/** What is live, as one version of the engine has to take it. */
interface Subject {
  readonly live: LiveRules;
  readonly expectations: readonly Expectation[];
}

/** Tells the engine of what is live, then asks what it runs. */
export class Conversation {
  readonly #published: Published;
  readonly #options: SuricataReload;
  readonly #messages: string[] = [];
  #engine = 'suricata (version unknown)';
  #method = 'unix socket';

  constructor(published: Published, options: SuricataReload) {
    this.#published = published;
    this.#options = options;
  }

  async hold(control: Control): Promise<ReloadReport> {
    const version = await versionOf(control);
    this.#engine = `suricata ${version}`;
    const subject = this.#subjectFor(Number.parseInt(version, 10));
    return (await this.#changeLittle(control, subject)) ?? (await this.#reloadAll(control, subject));
  }

  /** The report of a conversation that the engine did not hold up to. */
  brokenOff({ message }: Misbehaviour): ReloadReport {
    return this.#report([fault(`the engine ${message}`)]);
  }

  #subjectFor(major: number): Subject {
    const { dir, previousDir } = this.#published;
    const rulesIn = (folder: string) => new LiveRules(folder, major, this.#options.rules);
    const live = rulesIn(dir);
    const before = previousDir !== undefined && existsSync(previousDir) ? rulesIn(previousDir) : undefined;
    return { live, expectations: expectationsOf(this.#published, live, before) };
  }

  /** Changes datasets where nothing else has changed. Undefined where that is not enough. */
  async #changeLittle(control: Control, subject: Subject): Promise<ReloadReport | undefined> {
    const changes = smallChanges(this.#published, subject.live, this.#options.limit);
    if (changes === undefined) return undefined;
    const refusal = await changeDatasets(control, changes);
    const findings = refusal === undefined ? await this.#compare(control, subject) : [fault(refusal)];
    const faults = findings.filter(({ isFault }) => isFault);
    if (faults.length > 0) {
      this.#messages.push(...faults.map(({ message }) => `${message}; so all rules were loaded`));
      return undefined;
    }
    this.#method = 'dataset-add';
    const added = changes.filter(({ command }) => command === 'dataset-add').length;
    this.#messages.push(`${counted(added, 'value')} added to datasets, ${changes.length - added} removed`);
    return this.#report(findings);
  }

  async #reloadAll(control: Control, subject: Subject): Promise<ReloadReport> {
    // The engine says `done` whatever became of the rules.
    await control.demand('reload-rules');
    return this.#report(await this.#compare(control, subject));
  }

  async #compare(control: Control, { live, expectations }: Subject): Promise<Finding[]> {
    const rules = await ruleFindings(control, live, this.#published, this.#options.rules);
    return [...fileFindings(this.#published), ...rules, ...(await lookUpFindings(control, expectations))];
  }

  #report(findings: readonly Finding[]): ReloadReport {
    return {
      engine: this.#engine,
      method: this.#method,
      confirmed: findings.every(({ isFault }) => !isFault),
      messages: [...this.#messages, ...findings.map(({ message }) => message)],
    };
  }
}

async function versionOf(control: Control): Promise<string> {
  const message = await control.demand('version');
  const version = typeof message === 'string' ? /^\d+\.\d+\.\d+/.exec(message)?.[0] : undefined;
  if (version === undefined) throw new Misbehaviour(`answered \`version\` with ${quoted(message)}`);
  return version;
}
