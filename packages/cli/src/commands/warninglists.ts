import { text } from 'node:stream/consumers';
import { EXIT } from '@misp-pipeline/core';
import {
  checkValues,
  select,
  switchWarninglists,
  updateWarninglists,
  type Warninglist,
  WarninglistApi,
} from '@misp-pipeline/misp';
import { type Context, talk } from '../context.ts';
import { visible } from '../render/visible.ts';
import { valueCheckText, warninglistsText } from '../render/warninglists.ts';
import { type ServerCommandOptions, withServer } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import { sayMisses } from './misses.ts';
import { type Changing, faultCode, showOutcomes } from './outcomes.ts';

export interface ListWarninglistsOptions extends ServerCommandOptions {
  readonly enabled?: boolean;
  readonly disabled?: boolean;
  readonly type?: string;
  readonly category?: string;
}

type ChangingOptions = ServerCommandOptions & Partial<Changing>;

export async function list(
  context: Context,
  names: readonly string[],
  options: ListWarninglistsOptions,
): Promise<number> {
  const { io } = context;
  return withWarninglists(context, options, async (api) => {
    const { chosen, misses } = select(await api.list(), names.length === 0 ? ['all'] : names);
    const lists = chosen.filter((one) => isWanted(one, options));
    if (context.options.json === true) io.json(lists);
    else if (lists.length > 0) io.result(warninglistsText(lists));
    talk(context, `${chosen.filter(({ enabled }) => enabled).length} of ${chosen.length} are on`);
    return sayMisses(context, misses);
  });
}

function isWanted({ enabled, type, category }: Warninglist, options: ListWarninglistsOptions): boolean {
  if ((options.enabled && !enabled) || (options.disabled && enabled)) return false;
  return (options.type ?? type) === type && (options.category ?? category) === category;
}

export function enable(context: Context, names: readonly string[], options: ChangingOptions): Promise<number> {
  return switchAll(context, names, options, true);
}

export function disable(context: Context, names: readonly string[], options: ChangingOptions): Promise<number> {
  return switchAll(context, names, options, false);
}

function switchAll(
  context: Context,
  names: readonly string[],
  { dryRun = false, ...options }: ChangingOptions,
  enabled: boolean,
): Promise<number> {
  return withWarninglists(context, options, async (api) => {
    const { chosen, misses } = select(await api.list(), names);
    const outcomes = await switchWarninglists(api, chosen, enabled, { dryRun });
    return showOutcomes(context, [...outcomes, ...misses], { dryRun });
  });
}

export async function check(
  context: Context,
  given: readonly string[],
  options: ServerCommandOptions,
): Promise<number> {
  const { io } = context;
  const values = textsOf(given.length > 0 ? given : await linesOfStdin());
  if (values.length === 0)
    throw new UsageError('no value to check', 'Write values, or give them on stdin, one a line.');
  return withWarninglists(context, options, async (api) => {
    const checked = await checkValues(api, values);
    if (context.options.json === true) io.json(checked);
    else io.result(valueCheckText(checked));
    talk(
      context,
      `asked ${checked.enabledLists} lists that are on, of ${checked.allLists}; the server looks at the value alone, ` +
        'so a list counts here even where it is not meant for the type of your attribute',
    );
    return EXIT.ok;
  });
}

async function linesOfStdin(): Promise<string[]> {
  return process.stdin.isTTY ? [] : (await text(process.stdin)).split('\n');
}

function textsOf(values: readonly string[]): string[] {
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

export async function update(context: Context, { dryRun = false, ...options }: ChangingOptions): Promise<number> {
  const { io } = context;
  return withWarninglists(context, options, async (api) => {
    const { before, outcomes, note, fault } = await updateWarninglists(api, { dryRun });
    if (context.options.json === true) io.json({ dryRun, before, note, fault, outcomes });
    else if (dryRun) io.result(`would ask the server to update its ${before} warninglists from its own disk`);
    else {
      if (outcomes.length > 0) showOutcomes(context, outcomes, { dryRun });
      talk(context, `the server says: ${visible(note ?? '')}`);
    }
    return faultCode(context, fault);
  });
}

function withWarninglists(
  context: Context,
  options: ServerCommandOptions,
  act: (api: WarninglistApi) => Promise<number>,
): Promise<number> {
  return withServer(context, options, ({ client }) => act(new WarninglistApi(client, context.signal)));
}
