import type { Trace } from '@misp-pipeline/core';

/** Lets two watch the same run. */
export function bothTraces(first: Trace, second: Trace): Trace {
  return {
    rejected: (...told) => {
      first.rejected(...told);
      second.rejected(...told);
    },
    normalised: (...told) => {
      first.normalised(...told);
      second.normalised(...told);
    },
    passed: (...told) => {
      first.passed(...told);
      second.passed(...told);
    },
    dropped: (...told) => {
      first.dropped(...told);
      second.dropped(...told);
    },
    writing: (...told) => {
      first.writing(...told);
      second.writing(...told);
    },
    skipped: (...told) => {
      first.skipped(...told);
      second.skipped(...told);
    },
    placed: (...told) => {
      first.placed(...told);
      second.placed(...told);
    },
  };
}
