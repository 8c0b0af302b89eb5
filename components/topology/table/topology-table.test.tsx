// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FindAndHide } from '@/components/topology/bar/find-and-hide';
import { ShownScene } from '@/components/topology/fixtures/shown-scene';
import { Unmeasured } from '@/components/topology/fixtures/unmeasured';
import { exampleShop, exampleTopology } from '@/lib/topology/example-topology';
import { TopologyTable } from './topology-table';

vi.mock('next/navigation', () => ({ usePathname: () => '/topology', useSearchParams: () => new URLSearchParams() }));

let scene: ShownScene;
beforeEach(() => {
  // Nothing is laid out: a window of this height shows some twenty rows.
  vi.stubGlobal('ResizeObserver', Unmeasured);
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1_200);
  Element.prototype.scrollTo = () => {};
  scene = new ShownScene();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  scene.end();
});

const rows = () => [...document.querySelectorAll('tr[data-key]')];
const keys = () => rows().map((row) => row.getAttribute('data-key'));
const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));
const tab = (name: string) => press(screen.getByRole('button', { name }));

it('lists services, the worst first, and every one of them by what it is sorted by', async () => {
  await scene.show(<TopologyTable />, exampleShop(), '?view=table');
  expect(keys()[0]).toBe('dc2/search');
  await press(screen.getByRole('button', { name: 'Called by' }));
  expect(scene.search.get('sort')).toBe('-calledBy');
  expect(keys()[0]).toMatch(/database|inventory|queue/);
});

it('lists calls with what says them, and filters them in the filter language', async () => {
  await scene.show(<TopologyTable />, exampleShop(), '?rows=edges&calls=errors%3A%3E1%20dc%3Adc1');
  expect(keys()).toEqual(['dc1/orders>dc1/payment']);
  const [row] = rows();
  expect(row?.textContent).toContain('2.1 %');
  expect(row?.textContent).toContain('upstream, intention, observed');
});

it('marks what is denied, not declared and not seen', async () => {
  await scene.show(<TopologyTable />, exampleShop(), '?rows=edges&calls=mark%3Aundeclared%20or%20allowed%3Ano');
  const row = (key: string) => document.querySelector(`tr[data-key="${key}"]`)?.textContent;
  expect(row('dc1/recommendations>dc1/search')).toContain('not declared');
  expect(row('dc1/recommendations>dc1/ledger')).toContain('denied by intention');
});

it('finds and hides in the filter language, and says how many', async () => {
  const parts = (
    <>
      <FindAndHide />
      <TopologyTable />
    </>
  );
  await scene.show(parts, exampleShop(), '?view=table&find=calls%3Apayment&hide=dc%3Adc2');
  expect(keys()).toEqual(['dc1/orders', 'dc3/orders']);
  expect(screen.getByText('3 found')).toBeTruthy();
  expect(screen.getByText(/^\d+ hidden$/)).toBeTruthy();
});

it('opens a row by Enter, and moves between all by the arrows', async () => {
  await scene.show(<TopologyTable />, exampleTopology(1_000, 1_000), '?view=table');
  expect(rows().length).toBeGreaterThan(10);
  expect(rows().length).toBeLessThan(100);
  const [first, second] = rows() as HTMLElement[];
  act(() => first?.focus());
  await act(async () => void fireEvent.keyDown(first as HTMLElement, { key: 'ArrowDown' }));
  expect(document.activeElement).toBe(second);
  await act(async () => void fireEvent.keyDown(second as HTMLElement, { key: 'Enter' }));
  expect(scene.search.get('chosen')).toBe(second?.getAttribute('data-key'));
});

it('lists what stands in for what, in order, and what tells of it all', async () => {
  await scene.show(<TopologyTable />, exampleShop(), '?view=table');
  await tab('Failover');
  expect(keys().slice(0, 2)).toEqual(['dc1/payment>dc2/payment', 'dc1/payment>dc3/payment']);
  expect(rows()[0]?.textContent).toContain('38 ms');
  expect(rows()[1]?.textContent).toContain('cannot serve now');
  await tab('Sources');
  expect(within(screen.getByRole('table', { name: 'Sources' })).getByText('Prometheus: service graph')).toBeTruthy();
});
