import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { atEnd } from "./atEnd";

/** A program and all it starts; killed together, at the latest when this process ends. POSIX only. */
export interface ProcessGroup {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  stop(): Promise<void>;
}

export function startGroup(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ProcessGroup {
  // A detached child leads a process group, and whatever it starts belongs to it.
  const child = spawn(program, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const { pid } = child;
  const kill = () => {
    if (pid !== undefined) killGroup(pid);
  };
  const forget = atEnd(kill);
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    process: child,
    stop: async () => {
      kill();
      forget();
      await closed;
    },
  };
}

function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}
