import { useState } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignInPage } from './DemoSignInPage';
import { ProviderSignInPage } from './ProviderSignInPage';
import { offerOf } from './providers';

/** Offers exactly the ways to sign in that the configuration has. */
export function SignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const { providers, demo } = offerOf(config);
  const [showsDemo, setShowsDemo] = useState(providers.length === 0 && demo);
  if (showsDemo) return <DemoSignInPage {...props} />;
  return (
    <ProviderSignInPage
      {...props}
      providers={providers}
      onDemo={demo ? () => setShowsDemo(true) : undefined}
    />
  );
}
