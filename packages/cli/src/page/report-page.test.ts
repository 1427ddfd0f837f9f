import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileIndicators } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { aRunReport } from '../../testing/made-up-report.ts';
import { aPageTrace } from '../../testing/made-up-trace.ts';
import { mask } from '../mask.ts';
import { reportPage } from './report-page.ts';
import { savePage } from './save-page.ts';
import { PageTrace } from './trace/page-trace.ts';

const keep = (text: string) => text;

describe('the page of a run', () => {
  const page = reportPage(aRunReport(), aPageTrace().observations(), keep);

  it('allows this very script and style, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    for (const [name, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ]) {
      const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(page)?.[1] ?? '';
      expect(policy).toContain(`${directive} 'sha256-${hash('sha256', text, 'base64')}';`);
    }
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toContain('unsafe');
  });

  it('leads nowhere but to its own parts', () => {
    const targets = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !target?.startsWith('#'))).toEqual(['data:,']);
  });

  it('is the same for the same run', () => {
    expect(reportPage(aRunReport(), aPageTrace().observations(), keep)).toBe(page);
  });

  it('holds no invisible or steering character, whatever stands in values, titles and names', () => {
    const trace = new PageTrace();
    for (const indicator of hostileIndicators()) {
      trace.placed('suricata', indicator);
      trace.dropped('tlp', undefined, indicator, 'tlp:red', indicator.value);
    }
    const hostile = reportPage(aRunReport(), trace.observations(), keep);
    expect(hostile).not.toMatch(/[^\n\P{C}]|[\p{Zl}\p{Zp}]/u);
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
  });

  it('masks secrets wherever they stand', () => {
    const secret = 'k3y.of.the.server';
    const place = `https://misp.example.org/?key=${secret}`;
    const [source, ...others] = aRunReport().sources;
    const sources = [{ ...source, problems: [{ place, message: `refused "${secret}"` }] }, ...others];
    const report = aRunReport({ pipeline: `p ${secret}`, sources: sources as typeof others });
    const trace = new PageTrace();
    trace.rejected('cert', 'rejected:invalid-url', { value: place, place: `event ${secret}` });
    const text = reportPage(report, trace.observations(), (part) => mask(part, [secret]));
    expect(text.replaceAll('[.]', '.')).not.toContain(secret);
    expect(text).toContain('<h1>p ***</h1>');
  });
});

describe('savePage', () => {
  const dir = mkdtempSync(join(tmpdir(), 'page-'));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('replaces the file, which only its owner may read', () => {
    const file = join(dir, 'report.html');
    savePage(file, 'old');
    savePage(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
