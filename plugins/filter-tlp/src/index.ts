export { default, type TlpOptions } from './plugin.ts';
