import { connect, createServer, type Server, type Socket } from 'node:net';

/** When a connection breaks around the next COMMIT that comes by. */
export type Break =
  /** The server never sees the COMMIT. */
  | 'before-commit'
  /** The server commits; its answer is lost. */
  | 'after-commit'
  /** The client is cut off at once, and the COMMIT reaches the server only later, while the client tries again. */
  | 'late-commit';

const LATE_MS = 300;
const LAST = ';\nCOMMIT';

/** A TCP proxy in front of MariaDB that loses connections at the worst moment. */
export class BreakingProxy {
  private pending: Break | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async inFrontOf(databaseUrl: string): Promise<BreakingProxy> {
    const target = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    const through = new URL(databaseUrl);
    through.port = String(address.port);
    const proxy = new BreakingProxy(server, through.href);
    server.on('connection', (client) => proxy.relay(client, Number(target.port), target.hostname));
    return proxy;
  }

  /** Arms the break for the next COMMIT. */
  breakNext(kind: Break): void {
    this.pending = kind;
  }

  /** Whether the armed break has happened. */
  get broken(): boolean {
    return this.pending === undefined;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private relay(client: Socket, port: number, host: string): void {
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
    let silent = false;
    upstream.on('data', (chunk) => {
      if (silent) client.destroy();
      else client.write(chunk);
    });
    client.on('data', (chunk) => {
      // Packet: length (3), sequence (1), command COM_QUERY (3), then the statements, COMMIT by itself or as the last of them.
      const alone = chunk[4] === 3 && chunk.subarray(5).toString('latin1') === 'COMMIT';
      const commits = alone || chunk.subarray(-LAST.length).toString('latin1') === LAST;
      if (!commits || !this.pending) {
        upstream.write(chunk);
        return;
      }
      const kind = this.pending;
      this.pending = undefined;
      if (kind === 'before-commit') {
        client.destroy();
        upstream.destroy();
        return;
      }
      silent = true;
      if (kind === 'after-commit') {
        upstream.write(chunk);
        return;
      }
      client.destroy();
      setTimeout(() => upstream.write(chunk), LATE_MS);
    });
    client.on('close', () => {
      if (!silent) upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  }
}
