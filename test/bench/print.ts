export function ms(value: number | undefined): string {
  return value === undefined ? "-" : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function bytes(value: number): string {
  return `${Math.round(value / 1000)} kB`;
}

export function ratio(value: number): string {
  return value.toFixed(2);
}

/** A Markdown table. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
