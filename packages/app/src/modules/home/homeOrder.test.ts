import { homeOrder } from './homeOrder';

const NEW = { hasDemo: true, isUsed: false, mayDecide: false };
const USED = { ...NEW, isUsed: true };

describe('the order of the home page', () => {
  it.each([
    ['begins with the demo for a newcomer', NEW, 'Demo | Watch | Gates Runs'],
    [
      'has the demo last once there are runs',
      USED,
      '| Watch | Gates Runs Demo',
    ],
    [
      'begins with what the person must decide',
      { ...USED, mayDecide: true },
      'Gates | Watch | Runs Demo',
    ],
    [
      'has no demo where there is nothing invented',
      { ...NEW, hasDemo: false },
      '| Watch | Gates Runs',
    ],
  ])('%s', (_what, home, order) => {
    const { top, left, right } = homeOrder(home);
    const text = [...top, '|', ...left, '|', ...right].join(' ');
    expect(text.replaceAll('AgentWorkloads', '')).toBe(order);
  });
});
