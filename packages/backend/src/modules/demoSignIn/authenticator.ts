import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The header in which the sign-in page says who was picked. */
export const DEMO_USER_HEADER = 'x-demo-user';

/** One who asks and one who approves: enough to try four eyes. */
export const DEMO_PEOPLE: Record<string, { displayName: string }> = {
  bob: { displayName: 'Bob (asks)' },
  alice: { displayName: 'Alice (approves)' },
};

export interface DemoResult {
  name: string;
  displayName: string;
}

export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (result: DemoResult) => ({
    profile: { displayName: result.displayName },
  }),
  initialize() {},
  async authenticate({ req }) {
    const name = req.header(DEMO_USER_HEADER) ?? '';
    if (!Object.hasOwn(DEMO_PEOPLE, name)) {
      throw new AuthenticationError(
        `Send the header ${DEMO_USER_HEADER} with one of: ${Object.keys(
          DEMO_PEOPLE,
        ).join(', ')}`,
      );
    }
    return { result: { name, displayName: DEMO_PEOPLE[name].displayName } };
  },
});
