import assert from "node:assert/strict";
import { type Listening, Signal } from "../../src/signal";

describe("Signal", () => {
  it("tells every listener, in the order in which they came", () => {
    const signal = new Signal<number>();
    const heard: string[] = [];
    signal.listen((value) => heard.push(`a${value}`));
    signal.listen((value) => heard.push(`b${value}`));
    signal.send(1);
    signal.send(2);
    assert.deepEqual(heard, ["a1", "b1", "a2", "b2"]);
  });

  it("tells a listener no more once it was disposed, and the same function for as long as it listens elsewhere", () => {
    const signal = new Signal();
    let heard = 0;
    const listener = () => heard++;
    const first = signal.listen(listener);
    const second = signal.listen(listener);
    first.dispose();
    first.dispose();
    signal.send();
    assert.equal(heard, 1);
    second.dispose();
    signal.send();
    assert.equal(heard, 1);
  });

  it("passes over a listener that is removed while it sends, and does not yet tell one that is added", () => {
    const signal = new Signal();
    const heard: string[] = [];
    let second: Listening | undefined = undefined;
    signal.listen(() => {
      heard.push("first");
      second?.dispose();
      signal.listen(() => heard.push("late"));
    });
    second = signal.listen(() => heard.push("second"));
    signal.send();
    assert.deepEqual(heard, ["first"]);
  });

  it("fits an event of the editor: `this` and a list of disposables may be given", () => {
    const signal = new Signal<string>();
    const owner = { heard: "" };
    const disposables: Listening[] = [];
    const listening = signal.listen(
      function (this: typeof owner, value) {
        this.heard += value;
      },
      owner,
      disposables,
    );
    signal.send("x");
    assert.equal(owner.heard, "x");
    assert.deepEqual(disposables, [listening]);
    const { listen } = signal;
    listen((value) => (owner.heard = value)).dispose();
    disposables[0]?.dispose();
    signal.send("y");
    assert.equal(owner.heard, "x");
  });
});
