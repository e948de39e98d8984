import {
  githubAuthenticator,
  githubSignInResolvers,
} from '@backstage/plugin-auth-backend-module-github-provider';
import { commonSignInResolvers } from '@backstage/plugin-auth-node';
import type { Provider } from './providers';
import { providerModule } from './signInProvider';

export const github: Provider = {
  authenticator: githubAuthenticator,
  resolvers: { ...commonSignInResolvers, ...githubSignInResolvers },
};

export default providerModule('github', github);
