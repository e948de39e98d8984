import { coreOfName, isCompanyName, nameOfHost } from './company-name';
import type { Fact } from './fact';

/** What one site is, and what the companies of a run are called: the report, its CSV, the feed of changes and the portal all ask here. */

const bare = (host: string): string => host.toLowerCase().replace(/^www\./, '');

/** Whether `host` stands below `parent`: `shop.acme.example` below `acme.example`. A top level such as `localhost` is nobody's site. */
const isBelow = (host: string, parent: string): boolean =>
  parent.includes('.') && host.endsWith(`.${parent}`);

/**
 * The same host, or one is a part of the other: `acme.example` and `www.acme.example`, `shop.acme.example`.
 * @param a host, with its port where it has one
 */
export function isSameSite(a: string, b: string): boolean {
  const [one, other] = [bare(a), bare(b)];
  return one === other || isBelow(one, other) || isBelow(other, one);
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** Each host with the site that it is of: the shortest host among them that it is, or stands below. */
export function sitesOf(hosts: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(hosts)];
  const shortest = [...new Set(all.map(bare))].sort(
    (a, b) => a.length - b.length,
  );
  return new Map(
    all.map(host => {
      const own = bare(host);
      const site = shortest.find(each => own === each || isBelow(own, each));
      return [host, site ?? own];
    }),
  );
}

/** A company of a run. */
export interface CompanyOfRun {
  /** Its site: without "www.", with the port where there is one. */
  host: string;
  /** As its pages say, else its host; no two companies of a run are called the same. */
  name: string;
}

interface Named extends CompanyOfRun {
  /** Whether the host says the same as the page. */
  sure: boolean;
}

const letters = (text: string) => coreOfName(text).replaceAll(' ', '');

function ownName(facts: readonly Fact[], host: string): Named {
  const said = facts
    .find(fact => fact.kind === 'headline')
    ?.subject.replace(/\s+/g, ' ')
    .trim();
  if (!said || !isCompanyName(said, host))
    return { host, name: host, sure: true };
  return {
    host,
    name: said,
    sure: letters(said) === letters(nameOfHost(host)),
  };
}

/** Whose a name is: by its words without the legal form, the hosts of the companies that are called so. */
type Owners = ReadonlyMap<string, ReadonlySet<string>>;

function ownersOf(
  companies: readonly Named[],
  calledBy: (company: Named) => string,
): Owners {
  const owners = new Map<string, Set<string>>();
  for (const company of companies) {
    const core = coreOfName(calledBy(company));
    const known = owners.get(core);
    if (known) known.add(company.host);
    else owners.set(core, new Set([company.host]));
  }
  return owners;
}

/** Each row of words that stands in a name: names have six words at most. */
function rowsOfWords(core: string): string[] {
  const words = core.split(' ');
  return words.flatMap((_, from) =>
    words
      .slice(from)
      .map((__, more) => words.slice(from, from + more + 1).join(' ')),
  );
}

/** A page may call itself by the name of another company of the run; then its host says who it is. */
function isAnothers({ name, host, sure }: Named, told: Owners, hosts: Owners) {
  if (sure) return false;
  const core = coreOfName(name);
  const isOthers = (owners: Owners, words: string) =>
    [...(owners.get(words) ?? [])].some(owner => owner !== host);
  return (
    isOthers(hosts, core) ||
    rowsOfWords(core).some(words => words !== core && isOthers(told, words))
  );
}

/** What is called alike is told apart by its host. */
function toldApart(companies: readonly Named[]): CompanyOfRun[] {
  const told = ownersOf(companies, ({ name }) => name);
  const hosts = ownersOf(companies, ({ host }) => nameOfHost(host));
  const own = companies.map(one =>
    isAnothers(one, told, hosts) ? { ...one, name: one.host } : one,
  );
  const alike = ownersOf(own, ({ name }) => name);
  return own.map(({ host, name }) => ({
    host,
    name:
      name !== host && (alike.get(coreOfName(name))?.size ?? 0) > 1
        ? `${name} (${host})`
        : name,
  }));
}

/**
 * Whose each page of a run is.
 * @param urls of all pages of the run: what is not among them is a company of its own
 * @param facts of these pages; a page says what its company is called in the subject of its headline
 */
export function companiesOf(
  urls: readonly string[],
  facts: readonly Fact[],
): (url: string) => CompanyOfRun {
  const sites = sitesOf(urls.map(hostOf));
  const bySite = new Map<string, Fact[]>(
    [...sites.values()].map(site => [site, []]),
  );
  for (const fact of facts) {
    const site = sites.get(hostOf(fact.url));
    if (site !== undefined) bySite.get(site)?.push(fact);
  }
  const companies = new Map(
    toldApart([...bySite].map(([site, own]) => ownName(own, site))).map(
      company => [company.host, company],
    ),
  );
  return url => {
    const host = hostOf(url);
    const site = sites.get(host) ?? bare(host);
    return companies.get(site) ?? { host: site, name: site };
  };
}
