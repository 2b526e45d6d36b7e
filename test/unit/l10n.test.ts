import assert from "node:assert/strict";
import * as l10n from "../../src/l10n";

describe("l10n", () => {
  afterEach(() => l10n.speakWith());

  it("speaks English until somebody else translates, and again afterwards", () => {
    assert.equal(l10n.t("Deleted {count}.", { count: 3 }), "Deleted 3.");
    l10n.speakWith((message, values) => `${message}|${JSON.stringify(values)}`);
    assert.equal(l10n.t("Deleted {count}.", { count: 3 }), 'Deleted {count}.|{"count":3}');
    assert.equal(l10n.t("Cancelled."), "Cancelled.|{}");
    l10n.speakWith();
    assert.equal(l10n.t("Cancelled."), "Cancelled.");
  });

  it("puts a value in literally: braces and dollar signs in it mean nothing", () => {
    const text = "{host} $& $1 $$ {text}";
    assert.equal(l10n.t("{text} from {host}", { text, host: "h" }), `${text} from h`);
  });

  it("leaves a name without a value as it stands, and takes 0 and empty text for values", () => {
    assert.equal(l10n.t("{a} {b} {c}", { b: 0, c: "" }), "{a} 0 ");
    assert.equal(l10n.t("{not a name} {}"), "{not a name} {}");
  });
});
