import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../host/places";

/** The bytes of a file as programs save it, from the folder of this one. */
export function readRealFile(name: string): Uint8Array {
  return readFileSync(join(projectRoot, "test", "support", "realFiles", name));
}
