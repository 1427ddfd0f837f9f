export type { TlpOptions } from './options.ts';
export { default } from './plugin.ts';
