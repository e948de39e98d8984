import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
} from '@backstage/backend-plugin-api';

type Told = NonNullable<Parameters<AuditorServiceEvent['success']>[0]>['meta'];

/**
 * Does something under an audit event, which tells how it ended.
 *
 * @param tell what the event tells of the result
 * @throws what `act` throws, once the event has told it
 */
export async function audited<T>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions,
  act: () => Promise<T>,
  tell: (result: T) => Told = () => undefined,
): Promise<T> {
  const event = await auditor.createEvent(options);
  let result: T;
  try {
    result = await act();
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
  await event.success({ meta: tell(result) });
  return result;
}
