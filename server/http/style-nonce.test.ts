import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StyleNonce } from './style-nonce';

function through(page: string, cuts: readonly number[] = []): string {
  const styles = new StyleNonce('abc==');
  const bytes = Buffer.from(page);
  const ends = [...cuts, bytes.length].sort((a, b) => a - b);
  const pieces = ends.map((end, n) => styles.push(bytes.subarray(n === 0 ? 0 : ends[n - 1], end)));
  return Buffer.concat([...pieces, styles.end()]).toString();
}

const page =
  '<html><head><style data-precedence="next" data-href="/a.css">p{}</style></head><body>Grüße 你好</body></html>';
const signed = page.replace('<style ', '<style nonce="abc==" ');

test('the style in the head of a page gets the nonce, wherever the page is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(Buffer.byteLength(page)), { maxLength: 6 }), (cuts) => {
      expect(through(page, cuts)).toBe(signed);
    }),
  );
});

test('a page without one stays as it is, and what stands in its body is not looked at', () => {
  for (const plain of ['', '<', 'not found', `<head></head>${page.replace('<head>', '')}`])
    for (const cuts of [[], [1], [3, 7]]) expect(through(plain, cuts)).toBe(plain);
});
