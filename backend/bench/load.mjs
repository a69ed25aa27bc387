// Sends requests over so many kept connections, each of which waits for its answer before it sends the next: plain
// sockets, since an HTTP client would need more of the processor than what it measures.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One connection: `send` answers status and body. Bodies come with a Content-Length. */
function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let parts = Buffer.alloc(0);
  let settle = null;
  socket.on('data', (chunk) => {
    parts = parts.length === 0 ? chunk : Buffer.concat([parts, chunk]);
    const end = parts.indexOf(HEAD_END);
    if (end === -1) return;
    const head = parts.latin1Slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const from = end + HEAD_END.length;
    if (parts.length < from + length) return;
    const answer = { status: Number(head.slice(9, 12)), body: parts.utf8Slice(from, from + length) };
    parts = parts.subarray(from + length);
    settle.resolve(answer);
  });
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('the connection was closed')));
  return {
    send: (text) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(text);
      }),
    close: () => {
      settle = null;
      socket.destroy();
    },
  };
}

export const get = (path) => `GET ${path} HTTP/1.1\r\nhost: bench\r\n\r\n`;

/**
 * Sends each text once, `inFlight` at a time.
 * @returns for each its status, body, milliseconds, and the moment of its answer counted from the start
 */
export async function sendAll(port, texts, inFlight) {
  const connections = Array.from({ length: inFlight }, () => open(port));
  // Connections stand before the clock runs, as those of a proxy do: making them is not what is measured.
  await Promise.all(connections.map((connection) => connection.send(get('/health/live'))));
  const answers = new Array(texts.length);
  let next = 0;
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < texts.length) {
        const at = next;
        next += 1;
        const before = performance.now();
        const answer = await connection.send(texts[at]);
        const after = performance.now();
        answers[at] = { ...answer, ms: after - before, at: after - began };
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  return { answers, seconds };
}

export function post(path, headers, body) {
  const json = JSON.stringify(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n${lines.join('')}content-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
};
