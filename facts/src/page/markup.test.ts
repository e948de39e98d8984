import { describe, expect, it } from '@jest/globals';
import { readElementsById, type Element } from './markup';

function path(element: Element | undefined): string {
  const keys: string[] = [];
  for (let at = element; at; at = at.parent) keys.unshift(at.key);
  return keys.join(' > ');
}

describe('what an element with an id stands in', () => {
  it('is told as the collector writes selectors', () => {
    const html =
      '<!DOCTYPE html><html><head></head><body><div></div><div id="plans"><p><b id="x">1</b></p></div></body></html>';
    const byId = readElementsById(html);
    expect(path(byId.get('x'))).toBe(
      'html:nth-of-type(1) > body:nth-of-type(1) > #plans > p:nth-of-type(1) > #x',
    );
  });

  it('is not misled by scripts, comments and quoted brackets', () => {
    const html =
      '<html><body><script>"<div id=a>"</script><!-- <div id="b"> --><div title="a > b <i id=c>" id="d"></div></body></html>';
    expect([...readElementsById(html).keys()]).toEqual(['d']);
  });

  it.each([
    ['unclosed tags', '<div id="a"><p><b id="c">'],
    ['stray ends', '</p></div><div id="a"></b><i id="c"></div>'],
    ['a bracket at the end', '<div id="a"><i id="c"></i><'],
    ['an open comment', '<div id="a"><i id="c"></i><!-- x'],
    ['an open quote', '<div id="a"><i id="c"></i><b title="x'],
  ])('survives %s', (_case, html) => {
    expect([...readElementsById(html).keys()]).toEqual(['a', 'c']);
  });

  it('comes to an end with a text of broken tags', () => {
    const html = '<div id="a"><b>x</b><'.repeat(200_000);
    expect(() => readElementsById(html)).not.toThrow();
  }, 60_000);
});
