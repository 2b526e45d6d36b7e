import { access, open, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The place refuses to be written: no such folder, no permission, no room. What its text says is the system's. */
export class FileNotWritten extends Error {
  /** Such as `EACCES`. */
  readonly code: string;

  constructor(cause: unknown) {
    super("The file could not be written.", { cause });
    this.name = "FileNotWritten";
    this.code = cause instanceof Error && "code" in cause ? String(cause.code) : "-";
  }
}

/** How many half-written files of others may lie beside a target. */
const mostBeside = 20;

/**
 * Writes a file while its text is made: beside the target first, readable by its owner alone, then in its place. When
 * anything fails, the text included, nothing is left of it and a file that was there is as before. The bytes written.
 * @throws FileNotWritten; whatever ends `texts`
 */
export async function writeInPlace(path: string, texts: AsyncIterable<string>): Promise<number> {
  const { file, part } = await ofFile(openBeside(path));
  try {
    let bytes = 0;
    try {
      for await (const text of texts) {
        const chunk = Buffer.from(text);
        await ofFile(file.appendFile(chunk));
        bytes += chunk.length;
      }
      await ofFile(file.sync());
    } finally {
      await file.close();
    }
    await ofFile(rename(part, path));
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function ofFile<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new FileNotWritten(error);
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
