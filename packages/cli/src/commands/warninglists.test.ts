import { describe, expect, it } from 'vitest';
import { LISTS, NASTY, serve } from '../../testing/administration.ts';

describe('warninglists', () => {
  it('are listed with filters', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'list')).stderr).toContain('1 of 2 are on');
    expect(JSON.parse((await cli('warninglists', 'list', '--type', 'cidr', '--json')).stdout)).toHaveLength(1);
    expect((await cli('warninglists', 'list', '*RFC*', '--enabled')).stdout).toBe('');
  });

  it('are switched once', async () => {
    const { server, cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'enable', '*RFC*')).stdout).toMatch(/changed +1 .*enabled: off -> on/);
    expect((await cli('warninglists', 'enable', '*RFC*')).stdout).toMatch(/unchanged +1/);
    expect(server.changing).toHaveLength(1);
  });

  it('are asked about values and the parts of composites', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    const { code, stdout, stderr } = await cli('warninglists', 'check', '8.8.8.8|53', '1.1.1.1');
    expect(code).toBe(0);
    expect(stdout).toContain('(its part 8.8.8.8): string 8.8.8.8; meant for ip-src');
    expect(stdout).toContain('1.1.1.1: on no list');
    expect(stderr).toContain('not meant for the type');
  });

  it('are shown with hostile names made visible', async () => {
    const hits = { x: [{ id: NASTY, name: NASTY, matched: NASTY }] };
    const instead = ({ path }: { path: string }) =>
      path === 'warninglists/checkValue' ? { status: 200, body: hits } : undefined;
    const { cli } = await serve({
      warninglists: [{ name: NASTY, type: NASTY, category: NASTY, version: NASTY }],
      instead,
    });
    expect((await cli('warninglists', 'list')).stdout).toContain('evil\\u{1b}[31m\\u{202e}name\\u{a}next\\u{9b}');
    expect((await cli('warninglists', 'check', 'x')).stdout.split('\n')).toHaveLength(3);
    expect((await cli('warninglists', 'enable', 'all')).stdout).toContain('evil\\u{1b}');
  });

  it('are asked about some value, and listed by a type that there is', async () => {
    const { server, cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'check', '', ' ')).code).toBe(2);
    expect((await cli('warninglists', 'list', '--type', 'foo')).code).toBe(2);
    expect(server.requests).toEqual([]);
  });

  it('are updated', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    const outdated = await serve({ warninglists: [{ name: 'l', available: '2' }] });
    expect((await outdated.cli('warninglists', 'update')).stdout).toMatch(/changed +1 +l +version: 1 -> 2/);
    expect((await cli('warninglists', 'update')).stderr).toContain('All warninglists are up to date already.');
  });
});
