export { default } from './plugin.ts';
export type { SuricataOptions } from './options.ts';
