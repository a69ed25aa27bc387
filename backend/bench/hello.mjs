// A Fastify that only says hello, in a process of its own: what HTTP alone costs on this machine.
import fastify from 'fastify';

const server = fastify();
server.get('/hello', async () => ({ hello: 'world' }));
server.get('/health/live', async () => ({ status: 'ok' }));
await server.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => server.close());
process.send({ port: server.server.address().port });
