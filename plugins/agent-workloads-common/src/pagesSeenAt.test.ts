import { pagesSeenAt } from './pagesSeenAt';

describe('when the pages of a run were seen', () => {
  const createdAt = '2026-11-19T08:00:00Z';
  const finishedAt = '2026-11-19T09:00:00Z';

  it('is the visit, its own or that of another run, however late it ended', () => {
    const seenAt = '2026-11-16T08:00:00Z';
    expect(pagesSeenAt({ createdAt, finishedAt, seenAt })).toBe(seenAt);
  });

  it('is taken to be its end where no visit is known, and its beginning while it goes on', () => {
    expect(pagesSeenAt({ createdAt, finishedAt })).toBe(finishedAt);
    expect(pagesSeenAt({ createdAt })).toBe(createdAt);
  });
});
