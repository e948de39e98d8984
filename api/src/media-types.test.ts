import { describe, expect, it } from '@jest/globals';
import { PAGE_FILES } from './artifacts';
import {
  artifactMediaType,
  mediaTypeOf,
  UNKNOWN_MEDIA_TYPE,
} from './media-types';
import { ARTIFACTS, DOWNLOADS } from './steps';

describe('the type of what a run keeps', () => {
  it.each(Object.values(ARTIFACTS))('is known of the artifact %s', name => {
    expect(artifactMediaType(name)).toMatch(/^(text|application\/json)/);
  });

  it.each(DOWNLOADS.map(({ artifact, extension }) => [artifact, extension]))(
    'is the same for the download %s as for a file .%s',
    (artifact, extension) => {
      expect(artifactMediaType(artifact)).toBe(mediaTypeOf(`x.${extension}`));
    },
  );

  it('of the prices is CSV', () => {
    expect(artifactMediaType('prices-csv')).toBe('text/csv; charset=utf-8');
  });

  it.each([...Object.values(PAGE_FILES), 'tile-1.png', 'tile-1.jpg'])(
    'is known of the file %s',
    file => {
      expect(mediaTypeOf(`runs/ns/uid/pages/abc/${file}`)).not.toBe(
        UNKNOWN_MEDIA_TYPE,
      );
    },
  );

  it.each(['page.exe', 'html', 'x.toString', 'x.HTML', 'a.html/', ''])(
    'is not guessed of %j',
    file => {
      expect(mediaTypeOf(file)).toBe(UNKNOWN_MEDIA_TYPE);
      expect(artifactMediaType(file)).toBeUndefined();
    },
  );
});
