// The Eclipse Layout Kernel, which hears and answers by itself wherever it is loaded in a worker.
import 'elkjs/lib/elk-worker.min.js';
