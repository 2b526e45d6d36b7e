// `npm run reliability`: writes into the README what the last run of each suite has tried and passed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./host/places";
import { readmeWith, tableOf } from "./reliabilityTable";
import { readReport } from "./runMocha";

const folder = join(projectRoot, "out", "reports");
const files = readdirSync(folder).filter((file) => /^(unit|editor-.*|ui-.*)\.json$/.test(file));
const tests = files.flatMap((file) => readReport(join(folder, file)).tests);
const readme = join(projectRoot, "README.md");
const table = tableOf(tests);
writeFileSync(readme, readmeWith(readFileSync(readme, "utf8"), table));
console.log(`${files.join(", ")}: ${tests.length} tests\n\n${table}`);
