import { join } from "node:path";
import { projectRoot } from "./host/places";
import { exitWith, runMocha } from "./runMocha";

void runMocha({
  folder: join(projectRoot, "out", "test", "unit"),
  reportFile: join(projectRoot, "out", "reports", "unit.json"),
  timeoutMs: 10_000,
}).then(exitWith);
