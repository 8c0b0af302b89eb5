// Preloaded into a process, it makes the machine's clock one that can be set for that process alone: at SIGUSR2 the ms by which it is ahead are read from
// a file. What is never set, the monotonic clock, goes on, as on a real machine.
import { readFileSync } from 'node:fs';

const MachineDate = globalThis.Date;
let setAheadMs = 0;
const now = () => MachineDate.now() + setAheadMs;

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, values, made) => Reflect.construct(target, values.length === 0 ? [now()] : values, made),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

process.on('SIGUSR2', () => {
  setAheadMs = Number(readFileSync(process.env.SET_CLOCK_FILE ?? '', 'utf8'));
});
