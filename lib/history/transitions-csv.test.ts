import { expect, test } from 'vitest';
import { exampleFlip, exampleInstance } from './example-transition';
import { transitionItem } from './transition-item';
import { csvLine } from './transitions-csv';

test('a name that a spreadsheet would take for a formula, or for two fields, is text', () => {
  const flip = exampleFlip(0, '=HYPERLINK("http://x")', exampleInstance('+n,1', 'w'), 'passing', 'critical');
  expect(csvLine(transitionItem({ ...flip, id: 7 }))).toBe(
    '7,1970-01-01T00:00:00.000Z,,dc1,instance,dc1/%2Bn%2C1/w,"\'=HYPERLINK(""http://x"")","\'+n,1",status,,passing,critical,false,\r\n',
  );
});
