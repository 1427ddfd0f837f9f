import { readdirSync } from 'node:fs';
import { z } from '@misp-pipeline/core';
import type { Check, Problems } from './check.ts';
import type { Subject } from './subject.ts';

const METHOD = { source: 'read', filter: 'apply', exporter: 'render' } as const;
const SENTENCE = /^\p{Lu}[^\n]*[^\s.]\.$/u;

/** What the definition of any plugin has to keep, whatever its kind. */
export const definitionChecks: readonly Check<Subject>[] = [
  { name: 'has a definition that the engine accepts', problems: formOfDefinition },
  { name: 'is named like its package', problems: nameOfPackage },
  { name: 'describes each option in sentences that end with a full stop', problems: describedOptions },
  { name: 'accepts the options of its case', problems: acceptedOptions },
  { name: 'refuses an option that it does not know', problems: unknownOption },
  { name: 'is built new for each run, without touching its state folder', problems: builds },
  { name: 'can be closed twice, also when it was never used', problems: closes },
];

function formOfDefinition({ plugin }: Subject): Problems {
  const problems: string[] = [];
  if (!(plugin.kind in METHOD)) problems.push(`kind \`${plugin.kind}\` is none of ${Object.keys(METHOD).join(', ')}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(plugin.name)) problems.push(`name \`${plugin.name}\` is not kebab-case`);
  if (!SENTENCE.test(plugin.summary) || plugin.summary.includes('. ')) {
    problems.push(`summary \`${plugin.summary}\` is not one sentence that ends with a full stop`);
  }
  if (plugin.api !== 1) problems.push(`api is \`${plugin.api}\`: wrap the definition in definePlugin`);
  return problems;
}

function nameOfPackage({ plugin, packageName }: Subject): Problems {
  if (packageName === undefined) return [];
  const wanted = `${plugin.kind}-${plugin.name}`;
  const isNamed = packageName.endsWith(`/${wanted}`) || packageName === `misp-pipeline-${wanted}`;
  return isNamed ? [] : [`package \`${packageName}\` holds ${plugin.kind} \`${plugin.name}\``];
}

function describedOptions({ plugin }: Subject): Problems {
  const problems: string[] = [];
  const schema = z.toJSONSchema(plugin.options, { io: 'input', unrepresentable: 'any' });
  for (const { path, description } of optionsIn(schema, '')) {
    if (description === undefined) problems.push(`option \`${path}\` has no .describe()`);
    else if (!SENTENCE.test(description)) problems.push(`option \`${path}\` is described as \`${description}\``);
  }
  return problems;
}

/** Each property of a JSON Schema, however deep it stands in lists, unions and maps. */
function* optionsIn(schema: object, path: string): Generator<{ path: string; description: string | undefined }> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null) continue;
    if (keyword !== 'properties') {
      yield* optionsIn(value, path);
      continue;
    }
    for (const [name, option] of Object.entries<{ description?: string }>(value)) {
      const optionPath = path === '' ? name : `${path}.${name}`;
      yield { path: optionPath, description: option.description };
      yield* optionsIn(option, optionPath);
    }
  }
}

function acceptedOptions({ plugin, options }: Subject): Problems {
  const result = plugin.options.safeParse(options());
  return result.success ? [] : [z.prettifyError(result.error)];
}

function unknownOption({ plugin, options }: Subject): Problems {
  const result = plugin.options.safeParse({ ...options(), 'no-such-option': 1 });
  const issues = result.success ? [] : result.error.issues;
  const isNamed = issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return isNamed ? [] : ['`no-such-option` passes: make the options a z.strictObject'];
}

async function builds({ plugin, services, build }: Subject): Promise<Problems> {
  const problems: string[] = [];
  const own = services();
  const before = readdirSync(own.stateDir).length;
  const first = build(own);
  const second = build(own);
  if (!(METHOD[plugin.kind] in first)) problems.push(`a ${plugin.kind} needs a method \`${METHOD[plugin.kind]}\``);
  if (first === second) problems.push('two runs got the same stage');
  if (readdirSync(own.stateDir).length !== before) problems.push('the state folder was changed before the run');
  await first.close?.();
  await second.close?.();
  return problems;
}

async function closes({ build }: Subject): Promise<Problems> {
  const stage = build();
  await stage.close?.();
  await stage.close?.();
  return [];
}
