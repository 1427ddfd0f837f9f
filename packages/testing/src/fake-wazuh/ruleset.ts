import { cdbFault, emptyFault, type Fault, nameFault, xmlFault } from './faults.ts';

/** The kinds of files that the manager's API takes, named like their part of the path. */
export const FOLDERS = ['lists', 'rules', 'decoders'] as const;
export type Folder = (typeof FOLDERS)[number];

/** Messages of analysisd when it reads the files of a manager. */
export interface Loading {
  /** What it could not read at all; then it keeps what it ran before. */
  readonly errors: readonly string[];
  /** What it left out. */
  readonly warnings: readonly string[];
}

/** Files of a manager by path, such as `lists/misp-domain`. */
export type RulesetFiles = ReadonlyMap<string, string>;

export interface RulesetOptions {
  /** Lists that `ossec.conf` declares, such as `misp-domain`; all of them when left out. */
  readonly declared?: readonly string[] | undefined;
  /** What else the engine says of files, such as of rules that it cannot load. */
  readonly loading?: ((files: RulesetFiles) => Partial<Loading>) | undefined;
}

const LIST = /<list [^>]*>etc\/lists\/([^<]+)<\/list>/g;
const RULE = /<rule id="(\d+)".*?<\/rule>/gs;

/** The lists, rules and decoders of a manager: as they lie in its folder, and as its engine runs them. */
export class FakeRuleset {
  /** What lies in the folder, by path such as `lists/misp-domain`. */
  readonly files = new Map<string, string>();
  /** What the engine runs. */
  active: RulesetFiles = new Map();
  readonly #options: RulesetOptions;

  constructor(options: RulesetOptions) {
    this.#options = options;
  }

  /** Takes a file as `PUT /<folder>/files/<name>` does, or says why not; then the old one is still there. */
  put(folder: Folder, name: string, body: Buffer, overwrite: boolean): Fault | undefined {
    const text = body.toString();
    const path = `${folder}/${name}`;
    const fault = emptyFault(body) ?? nameFault(folder, name) ?? (folder === 'lists' ? cdbFault(text) : xmlFault(text));
    if (fault !== undefined) return fault;
    const old = this.files.get(path);
    if (old !== undefined && !overwrite) return { code: 1905, message: 'File already exists' };
    if (folder === 'lists' && this.#isElsewhere(name)) {
      return { code: 1805, message: 'A list with the same name already exists in another folder' };
    }
    this.files.set(path, text);
    if (folder === 'lists' || this.load().errors.length === 0) return undefined;
    if (old === undefined) this.files.delete(path);
    else this.files.set(path, old);
    return { code: 1113, message: 'XML syntax error' };
  }

  /** What the engine would say if it read the folder now. */
  load(): Loading {
    const { errors = [], warnings = [] } = this.#options.loading?.(this.files) ?? {};
    return { errors, warnings: [...warnings, ...this.#deadRules()] };
  }

  /** Lets the engine read the folder. When it cannot, it keeps what it ran before. */
  activate(): Loading {
    const loading = this.load();
    if (loading.errors.length === 0) this.active = new Map(this.files);
    return loading;
  }

  #isElsewhere(name: string): boolean {
    return [...this.files.keys()].some(
      (path) => path !== `lists/${name}` && path.startsWith('lists/') && path.endsWith(`/${name}`),
    );
  }

  /** Rules that name a list which is not declared or not there. */
  #deadRules(): readonly string[] {
    const rules = [...this.files].flatMap(([path, text]) =>
      path.startsWith('rules/') ? [...text.matchAll(RULE)] : [],
    );
    return rules.flatMap(([rule, id]) =>
      [...rule.matchAll(LIST)]
        .filter(([, list = '']) => !this.#isLoaded(list))
        .map(([, list]) => `(7616): List 'etc/lists/${list}' could not be loaded. Rule '${id}' will be ignored.`),
    );
  }

  #isLoaded(list: string): boolean {
    return (this.#options.declared?.includes(list) ?? true) && this.files.has(`lists/${list}`);
  }
}
