import { pagesSeenAt } from './pagesSeenAt';

describe('when the pages of a run were seen', () => {
  const createdAt = '2026-11-19T08:00:00Z';
  const finishedAt = '2026-11-19T09:00:00Z';

  it('is the visit of another run where it used the pages of that', () => {
    const reused = { run: 'monday', seenAt: '2026-11-16T08:00:00Z' };
    expect(pagesSeenAt({ createdAt, finishedAt, reused })).toBe(reused.seenAt);
  });

  it('is taken to be its own end, and its beginning while it goes on', () => {
    expect(pagesSeenAt({ createdAt, finishedAt })).toBe(finishedAt);
    expect(pagesSeenAt({ createdAt })).toBe(createdAt);
  });
});
