import type { IncomingMessage, ServerResponse } from 'node:http';
import { startSite, type TestSite } from '../../test/support/site';
import type { Answer } from './mutation';
import type { Pair } from './pairs';

/** One site on loopback that is in its first version for some runs and in its second for others. */

export interface PairSite extends TestSite {
  /** What a run gets, by the path that is asked for. @returns the run's contact, by which the site knows it */
  serve(pairs: readonly Pair[], version: 'before' | 'after'): string;
}

const WELCOME =
  '<!doctype html><html><head><title>Siskin</title></head><body><h1>Siskin</h1><p>Kettlebeck, Fennmark, Tamrik and Quillo work with us, and so do Ostrell and Mavora.</p></body></html>';

interface Visits {
  answers: readonly Answer[];
  /** How often the page was asked for. */
  times: number;
}

function send(response: ServerResponse, { status, location, body }: Answer) {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      ...(location && { location: encodeURI(location) }),
    })
    .end(location ? '' : body);
}

/** The page itself; where it leads elsewhere, what stands there. */
function answerTo(path: string, pages: ReadonlyMap<string, Visits>): Answer {
  if (path === '/welcome') return { status: 200, body: WELCOME };
  const page = pages.get(path);
  if (page) {
    const at = Math.min(page.times, page.answers.length - 1);
    page.times += 1;
    return page.answers[at];
  }
  const led = [...pages.values()]
    .flatMap(({ answers }) => answers)
    .find(({ location }) => location === path);
  return led
    ? { status: 200, body: led.body }
    : { status: 404, body: '<h1>404</h1>' };
}

export async function startPairSite(): Promise<PairSite> {
  const runs: Map<string, Visits>[] = [];
  const site = await startSite(
    (request: IncomingMessage, response: ServerResponse) => {
      const path = decodeURI((request.url ?? '/').split('?')[0]);
      const run = /\/runs\/(\d+)/.exec(request.headers['user-agent'] ?? '');
      const pages = run && runs[Number(run[1])];
      if (!pages || /^\/(?:robots\.txt|favicon\.ico)$/.test(path))
        return void response.writeHead(404).end();
      send(response, answerTo(path, pages));
    },
  );
  return {
    ...site,
    serve(pairs, version) {
      runs.push(
        new Map(
          pairs.map(({ path, before, after }) => [
            path,
            {
              answers:
                version === 'after' ? after : [{ status: 200, body: before }],
              times: 0,
            },
          ]),
        ),
      );
      return `https://pairs.example/runs/${runs.length - 1}`;
    },
  };
}
