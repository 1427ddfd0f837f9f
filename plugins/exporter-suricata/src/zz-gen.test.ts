// usage: node gen.ts indicators.json outdir [mode]
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { anIndicator, render, testServices } from '/work/main/packages/testing/src/index.ts';
import { SuricataExporter } from '/work/main/plugins/exporter-suricata/src/exporter.ts';
import { suricataOptions } from '/work/main/plugins/exporter-suricata/src/options.ts';

test('gen', async () => {
  const [inp, out, mode] = [process.env.GIN!, process.env.GOUT!, process.env.GMODE ?? 'auto'];
  const list = JSON.parse(readFileSync(inp, 'utf8'));
  const { output, skipped } = await render(
    new SuricataExporter(suricataOptions.parse({ mode }), testServices()),
    list.map((i: any) => anIndicator(i.kind, i.value, i)),
  );
  rmSync(out, { recursive: true, force: true });
  for (const [p, f] of output.files) {
    mkdirSync(dirname(join(out, p)), { recursive: true });
    writeFileSync(join(out, p), f.text);
  }
  for (const s of skipped) console.log('skip', s.indicator.kind, s.indicator.value.slice(0, 60), s.reason);
  console.log([...output.files].map(([p, f]) => `${p} ${f.entries}`).join('\n'));
});
