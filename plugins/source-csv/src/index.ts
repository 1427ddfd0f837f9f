export type { CsvOptions } from './options.ts';
export { default } from './plugin.ts';
