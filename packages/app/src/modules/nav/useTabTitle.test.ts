import { named } from './useTabTitle';
import { pageAt } from './words';

describe('the tab of the browser', () => {
  it.each([
    ['/', 'home'],
    ['/home', 'home'],
    ['/catalog', 'catalog'],
    ['/catalog/', 'catalog'],
    ['/create', 'create'],
    ['/settings/feature-flags', 'settings'],
    ['/notifications', 'notifications'],
    ['/search', 'search'],
  ])('names %s: %s', (path, page) => {
    expect(pageAt(path)).toBe(page);
  });

  it.each([
    '/catalog/default/component/tidepool',
    '/agent-workloads/runs',
    '/create/templates/default/competitor-scrape',
  ])('is left to %s, which names itself', path => {
    expect(pageAt(path)).toBeUndefined();
  });

  it('is named where it is the name of the app, and keeps what is counted', () => {
    const name = (current: string) => named(current, 'Home | Portal', 'Portal');
    expect(name('Portal')).toBe('Home | Portal');
    expect(name('(3) Portal')).toBe('(3) Home | Portal');
    expect(name('(3) Home | Portal')).toBe('(3) Home | Portal');
    expect(name('Gate waits: pricing')).toBe('Gate waits: pricing');
  });
});
