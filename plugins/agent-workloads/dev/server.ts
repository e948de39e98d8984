/**
 * The built app with an invented backend, to look at the pages without a cluster:
 *
 *     yarn workspace app build
 *     yarn workspace @agentworkloads/backstage-plugin-agent-workloads preview
 *
 * Development only. It believes every token and keeps everything in memory.
 */
import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { extname, join, normalize } from 'node:path';
import { bodyOf, json, token } from './http';
import { agentWorkloads } from './routes';

// Runs bundled, from the folder of the plugin.
const APP = join(process.cwd(), '../../packages/app/dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Where the build wrote the app's configuration, a list of objects of which later ones are merged over. */
const CONFIG = /(<script type="backstage.io\/config">\s*\[)/;
/** The demo's people can sign in, as with `npm start`; the build knows only what production has. */
const DEMO_CONFIG = JSON.stringify({
  context: 'preview',
  data: { auth: { providers: { demo: {} } } },
});

/** Any component: each has competitors and no relations. */
function entityOf(name: string) {
  const words = name.replaceAll('-', ' ');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-of-${name}`,
      title: words[0].toUpperCase() + words.slice(1),
      description: 'Our own page, and what it is measured against.',
      annotations: {
        'agentworkloads.io/competitors': 'https://northpeak.example/pricing',
      },
    },
    spec: { type: 'website', lifecycle: 'production', owner: 'product' },
    relations: [],
  };
}

async function other(req: IncomingMessage, res: ServerResponse, path: string) {
  if (path === '/api/auth/demo/refresh') {
    const name = String(req.headers['x-demo-user']);
    const ref = `user:default/${name}`;
    return json(res, {
      profile: { displayName: name, email: `${name}@example.com` },
      providerInfo: {},
      backstageIdentity: {
        token: token(ref),
        expiresInSeconds: 3600,
        identity: {
          type: 'user',
          userEntityRef: ref,
          ownershipEntityRefs: [ref],
        },
      },
    });
  }
  if (path === '/api/permission/authorize') {
    const { items } = JSON.parse(await bodyOf(req));
    return json(res, {
      items: items.map((item: { id: string }) => ({
        id: item.id,
        result: 'ALLOW',
      })),
    });
  }
  const named = path.match(
    /^\/api\/catalog\/entities\/by-name\/component\/[^/]+\/([^/]+)(\/ancestry)?$/,
  );
  if (named) {
    const entity = entityOf(named[1]);
    const rootEntityRef = `component:default/${named[1]}`;
    const items = [{ entity, parentEntityRefs: [] }];
    return json(res, named[2] ? { rootEntityRef, items } : entity);
  }
  if (path === '/api/catalog/entities/by-refs') {
    const { entityRefs } = JSON.parse(await bodyOf(req));
    return json(res, {
      items: entityRefs.map((ref: string) =>
        ref.startsWith('component:') ? entityOf(ref.split('/')[1]) : null,
      ),
    });
  }
  if (path.startsWith('/api/catalog')) {
    return json(res, {
      items: [],
      totalItems: 0,
      facets: {},
      pageInfo: {},
    });
  }
  return json(res, { error: { name: 'NotFoundError', message: path } }, 404);
}

async function staticFile(res: ServerResponse, path: string, base: string) {
  const name = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const file = extname(name) ? name : '/index.html';
  try {
    let content: string | Buffer = await readFile(join(APP, file));
    if (file === '/index.html') {
      content = content
        .toString()
        .replaceAll('http://localhost:7007', base)
        .replaceAll('http://localhost:3000', base)
        .replace(CONFIG, `$1${DEMO_CONFIG},`);
    }
    res.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    });
    res.end(content);
  } catch {
    res.writeHead(404).end();
  }
}

const server = createServer(async (req, res) => {
  const base = `http://${req.headers.host}`;
  const url = new URL(req.url ?? '/', base);
  const api = url.pathname.match(/^\/api\/agent-workloads(\/.*)$/);
  if (api) {
    await agentWorkloads(req, res, api[1], url.searchParams);
  } else if (url.pathname.startsWith('/api/')) {
    await other(req, res, url.pathname);
  } else {
    await staticFile(res, url.pathname, base);
  }
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') {
    process.stdout.write(`Preview: http://127.0.0.1:${address.port}\n`);
  }
});
