import type { Fault } from './faults.ts';

/** What the fake manager answers: JSON, unless `body` is text. */
export interface WazuhAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Something was done to all items. */
export function affected(items: readonly unknown[], message: string, status = 200): WazuhAnswer {
  return { status, body: { data: itemsOf(items, []), message, error: 0 } };
}

/** Nothing was done: the API says so with status 200 as well. */
export function failed(id: string, fault: Fault, message: string): WazuhAnswer {
  return { status: 200, body: { data: itemsOf([], [{ error: fault, id: [id] }]), message, error: 1 } };
}

/** The form of errors that have a status of their own. */
export function problem(status: number, title: string, { code, message }: Fault): WazuhAnswer {
  return { status, body: { title, detail: message, error: code } };
}

export const UNKNOWN_PATH = problem(404, 'Not Found', { code: 404, message: '404: Not Found' });

function itemsOf(items: readonly unknown[], failures: readonly unknown[]): object {
  return {
    affected_items: items,
    total_affected_items: items.length,
    total_failed_items: failures.length,
    failed_items: failures,
  };
}
