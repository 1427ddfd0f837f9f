import type { Indicator, Output } from '@misp-pipeline/core';
import type { RuleFile } from '@misp-pipeline/ids-rules';
import { ListFile } from '../lists/list-file.ts';
import type { Traffic } from '../rules/meaning.ts';
import { framed, listFrame, ONCE_AN_HOUR } from '../rules/rule-text.ts';

/** Where a sensor that includes our settings finds the categories, and the lists. */
export const REPUTATION = { categories: 'iprep/categories.txt', folder: 'iprep', list: 'misp-addresses.list' } as const;

/** What an address with so many directions is: its category's number and name, and the rule that alerts on it. */
interface Category {
  /** Of 1 to 59, those that a site with categories of its own takes last. */
  readonly number: number;
  readonly name: string;
  readonly side: 'dst' | 'src' | 'any';
  readonly traffic: Traffic;
  readonly limit: string;
}

const DESTINATION: Category = { number: 57, name: 'misp-destination', side: 'dst', traffic: 'outgoing', limit: '' };
const SOURCE: Category = { number: 58, name: 'misp-source', side: 'src', traffic: 'incoming', limit: '' };
/** A rule for both ends alerts once in each direction. */
const EITHER: Category = { number: 59, name: 'misp-either', side: 'any', traffic: 'passing', limit: ONCE_AN_HOUR };

/** Score of an address of whose confidence nothing is known; scores go from 1 to 127. */
const UNSAID = 50;

/**
 * IP reputation: lists of addresses that cost the engine little, and whose rules alert once a flow. It needs settings of
 * the sensor, so its rules stand apart. An address's score is its confidence.
 */
export class Reputation {
  readonly #output: Output;
  readonly #rules: RuleFile;
  readonly #lists = new Map<Category, ListFile>();

  constructor(output: Output, rules: RuleFile) {
    this.#output = output;
    this.#rules = rules;
    const categories = [DESTINATION, SOURCE, EITHER].map(({ number, name }) => `${number},${name},From MISP\n`);
    output.file(REPUTATION.categories).write(categories.join(''));
    output.file(`${REPUTATION.folder}/${REPUTATION.list}`).write('');
  }

  add(indicator: Indicator): void {
    const category = categoryOf(indicator);
    const score = Math.max(1, indicator.confidence ?? UNSAID);
    this.#listOf(category).add(`${networkOf(indicator)},${category.number},${score}`, [indicator]);
  }

  #listOf(category: Category): ListFile {
    const known = this.#lists.get(category);
    if (known !== undefined) return known;
    const { name, side, traffic, limit } = category;
    const frame = listFrame(`address in reputation list ${name}`, traffic, ['misp_kind ip']);
    const options = framed(frame, `iprep:${side},${name},>,0;${limit === '' ? '' : ` ${limit}`}`);
    const sid = this.#rules.add({ key: `${name} iprep`, header: 'alert ip any any -> any any', options });
    const list = new ListFile(this.#output, `${REPUTATION.folder}/${REPUTATION.list}`, [sid]);
    this.#lists.set(category, list);
    return list;
  }
}

function categoryOf({ direction }: Indicator): Category {
  if (direction === 'destination') return DESTINATION;
  return direction === 'source' ? SOURCE : EITHER;
}

/** Written as a network, since the engine keeps single addresses in a host table that 150,000 of them overflow. */
function networkOf({ kind, value }: Indicator): string {
  if (kind === 'cidr') return value;
  return kind === 'ipv4' ? `${value}/32` : `${value}/128`;
}
