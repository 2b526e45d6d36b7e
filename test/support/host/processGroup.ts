import { spawn, type ChildProcessByStdio } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";

const groups = new Set<number>();

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
  if (pid !== undefined) {
    groups.add(pid);
    endGroupsWithThisProcess();
  }
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    process: child,
    stop: async () => {
      if (pid !== undefined) kill(pid);
      await closed;
    },
  };
}

function kill(group: number): void {
  groups.delete(group);
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}

let armed = false;

function endGroupsWithThisProcess(): void {
  if (armed) return;
  armed = true;
  process.once("exit", () => {
    for (const group of groups) kill(group);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
