/** Values that look like one and are another: a longer or shorter name, a neighbour, one digit changed. */
export function variantsOf(value: string): readonly string[] {
  const octets = /^(\d+\.\d+\.\d+\.)(\d+)$/.exec(value);
  if (octets !== null) {
    const [, network = '', host = ''] = octets;
    return [`${network}${(Number(host) + 1) % 256}`, `${network}${(Number(host) + 128) % 256}`];
  }
  const last = value.slice(-1);
  const changed = value.slice(0, -1) + (/[0-8]/.test(last) ? String(Number(last) + 1) : last === 'a' ? 'b' : 'a');
  if (/^[0-9a-f:]+$/i.test(value)) return [changed];
  return [changed, `x${value}`, `${value}x`, value.slice(1)];
}
