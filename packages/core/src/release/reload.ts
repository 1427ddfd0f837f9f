import { runEngine } from '../engine/run-engine.ts';
import { messageOf } from '../errors.ts';
import type { Published, ReloadReport } from '../plugin.ts';
import type { Part } from './part.ts';

/** What the engines said, by exporter; those that were not told are not in it. */
export type Reloads = ReadonlyMap<string, ReloadReport>;

/**
 * Tells the engine of an exporter, and then the command of the config, that other files are live. Undefined when there is
 * nobody to tell. What goes wrong is a report that is not confirmed.
 * @param running the generation that the engine runs until now; undefined when nobody knows.
 */
export async function reload(
  part: Part,
  generation: string,
  running: string | undefined,
  signal: AbortSignal,
): Promise<ReloadReport | undefined> {
  const { exporter, folder } = part;
  const published: Published = {
    dir: folder.currentDir,
    generation,
    files: filesOf(part, generation),
    previousDir: running === undefined ? undefined : folder.dirOf(running),
  };
  const told = await attempted('reload', async () => exporter.reload?.(published, signal));
  if (told?.confirmed === false) return told;
  return joined(told, await attempted('command', () => commanded(part, signal)));
}

/** Those that go live were just written, or compared with their digests; those that come back are compared here. */
function filesOf({ folder, ...part }: Part, generation: string): Published['files'] {
  return generation === part.generation ? part.manifest.files : (folder.intact(generation)?.files ?? []);
}

async function attempted(
  method: string,
  tell: () => Promise<ReloadReport | undefined>,
): Promise<ReloadReport | undefined> {
  try {
    return await tell();
  } catch (error) {
    return { engine: 'unknown', method, confirmed: false, messages: [messageOf(error)] };
  }
}

/** Most of what a command said is not worth a page. */
const LINES = 20;
const LONGEST_LINE = 300;

async function commanded({ config }: Part, signal: AbortSignal): Promise<ReloadReport | undefined> {
  const { afterPublish } = config;
  if (afterPublish === undefined) return undefined;
  const { command, timeout } = afterPublish;
  const ran = await runEngine(command, { signal, timeout, cwd: config.dir });
  const report = { engine: command[0] ?? '', method: 'command' };
  if (ran === undefined) return { ...report, confirmed: false, messages: [`no program \`${command[0]}\` is here`] };
  const said = `${ran.stdout}\n${ran.stderr}`.split('\n').filter((line) => line.trim() !== '');
  const ended = ran.code === null ? 'was ended by a signal' : `ended with ${ran.code}`;
  return {
    ...report,
    confirmed: ran.code === 0,
    messages: [`\`${command.join(' ')}\` ${ended}`, ...said.slice(-LINES).map(clipped)],
  };
}

/** A line that fits on a screen, and does not steer it. */
function clipped(line: string): string {
  const text = line.slice(0, LONGEST_LINE).replace(/\p{C}/gu, '?');
  return line.length > LONGEST_LINE ? `${text}...` : text;
}

function joined(first: ReloadReport | undefined, second: ReloadReport | undefined): ReloadReport | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    engine: first.engine,
    method: `${first.method}, ${second.method}`,
    confirmed: second.confirmed,
    messages: [...first.messages, ...second.messages],
  };
}
