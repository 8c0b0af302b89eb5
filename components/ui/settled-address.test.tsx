// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { addressSettlesWith, openWhenSettled } from './settled-address';

afterEach(cleanup);

function linkThatTells() {
  const opened = vi.fn((event: React.MouseEvent) => event.preventDefault());
  render(
    <main onClickCapture={openWhenSettled}>
      <a href="/nodes/dc1/one" onClick={opened}>
        one
      </a>
    </main>,
  );
  return { opened, click: (init = {}) => fireEvent.click(screen.getByRole('link'), init) };
}

it('a page is opened at once while nothing is on its way into the address', () => {
  const { opened, click } = linkThatTells();
  click();
  expect(opened).toHaveBeenCalledOnce();
});

it('a page is opened only when what was typed is in the address, and then once', async () => {
  const { opened, click } = linkThatTells();
  let settle = () => {};
  addressSettlesWith(
    new Promise<void>((resolve) => {
      settle = resolve;
    }),
  );
  click();
  expect(opened).not.toHaveBeenCalled();
  settle();
  await vi.waitFor(() => expect(opened).toHaveBeenCalledOnce());
  click();
  expect(opened).toHaveBeenCalledTimes(2);
});

it('another tab waits for nothing', () => {
  const { opened, click } = linkThatTells();
  addressSettlesWith(new Promise(() => undefined));
  click({ ctrlKey: true });
  expect(opened).toHaveBeenCalledOnce();
});
