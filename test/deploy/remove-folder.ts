import { rmSync } from 'node:fs';

export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true });
