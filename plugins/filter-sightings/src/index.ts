export type { SightingsOptions } from './options.ts';
export { default } from './plugin.ts';
