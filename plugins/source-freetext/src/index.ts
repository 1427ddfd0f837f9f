export type { FreetextOptions } from './options.ts';
export { default } from './plugin.ts';
