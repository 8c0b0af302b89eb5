import http from 'node:http';
import type { ChangeEvent } from '@/lib/stream/protocol';
import { preciseNow } from './now';

/** A plain reader of Lictor's stream. `onChange` gets each change event at the moment its last byte is there. */
export function streamClient(url: string, onChange: (event: ChangeEvent, atMs: number) => void): () => void {
  const request = http.get(url, (answer) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const atMs = preciseNow();
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        if (!frame.includes('event: change')) continue;
        onChange(JSON.parse(frame.slice(frame.indexOf('data: ') + 6)) as ChangeEvent, atMs);
      }
    });
  });
  return () => void request.destroy();
}
