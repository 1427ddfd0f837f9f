import { type Action, GROUPS, type Group, type GroupName, isGroupName, type Rule } from './groups.ts';
import { MATCHES, type Match } from './hit.ts';
import type { Warninglist } from './list-file.ts';
import { slugMatcher } from './slug-pattern.ts';

/** One action for every kind of match, or an action for some of them. */
export type RuleOption = Action | Rule;

/** What a config changes in the default policy. */
export interface PolicyOptions {
  readonly groups: Partial<Readonly<Record<GroupName, RuleOption>>>;
  /** By slug; goes before the list's group. */
  readonly lists: Readonly<Record<string, RuleOption>>;
}

const GROUP_MATCHERS = Object.entries<Group>(GROUPS).map(([name, { lists }]) => ({
  name,
  matches: slugMatcher(lists),
}));

/** Name of the group that a list belongs to; `other` when no other group names it. */
export function groupOf(slug: string): GroupName {
  const name = GROUP_MATCHERS.find(({ matches }) => matches(slug))?.name;
  return name !== undefined && isGroupName(name) ? name : 'other';
}

/** What a hit on each list does. */
export class Policy {
  readonly #rules: readonly Rule[];
  readonly #tenants: readonly boolean[];

  constructor(lists: readonly Pick<Warninglist, 'slug'>[], options: PolicyOptions = { groups: {}, lists: {} }) {
    this.#rules = lists.map(({ slug }) => {
      const name = groupOf(slug);
      return { ...GROUPS[name].rule, ...ruleOf(options.groups[name]), ...ruleOf(options.lists[slug]) };
    });
    this.#tenants = lists.map(({ slug }) => {
      const group: Group = GROUPS[groupOf(slug)];
      return group.tenants === true;
    });
  }

  action(list: number, match: Match): Action {
    return this.#rules[list]?.[match] ?? 'keep';
  }

  /** Whether what lies under a name or inside a range of the list belongs to one tenant each. */
  hasTenants(list: number): boolean {
    return this.#tenants[list] === true;
  }
}

function ruleOf(option: RuleOption | undefined): Rule {
  if (typeof option !== 'string') return option ?? {};
  return Object.fromEntries(MATCHES.map((match) => [match, option]));
}
