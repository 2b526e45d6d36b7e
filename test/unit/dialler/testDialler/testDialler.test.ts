import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../support/host/places";
import { token } from "../../../support/dialler/token";

const program = join(projectRoot, "out", "testDialler.js");

describe("npm run dialler", () => {
  it("prints base URL, token and an example, and serves until it is stopped", async () => {
    const running = start(["--contacts", "12", "--token", token, "--clients-id", "9"]);
    try {
      const said = await running.until(/curl .*\n/);
      const baseUrl = /Base URL +(http:\/\/127\.0\.0\.1:\d+\/rest\/v1\.0\/9)\n/.exec(said)?.[1] ?? "";
      assert.match(said, /has 12 contacts/);
      assert.match(said, /curl -H "Authorization: Bearer \$DIALLER_TOKEN" http/);
      const headers = { Authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${baseUrl}/dialler/contacts/40112`, { headers })).status, 200);
    } finally {
      running.stop();
    }
    const { code } = await running.ended;
    // Windows has no signal that a program could answer.
    if (process.platform !== "win32") assert.equal(code, 0);
  });

  it("explains itself", async () => {
    const { code, out } = await start(["--help"]).ended;
    assert.equal(code, 0);
    assert.match(out, /--contacts/);
  });

  it("refuses arguments that it cannot read with a sentence and exit code 2", async () => {
    for (const [args, sentence] of [
      [["--port", "70000"], /^--port must be a whole number from 0 to 65535, not "70000"\.\n/],
      [["--contacts", "many"], /^--contacts must be a whole number/],
      [["--token", "two words"], /^--token must be printable ASCII/],
      [["--script", "no-such-file.json"], /^The file for --script does not exist\.\n/],
      [["--colour", "red"], /^Unknown option '--colour'/],
    ] as const) {
      const { code, err } = await start(args).ended;
      assert.equal(code, 2);
      assert.match(err, sentence);
    }
  });
});

function start(args: readonly string[]) {
  assert.ok(existsSync(program), "Build the tests first: node esbuild.mjs tests");
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, out, err })),
  );
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(out)) resolve(out);
      };
      child.stdout.on("data", look);
      child.once("close", () => reject(new Error(`Ended early: ${err}`)));
      look();
    });
  return { ended, until, stop: () => child.kill("SIGINT") };
}
