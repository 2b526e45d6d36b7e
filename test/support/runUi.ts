// Runs test/ui against the packaged extension, installed in a real VS Code.
import { versionWanted } from "./host/versions";
import { runClicks } from "./runClicks";
import { exitWith } from "./runMocha";

runClicks("ui", versionWanted()).then(exitWith, (error: unknown) => {
  console.error(error);
  process.exit(1);
});
