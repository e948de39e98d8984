import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// The plugins come by themselves: `app.packages: all` in app-config.yaml.
const app = createApp({ features: [navModule, signInModule] });

export default app.createRoot();
