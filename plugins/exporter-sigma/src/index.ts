export { default } from './plugin.ts';
export { LOG_SOURCES, type LogSource } from './subject/log-source.ts';
