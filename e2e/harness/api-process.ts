// The real process without its pages: a program that tests start, signal and watch end.
import { runProcess } from '@/server/run-process';

await runProcess(null);
