import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { translationsModule } from './modules/translations';

// The plugins come by themselves: `app.packages: all` in app-config.yaml.
const app = createApp({
  features: [homeModule, navModule, signInModule, translationsModule],
});

export default app.createRoot();
