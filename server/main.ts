import { runProcess } from './run-process';

await runProcess(process.cwd());
