/** Text as it is compared: a letter's case and width do not count. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase();
