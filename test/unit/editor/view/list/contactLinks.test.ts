import assert from "node:assert/strict";
import { contactLinks, linkedCommands } from "../../../../../src/editor/view/list/contactLinks";

const server = { name: "test", readOnly: false };

interface Linked {
  readonly label: string;
  readonly command: string;
  readonly argument: unknown;
}

/** The links as VS Code reads them: it may decode the argument more than once. */
function linksIn(markdown: string): Linked[] {
  const links = [...markdown.matchAll(/\[([^\]]+)\]\(command:([^?]+)\?([^()\s]+)\)/g)];
  assert.equal(links.map(([whole]) => whole).join(" · "), markdown, "nothing but links");
  return links.map(([, label = "", command = "", query = ""]) => {
    const once = decodeURIComponent(query);
    assert.equal(decodeURIComponent(once), once);
    const argument: unknown = JSON.parse(once);
    return { label, command, argument };
  });
}

describe("contactLinks", () => {
  it("open, copy, and lock or unlock the contact, whichever its lock allows", () => {
    const labels = (lock: "locked" | "unlocked" | "unknown"): string[] =>
      linksIn(contactLinks({ id: 5, lock }, server)).map(({ label }) => label);
    assert.deepEqual(labels("unlocked"), ["Open", "Copy ID", "Lock"]);
    assert.deepEqual(labels("locked"), ["Open", "Copy ID", "Unlock"]);
    assert.deepEqual(labels("unknown"), ["Open", "Copy ID", "Lock", "Unlock"]);
  });

  it("run only commands that the hover allows, each with the ID and the endpoint", () => {
    const links = linksIn(contactLinks({ id: 5, lock: "unknown" }, server));
    assert.deepEqual(
      links.map(({ command }) => command),
      linkedCommands,
    );
    for (const { argument } of links) assert.deepEqual(argument, [{ ids: [5], endpoint: "test" }, "link"]);
  });

  it("change nothing on a read-only endpoint, and are none for an ID that cannot be sent", () => {
    const labels = linksIn(contactLinks({ id: 5, lock: "unlocked" }, { ...server, readOnly: true }));
    assert.deepEqual(
      labels.map(({ label }) => label),
      ["Open", "Copy ID"],
    );
    assert.equal(contactLinks({ id: undefined, lock: "unlocked" }, server), "");
  });

  it("keep any name of an endpoint one argument", () => {
    for (const name of ["a) [x](command:y", "100%25 %22", 'q"uote\\', "Zürich 🏔 <b>", "#?&"]) {
      const links = linksIn(contactLinks({ id: 5, lock: "unlocked" }, { ...server, name }));
      for (const { argument } of links)
        assert.deepEqual(argument, [{ ids: [5], endpoint: name }, "link"], name);
    }
  });
});
