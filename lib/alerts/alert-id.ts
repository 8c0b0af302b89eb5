/** An alert's id: the same as often as it comes again, in every Lictor. Rules are named without a colon, so it can be read back. */
export const alertId = (rule: string, subjectKey: string): string => `${rule}:${subjectKey}`;

/** The rule behind an alert's id; the whole of what is none. */
export const ruleOfAlert = (id: string): string => id.split(':', 1)[0] ?? id;
