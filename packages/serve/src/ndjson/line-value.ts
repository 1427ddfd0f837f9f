import { Problem, quoted } from '../wire/problem.ts';
import type { Line } from './line-splitter.ts';

const HINT = 'Write a value, or `{"value": "..."}`, on each line.';

/** What a line asks for, or why it cannot be answered. */
export function lineValue({ text }: Line, longest: number): string | Problem {
  const value = text === undefined ? text : valueIn(text);
  if (value instanceof Problem) return value;
  if (value === undefined || value.length > longest)
    return new Problem(400, `the line has a value of more than ${longest} characters`, 'Send a shorter value.');
  return value === '' ? new Problem(400, 'the value is empty', HINT) : value;
}

/** A line that begins as JSON has to be JSON; any other is the value itself. */
function valueIn(text: string): string | Problem {
  if (!/^["{]/.test(text)) return text;
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'string') return document;
    const isAsked = typeof document === 'object' && document !== null && 'value' in document;
    if (isAsked && typeof document.value === 'string') return document.value;
    return new Problem(400, `the line ${quoted(text)} has no text as \`value\``, HINT);
  } catch {
    // The parser's own words repeat what the client sent.
    return new Problem(400, `the line ${quoted(text)} is no JSON`, HINT);
  }
}
