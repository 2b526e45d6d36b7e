// `npm run sweep`: every command that changes contacts, run in every way a person points at one. Prints a table.
import { versionWanted } from "./host/versions";
import { runClicks } from "./runClicks";
import { exitWith } from "./runMocha";

runClicks("sweep", versionWanted()).then(exitWith, (error: unknown) => {
  console.error(error);
  process.exit(1);
});
