import type { Selection } from './selection.ts';
import { sigmaLiteral, sigmaLiteralBeforeWildcard, yamlText } from './value.ts';

/** File of the pipeline that fills placeholders in. */
export const PLACEHOLDER_PIPELINE = 'pipelines/misp_placeholders.yml';

/**
 * Values that rules name instead of holding them: `query|expand: '%misp_host_high_clear_exact%'`. A pySigma pipeline
 * puts them in, or a lookup of the SIEM takes their place.
 */
export class Placeholders {
  readonly #values = new Map<string, readonly string[]>();

  /** The selection with a placeholder in place of its values. Networks stay: Sigma parses them before pipelines run. */
  instead(selection: Selection, ruleName: string): Selection {
    const { leaf, values } = selection;
    if (leaf.modifier === '|cidr') return selection;
    const name = `misp_${ruleName}_${leaf.name}`;
    this.#values.set(name, values.map((value) => pattern(leaf.modifier, value)).map(yamlText));
    return { ...selection, leaf: { ...leaf, modifier: '|expand' }, yaml: ` '%${name}%'\n` };
  }

  /** A pipeline for `sigma convert -p` that puts the values in. */
  pipeline(): string {
    const names = [...this.#values.keys()].sort();
    const lists = names.flatMap((name) => [
      `    ${name}:`,
      ...(this.#values.get(name) ?? []).map((v) => `        - ${v}`),
    ]);
    return [
      'name: Values of the placeholders of misp-pipeline',
      'priority: 10',
      ...(names.length === 0 ? ['vars: {}'] : ['vars:', ...lists]),
      'transformations:',
      '    - id: misp_values',
      '      type: value_placeholders',
      ...(names.length === 0 ? ['      include: []'] : ['      include:', ...names.map((name) => `        - ${name}`)]),
      '',
    ].join('\n');
  }
}

/** A value with the wildcards that its modifier stands for. */
function pattern(modifier: string, value: string): string {
  switch (modifier) {
    case '|startswith':
      return `${sigmaLiteralBeforeWildcard(value)}*`;
    case '|endswith':
      return `*${sigmaLiteral(value)}`;
    case '|contains':
      return `*${sigmaLiteralBeforeWildcard(value)}*`;
    default:
      return sigmaLiteral(value);
  }
}
