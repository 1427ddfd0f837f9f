import { Collector, makeIndicator } from '@misp-pipeline/core';
import { anOrigin, testServices } from '@misp-pipeline/testing';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';
it('bench', async () => {
  const out: string[] = [];
  for (const mix of ['mixed', 'domains']) for (const n of [10_000, 100_000, 1_000_000]) {
    const c = new Collector(); const origins = [anOrigin()];
    for (let i = 0; i < n; i++) {
      const h = createHash('sha256').update(String(i)).digest('hex'); const r = mix === 'domains' ? 0 : i % 20;
      const f = { severity: (['high','low','medium','unknown'] as const)[i % 4]!, origins };
      if (r < 7) c.add(makeIndicator({ kind: 'domain', value: `${h.slice(0, 12)}.example${i % 10}.com`, ...f }));
      else if (r < 12) c.add(makeIndicator({ kind: 'url', value: `http://${h.slice(0, 10)}.example/gate.php?id=${i}`, ...f }));
      else if (r < 16) c.add(makeIndicator({ kind: 'sha256', value: h, ...f }));
      else if (r < 19) c.add(makeIndicator({ kind: 'ipv4', value: `${10 + (i % 90)}.${(i >> 6) % 256}.${(i >> 12) % 256}.${i % 256}`, direction: i % 5 ? 'destination' : undefined, ...f }));
      else c.add(makeIndicator({ kind: 'md5', value: h.slice(0, 32), ...f }));
    }
    const col = c.collected();
    (globalThis as any).gc?.();
    const m0 = process.memoryUsage().rss; let peak = 0; let bytes = 0;
    const t = performance.now(); const c0 = process.cpuUsage();
    plugin.create(wazuhOptions.parse({}), testServices()).render(col, { file: () => ({ write: (x) => { bytes += x.length; }, count: () => { peak = Math.max(peak, process.memoryUsage().rss); } }) }, () => {});
    const cpu = process.cpuUsage(c0);
    out.push(`${mix} ${col.size}: ${(performance.now() - t).toFixed(0)} ms, cpu ${((cpu.user + cpu.system) / 1000).toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB, rss +${((peak - m0) / 1e6).toFixed(0)} MB (peak ${(peak/1e6).toFixed(0)})`);
  }
  writeFileSync('/tmp/wz-bench.txt', out.join('\n') + '\n');
}, 300_000);
