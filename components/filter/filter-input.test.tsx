// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TextProvider } from '@/components/ui/text-provider';
import { knownValues } from '@/lib/filter/known-values';
import { readFilter } from '@/lib/filter/read-filter';
import { serviceFields } from '@/lib/filter/service-fields';
import { exampleService } from '@/lib/fleet/example-fleet';
import { FilterInput } from './filter-input';

const tagged = exampleService('dc1', 'web', ['passing'], { tags: ['canary', 'team pay'] });
const values = knownValues(serviceFields, [{ dc: 'dc1', freshness: 'live', service: tagged }]);

function Page({ initial, bySlash = true }: { initial: string; bySlash?: boolean }) {
  const [value, setValue] = useState(initial);
  const reading = readFilter(value, serviceFields);
  return (
    <TextProvider initial="en">
      <FilterInput
        schema={serviceFields}
        values={values}
        value={value}
        onChange={setValue}
        error={reading.ok ? null : reading.error}
        applied=""
        label="Filter"
        bySlash={bySlash}
      />
    </TextProvider>
  );
}

const input = () => screen.getByRole<HTMLInputElement>('combobox');
const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(input(), { key });
};
/** As if each letter had been typed: the caret stands behind the last. */
const type = (value: string) => fireEvent.change(input(), { target: { value } });
const offered = () => screen.queryAllByRole('option').map((option) => option.querySelector('bdi')?.textContent);
const start = (initial = '') => {
  render(<Page initial={initial} />);
  act(() => input().focus());
};

beforeEach(() => {
  // There is no layout to scroll in.
  Element.prototype.scrollIntoView = () => {};
});
afterEach(cleanup);

it('offers what could follow, and takes what is chosen, the caret behind it', () => {
  start();
  type('ta');
  expect(offered()).toEqual(['tag']);
  press('ArrowDown', 'Enter');
  expect(input().value).toBe('tag:');
  expect(offered()).toEqual(['canary', 'team pay']);
  press('ArrowDown', 'ArrowDown', 'Tab');
  expect(input().value).toBe('tag:"team pay" ');
  expect(input().selectionStart).toBe('tag:"team pay" '.length);
  expect(offered()).toEqual([]);
});

it('leaves Tab and Enter alone while nothing is chosen, and goes around the list past what was typed', () => {
  start();
  type('tag:');
  expect(fireEvent.keyDown(input(), { key: 'Tab' })).toBe(true);
  expect(input().getAttribute('aria-activedescendant')).toBeNull();
  press('ArrowUp');
  expect(screen.getAllByRole('option').at(-1)?.id).toBe(input().getAttribute('aria-activedescendant'));
  press('ArrowDown');
  expect(input().getAttribute('aria-activedescendant')).toBeNull();
  press('Enter');
  expect([input().value, offered()]).toEqual(['tag:', []]);
});

it('takes nothing while an input method is composing', () => {
  start();
  type('tag:');
  press('ArrowDown');
  fireEvent.keyDown(input(), { key: 'Enter', isComposing: true });
  expect(input().value).toBe('tag:');
});

it('closes, then clears, then leaves by Escape; what was offered for another text is gone with it', () => {
  start();
  type('st');
  expect(offered()).toEqual(['status']);
  press('Escape');
  expect([input().value, offered()]).toEqual(['st', []]);
  type('sta');
  fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));
  expect([input().value, offered()]).toEqual(['', []]);
  press('Escape');
  expect(document.activeElement).not.toBe(input());
});

it('takes what is unfinished for a draft while somebody types, and for wrong once left', () => {
  start('status:crit');
  expect(input().getAttribute('aria-invalid')).toBe('false');
  expect(screen.getByText('draft, not applied')).toBeTruthy();
  fireEvent.blur(input());
  expect(input().getAttribute('aria-invalid')).toBe('true');
  const said = document.getElementById(input().getAttribute('aria-describedby') ?? '')?.textContent;
  expect(said).toMatch(/^status is never “crit”.*Until then nothing is filtered\.$/);
  expect(document.querySelector('span[data-wrong]')?.textContent).toBe('crit');
});

it('is led to by a slash, unless somebody is typing', () => {
  start();
  act(() => input().blur());
  fireEvent.keyDown(document.body, { key: '/' });
  expect(document.activeElement).toBe(input());
  expect(fireEvent.keyDown(input(), { key: '/' })).toBe(true);
});

it('leaves the slash to another input of the page, and says nothing of it', () => {
  render(<Page initial="" bySlash={false} />);
  expect(fireEvent.keyDown(document.body, { key: '/' })).toBe(true);
  expect(document.activeElement).not.toBe(input());
  expect([input().getAttribute('aria-keyshortcuts'), document.querySelector('kbd')?.textContent]).not.toContain('/');
});
