import type { SendCounts } from './delivery-parts';

/** Counts what is sent by one kind of outlet. */
export class SendCounter implements SendCounts {
  sent = 0;
  failed = 0;
  retried = 0;
  deadLetters = 0;
}
