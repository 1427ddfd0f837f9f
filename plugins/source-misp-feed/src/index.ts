export type { FeedOptions } from './options.ts';
export { default } from './plugin.ts';
