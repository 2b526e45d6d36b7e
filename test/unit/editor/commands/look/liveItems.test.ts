import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { LiveItems } from "../../../../../src/editor/commands/look/liveItems";

describe("LiveItems", () => {
  let asked: string[];
  let shown: (readonly string[] | undefined)[];
  let answers: Map<string, () => void>;
  let live: LiveItems<string>;

  beforeEach(() => {
    asked = [];
    shown = [];
    answers = new Map();
    live = new LiveItems(
      (text, cancelled) => {
        asked.push(text);
        return new Promise((resolve) =>
          answers.set(text, () => resolve(cancelled.aborted ? undefined : [`${text}!`])),
        );
      },
      (items) => shown.push(items),
      20,
    );
  });
  afterEach(() => live.dispose());
  const answer = (text: string): void => answers.get(text)?.();

  it("computes only the text at which typing rests", async () => {
    for (const text of ["b", "br", "bra"]) live.typed(text);
    assert.deepEqual(asked, []);
    await sleep(60);
    assert.deepEqual(asked, ["bra"]);
    answer("bra");
    await sleep(0);
    assert.deepEqual(shown, [undefined, undefined, undefined, ["bra!"]]);
  });

  it("computes at once, and only once, what somebody waits for", async () => {
    live.typed("bra");
    const items = live.itemsOf("bra");
    assert.deepEqual(asked, ["bra"]);
    answer("bra");
    assert.deepEqual(await items, ["bra!"]);
    await sleep(60);
    assert.deepEqual(asked, ["bra"]);
    assert.deepEqual(await live.itemsOf("bra"), ["bra!"]);
  });

  it("shows nothing that was computed for another text, and gives it to nobody", async () => {
    const first = live.itemsOf("b");
    live.typed("br");
    answer("b");
    assert.equal(await first, undefined);
    assert.deepEqual(shown, [undefined]);
    const second = live.itemsOf("br");
    live.dispose();
    answer("br");
    assert.equal(await second, undefined);
    assert.deepEqual(shown, [undefined]);
  });
});
