import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';

/**
 * People and groups of a directory, each module only where `catalog.providers` has it: some bring whole SDKs, which
 * take memory and time at the start.
 */
export const peopleLoader = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    const has = (name: string) => config.has(`catalog.providers.${name}`);
    if (has('githubOrg')) {
      yield import('@backstage/plugin-catalog-backend-module-github-org');
    }
    if (has('microsoftGraphOrg')) {
      yield import('@backstage/plugin-catalog-backend-module-msgraph');
    }
    if (has('ldapOrg')) {
      yield import('@backstage/plugin-catalog-backend-module-ldap');
    }
  },
});
