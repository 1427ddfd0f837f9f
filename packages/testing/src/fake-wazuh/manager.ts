import type { ReceivedRequest } from '../loopback.ts';
import { affected, failed, problem, UNKNOWN_PATH, type WazuhAnswer } from './answer.ts';
import { type EngineOptions, FakeEngine } from './engine.ts';
import { LARGEST_BODY } from './faults.ts';
import { FakeRuleset, FOLDERS, type Folder, type RulesetOptions } from './ruleset.ts';

export interface ManagerOptions extends RulesetOptions, EngineOptions {
  /** Names of the nodes of a cluster; none for a manager that stands alone. */
  readonly nodes?: readonly string[];
}

/** What a manager was asked, taken apart. */
interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** The ruleset and the engine of a manager, behind the paths of its API. */
export class FakeManager {
  readonly ruleset: FakeRuleset;
  readonly engine: FakeEngine;
  readonly #nodes: readonly string[];

  constructor(options: ManagerOptions) {
    this.ruleset = new FakeRuleset(options);
    this.#nodes = options.nodes ?? [];
    this.engine = new FakeEngine(this.ruleset, this.#nodes, options);
  }

  answer({ method, path: target, body }: ReceivedRequest): WazuhAnswer {
    if (body.length > LARGEST_BODY) {
      return problem(413, 'Request Entity Too Large', { code: 413, message: 'Maximum content size limit exceeded' });
    }
    const { pathname: path, searchParams: query } = new URL(target, 'http://manager');
    const question: Question = { method, path, query, body };
    const [, folder, files, name] = path.split('/');
    if (isFolder(folder) && files === 'files' && name !== undefined) {
      return this.#answerFile(question, folder, decodeURIComponent(name));
    }
    if (path.startsWith('/cluster/') && this.#nodes.length === 0) {
      return problem(400, 'Bad Request', { code: 3013, message: 'Cluster is not running, it might be disabled' });
    }
    return this.engine.answer(method, path, body) ?? UNKNOWN_PATH;
  }

  #answerFile({ method, query, body }: Question, folder: Folder, name: string): WazuhAnswer {
    const path = `${folder}/${name}`;
    const place = `etc/${path}`;
    if (method === 'PUT') {
      const fault = this.ruleset.put(folder, name, body, query.get('overwrite') === 'true');
      if (fault?.code === 400) return problem(400, 'Bad Request', fault);
      if (fault !== undefined) return failed(place, fault, 'Could not upload the file');
      this.engine.spread();
      return affected([place], 'The file was uploaded successfully');
    }
    const text = this.ruleset.files.get(path);
    if (text === undefined) return failed(name, { code: 1906, message: 'File does not exist' }, 'No file was returned');
    if (method === 'GET') return { status: 200, body: text };
    if (method !== 'DELETE') return UNKNOWN_PATH;
    this.ruleset.files.delete(path);
    this.engine.spread();
    return affected([place], 'The file was deleted');
  }
}

function isFolder(name: string | undefined): name is Folder {
  return FOLDERS.some((folder) => folder === name);
}
