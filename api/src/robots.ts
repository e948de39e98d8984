import { ROBOTS_TOKEN } from './visitor';

/** One `Allow` or `Disallow` of a robots.txt that speaks to us. */
interface Rule {
  allow: boolean;
  /** Between its `*`; the first stands at the start of the path. */
  parts: string[];
  /** It ends in `$`: nothing may follow. */
  toEnd: boolean;
  /** Of the pattern in octets: the longest that fits decides. */
  length: number;
  /** Counted from 1. */
  line: number;
}

/** What a robots.txt asks of us. */
export interface RobotsRules {
  /** @returns whether the page may be visited, and by which line; no line where none names the page */
  judge(url: string): { allowed: boolean; line?: number };
  /** `Crawl-delay` in seconds; 0 where it has none. */
  crawlDelay: number;
}

/** `%2f` and `%2F`, "ü" and "%C3%BC" are one: RFC 9309, 2.2.2. */
function normal(path: string): string {
  try {
    return encodeURI(path)
      .replace(/%25/g, '%')
      .replace(/%[0-9a-f]{2}/gi, octet => octet.toUpperCase());
  } catch {
    return path;
  }
}

function toRule(allow: boolean, value: string, line: number): Rule | undefined {
  if (value === '') return undefined;
  const pattern = normal(value);
  const toEnd = pattern.endsWith('$');
  const parts = (toEnd ? pattern.slice(0, -1) : pattern).split(/\*+/);
  return { allow, parts, toEnd, length: pattern.length, line };
}

/** Each part is looked for behind the one before, once: no pattern takes more steps than the path has characters for it. */
function fits({ parts: [start, ...rest], toEnd }: Rule, path: string): boolean {
  if (!path.startsWith(start)) return false;
  const last = toEnd ? rest.pop() : undefined;
  let at = start.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (!toEnd) return true;
  if (last === undefined) return at === path.length;
  return path.length - last.length >= at && path.endsWith(last);
}

interface Group {
  rules: Rule[];
  crawlDelay?: number;
}

const newGroup = (): Group => ({ rules: [] });

/** Who a `User-agent` line names: without version, in small letters. */
const agentOf = (value: string): string =>
  value.split('/')[0].trim().toLowerCase();

/** Groups that name us, as one, and those of everybody. Only these two are kept: other agents and their rules are a site's to write without end. */
function readGroups(body: string): { ours?: Group; all: Group } {
  const all = newGroup();
  let ours: Group | undefined;
  let agents = new Set<string>();
  let inRules = false;
  const lines = body.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [index, text] of lines.entries()) {
    const [, key = '', rest = ''] =
      /^\s*([A-Za-z-]+)\s*:([^#]*)/.exec(text) ?? [];
    const name = key.toLowerCase();
    const value = rest.trim();
    if (name === 'user-agent') {
      if (inRules) agents = new Set();
      inRules = false;
      const agent = agentOf(value);
      if (agent === '*' || agent === ROBOTS_TOKEN.toLowerCase())
        agents.add(agent);
      if (agent === ROBOTS_TOKEN.toLowerCase()) ours ??= newGroup();
      continue;
    }
    if (!/^(?:allow|disallow|crawl-delay)$/.test(name)) continue;
    inRules = true;
    for (const agent of agents)
      add(agent === '*' ? all : ours, name, value, index + 1);
  }
  return { ours, all };
}

function add(
  group: Group | undefined,
  name: string,
  value: string,
  line: number,
): void {
  if (!group) return;
  if (name === 'crawl-delay') {
    const seconds = Number(value);
    if (Number.isFinite(seconds) && seconds > 0) group.crawlDelay ??= seconds;
    return;
  }
  const rule = toRule(name === 'allow', value, line);
  if (rule) group.rules.push(rule);
}

/**
 * Reads a robots.txt by RFC 9309: the groups that name us count, else those of `*`; of the rules that fit a path the longest decides, and
 * `Allow` where two are as long. Takes time and room in proportion to its text, whatever a site writes: parsers that keep each rule for each
 * agent can be made to take all there is.
 *
 * @param body as it came, cut at `ROBOTS_LIMITS.bytes`
 */
export function readRobots(body: string): RobotsRules {
  const { ours, all } = readGroups(body);
  const { rules, crawlDelay = 0 } = ours ?? all;
  const longestFirst = [...rules].sort(
    (a, b) => b.length - a.length || Number(b.allow) - Number(a.allow),
  );
  return {
    crawlDelay,
    judge(url) {
      const { pathname, search } = new URL(url);
      const path = normal(pathname + search);
      const rule = longestFirst.find(one => fits(one, path));
      return rule
        ? { allowed: rule.allow, line: rule.line }
        : { allowed: true };
    },
  };
}
