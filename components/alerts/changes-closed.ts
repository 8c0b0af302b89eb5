import type { AlertsBody } from '@/lib/alerts/alert-body';

/** Nobody can change anything about alerts here. */
export const changesClosed = ({ writeRefusal }: AlertsBody): boolean => (writeRefusal ?? null) !== null;
