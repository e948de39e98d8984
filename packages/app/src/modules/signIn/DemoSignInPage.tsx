import { useMemo, useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import {
  DEMO_PEOPLE,
  DEMO_PROVIDER,
  DEMO_USER_HEADER,
  rememberedPerson,
  rememberPerson,
  type DemoPerson,
} from './demoPeople';
import { signInProblem } from './signInProblem';
import styles from './DemoSignInPage.module.css';

/** Signing out must forget the choice, or the next load signs the same person in again. */
function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      rememberPerson(undefined);
      await identity.signOut();
    },
  };
}

function SignInFailed(props: {
  person: DemoPerson;
  error?: Error;
  onBack: () => void;
}) {
  return (
    <main className={styles.page}>
      <Flex direction="column" gap="4" className={styles.panel}>
        <Alert
          status="danger"
          icon
          title={`${props.person.name} could not be signed in`}
          description={signInProblem(props.person, props.error)}
        />
        <Flex gap="3">
          <Button onPress={() => window.location.reload()}>Try again</Button>
          <Button variant="secondary" onPress={props.onBack}>
            Choose somebody else
          </Button>
        </Flex>
      </Flex>
    </main>
  );
}

function PersonCard(props: { person: DemoPerson; onChoose: () => void }) {
  const { person } = props;
  return (
    <Card
      onPress={props.onChoose}
      label={`Sign in as ${person.name}, who ${person.role}`}
      className={styles.person}
    >
      <CardBody>
        <Flex gap="4" align="center">
          <span className={styles.avatar} data-person={person.id} aria-hidden>
            {person.name[0]}
          </span>
          <Flex direction="column" gap="1">
            <Text as="h2" variant="title-small" weight="bold">
              {person.name} {person.role}
            </Text>
            <Text color="secondary">{person.explanation}</Text>
          </Flex>
        </Flex>
      </CardBody>
    </Card>
  );
}

/** Sign-in of one machine: two demo people, so that four eyes can be tried. Development only. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Agent Workloads';
  const [person, setPerson] = useState(() => rememberedPerson());
  const ErrorComponent = useMemo(
    () =>
      function Failed({ error }: { error?: Error }) {
        return person ? (
          <SignInFailed
            person={person}
            error={error}
            onBack={() => {
              rememberPerson(undefined);
              setPerson(undefined);
            }}
          />
        ) : null;
      },
    [person],
  );

  if (person) {
    return (
      <ProxiedSignInPage
        provider={DEMO_PROVIDER}
        headers={{ [DEMO_USER_HEADER]: person.id }}
        ErrorComponent={ErrorComponent}
        onSignInSuccess={identity => onSignInSuccess(forgetOnSignOut(identity))}
      />
    );
  }
  return (
    <main className={styles.page}>
      <Flex direction="column" gap="5" className={styles.panel}>
        <Flex direction="column" gap="1">
          <Text as="h1" variant="title-large" weight="bold">
            {title}
          </Text>
          <Text variant="body-large" color="secondary">
            Who are you today? Two people, so that a gate can have four eyes:
            one launches a scrape, the other decides.
          </Text>
        </Flex>
        {DEMO_PEOPLE.map(one => (
          <PersonCard
            key={one.id}
            person={one}
            onChoose={() => {
              rememberPerson(one);
              setPerson(one);
            }}
          />
        ))}
        <Text variant="body-small" color="secondary">
          This sign-in asks for no password and works in development only. Sign
          out under Settings to change.
        </Text>
      </Flex>
    </main>
  );
}
