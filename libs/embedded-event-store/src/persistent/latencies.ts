/** How many of the newest answers are looked at. */
const KEPT = 1_000;

const shares: readonly (readonly [key: string, share: number])[] = [
  ['Median', 0.5],
  ['Quintile 1', 0.2],
  ['Quintile 2', 0.4],
  ['Quintile 3', 0.6],
  ['Quintile 4', 0.8],
  ['Quintile 5', 1],
  ['90%', 0.9],
  ['95%', 0.95],
  ['99%', 0.99],
  ['99.5%', 0.995],
  ['99.9%', 0.999],
];

/** How long a consumer took from delivery to answer, in milliseconds: the extra statistics of a persistent subscription. */
export class Latencies {
  private readonly newest: number[] = [];
  private next = 0;

  add(ms: number): void {
    this.newest[this.next] = ms;
    this.next = (this.next + 1) % KEPT;
  }

  /** Keys as the real server names them; empty before the first answer. */
  measurements(): { key: string; value: number }[] {
    const sorted = [...this.newest].sort((one, other) => one - other);
    const [fastest] = sorted;
    if (fastest === undefined) return [];
    const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? fastest;
    return [
      { key: 'Mean', value: Math.round(mean) },
      { key: 'Fastest', value: Math.round(fastest) },
      ...shares.map(([key, share]) => ({ key, value: Math.round(at(share)) })),
      { key: 'Highest', value: Math.round(at(1)) },
    ];
  }
}
