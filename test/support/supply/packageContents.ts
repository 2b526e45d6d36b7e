const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** Names of the files in a ZIP archive, in the order of its directory. @throws Error when it is none */
export function namesInZip(zip: Buffer): string[] {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw new Error("This is no ZIP archive.");
  const names: string[] = [];
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(place) !== directoryEntry) throw new Error("The directory of the archive is torn.");
    const nameLength = zip.readUInt16LE(place + 28);
    names.push(zip.toString("utf8", place + 46, place + 46 + nameLength));
    place += 46 + nameLength + zip.readUInt16LE(place + 30) + zip.readUInt16LE(place + 32);
  }
  return names;
}

const always = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/NOTICES.txt",
  "extension/dist/extension.js",
  "extension/media/dialler.svg",
  "extension/media/icon.png",
  ...["demo", "lock", "open", "restore", "server"].map((step) => `extension/media/walkthrough/${step}.svg`),
  "extension/package.json",
  "extension/package.nls.json",
  "extension/readme.md",
];

/** A language more is two files more. */
const translations = /^extension\/(l10n\/bundle\.l10n|package\.nls)(\.[a-z]{2}(-[a-z]{2})?)?\.json$/;

/** In what the package differs from what belongs into it, a sentence each. */
export function contentFaults(names: readonly string[]): string[] {
  return [
    ...names
      .filter((name) => !always.includes(name) && !translations.test(name))
      .map((name) => `${name} does not belong into the package.`),
    ...names
      .filter((name, place) => names.indexOf(name) !== place)
      .map((name) => `${name} is in the package twice.`),
    ...always.filter((name) => !names.includes(name)).map((name) => `${name} is missing in the package.`),
  ];
}
