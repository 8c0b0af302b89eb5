/** Whether two values out of JSON say the same. What is the same object costs nothing. */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, at) => isSameValue(item, right[at]));
  }
  const fields = Object.keys(left);
  if (fields.length !== Object.keys(right).length) return false;
  return fields.every(
    (field) => Object.hasOwn(right, field) && isSameValue((left as Fields)[field], (right as Fields)[field]),
  );
}

type Fields = Readonly<Record<string, unknown>>;
