import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../host/places";
import type { Said, WindowRequest } from "./windowTalk";

/** A real process beside this one, which works on the same journal. */
export interface AnotherWindow {
  readonly pid: number;
  /** `done`, `busy`, or what went wrong. */
  tell(what: WindowRequest): Promise<string>;
  /** Stops it where it is, as a machine that falls asleep does, until it is woken. */
  sleep(): void;
  wake(): void;
  /** Ends it without a chance to clean up; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Opens other windows, which end with the test at the latest; to be called in a `describe`. */
export function otherWindows(): (command?: readonly string[]) => Promise<AnotherWindow> {
  let opened: AnotherWindow[] = [];
  afterEach(async () => {
    const windows = opened;
    opened = [];
    await Promise.all(windows.map((window) => window.kill()));
  });
  return async (command = []) => {
    const window = await open(command);
    opened.push(window);
    return window;
  };
}

/** `command` runs the program that follows it, such as in a container. */
async function open([first, ...rest]: readonly string[]): Promise<AnotherWindow> {
  const program = join(projectRoot, "out", "test", "support", "otherWindow", "otherWindow.js");
  const within = first === undefined ? {} : { execPath: first, execArgv: [...rest, process.execPath] };
  const child = fork(program, { stdio: "inherit", ...within });
  await said(child);
  const { pid } = child;
  if (pid === undefined) throw new Error("The other window could not be opened.");
  return {
    pid,
    tell: async (what) => {
      const answer = said(child);
      child.send(what);
      return answer;
    },
    sleep: () => void child.kill("SIGSTOP"),
    wake: () => void child.kill("SIGCONT"),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function said(child: ChildProcess): Promise<string> {
  const gone = new AbortController();
  const [message] = (await Promise.race([
    once(child, "message", { signal: gone.signal }),
    once(child, "exit", { signal: gone.signal }).then(() => [{ answer: "it ended" }]),
  ])) as [Said];
  gone.abort();
  return message.answer;
}
