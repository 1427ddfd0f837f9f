/** Numbers and lengths as network protocols write them: the most significant byte first. */

export function u8(value: number): Buffer {
  return Buffer.of(value & 255);
}

export function u16(value: number): Buffer {
  return Buffer.of((value >> 8) & 255, value & 255);
}

export function u24(value: number): Buffer {
  return Buffer.of((value >> 16) & 255, (value >> 8) & 255, value & 255);
}

export function u32(value: number): Buffer {
  return Buffer.of((value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255);
}

export function join(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}

/** The parts behind their length in one byte. */
export function sized8(...parts: readonly Uint8Array[]): Buffer {
  const body = join(...parts);
  return join(u8(body.length), body);
}

/** The parts behind their length in two bytes. */
export function sized16(...parts: readonly Uint8Array[]): Buffer {
  const body = join(...parts);
  return join(u16(body.length), body);
}

/** The parts behind their length in three bytes. */
export function sized24(...parts: readonly Uint8Array[]): Buffer {
  const body = join(...parts);
  return join(u24(body.length), body);
}

/** The parts behind their length in four bytes. */
export function sized32(...parts: readonly Uint8Array[]): Buffer {
  const body = join(...parts);
  return join(u32(body.length), body);
}
