import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { messageOf } from '@misp-pipeline/core';

/** Socket of analysisd, relative to the manager's folder. */
export const ANALYSISD_SOCKET = 'queue/sockets/analysis';

const COMMAND = { version: 1, origin: { module: 'misp-pipeline' }, command: 'reload-ruleset' };

/** Bytes of the number before each message: how many bytes follow, least significant first. */
const HEADER = 4;

/** Bytes of the longest answer that is read. */
const LONGEST = 4 * 1024 * 1024;

/** What analysisd answered. */
export interface AnalysisdAnswer {
  /** True when it runs the ruleset that it was told to read. */
  readonly taken: boolean;
  /** Warnings when it took the ruleset, else why it did not. */
  readonly messages: readonly string[];
}

/**
 * Tells a running analysisd (4.13 and later) to read its ruleset anew. It answers when it has, with
 * `{"error":0,"message":"ok","data":[...]}`. Throws when it is not there.
 */
export async function reloadRuleset(path: string, seconds: number, signal: AbortSignal): Promise<AnalysisdAnswer> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  const socket = connect(path);
  const stop = AbortSignal.any([signal, deadline]);
  const abandon = () => socket.destroy(new Error(`no answer within ${seconds} seconds`));
  stop.addEventListener('abort', abandon);
  try {
    await once(socket, 'connect');
    socket.write(framed(JSON.stringify(COMMAND)));
    const answer = await readAnswer(socket);
    signal.throwIfAborted();
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`\`${path}\`: ${messageOf(error)}`);
  } finally {
    stop.removeEventListener('abort', abandon);
    socket.destroy();
  }
}

async function readAnswer(socket: Socket): Promise<AnalysisdAnswer> {
  try {
    const answer: Record<string, unknown> = JSON.parse(await firstMessage(socket));
    const messages = Array.isArray(answer.data) ? answer.data.map(String) : [];
    if (answer.error === 0) return { taken: true, messages };
    return { taken: false, messages: ['analysisd keeps what it ran before', String(answer.message), ...messages] };
  } catch (error) {
    return { taken: false, messages: [`analysisd did not answer as it should: ${messageOf(error)}`] };
  }
}

function framed(text: string): Buffer {
  const frame = Buffer.alloc(HEADER + Buffer.byteLength(text));
  frame.writeUInt32LE(frame.length - HEADER);
  frame.write(text, HEADER);
  return frame;
}

/** The first message that comes. */
async function firstMessage(socket: Socket): Promise<string> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    if (received.length < HEADER) continue;
    const end = HEADER + received.readUInt32LE();
    if (end > LONGEST) throw new Error(`an answer of ${end} bytes, which is too long`);
    if (received.length >= end) return received.toString('utf8', HEADER, end);
  }
  throw new Error('it closed the connection without an answer');
}
