import { access, open, readlink, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** The file cannot be written: no such folder, no permission, no space. Its text comes from the system. */
export class FileNotWritten extends Error {
  /** For example `EACCES`. */
  readonly code: string;

  constructor(cause: unknown) {
    super("The file could not be written.", { cause });
    this.name = "FileNotWritten";
    this.code = cause instanceof Error && "code" in cause ? String(cause.code) : "-";
  }
}

/** Names an unfinished file whose target has too long a name to put an ending behind it. */
const shortStem = "contacts";

/** The most unfinished files that may lie next to a target. */
const mostBeside = 20;

/** The most symbolic links that are followed from one to the next, as on Linux. */
const mostLinks = 40;

/**
 * Writes a file while its text is created: first next to the target, readable only by the owner, then moved into place.
 * A symbolic link stays, and the file that it names is written. If anything fails, including the text, nothing is left behind and an existing file is unchanged. Returns the number
 * of bytes.
 * @throws FileNotWritten, or the error of `texts`
 */
export async function writeInPlace(path: string, texts: AsyncIterable<string>): Promise<number> {
  const target = await ofFile(linkedFile(path));
  const { file, part } = await ofFile(openBeside(target));
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
    await ofFile(rename(part, target));
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

/** The file that is written at this path: the one at the end of its links, which need not exist yet. */
async function linkedFile(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < mostLinks; links++) {
    const next = await readlink(at).catch(() => undefined);
    if (next === undefined) return at;
    // A link counts from the folder that it really is in.
    at = resolve(await realpath(dirname(at)), next);
  }
  throw Object.assign(new Error("The links lead in a circle."), { code: "ELOOP" });
}

/** Never opens an existing file, which may belong to another user or be a link. */
async function openBeside(path: string): Promise<{ readonly file: FileHandle; readonly part: string }> {
  let stem = basename(path);
  for (let number = 1; ; number++) {
    const part = join(dirname(path), number === 1 ? `${stem}.part` : `${stem}.${number}.part`);
    try {
      return { file: await open(part, "wx", 0o600), part };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      // A name may be just short enough without the ending.
      if (code === "ENAMETOOLONG" && stem !== shortStem) stem = shortStem;
      else if (code !== "EEXIST" || number >= mostBeside) throw error;
    }
  }
}

/** Whether a file at this path would be in a git work tree, also through links. Never throws. */
export async function isInWorkTree(path: string): Promise<boolean> {
  const target = await linkedFile(path).catch(() => path);
  const folders = new Set([dirname(path), dirname(target)]);
  for (const folder of [...folders]) folders.add(await realpath(folder).catch(() => folder));
  for (const folder of folders) if (await hasGitAbove(folder)) return true;
  return false;
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
