import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { linesInSight } from "./inPage";
import { until } from "./until";

/** One channel in the Output panel. */
export class OutputPanel {
  constructor(
    private readonly page: Page,
    private readonly userDataDir: string,
    private readonly channel: string,
  ) {}

  /** The lines in sight; a long channel shows its end. Show the channel first. */
  async lines(): Promise<string[]> {
    const lines = await linesInSight(this.page.locator(".part.panel .output-view"));
    return lines.filter((line) => line !== "");
  }

  /** Waits for a line in sight that matches; the line. Show the channel first. */
  async line(wanted: RegExp): Promise<string> {
    let lines: string[] = [];
    await until(
      () => `a line ${String(wanted)}; there are:\n${lines.join("\n")}`,
      async () => {
        lines = await this.lines();
        return lines.some((line) => wanted.test(line));
      },
    );
    return lines.find((line) => wanted.test(line)) ?? "";
  }

  /** All lines of the log channel, from its file: also those the panel has no room for. */
  async log(): Promise<string[]> {
    const folder = join(this.userDataDir, "logs");
    const files = await readdir(folder, { recursive: true, encoding: "utf8" }).catch(() => []);
    const own = files.filter((file) => file.endsWith(`${this.channel}.log`)).sort();
    const texts = await Promise.all(own.map((file) => readFile(join(folder, file), "utf8")));
    return texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  }

  /** Waits until the log, in sight or not, has so many lines that match; the first. */
  async logged(wanted: RegExp, times = 1, timeoutMs?: number): Promise<string> {
    let found: string[] = [];
    let last: string[] = [];
    await until(
      () => `a logged line ${String(wanted)}; the last are:\n${last.join("\n")}`,
      async () => {
        const lines = await this.log();
        found = lines.filter((line) => wanted.test(line));
        last = lines.slice(-5);
        return found.length >= times;
      },
      timeoutMs,
    );
    return found[0] ?? "";
  }
}
