/** An alert's id: the same as often as it comes again, in every Lictor. Rules are named without a colon, so it can be read back. */
export const alertId = (rule: string, subjectKey: string): string => `${rule}:${subjectKey}`;
