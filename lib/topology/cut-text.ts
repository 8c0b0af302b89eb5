/** Text of which no more than `most` characters are kept, the last of them an ellipsis where it was longer. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
