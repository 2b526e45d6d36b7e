// What a person does today: `curl | jq -c .records[]`.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Which of the two programs is missing here; undefined when both can be run. */
export function missingProgram(): string | undefined {
  if (process.platform === "win32") return "a Unix shell";
  return ["curl", "jq"].find((program) => spawnSync(program, ["--version"]).status !== 0);
}

/** Milliseconds, and what the two took of memory at their peak together; NaN where the system does not tell. */
export async function measureCurlAndJq(url: string): Promise<{ wall: number; peak: number }> {
  const peaks = new Map<string, number>();
  const startedAt = performance.now();
  const shell = spawn("sh", ["-c", 'curl -s "$1" | jq -c ".records[]" >/dev/null', "sh", url], {
    stdio: "ignore",
  });
  const look = (): void => {
    for (const pid of childrenOf(shell.pid ?? 0)) peaks.set(pid, peakOf(pid) ?? peaks.get(pid) ?? 0);
  };
  const timer = setInterval(look, 50);
  const [code] = (await once(shell, "close")) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`curl or jq ended with ${code ?? "a signal"}.`);
  const peak = [...peaks.values()].reduce((sum, kilobytes) => sum + kilobytes / 1024, 0);
  return { wall: performance.now() - startedAt, peak: peaks.size === 0 ? NaN : peak };
}

function childrenOf(pid: number): string[] {
  return (textOf(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter((child) => child !== "");
}

function peakOf(pid: string): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`) ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process has ended meanwhile, or this is no Linux.
    return undefined;
  }
}
