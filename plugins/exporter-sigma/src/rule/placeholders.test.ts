import { anIndicator } from '@misp-pipeline/testing';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stage } from '../../testing/staging.ts';

describe('placeholders', () => {
  it('take the place of values, which stand in a pipeline with their wildcards', async () => {
    const { output } = await stage(
      [
        anIndicator('domain', 'evil.example'),
        anIndicator('cookie', 'id=*\\'),
        anIndicator('ipv4', '198.51.100.7', { port: 443 }),
        anIndicator('cidr', '203.0.113.0/24'),
      ],
      { logsources: ['dns', 'proxy', 'firewall'], placeholders: true },
    );
    expect(output.text('rules/dns/net_dns_misp_host_high_clear.yml')).toContain(
      "query|expand: '%misp_host_high_clear_sub%'",
    );
    const firewall = output.text('rules/firewall/net_firewall_misp_dst_ip_high_clear.yml');
    expect(firewall).toContain("dst_ip|expand: '%misp_dst_ip_high_clear_address_port_443%'\n        dst_port: 443\n");
    expect(firewall).toContain("dst_ip|cidr: '203.0.113.0/24'");
    expect(load(output.text('pipelines/misp_placeholders.yml'))).toMatchObject({
      vars: {
        misp_host_high_clear_exact: ['evil.example'],
        misp_host_high_clear_sub: ['*.evil.example'],
        misp_cookie_high_clear_alone: ['id=\\*\\'],
        misp_cookie_high_clear_last: ['*; id=\\*\\'],
        misp_cookie_high_clear_within: ['*; id=\\*\\; *'],
        misp_dst_ip_high_clear_address_port_443: ['198.51.100.7'],
      },
      transformations: [{ type: 'value_placeholders', include: expect.arrayContaining(['misp_host_high_clear_sub']) }],
    });
  });

  it('need one rule for each log source, level and label, however many values there are', async () => {
    const domains = Array.from({ length: 5000 }, (_, i) => anIndicator('domain', `h${i}.example`));
    const { files } = await stage(domains, { logsources: ['dns'], placeholders: true });
    expect(files.filter((path) => path.startsWith('rules/'))).toHaveLength(1);
  });
});
