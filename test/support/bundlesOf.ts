import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { projectRoot } from "./host/places";

/**
 * The bundles of the unit tests in the named files, given as sources or as bundles, absolute or from the project's
 * folder. Throws an error with a sentence where there is no such test.
 */
export function bundlesOf(files: readonly string[]): string[] {
  return files.map((file) => {
    const path = relative(projectRoot, resolve(projectRoot, file.replaceAll("\\", "/")));
    const source = path
      .split(sep)
      .join("/")
      .replace(/^out\//, "")
      .replace(/\.js$/, ".ts");
    const bundle = join(projectRoot, "out", source.replace(/\.ts$/, ".js"));
    if (!/^test\/unit\/.*\.test\.ts$/.test(source) || !existsSync(bundle)) {
      throw new Error(`${file} is not a unit test. Name a file such as test/unit/signal.test.ts.`);
    }
    return bundle;
  });
}
