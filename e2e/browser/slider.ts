import { expect, type Locator, type Page } from '@playwright/test';

/** The traffic panel of a service, as a person uses it. */
export class Slider {
  readonly handle: Locator;
  readonly preview: Locator;
  readonly write: Locator;

  constructor(readonly page: Page) {
    this.handle = page.getByRole('slider');
    this.preview = page.getByRole('button', { name: 'Preview', exact: true });
    this.write = page.getByRole('button', { name: /^Write \d+ changes?$/ });
  }

  /** @param key service key */
  async open(key: string, by: 'Mesh' | 'Policy' | 'Weights'): Promise<void> {
    await this.page.goto(`/services/${key}`);
    await expect(this.page.locator('body')).toHaveAttribute('data-live', 'live');
    await this.page.getByRole('group', { name: 'What divides the traffic' }).getByRole('button', { name: by }).click();
  }

  /** The share of the first version, set by its number. */
  async set(version: string, percent: string): Promise<void> {
    await this.page.getByRole('textbox', { name: `Share of ${version} in percent` }).fill(percent);
  }

  /** Types what a large move asks for, if it does, and writes. */
  async confirm(percent?: string): Promise<void> {
    if (percent !== undefined) await this.page.getByRole('textbox', { name: /typed again/ }).fill(percent);
    await this.write.click();
  }

  /** From the handle to a place on the bar in percent, by mouse; the button is still down. */
  async drag(toPercent: number): Promise<void> {
    const { y, x, at } = await this.#places();
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(at(toPercent), y, { steps: 12 });
  }

  /** The same by a finger; it is lifted at the end. */
  async dragByTouch(toPercent: number): Promise<void> {
    const { y, x, at } = await this.#places();
    const session = await this.page.context().newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', atX: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: atX, y }] });
    await touch('touchStart', x);
    for (let step = 1; step <= 12; step += 1) await touch('touchMove', x + ((at(toPercent) - x) * step) / 12);
    await touch('touchEnd', at(toPercent));
  }

  async #places() {
    const handle = await this.handle.first().boundingBox();
    const bar = await this.page.getByRole('group', { name: 'Traffic by version' }).boundingBox();
    if (!handle || !bar) throw new Error('The slider is not in sight.');
    return {
      x: handle.x + handle.width / 2,
      y: handle.y + handle.height / 2,
      at: (percent: number) => bar.x + (bar.width * percent) / 100,
    };
  }
}
