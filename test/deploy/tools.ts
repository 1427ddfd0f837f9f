import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from '../support/cli.ts';

export const DEPLOY = `${ROOT}deploy`;

/** A tool of requirements.txt, installed into a virtual environment of its own. */
export const installed = (name: string) => `${ROOT}.cache/deploy/bin/${name}`;

export const HADOLINT = existsSync(installed('hadolint'));
export const KUBERNETES_VALIDATE = existsSync(installed('kubernetes-validate'));
export const KUBECTL = spawnSync('kubectl', ['kustomize', '--help']).status === 0;
export const PROMTOOL = spawnSync('promtool', ['--version']).status === 0;
export const SYSTEMD_ANALYZE = spawnSync('systemd-analyze', ['--version']).status === 0;

export interface Verdict {
  readonly status: number | null;
  /** Both streams, trimmed. */
  readonly said: string;
}

/** Runs a tool to its end. */
export function ask(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Verdict {
  const { status, stdout, stderr } = spawnSync(command, args, {
    ...{ encoding: 'utf8', input },
    env: { ...process.env, ...env },
  });
  return { status, said: `${stdout}${stderr}`.trim() };
}
