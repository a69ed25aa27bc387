import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../config/config.js';
import { BACKEND_ROOT } from '../paths.js';
import { noticePage } from './notice-page.js';
import { contentSecurityPolicy } from './security-headers.js';

/** A content hash in the name, as Vite (`index-D3a9x_Qz.js`) and webpack (`app.1a2b3c4d.js`) write it. */
const HASHED = /[.-][\w-]{8,}\.(?:js|css|woff2?|png|jpe?g|svg|webp|ttf)$/;
const YEAR = 31_536_000;

interface Site {
  /** Without a slash at its end: `/m`. */
  readonly prefix: string;
  readonly folder: string;
  readonly name: { readonly zh: string; readonly en: string };
}

const asksForPage = (request: FastifyRequest): boolean => {
  const path = request.url.split('?')[0] ?? '';
  return !/\.\w{1,8}$/.test(path) && ['GET', 'HEAD'].includes(request.method);
};

async function sendPage(reply: FastifyReply, config: AppConfig, site: Site): Promise<FastifyReply> {
  reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8');
  try {
    const html = await readFile(join(site.folder, 'index.html'), 'utf8');
    return reply.header('content-security-policy', contentSecurityPolicy(config, html)).send(html);
  } catch {
    return reply.status(503).send(
      noticePage({
        zh: {
          title: `${site.name.zh}尚未构建`,
          text: '请运行 npm start（或 npm run build），然后刷新此页。',
        },
        en: {
          title: `The ${site.name.en} has not been built`,
          text: 'Run npm start (or npm run build), then reload this page.',
        },
      }),
    );
  }
}

/** A single-page application: its files, and its page for every address that is none of them. */
async function serveSite(server: FastifyInstance, config: AppConfig, site: Site): Promise<void> {
  server.get(site.prefix, (_, reply) => reply.redirect(`${site.prefix}/`, 308));
  await server.register(
    async (scope) => {
      scope.get('/', { prefixTrailingSlash: 'slash' }, (_, reply) => sendPage(reply, config, site));
      // Named apart from the folder's own: nobody may get the page with the headers of a file.
      scope.get('/index.html', (_, reply) => sendPage(reply, config, site));
      await scope.register(staticFiles, {
        root: site.folder,
        prefix: '/',
        index: false,
        decorateReply: false,
        cacheControl: false,
        dotfiles: 'ignore',
        setHeaders: (response, path) => {
          response.header(
            'cache-control',
            HASHED.test(path) ? `public, max-age=${YEAR}, immutable` : 'no-cache',
          );
        },
      });
      scope.setNotFoundHandler(async (request, reply) => {
        if (asksForPage(request)) return sendPage(reply, config, site);
        return reply.status(404).header('cache-control', 'no-cache').type('text/plain').send('Not found\n');
      });
    },
    { prefix: site.prefix },
  );
}

/** The landing page; says of itself whether this is the sandbox. */
async function serveLanding(server: FastifyInstance, config: AppConfig): Promise<void> {
  const folder = join(BACKEND_ROOT, 'assets', 'landing');
  const html = (await readFile(join(folder, 'index.html'), 'utf8')).replace(
    '<html lang="zh-CN">',
    `<html lang="zh-CN" data-sandbox="${config.sandbox}">`,
  );
  server.get('/', (_, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html),
  );
  await server.register(staticFiles, {
    root: folder,
    prefix: '/assets/landing/',
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (response) => {
      response.header('cache-control', 'public, max-age=3600');
    },
  });
  server.get('/favicon.ico', (_, reply) => reply.redirect('/assets/landing/icon.svg', 302));
  server.get('/favicon.svg', (_, reply) => reply.redirect('/assets/landing/icon.svg', 302));
}

/**
 * Everything a browser opens, from the same origin as the API: `/`, `/m/`, `/admin/`.
 * @param root folder that holds `miniapp/dist/h5` and `admin/dist`
 */
export async function serveSites(server: FastifyInstance, config: AppConfig, root: string): Promise<void> {
  await serveLanding(server, config);
  await serveSite(server, config, {
    prefix: '/m',
    folder: join(root, 'miniapp', 'dist', 'h5'),
    name: { zh: '小程序网页版', en: 'mini-program' },
  });
  await serveSite(server, config, {
    prefix: '/admin',
    folder: join(root, 'admin', 'dist'),
    name: { zh: '管理台', en: 'console' },
  });
}
