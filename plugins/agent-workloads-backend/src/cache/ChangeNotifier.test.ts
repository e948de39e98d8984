import { mockServices } from '@backstage/backend-test-utils';
import { ChangeNotifier } from './ChangeNotifier';

const ref = (name: string) => ({ cluster: 'c', namespace: 'n', name });

describe('ChangeNotifier', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function setUp(publish: (signal: any) => Promise<void>) {
    const logger = mockServices.logger.mock();
    const readersOf = async ({ name }: { name: string }) =>
      name === 'nobodys' ? [] : ['user:default/bob'];
    const notifier = new ChangeNotifier({ publish }, logger, readersOf, 300);
    return { notifier, logger };
  }

  it('gathers the changes of a moment to one notice a run, with nothing but its address', async () => {
    const sent: { message: object }[] = [];
    const { notifier } = setUp(async signal => void sent.push(signal));
    notifier.notify({ ...ref('a'), objective: 'secret' } as never);
    notifier.notify(ref('b'));
    notifier.notify(ref('a'));
    await jest.advanceTimersByTimeAsync(299);
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent.map(one => one.message)).toEqual([ref('a'), ref('b')]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(sent).toHaveLength(2);
    notifier.notify(ref('a'));
    await jest.advanceTimersByTimeAsync(300);
    expect(sent).toHaveLength(3);
  });

  it('tells those who may read the run, and sends nothing where nobody may', async () => {
    const sent: { recipients: object }[] = [];
    const { notifier } = setUp(async signal => void sent.push(signal));
    notifier.notify(ref('nobodys'));
    notifier.notify(ref('a'));
    await jest.advanceTimersByTimeAsync(300);
    expect(sent.map(one => one.recipients)).toEqual([
      { type: 'user', entityRef: ['user:default/bob'] },
    ]);
  });

  it('goes on when a notice can not be sent, and sends none once stopped', async () => {
    const { notifier, logger } = setUp(() =>
      Promise.reject(new Error('no events')),
    );
    notifier.notify(ref('a'));
    await jest.advanceTimersByTimeAsync(300);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    notifier.notify(ref('a'));
    notifier.stop();
    await jest.advanceTimersByTimeAsync(1000);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
