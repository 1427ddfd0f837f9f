import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalIp, type Indicator } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { Manager } from '../testing/manager.ts';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const logs = join(data, 'logs');

function lines(folder: string): readonly string[] {
  const files = readdirSync(join(logs, folder)).sort();
  return files.flatMap((file) =>
    readFileSync(join(logs, folder, file), 'utf8')
      .split('\n')
      .filter(Boolean),
  );
}

async function managerOf(...indicators: readonly Indicator[]): Promise<Manager> {
  const { output } = await render(plugin.create(wazuhOptions.parse({}), testServices()), indicators);
  return new Manager(output);
}

const address = (value: string, fields: Partial<Indicator> = {}) => {
  const canonical = canonicalIp(value);
  return anIndicator(canonical?.kind ?? 'ipv4', canonical?.value ?? value, fields);
};

interface EveRecord {
  readonly event_type: string;
  readonly src_ip: string;
  readonly dest_ip: string;
  readonly dns?: { readonly rrname?: string };
  readonly http?: { readonly hostname?: string; readonly url?: string; readonly http_user_agent?: string };
  readonly tls?: { readonly sni?: string };
  readonly fileinfo?: { readonly sha256?: string; readonly sha1?: string; readonly md5?: string };
}

describe.skipIf(!existsSync(logs))('records of Suricata 7 (needs the sample logs)', () => {
  const records = () => lines('eve').map((line) => ({ line, event: JSON.parse(line) as EveRecord }));

  it('alert on each of their addresses in its own direction, and stay silent in the other', async () => {
    for (const { line, event } of records()) {
      const alerts = async (ip: string, direction: Indicator['direction']) =>
        (await managerOf(address(ip, { direction }))).alertOnEve(line);
      expect(await alerts(event.dest_ip, 'destination')).toMatch(/traffic to listed address/);
      expect(await alerts(event.src_ip, 'source')).toMatch(/traffic from listed address/);
      expect(await alerts(event.dest_ip, 'source')).toBeUndefined();
      expect(await alerts(event.src_ip, 'destination')).toBeUndefined();
    }
  });

  it('alert on the names, files and user agents in them, and not on near misses', async () => {
    let seen = 0;
    for (const { line, event } of records()) {
      const { dns, tls, http, fileinfo } = event;
      const values = [
        ['hostname', dns?.rrname],
        ['hostname', tls?.sni],
        ['hostname', http?.hostname],
        ['user-agent', http?.http_user_agent],
        ['sha256', fileinfo?.sha256],
        ['sha1', fileinfo?.sha1],
        ['md5', fileinfo?.md5],
      ] as const;
      for (const [kind, value] of values) {
        if (value === undefined || !/[a-z]/.test(value)) continue;
        seen++;
        expect((await managerOf(anIndicator(kind, value))).alertOnEve(line)).toBeDefined();
        const nearMisses = [anIndicator(kind, `x${value}`), anIndicator(kind, value.slice(1))];
        expect((await managerOf(...nearMisses)).alertOnEve(line)).toBeUndefined();
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('alert on the URLs of their requests, relative or absolute, and not on other pages of the host', async () => {
    const requests = records().filter(({ event }) => event.event_type === 'http');
    expect(requests.length).toBeGreaterThan(5);
    for (const { line, event } of requests) {
      const target = event.http?.url ?? '';
      const url = target.startsWith('/') ? `http://${event.http?.hostname}${target}` : target;
      expect((await managerOf(anIndicator('url', url))).alertOnEve(line)).toMatch(/listed URL/);
      expect((await managerOf(anIndicator('url', `${url}x`))).alertOnEve(line)).toBeUndefined();
    }
  });
});

describe.skipIf(!existsSync(logs))('records of Sysmon (needs the sample logs)', () => {
  const records = () =>
    lines('wazuh-derived').map((line) => {
      const { win } = JSON.parse(line) as { win: { eventdata: Record<string, string> } };
      return { line, fields: win.eventdata };
    });

  it('alert on the target of a connection and the name of a query, and not on near misses', async () => {
    let seen = 0;
    for (const { line, fields } of records()) {
      const { destinationIp, queryName } = fields;
      if (destinationIp !== undefined) {
        seen++;
        expect((await managerOf(address(destinationIp))).alertOnSysmon(line)).toBeDefined();
        expect((await managerOf(anIndicator('ipv4', '203.0.113.7'))).alertOnSysmon(line)).toBeUndefined();
      }
      if (queryName !== undefined && queryName === queryName.toLowerCase()) {
        seen++;
        expect((await managerOf(anIndicator('hostname', queryName))).alertOnSysmon(line)).toBeDefined();
        expect((await managerOf(anIndicator('hostname', `x${queryName}`))).alertOnSysmon(line)).toBeUndefined();
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('alert on files, registry keys and programs, with the backslashes that Wazuh doubles', async () => {
    const KINDS = { targetFilename: 'filename', targetObject: 'regkey', originalFileName: 'process-name' } as const;
    let seen = 0;
    const written = records().filter(({ fields }) => fields.imageLoaded === undefined);
    for (const { line, fields } of written) {
      for (const [field, kind] of Object.entries(KINDS)) {
        const value = fields[field];
        if (value === undefined || value === '-' || value.includes('|')) continue;
        seen++;
        expect((await managerOf(anIndicator(kind, value))).alertOnSysmon(line)).toMatch(/listed/);
        expect((await managerOf(anIndicator(kind, `${value}x`))).alertOnSysmon(line)).toBeUndefined();
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('alert on a file when Sysmon computes one algorithm only', async () => {
    const hashed = records().filter(({ fields }) => fields.hashes?.includes('SHA256='));
    expect(hashed.length).toBeGreaterThan(10);
    for (const { line, fields } of hashed) {
      const hash = /SHA256=(\w+)/.exec(fields.hashes ?? '')?.[1] ?? '';
      const manager = await managerOf(anIndicator('sha256', hash.toLowerCase()));
      expect(manager.alertOnSysmon(line)).toBeUndefined();
      expect(manager.alertOnSysmon(line.replaceAll(fields.hashes ?? '', `SHA256=${hash}`))).toMatch(/listed file/);
    }
  });
});
