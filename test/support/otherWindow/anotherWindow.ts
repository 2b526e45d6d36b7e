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
  /** Ends it without a chance to clean up; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Opens other windows, which end with the test at the latest; to be called in a `describe`. */
export function otherWindows(): () => Promise<AnotherWindow> {
  let opened: AnotherWindow[] = [];
  afterEach(async () => {
    const windows = opened;
    opened = [];
    await Promise.all(windows.map((window) => window.kill()));
  });
  return async () => {
    const window = await open();
    opened.push(window);
    return window;
  };
}

async function open(): Promise<AnotherWindow> {
  const child = fork(join(projectRoot, "out", "test", "support", "otherWindow", "otherWindow.js"), {
    stdio: "inherit",
  });
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
