import { readFileSync } from 'node:fs';

// What the browser reads is not compiled: it is taken from the sources, which are part of the package. They are in the same
// place as seen from the sources and from what is compiled of them.
const STYLES = ['base', 'layout', 'masthead', 'sections', 'funnel', 'tables', 'search', 'found', 'print'].map(
  (name) => new URL(`../../src/page/style/${name}.css`, import.meta.url),
);
const SCRIPTS = [
  new URL('../../src/page/client/spelling.js', import.meta.url),
  new URL('../../src/page/client/rows.js', import.meta.url),
  new URL('../../src/page/client/view.js', import.meta.url),
  new URL('../../src/page/client/main.js', import.meta.url),
];

/** The page's style sheet. */
export function style(): string {
  return STYLES.map((file) => readFileSync(file, 'utf8')).join('');
}

/** The page's script: its modules one after the other, as one that imports nothing. */
export function script(): string {
  const modules = SCRIPTS.map((file) => readFileSync(file, 'utf8').replace(/^(?:import .*\n|export )/gm, ''));
  return `'use strict';\n{\n${modules.join('')}}\n`;
}
