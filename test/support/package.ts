// `npm run package`: the VSIX, the same bytes from the same sources.
import { statSync } from "node:fs";
import { join } from "node:path";
import { packageExtension } from "./host/installExtension";
import { projectRoot } from "./host/places";

const vsix = join(projectRoot, "dialler-contacts.vsix");

packageExtension(projectRoot, vsix).then(
  () => console.log(`${vsix}, ${Math.ceil(statSync(vsix).size / 1000)} kB`),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
