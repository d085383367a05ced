/** What was written last, up to the second: neighbours in the log mostly share it. */
let lastSecond = Number.NaN;
let secondText = '';

/** An instant in UTC with milliseconds, as `toISOString` has it, which costs more in a row of many. Throws for no instant. */
export function instantText(instant: Date): string {
  const ms = instant.getTime();
  const second = Math.floor(ms / 1_000);
  if (second !== lastSecond) {
    secondText = instant.toISOString().slice(0, -4);
    lastSecond = second;
  }
  return `${secondText}${String(1_000 + ms - second * 1_000).slice(1)}Z`;
}
