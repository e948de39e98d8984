import { useEffect, useState } from 'react';
import { UserIdentity } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useApiHolder,
  type ApiHolder,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Card, CardBody, Flex, Link, Text } from '@backstage/ui';
import { rememberedProvider, rememberProvider } from './rememberedProvider';
import { providerProblem } from './providerProblem';
import type { SignInProvider } from './providers';
import styles from './DemoSignInPage.module.css';

type Way = 'as before' | 'in a window';
type AuthApi = SignInProvider['apiRef']['T'];

/** Signing out must forget the provider, or the next page load goes on with it. */
const forgettingOnSignOut = (api: AuthApi) => ({
  getBackstageIdentity: api.getBackstageIdentity.bind(api),
  getProfile: api.getProfile.bind(api),
  sessionState$: api.sessionState$.bind(api),
  signIn: api.signIn.bind(api),
  signOut: async () => {
    rememberProvider(undefined);
    await api.signOut();
  },
});

/** @returns nothing where nobody is signed in and nobody is asked */
async function signInWith(
  { id, title, apiRef }: SignInProvider,
  apis: ApiHolder,
  way: Way,
): Promise<IdentityApi | undefined> {
  const authApi = apis.get(apiRef);
  if (!authApi) throw new Error(`This portal has no sign-in with ${title}.`);
  const answer = await authApi.getBackstageIdentity(
    way === 'as before' ? { optional: true } : { instantPopup: true },
  );
  if (!answer) {
    if (way === 'as before') return undefined;
    throw new Error(
      `${title} let you in, but the portal was told no name to go by: auth.providers.${id} lacks signIn.resolvers.`,
    );
  }
  rememberProvider(id);
  return UserIdentity.create({
    identity: answer.identity,
    profile: await authApi.getProfile(),
    authApi: forgettingOnSignOut(authApi),
  });
}

function ProviderCard(props: {
  provider: SignInProvider;
  organization: string;
  isBusy: boolean;
  onChoose: () => void;
}) {
  const { provider, organization } = props;
  return (
    <Card>
      <CardBody>
        <Flex justify="between" align="center" gap="4">
          <Flex direction="column" gap="1">
            <Text as="h2" variant="title-small" weight="bold">
              {provider.title}
            </Text>
            <Text color="secondary">
              {provider.explanation} {organization}.
            </Text>
          </Flex>
          <Button
            onPress={props.onChoose}
            isDisabled={props.isBusy}
            aria-label={`Sign in with ${provider.title}`}
          >
            Sign in
          </Button>
        </Flex>
      </CardBody>
    </Card>
  );
}

/** What stands where nobody can be offered anything. */
function NoProvider() {
  return (
    <Alert
      status="warning"
      icon
      title="Nobody can sign in here yet"
      description="The portal’s configuration names no provider under auth.providers, or none with the section that auth.environment names. Whoever runs this portal finds how in docs/portal-on-a-cluster.md; the log of its backend says what is missing."
    />
  );
}

/** The session of before, where there is one: without asking, and without a word when there is none. */
function useSessionOfBefore(
  providers: readonly SignInProvider[],
  onSignInSuccess: SignInPageProps['onSignInSuccess'],
): boolean {
  const apis = useApiHolder();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const last = rememberedProvider();
    const before =
      providers.length === 1
        ? providers[0]
        : providers.find(({ id }) => id === last);
    const ask = async () => {
      const identity =
        before &&
        (await signInWith(before, apis, 'as before').catch(() => undefined));
      if (identity) {
        onSignInSuccess(identity);
      } else {
        setAsked(true);
      }
    };
    void ask();
    // Once, when the page opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return asked;
}

/** Sign-in with what the configuration has: one button a provider. */
export function ProviderSignInPage(
  props: SignInPageProps & {
    providers: readonly SignInProvider[];
    /** Where there are demo people beside the providers. */
    onDemo?: () => void;
  },
) {
  const { providers, onDemo, onSignInSuccess } = props;
  const apis = useApiHolder();
  const config = useApi(configApiRef);
  const asked = useSessionOfBefore(providers, onSignInSuccess);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(
    () => new URLSearchParams(window.location.search).get('error') ?? undefined,
  );
  if (!asked) return null;

  const choose = async (provider: SignInProvider) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const identity = await signInWith(provider, apis, 'in a window');
      if (identity) onSignInSuccess(identity);
    } catch (error) {
      setProblem(providerProblem(provider.title, error));
    } finally {
      setBusy(false);
    }
  };
  const help = config.getOptionalString('app.support.url');
  return (
    <main className={styles.page}>
      <Flex direction="column" gap="5" className={styles.panel}>
        <Text as="h1" variant="title-large" weight="bold">
          {config.getOptionalString('app.title') ?? 'Agent Workloads'}
        </Text>
        {problem && (
          <Alert
            status="danger"
            icon
            title="You are not signed in"
            description={problem}
          />
        )}
        {providers.length === 0 && !onDemo && <NoProvider />}
        {providers.map(one => (
          <ProviderCard
            key={one.id}
            provider={one}
            organization={
              config.getOptionalString('organization.name') ?? 'your company'
            }
            isBusy={busy}
            onChoose={() => void choose(one)}
          />
        ))}
        {onDemo && (
          <Button variant="secondary" onPress={onDemo}>
            Sign in as one of the demo people
          </Button>
        )}
        {help && (
          <Text variant="body-small" color="secondary">
            Something does not work? <Link href={help}>Ask for help</Link>.
          </Text>
        )}
      </Flex>
    </main>
  );
}
