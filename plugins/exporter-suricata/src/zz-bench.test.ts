import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Collector, type Indicator } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin, testServices } from '@misp-pipeline/testing';
import { test } from 'vitest';
import { SuricataExporter } from './exporter.ts';
import { suricataOptions } from './options.ts';

test('bench', () => {
  const n = Number(process.env.BN ?? 100000);
  let seed = 1;
  const rnd = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed;
  };
  const hex = (k: number) => {
    let s = '';
    while (s.length < k) s += (rnd() >>> 4).toString(16).padStart(7, '0');
    return s.slice(0, k);
  };
  const c = new Collector();
  const events = Array.from({ length: 500 }, (_, i) =>
    anEvent({
      uuid: `11111111-1111-4111-8111-${String(i).padStart(12, '0')}`,
      title: `Event number ${i} about ransomware`,
    }),
  );
  const mk = (i: number): Indicator => {
    const f = { origins: [anOrigin({ event: events[i % 500]! })] };
    switch (i % 10) {
      case 0:
        return anIndicator(
          'ipv4',
          `${(rnd() % 223) + 1}.${(rnd() >>> 8) & 255}.${(rnd() >>> 9) & 255}.${(rnd() >>> 10) & 255}`,
          { direction: 'destination', ...f },
        );
      case 1:
        return anIndicator(
          'ipv4',
          `${(rnd() % 223) + 1}.${(rnd() >>> 8) & 255}.${(rnd() >>> 9) & 255}.${(rnd() >>> 10) & 255}`,
          { direction: 'destination', port: [443, 80, 8080, 4444][rnd() % 4]!, ...f },
        );
      case 2:
      case 3:
        return anIndicator('domain', `d${hex(8)}.example`, f);
      case 4:
        return anIndicator('hostname', `www.h${hex(8)}.example`, f);
      case 5:
        return anIndicator('url', `http://u${hex(6)}.example/${hex(10)}/x.php?id=${hex(4)}`, f);
      case 6:
        return anIndicator('url', `https://u${hex(6)}.example/${hex(10)}/x.php?id=${hex(4)}`, f);
      case 7:
        return anIndicator('md5', hex(32), f);
      case 8:
        return anIndicator('sha1', hex(40), f);
      default:
        return anIndicator('sha256', hex(64), f);
    }
  };
  for (let i = 0; i < n; i++) c.add(mk(i));
  const col = c.collected();
  col.ofKind('url');
  let bytes = 0;
  const counts: Record<string, number> = {};
  const out = process.env.BOUT;
  if (out) rmSync(out, { recursive: true, force: true });
  const bufs = new Map<string, { fd: number; b: string[] }>();
  const file = (p: string) => ({
    write: (t: string) => {
      bytes += t.length;
      if (out) {
        let e = bufs.get(p);
        if (!e) {
          mkdirSync(dirname(join(out, p)), { recursive: true });
          e = { fd: openSync(join(out, p), 'w'), b: [] };
          bufs.set(p, e);
        }
        e.b.push(t);
        if (e.b.length > 10000) {
          writeSync(e.fd, e.b.join(''));
          e.b = [];
        }
      }
    },
    count: (k: number) => {
      counts[p] = (counts[p] ?? 0) + k;
    },
  });
  const ex = new SuricataExporter(suricataOptions.parse({ mode: process.env.BMODE ?? 'auto' }), testServices());
  const t = performance.now();
  const cpu = process.cpuUsage();
  ex.render(col, { file }, () => {});
  const u = process.cpuUsage(cpu);
  for (const e of bufs.values()) {
    writeSync(e.fd, e.b.join(''));
    closeSync(e.fd);
  }
  console.log(
    `n=${col.size} wall ${(performance.now() - t).toFixed(0)} ms cpu ${((u.user + u.system) / 1000) | 0} ms bytes ${bytes} rss ${(process.memoryUsage().rss / 1e6) | 0} MB peak ${(process.resourceUsage().maxRSS / 1000) | 0} MB`,
  );
  console.log(
    Object.entries(counts)
      .filter(([k]) => !k.includes('misp-url-0'))
      .slice(0, 30)
      .map(([k, v]) => `${k}=${v}`)
      .join(' '),
  );
});
