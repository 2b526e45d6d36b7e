import { spawn } from "node:child_process";

export interface Finished {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
}

/** Runs a program to its end, nothing to read on its standard input. Rejects only if it cannot be started. */
export function runToEnd(
  program: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...surroundings, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Like `runToEnd`, but an exit code other than 0 is an error that carries the output. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<string> {
  const { code, output } = await runToEnd(program, args, surroundings);
  if (code !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${code ?? "a signal"}:\n${output}`);
  return output;
}

/** Runs the npm that runs this script, else the one on the path, on the first Node of `env.PATH`. */
export function npm(args: readonly string[], cwd: string, env = process.env): Promise<string> {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") === true
    ? runOrThrow("node", [own, ...args], { cwd, env })
    : runOrThrow("npm", args, { cwd, env });
}
