export type { SuricataOptions } from './options.ts';
export { default } from './plugin.ts';
