import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Ends, when the server closes, the connections on which no request has come yet. Node counts them as neither idle nor at work, so a browser that
 * opened one in advance would hold the end up until the deadline.
 */
export function endUnusedConnections(app: FastifyInstance, secure: boolean): void {
  const unused = new Set<Socket>();
  app.server.on(secure ? 'secureConnection' : 'connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy();
  });
}
