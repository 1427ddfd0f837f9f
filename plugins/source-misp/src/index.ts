export type { MispOptions } from './options.ts';
export { default } from './plugin.ts';
