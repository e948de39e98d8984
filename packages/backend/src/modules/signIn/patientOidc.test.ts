import { ConfigReader } from '@backstage/config';
import { patientOidc } from './patientOidc';

/** A provider that is away for as many tries as are given. */
function oidc(away: number) {
  const seen = { tries: 0 };
  const inner = {
    defaultProfileTransform: async () => ({ profile: {} }),
    initialize() {
      seen.tries += 1;
      return {
        promise:
          seen.tries > away
            ? Promise.resolve({})
            : Promise.reject(new Error('ECONNREFUSED')),
      };
    },
    async start() {
      return { url: 'https://id.example/auth' };
    },
    async authenticate() {
      throw new Error('not asked here');
    },
    async refresh() {
      throw new Error('not asked here');
    },
  };
  const authenticator = patientOidc(inner as never);
  const context = authenticator.initialize({
    callbackUrl: 'https://portal.example/handler/frame',
    config: new ConfigReader({ metadataUrl: 'https://id.example/metadata' }),
  });
  return { seen, start: () => authenticator.start({} as never, context) };
}

describe('an identity provider', () => {
  it('is asked when somebody signs in, and then known', async () => {
    const { seen, start } = oidc(0);
    expect(seen.tries).toBe(0);
    await start();
    expect(await start()).toEqual({ url: 'https://id.example/auth' });
    expect(seen.tries).toBe(1);
  });

  it('that was away is asked again, and the sentence says who must look', async () => {
    const { start } = oidc(1);
    await expect(start()).rejects.toThrow(
      /can’t be asked now: https:\/\/id\.example\/metadata gave ECONNREFUSED.*auth\.providers\.oidc/,
    );
    expect(await start()).toEqual({ url: 'https://id.example/auth' });
  });
});
