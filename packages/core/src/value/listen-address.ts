import { isIP } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
  /** Whether others than this machine reach it. */
  readonly isPublic: boolean;
}

/** Reads `127.0.0.1:9469`, `[::1]:9469`, `localhost:9469`, or a port alone, which is one of the loopback interface. */
export function listenAddress(text: string): ListenAddress | undefined {
  const match = /^(?:([^:\s]*|\[[^\]\s]+\]):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) return undefined;
  const written = match[1]?.replace(/^\[|\]$/g, '') || LOOPBACK;
  const host = written === 'localhost' ? LOOPBACK : written;
  return isIP(host) === 0 ? undefined : { host, port, isPublic: !/^(?:127\.|::1$)/.test(host) };
}
