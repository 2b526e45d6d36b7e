import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { closedPort } from "../support/dialler/clientFor";
import { startGroup } from "../support/host/processGroup";
import { pathOf } from "./programs";
import type { ProxyPlace, ProxyPlan } from "./proxyPlan";

/** A proxy that runs. It ends with this process at the latest. */
export interface RunningProxy {
  readonly port: number;
  /** The lines of nginx's access log: method, status, path. Empty for haproxy. */
  readonly accessLog: () => Promise<readonly string[]>;
  /** nginx reads its configuration again: new processes take over, the old ones finish their requests. */
  readonly reload: () => void;
  /** Kills it. */
  readonly stop: () => Promise<void>;
}

/** Another process may take a port between the moment it was found free and the start of the proxy. */
const startsAtMost = 3;
const startWithinMs = 10_000;

/** Starts the proxy on a free port of the loopback address, with a folder of its own. */
export async function startProxy(plan: ProxyPlan, place: Omit<ProxyPlace, "port">): Promise<RunningProxy> {
  for (let time = 1; ; time++) {
    const port = await closedPort();
    try {
      return await startOn(plan, { ...place, port });
    } catch (error) {
      if (time === startsAtMost) throw error;
    }
  }
}

async function startOn({ program, config, files = {} }: ProxyPlan, place: ProxyPlace): Promise<RunningProxy> {
  const { port, folder } = place;
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${program}.conf`);
  await writeFile(file, config(place));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), text, { mode: 0o600 });
  const options = program === "nginx" ? ["-p", folder, "-c", file] : ["-db", "-f", file];
  const group = startGroup(pathOf(program) ?? program, options);
  const { process: child } = group;
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  }
  child.once("error", ({ message }) => (said += message));
  const endsAt = performance.now() + startWithinMs;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || child.pid === undefined || performance.now() > endsAt) {
      await group.stop();
      const log = await readFile(join(folder, "error.log"), "utf8").catch(() => "");
      throw new Error(`${program} did not start: ${said.trim()} ${log.trim()}`);
    }
    await wait(20);
  }
  return {
    port,
    accessLog: async () => {
      const text = await readFile(join(folder, "access.log"), "utf8").catch(() => "");
      return text.split("\n").filter((line) => /^[A-Z]+ \d/.test(line));
    },
    reload: () => void child.kill("SIGHUP"),
    stop: () => group.stop(),
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const say = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", () => say(true));
    socket.once("error", () => say(false));
  });
}
