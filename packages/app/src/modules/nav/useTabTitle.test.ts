import { named, tabTitle } from './useTabTitle';

describe('the tab of the browser', () => {
  it.each([
    ['/', 'Home | Portal'],
    ['/catalog', 'Catalog | Portal'],
    ['/catalog/', 'Catalog | Portal'],
    ['/create', 'Create | Portal'],
    ['/settings/feature-flags', 'Settings | Portal'],
    ['/notifications', 'Notifications | Portal'],
    ['/search', 'Search | Portal'],
  ])('names %s: %s', (path, title) => {
    expect(tabTitle(path, 'Portal')).toBe(title);
  });

  it.each([
    '/catalog/default/component/tidepool',
    '/agent-workloads/runs',
    '/create/templates/default/competitor-scrape',
  ])('is left to %s, which names itself', path => {
    expect(tabTitle(path, 'Portal')).toBeUndefined();
  });

  it('is named where it is the name of the app, and keeps what is counted', () => {
    const name = (current: string) => named(current, 'Home | Portal', 'Portal');
    expect(name('Portal')).toBe('Home | Portal');
    expect(name('(3) Portal')).toBe('(3) Home | Portal');
    expect(name('(3) Home | Portal')).toBe('(3) Home | Portal');
    expect(name('Gate waits: pricing')).toBe('Gate waits: pricing');
  });
});
