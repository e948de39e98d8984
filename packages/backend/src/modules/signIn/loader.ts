import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { checkModule } from './check';

/** Sign-in by configuration alone: the modules of the providers that `auth.providers` names, and no others. */
export const signInLoader = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield checkModule;
    const has = (name: string) => config.has(`auth.providers.${name}`);
    if (has('oidc')) yield import('./oidc');
    if (has('github')) yield import('./github');
    if (has('microsoft')) yield import('./microsoft');
    if (has('google')) yield import('./google');
  },
});
