import { type NotifyOptions, webhookAddress } from '@misp-pipeline/core';

/** Why a webhook did not take a document; never with its address, which is a secret. */
export interface WebhookFailure {
  readonly why: string;
  /** Whether it may pass by waiting. */
  readonly mayPass: boolean;
}

type Receiver = Pick<NotifyOptions, 'webhook' | 'headers' | 'timeout'>;

/** Sends a document once. Follows no redirect, since the headers must not travel, and reads nothing of the answer. */
export async function postOnce(
  document: string,
  { webhook, headers, timeout }: Receiver,
  signal: AbortSignal,
): Promise<WebhookFailure | undefined> {
  const address = webhookAddress(webhook.reveal());
  if (address === undefined) return { why: '`notify.webhook` is no http or https address', mayPass: false };
  const own = Object.entries(headers).map(([name, value]) => [name, value.reveal()] as const);
  try {
    const answer = await fetch(address.url, {
      method: 'POST',
      headers: { ...address.headers, 'content-type': 'application/json', ...Object.fromEntries(own) },
      body: document,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout * 1000)]),
    });
    await answer.body?.cancel();
    return failureOf(answer.status);
  } catch (error) {
    return { why: signal.aborted ? 'interrupted' : reasonOf(error), mayPass: !signal.aborted };
  }
}

function failureOf(status: number): WebhookFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return { why: `HTTP ${status}: redirects are not followed`, mayPass: false };
  return { why: `HTTP ${status}`, mayPass: status >= 500 || status === 429 };
}

/** The code of a network error. Messages hold addresses. */
function reasonOf(error: unknown): string {
  const { name, cause } = error instanceof Error ? error : { name: '', cause: undefined };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause instanceof Error && 'code' in cause
    ? String(cause.code)
    : 'it cannot be sent to this address, or with these headers';
}
