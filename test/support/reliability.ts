// `npm run reliability`: writes into docs/reliability.md what the last run of each suite has tested and passed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./host/places";
import { pageWith, tableOf } from "./reliabilityTable";
import { readReport } from "./runMocha";

const folder = join(projectRoot, "out", "reports");
const files = readdirSync(folder).filter((file) => /^(unit|editor-.*|ui-.*)\.json$/.test(file));
const tests = files.flatMap((file) => readReport(join(folder, file)).tests);
const page = join(projectRoot, "docs", "reliability.md");
const table = tableOf(tests);
writeFileSync(page, pageWith(readFileSync(page, "utf8"), table));
console.log(`${files.join(", ")}: ${tests.length} tests\n\n${table}`);
