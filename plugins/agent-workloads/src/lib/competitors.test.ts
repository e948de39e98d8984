import {
  COMPETITORS_ANNOTATION,
  competitorPages,
  isCompetitorReportAvailable,
} from './competitors';

const entity = (annotation?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'x',
    ...(annotation === undefined
      ? {}
      : { annotations: { [COMPETITORS_ANNOTATION]: annotation } }),
  },
});

describe('the annotation of an entity that has competitors', () => {
  it('decides whether there is a report', () => {
    expect(isCompetitorReportAvailable(entity('https://a.example'))).toBe(true);
    expect(isCompetitorReportAvailable(entity(''))).toBe(false);
    expect(isCompetitorReportAvailable(entity())).toBe(false);
  });

  it.each([
    ['https://a.example/pricing', ['https://a.example/pricing']],
    [
      'https://a.example, https://b.example',
      ['https://a.example', 'https://b.example'],
    ],
    [
      '\n  https://a.example\n  https://b.example,\n',
      ['https://a.example', 'https://b.example'],
    ],
    ['https://a.example https://a.example/', ['https://a.example']],
    [
      'ftp://a.example a.example https://b.example/x,1',
      ['https://a.example', 'https://b.example/x,1'],
    ],
    ['https://me:secret@a.example', []],
    ['', []],
  ])('%j names %j', (annotation, pages) => {
    expect(competitorPages(entity(annotation))).toEqual(pages);
  });
});
