// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShownScene } from '@/components/topology/fixtures/shown-scene';
import { exampleShop } from '@/lib/topology/example-topology';
import { DrillChoice } from './drill-choice';
import { DrillPanel } from './drill-panel';

vi.mock('next/navigation', () => ({ usePathname: () => '/topology', useSearchParams: () => new URLSearchParams() }));

let scene: ShownScene;
beforeEach(() => {
  scene = new ShownScene();
});
afterEach(() => {
  cleanup();
  scene.end();
});

const parts = (
  <>
    <DrillChoice />
    <DrillPanel />
  </>
);

it('says what would go over, to where, and what would fail', async () => {
  await scene.show(parts, exampleShop(), '?lost=dc1');
  const line = document.querySelector('li[data-key="dc1/payment"]')?.textContent ?? '';
  expect(line).toContain('to dc2/payment (1)');
  expect(line).toContain('2 healthy');
  expect(document.querySelector('li[data-key="dc1/api"]')).not.toBeNull();
});

it('is begun and ended by the choice of a datacenter, and says that one is not known', async () => {
  await scene.show(parts, exampleShop(), '?lost=dc9');
  expect(screen.getByText('No datacenter is called dc9')).toBeTruthy();
  const choice = screen.getByRole('combobox', { name: 'What the loss of a datacenter would do' });
  await act(async () => void fireEvent.change(choice, { target: { value: 'dc2' } }));
  expect(scene.search.get('lost')).toBe('dc2');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('If dc2 is lost');
  await act(async () => void fireEvent.change(choice, { target: { value: '' } }));
  expect(scene.search.get('lost')).toBeNull();
  expect(screen.queryByRole('article')).toBeNull();
});
