export { default, type WarninglistOptions } from './plugin.ts';
