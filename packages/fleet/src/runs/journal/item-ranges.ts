/** `[0, 1, 2, 7]` -> `0-2,7`: short for a vendor call's items, and the same for the same items. */
export function writeRanges(items: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < items.length; ) {
    let end = start;
    while (items[end + 1] === items[end]! + 1) end += 1;
    parts.push(start === end ? String(items[start]) : `${items[start]}-${items[end]}`);
    start = end + 1;
  }
  return parts.join(',');
}

export function readRanges(text: string): number[] {
  if (text === '') return [];
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
