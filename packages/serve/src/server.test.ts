import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { hasOpenssl, selfSignedCertificate } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aKnownDomain } from '../testing/make-known.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { LOOPBACK, OPTIONS, startService } from '../testing/service.ts';

const INDEX = new MemoryIndex([aKnownDomain('evil.example')]);

describe('startServer', () => {
  it('refuses to let other machines ask without tokens', async () => {
    const address = { ...LOOPBACK, host: '0.0.0.0', isPublic: true };
    await expect(startService(INDEX, {}, { address })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('says that a port is taken', async () => {
    const first = await startService(INDEX);
    const address = { ...LOOPBACK, port: Number(new URL(first.url).port) };
    await expect(startService(INDEX, { listen: '127.0.0.1:1' }, { address })).rejects.toThrow(
      'serve.listen: nothing can be served on `127.0.0.1:1`: listen EADDRINUSE',
    );
    await first.close();
  });

  it('answers what it was asked before it ends, and lets nobody in any more', async () => {
    const service = await startService(INDEX);
    const headers = { 'content-type': 'application/x-ndjson' };
    const request = httpRequest(`${service.url}/lookup`, { method: 'POST', headers });
    request.write('evil.example\n');
    const answer = await new Promise<NodeJS.ReadableStream>((resolve) => request.on('response', resolve));
    const closed = service.close();
    await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
    request.end('b.example\n');
    const lines: string[] = [];
    for await (const piece of answer) lines.push(String(piece));
    expect(lines.join('').trimEnd().split('\n')).toHaveLength(2);
    await closed;
  });

  it('cuts off at its end who takes longer than it waits', async () => {
    const service = await startService(INDEX, { limits: { ...OPTIONS.limits, timeout: 1 } });
    const headers = { 'content-type': 'application/x-ndjson' };
    const request = httpRequest(`${service.url}/lookup`, { method: 'POST', headers });
    const drip = setInterval(() => request.write('\n'), 100);
    request.write('evil.example\n');
    request.on('error', () => {});
    await new Promise((resolve) => request.on('response', resolve));
    await service.close();
    clearInterval(drip);
    request.destroy();
  });
});

describe.skipIf(!hasOpenssl())('TLS (needs openssl)', () => {
  let folder: string;
  const paths = () => ({ cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') });

  function writeCertificate(): void {
    const { cert, key } = selfSignedCertificate();
    writeFileSync(paths().cert, cert);
    writeFileSync(paths().key, key);
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
    writeCertificate();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function fingerprint(url: string): Promise<string> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
        socket.end();
      });
      socket.on('error', reject);
    });
  }

  it('takes a new certificate when told, and keeps the old one when the new one is broken', async () => {
    const service = await startService(INDEX, { tls: paths() });
    expect(service.url).toMatch(/^https:/);
    const first = await fingerprint(service.url);
    writeCertificate();
    await service.reloadTls();
    const second = await fingerprint(service.url);
    expect(second).not.toBe(first);
    writeFileSync(paths().key, 'no key');
    await service.reloadTls();
    expect(await fingerprint(service.url)).toBe(second);
    expect(service.log.join('\n')).toContain('error the certificate stays as it was');
    await service.close();
  });

  it('refuses a key of another certificate', async () => {
    writeFileSync(paths().key, selfSignedCertificate().key);
    await expect(startService(INDEX, { tls: paths() })).rejects.toThrow('serve.tls: ');
  });

  it('says which file cannot be read', async () => {
    const tls = { ...paths(), cert: join(folder, 'none.pem') };
    await expect(startService(INDEX, { tls })).rejects.toThrow(`serve.tls.cert: \`${tls.cert}\` cannot be read`);
  });
});
