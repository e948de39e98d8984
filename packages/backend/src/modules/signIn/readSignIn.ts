import type { Config } from '@backstage/config';
import { PROVIDERS, type KnownProvider, type ProviderName } from './providers';

const DEMO = 'demo';
/** `auth.environment` where nothing is said, as Backstage's frontend has it. */
const DEFAULT_ENVIRONMENT = 'development';
const SECRET_LENGTH = 32;

export interface SignInCheck {
  /** Sentences; with one of them the portal must not start. */
  problems: string[];
  /** Sentences for the log. */
  warnings: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

const knownProvider = (name: string): KnownProvider | undefined =>
  Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name as ProviderName] : undefined;

/** Of one entry of `signIn.resolvers`. */
function* resolverProblems(
  path: string,
  { resolvers }: KnownProvider,
  entry: unknown,
): Generator<string> {
  const { resolver, allowedDomains } = isObject(entry) ? entry : {};
  if (!isText(resolver) || !resolvers.includes(resolver)) {
    yield `${path} has ${
      isText(resolver) ? `"${resolver}"` : 'an entry without a "resolver"'
    }; there are: ${resolvers.join(', ')}.`;
  }
  const domains = Array.isArray(allowedDomains) ? allowedDomains : [];
  if (
    resolver === 'emailLocalPartMatchingUserEntityName' &&
    domains.length === 0
  ) {
    yield `${path}: emailLocalPartMatchingUserEntityName needs allowedDomains; without it alice@anywhere.example signs in as alice.`;
  }
}

function* sectionProblems(
  path: string,
  known: KnownProvider,
  section: unknown,
): Generator<string> {
  if (!isObject(section)) {
    yield `${path} is no section with keys such as clientId.`;
    return;
  }
  for (const key of known.required) {
    if (!isText(section[key])) {
      yield `${path}.${key} is missing. An environment variable that is not set counts as missing.`;
    }
  }
  const { resolvers } = isObject(section.signIn) ? section.signIn : {};
  if (!Array.isArray(resolvers) || resolvers.length === 0) {
    yield `${path}.signIn.resolvers is missing, so nobody could be found in the catalog. Usual is: [{ resolver: ${known.proposed} }].`;
    return;
  }
  for (const entry of resolvers) {
    yield* resolverProblems(`${path}.signIn.resolvers`, known, entry);
  }
}

function* providerProblems(
  name: string,
  value: unknown,
  environment: string,
): Generator<string> {
  const path = `auth.providers.${name}`;
  const known = knownProvider(name);
  if (!known) {
    yield `${path} is not in this portal. It has: ${Object.keys(PROVIDERS).join(
      ', ',
    )}.`;
    return;
  }
  const sections = isObject(value) ? value : {};
  if (!isObject(sections[environment])) {
    const there = Object.keys(sections);
    yield `${path} has no section "${environment}", which auth.environment names; it has ${
      there.length > 0 ? there.map(one => `"${one}"`).join(', ') : 'none'
    }.`;
  }
  for (const [section, content] of Object.entries(sections)) {
    yield* sectionProblems(`${path}.${section}`, known, content);
  }
}

function* sessionProblems(config: Config): Generator<string> {
  const secret = config.getOptional('auth.session.secret');
  if (!isText(secret)) {
    yield 'auth.providers.oidc needs auth.session.secret, the same for all replicas: `openssl rand -base64 32` makes one.';
  } else if (secret.length < SECRET_LENGTH) {
    yield `auth.session.secret has ${secret.length} characters; it takes at least ${SECRET_LENGTH}: \`openssl rand -base64 32\` makes one.`;
  }
}

/** What is wrong with `auth`. */
export function readSignIn(
  config: Config,
  nodeEnv: string | undefined,
): SignInCheck {
  const value = config.getOptional('auth.providers');
  const entries = Object.entries(isObject(value) ? value : {});
  const environment =
    config.getOptionalString('auth.environment') ?? DEFAULT_ENVIRONMENT;
  const isDevelopment = nodeEnv === 'development';
  const problems: string[] = [];
  const warnings: string[] = [];
  const providers = entries.map(([name]) => name).filter(name => name !== DEMO);
  if (providers.length < entries.length && !isDevelopment) {
    problems.push(
      'auth.providers.demo lets anyone be anyone, so it is there with NODE_ENV=development only: take it out.',
    );
  }
  for (const [name, section] of entries) {
    if (name !== DEMO) {
      problems.push(...providerProblems(name, section, environment));
    }
  }
  if (providers.includes('oidc')) problems.push(...sessionProblems(config));
  if (entries.length === 0) {
    warnings.push(
      `Nobody can sign in: auth.providers names no provider. This portal has: ${Object.keys(
        PROVIDERS,
      ).join(', ')}.`,
    );
  }
  const url = config.getOptionalString('backend.baseUrl') ?? '';
  const isHere = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url);
  if (!isDevelopment && url.startsWith('http:') && !isHere) {
    warnings.push(
      `backend.baseUrl is ${url}: without https browsers keep the pages from working, and whoever is on the way can take the cookie that keeps people signed in.`,
    );
  }
  return { problems, warnings };
}
