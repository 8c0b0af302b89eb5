/** A share of traffic in percent: whole where it is whole, else with as many digits as it has, two at most. `10 %`, `12.5 %`. */
export const shareText = (percent: number): string => `${shareNumber(percent)} %`;

/** The number of `shareText` alone. */
export const shareNumber = (percent: number): string => `${Math.round(percent * 100) / 100}`;

/** What was counted is known to a tenth at best. */
export const countedText = (percent: number): string => `${Math.round(percent * 10) / 10} %`;

/** What a reader typed as a share: `10`, `12.5`, `12,5`, `12.5 %`; null where it is not one of 0 to 100 in steps of 0.01. */
export function typedShare(text: string): number | null {
  const [, digits] = /^\s*(\d{1,3}(?:[.,]\d{0,2})?)\s*[%％]?\s*$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const percent = Number(digits.replace(',', '.'));
  return percent <= 100 ? percent : null;
}
