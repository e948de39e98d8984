import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  configApiRef,
  githubAuthApiRef,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import { oidcAuthApiRef } from './oidcAuth';
import { SignInPage } from './SignInPage';

const alice = {
  token: 'a-token',
  identity: {
    type: 'user' as const,
    userEntityRef: 'user:default/alice',
    ownershipEntityRefs: ['user:default/alice'],
  },
};

/** Somebody who is signed in at the provider, or not yet, or never. */
function account(options: { before?: boolean; refusal?: Error } = {}) {
  const asked: string[] = [];
  return {
    asked,
    api: {
      async getBackstageIdentity(how: { optional?: boolean }) {
        asked.push(how.optional ? 'as before' : 'in a window');
        if (how.optional) return options.before ? alice : undefined;
        if (options.refusal) throw options.refusal;
        return alice;
      },
      getProfile: async () => ({ displayName: 'Alice' }),
      sessionState$: () => ({ subscribe: () => ({}) }),
      signIn: async () => {},
      signOut: async () => {
        asked.push('to end it');
      },
    } as never,
  };
}

async function open(
  auth: object,
  oidc = account(),
  onSignInSuccess: (identity: IdentityApi) => void = () => {},
) {
  // As a page load: what was there before is gone.
  cleanup();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          configApiRef,
          mockApis.config({
            data: {
              app: { title: 'Intelligence' },
              organization: { name: 'ACME' },
              auth: { environment: 'production', ...auth },
            },
          }),
        ],
        [oidcAuthApiRef, oidc.api],
        [githubAuthApiRef, account().api],
      ]}
    >
      <SignInPage onSignInSuccess={onSignInSuccess} />
    </TestApiProvider>,
  );
}

const both = { oidc: { production: {} }, github: { production: {} } };
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('the sign-in page', () => {
  beforeEach(() => window.localStorage.clear());

  it('says why nobody can sign in where nothing is configured', async () => {
    await open({});
    expect(
      await screen.findByText('Nobody can sign in here yet'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('offers each provider that is configured, and no demo', async () => {
    await open({ providers: both });
    const names = (await screen.findAllByRole('button')).map(button =>
      button.getAttribute('aria-label'),
    );
    expect(names).toEqual([
      'Sign in with Single sign-on',
      'Sign in with GitHub',
    ]);
    expect(screen.getByText('With your account at ACME.')).toBeInTheDocument();
  });

  it('has the demo people beside a provider where both are there', async () => {
    await open({ providers: { ...both, demo: {} } });
    await press('Sign in as one of the demo people');
    expect(
      await screen.findByRole('button', { name: 'Sign in as Bob, who asks' }),
    ).toBeInTheDocument();
  });

  it('signs in, is signed in after the next load, and forgets it at the end', async () => {
    const identities: IdentityApi[] = [];
    const oidc = account();
    await open({ providers: both }, oidc, one => identities.push(one));
    await press('Sign in with Single sign-on');
    await waitFor(() => expect(identities).toHaveLength(1));
    expect(await identities[0].getBackstageIdentity()).toEqual(alice.identity);

    const later = account({ before: true });
    await open({ providers: both }, later, one => identities.push(one));
    await waitFor(() => expect(identities).toHaveLength(2));
    expect(later.asked).toEqual(['as before']);

    await identities[1].signOut();
    expect(later.asked).toContain('to end it');
    const next = account({ before: true });
    await open({ providers: both }, next, one => identities.push(one));
    await screen.findByRole('button', { name: 'Sign in with GitHub' });
    expect(next.asked).toEqual([]);
  });

  it('says in plain words why somebody was refused, and lets them try again', async () => {
    const sentence = 'OpenID Connect knows you as erin@example.com, but …';
    await open({ providers: both }, account({ refusal: new Error(sentence) }));
    await press('Sign in with Single sign-on');
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sign in with Single sign-on' }),
    ).toBeEnabled();
  });
});
