'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type AnswerReader, readAnswer } from '@/components/live/answer-query';
import { useLive } from '@/components/live/context';
import { useNow } from '@/components/live/use-now';
import type { ReplayBody } from '@/lib/history/bodies';
import { isReplayBody } from '@/lib/history/body-frames';
import { historyPath, spanParameters } from '@/lib/timeline/history-path';
import { covers } from '@/lib/timeline/replay-fold';
import { pieceAt, type Speed } from '@/lib/timeline/replay-piece';
import type { Span } from '@/lib/timeline/span';

/** Some pieces stay, so that going back and forth waits only once. */
const KEPT_MS = 120_000;
const AGAIN_MS = 5_000;
/** The server may answer a part of a piece; a piece of more parts than this is played as far as they reach. */
const MOST_PARTS = 20;
/** The next piece is read when this much of the one that plays is left. */
const AHEAD = 0.5;

function pieceQuery(reader: AnswerReader, dc: string | null, piece: Span) {
  return {
    queryKey: ['replay', dc, piece.fromMs, piece.toMs],
    queryFn: ({ signal }: { signal: AbortSignal }) => readPiece(reader, dc, piece, signal),
    gcTime: KEPT_MS,
    retry: false,
  };
}

async function readPiece(reader: AnswerReader, dc: string | null, piece: Span, signal: AbortSignal) {
  const parts: ReplayBody[] = [];
  let { fromMs } = piece;
  while (fromMs < piece.toMs && parts.length < MOST_PARTS) {
    const path = historyPath('replay', { dc, ...spanParameters({ fromMs, toMs: piece.toMs }) });
    const part = await readAnswer(reader, path, isReplayBody, signal);
    parts.push(part);
    const toMs = Date.parse(part.to);
    // An answer that does not go on would be asked for without end.
    if (toMs <= fromMs) break;
    fromMs = toMs;
  }
  return parts;
}

export interface PastPiece {
  /** What tells of the moment; undefined while it is read, and where nothing does. */
  readonly part: ReplayBody | undefined;
  /** A sentence, where it cannot be read; it is tried again. */
  readonly error: string | null;
}

/** The piece of the past around `atMs`, read when it is first needed and while playing a little before. Null: none is needed. */
export function usePiece(atMs: number | null, dc: string | null, speed: Speed, playing: boolean): PastPiece {
  const { reader } = useLive();
  const client = useQueryClient();
  const nowMs = useNow(10_000);
  const piece = pieceAt(atMs ?? 0, speed, nowMs);
  const query = useQuery({
    ...pieceQuery(reader, dc, piece),
    enabled: atMs !== null,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
  });
  const isNear = playing && atMs !== null && atMs > piece.fromMs + AHEAD * (piece.toMs - piece.fromMs);
  useAhead(client, reader, dc, isNear && piece.toMs < nowMs ? pieceAt(piece.toMs, speed, nowMs) : null);
  return {
    part: atMs === null ? undefined : query.data?.findLast((part) => covers(part, atMs)),
    error: query.error?.message ?? null,
  };
}

function useAhead(client: QueryClient, reader: AnswerReader, dc: string | null, next: Span | null): void {
  const { fromMs, toMs } = next ?? { fromMs: null, toMs: null };
  useEffect(() => {
    if (fromMs !== null) void client.prefetchQuery(pieceQuery(reader, dc, { fromMs, toMs }));
  }, [client, reader, dc, fromMs, toMs]);
}
