import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startDemoServer, type DemoServerOptions } from "../demo/demoServer";
import { readFaultScript } from "./faultScript";

const usage = `Runs the demo dialler as a server of its own, to test integrations.

  npm run dialler -- [--port 8080] [--contacts 400] [--token TOKEN] [--seed 1] [--clients-id 7]
                     [--script FAULTS.json]

  --port        the port on 127.0.0.1; a free port by default
  --contacts    the number of invented contacts; 400 by default
  --token       the bearer token; random by default
  --seed        a number that determines the invented people; 1 by default
  --clients-id  the client number in the base URL; 7 by default
  --script      a file with faults, one per line or in an array:
                { "method", "path", "after", "times", "every", "delayMs",
                  "reset", "status", "body", "headers", "applied",
                  "appliedAfterMs", "repeated", "perSecond", "cached" }
`;

/**
 * Parses the arguments.
 * @throws Error with a sentence if they are not valid
 */
function optionsFrom(args: readonly string[]): DemoServerOptions | "help" {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      contacts: text,
      token: text,
      seed: text,
      "clients-id": text,
      script: text,
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) return "help";
  if (values.token !== undefined && !/^[\x21-\x7e]+$/.test(values.token)) {
    throw new Error("--token must be printable ASCII without blanks.");
  }
  return {
    contacts: wholeNumber("--contacts", values.contacts ?? "400", 5_000_000),
    seed: wholeNumber("--seed", values.seed ?? "1", 2 ** 31),
    port: wholeNumber("--port", values.port ?? "0", 65_535),
    clientsId: wholeNumber("--clients-id", values["clients-id"] ?? "7", 2 ** 31),
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(values.script === undefined ? {} : { mishap: readFaultScript(readFileSync(values.script, "utf8")) }),
  };
}

function wholeNumber(name: string, text: string, largest: number): number {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value <= largest) return value;
  throw new Error(`${name} must be a whole number from 0 to ${largest}, not "${text}".`);
}

async function run(args: readonly string[]): Promise<void> {
  const options = optionsFrom(args);
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const server = await startDemoServer(options);
  process.stdout.write(
    [
      `The demo dialler has ${server.contactCount()} contacts. Ctrl+C stops it; nothing is saved.`,
      "",
      `  Base URL  ${server.baseUrl}`,
      `  Token     ${server.token}`,
      "",
      `  export DIALLER_TOKEN='${server.token.replaceAll("'", `'\\''`)}'`,
      `  curl -H "Authorization: Bearer $DIALLER_TOKEN" ${server.baseUrl}/dialler/contacts/40101`,
      "",
      "",
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.stop());
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return "Another program uses this port. Choose another one with --port.";
  if (code === "ENOENT") return "The file for --script does not exist.";
  if (code === "EACCES") return "You are not allowed to use this port. Choose one above 1023 with --port.";
  return error.message;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${sentenceFor(error)}\nSee --help.\n`);
  process.exitCode = 2;
});
