import { dirname } from 'node:path';
import { errorCode } from '../error-code.ts';
import { messageOf } from '../errors.ts';

/** One reason why files cannot be placed. */
export interface PlacingFault {
  /** Lower case, no full stop, the offending path in backticks. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** Thrown with everything that is wrong; what the engines read is as it was before. */
export class PlacingError extends Error {
  override readonly name = 'PlacingError';
  readonly hint: string;

  constructor(faults: readonly PlacingFault[], cause?: unknown) {
    super(faults.map(({ message }) => message).join('\n  '), cause === undefined ? undefined : { cause });
    this.hint = [...new Set(faults.map(({ hint }) => hint))].join(' ');
  }
}

/** The error of one thing that is wrong. */
export function placingError(message: string, hint: string, cause?: unknown): PlacingError {
  return new PlacingError([{ message, hint }], cause);
}

/** Runs an action on a path, and says of its failure what a person can do about it. */
export function explained<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explanation(error, path);
  }
}

/** What the failure of an action on a path means. */
export function explanation(error: unknown, path: string): PlacingError {
  if (error instanceof PlacingError) return error;
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return placingError(
        `\`${path}\` cannot be used: ${messageOf(error)}`,
        `Let the user of the pipeline read and write in \`${dirname(path)}\`, or choose another place.`,
        error,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return placingError(
        `no room is left for \`${path}\`: ${messageOf(error)}`,
        'Make room: while files are switched, the old and the new ones stand side by side.',
        error,
      );
    default:
      return placingError(`\`${path}\` cannot be placed: ${messageOf(error)}`, 'See what is wrong with it.', error);
  }
}
