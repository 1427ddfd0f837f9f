import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { EXIT } from '@misp-pipeline/core';
import {
  type Answer,
  admits,
  answerFor,
  type Ceiling,
  type DefinedTlp,
  type FeedCacheAnswer,
  type LookupIndex,
  type Query,
  readIndex,
  searchFeedCache,
  type ValueLine,
  valueLines,
} from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';
import { type Context, openConfig, talk } from '../context.ts';
import { openReadyIndex } from '../open-index.ts';
import { lookupText } from '../render/lookup.ts';
import { counted } from '../render/number.ts';
import { visible } from '../render/visible.ts';
import { type ServerCommandOptions, withServer } from '../server.ts';
import { UsageError } from '../usage-error.ts';

export interface LookupCommandOptions extends ServerCommandOptions {
  readonly maxTlp?: DefinedTlp;
  readonly unmarked: DefinedTlp;
  /** Ask the feed cache of the server, too. */
  readonly misp?: boolean;
}

/** An answer of the index, with what the feed cache of a server says where that was asked. */
export interface LookedUp extends Answer {
  readonly feeds?: FeedCacheAnswer;
  /** Set when another index than the shared one answered, or one that is not of what is live. */
  readonly degraded?: boolean;
}

type AskFeeds = (queries: readonly (readonly Query[])[]) => Promise<readonly FeedCacheAnswer[]>;

/** Answers values from the index of the pipeline; `input` is read when there are none. */
export async function lookup(
  context: Context,
  values: readonly string[],
  options: LookupCommandOptions,
  input: NodeJS.ReadStream = process.stdin,
): Promise<number> {
  const ceiling: Ceiling = { max: options.maxTlp, unmarked: options.unmarked };
  if (options.misp === true && !admits(ceiling, undefined)) throw feedsAreUnmarked(options);
  const index = await openReadyIndex(await openConfig(context));
  const answer = async (askFeeds?: AskFeeds) => {
    const look = new Lookup(index, ceiling, askFeeds);
    const code = await answerAll(context, values, input, look);
    if (look.degraded !== undefined) context.io.say(`warning: ${look.degraded}`);
    return code;
  };
  try {
    if (options.misp !== true) return await answer();
    return await withServer(context, options, ({ client }) =>
      answer((queries) => searchFeedCache(client, queries, context.signal)),
    );
  } finally {
    await index.close();
  }
}

function feedsAreUnmarked({ maxTlp, unmarked }: LookupCommandOptions): UsageError {
  return new UsageError(
    `the feed cache says nothing of labels, and what is unmarked counts as \`${unmarked}\`, above \`${maxTlp}\``,
    'Leave out --misp, or say with --unmarked what an unmarked value counts as.',
  );
}

/** Looks up values, all with one ceiling. */
class Lookup {
  readonly #index: LookupIndex;
  readonly #ceiling: Ceiling;
  readonly #askFeeds: AskFeeds | undefined;
  /** Why an answer may be wrong; undefined when none may. */
  degraded: string | undefined;

  constructor(index: LookupIndex, ceiling: Ceiling, askFeeds: AskFeeds | undefined) {
    this.#index = index;
    this.#ceiling = ceiling;
    this.#askFeeds = askFeeds;
  }

  /** In the order of the values. */
  async answers(values: readonly string[]): Promise<LookedUp[]> {
    const queries = values.map((value) => candidatesOf(value));
    const { matches: found, degraded, why } = await readIndex(this.#index, queries);
    if (degraded && this.degraded === undefined) this.degraded = why ?? 'another index answered';
    const feeds = await this.#askFeeds?.(queries);
    return values.map((value, i) => {
      const answer = answerFor(value, queries[i] ?? [], found[i] ?? [], this.#ceiling);
      const ofFeeds = feeds?.[i];
      return { ...answer, ...(degraded && { degraded }), ...(ofFeeds && { feeds: ofFeeds }) };
    });
  }
}

function answerAll(
  context: Context,
  values: readonly string[],
  input: NodeJS.ReadStream,
  look: Lookup,
): Promise<number> {
  return values.length > 0 ? answerArguments(context, values, look) : answerLines(context, input, look);
}

async function answerArguments({ io, options }: Context, values: readonly string[], look: Lookup): Promise<number> {
  const answers = await look.answers(values);
  if (options.json === true) io.json(answers);
  else for (const answer of answers) io.result(lookupText(answer, (style, text) => io.style(style, text)));
  return EXIT.ok;
}

/** Answers each line as soon as it is read; what is too long to be a value is told in the place of its answer. */
async function answerLines(context: Context, input: NodeJS.ReadStream, look: Lookup): Promise<number> {
  const { io, options, signal } = context;
  if (input.isTTY) talk(context, 'reading values, one a line, until Ctrl-D');
  let refused = 0;
  for await (const lines of valueLines(addAbortSignal(signal, input))) {
    const answers = (await look.answers(lines.filter(({ isCut }) => !isCut).map(({ text }) => text))).values();
    for (const line of lines) {
      if (line.isCut) refused++;
      const answer = line.isCut ? undefined : answers.next().value;
      if (options.json === true) io.jsonLine(answer ?? tooLong(line));
      else if (answer === undefined) io.result(`${visible(line.text)} ${TOO_LONG}`);
      else io.result(lookupText(answer, (style, text) => io.style(style, text)));
    }
    // A slow reader would let what is written pile up in memory.
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain', { signal });
  }
  if (refused > 0) talk(context, `${counted(refused, 'line')} too long to be a value`);
  return refused > 0 ? EXIT.usage : EXIT.ok;
}

const TOO_LONG = 'is the beginning of a line that is too long to be a value';

function tooLong({ text }: ValueLine): object {
  return { value: text, error: `\`value\` ${TOO_LONG}` };
}
