import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyFolder } from '../support/cli.ts';
import { metricsIn, metricsServed, realMetrics } from './real-metrics.ts';
import { removeFolder } from './remove-folder.ts';
import { ask, DEPLOY, PROMTOOL } from './tools.ts';

const ALERTS = `${DEPLOY}/prometheus/alerts.yaml`;
const ALERT_TESTS = `${DEPLOY}/prometheus/alerts.test.yaml`;
const DASHBOARD = `${DEPLOY}/grafana/dashboard.json`;

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly object[] };
}

const alerts = (load(readFileSync(ALERTS, 'utf8')) as Rules).groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as Dashboard;
const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What a real daemon serves. */
let metrics: string;

beforeAll(async () => {
  const folder = emptyFolder();
  metrics = await realMetrics(folder);
  removeFolder(folder);
});

describe('alerts', () => {
  it('name metrics that a daemon serves', () => {
    const served = metricsServed(metrics);
    expect(alerts.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !served.has(name))).toEqual([]);
  });

  it('each have a test in which they are raised', () => {
    const raised = [...readFileSync(ALERT_TESTS, 'utf8').matchAll(/alertname: (\w+)\n +exp_alerts:/g)];
    expect(new Set(raised.map(([, name]) => name))).toEqual(new Set(alerts.map(({ alert }) => alert)));
  });
});

describe('the dashboard', () => {
  it('shows every metric that a daemon serves, and no other', () => {
    const shown = new Set([...expressions, JSON.stringify(dashboard.templating)].flatMap(metricsIn));
    const ofHistogram = /_(?:sum|count)$/;
    const served = [...metricsServed(metrics)].filter((name) => !ofHistogram.test(name));
    expect([...shown].sort()).toEqual(served.sort());
  });

  it('has panels that do not overlap, each with an id of its own', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

describe.skipIf(!PROMTOOL)('Prometheus (needs promtool)', () => {
  it('takes the metrics of a daemon without an objection', () => {
    expect(ask('promtool', ['check', 'metrics'], {}, metrics)).toEqual({ status: 0, said: '' });
  });

  it('takes the alert rules', () => {
    const { status, said } = ask('promtool', ['check', 'rules', ALERTS]);
    expect(status, said).toBe(0);
    expect(said).toContain(`${alerts.length} rules found`);
  });

  it('raises each alert when it is due, and not before', () => {
    const { status, said } = ask('promtool', ['test', 'rules', ALERT_TESTS]);
    expect(status, said).toBe(0);
  });

  it('takes the expressions of the dashboard', () => {
    const folder = emptyFolder();
    onTestFinished(() => removeFolder(folder));
    const rules = expressions.map((expr, i) => ({
      record: `panel:${i}`,
      expr: expr.replaceAll('$pipeline', 'production'),
    }));
    // JSON is YAML, too.
    writeFileSync(join(folder, 'panels.yaml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
    const { status, said } = ask('promtool', ['check', 'rules', join(folder, 'panels.yaml')]);
    expect(status, said).toBe(0);
    expect(said).toContain(`${expressions.length} rules found`);
  });
});
