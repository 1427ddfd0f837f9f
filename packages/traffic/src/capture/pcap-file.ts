import { type FileHandle, open } from 'node:fs/promises';

/** Classic format, little-endian, microseconds, version 2.4, whole packets, Ethernet (libpcap's pcap-savefile). */
const FILE_HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
const PACKET_HEADER = 16;

/** 2026-01-01T00:00:00Z in microseconds: captures of the same traffic are the same, whenever they are made. */
const FIRST_PACKET = 1_767_225_600_000_000;
/** Microseconds between packets: engines forget old flows by the capture's own clock, which keeps them small. */
const STEP = 1000;
const SECOND = 1_000_000;

const PIECE = 1 << 20;

/** Writes packets in pieces of one MiB. */
export class PcapFile {
  readonly #handle: FileHandle;
  readonly #piece = Buffer.alloc(PIECE);
  #filled = 0;
  #time = FIRST_PACKET;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
    this.#filled = FILE_HEADER.copy(this.#piece);
  }

  static async create(path: string): Promise<PcapFile> {
    return new PcapFile(await open(path, 'w'));
  }

  /** True when the packet does not fit in the piece: flush first. */
  isFull(frame: Buffer): boolean {
    return this.#filled + PACKET_HEADER + frame.length > PIECE;
  }

  add(frame: Buffer): void {
    const header = [Math.floor(this.#time / SECOND), this.#time % SECOND, frame.length, frame.length];
    for (const field of header) this.#filled = this.#piece.writeUInt32LE(field, this.#filled);
    this.#filled += frame.copy(this.#piece, this.#filled);
    this.#time += STEP;
  }

  async flush(): Promise<void> {
    await this.#handle.writeFile(this.#piece.subarray(0, this.#filled));
    this.#filled = 0;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
