import { ALL_SLOTS, flapScore, SLOTS } from './flap-score';

/** Twice 20 slots, so that the score can be told as it was at each of the last 20. Bit 0 is the newest of each. */
export interface SlotBits {
  readonly newer: number;
  readonly older: number;
}

/** Of how many slots bits are kept. */
export const KEPT_SLOTS = 2 * SLOTS;

/** The 20 bits that were the newest ones `age` slots ago, `age` 0 to 20. */
export const bitsAt = ({ newer, older }: SlotBits, age: number): number =>
  ((newer >>> age) | (older << (SLOTS - age))) & ALL_SLOTS;

/** Which of the last slots of time a transition fell into. Slots are counted from 1970: slot n begins at n · `slotMs`. */
export class SlotStrip implements SlotBits {
  newer = 0;
  older = 0;

  constructor(
    readonly slotMs: number,
    /** The newest slot. */
    public head: number,
  ) {}

  /** Time goes on; it never goes back. */
  moveTo(slot: number): void {
    const by = slot - this.head;
    if (by <= 0) return;
    this.head = slot;
    if (by >= KEPT_SLOTS) {
      this.newer = 0;
      this.older = 0;
    } else if (by >= SLOTS) {
      this.older = (this.newer << (by - SLOTS)) & ALL_SLOTS;
      this.newer = 0;
    } else {
      this.older = ((this.older << by) | (this.newer >>> (SLOTS - by))) & ALL_SLOTS;
      this.newer = (this.newer << by) & ALL_SLOTS;
    }
  }

  set(slot: number): void {
    const age = this.head - slot;
    if (age >= 0 && age < SLOTS) this.newer |= 1 << age;
    else if (age >= SLOTS && age < KEPT_SLOTS) this.older |= 1 << (age - SLOTS);
  }

  unset(slot: number): void {
    const age = this.head - slot;
    if (age >= 0 && age < SLOTS) this.newer &= ~(1 << age);
    else if (age >= SLOTS && age < KEPT_SLOTS) this.older &= ~(1 << (age - SLOTS));
  }

  /** Nothing fell into any slot that is kept. */
  get isBlank(): boolean {
    return this.newer === 0 && this.older === 0;
  }

  /** The least that the score can be: whatever was not seen was calm. */
  get leastScore(): number {
    return flapScore(this.newer);
  }

  /** The most that it can be: something happened in each slot that nobody watched. */
  mostScore({ newer }: SlotBits): number {
    return flapScore(this.newer | newer);
  }
}
