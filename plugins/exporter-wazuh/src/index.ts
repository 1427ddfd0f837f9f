export type { WazuhOptions } from './options.ts';
export { default } from './plugin.ts';
