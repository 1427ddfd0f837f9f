import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { QUESTIONS, type ServedAnswer } from '../answering.ts';
import type { ServeLimits } from '../options.ts';
import { Problem } from '../wire/problem.ts';
import { type Line, LineSplitter } from './line-splitter.ts';
import { lineValue } from './line-value.ts';

/** A character takes six bytes at most, as an escape of JSON. */
const BYTES_OF_CHARACTER = 6;
/** For `{"value": ""}` and white space. */
const FRAME = 64;

type AnswersTo = (values: readonly string[]) => Promise<readonly ServedAnswer[]>;

/**
 * Answers a stream of lines by a stream of lines, in the same order, as they come. A line that cannot be answered gives a
 * line that says why. Reads on only when what it wrote was taken.
 */
export async function* answerLines(
  body: AsyncIterable<Buffer>,
  answersTo: AnswersTo,
  { length, lines }: Pick<ServeLimits, 'length' | 'lines'>,
): AsyncGenerator<string> {
  const splitter = new LineSplitter(length * BYTES_OF_CHARACTER + FRAME);
  for await (const piece of body) {
    const read = splitter.push(piece);
    for (let i = 0; i < read.length; i += QUESTIONS) {
      const asked = read.slice(i, i + QUESTIONS);
      const admitted = asked.filter(({ number }) => number <= lines);
      if (admitted.length > 0) yield await answered(admitted, answersTo, length);
      if (admitted.length < asked.length) return yield tooMany(lines);
      // A piece may hold thousands of lines, and answers need not wait for anything: other clients have their turn.
      await eventLoopTurn();
    }
  }
  const last = splitter.end();
  if (last.some(({ number }) => number > lines)) yield tooMany(lines);
  else if (last.length > 0) yield await answered(last, answersTo, length);
}

async function answered(lines: readonly Line[], answersTo: AnswersTo, longest: number): Promise<string> {
  const values = lines.map((line) => lineValue(line, longest));
  const asked = values.filter((value) => typeof value === 'string');
  const answers = await attempted(answersTo, asked);
  let next = 0;
  const texts = lines.map(({ number }, i) => {
    const value = values[i];
    if (value instanceof Problem) return problemLine(number, value);
    const answer = answers instanceof Problem ? answers : answers[next++];
    return answer instanceof Problem ? problemLine(number, answer) : `${JSON.stringify(answer)}\n`;
  });
  return texts.join('');
}

async function attempted(answersTo: AnswersTo, values: readonly string[]): Promise<readonly ServedAnswer[] | Problem> {
  try {
    return values.length === 0 ? [] : await answersTo(values);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function problemLine(line: number, problem: Problem): string {
  return `${JSON.stringify({ line, problem: problem.document() })}\n`;
}

function tooMany(most: number): string {
  const hint = 'Send what follows in another request.';
  return problemLine(most + 1, new Problem(413, `the body has more than ${most} lines`, hint));
}
