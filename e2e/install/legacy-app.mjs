// A small app of the legacy frontend system, beside the one that `create-app` makes, with the lines of docs/install-plugins.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const BACKSTAGE = [
  'app-defaults',
  'cli',
  'core-app-api',
  'core-components',
  'core-plugin-api',
  'integration-react',
  'plugin-catalog',
  'plugin-home',
  'plugin-scaffolder',
  'plugin-scaffolder-react',
  'ui',
];

const manifest = ({ release, versions, plugin }) => ({
  name: 'app-legacy',
  version: '0.0.0',
  private: true,
  bundled: true,
  backstage: { role: 'frontend' },
  scripts: { build: 'backstage-cli package build' },
  dependencies: {
    ...Object.fromEntries(
      BACKSTAGE.map(name => `@backstage/${name}`).map(name => [
        name,
        release === 'newest' ? 'latest' : versions(name),
      ]),
    ),
    ...plugin,
    react: '^18.0.2',
    'react-dom': '^18.0.2',
    'react-router': '^6.30.2',
    'react-router-dom': '^6.30.2',
  },
  devDependencies: { '@types/react': '^18', '@types/react-dom': '^18' },
  files: ['dist'],
});

const INDEX = block => `${block('packages/app/src/index.tsx')}
import ReactDOM from 'react-dom/client';
import App from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(<App />);
`;

/** What `create-app` writes for this system. */
const APIS = `import { configApiRef, createApiFactory } from '@backstage/core-plugin-api';
import {
  ScmAuth,
  ScmIntegrationsApi,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';

export const apis = [
  createApiFactory({
    api: scmIntegrationsApiRef,
    deps: { config: configApiRef },
    factory: ({ config }) => ScmIntegrationsApi.fromConfig(config),
  }),
  ScmAuth.createDefaultApiFactory(),
];
`;

const APP = block => `import { Route } from 'react-router-dom';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { SignInPage } from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { HomepageCompositionRoot } from '@backstage/plugin-home';
import { ScaffolderPage, scaffolderPlugin } from '@backstage/plugin-scaffolder';
import { ScaffolderFieldExtensions } from '@backstage/plugin-scaffolder-react';
import { apis } from './apis';
import { entityPage } from './EntityPage';
import { HomePage } from './HomePage';
${block('App.tsx, imports')}
const app = createApp({
  apis,
  components: {
    SignInPage: props => <SignInPage {...props} auto providers={['guest']} />,
  },
  bindRoutes({ bind }) {
    ${block('App.tsx, bindRoutes')}
  },
});

export default app.createRoot(
  <AppRouter>
    <FlatRoutes>
      <Route path="/" element={<HomepageCompositionRoot />}>
        <HomePage />
      </Route>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        {entityPage}
      </Route>
      <Route path="/create" element={<ScaffolderPage />}>
        <ScaffolderFieldExtensions>
          ${block('App.tsx, fields')}
        </ScaffolderFieldExtensions>
      </Route>
      ${block('App.tsx, routes')}
    </FlatRoutes>
  </AppRouter>,
);
`;

const ENTITY_PAGE =
  block => `import { EntityAboutCard, EntityLayout, EntitySwitch } from '@backstage/plugin-catalog';
${block('EntityPage.tsx, imports')}
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <>
        <EntityAboutCard />
        ${block('EntityPage.tsx, card')}
      </>
    </EntityLayout.Route>
    ${block('EntityPage.tsx, tab')}
  </EntityLayout>
);
`;

const HOME_PAGE =
  block => `import { CustomHomepageGrid } from '@backstage/plugin-home';
${block('HomePage.tsx, imports')}
${block('HomePage.tsx, layout')}
export const HomePage = () => (
  ${block('HomePage.tsx, cards')}
);
`;

/**
 * Writes the app into `packages/app-legacy` of the new one.
 *
 * @param folder of the new app
 * @param blocks of the page on installing, by their title
 * @param wanted the `release`, `versions` of its packages by their names, our `plugin` as a dependency
 */
export function addLegacyApp(folder, blocks, wanted) {
  const block = title => {
    const text = blocks.get(title);
    if (!text) throw new Error(`the page has no block "${title}"`);
    return text;
  };
  const files = {
    'package.json': `${JSON.stringify(manifest(wanted), null, 2)}\n`,
    'src/index.tsx': INDEX(block),
    'src/apis.ts': APIS,
    'src/App.tsx': APP(block),
    'src/EntityPage.tsx': ENTITY_PAGE(block),
    'src/HomePage.tsx': HOME_PAGE(block),
    'public/index.html': '<div id="root"></div>\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, 'packages/app-legacy', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
