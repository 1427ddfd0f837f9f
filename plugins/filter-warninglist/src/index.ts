export type { WarninglistOptions } from './options.ts';
export { default } from './plugin.ts';
