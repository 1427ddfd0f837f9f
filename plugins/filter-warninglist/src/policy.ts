import { type Action, GROUPS, type Group, type GroupName, isGroupName, type Rule } from './groups.ts';
import { MATCHES, type Match } from './hit.ts';
import type { Warninglist } from './list-file.ts';
import { slugMatcher } from './slug-pattern.ts';

/** One action for every kind of match, or an action for some of them. */
export type RuleOption = Action | Rule;

/** What a policy has to know of a list. */
export type PolicyList = Pick<Warninglist, 'slug' | 'entries'>;

/** What a config changes in the default policy. */
export interface PolicyOptions {
  readonly groups: Partial<Readonly<Record<GroupName, RuleOption>>>;
  /** By slug: changes to the rule of the list's group, or the group that the list shall belong to. */
  readonly lists: Readonly<Record<string, RuleOption | GroupName>>;
}

const GROUP_PATTERNS = Object.entries<Group>(GROUPS).map(([name, { lists }]) => ({
  name,
  matches: slugMatcher(lists),
}));

/** Name of the first group that names the list; `other` takes what is left. */
export function groupOf(slug: string): GroupName {
  const name = GROUP_PATTERNS.find(({ matches }) => matches(slug))?.name ?? 'other';
  return isGroupName(name) ? name : 'other';
}

/** What a hit on each list does. */
export class Policy {
  readonly #rules: readonly Rule[];
  readonly #tenants: readonly boolean[];
  /** Public suffixes, as the lists of registries name them. */
  readonly #suffixes: ReadonlySet<string>;

  constructor(lists: readonly PolicyList[], options: PolicyOptions = { groups: {}, lists: {} }) {
    const groups: Readonly<Record<string, Group>> = GROUPS;
    const names = lists.map(({ slug }) => groupByOptions(slug, options));
    this.#tenants = names.map((name) => groups[name]?.tenants === true);
    this.#suffixes = new Set(lists.flatMap(({ entries }, list) => (names[list] === 'registry' ? entries : [])));
    this.#rules = names.map((name, list) => ({
      ...GROUPS[name].rule,
      ...ruleOf(options.groups[name]),
      ...ruleOf(options.lists[lists[list]?.slug ?? '']),
    }));
  }

  action(list: number, match: Match): Action {
    return this.#rules[list]?.[match] ?? 'keep';
  }

  /** Whether what lies under the entry, or inside its range, belongs to one tenant each, as far as the list knows. */
  hasTenants(list: number, entry: string): boolean {
    return this.#tenants[list] === true || this.#suffixes.has(entry);
  }
}

function groupByOptions(slug: string, { lists }: PolicyOptions): GroupName {
  const option = lists[slug];
  return typeof option === 'string' && isGroupName(option) ? option : groupOf(slug);
}

function ruleOf(option: RuleOption | GroupName | undefined): Rule {
  if (option === undefined) return {};
  if (typeof option !== 'string') return option;
  return isGroupName(option) ? {} : Object.fromEntries(MATCHES.map((match) => [match, option]));
}
