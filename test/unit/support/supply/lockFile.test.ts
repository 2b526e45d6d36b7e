import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../support/host/places";
import { licencesOf, lockFaults, type LockFile } from "../../../support/supply/lockFile";

const integrity = `sha512-${"A".repeat(86)}==`;
const from = (name: string, version: string) =>
  `https://registry.npmjs.org/${name}/-/${name.slice(name.indexOf("/") + 1)}-${version}.tgz`;
const locked = (name: string, version = "1.2.3") => ({
  version,
  resolved: from(name, version),
  integrity,
  license: "MIT",
});
const lockOf = (packages: LockFile["packages"], dependencies = { a: "1.2.3" }): LockFile => ({
  lockfileVersion: 3,
  packages: { "": { dependencies }, ...packages },
});
const manifest = { dependencies: { a: "1.2.3" } };

describe("the lock file", () => {
  it("of this project lets in nothing that nobody chose, under no licence that was not read", () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), "utf8"));
    const lock = read("package-lock.json") as LockFile;
    assert.deepEqual(lockFaults(lock, read("package.json") as object), []);
    assert.deepEqual(licencesOf(lock).faults, []);
  });

  it("is fine with packages of a scope, and with packages below others", () => {
    const lock = lockOf({
      "node_modules/a": locked("a"),
      "node_modules/@s/b": locked("@s/b"),
      "node_modules/c": { version: "1.0.0", integrity, license: "MIT" },
      "node_modules/a/node_modules/@s/b": locked("@s/b", "2.0.0-rc.1"),
    });
    assert.deepEqual(lockFaults(lock, manifest), []);
  });

  const faulty: readonly (readonly [why: string, lock: LockFile, said: RegExp])[] = [
    [
      "comes from elsewhere",
      lockOf({ "node_modules/a": { ...locked("a"), resolved: "https://evil.example/a/-/a-1.2.3.tgz" } }),
      /evil\.example/,
    ],
    [
      "is another package in disguise",
      lockOf({ "node_modules/a": { ...locked("a"), resolved: from("b", "1.2.3") } }),
      /not from the registry under its own name/,
    ],
    [
      "is another version in disguise",
      lockOf({ "node_modules/a": { ...locked("a"), resolved: from("a", "1.2.4") } }),
      /under its own name/,
    ],
    [
      "has a weak digest",
      lockOf({ "node_modules/a": { ...locked("a"), integrity: "sha1-AAAA" } }),
      /no SHA-512/,
    ],
    [
      "is a folder of somebody",
      lockOf({ "node_modules/a": locked("a"), "node_modules/b": { link: true } }),
      /link/,
    ],
    [
      "is not the version wanted",
      lockOf({ "node_modules/a": locked("a", "1.2.4") }),
      /not locked to 1\.2\.3/,
    ],
    [
      "is wanted otherwise",
      lockOf({ "node_modules/a": locked("a") }, { a: "1.2.4" }),
      /other dependencies than package\.json/,
    ],
  ];
  for (const [why, lock, said] of faulty)
    it(`is refused where a package ${why}`, () => {
      assert.match(lockFaults(lock, manifest).join("\n"), said);
    });

  it("is refused where package.json wants a range", () => {
    const range = { a: "^1.2.3" };
    const lock = lockOf({ "node_modules/a": locked("a") }, range);
    assert.match(lockFaults(lock, { dependencies: range }).join("\n"), /no exact version/);
  });

  it("is refused with a licence that is not known", () => {
    const under = (license: string) =>
      licencesOf(lockOf({ "node_modules/a": { ...locked("a"), license } })).faults.length;
    assert.deepEqual(
      ["MIT", "(MIT OR GPL-3.0)", "(MIT AND Zlib)", "(MIT AND GPL-3.0)", "GPL-3.0", "none"].map(under),
      [0, 0, 0, 1, 1, 1],
    );
  });
});
