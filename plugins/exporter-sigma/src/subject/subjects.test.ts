import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { rendered } from '../../testing/rendered.ts';

describe('a domain', () => {
  it.each([
    ['dns', 'query'],
    ['dns_query_windows', 'QueryName'],
    ['proxy', 'cs-host'],
    ['network_connection_windows', 'DestinationHostname'],
  ])('fires in %s on itself and on names below it, and on nothing that looks like it', async (logSource, field) => {
    const { firing } = await rendered([anIndicator('domain', 'evil.example')]);
    for (const hit of ['evil.example', 'EVIL.example', 'www.evil.example', 'a.b.evil.example']) {
      expect(firing(logSource, { [field]: hit }), hit).toBe(1);
    }
    for (const miss of ['notevil.example', 'evil.example.com', 'evil.exampl', 'evilxexample', 'example', '']) {
      expect(firing(logSource, { [field]: miss }), miss).toBe(0);
    }
  });

  it('stands once in a list, whatever ports and kinds it came with', async () => {
    const { output } = await rendered([
      anIndicator('domain', 'evil.example'),
      anIndicator('domain', 'evil.example', { port: 8443 }),
      anIndicator('hostname', 'evil.example'),
    ]);
    expect(output.text('rules/dns/net_dns_misp_host_high_clear.yml').match(/'evil\.example'/g)).toHaveLength(1);
  });
});

describe('a host name', () => {
  it('fires on itself alone', async () => {
    const { firing } = await rendered([anIndicator('hostname', 'cdn.evil.example')]);
    expect(firing('dns', { query: 'cdn.evil.example' })).toBe(1);
    expect(firing('dns', { query: 'a.cdn.evil.example' })).toBe(0);
    expect(firing('dns', { query: 'evil.example' })).toBe(0);
  });
});

describe('an address', () => {
  it('fires as the target of a connection unless it was seen as a source', async () => {
    const { firing } = await rendered([
      anIndicator('ipv4', '198.51.100.7'),
      anIndicator('ipv4', '198.51.100.8', { direction: 'source' }),
    ]);
    expect(firing('firewall', { dst_ip: '198.51.100.7', src_ip: '192.0.2.1' })).toBe(1);
    expect(firing('firewall', { dst_ip: '192.0.2.1', src_ip: '198.51.100.7' })).toBe(0);
    expect(firing('firewall', { dst_ip: '192.0.2.1', src_ip: '198.51.100.8' })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.8', src_ip: '192.0.2.1' })).toBe(0);
    expect(firing('webserver', { 'c-ip': '198.51.100.8' })).toBe(1);
  });

  it('fires only together with the port that it came with', async () => {
    const { firing } = await rendered([
      anIndicator('ipv4', '198.51.100.7', { direction: 'destination', port: 443 }),
      anIndicator('ipv6', '2001:db8::7', { direction: 'destination', port: 8080 }),
      anIndicator('cidr', '203.0.113.0/24', { direction: 'destination', port: 443 }),
      anIndicator('ipv4', '192.0.2.9', { direction: 'source', port: 53 }),
    ]);
    expect(firing('firewall', { dst_ip: '198.51.100.7', dst_port: 443 })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.7', dst_port: 8080 })).toBe(0);
    expect(firing('network_connection_linux', { DestinationIp: '2001:db8::7', DestinationPort: 8080 })).toBe(1);
    expect(firing('network_connection_windows', { DestinationIp: '203.0.113.200', DestinationPort: 443 })).toBe(1);
    expect(firing('firewall', { src_ip: '192.0.2.9', src_port: 53 })).toBe(1);
    expect(firing('firewall', { src_ip: '192.0.2.9', src_port: 54 })).toBe(0);
  });

  it('of IPv6 fires in the spelling of Sysmon, which does not shorten zeros', async () => {
    const { firing, output } = await rendered([
      anIndicator('ipv6', '2001:db8::7'),
      anIndicator('ipv6', '2001:db8::8', { direction: 'source', port: 443 }),
      anIndicator('ipv6', '2001:db8:1:2:3:4:5:6'),
    ]);
    for (const DestinationIp of ['2001:db8::7', '2001:db8:0:0:0:0:0:7', '2001:db8:1:2:3:4:5:6']) {
      expect(firing('network_connection_windows', { DestinationIp }), DestinationIp).toBe(1);
    }
    expect(firing('network_connection_windows', { DestinationIp: '2001:db8:0:0:0:0:0:8' })).toBe(0);
    const source = '2001:db8:0:0:0:0:0:8';
    expect(firing('network_connection_windows', { SourceIp: source, SourcePort: 443 })).toBe(1);
    expect(firing('network_connection_windows', { SourceIp: source, SourcePort: 80 })).toBe(0);
    expect(output.text('rules/firewall/net_firewall_misp_dst_ip_high_clear.yml')).not.toMatch(/:0:0:/);
  });

  it('is not looked for without its port where no port is logged', async () => {
    const { rules } = await rendered([anIndicator('ipv4', '198.51.100.7', { direction: 'destination', port: 443 })]);
    expect([...rules.keys()].filter((path) => path.startsWith('rules/proxy/'))).toEqual([]);
  });

  it('fires inside a network and not beside it', async () => {
    const { firing } = await rendered([anIndicator('cidr', '198.51.100.0/25'), anIndicator('cidr', '2001:db8::/33')]);
    expect(firing('firewall', { dst_ip: '198.51.100.127' })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.128' })).toBe(0);
    expect(firing('proxy', { dst_ip: '2001:db8:7fff::1' })).toBe(1);
    expect(firing('proxy', { dst_ip: '2001:db8:8000::1' })).toBe(0);
  });

  it('that is no network is left out, since it would cost the whole rule', async () => {
    const { skipped, rules } = await rendered([anIndicator('cidr', '198.51.100.7/24'), anIndicator('cidr', 'x/y')]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:cidr', 'unsupported:cidr']);
    expect(rules.size).toBe(0);
  });
});

describe('a URL', () => {
  it('fires on itself to the letter, wildcards included', async () => {
    const { firing } = await rendered([anIndicator('url', 'http://evil.example/a?b=*', { sharedHost: true })]);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=*' })).toBe(1);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/axb=*' })).toBe(0);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=anything' })).toBe(0);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=*&c' })).toBe(0);
  });

  it('makes no rule on its host', async () => {
    const { rules } = await rendered([anIndicator('url', 'https://evil.example/a')]);
    expect([...rules.keys()]).toEqual(['rules/proxy/proxy_misp_url_high_clear.yml']);
  });
});

describe('a user agent', () => {
  it('fires in proxy and web server logs', async () => {
    const { firing } = await rendered([anIndicator('user-agent', 'Evil/1.0 (*)')]);
    expect(firing('proxy', { 'c-useragent': 'Evil/1.0 (*)' })).toBe(1);
    expect(firing('webserver', { 'cs-user-agent': 'Evil/1.0 (*)' })).toBe(1);
    expect(firing('proxy', { 'c-useragent': 'Evil/1.0 (x)' })).toBe(0);
  });

  it.each(['a\nb', 'a\0', '\u202eevil'])('with an invisible character is left out: %j', async (value) => {
    const { skipped, rules } = await rendered([anIndicator('user-agent', value)]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:user-agent']);
    expect(rules.size).toBe(0);
  });

  it('that no log would keep whole is left out', async () => {
    const { skipped } = await rendered([anIndicator('user-agent', 'A'.repeat(65_536))]);
    expect(skipped).toMatchObject([{ reason: 'unsupported:user-agent', detail: 'longer than 8192 characters' }]);
  });
});

describe('a hash', () => {
  it.each([
    ['process_creation_windows', 'Hashes'],
    ['image_load_windows', 'Hashes'],
    ['driver_load_windows', 'Hashes'],
    ['create_stream_hash_windows', 'Hash'],
  ])('fires in %s among the other hashes of the file', async (logSource, field) => {
    const md5 = '44d88612fea8a8f36de82e1278abb02f';
    const { firing, output } = await rendered([anIndicator('md5', md5)]);
    const upper = md5.toUpperCase();
    expect(firing(logSource, { [field]: `SHA1=AA,MD5=${upper},IMPHASH=BB` })).toBe(1);
    expect(firing(logSource, { [field]: `SHA1=AA,IMPHASH=${upper}` })).toBe(0);
    expect([...output.files.values()].some(({ text }) => text.includes(`${field}|contains: 'MD5=${upper}'`))).toBe(
      true,
    );
  });
});

describe('a cookie', () => {
  it('fires alone and among others, and not as a part of another', async () => {
    const { firing } = await rendered([anIndicator('cookie', 'id=9f8e7d')]);
    for (const hit of ['id=9f8e7d', 'id=9f8e7d; a=b', 'a=b; id=9f8e7d', 'a=b; id=9f8e7d; c=d']) {
      expect(firing('proxy', { 'cs-cookie': hit }), hit).toBe(1);
      expect(firing('webserver', { 'cs-cookie': hit }), hit).toBe(1);
    }
    for (const miss of ['id=9f8e7d0', 'sid=9f8e7d', 'a=b; sid=9f8e7d; c=d']) {
      expect(firing('proxy', { 'cs-cookie': miss }), miss).toBe(0);
    }
  });
});

describe('the name of a file', () => {
  it.each([
    ['filename', 'invoice.pdf.exe', 'file_event_windows', 'C:\\Users\\a\\invoice.pdf.exe', 'C:\\a\\my-invoice.pdf.exe'],
    ['filename', 'invoice.pdf.exe', 'file_event_linux', '/tmp/invoice.pdf.exe', '/tmp/invoice.pdf.exe.bak'],
    ['filename', 'C:/ProgramData/x.dll', 'file_event_windows', 'C:\\ProgramData\\x.dll', 'D:\\ProgramData\\x.dll'],
    ['filename', '%TEMP%\\x\\a.dll', 'file_event_windows', 'C:\\T\\x\\a.dll', 'C:\\T\\a.dll'],
    ['filename', '/tmp/.x/agent', 'file_event_linux', '/tmp/.x/agent', '/home/tmp/.x/agent'],
    ['filename', '~/.x/agent', 'file_event_linux', '/home/a/.x/agent', '/home/a/x/agent'],
    ['email-attachment', 'invoice.zip', 'file_event_windows', 'C:\\a\\invoice.zip', 'C:\\a\\invoice.zip.txt'],
  ] as const)('%s `%s` fires in %s on `%s`, not on `%s`', async (kind, value, logSource, hit, miss) => {
    const { firing } = await rendered([anIndicator(kind, value)]);
    expect(firing(logSource, { TargetFilename: hit })).toBe(1);
    expect(firing(logSource, { TargetFilename: miss })).toBe(0);
  });

  it('of a process fires with the ending that Windows shows', async () => {
    const { firing } = await rendered([anIndicator('process-name', 'updater')]);
    expect(firing('process_creation_windows', { Image: 'C:\\a\\updater.exe' })).toBe(1);
    expect(firing('process_creation_linux', { Image: '/opt/updater' })).toBe(1);
    expect(firing('process_creation_linux', { Image: '/opt/updater.exe' })).toBe(0);
  });
});

describe('what is found on every machine', () => {
  it.each([
    ['filename', 'svchost.exe', 'too-broad:ordinary-file'],
    ['filename', 'a.c', 'too-broad:ordinary-file'],
    ['process-name', 'PowerShell', 'too-broad:ordinary-file'],
    ['uri', '/a', 'too-broad:uri'],
    ['cookie', 'a=b', 'too-broad:cookie'],
    ['http-method', 'POST', 'too-broad:http-method'],
    ['cidr', '0.0.0.0/0', 'too-broad:cidr'],
    ['cidr', '2000::/3', 'too-broad:cidr'],
    ['filename', 'C:\\Temp\\', 'unsupported:filename'],
    ['uri', 'gate.php', 'unsupported:uri'],
    ['regkey', 'HKLM', 'unsupported:regkey'],
    ['named-pipe', '\\\\.\\pipe\\', 'unsupported:named-pipe'],
  ] as const)('is no detection: %s `%s`', async (kind, value, reason) => {
    const { skipped, rules } = await rendered([anIndicator(kind, value)]);
    expect(skipped.map((skip) => skip.reason)).toEqual([reason]);
    expect(rules.size).toBe(0);
  });

  it('or on many sites is no detection either, unless a port tells it apart', async () => {
    const shared = { sharedHost: true };
    const { skipped } = await rendered([
      anIndicator('domain', 'cdn.example', shared),
      anIndicator('ipv4', '198.51.100.7', shared),
      anIndicator('ipv4', '198.51.100.8', { ...shared, port: 4443 }),
    ]);
    expect(skipped.map(({ indicator, reason }) => [indicator.value, reason])).toEqual([
      ['cdn.example', 'too-broad:shared-host'],
      ['198.51.100.7', 'too-broad:shared-host'],
    ]);
  });
});

describe('Windows', () => {
  it('shows registry keys, those of users under their SID', async () => {
    const { firing } = await rendered([
      anIndicator('regkey', 'HKLM\\Software\\Evil'),
      anIndicator('regkey', 'HKCU\\Software\\Run\\evil'),
      anIndicator('regkey', 'HKLM\\Software\\Run\\x|C:\\evil.exe'),
    ]);
    const at = (TargetObject: string, Details = '') => firing('registry_event_windows', { TargetObject, Details });
    expect(at('HKLM\\SOFTWARE\\Evil')).toBe(1);
    expect(at('HKLM\\SOFTWARE\\Evil\\below')).toBe(0);
    expect(at('HKU\\S-1-5-21-1\\Software\\Run\\evil')).toBe(1);
    expect(at('HKLM\\Software\\Run\\evil')).toBe(0);
    expect(at('HKLM\\Software\\Run\\x', 'C:\\evil.exe')).toBe(1);
    expect(at('HKLM\\Software\\Run\\x', 'C:\\good.exe')).toBe(0);
  });

  it('shows pipes with one backslash', async () => {
    const { firing } = await rendered([
      anIndicator('named-pipe', 'evil'),
      anIndicator('named-pipe', '\\\\.\\pipe\\bad'),
    ]);
    expect(firing('pipe_created_windows', { PipeName: '\\evil' })).toBe(1);
    expect(firing('pipe_created_windows', { PipeName: '\\bad' })).toBe(1);
    expect(firing('pipe_created_windows', { PipeName: '\\evil2' })).toBe(0);
  });

  it('shows services when they are installed, not when they are started', async () => {
    const { firing } = await rendered([anIndicator('service-name', 'EvilSvc')]);
    const record = { ServiceName: 'EvilSvc', Provider_Name: 'Service Control Manager' };
    expect(firing('system_windows', { ...record, EventID: 7045 })).toBe(1);
    expect(firing('system_windows', { ...record, EventID: 7036 })).toBe(0);
    expect(firing('security_windows', { ...record, EventID: 4697 })).toBe(1);
  });
});

describe('a certificate', () => {
  it('fires on its fingerprint in the log of Zeek', async () => {
    const { firing } = await rendered([anIndicator('x509-sha1', '0123456789abcdef0123456789abcdef01234567')]);
    expect(firing('x509_zeek', { fingerprint: '0123456789abcdef0123456789abcdef01234567' })).toBe(1);
  });
});
