import net, { type AddressInfo, type Socket } from 'node:net';

/** A TCP tunnel before a server that counts the connections through it, and cuts them. */
export interface Tunnel {
  readonly port: number;
  /** Connections open now, oldest first. */
  readonly open: readonly Socket[];
  /** Connections ever made. */
  readonly made: number;
  close(): Promise<void>;
}

/** @param targetPort may change between connections: what stands behind the tunnel is then another server. */
export async function openTunnel(targetPort: () => number): Promise<Tunnel> {
  const open: Socket[] = [];
  let made = 0;
  const server = net.createServer((near) => {
    made += 1;
    open.push(near);
    const far = net.connect(targetPort(), '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    far.once('close', () => near.destroy());
    near.once('close', () => {
      far.destroy();
      open.splice(open.indexOf(near), 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open,
    get made() {
      return made;
    },
    close: async () => {
      for (const socket of Array.from(open)) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
