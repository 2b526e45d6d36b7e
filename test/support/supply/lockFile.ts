/** A package as the lock file names it. */
interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
}

type Wanted = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Wanted;
  readonly devDependencies?: Wanted;
}

/** The parts of `package-lock.json` that are looked at. */
export interface LockFile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked & Manifest>>;
}

const registry = "https://registry.npmjs.org/";

/** Each entry of the lock file that brings in something unchosen, as a sentence. */
export function lockFaults(lock: LockFile, manifest: Manifest): string[] {
  const faults: string[] = [];
  const { "": root = {}, ...packages } = lock.packages;
  for (const [place, { version = "", resolved, integrity = "", link = false }] of Object.entries(packages)) {
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    const file = `${name.slice(name.indexOf("/") + 1)}-${version}.tgz`;
    if (link) faults.push(`${place} is a link.`);
    // Not said, it is the registry's file of that name and version; the digest identifies the bytes.
    else if (resolved !== undefined && resolved !== `${registry}${name}/-/${file}`)
      faults.push(`${place} comes from "${resolved}" and not from the registry under its own name.`);
    if (!link && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity)) faults.push(`${place} has no SHA-512.`);
  }
  for (const kind of ["dependencies", "devDependencies"] as const) {
    const wanted = manifest[kind] ?? {};
    if (!sameEntries(wanted, root[kind] ?? {}))
      faults.push(`The lock file has other ${kind} than package.json.`);
    for (const [name, version] of Object.entries(wanted)) {
      if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
        faults.push(`${name} is wanted in no exact version: ${version}`);
      else if (packages[`node_modules/${name}`]?.version !== version)
        faults.push(`${name} is not locked to ${version}.`);
    }
  }
  return faults;
}

function sameEntries(a: Wanted, b: Wanted): boolean {
  const sorted = (wanted: Wanted): string => JSON.stringify(Object.entries(wanted).sort());
  return sorted(a) === sorted(b);
}

/** Licences of tools that are used and not passed on. */
const usable = new Set([
  ...["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0", "Python-2.0"],
  ...["CC0-1.0", "CC-BY-3.0", "WTFPL", "MPL-2.0", "Artistic-2.0", "Zlib"],
]);

/** Tools under a text of their maker's own, which allows their use. */
const makersOwn = "@vscode/vsce-sign";

/** How many packages are under which licence, and a sentence for each that may not be used. */
export function licencesOf({ packages }: LockFile): {
  readonly counts: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
} {
  const counts = new Map<string, number>();
  const faults: string[] = [];
  for (const [place, { license = "none" }] of Object.entries(packages)) {
    if (place === "") continue;
    counts.set(license, (counts.get(license) ?? 0) + 1);
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    if (!isUsable(license) && !name.startsWith(makersOwn)) faults.push(`${name} is under "${license}".`);
  }
  return { counts, faults };
}

/** One licence, a choice of several, or several at once; the last two in brackets, as they are written. */
function isUsable(license: string): boolean {
  const bare = license.replace(/^\((.*)\)$/, "$1");
  return bare.includes(" OR ")
    ? bare.split(" OR ").some((each) => usable.has(each))
    : bare.split(" AND ").every((each) => usable.has(each));
}
