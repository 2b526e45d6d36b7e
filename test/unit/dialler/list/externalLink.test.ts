import assert from "node:assert/strict";
import fc from "fast-check";
import { readExternalLink } from "../../../../src/dialler/list/externalLink";

describe("readExternalLink", () => {
  it("opens https after its host was shown (D17)", () => {
    assert.deepEqual(readExternalLink("https://crm.example/?u=1", false), {
      ok: true,
      url: "https://crm.example/?u=1",
      host: "crm.example",
    });
    assert.deepEqual(readExternalLink("  HTTPS://CRM.example:8443/a b  ", false), {
      ok: true,
      url: "https://crm.example:8443/a%20b",
      host: "crm.example:8443",
    });
  });

  it("shows the host that would really be asked", () => {
    const link = readExternalLink("https://www.bänk.example\\@evil.example/", false);
    assert.ok(link.ok);
    assert.equal(link.host, "www.xn--bnk-qla.example");
    const lookAlike = readExternalLink("https://раураl.com/", false);
    assert.ok(lookAlike.ok && lookAlike.host.startsWith("xn--"));
  });

  it("refuses everything else with a reason (D16)", () => {
    for (const link of [
      "",
      "   ",
      "javascript:alert(1)",
      "java\nscript:alert(1)",
      " JaVaScRiPt:alert(1)",
      "file:///etc/passwd",
      "command:workbench.action.quit",
      "vscode:extension/x",
      "vscode://x/y",
      "ms-msdt:/id",
      "ms-settings:",
      "data:text/html,<script>",
      "blob:https://crm.example/1",
      "mailto:a@example.com",
      "tel:110",
      "\\\\host\\x",
      "//crm.example/",
      "/etc/passwd",
      "crm.example",
      "https://",
      "https://u:p@h/",
      "https://u@h/",
      "https://:p@h/",
      "http://u:p@h/",
      "http://crm.example/",
      "ftp://crm.example/",
    ]) {
      const read = readExternalLink(link, false);
      assert.ok(!read.ok, link);
      assert.match(read.why, /\.$/);
    }
  });

  it("opens http only by setting, and by that nothing else", () => {
    assert.match(readExternalLink("http://crm.example/", false).ok ? "" : "http", /http/);
    assert.ok(readExternalLink("http://crm.example/", true).ok);
    for (const link of ["http://u:p@h/", "javascript:1", "file:///x", "command:x", "ftp://h/"]) {
      assert.ok(!readExternalLink(link, true).ok, link);
    }
  });

  it("never throws, and what it opens is https without a user", () => {
    const nasty = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc
        .tuple(fc.constantFrom("https:", "HTTPS://", "https:\\\\", "http://", "x:"), fc.string())
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(nasty, (link) => {
        const read = readExternalLink(link, false);
        if (!read.ok) return;
        const url = new URL(read.url);
        assert.deepEqual([url.protocol, url.username, url.password], ["https:", "", ""]);
        assert.equal(url.host, read.host);
      }),
    );
  });
});
