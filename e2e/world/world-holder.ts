// Holds a small world, tells its processes on standard output, and waits to be killed: the test's means to see a world's end without its stop().
import { startWorld } from './start-world';

const world = await startWorld({ datacenters: 1, clientsPerDatacenter: 1 });
console.log(JSON.stringify({ pids: world.pids(), folder: world.folder }));
