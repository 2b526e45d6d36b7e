/** A measure over time: the line through it. */
export interface Trend {
  readonly perHour: number;
  /** Standard error of `perHour`. */
  readonly error: number;
  readonly first: number;
  readonly last: number;
}

export interface Sample {
  readonly atMs: number;
  readonly value: number;
}

const hourMs = 3_600_000;

/** The straight line with the least squares; NaN for fewer than three samples. */
export function trendOf(samples: readonly Sample[]): Trend {
  const count = samples.length;
  const meanAt = sum(samples.map(({ atMs }) => atMs)) / count;
  const mean = sum(samples.map(({ value }) => value)) / count;
  const spread = sum(samples.map(({ atMs }) => (atMs - meanAt) ** 2));
  const slope = sum(samples.map(({ atMs, value }) => (atMs - meanAt) * (value - mean))) / spread;
  const off = sum(samples.map(({ atMs, value }) => (value - mean - slope * (atMs - meanAt)) ** 2));
  return {
    perHour: slope * hourMs,
    error: count < 3 ? NaN : Math.sqrt(off / (count - 2) / spread) * hourMs,
    first: samples[0]?.value ?? NaN,
    last: samples.at(-1)?.value ?? NaN,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
