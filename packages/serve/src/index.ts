export type { ReadingsOf } from './answering.ts';
export type { ServeLimits, ServeOptions, TlsOptions, TokenOptions } from './options.ts';
export type { ServerParts } from './parts.ts';
export { type RunningServer, startServer } from './server.ts';
