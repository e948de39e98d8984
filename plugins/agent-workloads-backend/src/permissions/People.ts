import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  IdentityMapper,
  ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { LRUCache } from 'lru-cache';
import { sideBySide } from '../sideBySide';
import type { ClusterRights, Place } from './ClusterRights';
import type { WorkloadReader } from './resource';

/** A page that is open is read again at each change, so who has not read for so long has none. */
const READER_MS = 12 * 60 * 60 * 1000;

/** Who reads in the portal: their names in the clusters, and whom to tell of a change. */
export class People {
  private readonly readers = new LRUCache<
    string,
    { person: ImpersonatedPerson; groupRefs: string[] }
  >({ max: 2_000, ttl: READER_MS });

  constructor(
    private readonly identity: IdentityMapper,
    private readonly userInfo: UserInfoService,
    private readonly rights: ClusterRights,
  ) {}

  /**
   * The caller's name in the clusters, from the verified credentials and from nothing else.
   * @throws InputError for somebody who can't have one
   */
  async person(credentials: BackstageCredentials): Promise<ImpersonatedPerson> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.userInfo.getUserInfo(credentials);
    const person = this.identity.person(userEntityRef, ownershipEntityRefs);
    const groupRefs = this.identity.mappedRefs(ownershipEntityRefs);
    this.readers.set(userEntityRef, { person, groupRefs });
    return person;
  }

  /** Those who have read here lately and may read in this place now, with the groups that they had then. */
  async readersOf(place: Place): Promise<WorkloadReader[]> {
    const found = await sideBySide(
      [...this.readers.entries()],
      async ([userRef, { person, groupRefs }]) => {
        const readable = await this.rights.readable(person, [place]);
        return readable.has(place) ? [{ userRef, groupRefs }] : [];
      },
    );
    return found.flat();
  }
}
