import { access, open, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** How many half-written files of others may lie beside a target. */
const mostBeside = 20;

/**
 * Writes a file while its text is made: beside the target first, readable by its owner alone, then in its place. When
 * anything fails, the text included, nothing is left of it and a file that was there is as before. The bytes written.
 */
export async function writeInPlace(path: string, texts: AsyncIterable<string>): Promise<number> {
  const { file, part } = await openBeside(path);
  try {
    let bytes = 0;
    try {
      for await (const text of texts) {
        const chunk = Buffer.from(text);
        await file.appendFile(chunk);
        bytes += chunk.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Never a file that is there already: it may be somebody else's, or a link to something. */
async function openBeside(path: string): Promise<{ readonly file: FileHandle; readonly part: string }> {
  for (let number = 1; ; number++) {
    const part = number === 1 ? `${path}.part` : `${path}.${number}.part`;
    try {
      return { file: await open(part, "wx", 0o600), part };
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || number >= mostBeside) throw error;
    }
  }
}

/** Whether a file at this path would lie in a git work tree, behind links of its folders included. Never throws. */
export async function isInWorkTree(path: string): Promise<boolean> {
  const folder = dirname(path);
  const real = await realpath(folder).catch(() => folder);
  return (await hasGitAbove(folder)) || (real !== folder && (await hasGitAbove(real)));
}

async function hasGitAbove(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await access(join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return found;
  }
}
