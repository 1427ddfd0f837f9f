import type { Diagnosis } from '../doctor/diagnose.ts';
import type { Finding, Level } from '../doctor/finding.ts';
import { counted } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

const LABELS = {
  ok: { text: 'ok     ', style: 'green' },
  warning: { text: 'warning', style: 'yellow' },
  error: { text: 'ERROR  ', style: 'red' },
} as const satisfies Record<Level, { text: string; style: Parameters<Style>[0] }>;

const LONGEST_LINE = 2000;

export function diagnosisText({ findings, warnings, errors }: Diagnosis, style: Style): string {
  const sum = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return [...findings.map((finding) => findingText(finding, style)), '', sum].join('\n');
}

function findingText({ level, check, of, seen, todo }: Finding, style: Style): string {
  const { text, style: colour } = LABELS[level];
  const where = of === undefined ? check : `${of}: ${check}`;
  const [first = '', ...more] = seen.split('\n').map((line) => visible(line, LONGEST_LINE));
  const lines = [`${style(colour, text)}  ${where}: ${first}`, ...more.map((line) => `         ${line}`)];
  return [...lines, ...(todo === undefined ? [] : [`         -> ${visible(todo, LONGEST_LINE)}`])].join('\n');
}
