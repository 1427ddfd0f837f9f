import { problem, type WazuhAnswer } from './answer.ts';
import type { FakeRuleset, RulesetFiles } from './ruleset.ts';

export interface LogtestOptions {
  /** Id of the rule that takes a log line with these files; undefined when none does. */
  readonly logtest?: (event: string, files: RulesetFiles) => number | undefined;
}

/** Tries log lines, each in a session that reads the manager's folder anew. */
export class FakeLogtest {
  /** Sessions that nobody has ended. */
  readonly sessions = new Set<string>();
  readonly #ruleset: FakeRuleset;
  readonly #options: LogtestOptions;
  #opened = 0;

  constructor(ruleset: FakeRuleset, options: LogtestOptions) {
    this.#ruleset = ruleset;
    this.#options = options;
  }

  /** `call` is the method with what follows `/logtest/`. */
  answer(call: string, body: Buffer): WazuhAnswer | undefined {
    const [, token] = /^DELETE sessions\/(\w+)$/.exec(call) ?? [];
    if (token !== undefined) return this.#end(token);
    return call.startsWith('PUT') ? this.#try(JSON.parse(body.toString())) : undefined;
  }

  #try({ event, log_format, location }: Readonly<Record<string, unknown>>): WazuhAnswer {
    if (typeof event !== 'string' || typeof log_format !== 'string' || typeof location !== 'string') {
      return problem(400, 'Bad Request', { code: 400, message: "'event', 'log_format' and 'location' are required" });
    }
    const token = `session${++this.#opened}`;
    this.sessions.add(token);
    const id = this.#options.logtest?.(event, this.#ruleset.files);
    const output = { full_log: event, ...(id === undefined ? {} : { rule: { id: String(id), level: 10 } }) };
    const messages = [`INFO: (7202): Session initialized with token '${token}'`, ...this.#ruleset.load().warnings];
    return { status: 200, body: { data: { token, messages, output, alert: id !== undefined, codemsg: 0 }, error: 0 } };
  }

  #end(token: string): WazuhAnswer {
    this.sessions.delete(token);
    const messages = [`The session '${token}' was closed successfully`];
    return { status: 200, body: { data: { messages, codemsg: 0 }, error: 0 } };
  }
}
