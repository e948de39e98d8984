import { ConfigReader } from '@backstage/config';
import { offerOf } from './providers';

const offered = (auth: object) => {
  const { providers, demo } = offerOf(new ConfigReader({ auth } as never));
  return [...providers.map(({ id }) => id), ...(demo ? ['demo'] : [])];
};

describe('what the sign-in page offers', () => {
  it.each([
    ['nothing where nothing is configured', {}, []],
    ['the demo alone', { providers: { demo: {} } }, ['demo']],
    [
      'what has a section of this environment',
      {
        environment: 'production',
        providers: {
          github: { production: {} },
          oidc: { production: {}, staging: {} },
          google: { staging: {} },
        },
      },
      ['oidc', 'github'],
    ],
    [
      'the sections of development where no environment is named',
      { providers: { microsoft: { development: {} }, oidc: {} } },
      ['microsoft'],
    ],
    ['nothing that the app does not know', { providers: { okta: {} } }, []],
  ])('is %s', (_what, auth, expected) => {
    expect(offered(auth)).toEqual(expected);
  });
});
