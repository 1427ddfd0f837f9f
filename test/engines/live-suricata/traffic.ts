import { createSocket } from 'node:dgram';
import { request } from 'node:http';
import { startLoopback } from '@misp-pipeline/testing';

/** The loopback address of this process, from which all its traffic comes: others use the device too. */
export const CLIENT = `127.${64 + ((process.pid >> 16) & 63)}.${(process.pid >> 8) & 255}.${process.pid & 255}`;

/** Asks nobody on the loopback device for the address of a name. */
export async function lookUp(name: string): Promise<void> {
  const socket = createSocket('udp4');
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const head = Buffer.from('123401000001000000000000', 'hex');
  const query = Buffer.concat([head, ...labels, Buffer.from('0000010001', 'hex')]);
  await new Promise<void>((resolve) => socket.bind(0, CLIENT, resolve));
  await new Promise((resolve) => socket.send(query, 53, '127.0.0.1', resolve));
  socket.close();
}

/** Requests a page of a host from a server on the loopback device. */
export async function visit(host: string): Promise<void> {
  const server = await startLoopback((_request, response) => response.end('here'));
  await new Promise<void>((resolve, reject) => {
    request(server.url, { headers: { host }, localAddress: CLIENT }, (response) =>
      response.resume().once('end', resolve),
    )
      .once('error', reject)
      .end();
  });
  await server.close();
}
