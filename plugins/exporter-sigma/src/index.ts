export { LOG_SOURCES, type LogSource } from './log-source.ts';
export { default } from './plugin.ts';
