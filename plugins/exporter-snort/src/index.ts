export type { SnortOptions } from './options.ts';
export { default } from './plugin.ts';
