import * as vscode from "vscode";
import { Signal } from "../../signal";

const prefix = "dialler.token ";

/** Tokens in VS Code's secret storage, keyed by the exact canonical base URL: an edited URL has no token. */
export class TokenVault {
  /** Sends the base URL whose token was set or forgotten, also by another window. */
  readonly changed = new Signal<string>();
  readonly #watching: vscode.Disposable;

  constructor(readonly secrets: vscode.SecretStorage) {
    this.#watching = secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) this.changed.send(key.slice(prefix.length));
    });
  }

  async tokenOf(baseUrl: string): Promise<string | undefined> {
    return this.secrets.get(prefix + baseUrl);
  }

  async set(baseUrl: string, token: string): Promise<void> {
    await this.secrets.store(prefix + baseUrl, token);
  }

  async forget(baseUrl: string): Promise<void> {
    await this.secrets.delete(prefix + baseUrl);
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
