import { affected, failed, problem, type WazuhAnswer } from './answer.ts';
import { FakeLogtest, type LogtestOptions } from './logtest.ts';
import type { FakeRuleset } from './ruleset.ts';

export interface EngineOptions extends LogtestOptions {
  /** Version of the manager; from 4.13 on it reloads without a restart. */
  readonly version?: string;
  /** How often the nodes of a cluster are asked before they have the files that were uploaded. */
  readonly spreadingTakes?: number;
  /** How often the manager is asked before it is there again after a restart. */
  readonly restartTakes?: number;
}

/** The daemons of a manager, which read the ruleset. */
export class FakeEngine {
  reloads = 0;
  restarts = 0;
  readonly logtest: FakeLogtest;
  readonly #ruleset: FakeRuleset;
  readonly #nodes: readonly string[];
  readonly #options: EngineOptions;
  #unspread = 0;
  #down = 0;

  constructor(ruleset: FakeRuleset, nodes: readonly string[], options: EngineOptions) {
    this.#ruleset = ruleset;
    this.#nodes = nodes;
    this.#options = options;
    this.logtest = new FakeLogtest(ruleset, options);
  }

  /** A file has changed, which the nodes of a cluster get to know of only later. */
  spread(): void {
    this.#unspread = this.#options.spreadingTakes ?? 0;
  }

  /** Undefined for what is no call of daemons. */
  answer(method: string, path: string, body: Buffer): WazuhAnswer | undefined {
    if (this.#down > 0) {
      this.#down--;
      return problem(500, 'Wazuh Internal Error', { code: 1017, message: 'Some Wazuh daemons are not ready yet' });
    }
    const [, area = '', ...rest] = path.split('/');
    const call = `${method} ${rest.join('/')}`;
    if (area === 'logtest') return this.logtest.answer(call, body);
    if (path === '/')
      return { status: 200, body: { data: { title: 'Wazuh API REST', api_version: this.#version }, error: 0 } };
    if (area === 'cluster') return this.#answerCluster(call);
    return area === 'manager' ? this.#answerNodes(call, ['manager']) : undefined;
  }

  get #version(): string {
    return this.#options.version ?? '4.14.7';
  }

  get #hotReloads(): boolean {
    const [major = 0, minor = 0] = this.#version.split('.').map(Number);
    return major === 4 && minor >= 13;
  }

  #answerCluster(call: string): WazuhAnswer | undefined {
    if (call === 'GET ruleset/synchronization') {
      const synced = this.#unspread === 0;
      this.#unspread = Math.max(0, this.#unspread - 1);
      return affected(
        this.#nodes.map((name) => ({ name, synced })),
        'Nodes ruleset synchronization status was read',
      );
    }
    if (call === 'GET nodes')
      return affected(
        this.#nodes.map((name) => ({ name })),
        'All nodes were returned',
      );
    const node = this.#nodes.find((name) => call.startsWith(`GET ${name}/`));
    return node === undefined
      ? this.#answerNodes(call, this.#nodes)
      : this.#answerNodes(call.replace(`${node}/`, ''), [node]);
  }

  #answerNodes(call: string, nodes: readonly string[]): WazuhAnswer | undefined {
    if (call === 'GET configuration/validation') return this.#validate(nodes);
    if (call === 'PUT analysisd/reload' && this.#hotReloads) return this.#reload(nodes);
    if (call === 'PUT restart') return this.#restart(nodes);
    if (call === 'GET status') return affected([{ 'wazuh-analysisd': 'running' }], 'Processes status was read');
    if (call !== 'GET daemons/stats') return undefined;
    const uptime = new Date(1_795_514_400_000 + this.restarts * 1000).toISOString();
    return affected([{ name: 'wazuh-analysisd', uptime }], 'Statistical information was read');
  }

  #validate(nodes: readonly string[]): WazuhAnswer {
    const { errors } = this.#ruleset.load();
    const state = errors.length === 0 ? { status: 'OK' } : { status: 'KO', details: errors };
    return affected(
      nodes.map((name) => ({ name, ...state })),
      'Validation was completed',
    );
  }

  #reload(nodes: readonly string[]): WazuhAnswer {
    const { errors, warnings } = this.#ruleset.activate();
    if (errors.length > 0) {
      const fault = { code: 1914, message: `Error reloading the ruleset: ${errors.join(', ')}` };
      return failed(nodes[0] ?? '', fault, 'Could not send the reload request');
    }
    this.reloads++;
    const msg = warnings.length > 0 ? warnings.join(', ') : 'Ruleset reload request sent successfully.';
    return affected(
      nodes.map((name) => ({ name, msg })),
      'Reload request sent to all specified nodes',
    );
  }

  #restart(nodes: readonly string[]): WazuhAnswer {
    this.restarts++;
    const { errors } = this.#ruleset.activate();
    // A manager that cannot read its files does not come up again.
    this.#down = errors.length > 0 ? Infinity : (this.#options.restartTakes ?? 0);
    return affected(nodes, 'Restart request sent', 202);
  }
}
