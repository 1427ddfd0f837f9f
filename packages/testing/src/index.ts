export { anEvent, anIndicator, anOrigin } from './make.ts';
export { MemoryOutput } from './memory-output.ts';
export { type Rendered, render } from './render.ts';
export { testServices } from './services.ts';
