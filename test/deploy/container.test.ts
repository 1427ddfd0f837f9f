import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/cli.ts';
import { ask, DEPLOY, HADOLINT, installed } from './tools.ts';

const CONTAINERFILE = `${DEPLOY}/container/Containerfile`;

const lines = (file: string) => readFileSync(file, 'utf8').split('\n');

describe('the Containerfile', () => {
  const text = readFileSync(CONTAINERFILE, 'utf8');

  it('ends up with a user that Kubernetes can see is not root', () => {
    expect(text.match(/^USER .*/gm)).toEqual(['USER 10001:10001']);
  });

  it('builds on the same image that it runs on', () => {
    const images = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).toHaveLength(2);
    expect(new Set(images).size).toBe(1);
  });

  it('asks the port for health on which the daemon of the manifests listens', () => {
    const config = readFileSync(`${DEPLOY}/kubernetes/common/pipeline.yaml`, 'utf8');
    const [, port] = /listen: 0\.0\.0\.0:(\d+)/.exec(config) ?? [];
    expect(text).toContain(`EXPOSE ${port}`);
    expect(text).toContain(`http://127.0.0.1:${port}/livez`);
  });

  it('copies what exists, and no more than it names', () => {
    const rules = lines(`${CONTAINERFILE}.dockerignore`).filter((line) => line !== '' && !line.startsWith('#'));
    expect(rules[0]).toBe('*');
    const named = rules.filter((rule) => rule.startsWith('!') && !rule.includes('*')).map((rule) => rule.slice(1));
    expect(named.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });

  it.skipIf(!HADOLINT)('has no fault that hadolint knows of (needs hadolint)', () => {
    expect(ask(installed('hadolint'), [CONTAINERFILE])).toEqual({ status: 0, said: '' });
  });
});
