import assert from "node:assert/strict";
import { NoSuchContact, NoSuchPath, ServerFailed } from "../../../../src/dialler/api/http/replyErrors";
import { PathStyles } from "../../../../src/dialler/api/pathStyles";

describe("PathStyles", () => {
  const asked = { method: "PATCH", url: "http://h/7/" };
  /** Spellings that answer with a text or fail, and the order in which they were tried. */
  function spellings(...answers: (string | Error)[]) {
    const tried: number[] = [];
    const all = answers.map((answer, index) => () => {
      tried.push(index);
      return typeof answer === "string" ? Promise.resolve(answer) : Promise.reject(answer);
    });
    return { all, tried };
  }

  it("stays with the first spelling where the server knows it", async () => {
    const styles = new PathStyles();
    const { all, tried } = spellings("yes", "never");
    assert.equal(await styles.tryInTurn("call", all), "yes");
    assert.equal(await styles.tryInTurn("call", all), "yes");
    assert.deepEqual(tried, [0, 0]);
  });

  it("goes on after a missing path only, and remembers what was answered, for that call alone", async () => {
    const styles = new PathStyles();
    const { all, tried } = spellings(new NoSuchPath(asked), "yes");
    assert.equal(await styles.tryInTurn("call", all), "yes");
    assert.equal(await styles.tryInTurn("call", all), "yes");
    assert.deepEqual(tried, [0, 1, 1]);
    await styles.tryInTurn("another call", all);
    assert.deepEqual(tried.slice(3), [0, 1]);
  });

  it("never tries another spelling after any other failure", async () => {
    for (const error of [
      new ServerFailed(asked, 500, ""),
      new NoSuchContact(asked, ""),
      new NoSuchPath(asked, 405),
      new Error("x"),
    ]) {
      const { all, tried } = spellings(error, "never");
      await assert.rejects(new PathStyles().tryInTurn("call", all), error);
      assert.deepEqual(tried, [0]);
    }
  });

  it("remembers a spelling by which a contact was found missing: the path is there", async () => {
    const styles = new PathStyles();
    const absent = new NoSuchContact(asked, "x");
    const { all, tried } = spellings(new NoSuchPath(asked), absent);
    await assert.rejects(styles.tryInTurn("call", all), absent);
    await assert.rejects(styles.tryInTurn("call", all), absent);
    assert.deepEqual(tried, [0, 1, 1]);
  });

  it("names the documented path where the server knows none, and remembers nothing", async () => {
    const styles = new PathStyles();
    const first = new NoSuchPath(asked);
    const { all, tried } = spellings(first, new NoSuchPath({ ...asked, url: "http://h/other" }));
    await assert.rejects(styles.tryInTurn("call", all), first);
    await assert.rejects(styles.tryInTurn("call", all), first);
    assert.deepEqual(tried, [0, 1, 0, 1]);
  });
});
