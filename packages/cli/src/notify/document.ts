import { visible } from '../render/visible.ts';
import type { Notice } from './notice.ts';

/** Characters of a line, lines of a text, and findings of guards. */
const LONGEST = 500;
const MOST_LINES = 20;
const MOST_FINDINGS = 100;

/** What a notice is about. */
export interface NoticeSubject {
  readonly pipeline: string;
  readonly runId: string;
  readonly time: Date;
}

/** The JSON document of a webhook. It names no host, holds no secret and is bounded, whatever an error message quotes. */
export function noticeDocument(notice: Notice, subject: NoticeSubject, mask: (text: string) => string): string {
  const { event, code, exitCode, message, hint, guard } = notice;
  const { pipeline, runId, time } = subject;
  const text = (foreign: string) => {
    const lines = mask(foreign).split('\n', MOST_LINES);
    return lines.map((line) => visible(line, LONGEST)).join('\n');
  };
  return JSON.stringify({
    ...{ version: 1, pipeline: text(pipeline), event, time: time.toISOString(), runId, code, exitCode },
    message: text(message),
    hint: hint === undefined ? undefined : text(hint),
    guard: guard.slice(0, MOST_FINDINGS).map(({ id, message, accepted }) => {
      return { id: text(id), message: text(message), accepted };
    }),
  });
}
