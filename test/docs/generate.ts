import { writeFileSync } from 'node:fs';
import { absolute, currentText, documents } from './documents.ts';

for (const [path, text] of await documents()) {
  if (currentText(path) === text) continue;
  writeFileSync(absolute(path), text);
  console.log(`wrote ${path}`);
}
