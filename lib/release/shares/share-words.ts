export const countedInstances = (count: number): string => (count === 1 ? '1 instance' : `${count} instances`);

/** With one digit behind the point at most, two below 1. */
export const decimalText = (value: number): string => String(Number(value.toFixed(value < 1 ? 2 : 1)));
