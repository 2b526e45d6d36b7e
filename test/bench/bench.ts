// `npm run bench`: what the list reader, the store and the runs take, as ratios measured in one run.
// `--short` takes about a minute and gates the ratios; `--save` writes RESULTS.md.
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/host/places";
import { gate } from "./gate";
import { withServer } from "./measure";
import { tables } from "./tables";

async function main(): Promise<boolean> {
  if (process.argv.includes("--short")) return withServer(gate);
  const text = await withServer(tables);
  console.log(text);
  if (process.argv.includes("--save")) save(text);
  return true;
}

function save(text: string): void {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${memory} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(
    join(projectRoot, "test", "bench", "RESULTS.md"),
    `# The last full run of \`npm run bench\`\n\n${machine}. The machine is shared: quote ratios, not milliseconds.\n\n${text}\n`,
  );
}

main().then(
  (isReached) => process.exit(isReached ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
