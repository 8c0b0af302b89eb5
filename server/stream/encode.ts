/** One server-sent event as bytes. JSON holds no raw line break, so one `data:` line is enough. */
export function encodeEvent(event: string, data: unknown, id: string | null): Buffer {
  return Buffer.from(`${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
