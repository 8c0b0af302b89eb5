// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pictureSvg } from './picture-svg';

beforeEach(() => {
  vi.stubGlobal(
    'DOMMatrixReadOnly',
    class {
      readonly a = 1;
    },
  );
  Object.assign(Range.prototype, { getBoundingClientRect: () => new DOMRect(10, 20, 40, 16) });
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 100, 50));
});

// Other tests share the page.
afterEach(() => {
  document.body.replaceChildren();
  Reflect.deleteProperty(Range.prototype, 'getBoundingClientRect');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function drawn(inner: (viewport: HTMLElement) => void): Document {
  const viewport = document.createElement('div');
  document.body.replaceChildren(viewport);
  inner(viewport);
  return new DOMParser().parseFromString(pictureSvg(viewport), 'image/svg+xml');
}

it('is an SVG with the shapes and the words that are drawn, whatever these are', () => {
  const name = '<script>alert(1)</script>&]]>"';
  const picture = drawn((viewport) => {
    const node = document.createElement('div');
    node.style.border = '1px solid red';
    node.textContent = name;
    viewport.append(node);
    viewport.insertAdjacentHTML('beforeend', '<svg viewBox="0 0 10 10"><path d="M0,0L9,9" stroke="blue"/></svg>');
  });
  expect(picture.querySelector('parsererror')).toBeNull();
  expect(picture.querySelector('text')?.textContent).toBe(name);
  expect(picture.querySelector('script')).toBeNull();
  expect(picture.querySelector('path')?.getAttribute('d')).toBe('M0,0L9,9');
  expect(picture.documentElement.getAttribute('viewBox')).toBe('-24 -24 148 98');
});

it('leaves out what is not seen, and what is no drawing', () => {
  const picture = drawn((viewport) => {
    const hidden = document.createElement('div');
    hidden.style.display = 'none';
    hidden.textContent = 'unseen';
    viewport.append(hidden);
    viewport.insertAdjacentHTML(
      'beforeend',
      '<svg viewBox="0 0 10 10"><g onclick="x()"><a href="https://elsewhere.example"><path d="M0,0"/></a><circle r="3"/></g></svg>',
    );
  });
  expect(picture.querySelectorAll('text, a, path')).toHaveLength(0);
  expect(picture.querySelector('circle')?.getAttribute('r')).toBe('3');
  expect(picture.querySelector('g')?.hasAttribute('onclick')).toBe(false);
});
