import {
  googleAuthenticator,
  googleSignInResolvers,
} from '@backstage/plugin-auth-backend-module-google-provider';
import { commonSignInResolvers } from '@backstage/plugin-auth-node';
import type { Provider } from './providers';
import { providerModule } from './signInProvider';

export const google: Provider = {
  authenticator: googleAuthenticator,
  resolvers: { ...commonSignInResolvers, ...googleSignInResolvers },
};

export default providerModule('google', google);
